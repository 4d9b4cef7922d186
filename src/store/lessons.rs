//! What training on a revision gave, kept beside the store so that the next start need not train again.
//!
//! A file of its own and no record: it can always be made anew, so losing it costs a second and nothing else, and it
//! would only swell every backup.

use std::{fs, path::PathBuf};

use crate::{knowledge::RevisionId, store::Store};

impl Store {
    /// The lessons of a revision, if they are there. Whoever reads them checks that they are whole.
    #[must_use]
    pub fn lessons(&self, id: &RevisionId) -> Option<Vec<u8>> {
        fs::read(self.lessons_file(id)).ok()
    }

    /// Keeps the lessons of the revision in force; those of others go.
    pub fn keep_lessons(&self, id: &RevisionId, lessons: &[u8]) {
        let folder = self.lessons_folder();
        let file = self.lessons_file(id);
        let fresh = file.with_extension("new");
        let kept = fs::remove_dir_all(&folder)
            .or_else(|error| {
                if error.kind() == std::io::ErrorKind::NotFound {
                    Ok(())
                } else {
                    Err(error)
                }
            })
            .and_then(|()| fs::create_dir_all(&folder))
            .and_then(|()| fs::write(&fresh, lessons))
            .and_then(|()| fs::rename(&fresh, &file));
        if let Err(error) = kept {
            tracing::warn!(%error, "the trained classifier could not be kept; the next start trains it again");
        }
    }

    fn lessons_file(&self, id: &RevisionId) -> PathBuf {
        self.lessons_folder().join(format!("{id}.bin"))
    }

    fn lessons_folder(&self) -> PathBuf {
        self.0.data.join("lessons")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[tokio::test]
    async fn lessons_belong_to_one_revision() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path(), Clock::system()).unwrap();
        let (first, second) = (RevisionId("1".to_owned()), RevisionId("2".to_owned()));
        assert_eq!(store.lessons(&first), None);
        store.keep_lessons(&first, b"one");
        store.keep_lessons(&second, b"two");
        assert_eq!(store.lessons(&first), None);
        assert_eq!(store.lessons(&second), Some(b"two".to_vec()));
    }
}
