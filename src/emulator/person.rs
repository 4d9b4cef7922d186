//! What people do: write, tap, send pictures, block the bot.
//!
//! A handle speaks in one place; [`Person::in_group`] makes one that speaks in the group. Everything a person does
//! becomes the update Telegram would send.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    Emulator,
    api::ButtonAction,
    text::Formatted,
    wire,
    world::{
        Content, InlineResult, Media, Membership, Message, PrivateAccess, Quoted, Service, UpdateKind, World,
    },
};

/// How long an app waits for inline results.
const INLINE_PATIENCE: Duration = Duration::from_secs(3);

/// A person's hand on the screen.
#[derive(Clone)]
pub struct Person {
    emulator: Emulator,
    id: i64,
    place: Place,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Private,
    Group { thread: Option<i32> },
}

/// What can be sent that is not text.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Photo,
    Voice,
    Sticker,
    Document,
    Video,
    Location,
    Contact,
}

/// Something no person could do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    #[error("no person {0}")]
    NoSuchPerson(i64),
    #[error("no chat {0}")]
    NoSuchChat(i64),
    #[error("there is no group")]
    NoGroup,
    #[error("no topic {0}")]
    NoSuchTopic(i32),
    #[error("topic {0} is closed")]
    TopicClosed(i32),
    #[error("no message {0} in this chat")]
    NoSuchMessage(i32),
    #[error("message {message} has no callback button \"{button}\"")]
    NoSuchButton { message: i32, button: String },
    #[error("person {person} did not write message {message}")]
    NotTheirs { person: i64, message: i32 },
    #[error("person {0} has blocked the bot and would have to unblock it first")]
    Blocked(i64),
    #[error("person {0} is not a member of the group")]
    NotMember(i64),
    #[error("the bot did not answer in time")]
    NoAnswer,
    #[error("{0}")]
    Impossible(&'static str),
}

impl Person {
    pub(crate) fn new(emulator: Emulator, id: i64) -> Self {
        Self {
            emulator,
            id,
            place: Place::Private,
        }
    }

    /// The same person with the group open, at a topic or in General.
    #[must_use]
    pub fn in_group(&self, thread: Option<i32>) -> Self {
        Self {
            place: Place::Group { thread },
            ..self.clone()
        }
    }

    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Presses Start, with the payload of a deep link if there is one. Lifts a block.
    pub fn starts(&self, payload: &str) -> Result<i32, ActError> {
        if self.emulator.look(|world| access(world, self.id)) == Some(PrivateAccess::Blocked) {
            self.unblocks_bot()?;
        }
        self.says(format!("/start {payload}").trim_end())
    }

    /// Writes; the message's id comes back.
    pub fn says(&self, text: &str) -> Result<i32, ActError> {
        self.posts(Content::Text(Formatted::plain(text)), None)
    }

    /// Writes in a topic of the group.
    pub fn says_in(&self, thread: i32, text: &str) -> Result<i32, ActError> {
        self.in_group(Some(thread)).says(text)
    }

    /// Writes in answer to a message.
    pub fn replies_to(&self, message: i32, text: &str) -> Result<i32, ActError> {
        self.posts(Content::Text(Formatted::plain(text)), Some(message))
    }

    /// Sends a picture, a place, or the like.
    pub fn sends(&self, kind: Kind, caption: Option<&str>) -> Result<i32, ActError> {
        let caption = Formatted::plain(caption.unwrap_or_default());
        let content = self
            .emulator
            .change(|world| content_of(world, self.id, kind, caption));
        self.posts(content, None)
    }

    /// Changes what they wrote.
    pub fn edits(&self, message: i32, text: &str) -> Result<(), ActError> {
        self.emulator.change(|world| {
            let chat = self.chat(world)?;
            let now = world.now();
            let found = find_mut(world, chat, message)?;
            if found.from != self.id {
                return Err(ActError::NotTheirs {
                    person: self.id,
                    message,
                });
            }
            found.edited = Some(now);
            match &mut found.content {
                Content::Text(old) | Content::Media { caption: old, .. } => *old = Formatted::plain(text),
                _ => return Err(ActError::Impossible("this message cannot be edited")),
            }
            emit_message(world, UpdateKind::EditedMessage, chat, message);
            Ok(())
        })
    }

    /// Taps a callback button, named by its data or its label; the query's id comes back, see [`World::tap`].
    pub fn taps(&self, message: i32, button: &str) -> Result<String, ActError> {
        self.emulator.change(|world| {
            let chat = self.chat(world)?;
            let found = find_mut(world, chat, message)?;
            let missing = || ActError::NoSuchButton {
                message,
                button: button.to_owned(),
            };
            let data = callback_data(found, button).ok_or_else(missing)?;
            let id = world.queries.add_tap(self.id, data.clone(), world.now());
            let query = json!({
                "id": id,
                "from": wire::user(world, self.id),
                "chat_instance": format!("{}", chat.unsigned_abs() ^ 0x5bd1_e995),
                "message": wire_message(world, chat, message),
                "data": data,
            });
            world.updates.emit(UpdateKind::CallbackQuery, query);
            Ok(id)
        })
    }

    /// Types `@bot query` in some chat and waits for what is offered.
    pub async fn inline(&self, query: &str) -> Result<Vec<InlineResult>, ActError> {
        let id = self.emulator.change(|world| ask_inline(world, self.id, query));
        let results = self.emulator.wait(INLINE_PATIENCE, |world| {
            world.queries.inline(&id)?.results.clone()
        });
        results.await.ok_or(ActError::NoAnswer)
    }

    /// Posts an inline result where this handle speaks, via the bot.
    pub fn chooses(&self, result: &InlineResult) -> Result<i32, ActError> {
        let content = Content::Text(result.message.clone());
        let keyboard = result.keyboard.clone();
        self.emulator.change(|world| {
            let message = post(world, self, content, None, |message| {
                message.via_bot = true;
                message.keyboard = keyboard;
            })?;
            let chosen = json!({ "result_id": result.id, "from": wire::user(world, self.id), "query": "" });
            world.updates.emit(UpdateKind::ChosenInlineResult, chosen);
            Ok(message)
        })
    }

    /// Reacts to a message with an emoji, in place of any before; an empty one takes it back.
    pub fn reacts(&self, message: i32, emoji: &str) -> Result<(), ActError> {
        self.emulator.change(|world| react(world, self, message, emoji))
    }

    pub fn blocks_bot(&self) -> Result<(), ActError> {
        self.emulator
            .change(|world| change_access(world, self.id, PrivateAccess::Blocked))
    }

    pub fn unblocks_bot(&self) -> Result<(), ActError> {
        self.emulator
            .change(|world| change_access(world, self.id, PrivateAccess::Open))
    }

    /// Opens a topic in the group.
    pub fn opens_topic(&self, title: &str) -> Result<i32, ActError> {
        self.emulator.change(|world| {
            let chat = self.in_group(None).chat(world)?;
            let now = world.now();
            let group = world.chats.get_mut(&chat).ok_or(ActError::NoGroup)?;
            let topic = group
                .open_topic(title, TOPIC_BLUE, self.id, now)
                .ok_or(ActError::NoGroup)?;
            emit_message(world, UpdateKind::Message, chat, topic.id);
            Ok(topic.id)
        })
    }

    /// Closes or reopens a topic by hand.
    pub fn sets_topic_closed(&self, thread: i32, closed: bool) -> Result<(), ActError> {
        self.emulator.change(|world| {
            let chat = self.in_group(None).chat(world)?;
            // Open for a moment, so that the note about it can be written into the topic.
            set_closed(world, chat, thread, false)?;
            let service = if closed {
                Service::TopicClosed
            } else {
                Service::TopicReopened
            };
            post(
                world,
                &self.in_group(Some(thread)),
                Content::Service(service),
                None,
                |_| {},
            )?;
            set_closed(world, chat, thread, closed)
        })
    }

    fn posts(&self, content: Content, reply_to: Option<i32>) -> Result<i32, ActError> {
        self.emulator
            .change(|world| post(world, self, content, reply_to, |_| {}))
    }

    /// The chat this handle has open, if the person may write there.
    fn chat(&self, world: &World) -> Result<i64, ActError> {
        if !world.people.contains_key(&self.id) {
            return Err(ActError::NoSuchPerson(self.id));
        }
        let Place::Group { thread } = self.place else {
            return match access(world, self.id) {
                Some(PrivateAccess::Blocked) => Err(ActError::Blocked(self.id)),
                Some(_) => Ok(self.id),
                None => Err(ActError::NoSuchChat(self.id)),
            };
        };
        let group = world.group().ok_or(ActError::NoGroup)?;
        if !group.membership(self.id).is_some_and(Membership::is_inside) {
            return Err(ActError::NotMember(self.id));
        }
        match thread.map(|thread| (thread, group.find_topic(thread))) {
            Some((thread, None)) => Err(ActError::NoSuchTopic(thread)),
            Some((thread, Some(topic))) if topic.closed => Err(ActError::TopicClosed(thread)),
            _ => Ok(group.id),
        }
    }
}

/// The first of the colours Telegram offers for topic icons.
const TOPIC_BLUE: u32 = 0x6F_B9F0;

fn access(world: &World, person: i64) -> Option<PrivateAccess> {
    world.chats.get(&person)?.access()
}

fn find_mut(world: &mut World, chat: i64, message: i32) -> Result<&mut Message, ActError> {
    let found = world
        .chats
        .get_mut(&chat)
        .and_then(|chat| chat.messages.get_mut(&message));
    found.ok_or(ActError::NoSuchMessage(message))
}

fn post(
    world: &mut World,
    person: &Person,
    content: Content,
    reply_to: Option<i32>,
    finish: impl FnOnce(&mut Message),
) -> Result<i32, ActError> {
    let id = person.chat(world)?;
    let now = world.now();
    let chat = world.chats.get_mut(&id).ok_or(ActError::NoSuchChat(id))?;
    if let Some(reply_to) = reply_to.filter(|message| !chat.messages.contains_key(message)) {
        return Err(ActError::NoSuchMessage(reply_to));
    }
    let message = chat.next_message_id();
    let thread = match person.place {
        Place::Private => None,
        Place::Group { thread } => thread,
    };
    let mut new = Message {
        thread,
        reply_to: reply_to.map(|message| Quoted { message, quote: None }),
        ..Message::new(message, id, person.id, now, content)
    };
    finish(&mut new);
    chat.set_access(PrivateAccess::Open);
    chat.keep(new);
    emit_message(world, UpdateKind::Message, id, message);
    Ok(message)
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

fn emit_message(world: &mut World, kind: UpdateKind, chat: i64, message: i32) {
    if world.bot_sees(chat) {
        let update = wire_message(world, chat, message);
        world.updates.emit(kind, update);
    }
}

fn callback_data(message: &Message, button: &str) -> Option<String> {
    let buttons = message
        .keyboard
        .iter()
        .flat_map(|keyboard| keyboard.inline_keyboard.iter().flatten());
    let callbacks = buttons.filter_map(|found| match &found.action {
        ButtonAction::Callback(data) => Some((&found.text, data)),
        _ => None,
    });
    let mut callbacks = callbacks.filter(|(label, data)| *data == button || *label == button);
    callbacks.next().map(|(_, data)| data.clone())
}

fn content_of(world: &mut World, person: i64, kind: Kind, caption: Formatted) -> Content {
    let (media, file_name) = match kind {
        Kind::Photo => (Media::Photo, None),
        Kind::Voice => (Media::Voice, None),
        Kind::Sticker => (Media::Sticker, None),
        Kind::Video => (Media::Video, None),
        Kind::Document => (Media::Document, Some("書類.pdf".to_owned())),
        Kind::Location => {
            return Content::Location {
                latitude: 36.3262,
                longitude: 138.887,
            };
        }
        Kind::Contact => {
            let first_name = world
                .people
                .get(&person)
                .map(|person| person.name.clone())
                .unwrap_or_default();
            return Content::Contact {
                phone_number: "+81901234567".to_owned(),
                first_name,
                last_name: None,
            };
        }
    };
    let bytes = format!("{} of the emulator", media.field()).into_bytes();
    let file = world.files.keep(file_name.clone(), None, bytes);
    let caption = if media.has_caption() {
        caption
    } else {
        Formatted::default()
    };
    Content::Media {
        kind: media,
        file,
        file_name,
        caption,
    }
}

fn ask_inline(world: &mut World, person: i64, query: &str) -> String {
    let id = world.queries.add_inline(person, query.to_owned(), world.now());
    let update = json!({
        "id": id,
        "from": wire::user(world, person),
        "query": query,
        "offset": "",
        "chat_type": "private",
    });
    world.updates.emit(UpdateKind::InlineQuery, update);
    id
}

fn react(world: &mut World, person: &Person, message: i32, emoji: &str) -> Result<(), ActError> {
    let chat = person.chat(world)?;
    let found = find_mut(world, chat, message)?;
    let as_list = |emoji: &str| match emoji {
        "" => json!([]),
        emoji => json!([{ "type": "emoji", "emoji": emoji }]),
    };
    let old = found
        .reactions
        .iter()
        .find(|(by, _)| *by == person.id)
        .map_or("", |(_, emoji)| emoji)
        .to_owned();
    found.reactions.retain(|(by, _)| *by != person.id);
    if !emoji.is_empty() {
        found.reactions.push((person.id, emoji.to_owned()));
    }
    let update = json!({
        "chat": world.chats.get(&chat).map(|chat| wire::chat(world, chat)),
        "message_id": message,
        "user": wire::user(world, person.id),
        "date": world.now().as_second(),
        "old_reaction": as_list(&old),
        "new_reaction": as_list(emoji),
    });
    world.updates.emit(UpdateKind::MessageReaction, update);
    Ok(())
}

/// Blocks or unblocks the bot; nothing is told if nothing changes.
fn change_access(world: &mut World, person: i64, wanted: PrivateAccess) -> Result<(), ActError> {
    let chat = world
        .chats
        .get_mut(&person)
        .ok_or(ActError::NoSuchPerson(person))?;
    let before = chat.access().ok_or(ActError::NoSuchPerson(person))?;
    if before == wanted {
        return Ok(());
    }
    chat.set_access(wanted);
    let standing = |access| match access {
        PrivateAccess::Blocked => Membership::Kicked,
        PrivateAccess::Open | PrivateAccess::NotStarted => Membership::Member,
    };
    tell_bot_its_standing(world, person, person, standing(before), standing(wanted));
    Ok(())
}

/// The group's first administrator changes what the bot is there.
pub(crate) fn change_bot_membership(world: &mut World, wanted: Membership) -> Result<(), ActError> {
    let bot = world.bot.id;
    let group = world
        .chats
        .values_mut()
        .find(|chat| chat.is_forum())
        .ok_or(ActError::NoGroup)?;
    let before = group.membership(bot).unwrap_or(Membership::Left);
    group.set_membership(bot, wanted);
    let (id, by) = (group.id, group.creator().unwrap_or(bot));
    tell_bot_its_standing(world, id, by, before, wanted);
    Ok(())
}

fn tell_bot_its_standing(world: &mut World, chat: i64, by: i64, before: Membership, after: Membership) {
    let bot = world.bot.id;
    let update = json!({
        "chat": world.chats.get(&chat).map(|chat| wire::chat(world, chat)),
        "from": wire::user(world, by),
        "date": world.now().as_second(),
        "old_chat_member": wire::member(world, bot, before),
        "new_chat_member": wire::member(world, bot, after),
    });
    world.updates.emit(UpdateKind::MyChatMember, update);
}
