//! What is in hand at this moment, recorded so that it outlives a killed process.
//!
//! Nobody can know whether a send was carried out if the process died meanwhile, but that it may have been is recorded:
//! its number is written to a small file before the request goes out, and erased once the result is stored. The same
//! goes for an update being handled, so that one that ends the process is known. Marks are written, not synced: that
//! costs a microsecond, and outlives the process (`kill -9`, a crash, out of memory), though not a power cut.
//!
//! Each process that finds marks begins a new *life*; marks of earlier lives no longer count.

use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    outgoing::UpdateId,
    store::{
        Store,
        error::{Result, StoreError},
        key::Only,
        outbox::OutboxId,
        tree::Writes,
    },
};

const NAME: &str = "under-way";
/// Divides every page size, so that no mark spans two pages.
const SLOT: usize = 32;
const SENDING: u8 = 1;
const HANDLING: u8 = 2;

/// Something in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hand {
    Sending(OutboxId),
    Handling(UpdateId),
}

/// The file of marks.
pub(super) struct UnderWay {
    file: File,
    path: PathBuf,
    slots: Mutex<Slots>,
}

struct Slots {
    free: Vec<u64>,
    next: u64,
    life: u64,
}

/// Says that something is in hand until [`Mark::ended`] is called. A mark that is only dropped stays: nobody knows
/// whether what was cut short has ended.
#[must_use]
pub struct Mark {
    under_way: Arc<UnderWay>,
    slot: u64,
}

impl UnderWay {
    /// Opens the file in sled's folder; also returns what the last life had in hand, without duplicates.
    pub(super) fn open(dir: &Path, life: u64) -> Result<(Self, Vec<Hand>)> {
        let path = dir.join(NAME);
        let failed = |doing, source| StoreError::File {
            doing,
            path: path.clone(),
            source,
        };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed("read", error)),
        };
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| failed("open", error))?;
        let mut left: Vec<Hand> = bytes
            .as_chunks::<SLOT>()
            .0
            .iter()
            .filter_map(|slot| read(slot, life))
            .collect();
        left.sort_unstable();
        left.dedup();
        let slots = Mutex::new(Slots {
            free: Vec::new(),
            next: 0,
            life,
        });
        Ok((Self { file, path, slots }, left))
    }

    fn mark(self: &Arc<Self>, hand: Hand) -> Result<Mark> {
        let (slot, life) = {
            let mut slots = self.slots();
            let fresh = slots.next;
            let slot = slots.free.pop().unwrap_or(fresh);
            slots.next = fresh.max(slot + 1);
            (slot, slots.life)
        };
        self.write(slot, &written(hand, life))?;
        Ok(Mark {
            under_way: Arc::clone(self),
            slot,
        })
    }

    fn write(&self, slot: u64, bytes: &[u8; SLOT]) -> Result<()> {
        let written = self.file.write_all_at(bytes, slot * SLOT as u64);
        written.map_err(|source| StoreError::File {
            doing: "write",
            path: self.path.clone(),
            source,
        })
    }

    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mark {
    /// What was in hand has ended, and its result is stored.
    pub fn ended(self) {
        // A mark too many only counts a seen send as unseen.
        match self.under_way.write(self.slot, &[0; SLOT]) {
            Ok(()) => self.under_way.slots().free.push(self.slot),
            Err(error) => tracing::warn!(%error, "the mark of what is under way stays"),
        }
    }
}

fn written(hand: Hand, life: u64) -> [u8; SLOT] {
    let (kind, number) = match hand {
        Hand::Sending(id) => (SENDING, id.0),
        Hand::Handling(id) => (HANDLING, id.0.into()),
    };
    let mut slot = [0; SLOT];
    slot[0] = kind;
    slot[8..16].copy_from_slice(&number.to_le_bytes());
    slot[16..24].copy_from_slice(&life.to_le_bytes());
    slot
}

/// What a slot says, if it belongs to this life.
fn read(slot: &[u8; SLOT], life: u64) -> Option<Hand> {
    let (_, rest) = slot.split_at(8);
    let (number, rest) = rest.split_first_chunk()?;
    let (of, _) = rest.split_first_chunk()?;
    if u64::from_le_bytes(*of) != life {
        return None;
    }
    let number = u64::from_le_bytes(*number);
    match slot[0] {
        SENDING => Some(Hand::Sending(OutboxId(number))),
        HANDLING => Some(Hand::Handling(UpdateId(number.try_into().ok()?))),
        _ => None,
    }
}

impl Store {
    /// An item is about to be sent. If this process dies before the mark has ended, the next start counts a send whose
    /// result was never seen.
    pub fn sending(&self, item: OutboxId) -> Result<Mark> {
        self.0.under_way.mark(Hand::Sending(item))
    }

    /// An update is about to be handled. If this process dies before the mark has ended, that counts as a failed try.
    pub fn handling(&self, update: UpdateId) -> Result<Mark> {
        self.0.under_way.mark(Hand::Handling(update))
    }

    /// How many sends there were, in all lives of this store, whose result was never seen.
    #[must_use]
    pub fn unseen_results(&self) -> u64 {
        self.writer().meta.unseen_results
    }

    /// How many of those the last process left when it died.
    #[must_use]
    pub fn left_unseen(&self) -> usize {
        self.0.left_unseen
    }

    /// How often handling an update has failed, in all lives of this store.
    #[must_use]
    pub fn failed_tries(&self, update: UpdateId) -> u8 {
        self.writer().failed.get(&update).copied().unwrap_or_default()
    }

    /// Handling an update has failed; returns how often by now.
    pub async fn handling_failed(&self, update: UpdateId) -> Result<u8> {
        let (tries, ticket) = {
            let trees = self.trees();
            let mut writer = self.writer();
            let Some(mut record) = trees.inbox.get(&update)? else {
                return Ok(0);
            };
            record.tries = record.tries.saturating_add(1);
            let mut writes = Writes::default();
            writes.put(&trees.inbox, &update, &record)?;
            let ticket = self.apply(writes)?;
            writer.failed.insert(update, record.tries);
            (record.tries, ticket)
        };
        self.durable(ticket).await?;
        Ok(tries)
    }

    /// Counts what the last process had in hand when it died, and begins a new life. If killed before that is on disk,
    /// the next start counts the same; if killed after, it counts nothing.
    pub(super) fn begin_life(&mut self, left: Vec<Hand>) -> Result<()> {
        if left.is_empty() {
            return Ok(());
        }
        let (mut unseen, mut writes) = (0, Writes::default());
        let trees = self.trees();
        let mut writer = self.writer();
        let mut meta = writer.meta.clone();
        meta.life += 1;
        for hand in left {
            match hand {
                Hand::Sending(id) => unseen += usize::from(trees.outbox.contains(&id)?),
                Hand::Handling(id) => {
                    if let Some(mut record) = trees.inbox.get(&id)? {
                        record.tries = record.tries.saturating_add(1);
                        writes.put(&trees.inbox, &id, &record)?;
                        writer.failed.insert(id, record.tries);
                    }
                }
            }
        }
        meta.unseen_results += unseen as u64;
        writes.put(&trees.meta, &Only, &meta)?;
        writes.apply()?;
        // Marks of the new life mean nothing before its number is on disk.
        self.0.db.flush()?;
        self.0.under_way.slots().life = meta.life;
        writer.meta = meta;
        drop(writer);
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.left_unseen = unseen;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        outgoing::UserId,
        store::{May, OutboxItem, Postponed, Receipt, Step, fixtures::*},
    };

    async fn first(store: &Store) -> OutboxItem {
        let found = store.deliverable(now(), 9, |_| May::Go).await.unwrap();
        found.items.into_iter().next().unwrap()
    }

    async fn with_messages(data: &Path) -> Store {
        let store = open(data);
        let step = Step {
            outgoing: vec![message(1, "a"), message(1, "b")],
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
        store
    }

    #[tokio::test]
    async fn a_send_that_was_under_way_is_counted_once_over_all_lives() {
        let data = tempfile::tempdir().unwrap();
        let store = with_messages(data.path()).await;
        let item = first(&store).await;
        let _cut_short = store.sending(item.id).unwrap();
        drop(store);
        let store = open(data.path());
        assert_eq!((store.left_unseen(), store.unseen_results()), (1, 1));
        drop(store);
        let store = open(data.path());
        assert_eq!((store.left_unseen(), store.unseen_results()), (0, 1));
        let mark = store.sending(item.id).unwrap();
        let why = Postponed::AfterFailure {
            unseen: true,
            line_works: false,
        };
        store.postponed(item.id, now(), why).await.unwrap();
        mark.ended();
        assert_eq!(store.unseen_results(), 2);
        drop(store);
        assert_eq!(open(data.path()).unseen_results(), 2);
    }

    #[tokio::test]
    async fn a_send_whose_result_is_kept_is_not_counted_even_if_its_mark_stays() {
        let data = tempfile::tempdir().unwrap();
        let store = with_messages(data.path()).await;
        let item = first(&store).await;
        let _cut_short = store.sending(item.id).unwrap();
        store
            .delivered(&item, &Receipt::default(), Vec::new())
            .await
            .unwrap();
        drop(store);
        assert_eq!(open(data.path()).unseen_results(), 0);
    }

    #[tokio::test]
    async fn marks_of_a_life_before_the_last_count_no_more() {
        let data = tempfile::tempdir().unwrap();
        let store = with_messages(data.path()).await;
        let _cut_short: Vec<Mark> = (0..40).map(|n| store.sending(OutboxId(n)).unwrap()).collect();
        drop(store);
        assert_eq!(open(data.path()).left_unseen(), 2, "the others are in no outbox");
        let store = open(data.path());
        store.sending(OutboxId(1)).unwrap().ended();
        assert!(store.conversation(UserId(1)).await.unwrap().is_none());
        drop(store);
        assert_eq!(open(data.path()).left_unseen(), 0);
    }

    #[tokio::test]
    async fn an_update_that_ends_the_process_is_known_by_its_tries() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept(vec![update(1), update(2)]).await.unwrap();
        drop(store);
        for tries in 0..3 {
            let store = open(data.path());
            assert_eq!(
                (store.failed_tries(UpdateId(1)), store.failed_tries(UpdateId(2))),
                (tries, 0)
            );
            store.handling(UpdateId(2)).unwrap().ended();
            let _cut_short = store.handling(UpdateId(1)).unwrap();
        }
        let store = open(data.path());
        assert_eq!(store.handling_failed(UpdateId(1)).await.unwrap(), 4);
        drop(store);
        assert_eq!(open(data.path()).failed_tries(UpdateId(1)), 4);
    }

    #[test]
    fn what_is_no_mark_is_passed_over() {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join(NAME), [7; 3 * SLOT + 5]).unwrap();
        let (_, left) = UnderWay::open(data.path(), 0x0707_0707_0707_0707).unwrap();
        assert!(left.is_empty());
        let hand = Hand::Handling(UpdateId(u32::MAX));
        assert_eq!(read(&written(hand, 9), 9), Some(hand));
        assert_eq!(read(&written(hand, 9), 8), None);
    }
}
