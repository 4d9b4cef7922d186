//! A second look at messages teloxide cannot read.
//!
//! Telegram adds entities, origins and fields whenever it likes, and leaves out what teloxide expects; one such detail
//! makes the whole message unreadable to teloxide. Its words are still there, and what has no words can be copied by
//! its id.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Map, Value};

use crate::{
    bot::{
        content::words,
        group::{FromGroup, GroupDid},
        input::{FromMover, Heard},
    },
    conversation::input::{Input, Unreadable},
    handover::{Content, Face, Said, Staff, StaffDid},
    outgoing::{ChatId, Html, MessageId, Reply, ThreadId, UserId},
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
    sender_chat: Option<SenderChat>,
    #[serde(default)]
    is_topic_message: bool,
    message_thread_id: Option<i32>,
    media_group_id: Option<String>,
    reply_to_message: Option<Answered>,
    text: Option<String>,
    caption: Option<String>,
    #[serde(flatten)]
    more: Map<String, Value>,
}

#[derive(Deserialize)]
struct Answered {
    message_id: i32,
    from: Option<User>,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    r#type: String,
}

#[derive(Deserialize)]
struct SenderChat {
    id: i64,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    is_bot: bool,
    #[serde(default)]
    first_name: String,
    username: Option<String>,
    language_code: Option<String>,
}

/// The fields that tell what a message contains.
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

/// What somebody sent, as far as it can be told.
pub(super) fn read(json: &str) -> Option<Heard> {
    let update: Update = serde_json::from_str(json).ok()?;
    let (message, edited) = match (update.message, update.edited_message) {
        (Some(message), _) => (message, false),
        (None, Some(message)) => (message, true),
        (None, None) => return None,
    };
    if message.via_bot.is_some() {
        return None;
    }
    if message.chat.r#type == "private" {
        from_mover(message, edited)
    } else {
        from_group(message, edited)
    }
}

fn from_mover(message: Message, edited: bool) -> Option<Heard> {
    let is_own_chat = message.chat.id > 0 && message.chat.id == message.from.id;
    if message.from.is_bot || !is_own_chat {
        return None;
    }
    let id = MessageId(message.message_id);
    let input = match &message.text {
        Some(text) => words(text.clone(), id, edited),
        None if edited => return None,
        None => Input::Unreadable {
            kind: kind(&message.more)?,
            message: id,
        },
    };
    let said = said(&message, edited);
    Some(Heard::Mover(FromMover {
        who: UserId(message.from.id),
        sent: None,
        face: face(&message.from),
        language_tag: message.from.language_code,
        input,
        said: Some(said),
        callback: None,
        operation: None,
    }))
}

fn from_group(message: Message, edited: bool) -> Option<Heard> {
    let who = match &message.sender_chat {
        Some(chat) if chat.id == message.chat.id => Staff::Anonymous,
        Some(_) => return None,
        None if message.from.is_bot => return None,
        None => Staff::Known(UserId(message.from.id)),
    };
    if message.text.is_none() {
        kind(&message.more)?;
    }
    Some(Heard::Group(FromGroup {
        chat: ChatId(message.chat.id),
        thread: message
            .message_thread_id
            .filter(|_| message.is_topic_message)
            .map(ThreadId),
        who,
        face: face(&message.from),
        did: if is_command(&message) {
            // It must never pass for words to a mover; the sender can repeat the command.
            GroupDid::UnknownCommand
        } else {
            GroupDid::Case(StaffDid::Said(said(&message, edited)))
        },
        callback: None,
        file: None,
    }))
}

/// Whether it begins with one slash; with two it is a note.
fn is_command(message: &Message) -> bool {
    let text = message.text.as_deref().unwrap_or_default();
    text.starts_with('/') && !text.starts_with("//")
}

fn face(user: &User) -> Face {
    Face {
        name: user.first_name.clone(),
        username: user.username.clone(),
    }
}

fn said(message: &Message, edited: bool) -> Said {
    let text = message
        .text
        .as_ref()
        .or(message.caption.as_ref())
        .cloned()
        .unwrap_or_default();
    let content = match message.text {
        Some(_) => Content::Text,
        None => Content::Media {
            album: message.media_group_id.clone(),
        },
    };
    let answered = message
        .reply_to_message
        .as_ref()
        .filter(|answered| Some(answered.message_id) != message.message_thread_id);
    Said {
        message: MessageId(message.message_id),
        html: Html::text(&text),
        text,
        content,
        edited,
        reply: answered.map(|answered| Reply {
            to: MessageId(answered.message_id),
            quote: None,
        }),
        answers_bot: answered.is_some_and(|answered| answered.from.as_ref().is_some_and(|from| from.is_bot)),
    }
}

fn kind(fields: &Map<String, Value>) -> Option<Unreadable> {
    let found = CONTENT.iter().find(|(name, _)| fields.contains_key(*name));
    found.map(|(_, kind)| *kind)
}
