//! What people do to the group: topics, pins, joining and leaving.

use super::{Hand, find};
use crate::emulator::{
    news::{Notice, tell},
    person::ActError,
    standing,
    world::{Membership, Service, Topic, UpdateKind, World},
};

/// The first of the colours Telegram offers for topic icons.
const TOPIC_BLUE: u32 = 0x6F_B9F0;

impl Hand {
    pub(crate) fn open_topic(self, world: &mut World, title: &str) -> Result<i32, ActError> {
        let chat = self.group(world)?;
        let now = world.now();
        let topic = Topic {
            title: title.to_owned(),
            icon_color: TOPIC_BLUE,
            ..Topic::default()
        };
        let group = world.group_mut().ok_or(ActError::NoGroup)?;
        let opened = group
            .open_topic(topic, self.person, now)
            .ok_or(ActError::NoTopics)?;
        if let Some(opening) = group.messages.get_mut(&opened.id) {
            opening.anonymous = self.anonymous;
        }
        tell(world, UpdateKind::Message, chat, opened.id);
        Ok(opened.id)
    }

    pub(crate) fn rename_topic(self, world: &mut World, thread: i32, title: &str) -> Result<(), ActError> {
        self.change_topic(world, thread, |topic| {
            topic.title = title.to_owned();
            Service::TopicEdited {
                name: Some(topic.title.clone()),
                icon: None,
            }
        })
    }

    pub(crate) fn set_topic_closed(
        self,
        world: &mut World,
        thread: i32,
        closed: bool,
    ) -> Result<(), ActError> {
        self.change_topic(world, thread, |topic| {
            topic.closed = closed;
            if closed {
                Service::TopicClosed
            } else {
                Service::TopicReopened
            }
        })
    }

    /// Changes a topic and posts the service message about it.
    fn change_topic(
        self,
        world: &mut World,
        thread: i32,
        change: impl FnOnce(&mut Topic) -> Service,
    ) -> Result<(), ActError> {
        let chat = self.leads(world)?;
        let topic = world.group_mut().and_then(|group| group.topic_mut(thread));
        let service = change(topic.ok_or(ActError::NoSuchTopic(thread))?);
        self.notice(chat, Some(thread)).write(world, service);
        Ok(())
    }

    pub(crate) fn pin(self, world: &mut World, message: i32) -> Result<(), ActError> {
        let chat = self.leads(world)?;
        let thread = find(world, chat, message)?.thread;
        let is_new = world
            .group_mut()
            .is_some_and(|group| group.pinned.insert(message));
        if is_new {
            self.notice(chat, thread)
                .write(world, Service::Pinned { message });
        }
        Ok(())
    }

    fn notice(self, chat: i64, thread: Option<i32>) -> Notice {
        Notice {
            chat,
            thread,
            by: self.person,
            anonymous: self.anonymous,
        }
    }

    /// Joins as a plain member; does nothing for members.
    pub(crate) fn join(self, world: &mut World) -> Result<(), ActError> {
        let membership = world.group().and_then(|group| group.membership(self.person));
        if membership.is_some_and(Membership::is_inside) {
            return Ok(());
        }
        standing::change_person(world, self.person, self.person, Membership::Member)
    }

    pub(crate) fn leave(self, world: &mut World) -> Result<(), ActError> {
        self.group(world)?;
        standing::change_person(world, self.person, self.person, Membership::Left)
    }

    /// Removes somebody.
    pub(crate) fn remove(self, world: &mut World, other: i64) -> Result<(), ActError> {
        self.leads(world)?;
        let membership = world.group().and_then(|group| group.membership(other));
        if !membership.is_some_and(Membership::is_inside) {
            return Err(ActError::NotMember(other));
        }
        standing::change_person(world, other, self.person, Membership::Kicked)
    }
}
