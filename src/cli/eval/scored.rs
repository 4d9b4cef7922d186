//! What is kept of one question: what was asked and wanted, what came, and how that is judged.

use serde::{Deserialize, Serialize};

use crate::{
    cli::eval::{
        judge::{Judged, Mark},
        questions::Wanted,
    },
    knowledge::EntryId,
    understanding::{Handover, Outcome},
};

/// One question of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scored {
    pub id: String,
    /// Which turn of its conversation, from 1.
    pub turn: usize,
    pub lang: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// Of the first entry wanted; nothing where none is, or where the knowledge has no such entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    pub question: String,
    pub wanted: Wanted,
    #[serde(flatten)]
    pub came: Came,
    pub confidence: f32,
    pub judged: Judged,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Came {
    Answer {
        entry: EntryId,
    },
    Clarify {
        choices: Vec<EntryId>,
    },
    Handover {
        /// The entry that says that this is not known, if that was why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<EntryId>,
    },
    Smalltalk,
    Refuse,
    Setting,
}

impl From<&Outcome> for Came {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Answer(entry) => Self::Answer { entry: entry.clone() },
            Outcome::Clarify(choices) => Self::Clarify {
                choices: choices.clone(),
            },
            Outcome::Handover(Handover::Gap(entry)) => Self::Handover {
                entry: Some(entry.clone()),
            },
            Outcome::Handover(Handover::Rule(_) | Handover::NotUnderstood) => Self::Handover { entry: None },
            Outcome::Smalltalk => Self::Smalltalk,
            Outcome::Refuse => Self::Refuse,
            Outcome::Setting(_) => Self::Setting,
        }
    }
}

impl Scored {
    /// How it went, in a word.
    #[must_use]
    pub fn mark(&self) -> Mark {
        self.judged.mark()
    }

    /// Whether it went as wanted, at once.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.mark() == Mark::Right
    }

    /// Whether an entry was shown as the answer.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        matches!(self.came, Came::Answer { .. })
    }

    /// What came, in a word or two.
    #[must_use]
    pub fn came_in_short(&self) -> String {
        match &self.came {
            Came::Answer { entry } => format!("answer {entry}"),
            Came::Clarify { choices } => {
                let choices: Vec<&str> = choices.iter().map(EntryId::as_str).collect();
                format!("choices {}", choices.join(" "))
            }
            Came::Handover { entry: Some(gap) } => format!("handover {gap}"),
            Came::Handover { entry: None } => "handover".to_owned(),
            Came::Smalltalk => "small talk".to_owned(),
            Came::Refuse => "refusal".to_owned(),
            Came::Setting => "setting".to_owned(),
        }
    }
}
