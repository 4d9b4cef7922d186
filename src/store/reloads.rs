//! Owners' requests about the knowledge, kept until carried out and answered: reading it takes longer than a step may.

use serde::{Deserialize, Serialize};

use crate::{
    knowledge::RevisionId,
    outgoing::{Outgoing, To},
    store::{
        Store,
        commit::Ticket,
        error::Result,
        key::{Key, Only},
        outbox::stage,
        record::Record,
        tree::Writes,
        trees::{Meta, Trees},
    },
};

/// The number of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReloadId(pub u64);

/// What an owner wants done with the knowledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReloadWish {
    pub what: ReloadWhat,
    /// Where the answer goes.
    pub answer_to: To,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReloadWhat {
    /// Read the folder again.
    Folder,
    /// Put a kept revision in force.
    Back(RevisionId),
}

impl Key for ReloadId {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Key::read(bytes).map(Self)
    }
}

impl Record for ReloadWish {
    const WHAT: &'static str = "wish about the knowledge";
}

pub(super) fn stage_wish(
    trees: &Trees,
    meta: &mut Meta,
    writes: &mut Writes,
    wish: &ReloadWish,
) -> Result<()> {
    writes.put(&trees.reloads, &ReloadId(meta.next_number()), wish)
}

impl Store {
    /// The requests not carried out yet, oldest first.
    pub async fn reload_wishes(&self) -> Result<Vec<(ReloadId, ReloadWish)>> {
        self.trees().reloads.iter().collect()
    }

    /// Records that a request is carried out, and enqueues the answer; does nothing if it was answered before.
    pub async fn reload_answered(&self, id: ReloadId, told: Vec<Outgoing>) -> Result<()> {
        let ticket = self.stage_answered(id, told)?;
        self.durable(ticket).await
    }

    fn stage_answered(&self, id: ReloadId, told: Vec<Outgoing>) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        if !trees.reloads.contains(&id)? {
            return Ok(self.0.committer.latest());
        }
        let (mut writes, mut meta) = (Writes::default(), writer.meta.clone());
        writes.remove(&trees.reloads, &id);
        let staged = stage(trees, &mut meta, &mut writes, told, self.0.clock.now())?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }
}
