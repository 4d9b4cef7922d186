//! Deleted messages.

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params, place::ChatRef};
use crate::emulator::world::{Chat, Membership, Message, World};

/// After this long a message can no longer be deleted.
const DELETABLE: SignedDuration = SignedDuration::from_hours(48);

#[derive(Deserialize)]
struct OneMessage {
    chat_id: ChatRef,
    message_id: i32,
}

pub(crate) fn delete_message(world: &mut World, params: Params) -> Answer {
    let OneMessage { chat_id, message_id } = params.decode()?;
    let id = chat_id.open(world)?;
    let chat = world.chats.get(&id).ok_or(ApiError::ChatNotFound)?;
    let message = chat
        .messages
        .get(&message_id)
        .ok_or(ApiError::DeleteTargetMissing)?;
    if !may_delete(world, chat, message) {
        return Err(ApiError::CannotDelete);
    }
    remove(world, id, &[message_id]);
    Ok(json!(true))
}

#[derive(Deserialize)]
struct ManyMessages {
    chat_id: ChatRef,
    message_ids: Vec<i32>,
}

/// Skips messages that are gone or cannot be deleted, as Telegram does.
pub(crate) fn delete_messages(world: &mut World, params: Params) -> Answer {
    let ManyMessages { chat_id, message_ids } = params.decode()?;
    if !(1..=100).contains(&message_ids.len()) {
        return Err(ApiError::OutOfRange("message_ids"));
    }
    let id = chat_id.open(world)?;
    let chat = world.chats.get(&id).ok_or(ApiError::ChatNotFound)?;
    let found = message_ids
        .iter()
        .filter_map(|message| chat.messages.get(message));
    let deletable: Vec<_> = found
        .filter(|message| may_delete(world, chat, message))
        .map(|message| message.id)
        .collect();
    remove(world, id, &deletable);
    Ok(json!(true))
}

/// In a group an administrator may delete everything; in a private chat it depends on the age.
fn may_delete(world: &World, chat: &Chat, message: &Message) -> bool {
    let opens_topic = message.thread == Some(message.id);
    if chat.is_group() && chat.membership(world.bot.id).is_some_and(Membership::leads) {
        return !opens_topic;
    }
    let is_young = world.now().duration_since(message.date) <= DELETABLE;
    let is_own = message.from == world.bot.id;
    is_young && (is_own || !chat.is_group())
}

fn remove(world: &mut World, chat: i64, messages: &[i32]) {
    if let Some(chat) = world.chats.get_mut(&chat) {
        for message in messages {
            chat.forget(*message);
        }
    }
}
