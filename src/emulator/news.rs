//! How the bot hears of messages, and what Telegram itself writes into the group.

use serde_json::Value;

use super::{
    wire,
    world::{Content, Message, Service, UpdateKind, World},
};

/// Tells the bot of a message, if it can see the chat.
pub(crate) fn tell(world: &mut World, kind: UpdateKind, chat: i64, message: i32) {
    if world.bot_sees(chat) {
        let update = shown(world, chat, message);
        world.updates.emit(kind, update);
    }
}

/// A message as updates contain it.
pub(crate) fn shown(world: &World, chat: i64, message: i32) -> Value {
    let found = world.message(chat, message);
    found.map(|found| wire::message(world, found)).unwrap_or_default()
}

/// Where Telegram posts a service message, and on whose behalf.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice {
    pub(crate) chat: i64,
    pub(crate) thread: Option<i32>,
    pub(crate) by: i64,
    pub(crate) anonymous: bool,
}

impl Notice {
    /// Posts a service message. The bot is told, even of what it did itself.
    pub(crate) fn write(self, world: &mut World, service: Service) {
        let now = world.now();
        let Some(chat) = world.chats.get_mut(&self.chat) else {
            return;
        };
        let id = chat.next_message_id();
        chat.keep(Message {
            thread: self.thread,
            anonymous: self.anonymous,
            ..Message::new(id, self.chat, self.by, now, Content::Service(service))
        });
        tell(world, UpdateKind::Message, self.chat, id);
    }
}
