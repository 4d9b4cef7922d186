//! Chats: private ones, and the group with its topics and members.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::message::{Content, Message, Service};
use crate::emulator::GroupSetup;

/// The topic that every forum has; Telegram does not accept its id as a thread to send to.
const GENERAL_TOPIC: i32 = 1;

/// How long "typing…" is shown.
pub(crate) const TYPING_SECONDS: i64 = 5;

/// A chat and everything written in it.
#[derive(Debug)]
pub struct Chat {
    pub id: i64,
    pub kind: ChatKind,
    pub(crate) messages: BTreeMap<i32, Message>,
    pub(crate) pinned: BTreeSet<i32>,
    pub(crate) typing_until: Option<Timestamp>,
    /// Whether copying out of it is forbidden.
    pub(crate) protected: bool,
    last_message: i32,
}

#[derive(Debug)]
pub enum ChatKind {
    Private {
        access: PrivateAccess,
    },
    Group {
        title: String,
        /// Whether topics are switched on.
        forum: bool,
        members: BTreeMap<i64, Membership>,
        topics: BTreeMap<i32, Topic>,
        /// The chat the group has moved to, if it has.
        moved_to: Option<i64>,
    },
}

/// Whether the bot may write to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivateAccess {
    /// The person never wrote, and a bot cannot write first.
    NotStarted,
    Open,
    Blocked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Membership {
    Creator,
    Administrator,
    Member,
    Left,
    Kicked,
}

impl Membership {
    #[must_use]
    pub fn is_inside(self) -> bool {
        matches!(self, Self::Creator | Self::Administrator | Self::Member)
    }

    #[must_use]
    pub fn leads(self) -> bool {
        matches!(self, Self::Creator | Self::Administrator)
    }
}

/// A topic of a forum; its id is that of its opening service message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topic {
    pub id: i32,
    pub title: String,
    pub icon_color: u32,
    pub icon: Option<String>,
    pub closed: bool,
}

impl Chat {
    pub(crate) fn private(person: i64) -> Self {
        Self::new(
            person,
            ChatKind::Private {
                access: PrivateAccess::NotStarted,
            },
        )
    }

    /// A forum owned by the first of the staff, with the bot as administrator.
    pub(crate) fn group(group: &GroupSetup, bot: i64, staff: impl Iterator<Item = i64>) -> Self {
        let ranks = std::iter::once(Membership::Creator).chain(std::iter::repeat(Membership::Administrator));
        let mut members: BTreeMap<_, _> = staff.zip(ranks).collect();
        members.insert(bot, Membership::Administrator);
        Self::with_members(group.id, group.title.clone(), true, members)
    }

    fn with_members(id: i64, title: String, forum: bool, members: BTreeMap<i64, Membership>) -> Self {
        let kind = ChatKind::Group {
            title,
            forum,
            members,
            topics: BTreeMap::new(),
            moved_to: None,
        };
        Self {
            last_message: GENERAL_TOPIC,
            ..Self::new(id, kind)
        }
    }

    /// The group under a new id, with the same people but without messages and topics, which stay behind.
    pub(crate) fn move_to(&mut self, id: i64) -> Option<Self> {
        let ChatKind::Group {
            title,
            forum,
            members,
            moved_to,
            ..
        } = &mut self.kind
        else {
            return None;
        };
        *moved_to = Some(id);
        Some(Self::with_members(id, title.clone(), *forum, members.clone()))
    }

    fn new(id: i64, kind: ChatKind) -> Self {
        Self {
            id,
            kind,
            messages: BTreeMap::new(),
            pinned: BTreeSet::new(),
            typing_until: None,
            protected: false,
            last_message: 0,
        }
    }

    #[must_use]
    pub fn is_group(&self) -> bool {
        matches!(self.kind, ChatKind::Group { .. })
    }

    /// Whether it is a group with topics switched on.
    #[must_use]
    pub fn is_forum(&self) -> bool {
        matches!(self.kind, ChatKind::Group { forum: true, .. })
    }

    /// A group's title; private chats have none.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.kind {
            ChatKind::Group { title, .. } => title,
            ChatKind::Private { .. } => "",
        }
    }

    /// The chat this group has moved to.
    #[must_use]
    pub fn moved_to(&self) -> Option<i64> {
        match self.kind {
            ChatKind::Group { moved_to, .. } => moved_to,
            ChatKind::Private { .. } => None,
        }
    }

    /// The open and closed topics of a forum, without General; empty while topics are switched off.
    pub fn topics(&self) -> impl Iterator<Item = &Topic> {
        match &self.kind {
            ChatKind::Group {
                topics, forum: true, ..
            } => Some(topics.values()),
            ChatKind::Group { .. } | ChatKind::Private { .. } => None,
        }
        .into_iter()
        .flatten()
    }

    #[must_use]
    pub fn find_topic(&self, thread: i32) -> Option<&Topic> {
        self.topics().find(|topic| topic.id == thread)
    }

    #[must_use]
    pub fn membership(&self, user: i64) -> Option<Membership> {
        match &self.kind {
            ChatKind::Group { members, .. } => members.get(&user).copied(),
            ChatKind::Private { .. } => None,
        }
    }

    #[must_use]
    pub fn access(&self) -> Option<PrivateAccess> {
        match self.kind {
            ChatKind::Private { access } => Some(access),
            ChatKind::Group { .. } => None,
        }
    }

    /// The group's owner, or its first administrator if they are gone.
    pub(crate) fn head(&self) -> Option<i64> {
        let with = |wanted| self.members().find(move |(_, membership)| *membership == wanted);
        let head = with(Membership::Creator).or_else(|| with(Membership::Administrator));
        head.map(|(id, _)| id)
    }

    /// Everybody who is or was in the group.
    pub fn members(&self) -> impl Iterator<Item = (i64, Membership)> {
        match &self.kind {
            ChatKind::Group { members, .. } => {
                Some(members.iter().map(|(id, membership)| (*id, *membership)))
            }
            ChatKind::Private { .. } => None,
        }
        .into_iter()
        .flatten()
    }

    pub(crate) fn set_access(&mut self, wanted: PrivateAccess) {
        if let ChatKind::Private { access } = &mut self.kind {
            *access = wanted;
        }
    }

    pub(crate) fn set_membership(&mut self, user: i64, wanted: Membership) {
        if let ChatKind::Group { members, .. } = &mut self.kind {
            members.insert(user, wanted);
        }
    }

    pub(crate) fn set_forum(&mut self, wanted: bool) {
        if let ChatKind::Group { forum, .. } = &mut self.kind {
            *forum = wanted;
        }
    }

    pub(crate) fn next_message_id(&mut self) -> i32 {
        self.last_message += 1;
        self.last_message
    }

    pub(crate) fn keep(&mut self, message: Message) {
        self.typing_until = None;
        self.messages.insert(message.id, message);
    }

    pub(crate) fn forget(&mut self, message: i32) {
        self.messages.remove(&message);
        self.pinned.remove(&message);
    }

    pub(crate) fn topic_mut(&mut self, thread: i32) -> Option<&mut Topic> {
        match &mut self.kind {
            ChatKind::Group {
                topics, forum: true, ..
            } => topics.get_mut(&thread),
            ChatKind::Group { .. } | ChatKind::Private { .. } => None,
        }
    }

    /// Opens a topic with its service message, whose id becomes the topic's; `None` if topics are off.
    pub(crate) fn open_topic(&mut self, topic: Topic, by: i64, at: Timestamp) -> Option<Topic> {
        let id = self.last_message + 1;
        let ChatKind::Group {
            topics, forum: true, ..
        } = &mut self.kind
        else {
            return None;
        };
        let topic = Topic { id, ..topic };
        topics.insert(id, topic.clone());
        let service = Service::TopicCreated {
            name: topic.title.clone(),
            icon_color: topic.icon_color,
            icon: topic.icon.clone(),
        };
        self.last_message = id;
        let opening = Message::new(id, self.id, by, at, Content::Service(service));
        self.keep(Message {
            thread: Some(id),
            ..opening
        });
        Some(topic)
    }

    /// Deletes a topic with everything written in it.
    pub(crate) fn delete_topic(&mut self, thread: i32) -> Option<Topic> {
        let ChatKind::Group {
            topics, forum: true, ..
        } = &mut self.kind
        else {
            return None;
        };
        let topic = topics.remove(&thread)?;
        self.messages.retain(|_, message| message.thread != Some(thread));
        Some(topic)
    }
}
