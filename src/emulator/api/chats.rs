//! Chats and their members.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, ApiError, Params, place::ChatRef};
use crate::emulator::{
    wire,
    world::{ANONYMOUS_ADMIN, Membership, World},
};

#[derive(Deserialize)]
struct OneChat {
    chat_id: ChatRef,
}

pub(crate) fn get_chat(world: &mut World, params: Params) -> Answer {
    let OneChat { chat_id } = params.decode()?;
    let id = chat_id.find(world)?;
    let chat = world.chats.get(&id).ok_or(ApiError::ChatNotFound)?;
    let mut full = wire::chat(world, chat);
    full["accent_color_id"] = json!(0);
    full["max_reaction_count"] = json!(11);
    full["accepted_gift_types"] = json!({
        "unlimited_gifts": false,
        "limited_gifts": false,
        "unique_gifts": false,
        "premium_subscription": false,
    });
    let pinned = chat.pinned.last().and_then(|message| chat.messages.get(message));
    if let Some(pinned) = pinned {
        full["pinned_message"] = wire::message(world, pinned);
    }
    Ok(full)
}

#[derive(Deserialize)]
struct OneMember {
    chat_id: ChatRef,
    user_id: i64,
}

pub(crate) fn get_member(world: &mut World, params: Params) -> Answer {
    let OneMember { chat_id, user_id } = params.decode()?;
    let id = chat_id.open(world)?;
    let chat = world.chats.get(&id).ok_or(ApiError::ChatNotFound)?;
    let known = [world.bot.id, ANONYMOUS_ADMIN].contains(&user_id) || world.people.contains_key(&user_id);
    if !known {
        return Err(ApiError::UserNotFound);
    }
    let membership = match chat.membership(user_id) {
        Some(membership) => membership,
        None if !chat.is_group() => Membership::Member,
        None => Membership::Left,
    };
    Ok(wire::member(world, user_id, membership))
}

/// Like Telegram, leaves out other bots but not this one.
pub(crate) fn get_administrators(world: &mut World, params: Params) -> Answer {
    let OneChat { chat_id } = params.decode()?;
    let id = chat_id.open(world)?;
    let chat = world.chats.get(&id).ok_or(ApiError::ChatNotFound)?;
    let leaders = chat.members().filter(|(_, membership)| membership.leads());
    Ok(leaders
        .map(|(user, membership)| wire::member(world, user, membership))
        .collect::<Value>())
}

pub(crate) fn leave(world: &mut World, params: Params) -> Answer {
    let OneChat { chat_id } = params.decode()?;
    let id = chat_id.open(world)?;
    let bot = world.bot.id;
    let chat = world
        .chats
        .get_mut(&id)
        .filter(|chat| chat.is_group())
        .ok_or(ApiError::ChatNotFound)?;
    chat.set_membership(bot, Membership::Left);
    Ok(json!(true))
}
