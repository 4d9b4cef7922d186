//! A request in the making: one question after the other, each answer held as soon as it is given.

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    events::EventId,
    signups::{
        list::Filled,
        values::{CallName, People, Remark},
    },
};

/// The form is forgotten this long after the last answer.
const WITHIN: SignedDuration = SignedDuration::from_mins(30);

/// What one mover has answered so far. Kept by the store as it is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub event: EventId,
    pub stage: Stage,
    /// Later words are no answers to it any more.
    pub until: Timestamp,
}

/// Which question is open, with the answers to those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    Name,
    People {
        name: CallName,
    },
    /// Only where the event is on several days.
    Day {
        name: CallName,
        people: People,
    },
    Note {
        name: CallName,
        people: People,
        day: Option<Date>,
    },
    /// All is answered; it only has to be sent.
    Ready(Filled),
}

impl Form {
    /// With the first question open.
    #[must_use]
    pub fn begin(event: EventId, now: Timestamp) -> Self {
        Self {
            event,
            stage: Stage::Name,
            until: now + WITHIN,
        }
    }

    /// With the next question open.
    #[must_use]
    pub fn with(self, stage: Stage, now: Timestamp) -> Self {
        Self {
            stage,
            until: now + WITHIN,
            ..self
        }
    }

    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        now <= self.until
    }
}

impl Stage {
    /// The place of the open question among them all, and how many there are.
    #[must_use]
    pub fn place(&self, has_days: bool) -> (usize, usize) {
        let days = usize::from(has_days);
        let place = match self {
            Self::Name => 1,
            Self::People { .. } => 2,
            Self::Day { .. } => 3,
            Self::Note { .. } | Self::Ready(_) => 3 + days,
        };
        (place, 3 + days)
    }

    /// After the name.
    #[must_use]
    pub fn named(name: CallName) -> Self {
        Self::People { name }
    }

    /// After the number of people: the day where there is a choice, else the note.
    #[must_use]
    pub fn counted(name: CallName, people: People, has_days: bool) -> Self {
        if has_days {
            Self::Day { name, people }
        } else {
            Self::Note {
                name,
                people,
                day: None,
            }
        }
    }

    /// After the note, or without one.
    #[must_use]
    pub fn noted(name: CallName, people: People, day: Option<Date>, note: Option<Remark>) -> Self {
        Self::Ready(Filled {
            name: Some(name),
            people,
            day,
            note,
        })
    }
}
