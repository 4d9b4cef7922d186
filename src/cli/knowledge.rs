//! Reads knowledge for the commands: a folder, or a list of questions and answers.

use std::path::Path;

use anyhow::Context;

use crate::{
    knowledge::{self, Problem, Revision},
    understanding,
};

/// Reads and checks the knowledge at a path: a folder, or a `.jsonl` file.
///
/// # Errors
/// When it cannot be read; or every problem found, a line each.
pub fn knowledge_at(path: &Path) -> anyhow::Result<Revision> {
    problems_or_revision(path)?.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        anyhow::anyhow!(
            "The knowledge in {} has {} problem(s); mend them and try again:\n{}",
            path.display(),
            problems.len(),
            lines.join("\n")
        )
    })
}

/// Whether the path names a list of questions and answers rather than a folder.
#[must_use]
pub fn is_list(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "jsonl")
}

/// The revision, or all that keeps the knowledge from being one.
///
/// # Errors
/// When the path cannot be read.
pub fn problems_or_revision(path: &Path) -> anyhow::Result<Result<Revision, Vec<Problem>>> {
    if is_list(path) {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("Cannot read {}", path.display()))?;
        return Ok(knowledge::load_jsonl(&path.display().to_string(), &text));
    }
    let files = knowledge::folder::read_folder(path).context("Cannot read the knowledge folder")?;
    Ok(knowledge::load(&files).and_then(|revision| {
        let problems = understanding::check::check(&revision);
        if problems.is_empty() {
            Ok(revision)
        } else {
            Err(problems)
        }
    }))
}
