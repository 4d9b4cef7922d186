//! What a person's deeds change in the world, and the updates the bot gets for them.

use serde_json::{Value, json};

use super::{
    api::ButtonAction,
    person::ActError,
    text::Formatted,
    wire,
    world::{Content, Membership, Message, PrivateAccess, Quoted, Service, UpdateKind, World},
};

/// The first of the colours Telegram offers for topic icons.
const TOPIC_BLUE: u32 = 0x6F_B9F0;

/// A person at a chat.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hand {
    pub(crate) person: i64,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Private,
    Group { thread: Option<i32> },
}

impl Place {
    fn thread(self) -> Option<i32> {
        match self {
            Self::Private => None,
            Self::Group { thread } => thread,
        }
    }
}

impl Hand {
    /// The chat the hand is at, if the person may write there.
    pub(crate) fn chat(self, world: &World) -> Result<i64, ActError> {
        if !world.people.contains_key(&self.person) {
            return Err(ActError::NoSuchPerson(self.person));
        }
        match self.place {
            Place::Private => self.private_chat(world),
            Place::Group { thread } => self.group(world, thread),
        }
    }

    fn private_chat(self, world: &World) -> Result<i64, ActError> {
        match world.chats.get(&self.person).and_then(|chat| chat.access()) {
            Some(PrivateAccess::Blocked) => Err(ActError::Blocked(self.person)),
            Some(PrivateAccess::Open | PrivateAccess::NotStarted) => Ok(self.person),
            None => Err(ActError::NoSuchChat(self.person)),
        }
    }

    fn group(self, world: &World, thread: Option<i32>) -> Result<i64, ActError> {
        let group = world.group().ok_or(ActError::NoGroup)?;
        if !group.membership(self.person).is_some_and(Membership::is_inside) {
            return Err(ActError::NotMember(self.person));
        }
        match thread.map(|thread| (thread, group.find_topic(thread))) {
            Some((thread, None)) => Err(ActError::NoSuchTopic(thread)),
            Some((thread, Some(topic))) if topic.closed => Err(ActError::TopicClosed(thread)),
            _ => Ok(group.id),
        }
    }

    pub(crate) fn post(self, world: &mut World, content: Content) -> Result<i32, ActError> {
        self.post_with(world, content, |_| {})
    }

    pub(crate) fn reply(self, world: &mut World, answered: i32, content: Content) -> Result<i32, ActError> {
        let chat = self.chat(world)?;
        find(world, chat, answered)?;
        let quoted = Quoted {
            message: answered,
            quote: None,
        };
        self.post_with(world, content, |message| message.reply_to = Some(quoted))
    }

    /// Writes a message, with something done to it before it is kept.
    pub(crate) fn post_with(
        self,
        world: &mut World,
        content: Content,
        finish: impl FnOnce(&mut Message),
    ) -> Result<i32, ActError> {
        let id = self.chat(world)?;
        let now = world.now();
        let chat = world.chats.get_mut(&id).ok_or(ActError::NoSuchChat(id))?;
        let message = chat.next_message_id();
        let thread = self.place.thread();
        let mut new = Message {
            thread,
            ..Message::new(message, id, self.person, now, content)
        };
        finish(&mut new);
        chat.set_access(PrivateAccess::Open);
        chat.keep(new);
        tell(world, UpdateKind::Message, id, message);
        Ok(message)
    }

    pub(crate) fn edit(self, world: &mut World, message: i32, text: &str) -> Result<(), ActError> {
        let chat = self.chat(world)?;
        let now = world.now();
        let found = find(world, chat, message)?;
        if found.from != self.person {
            return Err(ActError::NotTheirs {
                person: self.person,
                message,
            });
        }
        match &mut found.content {
            Content::Text(old) | Content::Media { caption: old, .. } => *old = Formatted::plain(text),
            Content::Location { .. } | Content::Contact { .. } | Content::Service(_) => {
                return Err(ActError::NotEditable(message));
            }
        }
        found.edited = Some(now);
        tell(world, UpdateKind::EditedMessage, chat, message);
        Ok(())
    }

    pub(crate) fn tap(self, world: &mut World, message: i32, button: &str) -> Result<String, ActError> {
        let chat = self.chat(world)?;
        let found = find(world, chat, message)?;
        let missing = || ActError::NoSuchButton {
            message,
            button: button.to_owned(),
        };
        let data = callback_data(found, button).ok_or_else(missing)?;
        let id = world.queries.add_tap(self.person, data.clone(), world.now());
        let query = json!({
            "id": id,
            "from": wire::user(world, self.person),
            "chat_instance": (chat.unsigned_abs() ^ CHAT_INSTANCE).to_string(),
            "message": wire_message(world, chat, message),
            "data": data,
        });
        world.updates.emit(UpdateKind::CallbackQuery, query);
        Ok(id)
    }

    pub(crate) fn ask_inline(self, world: &mut World, query: &str) -> String {
        let id = world
            .queries
            .add_inline(self.person, query.to_owned(), world.now());
        let update = json!({
            "id": id,
            "from": wire::user(world, self.person),
            "query": query,
            "offset": "",
            "chat_type": "private",
        });
        world.updates.emit(UpdateKind::InlineQuery, update);
        id
    }

    /// Posts what an inline query offered, via the bot.
    pub(crate) fn choose(self, world: &mut World, result: &str) -> Result<i32, ActError> {
        let offered = world.queries.offered(self.person, result);
        let (query, chosen) = offered.ok_or_else(|| ActError::NoSuchResult(result.to_owned()))?;
        let message = self.post_with(world, Content::Text(chosen.message), |message| {
            message.via_bot = true;
            message.keyboard = chosen.keyboard;
        })?;
        let update =
            json!({ "result_id": chosen.id, "from": wire::user(world, self.person), "query": query });
        world.updates.emit(UpdateKind::ChosenInlineResult, update);
        Ok(message)
    }

    /// Puts an emoji in place of any before; an empty one takes it back.
    pub(crate) fn react(self, world: &mut World, message: i32, emoji: &str) -> Result<(), ActError> {
        let chat = self.chat(world)?;
        let reactions = &mut find(world, chat, message)?.reactions;
        let old = reactions
            .iter()
            .position(|(by, _)| *by == self.person)
            .map(|at| reactions.remove(at).1);
        if !emoji.is_empty() {
            reactions.push((self.person, emoji.to_owned()));
        }
        let update = json!({
            "chat": world.chats.get(&chat).map(|chat| wire::chat(world, chat)),
            "message_id": message,
            "user": wire::user(world, self.person),
            "date": world.now().as_second(),
            "old_reaction": reaction_list(old.as_deref().unwrap_or_default()),
            "new_reaction": reaction_list(emoji),
        });
        world.updates.emit(UpdateKind::MessageReaction, update);
        Ok(())
    }

    pub(crate) fn open_topic(self, world: &mut World, title: &str) -> Result<i32, ActError> {
        let chat = self.group(world, None)?;
        let now = world.now();
        let group = world.chats.get_mut(&chat).ok_or(ActError::NoGroup)?;
        let topic = group
            .open_topic(title, TOPIC_BLUE, self.person, now)
            .ok_or(ActError::NoGroup)?;
        tell(world, UpdateKind::Message, chat, topic.id);
        Ok(topic.id)
    }

    pub(crate) fn set_topic_closed(
        self,
        world: &mut World,
        thread: i32,
        closed: bool,
    ) -> Result<(), ActError> {
        let chat = self.group(world, None)?;
        // Open for a moment, so that the note about it can be written into the topic.
        set_closed(world, chat, thread, false)?;
        let service = if closed {
            Service::TopicClosed
        } else {
            Service::TopicReopened
        };
        let there = Self {
            place: Place::Group { thread: Some(thread) },
            ..self
        };
        there.post(world, Content::Service(service))?;
        set_closed(world, chat, thread, closed)
    }
}

/// Mixed into chat ids to get `chat_instance`, which means nothing but must tell chats apart.
const CHAT_INSTANCE: u64 = 0x5bd1_e995;

fn find(world: &mut World, chat: i64, message: i32) -> Result<&mut Message, ActError> {
    let found = world
        .chats
        .get_mut(&chat)
        .and_then(|chat| chat.messages.get_mut(&message));
    found.ok_or(ActError::NoSuchMessage(message))
}

fn set_closed(world: &mut World, chat: i64, thread: i32, closed: bool) -> Result<(), ActError> {
    let topic = world.chats.get_mut(&chat).and_then(|chat| chat.topic_mut(thread));
    topic.ok_or(ActError::NoSuchTopic(thread))?.closed = closed;
    Ok(())
}

fn wire_message(world: &World, chat: i64, message: i32) -> Value {
    let found = world
        .chats
        .get(&chat)
        .and_then(|chat| chat.messages.get(&message));
    found.map(|found| wire::message(world, found)).unwrap_or_default()
}

fn tell(world: &mut World, kind: UpdateKind, chat: i64, message: i32) {
    if world.bot_sees(chat) {
        let update = wire_message(world, chat, message);
        world.updates.emit(kind, update);
    }
}

/// The data of a callback button named by its data or its label.
fn callback_data(message: &Message, button: &str) -> Option<String> {
    let buttons = message
        .keyboard
        .iter()
        .flat_map(|keyboard| keyboard.inline_keyboard.iter().flatten());
    let mut callbacks = buttons.filter_map(|found| match &found.action {
        ButtonAction::Callback(data) => Some((&found.text, data)),
        _ => None,
    });
    let found = callbacks.find(|(label, data)| *data == button || *label == button);
    found.map(|(_, data)| data.clone())
}

fn reaction_list(emoji: &str) -> Value {
    match emoji {
        "" => json!([]),
        emoji => json!([{ "type": "emoji", "emoji": emoji }]),
    }
}
