//! What is wrong with a knowledge folder, said to the person who wrote it.

use std::fmt;

/// One problem, with the place where it can be mended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Relative to the knowledge folder.
    pub file: String,
    /// Counted from 1; 0 speaks of the whole file.
    pub line: usize,
    /// What is wrong and what to do, without a full stop.
    pub what: String,
}

impl Problem {
    #[must_use]
    pub fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what),
            line => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// The line a byte of a text stands in, counted from 1.
#[must_use]
pub fn line_at(text: &str, byte: usize) -> usize {
    1 + text.as_bytes().iter().take(byte).filter(|&&b| b == b'\n').count()
}
