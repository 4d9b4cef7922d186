//! Where a message goes and how: the options every method that sends has in common.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    error::ApiError,
    keyboard::{InlineKeyboard, ReplyMarkup},
    words::ParseMode,
};
use crate::emulator::{
    text::Entity,
    world::{Chat, ChatKind, Content, Membership, Message, PrivateAccess, Quoted, World},
};

/// A chat by id or by @username.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum ChatRef {
    Id(i64),
    Username(String),
}

/// Where to send and how; every method that sends takes these.
#[derive(Debug, Deserialize)]
pub(crate) struct SendOptions {
    chat_id: ChatRef,
    message_thread_id: Option<i32>,
    reply_parameters: Option<ReplyParameters>,
    reply_markup: Option<ReplyMarkup>,
    protect_content: Option<bool>,
    #[serde(rename = "disable_notification")]
    _disable_notification: Option<bool>,
    #[serde(rename = "allow_paid_broadcast")]
    _allow_paid_broadcast: Option<bool>,
    message_effect_id: Option<String>,
    link_preview_options: Option<LinkPreviewOptions>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyParameters {
    message_id: i32,
    chat_id: Option<ChatRef>,
    allow_sending_without_reply: Option<bool>,
    quote: Option<String>,
    #[serde(rename = "quote_parse_mode")]
    _quote_parse_mode: Option<ParseMode>,
    #[serde(rename = "quote_entities")]
    _quote_entities: Option<Vec<Entity>>,
    #[serde(rename = "quote_position")]
    _quote_position: Option<u32>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkPreviewOptions {
    #[serde(default)]
    is_disabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default)]
    prefer_small_media: bool,
    #[serde(default)]
    prefer_large_media: bool,
    #[serde(default)]
    show_above_text: bool,
}

/// Where a message goes, checked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) chat: i64,
    pub(crate) thread: Option<i32>,
    reply_to: Option<Quoted>,
    keyboard: Option<InlineKeyboard>,
    extras: Vec<(&'static str, Value)>,
}

impl ChatRef {
    /// The id of a chat the bot knows.
    pub(crate) fn find(&self, world: &World) -> Result<i64, ApiError> {
        let known = match self {
            Self::Id(id) => world.chats.get(id).map(|chat| chat.id),
            // Private chats cannot be named, and the group is not public.
            Self::Username(name) => name.parse().ok().filter(|id| world.chats.contains_key(id)),
        };
        known.ok_or(ApiError::ChatNotFound)
    }

    /// The id of a chat the bot may read and write in.
    pub(crate) fn open(&self, world: &World) -> Result<i64, ApiError> {
        let id = self.find(world)?;
        world
            .chats
            .get(&id)
            .map_or(Err(ApiError::ChatNotFound), |chat| check_access(world, chat))?;
        Ok(id)
    }
}

fn check_access(world: &World, chat: &Chat) -> Result<(), ApiError> {
    match &chat.kind {
        ChatKind::Private {
            access: PrivateAccess::Open,
        } => Ok(()),
        ChatKind::Private {
            access: PrivateAccess::NotStarted,
        } => Err(ApiError::CannotInitiate),
        ChatKind::Private {
            access: PrivateAccess::Blocked,
        } => Err(ApiError::BotBlocked),
        ChatKind::Forum { .. } => match chat.membership(world.bot.id) {
            Some(Membership::Creator | Membership::Administrator | Membership::Member) => Ok(()),
            Some(Membership::Kicked) => Err(ApiError::BotKicked),
            Some(Membership::Left) | None => Err(ApiError::BotNotMember),
        },
    }
}

impl SendOptions {
    /// Checks everything about the place before anything is sent.
    pub(crate) fn place(self, world: &World) -> Result<Place, ApiError> {
        let id = self.chat_id.open(world)?;
        let chat = world.chats.get(&id).ok_or(ApiError::ChatNotFound)?;
        let thread = self.message_thread_id;
        if let Some(thread) = thread {
            check_thread(world, chat, thread)?;
        }
        let reply_to = match &self.reply_parameters {
            Some(reply) => reply.find(world, chat)?,
            None => None,
        };
        let keyboard = self
            .reply_markup
            .as_ref()
            .map(ReplyMarkup::inline)
            .transpose()?
            .flatten();
        Ok(Place {
            chat: id,
            thread,
            reply_to,
            keyboard,
            extras: self.extras(),
        })
    }

    fn extras(&self) -> Vec<(&'static str, Value)> {
        let mut extras = Vec::new();
        extras.extend(
            self.protect_content
                .filter(|on| *on)
                .map(|on| ("has_protected_content", json!(on))),
        );
        extras.extend(self.message_effect_id.as_ref().map(|id| ("effect_id", json!(id))));
        extras.extend(
            self.link_preview_options
                .as_ref()
                .map(|options| ("link_preview_options", json!(options))),
        );
        extras
    }
}

/// Administrators may write in closed topics; General has no thread to write to.
fn check_thread(world: &World, chat: &Chat, thread: i32) -> Result<(), ApiError> {
    let topic = chat.find_topic(thread).ok_or(ApiError::ThreadNotFound)?;
    let may_anyway = chat.membership(world.bot.id).is_some_and(Membership::leads);
    if topic.closed && !may_anyway {
        Err(ApiError::TopicClosed)
    } else {
        Ok(())
    }
}

impl ReplyParameters {
    fn find(&self, world: &World, chat: &Chat) -> Result<Option<Quoted>, ApiError> {
        let other = self.chat_id.as_ref().map(|chat| chat.find(world)).transpose()?;
        let here = other.is_none_or(|other| other == chat.id);
        if here && chat.messages.contains_key(&self.message_id) {
            return Ok(Some(Quoted {
                message: self.message_id,
                quote: self.quote.clone(),
            }));
        }
        if self.allow_sending_without_reply == Some(true) {
            Ok(None)
        } else {
            Err(ApiError::ReplyTargetMissing)
        }
    }
}

impl Place {
    /// Makes a message of the bot here, once the flood limits let it pass.
    pub(crate) fn post(self, world: &mut World, content: Content) -> Result<i32, ApiError> {
        self.post_with(world, content, |_| {})
    }

    /// The same, with something done to the message before it is kept.
    pub(crate) fn post_with(
        self,
        world: &mut World,
        content: Content,
        finish: impl FnOnce(&mut Message),
    ) -> Result<i32, ApiError> {
        let now = self.admit(world, 1)?;
        self.keep(world, content, now, finish)
    }

    /// Counts messages against the flood limits and says when they are sent: now.
    pub(crate) fn admit(&self, world: &mut World, messages: u32) -> Result<Timestamp, ApiError> {
        let now = world.now();
        let admitted = world.pace.count(self.chat, messages, now);
        admitted
            .map(|()| now)
            .map_err(|retry_after| ApiError::TooManyRequests { retry_after })
    }

    /// Keeps an admitted message.
    pub(crate) fn keep(
        self,
        world: &mut World,
        content: Content,
        now: Timestamp,
        finish: impl FnOnce(&mut Message),
    ) -> Result<i32, ApiError> {
        let bot = world.bot.id;
        let chat = world.chats.get_mut(&self.chat).ok_or(ApiError::ChatNotFound)?;
        let id = chat.next_message_id();
        let mut message = Message {
            thread: self.thread,
            reply_to: self.reply_to,
            keyboard: self.keyboard,
            extras: self.extras,
            ..Message::new(id, chat.id, bot, now, content)
        };
        finish(&mut message);
        chat.keep(message);
        Ok(id)
    }
}
