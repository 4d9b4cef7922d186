//! A broadcast that one of the staff is writing.

use serde::{Deserialize, Serialize};

use crate::{
    events::EventId,
    publishing::broadcast::{Notice, Segment},
};

/// A broadcast being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BroadcastDraft {
    /// Its words are awaited.
    Begun,
    Written {
        notice: Notice,
        audience: Audience,
        asks: Option<Asks>,
    },
    /// Waits for a colleague to look at it; nothing of it changes any more.
    Handed { notice: Notice, segment: Segment },
}

/// Whether it is known who is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Open,
    /// These events are shown, in this order, to choose from.
    Offered(Vec<EventId>),
    Chosen(Segment),
}

/// What the next words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    Words,
    Link,
}

impl BroadcastDraft {
    /// Something was written.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !matches!(self, Self::Begun)
    }

    /// What the next words are.
    #[must_use]
    pub fn asks(&self) -> Option<Asks> {
        match self {
            Self::Begun => Some(Asks::Words),
            Self::Written { asks, .. } => *asks,
            Self::Handed { .. } => None,
        }
    }
}
