//! Files that were sent, to be fetched again by their id.

use std::collections::BTreeMap;

/// A file as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub id: String,
    pub name: Option<String>,
    pub mime_type: Option<String>,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Default)]
pub(crate) struct Files(BTreeMap<String, StoredFile>);

impl StoredFile {
    /// Where it is fetched below `/file/bot<token>/`.
    pub(crate) fn path(&self) -> String {
        format!("files/{}", self.id)
    }
}

impl Files {
    /// Keeps a file and gives it an id.
    pub(crate) fn keep(&mut self, name: Option<String>, mime_type: Option<String>, bytes: Vec<u8>) -> String {
        let id = format!("file{}", self.0.len() + 1);
        self.0.insert(
            id.clone(),
            StoredFile {
                id: id.clone(),
                name,
                mime_type,
                bytes,
            },
        );
        id
    }

    pub(crate) fn get(&self, id: &str) -> Option<&StoredFile> {
        self.0.get(id)
    }

    pub(crate) fn at_path(&self, path: &str) -> Option<&StoredFile> {
        self.get(path.strip_prefix("files/")?)
    }
}
