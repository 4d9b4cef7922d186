//! Labelled questions: a file of them, one JSON object a line, or of conversations whose turns are labelled.

use std::{fs, path::Path};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::knowledge::EntryId;

/// A line of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// `lang` may be no single language: then each turn is answered in its own.
    Dialogue {
        id: String,
        lang: String,
        #[serde(default)]
        style: Option<String>,
        turns: Vec<Labelled>,
    },
    Single {
        lang: String,
        #[serde(default)]
        style: Option<String>,
        #[serde(flatten)]
        question: Labelled,
    },
}

/// A labelled question.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    #[serde(default)]
    pub id: String,
    #[serde(alias = "user")]
    pub q: String,
    #[serde(flatten)]
    pub wanted: Wanted,
}

/// What would be right. `near` names entries that help in part, which count for the ranking alone; `must` holds what the
/// answer's text has to say, alternatives separated by `|`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Wanted {
    pub expect: Expect,
    #[serde(default)]
    pub accept: Vec<EntryId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<EntryId>,
    #[serde(default)]
    pub must: Vec<String>,
    #[serde(default)]
    pub must_not: Vec<String>,
}

/// The outcome that would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expect {
    Answer,
    AnswerOrHandover,
    Handover,
    Smalltalk,
    Refuse,
}

impl Expect {
    /// As it stands in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::AnswerOrHandover => "answer-or-handover",
            Self::Handover => "handover",
            Self::Smalltalk => "smalltalk",
            Self::Refuse => "refuse",
        }
    }

    /// Whether an entry answers it.
    #[must_use]
    pub fn is_answerable(self) -> bool {
        matches!(self, Self::Answer | Self::AnswerOrHandover)
    }

    /// Whether the bot must not answer it.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Handover | Self::Refuse)
    }
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read, or a line is no labelled question; names the line.
pub fn read(path: &Path) -> anyhow::Result<Vec<Line>> {
    let text = fs::read_to_string(path).with_context(|| format!("Cannot read {}", path.display()))?;
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| serde_json::from_str(line).with_context(|| format!("{}:{at}", path.display())))
        .collect()
}
