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
    /// Bytes that are no UTF-8 are kept apart from the text: they are a problem of their own.
    pub text: Result<String, String>,
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
    let text = String::from_utf8(bytes)
        .map(|text| text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
        .map_err(|error| {
            format!(
                "the file is not UTF-8 (first bad byte at {})",
                error.utf8_error().valid_up_to()
            )
        });
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    Ok(SourceFile {
        path: parts.join("/"),
        text,
    })
}

fn naming(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot read {}: {error}", path.display()))
}
