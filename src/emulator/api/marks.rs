//! Marks on messages: reactions and pins.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params, place::ChatRef};
use crate::emulator::{
    news::Notice,
    world::{Chat, Membership, Message, Service, World},
};

/// The reactions a bot may set.
const REACTIONS: &str = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u{200d}🔥 🌚 🌭 💯 🤣 ⚡ 🍌 \
     🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u{200d}💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 \
     🤷\u{200d}♂ 🤷 🤷\u{200d}♀ 😡";

#[derive(Deserialize)]
struct SetMessageReaction {
    chat_id: ChatRef,
    message_id: i32,
    #[serde(default)]
    reaction: Vec<Reaction>,
    #[serde(rename = "is_big")]
    _is_big: Option<bool>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Reaction {
    Emoji { emoji: String },
}

/// A bot has one reaction per message; an empty list takes it back.
pub(crate) fn set_reaction(world: &mut World, params: Params) -> Answer {
    let request: SetMessageReaction = params.decode()?;
    let id = request.chat_id.open(world)?;
    if request.reaction.len() > 1 {
        return Err(ApiError::ReactionInvalid);
    }
    let bot = world.bot.id;
    let message = reaction_target(world, id, request.message_id).ok_or(ApiError::ReactionTargetMissing)?;
    let mut wanted = request
        .reaction
        .into_iter()
        .map(|Reaction::Emoji { emoji }| emoji);
    let wanted = wanted.next();
    if wanted.as_ref().is_some_and(|emoji| !is_reaction(emoji)) {
        return Err(ApiError::ReactionInvalid);
    }
    message.reactions.retain(|(by, _)| *by != bot);
    message.reactions.extend(wanted.map(|emoji| (bot, emoji)));
    Ok(json!(true))
}

fn is_reaction(emoji: &str) -> bool {
    let bare = emoji.replace('\u{fe0f}', "");
    REACTIONS.split(' ').any(|allowed| allowed == bare)
}

/// Reactions to an album go to its first message, whichever was named.
fn reaction_target(world: &mut World, chat: i64, message: i32) -> Option<&mut Message> {
    let messages = &mut world.chats.get_mut(&chat)?.messages;
    let album = messages.get(&message)?.album.clone();
    match album {
        None => messages.get_mut(&message),
        album => messages.values_mut().find(|message| message.album == album),
    }
}

#[derive(Deserialize)]
struct PinChatMessage {
    chat_id: ChatRef,
    message_id: i32,
    #[serde(rename = "disable_notification")]
    _disable_notification: Option<bool>,
}

pub(crate) fn pin(world: &mut World, params: Params) -> Answer {
    let request: PinChatMessage = params.decode()?;
    let id = request.chat_id.open(world)?;
    let bot = world.bot.id;
    let chat = pinnable(world, id)?;
    let message = chat
        .messages
        .get(&request.message_id)
        .ok_or(ApiError::PinTargetMissing)?;
    let thread = message.thread;
    if chat.pinned.insert(request.message_id) {
        let notice = Notice {
            chat: id,
            thread,
            by: bot,
            anonymous: false,
        };
        let message = request.message_id;
        notice.write(world, Service::Pinned { message });
    }
    Ok(json!(true))
}

#[derive(Deserialize)]
struct UnpinChatMessage {
    chat_id: ChatRef,
    message_id: Option<i32>,
}

/// Without a message id, unpins the newest.
pub(crate) fn unpin(world: &mut World, params: Params) -> Answer {
    let request: UnpinChatMessage = params.decode()?;
    let id = request.chat_id.open(world)?;
    let chat = pinnable(world, id)?;
    let message = request.message_id.or_else(|| chat.pinned.last().copied());
    let was_pinned = message.is_some_and(|message| chat.pinned.remove(&message));
    if was_pinned {
        Ok(json!(true))
    } else {
        Err(ApiError::PinTargetMissing)
    }
}

fn pinnable(world: &mut World, chat: i64) -> Result<&mut Chat, ApiError> {
    let bot = world.bot.id;
    let chat = world.chats.get_mut(&chat).ok_or(ApiError::ChatNotFound)?;
    let may = !chat.is_group() || chat.membership(bot).is_some_and(Membership::leads);
    if may {
        Ok(chat)
    } else {
        Err(ApiError::PinRightsMissing)
    }
}
