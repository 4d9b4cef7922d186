//! What becomes of items in the outbox: delivered, postponed or given up, each with all its consequences in one
//! transaction.

use jiff::{SignedDuration, Timestamp};

use crate::{
    outgoing::{Outgoing, To, UserId, Voice},
    publishing::broadcast::Outcome,
    store::{
        Store, broadcasts,
        commit::Ticket,
        error::Result,
        key::Only,
        links,
        outbox::{
            AnswerRecord, DeadReason, GivenUp, OutboxId, OutboxItem, OutboxRecord, Postponed, Receipt, stage,
        },
        tree::Writes,
        trees::Trees,
    },
};

/// When Telegram makes everybody wait, another chat is tried after this long: it may have meant one chat only. The same
/// limit applies to a wait recorded before the clock was set back.
pub const LONGEST_WAIT_OF_ALL: SignedDuration = SignedDuration::from_mins(10);
/// Enough for the longest pause between tries; counting more would blame the item.
const TRIES_ON_A_DEAD_LINE: u32 = 7;

impl Store {
    /// Removes a delivered item, keeps which message answered or passed on which, and enqueues what follows from it.
    pub async fn delivered(&self, item: &OutboxItem, receipt: &Receipt, then: Vec<Outgoing>) -> Result<()> {
        let ticket = self.settle(&item.ids(), then, |trees, writes, _, now| {
            broadcasts::ended(trees, writes, [&item.outgoing], &Outcome::Sent)?;
            if let (Some(answers), Some(chat), Some(message)) = (
                item.outgoing.act.answers(),
                receipt.chat,
                receipt.messages.first(),
            ) {
                let record = AnswerRecord {
                    message: *message,
                    at: now,
                };
                writes.put(&trees.answers, &(chat, answers), &record)?;
            }
            links::stage(trees, writes, item, receipt, now)
        })?;
        self.durable(ticket).await
    }

    /// Makes an item wait, and with it everything behind it.
    pub async fn postponed(&self, id: OutboxId, until: Timestamp, why: Postponed) -> Result<()> {
        let ticket = self.stage_postponement(id, until, why)?;
        self.durable(ticket).await
    }

    /// What is to be passed on to this place cannot be read where it was written: what else waits for it goes first.
    pub fn hold_up(&self, to: To) {
        self.writer().queue.hold_up(to);
    }

    /// Gives an item up, and enqueues what follows from it.
    pub async fn dead_letter(
        &self,
        item: &OutboxItem,
        reason: DeadReason,
        then: Vec<Outgoing>,
    ) -> Result<()> {
        let ticket = self.settle(&item.ids(), then, |trees, writes, records, now| {
            let outgoing = records.iter().map(|(_, record)| &record.outgoing);
            broadcasts::ended(trees, writes, outgoing, &Outcome::Failed(String::new()))?;
            for (id, record) in records {
                if record.outgoing.voice == Voice::Farewell {
                    continue;
                }
                writes.put(
                    &trees.dead_letters,
                    &id,
                    &record.into_dead_letter(reason.clone(), now),
                )?;
            }
            Ok(())
        })?;
        self.durable(ticket).await
    }

    /// Until when Telegram last told us to send nothing at all.
    #[must_use]
    pub fn all_wait_until(&self) -> Option<Timestamp> {
        let latest = self.0.clock.now() + LONGEST_WAIT_OF_ALL;
        self.writer().meta.all_wait_until.map(|until| until.min(latest))
    }

    /// Gives up everything that waits for a person who cannot be reached, and remembers that they cannot. `then` says
    /// what follows from it. Returns how much it was: bulk sends leave no dead letter.
    pub async fn unreachable(
        &self,
        who: UserId,
        then: impl FnOnce(&[Outgoing]) -> Vec<Outgoing>,
    ) -> Result<GivenUp> {
        let (given_up, ticket) = self.stage_unreachable(who, then)?;
        self.durable(ticket).await?;
        Ok(given_up)
    }

    /// Removes items together with whatever `also` stages; if all of them are gone already, nothing changes.
    pub(super) fn settle(
        &self,
        ids: &[OutboxId],
        then: Vec<Outgoing>,
        also: impl FnOnce(&Trees, &mut Writes, Vec<(OutboxId, OutboxRecord)>, Timestamp) -> Result<()>,
    ) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let now = self.0.clock.now();
        let mut records = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(record) = trees.outbox.get(id)? {
                records.push((*id, record));
            }
        }
        if records.is_empty() {
            return Ok(self.0.committer.latest());
        }
        let gone: Vec<(OutboxId, To)> = records
            .iter()
            .map(|(id, record)| (*id, record.outgoing.to))
            .collect();
        let (mut writes, mut meta) = (Writes::default(), writer.meta.clone());
        for (id, _) in &gone {
            writes.remove(&trees.outbox, id);
        }
        also(trees, &mut writes, records, now)?;
        let staged = stage(trees, &mut meta, &mut writes, then, now)?;
        if !staged.is_empty() {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        for (id, to) in gone {
            writer.queue.remove(to, id);
        }
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }

    fn stage_postponement(&self, id: OutboxId, until: Timestamp, why: Postponed) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let Some(mut record) = trees.outbox.get(&id)? else {
            return Ok(self.0.committer.latest());
        };
        record.not_before = Some(until);
        match why {
            Postponed::AfterFailure { line_works: true, .. } => record.attempts += 1,
            Postponed::AfterFailure {
                line_works: false, ..
            } => {
                record.attempts = record
                    .attempts
                    .max((record.attempts + 1).min(TRIES_ON_A_DEAD_LINE));
            }
            Postponed::AsTold | Postponed::AllAsTold => {}
        }
        let mut writes = Writes::default();
        writes.put(&trees.outbox, &id, &record)?;
        let mut meta = writer.meta.clone();
        let unseen = matches!(why, Postponed::AfterFailure { unseen: true, .. });
        meta.unseen_results += u64::from(unseen);
        if why == Postponed::AllAsTold {
            let latest = self.0.clock.now() + LONGEST_WAIT_OF_ALL;
            meta.all_wait_until = meta
                .all_wait_until
                .max(Some(until))
                .map(|until| until.min(latest));
        }
        if unseen || why == Postponed::AllAsTold {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.queue.postpone(record.outgoing.to, id, until);
        Ok(ticket)
    }

    fn stage_unreachable(
        &self,
        who: UserId,
        then: impl FnOnce(&[Outgoing]) -> Vec<Outgoing>,
    ) -> Result<(GivenUp, Ticket)> {
        let trees = self.trees();
        let mut writer = self.writer();
        let now = self.0.clock.now();
        let (mut writes, mut meta) = (Writes::default(), writer.meta.clone());
        let ids = writer.queue.waiting_for(To::Person(who));
        let (mut lost, mut given_up) = (Vec::with_capacity(ids.len()), GivenUp::default());
        for id in &ids {
            let Some(record) = trees.outbox.get(id)? else {
                continue;
            };
            lost.push(record.outgoing.clone());
            writes.remove(&trees.outbox, id);
            if record.outgoing.voice == Voice::Farewell {
                continue;
            }
            if record.outgoing.priority.is_bulk() {
                given_up.dropped += 1;
            } else {
                let letter = record.into_dead_letter(DeadReason::Blocked, now);
                writes.put(&trees.dead_letters, id, &letter)?;
                given_up.letters += 1;
            }
        }
        broadcasts::ended(trees, &mut writes, &lost, &Outcome::Unreachable)?;
        given_up.of_broadcasts = lost.iter().filter_map(|one| one.act.broadcast()).count();
        if let Some(mut conversation) = trees.conversations.get(&who)? {
            conversation.reachable = false;
            writes.put(&trees.conversations, &who, &conversation)?;
        }
        let staged = stage(trees, &mut meta, &mut writes, then(&lost), now)?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.queue.clear(To::Person(who));
        writer.enqueue(&staged, ticket);
        Ok((given_up, ticket))
    }
}
