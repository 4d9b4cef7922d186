//! What happened to cases (without the person), for the figures; written by [`Store::commit_step`].

use jiff::{Timestamp, ToSpan, civil::Date};

use crate::{
    handover::Happening,
    outgoing::Outgoing,
    statistics::Movers,
    store::{
        Store,
        error::Result,
        key::{Key, Only},
        outbox,
        record::Record,
        tree::Writes,
        trees::{Meta, Trees},
    },
};

/// A happening's number; rises with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct HappeningId(u64);

impl Key for HappeningId {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Key::read(bytes).map(Self)
    }
}

impl Record for Happening {
    const WHAT: &'static str = "happening";
}

impl Store {
    /// What happened from that day on, newest first.
    pub async fn happened_since(&self, day: Date, limit: usize) -> Result<Vec<Happening>> {
        let newest = self.trees().happened.iter().rev().take(limit);
        let recent = newest.take_while(|found| found.as_ref().map_or(true, |(_, one)| one.on >= day));
        recent.map(|found| found.map(|(_, one)| one)).collect()
    }

    /// How many movers are new and how many active, by the moments that `within` accepts, and how many cannot be
    /// reached.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_movers(&self, within: impl Fn(Timestamp) -> bool) -> Result<Movers> {
        let mut movers = Movers::default();
        for found in self.trees().conversations.iter() {
            let conversation = found?.1;
            movers.new += usize::from(within(conversation.since));
            movers.active += usize::from(within(conversation.last_seen));
            movers.left += usize::from(!conversation.reachable);
        }
        Ok(movers)
    }

    /// The Monday of the week in which the figures of the week before were told last.
    #[must_use]
    pub fn told_figures(&self) -> Option<Date> {
        self.writer().meta.told_figures
    }

    /// Whether the figures were told in the week of this Monday.
    #[must_use]
    pub fn told_figures_of(&self, monday: Date) -> bool {
        was_told(self.told_figures(), monday)
    }

    /// Records that the figures were told in the week of this Monday, and enqueues them, if there are any. False if
    /// they had been told before.
    pub async fn tell_figures(&self, monday: Date, told: Option<Outgoing>) -> Result<bool> {
        let ticket = {
            let trees = self.trees();
            let mut writer = self.writer();
            if was_told(writer.meta.told_figures, monday) {
                return Ok(false);
            }
            let mut meta = Meta {
                told_figures: Some(monday),
                ..writer.meta.clone()
            };
            let mut writes = Writes::default();
            let outgoing = told.into_iter().collect();
            let staged = outbox::stage(trees, &mut meta, &mut writes, outgoing, self.0.clock.now())?;
            writes.put(&trees.meta, &Only, &meta)?;
            let ticket = self.apply(writes)?;
            writer.meta = meta;
            writer.enqueue(&staged, ticket);
            ticket
        };
        self.durable(ticket).await?;
        Ok(true)
    }
}

/// Whether they were told already; a week far ahead only shows that the clock was wrong.
fn was_told(last: Option<Date>, monday: Date) -> bool {
    let ahead = monday.saturating_add(1.week());
    last.is_some_and(|last| (monday..=ahead).contains(&last))
}

pub(super) fn stage(
    trees: &Trees,
    meta: &mut Meta,
    writes: &mut Writes,
    happened: &[Happening],
) -> Result<()> {
    for one in happened {
        writes.put(&trees.happened, &HappeningId(meta.next_number()), one)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        handover::Happened,
        store::{Step, fixtures::*},
    };

    #[tokio::test]
    async fn figures_are_told_once_a_week_also_by_the_next_process() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let monday = date(2026, 11, 23);
        let told = || Some(message(1, "figures"));
        assert!(store.tell_figures(monday, told()).await.unwrap());
        assert!(!store.tell_figures(monday, told()).await.unwrap());
        drop(store);
        let store = open(data.path());
        assert_eq!((store.depth(), store.told_figures()), (1, Some(monday)));
        assert!(!store.tell_figures(date(2026, 11, 16), told()).await.unwrap());
        assert!(store.tell_figures(date(2026, 11, 30), None).await.unwrap());
        assert!(store.tell_figures(date(2027, 12, 27), None).await.unwrap());
        assert!(
            !store.told_figures_of(date(2026, 12, 7)),
            "the clock was a year ahead"
        );
        assert_eq!(store.depth(), 1);
    }

    #[tokio::test]
    async fn what_happened_is_kept_with_its_step_and_read_from_a_day_on() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        for day in [1, 2, 3] {
            let one = Happening {
                on: date(2026, 2, day),
                what: Happened::Closed,
            };
            let step = Step {
                happened: vec![one],
                ..Step::default()
            };
            store.commit_step(step).await.unwrap();
        }
        let found = store.happened_since(date(2026, 2, 2), 9).await.unwrap();
        assert_eq!(found.iter().map(|one| one.on.day()).collect::<Vec<_>>(), [3, 2]);
    }
}
