//! Topics of the forum.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params, place::ChatRef};
use crate::emulator::world::{Chat, Content, Membership, Message, Service, World};

/// The colours Telegram offers for topic icons; the first is the usual one.
const ICON_COLORS: [u32; 6] = [0x6F_B9F0, 0xFF_D67E, 0xCB_86DB, 0x8E_EE98, 0xFF_93B2, 0xFB_6F5F];

#[derive(Deserialize)]
struct CreateForumTopic {
    chat_id: ChatRef,
    name: String,
    icon_color: Option<u32>,
    #[serde(rename = "icon_custom_emoji_id")]
    _icon_custom_emoji_id: Option<String>,
}

pub(crate) fn create(world: &mut World, params: Params) -> Answer {
    let request: CreateForumTopic = params.decode()?;
    let color = request.icon_color.unwrap_or(ICON_COLORS[0]);
    if !ICON_COLORS.contains(&color) {
        return Err(ApiError::OutOfRange("icon_color"));
    }
    check_name(&request.name)?;
    let (bot, now) = (world.bot.id, world.now());
    let chat = forum(world, &request.chat_id)?;
    let topic = chat
        .open_topic(&request.name, color, bot, now)
        .ok_or(ApiError::NotAForum)?;
    Ok(json!({ "message_thread_id": topic.id, "name": topic.title, "icon_color": topic.icon_color }))
}

#[derive(Deserialize)]
struct EditForumTopic {
    chat_id: ChatRef,
    message_thread_id: i32,
    name: Option<String>,
    #[serde(rename = "icon_custom_emoji_id")]
    _icon_custom_emoji_id: Option<String>,
}

pub(crate) fn edit(world: &mut World, params: Params) -> Answer {
    let request: EditForumTopic = params.decode()?;
    let chat = forum(world, &request.chat_id)?;
    let topic = chat
        .topic_mut(request.message_thread_id)
        .ok_or(ApiError::TopicInvalid)?;
    let Some(name) = request.name.filter(|name| !name.is_empty()) else {
        return Ok(json!(true));
    };
    check_name(&name)?;
    if topic.title == name {
        return Err(ApiError::TopicNotModified);
    }
    topic.title.clone_from(&name);
    note(
        world,
        &request.chat_id,
        request.message_thread_id,
        Service::TopicEdited { name },
    )
}

#[derive(Deserialize)]
struct OneTopic {
    chat_id: ChatRef,
    message_thread_id: i32,
}

pub(crate) fn close(world: &mut World, params: Params) -> Answer {
    set_closed(world, params.decode()?, true)
}

pub(crate) fn reopen(world: &mut World, params: Params) -> Answer {
    set_closed(world, params.decode()?, false)
}

fn set_closed(world: &mut World, request: OneTopic, closed: bool) -> Answer {
    let chat = forum(world, &request.chat_id)?;
    let topic = chat
        .topic_mut(request.message_thread_id)
        .ok_or(ApiError::TopicInvalid)?;
    if topic.closed == closed {
        return Err(ApiError::TopicNotModified);
    }
    topic.closed = closed;
    let service = if closed {
        Service::TopicClosed
    } else {
        Service::TopicReopened
    };
    note(world, &request.chat_id, request.message_thread_id, service)
}

pub(crate) fn delete(world: &mut World, params: Params) -> Answer {
    let request: OneTopic = params.decode()?;
    let chat = forum(world, &request.chat_id)?;
    chat.delete_topic(request.message_thread_id)
        .ok_or(ApiError::TopicInvalid)?;
    Ok(json!(true))
}

/// A forum in which the bot may manage topics.
fn forum<'a>(world: &'a mut World, chat: &ChatRef) -> Result<&'a mut Chat, ApiError> {
    let id = chat.open(world)?;
    let bot = world.bot.id;
    let chat = world.chats.get_mut(&id).ok_or(ApiError::ChatNotFound)?;
    if !chat.is_forum() {
        return Err(ApiError::NotAForum);
    }
    let may = chat.membership(bot).is_some_and(Membership::leads);
    if may {
        Ok(chat)
    } else {
        Err(ApiError::TopicRightsMissing)
    }
}

fn check_name(name: &str) -> Result<(), ApiError> {
    match name.chars().count() {
        1..=128 => Ok(()),
        _ => Err(ApiError::TopicNameInvalid),
    }
}

/// Leaves the service message Telegram writes into the topic.
fn note(world: &mut World, chat: &ChatRef, thread: i32, service: Service) -> Answer {
    let (bot, now) = (world.bot.id, world.now());
    let chat = forum(world, chat)?;
    let id = chat.next_message_id();
    let message = Message::new(id, chat.id, bot, now, Content::Service(service));
    chat.keep(Message {
        thread: Some(thread),
        ..message
    });
    Ok(json!(true))
}
