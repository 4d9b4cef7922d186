//! Edits of the bot's messages.

use serde::Deserialize;

use super::{
    Answer, ApiError, Params,
    keyboard::{InlineKeyboard, RawInlineKeyboard},
    messages::shown,
    place::{ChatRef, LinkPreviewOptions},
    words::{CaptionFields, TextFields},
};
use crate::emulator::world::{Content, Message, World};

/// Which message; those posted through inline mode have ids of their own, which the emulator does not keep.
#[derive(Deserialize)]
struct Target {
    chat_id: Option<ChatRef>,
    message_id: Option<i32>,
    inline_message_id: Option<String>,
    reply_markup: Option<RawInlineKeyboard>,
}

#[derive(Deserialize)]
struct Preview {
    #[serde(rename = "link_preview_options")]
    _link_preview_options: Option<LinkPreviewOptions>,
}

/// An edit whose target was found.
struct Edit {
    chat: i64,
    message: i32,
    keyboard: Option<InlineKeyboard>,
}

pub(crate) fn edit_text(world: &mut World, mut params: Params) -> Answer {
    let target: Target = params.take()?;
    let _: Preview = params.take()?;
    let text = params
        .decode::<TextFields>()?
        .parse(ApiError::EditedTextTooLong)?;
    let edit = target.find(world)?;
    edit.apply(world, |message| {
        let Content::Text(old) = &mut message.content else {
            return Err(ApiError::CannotEdit);
        };
        *old = text;
        Ok(())
    })
}

pub(crate) fn edit_caption(world: &mut World, mut params: Params) -> Answer {
    let target: Target = params.take()?;
    let new = params.decode::<CaptionFields>()?.parse()?;
    let edit = target.find(world)?;
    edit.apply(world, |message| {
        let Content::Media { kind, caption, .. } = &mut message.content else {
            return Err(ApiError::CannotEdit);
        };
        if !kind.has_caption() {
            return Err(ApiError::CannotEdit);
        }
        *caption = new;
        Ok(())
    })
}

pub(crate) fn edit_keyboard(world: &mut World, params: Params) -> Answer {
    let target: Target = params.decode()?;
    target.find(world)?.apply(world, |_| Ok(()))
}

impl Target {
    fn find(self, world: &World) -> Result<Edit, ApiError> {
        if self.inline_message_id.is_some() {
            return Err(ApiError::EditTargetMissing);
        }
        let (Some(chat), Some(message)) = (self.chat_id, self.message_id) else {
            return Err(ApiError::MessageIdMissing);
        };
        let chat = chat.open(world)?;
        let found = world
            .chats
            .get(&chat)
            .and_then(|chat| chat.messages.get(&message));
        let found = found.ok_or(ApiError::EditTargetMissing)?;
        if found.from != world.bot.id || found.is_service() || found.origin.is_some() {
            return Err(ApiError::CannotEdit);
        }
        let keyboard = self
            .reply_markup
            .as_ref()
            .map(RawInlineKeyboard::check)
            .transpose()?
            .flatten();
        Ok(Edit {
            chat,
            message,
            keyboard,
        })
    }
}

impl Edit {
    /// Changes the message; refused if nothing changes. An edit without a keyboard removes the old one.
    fn apply(self, world: &mut World, change: impl FnOnce(&mut Message) -> Result<(), ApiError>) -> Answer {
        let now = world.now();
        let chat = world.chats.get_mut(&self.chat);
        let message = chat.and_then(|chat| chat.messages.get_mut(&self.message));
        let message = message.ok_or(ApiError::EditTargetMissing)?;
        let mut edited = message.clone();
        change(&mut edited)?;
        edited.keyboard = self.keyboard;
        if (&edited.content, &edited.keyboard) == (&message.content, &message.keyboard) {
            return Err(ApiError::NotModified);
        }
        *message = Message {
            edited: Some(now),
            ..edited
        };
        Ok(shown(world, self.chat, self.message))
    }
}
