//! What the concierge wants done on Telegram's side, as plain values.
//!
//! A step decides, [`crate::store`] keeps, [`crate::jobs`] carries out. Nothing here knows teloxide.

pub mod html;
pub mod ids;

pub use html::Html;
pub use ids::{ChatId, MessageId, ThreadId, UpdateId, UserId};

use serde::{Deserialize, Serialize};

/// One thing to be carried out, in one chat. Things for the same chat are carried out in the order they were decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    pub chat: ChatId,
    /// The topic, in a forum.
    pub thread: Option<ThreadId>,
    pub priority: Priority,
    pub act: Act,
}

/// Who waits for it; a person who waits for an answer goes before everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    Reply,
    Staff,
    Reminder,
    Broadcast,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Sends a message. `answers` is the mover's message it answers: kept after delivery, so that an edited question
    /// can have its answer edited.
    Send {
        html: Html,
        buttons: Buttons,
        answers: Option<MessageId>,
    },
    /// Edits the message that answered `answers`; sends a new one if that never arrived or is gone.
    EditAnswer {
        answers: MessageId,
        html: Html,
        buttons: Buttons,
    },
    /// Edits a message of ours (the one a button was tapped under).
    Edit {
        message: MessageId,
        html: Html,
        buttons: Buttons,
    },
}

/// Rows of inline buttons, top to bottom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buttons(pub Vec<Vec<ButtonFace>>);

/// A button as a mover sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ButtonFace {
    pub label: String,
    pub does: ButtonDoes,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ButtonDoes {
    /// Comes back to us as callback data, at most 64 bytes.
    Callback(String),
    Url(String),
    /// Opens the inline mode in a chat the mover chooses, with this query.
    Share(String),
}

/// What goes straight out without being kept: worthless a few seconds later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passing {
    /// Ends the waiting circle on a tapped button, with a short note if there is one.
    AnswerTap {
        callback: String,
        note: Option<String>,
    },
    Typing {
        chat: ChatId,
    },
}
