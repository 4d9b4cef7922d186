//! Files that were sent and can be fetched by their id.

use std::collections::BTreeMap;

/// A file as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub id: String,
    pub name: Option<String>,
    pub mime_type: Option<String>,
    pub bytes: Vec<u8>,
}

/// How picture files begin, with their types.
const PICTURES: [(&[u8], &str); 3] = [
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
];

#[derive(Debug, Default)]
pub(crate) struct Files(BTreeMap<String, StoredFile>);

impl StoredFile {
    /// Its path below `/file/bot<token>/`.
    pub(crate) fn path(&self) -> String {
        format!("files/{}", self.id)
    }

    /// Its picture type, if browsers show it. Only the bytes decide, not what the sender claims.
    pub(crate) fn picture(&self) -> Option<&'static str> {
        let begins = |(start, _): &&(&[u8], &str)| self.bytes.starts_with(start);
        PICTURES.iter().find(begins).map(|(_, kind)| *kind)
    }
}

impl Files {
    /// Stores a file and gives it an id.
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
