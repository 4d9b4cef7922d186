//! What people's actions change in the world, and the updates the bot gets for them.

mod asking;
mod group;

pub(crate) use asking::forge_tap;

use serde_json::{Value, json};

use super::{
    news::tell,
    person::ActError,
    text::Formatted,
    wire,
    world::{Chat, Content, Membership, Message, PrivateAccess, Quote, Quoted, UpdateKind, World},
};

/// A person in a chat.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hand {
    pub(crate) person: i64,
    pub(crate) place: Place,
    /// Whether they write as the group.
    pub(crate) anonymous: bool,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Private,
    Group { thread: Option<i32> },
}

impl Hand {
    /// The chat, if the person is in it and has not blocked the bot.
    fn chat(self, world: &World) -> Result<i64, ActError> {
        if !world.people.contains_key(&self.person) {
            return Err(ActError::NoSuchPerson(self.person));
        }
        match self.place {
            Place::Private => self.private_chat(world),
            Place::Group { .. } => self.group(world),
        }
    }

    fn private_chat(self, world: &World) -> Result<i64, ActError> {
        match world.chats.get(&self.person).and_then(|chat| chat.access()) {
            Some(PrivateAccess::Blocked) => Err(ActError::Blocked(self.person)),
            Some(PrivateAccess::Open | PrivateAccess::NotStarted) => Ok(self.person),
            None => Err(ActError::NoSuchChat(self.person)),
        }
    }

    fn group(self, world: &World) -> Result<i64, ActError> {
        let group = world.group().ok_or(ActError::NoGroup)?;
        if !group.membership(self.person).is_some_and(Membership::is_inside) {
            return Err(ActError::NotMember(self.person));
        }
        if self.anonymous {
            self.leads(world)?;
        }
        Ok(group.id)
    }

    /// The group, if the person is one of its administrators.
    fn leads(self, world: &World) -> Result<i64, ActError> {
        let group = world.group().ok_or(ActError::NoGroup)?;
        let membership = group.membership(self.person);
        if membership.is_some_and(Membership::leads) {
            Ok(group.id)
        } else {
            Err(ActError::NotAdministrator(self.person))
        }
    }

    /// Refuses topics the person cannot write in: those that are gone, or closed to all but administrators.
    fn check_thread(self, world: &World, chat: i64) -> Result<(), ActError> {
        let Some(thread) = self.thread() else {
            return Ok(());
        };
        let topic = world.chats.get(&chat).and_then(|chat| chat.find_topic(thread));
        let topic = topic.ok_or(ActError::NoSuchTopic(thread))?;
        if topic.closed && self.leads(world).is_err() {
            return Err(ActError::TopicClosed(thread));
        }
        Ok(())
    }

    fn thread(self) -> Option<i32> {
        match self.place {
            Place::Private => None,
            Place::Group { thread } => thread,
        }
    }

    /// The same person in the topic of a message, if they were in none.
    fn at_message(self, world: &World, chat: i64, message: i32) -> Self {
        let thread = world.message(chat, message).and_then(|found| found.thread);
        let thread = thread.filter(|_| world.chats.get(&chat).is_some_and(Chat::is_forum));
        match self.place {
            Place::Group { thread: None } => Self {
                place: Place::Group { thread },
                ..self
            },
            _ => self,
        }
    }

    pub(crate) fn post(self, world: &mut World, content: Content) -> Result<i32, ActError> {
        self.post_with(world, content, |_| {})
    }

    /// Replies to a message, or to a selected part of it.
    pub(crate) fn reply(
        self,
        world: &mut World,
        answered: i32,
        quote: Option<&str>,
        content: Content,
    ) -> Result<i32, ActError> {
        let chat = self.chat(world)?;
        let found = find(world, chat, answered)?;
        let quote = quote.map(|part| {
            let cut = found.words().and_then(|words| words.part(part));
            cut.map(|(position, words)| Quote { words, position })
                .ok_or_else(|| ActError::NoSuchQuote {
                    message: answered,
                    quote: part.to_owned(),
                })
        });
        let quoted = Quoted {
            message: answered,
            quote: quote.transpose()?,
        };
        let there = self.at_message(world, chat, answered);
        there.post_with(world, content, |message| message.reply_to = Some(quoted))
    }

    /// Writes a message, letting the caller adjust it before it is stored.
    fn post_with(
        self,
        world: &mut World,
        content: Content,
        finish: impl FnOnce(&mut Message),
    ) -> Result<i32, ActError> {
        let id = self.chat(world)?;
        self.check_thread(world, id)?;
        let now = world.now();
        let chat = world.chats.get_mut(&id).ok_or(ActError::NoSuchChat(id))?;
        let message = chat.next_message_id();
        let mut new = Message {
            thread: self.thread(),
            anonymous: self.anonymous,
            ..Message::new(message, id, self.person, now, content)
        };
        finish(&mut new);
        chat.set_access(PrivateAccess::Open);
        chat.keep(new);
        tell(world, UpdateKind::Message, id, message);
        Ok(message)
    }

    /// Posts an album: one message and one update each.
    pub(crate) fn post_album(self, world: &mut World, contents: Vec<Content>) -> Result<Vec<i32>, ActError> {
        let kinds: Vec<_> = contents.iter().map(Content::media).collect();
        let fits = |kind| matches!((kinds.first(), kind), (Some(Some(first)), Some(kind)) if first.groups_with(kind));
        if !(2..=10).contains(&kinds.len()) || !kinds.iter().all(|kind| fits(*kind)) {
            return Err(ActError::NoAlbum);
        }
        let album = world.next_album();
        let posted = contents.into_iter().map(|content| {
            let album = Some(album.clone());
            self.post_with(world, content, |message| message.album = album)
        });
        posted.collect()
    }

    /// Posts one more message into the album of another one.
    pub(crate) fn post_into_album(
        self,
        world: &mut World,
        of: i32,
        content: Content,
    ) -> Result<i32, ActError> {
        let chat = self.chat(world)?;
        let album = find(world, chat, of)?.album.clone().ok_or(ActError::NoAlbum)?;
        self.post_with(world, content, |message| message.album = Some(album))
    }

    pub(crate) fn edit(self, world: &mut World, message: i32, words: Formatted) -> Result<(), ActError> {
        let chat = self.chat(world)?;
        let now = world.now();
        let found = find(world, chat, message)?;
        if found.from != self.person {
            return Err(ActError::NotTheirs {
                person: self.person,
                message,
            });
        }
        *found.words_mut().ok_or(ActError::NotEditable(message))? = words;
        found.edited = Some(now);
        tell(world, UpdateKind::EditedMessage, chat, message);
        Ok(())
    }

    /// Sets a reaction in place of an earlier one; an empty one removes it.
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
        let shown_chat = world.chats.get(&chat).map(|chat| wire::chat(world, chat));
        let mut update = json!({
            "chat": shown_chat,
            "message_id": message,
            "date": world.now().as_second(),
            "old_reaction": reaction_list(old.as_deref().unwrap_or_default()),
            "new_reaction": reaction_list(emoji),
        });
        if self.anonymous {
            update["actor_chat"] = json!(shown_chat);
        } else {
            update["user"] = wire::user(world, self.person);
        }
        world.updates.emit(UpdateKind::MessageReaction, update);
        Ok(())
    }

    /// Deletes a message for everybody. Bots are never told.
    pub(crate) fn delete(self, world: &mut World, message: i32) -> Result<(), ActError> {
        let chat = self.chat(world)?;
        let is_theirs = find(world, chat, message)?.from == self.person;
        let in_group = matches!(self.place, Place::Group { .. });
        if in_group && !is_theirs {
            self.leads(world)?;
        }
        if let Some(chat) = world.chats.get_mut(&chat) {
            chat.forget(message);
        }
        Ok(())
    }
}

fn find(world: &mut World, chat: i64, message: i32) -> Result<&mut Message, ActError> {
    let found = world
        .chats
        .get_mut(&chat)
        .and_then(|chat| chat.messages.get_mut(&message));
    found.ok_or(ActError::NoSuchMessage(message))
}

fn reaction_list(emoji: &str) -> Value {
    match emoji {
        "" => json!([]),
        emoji => json!([{ "type": "emoji", "emoji": emoji }]),
    }
}
