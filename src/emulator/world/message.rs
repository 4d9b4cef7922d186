//! A message and what it can contain.

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
    /// Whether it was written as the group.
    pub anonymous: bool,
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
    /// Options that are only passed on, such as `link_preview_options`.
    pub(crate) extras: Vec<(&'static str, Value)>,
}

/// The message that a message replies to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    pub message: i32,
    /// The selected part of it.
    pub quote: Option<Quote>,
}

/// A selected part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub words: Formatted,
    /// Where it begins, in UTF-16 units.
    pub position: usize,
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
        /// For how many seconds it follows its sender, if it does.
        live_period: Option<u32>,
    },
    Contact {
        phone_number: String,
        first_name: String,
        last_name: Option<String>,
    },
    Dice {
        value: u8,
    },
    Poll {
        question: String,
        options: Vec<String>,
        /// Whether one of the answers is right.
        quiz: bool,
    },
    NotCopied(NotCopied),
    Service(Service),
}

/// What people can send but a bot cannot copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCopied {
    /// A channel's prize draw, forwarded.
    Giveaway,
    /// A picture behind a paywall, forwarded.
    PaidMedia,
    /// Another bot's invoice, forwarded.
    Invoice,
}

/// What happened in a chat, as Telegram's service messages say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    TopicCreated {
        name: String,
        icon_color: u32,
        icon: Option<String>,
    },
    /// What has changed.
    TopicEdited {
        name: Option<String>,
        icon: Option<String>,
    },
    TopicClosed,
    TopicReopened,
    Pinned {
        message: i32,
    },
    Joined {
        user: i64,
    },
    Left {
        user: i64,
    },
    MigratedTo {
        chat: i64,
    },
    MigratedFrom {
        chat: i64,
    },
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
            anonymous: false,
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
            _ => None,
        }
    }

    /// The text or caption, if it can be edited.
    pub(crate) fn words_mut(&mut self) -> Option<&mut Formatted> {
        match &mut self.content {
            Content::Text(text) => Some(text),
            Content::Media { kind, caption, .. } if kind.has_caption() => Some(caption),
            _ => None,
        }
    }

    pub(crate) fn is_service(&self) -> bool {
        matches!(self.content, Content::Service(_))
    }
}

impl Content {
    pub(crate) fn media(&self) -> Option<Media> {
        match self {
            Self::Media { kind, .. } => Some(*kind),
            _ => None,
        }
    }

    /// The same content for a bot to post; `None` if it cannot be copied. A copied die is thrown again.
    pub(crate) fn copied(&self) -> Option<Self> {
        match self {
            Self::Service(_) | Self::NotCopied(_) | Self::Poll { quiz: true, .. } => None,
            Self::Dice { value } => Some(Self::Dice { value: value % 6 + 1 }),
            other => Some(other.clone()),
        }
    }
}

impl NotCopied {
    /// The field that holds it.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Giveaway => "giveaway",
            Self::PaidMedia => "paid_media",
            Self::Invoice => "invoice",
        }
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

    /// Whether both may stand in one album.
    pub(crate) fn groups_with(self, other: Self) -> bool {
        let is_visual = |kind| matches!(kind, Self::Photo | Self::Video);
        let stays_alone = matches!(
            self,
            Self::Voice | Self::Sticker | Self::VideoNote | Self::Animation
        );
        !stays_alone && (self == other || (is_visual(self) && is_visual(other)))
    }

    /// Whether it can have a caption.
    pub(crate) fn has_caption(self) -> bool {
        !matches!(self, Self::Sticker | Self::VideoNote)
    }
}
