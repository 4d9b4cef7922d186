//! A second look at messages teloxide cannot make out.
//!
//! Telegram adds marks, origins and fields whenever it likes, and leaves out what teloxide expects; one such detail
//! makes all of a message unreadable to teloxide. The words are there all the same.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Map, Value};

use crate::{
    bot::input::{FromMover, Heard, words},
    conversation::input::{Input, Unreadable},
    outgoing::{MessageId, UserId},
};

#[derive(Deserialize)]
struct Update {
    message: Option<Message>,
    edited_message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    message_id: i32,
    chat: Chat,
    from: User,
    via_bot: Option<IgnoredAny>,
    text: Option<String>,
    #[serde(flatten)]
    more: Map<String, Value>,
}

#[derive(Deserialize)]
struct Chat {
    r#type: String,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    is_bot: bool,
    language_code: Option<String>,
}

/// The fields that tell what a message holds.
const CONTENT: [(&str, Unreadable); 11] = [
    ("voice", Unreadable::Voice),
    ("audio", Unreadable::Voice),
    ("photo", Unreadable::Photo),
    ("sticker", Unreadable::Sticker),
    ("video", Unreadable::Video),
    ("video_note", Unreadable::Video),
    // An animation comes with a document of the same name, so it stands first.
    ("animation", Unreadable::Video),
    ("document", Unreadable::Document),
    ("venue", Unreadable::Location),
    ("location", Unreadable::Location),
    ("contact", Unreadable::Contact),
];

/// What a mover sent, if that much can be told.
pub(super) fn read(json: &str) -> Option<Heard> {
    let update: Update = serde_json::from_str(json).ok()?;
    let (message, edited) = match (update.message, update.edited_message) {
        (Some(message), _) => (message, false),
        (None, Some(message)) => (message, true),
        (None, None) => return None,
    };
    let Message {
        chat, from, via_bot, ..
    } = &message;
    if chat.r#type != "private" || from.is_bot || via_bot.is_some() {
        return None;
    }
    let id = MessageId(message.message_id);
    let input = match message.text {
        Some(text) => words(text, id, edited),
        None if edited => return None,
        None => Input::Unreadable {
            kind: kind(&message.more)?,
            message: id,
        },
    };
    Some(Heard::Mover(FromMover {
        who: UserId(message.from.id),
        language_tag: message.from.language_code,
        input,
        callback: None,
    }))
}

fn kind(fields: &Map<String, Value>) -> Option<Unreadable> {
    let found = CONTENT.iter().find(|(name, _)| fields.contains_key(*name));
    found.map(|(_, kind)| *kind)
}
