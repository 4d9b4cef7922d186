//! The shell.

pub mod eval;

use std::path::Path;

use anyhow::Context;

use crate::{
    knowledge::{self, EntryId, Revision},
    lang::Lang,
};

/// Reads and checks the knowledge at a path.
///
/// # Errors
/// Every problem found, a line each.
pub fn knowledge_at(path: &Path) -> anyhow::Result<Revision> {
    let files = knowledge::folder::read_folder(path).context("cannot read the knowledge folder")?;
    knowledge::load(&files).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!(
            "the knowledge folder {} has problems:\n{}",
            path.display(),
            lines.join("\n")
        )
    })
}

pub fn text_of(revision: &Revision, entry: &EntryId, lang: Lang) -> String {
    revision
        .entries
        .get(entry)
        .and_then(|entry| entry.body_in(lang))
        .map_or_else(String::new, |(_, t)| t.to_owned())
}
