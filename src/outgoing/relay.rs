//! What is passed on between a mover and their topic.

use serde::{Deserialize, Serialize};

use crate::outgoing::{Buttons, Html, MessageId};

/// A message to be passed on from a mover to their topic, or from the topic to the mover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// The message on its own side.
    pub from: MessageId,
    pub body: Body,
    pub reply: Option<Reply>,
    /// Only where the bot writes the message itself.
    pub buttons: Buttons,
    /// Its words, if it has nothing else: said by the bot where Telegram does not let the message be copied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Html>,
}

/// What a message passed on consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// Words; those of one mover that wait together are passed on together.
    Words(Html),
    /// Copied as it is.
    Whole,
    /// Copied as it is, together with the other messages of the same album.
    Album(String),
}

/// Which message of its own side a message answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub to: MessageId,
    /// The part that was picked out.
    pub quote: Option<String>,
}

/// A change to a message that was passed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayEdit {
    /// The message on its own side.
    pub of: MessageId,
    pub part: EditedPart,
    pub html: Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EditedPart {
    Text,
    Caption,
}
