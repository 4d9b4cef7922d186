//! The outbox: what is decided but not yet carried out, in order for each place.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    outgoing::{Act, Body, ChatId, MessageId, Outgoing, Relay, To},
    store::{
        Store, Writer,
        commit::Ticket,
        error::Result,
        queue::{Head, May, Queue},
        record::Record,
        tree::Writes,
        trees::{Meta, Trees},
    },
};

/// How long the first message of an album waits for the others, which come one by one.
const ALBUM_GATHERS: SignedDuration = SignedDuration::from_secs(1);

/// The number of an item; a later decision has a higher one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OutboxId(pub u64);

/// One thing to be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    pub id: OutboxId,
    pub outgoing: Outgoing,
    /// What is passed on together with it: more of an album, or words written meanwhile.
    pub joined: Vec<(OutboxId, Relay)>,
    /// Tries that failed so far.
    pub attempts: u32,
    pub not_before: Option<Timestamp>,
    pub enqueued: Timestamp,
}

impl OutboxItem {
    /// The numbers of all items carried out together.
    pub(super) fn ids(&self) -> Vec<OutboxId> {
        std::iter::once(self.id)
            .chain(self.joined.iter().map(|(id, _)| *id))
            .collect()
    }

    /// Whether it is an album or a part of one.
    #[must_use]
    pub fn is_album(&self) -> bool {
        is_of_album(&self.outgoing.act)
    }

    /// The messages it passes on, in order.
    pub fn relays(&self) -> impl Iterator<Item = &Relay> {
        let first = match &self.outgoing.act {
            Act::Relay(relay) => Some(relay),
            _ => None,
        };
        first
            .into_iter()
            .chain(self.joined.iter().map(|(_, relay)| relay))
    }
}

/// What may be carried out now.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Deliverable {
    /// At most one for each place; the more urgent first, then the older.
    pub items: Vec<OutboxItem>,
    /// When the first of the postponed ones may go.
    pub next_due: Option<Timestamp>,
}

/// What Telegram answered to a delivery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The chat it went to.
    pub chat: Option<ChatId>,
    /// The messages that were sent or edited.
    pub messages: Vec<MessageId>,
    /// The concierge group at this moment, if there is one.
    pub group: Option<ChatId>,
}

/// Why an item waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Postponed {
    /// Telegram said how long; not the item's fault.
    AsTold,
    /// Telegram said how long, and means everything: remembered across restarts.
    AllAsTold,
    /// A try failed.
    AfterFailure {
        /// It may have been carried out: nobody saw the result.
        unseen: bool,
        /// Others get through. Otherwise it is not the item's fault, and the try does not count towards giving it up.
        line_works: bool,
    },
}

/// What was given up for a person who cannot be reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GivenUp {
    /// Kept as dead letters.
    pub letters: usize,
    /// Bulk sends, of which one more or less does not matter: counted, not kept.
    pub dropped: usize,
    /// How many of those belonged to broadcasts.
    pub of_broadcasts: usize,
}

/// Why an item was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeadReason {
    /// The mover blocked the bot, or the chat is gone.
    Blocked,
    /// Telegram refuses it with these words.
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
    pub(super) outgoing: Outgoing,
    pub(super) attempts: u32,
    pub(super) not_before: Option<Timestamp>,
    pub(super) enqueued: Timestamp,
}

/// The message that answered a mover's message.
#[derive(Serialize, Deserialize)]
pub(super) struct AnswerRecord {
    pub(super) message: MessageId,
    pub(super) at: Timestamp,
}

impl Record for OutboxRecord {
    const WHAT: &'static str = "message to be sent";
    const VERSION: u8 = 2;
    // The first was never in use.
    const OLDEST: u8 = 2;
}

impl Record for DeadLetter {
    const WHAT: &'static str = "dead letter";
    const VERSION: u8 = 2;
    // The first was never in use.
    const OLDEST: u8 = 2;
}

impl Record for AnswerRecord {
    const WHAT: &'static str = "link from a question to its answer";
}

/// Stages new items, to be enqueued once the writes are applied.
pub(super) fn stage(
    trees: &Trees,
    meta: &mut Meta,
    writes: &mut Writes,
    outgoing: Vec<Outgoing>,
    now: Timestamp,
) -> Result<Vec<Staged>> {
    let mut staged = Vec::with_capacity(outgoing.len());
    for outgoing in outgoing {
        let id = OutboxId(meta.next_number());
        let not_before = is_of_album(&outgoing.act).then(|| now + ALBUM_GATHERS);
        let record = OutboxRecord {
            outgoing,
            attempts: 0,
            not_before,
            enqueued: now,
        };
        writes.put(&trees.outbox, &id, &record)?;
        staged.push(Staged {
            id,
            head: Head::of(&record.outgoing),
            not_before,
        });
    }
    Ok(staged)
}

/// A new item, as the queue needs to know it.
pub(super) struct Staged {
    id: OutboxId,
    head: Head,
    not_before: Option<Timestamp>,
}

impl Writer {
    pub(super) fn enqueue(&mut self, staged: &[Staged], ticket: Ticket) {
        for one in staged {
            self.queue.push(one.id, one.head, one.not_before, ticket);
        }
    }
}

/// The queue of what is in the outbox when the store is opened.
pub(super) fn queue_of(trees: &Trees) -> Result<Queue> {
    let mut queue = Queue::default();
    for found in trees.outbox.iter() {
        let (id, record) = found?;
        queue.push(id, Head::of(&record.outgoing), record.not_before, Ticket::OLD);
    }
    Ok(queue)
}

impl Store {
    /// The next item of each place that `free` lets go, if it is durable and due, with what can be sent together with
    /// it; at most `limit` items. Every place that got [`May::Go`] is among them, and none is asked about twice.
    pub async fn deliverable(
        &self,
        now: Timestamp,
        limit: usize,
        free: impl FnMut(Head) -> May,
    ) -> Result<Deliverable> {
        let durable = self.0.committer.durable_through();
        let (ids, next_due) = self.writer().queue.deliverable(now, durable, limit, free);
        let items = ids
            .into_iter()
            .filter_map(|id| self.item(id, now, durable).transpose());
        Ok(Deliverable {
            items: items.collect::<Result<_>>()?,
            next_due,
        })
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

    /// How many items wait for one place.
    #[must_use]
    pub fn waiting_for(&self, to: To) -> usize {
        self.writer().queue.waiting_for(to).len()
    }

    fn item(&self, id: OutboxId, now: Timestamp, durable: Ticket) -> Result<Option<OutboxItem>> {
        let Some(record) = self.trees().outbox.get(&id)? else {
            return Ok(None);
        };
        let joined = self.joined(id, &record.outgoing, now, durable)?;
        Ok(Some(OutboxItem {
            id,
            outgoing: record.outgoing,
            joined,
            attempts: record.attempts,
            not_before: record.not_before,
            enqueued: record.enqueued,
        }))
    }
}

impl OutboxRecord {
    pub(super) fn into_dead_letter(self, reason: DeadReason, at: Timestamp) -> DeadLetter {
        DeadLetter {
            outgoing: self.outgoing,
            reason,
            attempts: self.attempts,
            at,
        }
    }
}

fn is_of_album(act: &Act) -> bool {
    matches!(
        act,
        Act::Relay(Relay {
            body: Body::Album(_),
            ..
        })
    )
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::{
        outgoing::{Buttons, Html, Priority, UserId},
        store::{Step, fixtures::*},
    };

    async fn enqueue(store: &Store, outgoing: Vec<Outgoing>) {
        let step = Step {
            outgoing,
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
    }

    async fn ready(store: &Store, at: Timestamp) -> Vec<OutboxItem> {
        store.deliverable(at, 10, |_| May::Go).await.unwrap().items
    }

    fn texts(ready: &[OutboxItem]) -> Vec<String> {
        ready.iter().map(|item| text_of(&item.outgoing)).collect()
    }

    fn relay(mover: i64, from: i32, body: Body) -> Outgoing {
        let relay = Relay {
            from: MessageId(from),
            body,
            reply: None,
            buttons: Buttons::default(),
            words: None,
        };
        Outgoing::to_topic(UserId(mover), Act::Relay(relay))
    }

    fn words(mover: i64, from: i32) -> Outgoing {
        relay(mover, from, Body::Words(Html::text("あ")))
    }

    #[tokio::test]
    async fn a_chat_keeps_its_order_but_for_what_is_sent_to_many_and_the_urgent_chat_goes_first() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let mut slow = message(1, "broadcast");
        slow.priority = Priority::Broadcast;
        enqueue(
            &store,
            vec![slow, message(1, "a"), message(1, "b"), message(2, "c")],
        )
        .await;
        let mut heard = Vec::new();
        while store.depth() > 0 {
            let heads = ready(&store, now()).await;
            heard.push(texts(&heads));
            for head in &heads {
                store
                    .delivered(head, &Receipt::default(), Vec::new())
                    .await
                    .unwrap();
            }
        }
        assert_eq!(heard, [vec!["a", "c"], vec!["b"], vec!["broadcast"]]);
    }

    #[tokio::test]
    async fn a_busy_chat_is_passed_over() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![message(1, "one"), message(2, "two")]).await;
        let found = store
            .deliverable(now(), 1, |head| match head.to {
                To::Person(UserId(1)) => May::NotThere,
                _ => May::Go,
            })
            .await
            .unwrap();
        assert_eq!(text_of(&found.items[0].outgoing), "two");
    }

    #[tokio::test]
    async fn a_postponed_head_holds_its_chat_and_says_until_when() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![message(1, "first"), message(1, "second")]).await;
        let head = ready(&store, now()).await[0].id;
        let later = now() + SignedDuration::from_secs(4);
        let why = Postponed::AfterFailure {
            unseen: false,
            line_works: true,
        };
        store.postponed(head, later, why).await.unwrap();
        drop(store);

        let store = open(data.path());
        let found = store.deliverable(now(), 10, |_| May::Go).await.unwrap();
        assert_eq!((found.items.len(), found.next_due), (0, Some(later)));
        let found = store.deliverable(later, 10, |_| May::Go).await.unwrap();
        assert_eq!((found.items[0].id, found.items[0].attempts), (head, 1));
    }

    #[tokio::test]
    async fn a_delivered_answer_is_found_by_its_question() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![answer(1, 40, "ok")]).await;
        let items = ready(&store, now()).await;
        let receipt = Receipt {
            chat: Some(ChatId(1)),
            messages: vec![MessageId(41)],
            group: None,
        };
        store.delivered(&items[0], &receipt, Vec::new()).await.unwrap();
        store.delivered(&items[0], &receipt, Vec::new()).await.unwrap();
        let found = store.answer_message(ChatId(1), MessageId(40)).await.unwrap();
        assert_eq!(found, Some(MessageId(41)));
        assert_eq!(store.depth(), 0);
    }

    #[tokio::test]
    async fn a_refused_item_is_kept_for_staff_with_the_reason() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![message(1, "bad"), message(1, "good")]).await;
        let items = ready(&store, now()).await;
        let reason = DeadReason::Refused("Bad Request: message is too long".to_owned());
        store
            .dead_letter(&items[0], reason.clone(), Vec::new())
            .await
            .unwrap();
        assert_eq!(store.dead_letters(5).await.unwrap()[0].1.reason, reason);
        assert_eq!(texts(&ready(&store, now()).await), ["good"]);
    }

    #[tokio::test]
    async fn a_mover_who_blocked_the_bot_gets_nothing_more() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let event = message(1, "an event").with_priority(Priority::Reminder);
        let step = Step {
            conversation: Some(conversation(1)),
            outgoing: vec![message(1, "a"), message(1, "b"), event, message(2, "c")],
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
        let given_up = store.unreachable(UserId(1), |_| Vec::new()).await.unwrap();
        assert_eq!(
            given_up,
            GivenUp {
                letters: 2,
                dropped: 1,
                of_broadcasts: 0
            }
        );
        assert_eq!(texts(&ready(&store, now()).await), ["c"]);
        assert_eq!(store.dead_letter_count(), 2);
        assert!(!store.conversation(UserId(1)).await.unwrap().unwrap().reachable);
    }

    #[tokio::test]
    async fn words_that_wait_together_go_together_and_each_finds_its_counterpart() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let photo = relay(1, 13, Body::Whole);
        enqueue(
            &store,
            vec![words(1, 11), words(2, 21), words(1, 12), photo, words(1, 14)],
        )
        .await;
        let items = ready(&store, now()).await;
        let from = |item: &OutboxItem| item.relays().map(|relay| relay.from.0).collect::<Vec<_>>();
        assert_eq!(
            items.iter().map(from).collect::<Vec<_>>(),
            [vec![11, 12], vec![21]],
            "nothing overtakes the photo"
        );
        let group = ChatId(-100);
        let receipt = Receipt {
            chat: Some(group),
            messages: vec![MessageId(70)],
            group: Some(group),
        };
        store.delivered(&items[0], &receipt, Vec::new()).await.unwrap();
        for part in [11, 12] {
            let found = store
                .counterpart((ChatId(1), MessageId(part)), group)
                .await
                .unwrap();
            assert_eq!(found, Some(MessageId(70)));
        }
        let back = store
            .counterpart((group, MessageId(70)), ChatId(1))
            .await
            .unwrap();
        assert_eq!(back, Some(MessageId(12)), "an answer stands under the last words");
        let bundle = store.bundle(group, MessageId(70)).await.unwrap().unwrap();
        assert_eq!(bundle.parts.len(), 2);
        assert_eq!(from(&ready(&store, now()).await[0]), [21]);
    }

    #[tokio::test]
    async fn an_album_waits_a_second_for_the_rest_of_it() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let photo = |from, album: &str| relay(1, from, Body::Album(album.to_owned()));
        enqueue(&store, vec![photo(1, "a")]).await;
        assert!(ready(&store, now()).await.is_empty());
        enqueue(&store, vec![photo(2, "a"), photo(3, "b")]).await;
        let items = ready(&store, now() + ALBUM_GATHERS).await;
        assert_eq!(items[0].relays().count(), 2);
    }

    #[tokio::test]
    async fn what_follows_from_a_delivery_is_kept_with_it() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        enqueue(&store, vec![message(1, "a")]).await;
        let items = ready(&store, now()).await;
        let then = vec![message(2, "b")];
        store
            .delivered(&items[0], &Receipt::default(), then)
            .await
            .unwrap();
        drop(store);
        let store = open(data.path());
        assert_eq!(texts(&ready(&store, now()).await), ["b"]);
    }
}
