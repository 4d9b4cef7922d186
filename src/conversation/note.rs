//! What is kept of a step besides the conversation, for the next revision's ways of asking.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{knowledge::EntryId, lang::Lang};

/// One thing worth keeping, without the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    Asked {
        question: String,
        lang: Lang,
        outcome: Came,
        /// The entry that was shown.
        entry: Option<EntryId>,
        at: Timestamp,
    },
    /// The mover said by a button whether the entry answers the question.
    Tapped {
        question: String,
        entry: EntryId,
        right: bool,
        at: Timestamp,
    },
    /// The mover said by a button that none of the choices was meant.
    NoneFit { question: String, at: Timestamp },
}

impl Note {
    /// When it was written.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Asked { at, .. } | Self::Tapped { at, .. } | Self::NoneFit { at, .. } => *at,
        }
    }
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Came {
    Answer,
    /// Choices were offered.
    Clarify,
    /// It is known that this is not known.
    Gap,
    /// A rule sent it to a person.
    Person,
    NotUnderstood,
    Smalltalk,
    Refuse,
    Setting,
    /// Too long to be read.
    TooLong,
}
