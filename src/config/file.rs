//! The settings file.

use std::{fs, io, path::Path};

use super::{ConfigError, Settings};

const DEFAULT_FILE: &str = "concierge.toml";

/// The named file, or the usual one if it is there.
pub(super) fn read(path: Option<&Path>) -> Result<Settings, ConfigError> {
    let (path, named) = path.map_or((Path::new(DEFAULT_FILE), false), |path| (path, true));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !named => return Ok(Settings::default()),
        Err(source) => {
            return Err(ConfigError::Unreadable {
                path: path.to_owned(),
                source,
            });
        }
    };
    toml::from_str(&text).map_err(|error| ConfigError::BadFile {
        path: path.to_owned(),
        detail: without_excerpt(&error, &text),
    })
}

/// The message and its line, without the line itself: it may hold the token.
fn without_excerpt(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map_or(0, |span| {
        1 + text
            .as_bytes()
            .iter()
            .take(span.start)
            .filter(|byte| **byte == b'\n')
            .count()
    });
    format!("line {line}: {}", error.message())
}
