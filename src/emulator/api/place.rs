//! Where a message goes and how: the options that all sending methods share.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    error::ApiError,
    keyboard::{InlineKeyboard, ReplyMarkup},
    replies::ReplyParameters,
};
use crate::emulator::world::{Chat, ChatKind, Content, Membership, Message, PrivateAccess, Quoted, World};

/// A chat by id or by @username.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum ChatRef {
    Id(i64),
    Username(String),
}

/// Where to send and how; all sending methods take these.
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
        let id = match self {
            Self::Id(id) => Some(*id),
            // Private chats have no username here, and the group is not public.
            Self::Username(name) => name.parse().ok(),
        };
        let chat = id.and_then(|id| world.chats.get(&id));
        let chat = chat.ok_or(ApiError::ChatNotFound)?;
        chat.moved_to()
            .map_or(Ok(chat.id), |to| Err(ApiError::Migrated { to }))
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
        ChatKind::Group { .. } => match chat.membership(world.bot.id) {
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
        let extras = self.extras();
        let mut thread = self.message_thread_id;
        if thread.is_some_and(|thread| chat.find_topic(thread).is_none()) {
            return Err(ApiError::ThreadNotFound);
        }
        let answered = match self.reply_parameters {
            Some(reply) => reply.find(world, chat, thread)?,
            None => None,
        };
        let reply_to = answered.map(|answered| {
            // A reply goes to the topic of the message it replies to.
            thread = thread.or(answered.thread);
            answered.quoted
        });
        check_open(chat, thread)?;
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
            extras,
        })
    }

    /// Refuses options that methods sending several messages do not take.
    pub(crate) fn check_plain(&self) -> Result<(), ApiError> {
        let unknown = |name: &str| Err(ApiError::UnknownField(name.to_owned()));
        match (&self.reply_parameters, &self.reply_markup) {
            (Some(_), _) => unknown("reply_parameters"),
            (_, Some(_)) => unknown("reply_markup"),
            (None, None) => Ok(()),
        }
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

/// Telegram lets administrators write in closed topics; the emulator does not, so that no bot relies on it.
fn check_open(chat: &Chat, thread: Option<i32>) -> Result<(), ApiError> {
    let topic = thread.and_then(|thread| chat.find_topic(thread));
    if topic.is_some_and(|topic| topic.closed) {
        Err(ApiError::TopicClosed)
    } else {
        Ok(())
    }
}

impl Place {
    /// Posts a message of the bot here, if the flood limits allow it.
    pub(crate) fn post(self, world: &mut World, content: Content) -> Result<i32, ApiError> {
        self.post_with(world, content, |_| {})
    }

    /// The same, letting the caller adjust the message before it is stored.
    pub(crate) fn post_with(
        self,
        world: &mut World,
        content: Content,
        finish: impl FnOnce(&mut Message),
    ) -> Result<i32, ApiError> {
        let now = self.admit(world, 1)?;
        self.keep(world, content, now, finish)
    }

    /// Counts messages against the flood limits and returns their time: now.
    pub(crate) fn admit(&self, world: &mut World, messages: u32) -> Result<Timestamp, ApiError> {
        let now = world.now();
        let admitted = world.pace.count(self.chat, messages, now);
        admitted
            .map(|()| now)
            .map_err(|retry_after| ApiError::TooManyRequests { retry_after })
    }

    /// Stores an admitted message.
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
