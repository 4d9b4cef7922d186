//! Removes what is no longer needed: old marks of handled updates, links to old answers, old notes.

use jiff::Timestamp;

use crate::{
    clock::in_city,
    store::{
        Store,
        error::Result,
        key::Key,
        record::Record,
        tree::{Tree, Writes},
    },
};

/// At most this many records are removed in one transaction, so that nobody waits long for the writer lock.
const BATCH: usize = 2000;

/// What is older than this is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ages {
    pub handled: Timestamp,
    pub answers: Timestamp,
    pub links: Timestamp,
    pub reminded: Timestamp,
    pub notes: Timestamp,
    pub dead_letters: Timestamp,
    pub quarantine: Timestamp,
    /// Movers not seen since.
    pub conversations: Timestamp,
    /// Cases closed before.
    pub cases: Timestamp,
}

/// How much was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub handled: usize,
    pub answers: usize,
    pub links: usize,
    pub notes: usize,
    /// What could not be delivered or handled.
    pub troubles: usize,
}

impl Swept {
    /// Whether there may be more to sweep.
    #[must_use]
    pub fn full(self) -> bool {
        [self.handled, self.answers, self.links, self.notes, self.troubles]
            .iter()
            .any(|swept| *swept >= BATCH)
    }
}

impl Store {
    /// Removes a batch of what is older than `ages`. The search for it does not block writers.
    pub async fn sweep(&self, ages: Ages) -> Result<Swept> {
        let trees = self.trees();
        let mut writes = Writes::default();
        let swept = Swept {
            handled: stage(&trees.handled, &mut writes, |mark| mark.at < ages.handled)?,
            answers: stage(&trees.answers, &mut writes, |link| link.at < ages.answers)?
                + stage(&trees.bundles, &mut writes, |bundle| bundle.at < ages.answers)?,
            links: stage(&trees.links, &mut writes, |link| link.at < ages.links)?
                + stage(&trees.reminded, &mut writes, |mark| mark.at < ages.reminded)?,
            notes: stage_oldest(&trees.notes, &mut writes, |note| note.at() < ages.notes)?
                + stage_oldest(&trees.happened, &mut writes, |one| {
                    one.on < in_city(ages.notes).date()
                })?
                + stage(&trees.wanted, &mut writes, |wanted| wanted.at < ages.notes)?
                + stage(&trees.drafts, &mut writes, |draft| draft.at < ages.notes)?,
            troubles: stage(&trees.dead_letters, &mut writes, |letter| {
                letter.at < ages.dead_letters
            })? + stage(&trees.quarantine, &mut writes, |aside| aside.at < ages.quarantine)?,
        };
        let ticket = {
            let _writer = self.writer();
            self.apply(writes)?
        };
        self.durable(ticket).await?;
        Ok(swept)
    }
}

fn stage<K: Key, V: Record>(
    tree: &Tree<K, V>,
    writes: &mut Writes,
    old: impl Fn(&V) -> bool,
) -> Result<usize> {
    let mut count = 0;
    for found in tree.iter() {
        let (key, value) = found?;
        if old(&value) {
            writes.remove(tree, &key);
            count += 1;
        }
        if count == BATCH {
            break;
        }
    }
    Ok(count)
}

/// The same for a tree whose keys rise with time: the search ends at the first young record.
fn stage_oldest<K: Key, V: Record>(
    tree: &Tree<K, V>,
    writes: &mut Writes,
    old: impl Fn(&V) -> bool,
) -> Result<usize> {
    let mut count = 0;
    for found in tree.iter().take(BATCH) {
        let (key, value) = found?;
        if !old(&value) {
            break;
        }
        writes.remove(tree, &key);
        count += 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::{
        outgoing::UpdateId,
        store::{Step, fixtures::*},
    };

    #[tokio::test]
    async fn only_the_old_goes() {
        let data = tempfile::tempdir().unwrap();
        let clock = crate::clock::Clock::standing_at(now());
        let store = Store::open(data.path(), clock.clone()).unwrap();
        let step = |id| Step {
            notes: vec![asked("old")],
            ..Step::handling(UpdateId(id))
        };
        store.commit_step(step(1)).await.unwrap();
        clock.advance(SignedDuration::from_hours(72));
        store.commit_step(step(2)).await.unwrap();
        let before = clock.now() - SignedDuration::from_hours(48);
        let ages = Ages {
            handled: before,
            answers: before,
            links: before,
            reminded: before,
            notes: now(),
            dead_letters: before,
            quarantine: before,
            conversations: before,
            cases: before,
        };
        let swept = store.sweep(ages).await.unwrap();
        assert_eq!((swept.handled, swept.notes, swept.full()), (1, 0, false));
        assert_eq!(store.accept(vec![update(1), update(2)]).await.unwrap(), 1);
    }
}
