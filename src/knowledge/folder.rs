//! Reads a knowledge folder from disk: the only place of the pure core that touches a file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file of the folder, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the folder, with `/` between the parts.
    pub path: String,
    pub content: Content,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// UTF-8, without a byte order mark, its lines ended by `\n` alone.
    Text(String),
    /// Bytes that are no UTF-8, as they are: most files may not hold such, but some come from elsewhere.
    Bytes(Vec<u8>),
}

impl Content {
    /// Takes UTF-8 for text and leaves anything else as bytes.
    #[must_use]
    pub fn of(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text.trim_start_matches('\u{feff}').replace("\r\n", "\n")),
            Err(error) => Self::Bytes(error.into_bytes()),
        }
    }

    /// The text.
    ///
    /// # Errors
    /// What is wrong with the file, if its bytes are no UTF-8.
    pub fn text(&self) -> Result<&str, String> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Bytes(bytes) => {
                let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
                Err(format!("the file is not UTF-8 (first bad byte at {valid})"))
            }
        }
    }

    /// What a revision's name is made from.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// All files of a knowledge folder, sorted by path. Hidden files and editors' leftovers are passed over.
///
/// # Errors
/// When the folder or a file in it cannot be read; the message names the path.
pub fn read_folder(root: &Path) -> io::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    let mut waiting = vec![root.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| naming(&folder, &error))? {
            let entry = entry.map_err(|error| naming(&folder, &error))?;
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name.ends_with('~') {
                continue;
            }
            if entry.file_type().map_err(|error| naming(&path, &error))?.is_dir() {
                waiting.push(path);
            } else {
                files.push(read_file(root, &path)?);
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn read_file(root: &Path, path: &PathBuf) -> io::Result<SourceFile> {
    let bytes = fs::read(path).map_err(|error| naming(path, &error))?;
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    Ok(SourceFile {
        path: parts.join("/"),
        content: Content::of(bytes),
    })
}

fn naming(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot read {}: {error}", path.display()))
}
