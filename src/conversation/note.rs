//! What a step wants remembered beside the conversation itself.
//!
//! How questions fare is kept without the person, to become the next revision's ways of asking. Only a wish for a
//! person names the mover who waits.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::state::Wish, knowledge::EntryId, lang::Lang, outgoing::UserId, understanding::Outcome,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// A question and what was made of it.
    Asked {
        question: String,
        lang: Lang,
        outcome: Outcome,
        /// The entry that was nearest.
        entry: Option<EntryId>,
        at: Timestamp,
    },
    /// What a mover said of an answer by tapping a button.
    Tapped {
        question: String,
        entry: EntryId,
        right: bool,
        at: Timestamp,
    },
    /// A mover waits for a person.
    Wished { mover: UserId, wish: Wish },
}
