//! What the page can do to the group.

use serde::Deserialize;

use super::act::Refusal;
use crate::emulator::{ActError, Emulator, Membership, Person};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopicOpen {
    person: i64,
    title: String,
}

impl TopicOpen {
    /// Carries it out; returns the topic's id.
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<i32, Refusal> {
        let title = titled(&self.title)?;
        Ok(staff(emulator, self.person).opens_topic(title)?)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopicRename {
    person: i64,
    thread: i32,
    title: String,
}

impl TopicRename {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), Refusal> {
        let title = titled(&self.title)?;
        Ok(staff(emulator, self.person).renames_topic(self.thread, title)?)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopicClose {
    person: i64,
    thread: i32,
    closed: bool,
}

impl TopicClose {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        staff(emulator, self.person).sets_topic_closed(self.thread, self.closed)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pin {
    person: i64,
    message: i32,
}

impl Pin {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        staff(emulator, self.person).pins(self.message)
    }
}

/// Somebody joins, leaves, or is given another role by the group's owner.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Member {
    person: i64,
    standing: Membership,
}

impl Member {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        let person = staff(emulator, self.person);
        let before = emulator.look(|world| world.group().and_then(|group| group.membership(self.person)));
        let is_inside = before.is_some_and(Membership::is_inside);
        match self.standing {
            Membership::Left => person.leaves_group(),
            Membership::Member if !is_inside => person.joins_group(),
            other => emulator.set_membership(self.person, other),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BotStanding {
    standing: Membership,
}

impl BotStanding {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        emulator.set_bot_membership(self.standing)
    }
}

/// Gives the group the next free chat id.
pub(crate) fn move_group(emulator: &Emulator) -> Result<(), ActError> {
    let free = emulator.look(|world| {
        let lowest = world.chats.keys().next().copied();
        world.group().and(lowest).map(|lowest| lowest - 1)
    });
    emulator.migrate_group(free.ok_or(ActError::NoGroup)?)
}

fn staff(emulator: &Emulator, person: i64) -> Person {
    emulator.person(person).in_group(None)
}

fn titled(title: &str) -> Result<&str, Refusal> {
    let title = title.trim();
    if title.is_empty() {
        Err(Refusal::Untitled)
    } else {
        Ok(title)
    }
}
