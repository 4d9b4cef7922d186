//! Who wants to hear of which events, and what they were reminded of.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    events::EventId,
    outgoing::{Outgoing, UserId},
    reminders::{ReminderId, Subscriber},
    store::{
        Store,
        commit::Ticket,
        error::Result,
        key::{Key, Only, read_name, write_name},
        outbox,
        record::Record,
        tree::Writes,
        trees::Meta,
    },
};

/// A reminder that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueReminder {
    pub id: ReminderId,
    /// When the event begins; if it was moved, its reminders are due again.
    pub starts: Timestamp,
    pub outgoing: Outgoing,
}

/// A reminder was decided.
#[derive(Serialize, Deserialize)]
pub(super) struct Reminded {
    pub(super) starts: Timestamp,
    pub(super) at: Timestamp,
}

/// A decision dated further ahead than this came from a wrong clock.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

impl Reminded {
    fn holds(&self, starts: Timestamp, now: Timestamp) -> bool {
        self.starts == starts && self.at <= now + AHEAD
    }
}

impl Key for ReminderId {
    fn write(&self, out: &mut Vec<u8>) {
        write_name(&self.what.to_string(), out);
        self.mover.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let what = read_name(bytes)?.parse().ok()?;
        let mover = Key::read(bytes)?;
        Some(Self { what, mover })
    }
}

impl Record for Subscriber {
    const WHAT: &'static str = "subscriber";
    /// Since 2 with the moment of the last choice.
    const VERSION: u8 = 2;
}

impl Record for Reminded {
    const WHAT: &'static str = "mark of a reminder";
}

impl Store {
    /// What the mover chose to hear of, if they ever chose anything.
    pub async fn subscriber(&self, mover: UserId) -> Result<Option<Subscriber>> {
        self.trees().subscribers.get(&mover)
    }

    /// Up to `limit` subscribers after the given one, by their numbers.
    pub async fn subscribers(&self, after: Option<UserId>, limit: usize) -> Result<Vec<Subscriber>> {
        let all = self.trees().subscribers.from(&after.unwrap_or(UserId(i64::MIN)));
        let later = all
            .map(|found| found.map(|(_, subscriber)| subscriber))
            .filter(|found| found.as_ref().map_or(true, |one| Some(one.mover) != after));
        later.take(limit).collect()
    }

    /// Removes events that are long past from what people follow. Returns for how many people.
    pub async fn forget_past_events(&self, is_past: impl Fn(&EventId) -> bool) -> Result<usize> {
        let (count, ticket) = {
            let trees = self.trees();
            let _writer = self.writer();
            let mut writes = Writes::default();
            let mut count = 0;
            for found in trees.subscribers.iter() {
                let (mover, mut subscriber) = found?;
                let before = subscriber.clone();
                subscriber.forget_past(&is_past);
                if subscriber != before {
                    writes.put(&trees.subscribers, &mover, &subscriber)?;
                    count += 1;
                }
            }
            (count, self.apply(writes)?)
        };
        self.durable(ticket).await?;
        Ok(count)
    }

    /// How many subscribers `wanted` holds for.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_subscribers(&self, wanted: impl Fn(&Subscriber) -> bool) -> Result<usize> {
        let mut count = 0;
        for found in self.trees().subscribers.iter() {
            count += usize::from(wanted(&found?.1));
        }
        Ok(count)
    }

    /// Every reminder due up to then is decided; `None` before the first time.
    #[must_use]
    pub fn reminded_until(&self) -> Option<Timestamp> {
        self.writer().meta.reminded_until
    }

    /// Records up to when reminders are decided.
    pub async fn keep_reminded_until(&self, until: Timestamp) -> Result<()> {
        let ticket = {
            let trees = self.trees();
            let mut writer = self.writer();
            let meta = Meta {
                reminded_until: Some(until),
                ..writer.meta.clone()
            };
            let mut writes = Writes::default();
            writes.put(&trees.meta, &Only, &meta)?;
            let ticket = self.apply(writes)?;
            writer.meta = meta;
            ticket
        };
        self.durable(ticket).await
    }

    /// Enqueues reminders, each at most once. Returns how many were new.
    pub async fn remind(&self, due: Vec<DueReminder>) -> Result<usize> {
        let (count, ticket) = self.stage_reminders(due)?;
        self.durable(ticket).await?;
        Ok(count)
    }

    fn stage_reminders(&self, due: Vec<DueReminder>) -> Result<(usize, Ticket)> {
        let trees = self.trees();
        let mut writer = self.writer();
        let now = self.0.clock.now();
        let mut writes = Writes::default();
        let mut outgoing = Vec::with_capacity(due.len());
        for reminder in due {
            // Whoever was forgotten since they were read is told nothing.
            if !trees.subscribers.contains(&reminder.id.mover)? {
                continue;
            }
            let known = trees.reminded.get(&reminder.id)?;
            if known.is_some_and(|known| known.holds(reminder.starts, now)) {
                continue;
            }
            let mark = Reminded {
                starts: reminder.starts,
                at: now,
            };
            writes.put(&trees.reminded, &reminder.id, &mark)?;
            outgoing.push(reminder.outgoing);
        }
        if outgoing.is_empty() {
            return Ok((0, self.0.committer.latest()));
        }
        let mut meta = writer.meta.clone();
        let count = outgoing.len();
        let staged = outbox::stage(trees, &mut meta, &mut writes, outgoing, now)?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.reminded += 1;
        writer.enqueue(&staged, ticket);
        Ok((count, ticket))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::EventId,
        reminders::{Lead, Told},
        store::{Step, fixtures::*},
    };

    fn reminder(mover: i64, lead: Lead, starts: &str) -> DueReminder {
        DueReminder {
            id: ReminderId {
                what: Told::Event {
                    event: EventId::of_staff(1),
                    lead,
                },
                mover: UserId(mover),
            },
            starts: starts.parse().unwrap(),
            outgoing: message(mover, "tomorrow"),
        }
    }

    #[tokio::test]
    async fn a_reminder_is_enqueued_once_and_again_only_for_another_time() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let known = Step {
            subscriber: Some(Subscriber::new(UserId(1))),
            ..Step::default()
        };
        store.commit_step(known).await.unwrap();
        let first = "2027-02-14T00:30:00Z";
        let both = vec![reminder(1, Lead::DAY, first), reminder(1, Lead::WEEK, first)];
        assert_eq!(store.remind(both.clone()).await.unwrap(), 2);
        assert_eq!(store.remind(both.clone()).await.unwrap(), 0);
        drop(store);

        let store = open(data.path());
        assert_eq!(store.remind(both).await.unwrap(), 0, "also after a restart");
        let moved = vec![reminder(1, Lead::DAY, "2027-02-21T00:30:00Z")];
        assert_eq!(store.remind(moved).await.unwrap(), 1);
        assert_eq!(store.depth(), 3);
    }

    #[tokio::test]
    async fn subscribers_are_read_in_pages() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        for mover in [3, 1, 2] {
            let step = Step {
                subscriber: Some(Subscriber::new(UserId(mover))),
                ..Step::default()
            };
            store.commit_step(step).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = store.subscribers(after, 2).await.unwrap();
            seen.extend(page.iter().map(|one| one.mover.0));
            match page.last() {
                Some(last) => after = Some(last.mover),
                None => break,
            }
        }
        assert_eq!(seen, [1, 2, 3]);
    }
}
