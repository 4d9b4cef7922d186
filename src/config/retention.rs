//! For how many days what is kept.

use std::str::FromStr;

use serde::Deserialize;

use super::values::BadValue;
use crate::conversation::Retention;

/// Nothing is kept for longer than ten years, nor for less than a day.
const MOST: u16 = 3650;

/// A number of days that makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u64")]
pub struct Days(u16);

/// The days as somebody wrote them; in the file they stand in the table `[keep]`.
#[derive(Debug, Clone, Default, clap::Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keep {
    /// Days a mover's conversation is kept after they were last seen [default: 365]
    #[arg(
        long = "keep-conversations",
        env = "CONCIERGE_KEEP_CONVERSATIONS",
        value_name = "DAYS"
    )]
    conversations: Option<Days>,
    /// Days a closed case is kept; its topic in the group is deleted with it [default: 180]
    #[arg(long = "keep-cases", env = "CONCIERGE_KEEP_CASES", value_name = "DAYS")]
    cases: Option<Days>,
    /// Days questions without the person, drafts and what movers wait for are kept [default: 365]
    #[arg(
        long = "keep-questions",
        env = "CONCIERGE_KEEP_QUESTIONS",
        value_name = "DAYS"
    )]
    questions: Option<Days>,
    /// Days messages that could not be delivered are kept [default: 30]
    #[arg(
        long = "keep-dead-letters",
        env = "CONCIERGE_KEEP_DEAD_LETTERS",
        value_name = "DAYS"
    )]
    dead_letters: Option<Days>,
    /// Days updates that could not be handled are kept [default: 30]
    #[arg(
        long = "keep-quarantine",
        env = "CONCIERGE_KEEP_QUARANTINE",
        value_name = "DAYS"
    )]
    quarantine: Option<Days>,
}

impl Keep {
    /// These days, and for what is missing those of `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            conversations: self.conversations.or(other.conversations),
            cases: self.cases.or(other.cases),
            questions: self.questions.or(other.questions),
            dead_letters: self.dead_letters.or(other.dead_letters),
            quarantine: self.quarantine.or(other.quarantine),
        }
    }

    /// With the defaults for what nobody wrote.
    pub(super) fn retention(self) -> Retention {
        let usual = Retention::default();
        let days = |written: Option<Days>, usual| written.map_or(usual, |Days(days)| days);
        Retention {
            conversations: days(self.conversations, usual.conversations),
            cases: days(self.cases, usual.cases),
            questions: days(self.questions, usual.questions),
            dead_letters: days(self.dead_letters, usual.dead_letters),
            quarantine: days(self.quarantine, usual.quarantine),
        }
    }
}

impl TryFrom<u64> for Days {
    type Error = BadValue;

    fn try_from(days: u64) -> Result<Self, BadValue> {
        let fits = u16::try_from(days).ok().filter(|days| (1..=MOST).contains(days));
        fits.map(Self)
            .ok_or_else(|| BadValue::new(format!("{days} days cannot be: give a number from 1 to {MOST}")))
    }
}

impl FromStr for Days {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let days: u64 = text
            .trim()
            .parse()
            .map_err(|_| BadValue::new(format!("it is not a number of days from 1 to {MOST}")))?;
        days.try_into()
    }
}
