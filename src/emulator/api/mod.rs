//! The methods of the Bot API: a closed list, each carried out in one go under the world's lock.
//!
//! Only `getUpdates` waits, so the server treats it apart; see [`polling`].

mod callbacks;
mod chats;
mod commands;
mod copies;
mod deletions;
mod edits;
mod error;
mod field;
mod files;
mod identity;
mod inline;
mod keyboard;
mod marks;
mod media;
mod messages;
mod params;
mod place;
pub(crate) mod polling;
mod replies;
mod topics;
mod webhooks;
mod words;

pub(crate) use error::ApiError;
pub(crate) use keyboard::{ButtonAction, InlineKeyboard};
pub(crate) use params::Params;

use std::fmt;

use serde::{
    Deserialize,
    de::{IntoDeserializer, value::Error},
};
use serde_json::Value;

use super::world::{Media, World};

pub(crate) type Answer = Result<Value, ApiError>;

/// A method of the Bot API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    GetMe,
    GetUpdates,
    SetWebhook,
    DeleteWebhook,
    GetWebhookInfo,
    LogOut,
    Close,
    SendMessage,
    SendPhoto,
    SendVoice,
    SendSticker,
    SendDocument,
    SendVideo,
    SendVideoNote,
    SendAnimation,
    SendAudio,
    SendMediaGroup,
    SendLocation,
    SendContact,
    SendChatAction,
    CopyMessage,
    CopyMessages,
    ForwardMessage,
    EditMessageText,
    EditMessageCaption,
    EditMessageReplyMarkup,
    DeleteMessage,
    DeleteMessages,
    SetMessageReaction,
    PinChatMessage,
    UnpinChatMessage,
    AnswerCallbackQuery,
    AnswerInlineQuery,
    SetMyCommands,
    GetMyCommands,
    DeleteMyCommands,
    SetMyName,
    SetMyDescription,
    SetMyShortDescription,
    GetChat,
    GetChatMember,
    GetChatAdministrators,
    LeaveChat,
    CreateForumTopic,
    EditForumTopic,
    CloseForumTopic,
    ReopenForumTopic,
    DeleteForumTopic,
    GetFile,
}

impl Method {
    /// The method with this name, in any case.
    pub(crate) fn parse(name: &str) -> Result<Self, ApiError> {
        let lowered = name.to_ascii_lowercase();
        let deserializer = IntoDeserializer::<Error>::into_deserializer(lowered.as_str());
        Self::deserialize(deserializer).map_err(|_| ApiError::UnknownMethod(name.to_owned()))
    }

    /// Carries out a call.
    pub(crate) fn run(self, world: &mut World, params: Params) -> Answer {
        match self {
            Self::GetMe => identity::get_me(world, params),
            Self::GetUpdates => polling::take(world, params),
            Self::SetWebhook => webhooks::set(world, params),
            Self::DeleteWebhook => webhooks::delete(world, params),
            Self::GetWebhookInfo => webhooks::info(world, params),
            Self::LogOut | Self::Close => identity::leave_server(params),
            Self::SendMessage => messages::send_message(world, params),
            Self::SendPhoto => media::send(world, Media::Photo, params),
            Self::SendVoice => media::send(world, Media::Voice, params),
            Self::SendSticker => media::send(world, Media::Sticker, params),
            Self::SendDocument => media::send(world, Media::Document, params),
            Self::SendVideo => media::send(world, Media::Video, params),
            Self::SendVideoNote => media::send(world, Media::VideoNote, params),
            Self::SendAnimation => media::send(world, Media::Animation, params),
            Self::SendAudio => media::send(world, Media::Audio, params),
            Self::SendMediaGroup => media::send_group(world, params),
            Self::SendLocation => messages::send_location(world, params),
            Self::SendContact => messages::send_contact(world, params),
            Self::SendChatAction => callbacks::send_chat_action(world, params),
            Self::CopyMessage => copies::copy_message(world, params),
            Self::CopyMessages => copies::copy_messages(world, params),
            Self::ForwardMessage => copies::forward_message(world, params),
            Self::EditMessageText => edits::edit_text(world, params),
            Self::EditMessageCaption => edits::edit_caption(world, params),
            Self::EditMessageReplyMarkup => edits::edit_keyboard(world, params),
            Self::DeleteMessage => deletions::delete_message(world, params),
            Self::DeleteMessages => deletions::delete_messages(world, params),
            Self::SetMessageReaction => marks::set_reaction(world, params),
            Self::PinChatMessage => marks::pin(world, params),
            Self::UnpinChatMessage => marks::unpin(world, params),
            Self::AnswerCallbackQuery => callbacks::answer(world, params),
            Self::AnswerInlineQuery => inline::answer(world, params),
            Self::SetMyCommands => commands::set(world, params),
            Self::GetMyCommands => commands::get(world, params),
            Self::DeleteMyCommands => commands::delete(world, params),
            Self::SetMyName => identity::set_name(world, params),
            Self::SetMyDescription => identity::set_description(world, params),
            Self::SetMyShortDescription => identity::set_short_description(world, params),
            Self::GetChat => chats::get_chat(world, params),
            Self::GetChatMember => chats::get_member(world, params),
            Self::GetChatAdministrators => chats::get_administrators(world, params),
            Self::LeaveChat => chats::leave(world, params),
            Self::CreateForumTopic => topics::create(world, params),
            Self::EditForumTopic => topics::edit(world, params),
            Self::CloseForumTopic => topics::close(world, params),
            Self::ReopenForumTopic => topics::reopen(world, params),
            Self::DeleteForumTopic => topics::delete(world, params),
            Self::GetFile => files::get_file(world, params),
        }
    }
}

/// The name as Telegram's documentation writes it.
impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{self:?}");
        let (first, rest) = name.split_at(1);
        write!(f, "{}{rest}", first.to_ascii_lowercase())
    }
}
