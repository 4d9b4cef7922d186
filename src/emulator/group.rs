//! What happens to the group: topics switched off or deleted, the bot demoted, members changed, a new id, its end.

use super::{
    ActError, Emulator, Membership, Topic,
    hand::forge_tap,
    news::Notice,
    standing,
    world::{ANONYMOUS_ADMIN, Service, World},
};

impl Emulator {
    /// Deletes a topic of the group behind the bot's back.
    ///
    /// # Errors
    /// If there is no such topic.
    pub fn delete_topic(&self, thread: i32) -> Result<Topic, ActError> {
        self.change(|world| {
            let deleted = world.group_mut().and_then(|group| group.delete_topic(thread));
            deleted.ok_or(ActError::NoSuchTopic(thread))
        })
    }

    /// Changes the bot's standing in the group and tells it so.
    ///
    /// # Errors
    /// If the town has no group.
    pub fn set_bot_membership(&self, membership: Membership) -> Result<(), ActError> {
        self.change(|world| standing::change_bot(world, membership))
    }

    /// Changes a person's standing in the group, done by its owner.
    ///
    /// # Errors
    /// If there is no such person or no group.
    pub fn set_membership(&self, person: i64, membership: Membership) -> Result<(), ActError> {
        self.change(|world| {
            let head = world.group().and_then(|group| group.head());
            standing::change_person(world, person, head.unwrap_or(person), membership)
        })
    }

    /// Takes a person out of the group without telling the bot, as if updates had been lost.
    ///
    /// # Errors
    /// If the town has no group.
    pub fn slips_away(&self, person: i64) -> Result<(), ActError> {
        self.change(|world| {
            let group = world.group_mut().ok_or(ActError::NoGroup)?;
            group.set_membership(person, Membership::Left);
            Ok(())
        })
    }

    /// Switches the group's topics on or off; Telegram tells nobody. Earlier topics come back with their messages.
    ///
    /// # Errors
    /// If the town has no group.
    pub fn set_forum(&self, topics: bool) -> Result<(), ActError> {
        self.change(|world| {
            world.group_mut().ok_or(ActError::NoGroup)?.set_forum(topics);
            Ok(())
        })
    }

    /// Makes a chat, the group's or a person's, allow or forbid copying out of it; Telegram tells nobody.
    ///
    /// # Errors
    /// If there is no such chat.
    pub fn protect_content(&self, chat: i64, protected: bool) -> Result<(), ActError> {
        self.change(|world| {
            let chat = world.chats.get_mut(&chat).ok_or(ActError::NoSuchChat(chat))?;
            chat.protected = protected;
            Ok(())
        })
    }

    /// Moves the group to another chat id: its members and title go along, messages and topics stay behind, both chats
    /// report it, and calls that still use the old id are told the new one.
    ///
    /// # Errors
    /// If the town has no group, or there is a chat with this id.
    pub fn migrate_group(&self, to: i64) -> Result<(), ActError> {
        self.change(|world| migrate(world, to))
    }

    /// Deletes the group; calls that use its id are told that there is no such chat.
    ///
    /// # Errors
    /// If the town has no group.
    pub fn remove_group(&self) -> Result<(), ActError> {
        self.change(|world| {
            let group = world.group().ok_or(ActError::NoGroup)?.id;
            world.chats.remove(&group);
            Ok(())
        })
    }

    /// Makes a person tap a button that no screen shows them, as under a forwarded card or with a modified app. The
    /// message need not exist. Returns the query's id.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn forge_tap(&self, person: i64, chat: i64, message: i32, data: &str) -> Result<String, ActError> {
        self.change(|world| forge_tap(world, person, chat, message, data))
    }
}

fn migrate(world: &mut World, to: i64) -> Result<(), ActError> {
    if world.chats.contains_key(&to) {
        return Err(ActError::ChatExists(to));
    }
    let bot = world.bot.id;
    let old = world.group_mut().ok_or(ActError::NoGroup)?;
    let (from, by) = (old.id, old.head().unwrap_or(bot));
    let new = old.move_to(to).ok_or(ActError::NoGroup)?;
    world.chats.insert(to, new);
    let farewell = Notice {
        chat: from,
        thread: None,
        by,
        anonymous: false,
    };
    farewell.write(world, Service::MigratedTo { chat: to });
    let arrival = Notice {
        chat: to,
        thread: None,
        by: ANONYMOUS_ADMIN,
        anonymous: true,
    };
    arrival.write(world, Service::MigratedFrom { chat: from });
    Ok(())
}
