//! What upkeep remembers: when it last swept, what the clock did, and what owners were told about it.

use jiff::{Timestamp, civil::Date};

use crate::{
    outgoing::Outgoing,
    store::{Store, commit::Ticket, error::Result, key::Only, outbox, tree::Writes, trees::Meta},
};

impl Store {
    /// The time the last sweep began; `None` before the first.
    #[must_use]
    pub fn swept(&self) -> Option<Timestamp> {
        self.writer().meta.swept
    }

    /// The time at which a leap of the clock was first noticed, if it is not believed yet.
    #[must_use]
    pub fn clock_leapt(&self) -> Option<Timestamp> {
        self.writer().meta.clock_leapt
    }

    /// Records that a sweep begins, with a clock that is believed.
    pub async fn keep_swept(&self, now: Timestamp) -> Result<()> {
        let ticket = self.stage_meta(Vec::new(), |meta| {
            meta.swept = Some(now);
            meta.clock_leapt = None;
        })?;
        self.durable(ticket).await
    }

    /// Records that the clock has leapt, and enqueues what is told about it.
    pub async fn keep_clock_leapt(&self, now: Timestamp, told: Vec<Outgoing>) -> Result<()> {
        let ticket = self.stage_meta(told, |meta| meta.clock_leapt = Some(now))?;
        self.durable(ticket).await
    }

    /// The day on which the owners were last told of what could not be delivered or handled.
    #[must_use]
    pub fn told_left_over(&self) -> Option<Date> {
        self.writer().meta.told_left_over
    }

    /// Records that the owners are told on this day, and enqueues what they are told, if anything.
    pub async fn tell_left_over(&self, day: Date, told: Vec<Outgoing>) -> Result<()> {
        let ticket = self.stage_meta(told, |meta| meta.told_left_over = Some(day))?;
        self.durable(ticket).await
    }

    fn stage_meta(&self, told: Vec<Outgoing>, change: impl FnOnce(&mut Meta)) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let (mut writes, mut meta) = (Writes::default(), writer.meta.clone());
        change(&mut meta);
        let staged = outbox::stage(trees, &mut meta, &mut writes, told, self.0.clock.now())?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }
}
