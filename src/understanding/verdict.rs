//! What was understood, and why.

use serde::{Deserialize, Serialize};

use crate::{
    knowledge::{EntryId, RuleKind},
    lang::Lang,
};

/// What the bot understood of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The language the message is written in, as far as it shows.
    pub lang: Lang,
    pub outcome: Outcome,
    /// The probability that the first candidate is what was asked, 0 to 1.
    pub confidence: f32,
    /// The best entries, best first.
    pub candidates: Vec<Candidate>,
    /// What is offered below the reply, best first: topics the message may be about although it is handed over, or what
    /// it asks besides what is answered.
    pub near: Vec<EntryId>,
    /// Danger that may be meant besides the question, but not surely enough to set the question aside.
    pub doubt: Option<RuleKind>,
    pub trace: Trace,
}

impl Verdict {
    /// The verdict on a message without words.
    pub(super) fn on_nothing(lang: Lang, mut trace: Trace) -> Self {
        trace.0.push("no word in it: not understood".to_owned());
        Self {
            lang,
            outcome: Outcome::Handover(Handover::NotUnderstood),
            confidence: 0.0,
            candidates: Vec::new(),
            near: Vec::new(),
            doubt: None,
            trace,
        }
    }
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Answer(EntryId),
    /// Up to three choices, best first.
    Clarify(Vec<EntryId>),
    Handover(Handover),
    Smalltalk,
    /// Orders to the bot, and abuse.
    Refuse,
    /// A wish about the bot itself, answered by showing where to change it.
    Setting(Setting),
}

impl Outcome {
    /// Whether a line of help may come before it: not if help lines are shown anyway, nor before a refusal or a
    /// setting.
    #[must_use]
    pub fn may_be_beside_danger(&self) -> bool {
        match self {
            Self::Answer(_) | Self::Clarify(_) | Self::Smalltalk => true,
            Self::Handover(Handover::Rule(kind)) => !kind.is_crisis(),
            Self::Handover(Handover::Gap(_) | Handover::NotUnderstood) => true,
            Self::Refuse | Self::Setting(_) => false,
        }
    }
}

/// Why a person is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Handover {
    /// The nearest entry says that this is not known.
    Gap(EntryId),
    /// By a rule: a crisis, a wish for a person, a complaint, an individual case.
    Rule(RuleKind),
    /// Nothing is near enough.
    NotUnderstood,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Setting {
    Reminders,
    Language,
    /// Not a setting, but also a place to show: what is on.
    Calendar,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub entry: EntryId,
    /// Higher is better; comparable only within one verdict.
    pub score: f32,
}

/// How the verdict came about, for `--explain`: one line per step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace(pub Vec<String>);
