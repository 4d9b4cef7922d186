//! A run as a file, for later runs to be compared with.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::{
    cli::eval::{figure::Figure, scored::Scored, stats::Told},
    knowledge::RevisionId,
};

/// The form of the file; another form is not read.
const FORM: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    form: u32,
    file: &'a str,
    revision: &'a RevisionId,
    figures: BTreeMap<&'static str, Told>,
    questions: &'a [&'a Scored],
}

/// A run of before. Its figures are counted anew from its questions.
#[derive(Debug, Deserialize)]
pub struct Before {
    form: u32,
    /// The file of questions, as it was named.
    pub file: String,
    pub revision: RevisionId,
    pub questions: Vec<Scored>,
}

/// Writes a run.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, file: &Path, revision: &RevisionId, questions: &[&Scored]) -> anyhow::Result<()> {
    let figures = Figure::ALL
        .into_iter()
        .map(|figure| (figure.name(), figure.rate(questions.iter().copied()).told()))
        .collect();
    let run = Written {
        form: FORM,
        file: &file.display().to_string(),
        revision,
        figures,
        questions,
    };
    let text = serde_json::to_string_pretty(&run).context("Cannot write the run as JSON")?;
    fs::write(path, text + "\n").with_context(|| format!("Cannot write {}", path.display()))
}

/// Reads a run to compare one of `file` with.
///
/// # Errors
/// When it cannot be read, is no run, or is one of another file of questions.
pub fn read(path: &Path, file: &Path) -> anyhow::Result<Before> {
    let shown = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("Cannot read {shown}"))?;
    let before: Before = serde_json::from_str(&text)
        .with_context(|| format!("{shown} is no run written by `concierge eval FILE --json`"))?;
    anyhow::ensure!(
        before.form == FORM,
        "{shown} has the form {}, this program reads {FORM}: write it anew with `concierge eval FILE --json`",
        before.form
    );
    anyhow::ensure!(
        Path::new(&before.file).file_name() == file.file_name(),
        "{shown} is a run of {}, this one is of {}: only runs of the same questions can be compared",
        before.file,
        file.display()
    );
    Ok(before)
}
