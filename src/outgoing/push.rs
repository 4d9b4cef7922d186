//! What is put into words only when it goes out, so that it says how things stand at that moment.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::outgoing::{Act, BroadcastId, Buttons, Html};

/// Something many people are told. Events are named as their ids are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Push {
    /// An event comes near.
    Reminder {
        event: String,
        /// When it started when the reminder was decided; an event that was moved since has other reminders.
        starts: Timestamp,
        /// When the reminder was to go out.
        due: Timestamp,
    },
    /// What is coming in the next weeks.
    Week,
    /// An event is not as it was.
    News {
        event: String,
        /// The event as of this revision; a later one has news of its own.
        sequence: u32,
        news: News,
    },
    /// What staff tell many.
    Broadcast { id: BroadcastId },
}

/// What many would be told, for one of the staff to look at in their own chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    pub html: Html,
    pub buttons: Buttons,
    /// The first of several: if they cannot be written to, that is said once.
    pub first: bool,
}

impl Act {
    /// The broadcast this tells somebody of.
    #[must_use]
    pub fn broadcast(&self) -> Option<BroadcastId> {
        match self {
            Self::Push(Push::Broadcast { id }) => Some(*id),
            _ => None,
        }
    }
}

/// What is new of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// It is new, and its date confirmed.
    Set,
    /// The date of an event that was known is confirmed now.
    Dated,
    /// It was cancelled, and takes place after all.
    Back,
    /// Its date does not stand any more, and there is no other yet.
    Postponed,
    /// Another time or place.
    Moved,
    Cancelled,
    /// Cancelled before its date was confirmed: only for those who wait for just this event.
    CalledOff,
}
