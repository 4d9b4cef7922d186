//! Whether one question went as its label wants, and if not, why not.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::{
    cli::eval::questions::{Expect, Wanted},
    knowledge::EntryId,
    understanding::{Outcome, Verdict},
};

/// How one question went, in a word.
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

/// Right, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judged {
    Right,
    AmongChoices,
    NotAmongChoices,
    NeedlessHandover,
    /// Small talk, a refusal or a setting where something else was wanted, or no handover where one was.
    OtherOutcome,
    OtherEntry,
    /// The text does not say one of these, separated by `|`.
    Lacks(String),
    /// The text says what it must not.
    Says(String),
    /// An answer to what was only small talk.
    AnsweredSmalltalk,
    /// An answer where only a person could help.
    FalseAnswer,
}

impl Judged {
    /// The word for it.
    #[must_use]
    pub fn mark(&self) -> Mark {
        match self {
            Self::Right => Mark::Right,
            Self::AmongChoices => Mark::OneTap,
            Self::NotAmongChoices | Self::NeedlessHandover | Self::OtherOutcome => Mark::Unhelped,
            Self::OtherEntry | Self::Lacks(_) | Self::Says(_) | Self::AnsweredSmalltalk => Mark::WrongAnswer,
            Self::FalseAnswer => Mark::FalseAnswer,
        }
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Right => f.write_str("as wanted"),
            Self::AmongChoices => f.write_str("a right one is among the choices, not answered at once"),
            Self::NotAmongChoices => f.write_str("choices, none of them right"),
            Self::NeedlessHandover => f.write_str("handed over, though it could be answered"),
            Self::OtherOutcome => f.write_str("another kind of reply than wanted"),
            Self::OtherEntry => f.write_str("answered with an entry that is not accepted"),
            Self::Lacks(text) => write!(f, "the answer does not say “{text}”"),
            Self::Says(text) => write!(f, "the answer says “{text}”, which it must not"),
            Self::AnsweredSmalltalk => f.write_str("answered, though it was small talk"),
            Self::FalseAnswer => f.write_str("answered, though only a person may"),
        }
    }
}

/// Judges one verdict with the text a mover would have read.
#[must_use]
pub fn judge(wanted: &Wanted, verdict: &Verdict, text: &str) -> Judged {
    match (&verdict.outcome, wanted.expect) {
        (Outcome::Answer(_), Expect::Handover | Expect::Refuse) => Judged::FalseAnswer,
        (Outcome::Answer(_), Expect::Smalltalk) => Judged::AnsweredSmalltalk,
        (Outcome::Answer(entry), _) if wanted.accept.contains(entry) => text_judged(wanted, text),
        (Outcome::Answer(_), _) => Judged::OtherEntry,
        (Outcome::Handover(_), Expect::Handover | Expect::AnswerOrHandover)
        | (Outcome::Smalltalk, Expect::Smalltalk)
        | (Outcome::Refuse, Expect::Refuse) => Judged::Right,
        (Outcome::Handover(_), Expect::Answer) if is_among(wanted, &verdict.near) => Judged::AmongChoices,
        (Outcome::Handover(_), Expect::Answer) => Judged::NeedlessHandover,
        (Outcome::Clarify(choices), Expect::Answer | Expect::AnswerOrHandover) => {
            if is_among(wanted, choices) {
                Judged::AmongChoices
            } else {
                Judged::NotAmongChoices
            }
        }
        _ => Judged::OtherOutcome,
    }
}

fn is_among(wanted: &Wanted, offered: &[EntryId]) -> bool {
    offered.iter().any(|entry| wanted.accept.contains(entry))
}

/// Whether the text says what it must and nothing it must not, compared after NFKC.
fn text_judged(wanted: &Wanted, text: &str) -> Judged {
    let plain = |text: &str| text.nfkc().collect::<String>();
    let text = plain(text);
    let says = |one: &str| text.contains(&plain(one));
    if let Some(lacking) = wanted.must.iter().find(|must| !must.split('|').any(says)) {
        return Judged::Lacks(lacking.clone());
    }
    match wanted.must_not.iter().find(|bad| says(bad)) {
        Some(said) => Judged::Says(said.clone()),
        None => Judged::Right,
    }
}
