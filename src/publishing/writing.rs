//! What one of the staff is writing. Kept by the store as it is here.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    outgoing::UserId,
    publishing::{
        broadcast::BroadcastDraft,
        event::{EventDraft, Import},
    },
};

/// Nobody's words are taken for an answer later than this after they were asked.
const ANSWERS_WITHIN: SignedDuration = SignedDuration::from_mins(60);

/// What one of the staff is writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    pub by: UserId,
    /// Rises with every change: a button acts on what its message shows, or on nothing.
    pub edition: u32,
    pub piece: Piece,
    /// When they last did something about it.
    pub at: Timestamp,
}

/// What is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// It is published, or given up.
    Nothing,
    Event(EventDraft),
    /// A file of events that was read and not yet taken.
    Import(Import),
    Broadcast(BroadcastDraft),
}

impl Writing {
    /// Something as it is from now on; its edition is later than those of what they wrote before.
    #[must_use]
    pub fn begun(by: UserId, before: Option<&Self>, piece: Piece, now: Timestamp) -> Self {
        Self {
            by,
            edition: before.map_or(0, |before| before.edition).wrapping_add(1),
            piece,
            at: now,
        }
    }

    /// Whether something would be lost if another thing were begun in its place.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        match &self.piece {
            Piece::Event(EventDraft::Whole(whole)) => whole.is_changed(),
            Piece::Broadcast(draft) => draft.has_words(),
            Piece::Event(EventDraft::Begun { .. }) | Piece::Import(_) | Piece::Nothing => false,
        }
    }

    /// Whether the next words of theirs belong to it.
    #[must_use]
    pub fn awaits_words(&self, now: Timestamp) -> bool {
        let asks = match &self.piece {
            Piece::Event(draft) => draft.asks().is_some(),
            Piece::Broadcast(draft) => draft.asks().is_some(),
            Piece::Import(_) | Piece::Nothing => false,
        };
        asks && now.duration_since(self.at) <= ANSWERS_WITHIN
    }
}
