//! Everything that can happen in a mover's private chat.

use crate::{
    conversation::button::{Button, StaleButton},
    outgoing::MessageId,
};

/// One thing that happened. Closed: what is not here does not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Command(Command),
    Question {
        text: String,
        message: MessageId,
        edited: bool,
    },
    /// A button under `message` was tapped.
    Tap {
        button: Result<Button, StaleButton>,
        message: Option<MessageId>,
    },
    /// A thumb down was put on a message of the bot's.
    Disliked {
        message: MessageId,
    },
    /// A message without text the bot could read.
    Unreadable {
        kind: Unreadable,
        message: MessageId,
    },
    /// Something written through a bot, such as an answer of ours that somebody shared: nothing to be answered, but a
    /// person may want to see it.
    Shared,
    /// Something other than text was changed: nothing for the bot, but a person may have got it.
    Corrected,
    /// The mover blocked the bot, or deleted the chat.
    Left,
    /// The mover came back after blocking it.
    Returned,
}

/// A mover's command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// With the deep link's payload, if there was one.
    Start(Option<String>),
    Menu,
    Help,
    Language,
    Human,
    Events,
    Reminders,
    MyData,
    Forget,
    Privacy,
    /// Not one of ours.
    Unknown(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    Voice,
    Photo,
    Sticker,
    Video,
    Document,
    Location,
    Contact,
    Other,
}
