//! Topics of the forum.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params, place::ChatRef};
use crate::emulator::{
    news::{Notice, tell},
    world::{Chat, Membership, Service, Topic, UpdateKind, World},
};

/// The colours Telegram offers for topic icons; the first is the default.
const ICON_COLORS: [u32; 6] = [0x6F_B9F0, 0xFF_D67E, 0xCB_86DB, 0x8E_EE98, 0xFF_93B2, 0xFB_6F5F];

#[derive(Deserialize)]
struct CreateForumTopic {
    chat_id: ChatRef,
    name: String,
    icon_color: Option<u32>,
    icon_custom_emoji_id: Option<String>,
}

pub(crate) fn create(world: &mut World, params: Params) -> Answer {
    let request: CreateForumTopic = params.decode()?;
    let color = request.icon_color.unwrap_or(ICON_COLORS[0]);
    if !ICON_COLORS.contains(&color) {
        return Err(ApiError::OutOfRange("icon_color"));
    }
    check_name(&request.name)?;
    let (bot, now) = (world.bot.id, world.now());
    let chat = forum(world, &request.chat_id, ApiError::TopicRightsMissing)?;
    let topic = Topic {
        title: request.name,
        icon_color: color,
        icon: request.icon_custom_emoji_id,
        ..Topic::default()
    };
    let id = chat.id;
    let topic = chat.open_topic(topic, bot, now).ok_or(ApiError::NotAForum)?;
    tell(world, UpdateKind::Message, id, topic.id);
    let mut created =
        json!({ "message_thread_id": topic.id, "name": topic.title, "icon_color": topic.icon_color });
    if let Some(icon) = topic.icon {
        created["icon_custom_emoji_id"] = json!(icon);
    }
    Ok(created)
}

#[derive(Deserialize)]
struct EditForumTopic {
    chat_id: ChatRef,
    message_thread_id: i32,
    name: Option<String>,
    icon_custom_emoji_id: Option<String>,
}

/// An empty name keeps the old one, an empty icon removes it.
pub(crate) fn edit(world: &mut World, params: Params) -> Answer {
    let request: EditForumTopic = params.decode()?;
    let name = request.name.filter(|name| !name.is_empty());
    let icon = request.icon_custom_emoji_id;
    name.as_deref().map_or(Ok(()), check_name)?;
    let change = |topic: &mut Topic| {
        let name = name.filter(|name| *name != topic.title);
        let icon = icon.filter(|icon| icon != topic.icon.as_deref().unwrap_or_default());
        if name.is_none() && icon.is_none() {
            return None;
        }
        if let Some(name) = &name {
            topic.title.clone_from(name);
        }
        if let Some(icon) = &icon {
            topic.icon = Some(icon.clone()).filter(|icon| !icon.is_empty());
        }
        Some(Service::TopicEdited { name, icon })
    };
    let topic = OneTopic {
        chat_id: request.chat_id,
        message_thread_id: request.message_thread_id,
    };
    topic.change(world, ApiError::TopicEditRightsMissing, change)
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

fn set_closed(world: &mut World, topic: OneTopic, closed: bool) -> Answer {
    let service = if closed {
        Service::TopicClosed
    } else {
        Service::TopicReopened
    };
    topic.change(world, ApiError::TopicCloseRightsMissing, |topic| {
        let is_new = topic.closed != closed;
        topic.closed = closed;
        is_new.then_some(service)
    })
}

pub(crate) fn delete(world: &mut World, params: Params) -> Answer {
    let request: OneTopic = params.decode()?;
    let chat = forum(world, &request.chat_id, ApiError::TopicDeleteRightsMissing)?;
    chat.delete_topic(request.message_thread_id)
        .ok_or(ApiError::TopicInvalid)?;
    Ok(json!(true))
}

impl OneTopic {
    /// Changes the topic and posts Telegram's service message about it, which the bot gets too.
    fn change(
        self,
        world: &mut World,
        denied: ApiError,
        change: impl FnOnce(&mut Topic) -> Option<Service>,
    ) -> Answer {
        let chat = forum(world, &self.chat_id, denied)?;
        let id = chat.id;
        let topic = chat
            .topic_mut(self.message_thread_id)
            .ok_or(ApiError::TopicInvalid)?;
        let service = change(topic).ok_or(ApiError::TopicNotModified)?;
        let notice = Notice {
            chat: id,
            thread: Some(self.message_thread_id),
            by: world.bot.id,
            anonymous: false,
        };
        notice.write(world, service);
        Ok(json!(true))
    }
}

/// A forum in which the bot may manage topics. Telegram also lets a bot without the right change its own topics.
fn forum<'a>(world: &'a mut World, chat: &ChatRef, denied: ApiError) -> Result<&'a mut Chat, ApiError> {
    let id = chat.open(world)?;
    let bot = world.bot.id;
    let chat = world.chats.get_mut(&id).ok_or(ApiError::ChatNotFound)?;
    if !chat.is_forum() {
        return Err(ApiError::NotAForum);
    }
    let may = chat.membership(bot).is_some_and(Membership::leads);
    if may { Ok(chat) } else { Err(denied) }
}

fn check_name(name: &str) -> Result<(), ApiError> {
    match name.chars().count() {
        1..=128 => Ok(()),
        _ => Err(ApiError::TopicNameInvalid),
    }
}
