//! A message and what it can hold.

use jiff::Timestamp;
use serde_json::Value;

use crate::emulator::{api::InlineKeyboard, text::Formatted};

/// A message in a chat.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: i32,
    pub chat: i64,
    pub thread: Option<i32>,
    pub from: i64,
    pub date: Timestamp,
    pub edited: Option<Timestamp>,
    pub content: Content,
    pub(crate) keyboard: Option<InlineKeyboard>,
    pub(crate) reply_to: Option<Quoted>,
    /// Who wrote it first, if it was forwarded.
    pub(crate) origin: Option<(i64, Timestamp)>,
    pub(crate) via_bot: bool,
    pub(crate) album: Option<String>,
    pub(crate) reactions: Vec<(i64, String)>,
    /// Options only passed on, such as `link_preview_options`.
    pub(crate) extras: Vec<(&'static str, Value)>,
}

/// The message a message answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    pub message: i32,
    pub quote: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Text(Formatted),
    Media {
        kind: Media,
        file: String,
        file_name: Option<String>,
        caption: Formatted,
    },
    Location {
        latitude: f64,
        longitude: f64,
    },
    Contact {
        phone_number: String,
        first_name: String,
        last_name: Option<String>,
    },
    Service(Service),
}

/// What happened in a chat, told by Telegram itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    TopicCreated { name: String, icon_color: u32 },
    TopicEdited { name: String },
    TopicClosed,
    TopicReopened,
    Pinned { message: i32 },
    Left { user: i64 },
}

/// Kinds of messages that carry a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    Photo,
    Voice,
    Sticker,
    Document,
    Video,
    VideoNote,
    Animation,
    Audio,
}

impl Message {
    pub(crate) fn new(id: i32, chat: i64, from: i64, date: Timestamp, content: Content) -> Self {
        Self {
            id,
            chat,
            thread: None,
            from,
            date,
            edited: None,
            content,
            keyboard: None,
            reply_to: None,
            origin: None,
            via_bot: false,
            album: None,
            reactions: Vec::new(),
            extras: Vec::new(),
        }
    }

    /// The text or the caption.
    #[must_use]
    pub fn words(&self) -> Option<&Formatted> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Media { caption, .. } => Some(caption),
            Content::Location { .. } | Content::Contact { .. } | Content::Service(_) => None,
        }
    }

    pub(crate) fn is_service(&self) -> bool {
        matches!(self.content, Content::Service(_))
    }
}

impl Media {
    /// The field that holds the file, in requests and in messages.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Voice => "voice",
            Self::Sticker => "sticker",
            Self::Document => "document",
            Self::Video => "video",
            Self::VideoNote => "video_note",
            Self::Animation => "animation",
            Self::Audio => "audio",
        }
    }

    /// Whether Telegram lets words stand below it.
    pub(crate) fn has_caption(self) -> bool {
        !matches!(self, Self::Sticker | Self::VideoNote)
    }
}
