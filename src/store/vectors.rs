//! Texts as an embedding endpoint sees them, so that each is asked for once.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::{Store, error::Result, record::Record, tree::Writes};

/// Identifies a text and a model, without storing either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VectorId(pub(super) (u64, u64));

impl VectorId {
    #[must_use]
    pub fn of(model: &str, text: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update((model.len() as u64).to_be_bytes());
        hash.update(model);
        hash.update(text);
        let digest = hash.finalize();
        let half = |from: usize| {
            digest[from..from + 8]
                .iter()
                .fold(0, |number, &byte| number << 8 | u64::from(byte))
        };
        Self((half(0), half(8)))
    }
}

/// A text's embedding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vector(pub Vec<f32>);

impl Record for Vector {
    const WHAT: &'static str = "vector of a text";
}

impl Store {
    /// A text's vector, if it is kept.
    pub async fn vector(&self, id: VectorId) -> Result<Option<Vector>> {
        self.trees().vectors.get(&id.0)
    }

    /// Keeps these vectors and forgets all others, whose texts the knowledge no longer contains.
    pub async fn keep_vectors(&self, vectors: &[(VectorId, Vector)]) -> Result<()> {
        let ticket = {
            let trees = self.trees();
            let stay: BTreeSet<(u64, u64)> = vectors.iter().map(|(id, _)| id.0).collect();
            let mut writes = Writes::default();
            for found in trees.vectors.iter() {
                let (id, _) = found?;
                if !stay.contains(&id) {
                    writes.remove(&trees.vectors, &id);
                }
            }
            for (id, vector) in vectors {
                writes.put(&trees.vectors, &id.0, vector)?;
            }
            let _one_at_a_time = self.writer();
            self.apply(writes)?
        };
        self.durable(ticket).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fixtures::open;

    #[tokio::test]
    async fn what_the_knowledge_no_longer_says_is_forgotten() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let id = |text: &str| VectorId::of("model", text);
        let one = Vector(vec![0.5, -1.0]);
        store
            .keep_vectors(&[(id("a"), one.clone()), (id("b"), one.clone())])
            .await
            .unwrap();
        store.keep_vectors(&[(id("b"), one.clone())]).await.unwrap();
        assert_eq!(store.vector(id("a")).await.unwrap(), None);
        assert_eq!(store.vector(id("b")).await.unwrap(), Some(one));
        assert_eq!(
            store.vector(VectorId::of("another model", "b")).await.unwrap(),
            None
        );
    }
}
