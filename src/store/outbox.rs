//! The outbox: what is decided and not yet carried out, in order for each chat.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    outgoing::{Act, ChatId, MessageId, Outgoing, Priority},
    store::{Store, commit::Ticket, error::Result, queue::Queue, record::Record, tree::Writes, trees::Trees},
};

/// The number of an item; a later decision has a higher one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OutboxId(pub u64);

/// One thing to be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    pub id: OutboxId,
    pub outgoing: Outgoing,
    /// Tries that failed so far.
    pub attempts: u32,
    pub not_before: Option<Timestamp>,
    pub enqueued: Timestamp,
}

/// What may be carried out now.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Deliverable {
    /// At most one for each chat; the more urgent first, then the older.
    pub items: Vec<OutboxItem>,
    /// When the first of the postponed ones may go.
    pub next_due: Option<Timestamp>,
}

/// What Telegram answered to a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The message that was sent or edited.
    pub message: Option<MessageId>,
}

/// Why an item waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Postponed {
    /// Telegram said how long; no fault of the item's.
    AsTold,
    /// A try failed; it counts.
    AfterFailure,
}

/// Why an item was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeadReason {
    /// The mover blocked the bot, or the chat is gone.
    Blocked,
    /// Telegram refuses it, in these words.
    Refused(String),
}

/// Something that will not be carried out, for staff to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetter {
    pub outgoing: Outgoing,
    pub reason: DeadReason,
    pub attempts: u32,
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
pub(super) struct OutboxRecord {
    outgoing: Outgoing,
    attempts: u32,
    not_before: Option<Timestamp>,
    enqueued: Timestamp,
}

/// The message that answered a mover's message.
#[derive(Serialize, Deserialize)]
pub(super) struct AnswerRecord {
    message: MessageId,
    pub(super) at: Timestamp,
}

impl Record for OutboxRecord {
    const WHAT: &'static str = "message to be sent";
}

impl Record for DeadLetter {
    const WHAT: &'static str = "dead letter";
}

impl Record for AnswerRecord {
    const WHAT: &'static str = "link from a question to its answer";
}

/// Stages a new item.
pub(super) fn stage(
    trees: &Trees,
    writes: &mut Writes,
    id: OutboxId,
    outgoing: &Outgoing,
    now: Timestamp,
) -> Result<()> {
    let record = OutboxRecord {
        outgoing: outgoing.clone(),
        attempts: 0,
        not_before: None,
        enqueued: now,
    };
    writes.put(&trees.outbox, &id, &record)
}

/// The order of what lies in the outbox at open.
pub(super) fn queue_of(trees: &Trees) -> Result<Queue> {
    let mut queue = Queue::default();
    for found in trees.outbox.iter() {
        let (id, record) = found?;
        let Outgoing { chat, priority, .. } = record.outgoing;
        queue.push(id, chat, priority, record.not_before, Ticket::OLD);
    }
    Ok(queue)
}

impl Store {
    /// The next item of each chat that is `free`, as far as it is durable and due.
    pub async fn deliverable(
        &self,
        now: Timestamp,
        limit: usize,
        free: impl FnMut(ChatId, Priority) -> bool,
    ) -> Result<Deliverable> {
        let durable = self.0.committer.durable_through();
        let (ids, next_due) = self.writer().queue.deliverable(now, durable, limit, free);
        let items = ids.into_iter().filter_map(|id| self.item(id).transpose());
        Ok(Deliverable {
            items: items.collect::<Result<_>>()?,
            next_due,
        })
    }

    /// Removes a delivered item, and keeps which message answered which.
    pub async fn delivered(&self, id: OutboxId, receipt: Receipt) -> Result<()> {
        let ticket = self.stage_removal(id, |trees, writes, record, now| {
            if let (Some(answers), Some(message)) = (record.outgoing.act.answers(), receipt.message) {
                let key = (record.outgoing.chat, answers);
                writes.put(&trees.answers, &key, &AnswerRecord { message, at: now })?;
            }
            Ok(())
        })?;
        self.durable(ticket).await
    }

    /// Has an item, and with it its chat, wait.
    pub async fn postponed(&self, id: OutboxId, until: Timestamp, why: Postponed) -> Result<()> {
        let ticket = self.stage_postponement(id, until, why)?;
        self.durable(ticket).await
    }

    /// Gives an item up.
    pub async fn dead_letter(&self, id: OutboxId, reason: DeadReason) -> Result<()> {
        let ticket = self.stage_removal(id, |trees, writes, record, now| {
            writes.put(&trees.dead_letters, &id, &record.into_dead_letter(reason, now))
        })?;
        self.durable(ticket).await
    }

    /// Gives up everything that waits for a chat, and remembers that its mover cannot be reached. Tells how much it was.
    pub async fn unreachable(&self, chat: ChatId) -> Result<usize> {
        let (count, ticket) = self.stage_unreachable(chat)?;
        self.durable(ticket).await?;
        Ok(count)
    }

    /// The message that answered a mover's message.
    pub async fn answer_message(&self, chat: ChatId, question: MessageId) -> Result<Option<MessageId>> {
        let found = self.trees().answers.get(&(chat, question))?;
        Ok(found.map(|record| record.message))
    }

    /// What was given up, newest first.
    pub async fn dead_letters(&self, limit: usize) -> Result<Vec<(OutboxId, DeadLetter)>> {
        self.trees().dead_letters.iter().rev().take(limit).collect()
    }

    /// How much was given up.
    #[must_use]
    pub fn dead_letter_count(&self) -> usize {
        self.trees().dead_letters.len()
    }

    /// How many items wait.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.writer().queue.len()
    }

    fn item(&self, id: OutboxId) -> Result<Option<OutboxItem>> {
        let found = self.trees().outbox.get(&id)?;
        Ok(found.map(|record| OutboxItem {
            id,
            outgoing: record.outgoing,
            attempts: record.attempts,
            not_before: record.not_before,
            enqueued: record.enqueued,
        }))
    }

    /// Removes an item together with whatever `also` stages; an item that is gone already changes nothing.
    fn stage_removal(
        &self,
        id: OutboxId,
        also: impl FnOnce(&Trees, &mut Writes, OutboxRecord, Timestamp) -> Result<()>,
    ) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let Some(record) = trees.outbox.get(&id)? else {
            return Ok(self.0.committer.latest());
        };
        let chat = record.outgoing.chat;
        let mut writes = Writes::default();
        writes.remove(&trees.outbox, &id);
        also(trees, &mut writes, record, self.0.clock.now())?;
        let ticket = self.apply(writes)?;
        writer.queue.remove(chat, id);
        Ok(ticket)
    }

    fn stage_postponement(&self, id: OutboxId, until: Timestamp, why: Postponed) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let Some(mut record) = trees.outbox.get(&id)? else {
            return Ok(self.0.committer.latest());
        };
        record.not_before = Some(until);
        record.attempts += u32::from(why == Postponed::AfterFailure);
        let mut writes = Writes::default();
        writes.put(&trees.outbox, &id, &record)?;
        let ticket = self.apply(writes)?;
        writer.queue.postpone(record.outgoing.chat, id, until);
        Ok(ticket)
    }

    fn stage_unreachable(&self, chat: ChatId) -> Result<(usize, Ticket)> {
        let trees = self.trees();
        let mut writer = self.writer();
        let now = self.0.clock.now();
        let mut writes = Writes::default();
        let ids = writer.queue.of_chat(chat);
        for id in &ids {
            let Some(record) = trees.outbox.get(id)? else {
                continue;
            };
            writes.remove(&trees.outbox, id);
            writes.put(
                &trees.dead_letters,
                id,
                &record.into_dead_letter(DeadReason::Blocked, now),
            )?;
        }
        if let Some(mut conversation) = chat
            .person()
            .map(|who| trees.conversations.get(&who))
            .transpose()?
            .flatten()
        {
            conversation.reachable = false;
            writes.put(&trees.conversations, &conversation.mover, &conversation)?;
        }
        let ticket = self.apply(writes)?;
        writer.queue.remove_chat(chat);
        Ok((ids.len(), ticket))
    }
}

impl OutboxRecord {
    fn into_dead_letter(self, reason: DeadReason, at: Timestamp) -> DeadLetter {
        DeadLetter {
            outgoing: self.outgoing,
            reason,
            attempts: self.attempts,
            at,
        }
    }
}

impl Act {
    /// The mover's message this answers.
    fn answers(&self) -> Option<MessageId> {
        match self {
            Self::Send { answers, .. } => *answers,
            Self::EditAnswer { answers, .. } => Some(*answers),
            Self::Edit { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::{
        outgoing::UserId,
        store::{Step, fixtures::*},
    };

    async fn enqueue(store: &Store, outgoing: Vec<Outgoing>) {
        let step = Step {
            outgoing,
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
    }

    async fn ready(store: &Store, at: Timestamp) -> Vec<(OutboxId, String)> {
        let found = store.deliverable(at, 10, |_, _| true).await.unwrap();
        let texts = found.items.iter().map(|item| (item.id, text_of(&item.outgoing)));
        texts.collect()
    }

    fn texts(ready: &[(OutboxId, String)]) -> Vec<&str> {
        ready.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[tokio::test]
    async fn a_chat_keeps_its_order_and_the_urgent_chat_goes_first() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let mut slow = message(1, "broadcast");
        slow.priority = Priority::Broadcast;
        enqueue(
            &store,
            vec![slow, message(1, "reply after it"), message(2, "reply")],
        )
        .await;
        let first = ready(&store, now()).await;
        assert_eq!(texts(&first), ["reply", "broadcast"]);
        store
            .delivered(first[1].0, Receipt { message: None })
            .await
            .unwrap();
        assert_eq!(texts(&ready(&store, now()).await), ["reply after it", "reply"]);
        assert_eq!(store.depth(), 2);
    }

    #[tokio::test]
    async fn a_busy_chat_is_passed_over() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![message(1, "one"), message(2, "two")]).await;
        let found = store
            .deliverable(now(), 1, |chat, _| chat != ChatId(1))
            .await
            .unwrap();
        assert_eq!(text_of(&found.items[0].outgoing), "two");
    }

    #[tokio::test]
    async fn a_postponed_head_holds_its_chat_and_says_until_when() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![message(1, "first"), message(1, "second")]).await;
        let head = ready(&store, now()).await[0].0;
        let later = now() + SignedDuration::from_secs(4);
        store
            .postponed(head, later, Postponed::AfterFailure)
            .await
            .unwrap();
        drop(store);

        let store = open(data.path());
        let found = store.deliverable(now(), 10, |_, _| true).await.unwrap();
        assert_eq!((found.items.len(), found.next_due), (0, Some(later)));
        let found = store.deliverable(later, 10, |_, _| true).await.unwrap();
        assert_eq!((found.items[0].id, found.items[0].attempts), (head, 1));
    }

    #[tokio::test]
    async fn a_delivered_answer_is_found_by_its_question() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![answer(1, 40, "ok")]).await;
        let id = ready(&store, now()).await[0].0;
        let receipt = Receipt {
            message: Some(MessageId(41)),
        };
        store.delivered(id, receipt).await.unwrap();
        store.delivered(id, receipt).await.unwrap();
        let found = store.answer_message(ChatId(1), MessageId(40)).await.unwrap();
        assert_eq!(found, Some(MessageId(41)));
        assert_eq!(store.depth(), 0);
    }

    #[tokio::test]
    async fn a_refused_item_is_kept_for_staff_with_the_reason() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![message(1, "bad"), message(1, "good")]).await;
        let id = ready(&store, now()).await[0].0;
        let reason = DeadReason::Refused("Bad Request: message is too long".to_owned());
        store.dead_letter(id, reason.clone()).await.unwrap();
        assert_eq!(store.dead_letters(5).await.unwrap()[0].1.reason, reason);
        assert_eq!(texts(&ready(&store, now()).await), ["good"]);
    }

    #[tokio::test]
    async fn a_mover_who_blocked_the_bot_gets_nothing_more() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let step = Step {
            conversation: Some(conversation(1)),
            outgoing: vec![message(1, "a"), message(1, "b"), message(2, "c")],
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
        assert_eq!(store.unreachable(ChatId(1)).await.unwrap(), 2);
        assert_eq!(texts(&ready(&store, now()).await), ["c"]);
        assert_eq!(store.dead_letter_count(), 2);
        assert!(!store.conversation(UserId(1)).await.unwrap().unwrap().reachable);
    }
}
