//! Where the concierge group is, whose topic is whose, and what keeps the bot from the group.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    outgoing::{Act, ChatId, MessageId, Outgoing, ThreadId, UserId},
    store::{
        Store,
        commit::Ticket,
        error::Result,
        key::Only,
        left_behind::LeftBehind,
        outbox,
        record::Record,
        tree::Writes,
        trees::{Meta, Trees},
    },
};

/// A mover's topic in the concierge group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub thread: ThreadId,
    /// As Telegram shows it.
    pub title: String,
    /// The card, once it was sent.
    pub card: Option<Card>,
}

/// The card that stands in a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub message: MessageId,
    /// When the case it shows was opened; a reopened case gets a new card, where staff will see it.
    pub opened: Timestamp,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TopicOwner(pub(super) UserId);

/// What keeps the bot from writing in the concierge group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeskTrouble {
    /// No group is set.
    NotSet,
    /// The group cannot be found, or the bot was removed from it.
    NotInside,
    /// The group has no topics.
    NoTopics,
    /// The bot may not manage topics.
    NoRights,
}

/// A group that got another id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MovedGroup {
    from: ChatId,
    to: ChatId,
}

impl Record for Topic {
    const WHAT: &'static str = "topic";
}

impl Record for TopicOwner {
    const WHAT: &'static str = "owner of a topic";
}

impl Store {
    /// The current id of the group in the settings.
    #[must_use]
    pub fn group_now(&self, of_settings: ChatId) -> ChatId {
        match self.writer().meta.moved_group {
            Some(moved) if moved.from == of_settings => moved.to,
            _ => of_settings,
        }
    }

    /// The group has a new id; its topics and messages can no longer be found by their old ids. If that is news, `told`
    /// says what to send, given the movers who will not get what was written to them there.
    pub async fn group_moved(
        &self,
        of_settings: ChatId,
        to: ChatId,
        told: impl FnOnce(&BTreeSet<UserId>) -> Vec<Outgoing>,
    ) -> Result<()> {
        let ticket = self.stage_move(of_settings, to, told)?;
        self.durable(ticket).await
    }

    fn stage_move(
        &self,
        of_settings: ChatId,
        to: ChatId,
        told: impl FnOnce(&BTreeSet<UserId>) -> Vec<Outgoing>,
    ) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let moved = MovedGroup {
            from: of_settings,
            to,
        };
        if to == of_settings || writer.meta.moved_group == Some(moved) {
            return Ok(self.0.committer.latest());
        }
        let mut writes = Writes::default();
        let left = LeftBehind::stage(trees, &mut writes)?;
        let mut meta = Meta {
            moved_group: Some(moved),
            ..writer.meta.clone()
        };
        let told = told(&left.movers);
        let staged = outbox::stage(trees, &mut meta, &mut writes, told, self.0.clock.now())?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        left.leave_the_queue(&mut writer);
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }

    /// The mover's topic.
    pub async fn topic(&self, mover: UserId) -> Result<Option<Topic>> {
        self.trees().topics.get(&mover)
    }

    /// Whose topic it is.
    pub async fn mover_of(&self, thread: ThreadId) -> Result<Option<UserId>> {
        let found = self.trees().threads.get(&thread)?;
        Ok(found.map(|TopicOwner(mover)| mover))
    }

    /// Keeps a mover's topic. If the mover was forgotten while it was being opened, it is deleted again.
    pub async fn keep_topic(&self, mover: UserId, topic: &Topic) -> Result<()> {
        let ticket = self.stage_new_topic(mover, topic)?;
        self.durable(ticket).await
    }

    fn stage_new_topic(&self, mover: UserId, topic: &Topic) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let (mut writes, mut meta) = (Writes::default(), writer.meta.clone());
        let mut orphan = Vec::new();
        if trees.cases.contains(&mover)? {
            writes.put(&trees.topics, &mover, topic)?;
            writes.put(&trees.threads, &topic.thread, &TopicOwner(mover))?;
        } else {
            orphan.push(Outgoing::to_group(Act::DropTopic(topic.thread)));
        }
        let staged = outbox::stage(trees, &mut meta, &mut writes, orphan, self.0.clock.now())?;
        if !staged.is_empty() {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }

    /// Records the topic's title; does nothing if the topic is gone.
    pub async fn keep_title(&self, mover: UserId, thread: ThreadId, title: String) -> Result<()> {
        self.change_topic(mover, thread, |topic| topic.title = title)
            .await
    }

    /// Records the topic's card, or that there is none; does nothing if the topic is gone.
    pub async fn keep_card(&self, mover: UserId, thread: ThreadId, card: Option<Card>) -> Result<()> {
        self.change_topic(mover, thread, |topic| topic.card = card).await
    }

    async fn change_topic(
        &self,
        mover: UserId,
        thread: ThreadId,
        change: impl FnOnce(&mut Topic),
    ) -> Result<()> {
        let ticket = {
            let trees = self.trees();
            let _writer = self.writer();
            let mut writes = Writes::default();
            if let Some(mut topic) = trees.topics.get(&mover)?.filter(|topic| topic.thread == thread) {
                change(&mut topic);
                writes.put(&trees.topics, &mover, &topic)?;
            }
            self.apply(writes)?
        };
        self.durable(ticket).await
    }

    /// Records that the bot serves this group of the settings. If it served another one before, topics and messages
    /// there are dropped: here their ids would belong to others. `told` says what to send then, as when a group moves.
    pub async fn serves_group(
        &self,
        of_settings: ChatId,
        told: impl FnOnce(&BTreeSet<UserId>) -> Vec<Outgoing>,
    ) -> Result<()> {
        let ticket = self.stage_serving(of_settings, told)?;
        self.durable(ticket).await
    }

    fn stage_serving(
        &self,
        of_settings: ChatId,
        told: impl FnOnce(&BTreeSet<UserId>) -> Vec<Outgoing>,
    ) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let others = writer.meta.served_group.is_some_and(|from| {
            let to = of_settings;
            from != to && writer.meta.moved_group != Some(MovedGroup { from, to })
        });
        let mut writes = Writes::default();
        let (mut left, mut then) = (LeftBehind::default(), Vec::new());
        if others {
            left = LeftBehind::stage(trees, &mut writes)?;
            then = told(&left.movers);
        }
        let mut meta = Meta {
            served_group: Some(of_settings),
            ..writer.meta.clone()
        };
        let staged = outbox::stage(trees, &mut meta, &mut writes, then, self.0.clock.now())?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        left.leave_the_queue(&mut writer);
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }

    /// Forgets a deleted topic, but not a newer one of the same mover. `told` is sent if that is news.
    pub async fn forget_topic(&self, mover: UserId, thread: ThreadId, told: Vec<Outgoing>) -> Result<()> {
        let ticket = self.stage_lost_topic(mover, thread, told)?;
        self.durable(ticket).await
    }

    fn stage_lost_topic(&self, mover: UserId, thread: ThreadId, told: Vec<Outgoing>) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let known = trees.topics.get(&mover)?;
        let Some(topic) = known.filter(|topic| topic.thread == thread) else {
            return Ok(self.0.committer.latest());
        };
        let (mut writes, mut meta) = (Writes::default(), writer.meta.clone());
        stage_forgetting(trees, &mut writes, mover, &topic);
        let staged = outbox::stage(trees, &mut meta, &mut writes, told, self.0.clock.now())?;
        if !staged.is_empty() {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }

    /// What is known to keep the bot from the concierge group.
    #[must_use]
    pub fn desk_trouble(&self) -> Option<DeskTrouble> {
        self.writer().meta.desk_trouble
    }

    /// Remembers what keeps the bot from the group, or that nothing does any more, and enqueues what is told about it.
    /// Does nothing if that was known.
    pub async fn set_desk_trouble(&self, trouble: Option<DeskTrouble>, told: Vec<Outgoing>) -> Result<bool> {
        let Some(ticket) = self.stage_trouble(trouble, told)? else {
            return Ok(false);
        };
        self.durable(ticket).await?;
        Ok(true)
    }

    fn stage_trouble(&self, trouble: Option<DeskTrouble>, told: Vec<Outgoing>) -> Result<Option<Ticket>> {
        let trees = self.trees();
        let mut writer = self.writer();
        if writer.meta.desk_trouble == trouble {
            return Ok(None);
        }
        let now: Timestamp = self.0.clock.now();
        let (mut writes, mut meta) = (Writes::default(), writer.meta.clone());
        meta.desk_trouble = trouble;
        let staged = outbox::stage(trees, &mut meta, &mut writes, told, now)?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.enqueue(&staged, ticket);
        Ok(Some(ticket))
    }
}

fn stage_forgetting(trees: &Trees, writes: &mut Writes, mover: UserId, topic: &Topic) {
    writes.remove(&trees.topics, &mover);
    writes.remove(&trees.threads, &topic.thread);
}
