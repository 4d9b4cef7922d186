//! The index built from the revision in force, kept beside the store so that the next start need not build it.
//!
//! A file of its own instead of a record: it can always be rebuilt, so losing it costs only a second, and it would only
//! bloat every backup.

use std::{fs, io, path::PathBuf};

use crate::{knowledge::RevisionId, store::Store};

impl Store {
    /// The index of a revision, if there is one; the reader checks that it is intact.
    #[must_use]
    pub fn index(&self, id: &RevisionId) -> Option<Vec<u8>> {
        fs::read(self.index_file(id)).ok()
    }

    /// Keeps the index of the revision in force and removes all others.
    pub fn keep_index(&self, id: &RevisionId, index: &[u8]) {
        if let Err(error) = self.try_keep_index(id, index) {
            tracing::warn!(%error, "the index could not be kept; the next start builds it again");
        }
    }

    fn try_keep_index(&self, id: &RevisionId, index: &[u8]) -> io::Result<()> {
        let folder = self.index_folder();
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&folder)?,
        }
        let file = self.index_file(id);
        let fresh = file.with_extension("new");
        fs::write(&fresh, index)?;
        fs::rename(&fresh, &file)
    }

    fn index_file(&self, id: &RevisionId) -> PathBuf {
        self.index_folder().join(format!("{id}.bin"))
    }

    fn index_folder(&self) -> PathBuf {
        self.0.data.join("index")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[tokio::test]
    async fn an_index_belongs_to_one_revision() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path(), Clock::system()).unwrap();
        let (first, second) = (RevisionId("1".to_owned()), RevisionId("2".to_owned()));
        assert_eq!(store.index(&first), None);
        store.keep_index(&first, b"one");
        store.keep_index(&second, b"two");
        assert_eq!(store.index(&first), None);
        assert_eq!(store.index(&second), Some(b"two".to_vec()));
    }
}
