//! Scores the bot on a file of labelled questions.

use std::{fs, path::Path};

use anyhow::Context;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::{
    knowledge::EntryId,
    lang::Lang,
    understanding::{Outcome, Verdict},
};

/// A labelled question. `must` holds what the answer's text has to say, alternatives separated by `|`.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    #[serde(default)]
    pub id: String,
    pub q: String,
    pub lang: Lang,
    #[serde(default)]
    pub accept: Vec<EntryId>,
    pub expect: Expect,
    #[serde(default)]
    pub must: Vec<String>,
    #[serde(default)]
    pub must_not: Vec<String>,
    #[serde(default)]
    pub style: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expect {
    Answer,
    AnswerOrHandover,
    Handover,
    Smalltalk,
    Refuse,
}

/// How one question went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// What was wanted, at once.
    Right,
    /// Choices, and a right one is among them.
    OneTap,
    /// Neither right nor wrong: choices without the right one, or a needless handover.
    Unhelped,
    /// An answer with the wrong entry or a wrong text.
    WrongAnswer,
    /// An answer where only a person could help.
    FalseAnswer,
}

/// Reads a labelled file.
///
/// # Errors
/// When it cannot be read, or a line is no labelled question; names the line.
pub fn read(path: &Path) -> anyhow::Result<Vec<Labelled>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| serde_json::from_str(line).with_context(|| format!("{}:{at}", path.display())))
        .collect()
}

/// Judges one verdict with the text a mover would have read.
#[must_use]
pub fn judge(question: &Labelled, verdict: &Verdict, text: &str) -> Mark {
    let handed_over = matches!(verdict.outcome, Outcome::Handover(_));
    match (&verdict.outcome, question.expect) {
        (Outcome::Answer(entry), Expect::Answer | Expect::AnswerOrHandover) => {
            let fits = question.accept.contains(entry) && text_fits(question, text);
            if fits { Mark::Right } else { Mark::WrongAnswer }
        }
        (Outcome::Answer(_), _) => Mark::FalseAnswer,
        (Outcome::Clarify(choices), Expect::Answer | Expect::AnswerOrHandover)
            if choices.iter().any(|choice| question.accept.contains(choice)) =>
        {
            Mark::OneTap
        }
        (_, Expect::Handover | Expect::AnswerOrHandover) if handed_over => Mark::Right,
        (Outcome::Smalltalk, Expect::Smalltalk) | (Outcome::Refuse, Expect::Refuse) => Mark::Right,
        _ => Mark::Unhelped,
    }
}

/// Whether the text says what it must and nothing it must not, compared after NFKC.
fn text_fits(question: &Labelled, text: &str) -> bool {
    let plain = |text: &str| text.nfkc().collect::<String>();
    let text = plain(text);
    let says = |wanted: &String| wanted.split('|').any(|one| text.contains(&plain(one)));
    question.must.iter().all(says) && !question.must_not.iter().any(|bad| text.contains(&plain(bad)))
}
