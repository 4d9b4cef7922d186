//! Everything that must survive: updates, conversations, the outbox, notes, revisions of the knowledge.
//!
//! [`Store`] speaks the domain's language: each method is one transaction, durable when it returns. The engine (sled)
//! is not visible outside this room. Writes go through one lock, held for microseconds and never over an await; reads
//! are free.

mod backup;
mod broadcasts;
mod calendar;
mod cases;
mod check;
mod commit;
mod conversations;
mod delivery;
mod disk;
mod error;
mod forgetting;
mod happened;
mod idle;
mod index;
mod joining;
mod key;
mod learning;
mod left_behind;
mod letters;
mod lines;
mod links;
mod measured;
mod notes;
mod open;
mod outbox;
mod personal;
mod private;
mod queue;
mod record;
mod reloads;
mod revisions;
mod sign_ups;
mod staff;
mod steps;
mod subscribers;
mod sweep;
mod topics;
mod tree;
mod trees;
mod under_way;
mod updates;
mod upkeep;
mod vectors;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod versions;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use backup::restore;
pub use calendar::{Announcement, EventChange};
pub use check::{Examination, Fault};
pub use delivery::LONGEST_WAIT_OF_ALL;
pub use disk::Disk;
pub use error::StoreError;
pub use forgetting::{Forgetting, Reading};
pub use idle::SweptPeople;
pub use learning::{DraftId, WantedId};
pub use links::Bundle;
pub use notes::NoteId;
pub use outbox::{DeadLetter, DeadReason, Deliverable, GivenUp, OutboxId, OutboxItem, Postponed, Receipt};
pub use private::create_private;
pub use queue::{Head, May};
pub use reloads::{ReloadId, ReloadWhat, ReloadWish};
pub use revisions::RevisionSummary;
pub use staff::Colleague;
pub use steps::{Committed, Step};
pub use subscribers::DueReminder;
pub use sweep::{Ages, Swept};
pub use topics::{Card, DeskTrouble, Topic};
pub use under_way::Mark;
pub use updates::{Quarantined, RawUpdate};
pub use vectors::{Vector, VectorId};

use crate::{
    clock::Clock,
    crashpoints::Crashpoints,
    metrics::Metrics,
    outgoing::UpdateId,
    store::{
        commit::{Committer, Ticket},
        disk::Files,
        error::Result,
        open::Lock,
        queue::Queue,
        tree::Writes,
        trees::{Meta, Trees},
        under_way::UnderWay,
    },
};

/// The open store; clones share it. It is closed when the last clone is dropped.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

/// Fields are dropped in this order: the lock goes last.
struct Inner {
    writer: Mutex<Writer>,
    trees: Trees,
    committer: Committer,
    clock: Clock,
    metrics: Metrics,
    data: PathBuf,
    under_way: Arc<UnderWay>,
    /// Sends the last process left behind when it died.
    left_unseen: usize,
    crashpoints: Crashpoints,
    db: sled::Db,
    _lock: Lock,
}

/// What only one writer at a time may touch.
struct Writer {
    meta: Meta,
    queue: Queue,
    /// How often somebody was forgotten since the store was opened; nothing read before may be used after.
    forgotten: u64,
    /// How often reminders were decided since then.
    reminded: u64,
    /// Waiting updates whose handling has failed before, with how often.
    failed: HashMap<UpdateId, u8>,
}

impl Store {
    /// Opens the store in a data folder, creating it if there is none.
    ///
    /// # Errors
    /// When another process holds it, it is damaged, or was written by a newer program.
    pub fn open(data: &Path, clock: Clock) -> std::result::Result<Self, StoreError> {
        Self::open_with(data, clock, Crashpoints::default())
    }

    /// The same, with places where a test may have the process die.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(
        data: &Path,
        clock: Clock,
        crashpoints: Crashpoints,
    ) -> std::result::Result<Self, StoreError> {
        Self::open_on(Disk::default(), data, clock, crashpoints)
    }

    /// The same on a given disk.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_on(
        disk: Disk,
        data: &Path,
        clock: Clock,
        crashpoints: Crashpoints,
    ) -> std::result::Result<Self, StoreError> {
        let open::Opened { db, dir, lock } = open::open(data)?;
        let trees = Trees::open(&db)?;
        let writer = Writer {
            meta: trees.meta.get(&key::Only)?.unwrap_or_default(),
            queue: outbox::queue_of(&trees)?,
            forgotten: 0,
            reminded: 0,
            failed: updates::failed_before(&trees)?,
        };
        let metrics = Metrics::default();
        let files = Files::open(&dir, disk)?;
        let (under_way, left) = UnderWay::open(&dir, writer.meta.life)?;
        let mut store = Self(Arc::new(Inner {
            writer: Mutex::new(writer),
            trees,
            committer: Committer::start(db.clone(), files, metrics.clone(), crashpoints.clone())?,
            clock,
            metrics,
            data: data.to_owned(),
            under_way: Arc::new(under_way),
            left_unseen: 0,
            crashpoints,
            db,
            _lock: lock,
        }));
        store.begin_life(left)?;
        Ok(store)
    }

    /// Where a test may have the process die; nowhere in the bot that people use.
    #[must_use]
    pub fn crashpoints(&self) -> &Crashpoints {
        &self.0.crashpoints
    }

    /// The folder it lies in.
    #[must_use]
    pub fn data_folder(&self) -> &Path {
        &self.0.data
    }

    /// The metrics, shared by everybody who has this store.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Whether a data folder holds a store.
    #[must_use]
    pub fn exists(data: &Path) -> bool {
        open::database_dir(data).exists()
    }

    /// Resolves when the disk has failed; the process should stop then, since nothing more can be promised.
    pub async fn failure(&self) -> StoreError {
        self.0.committer.failure().await
    }

    fn trees(&self) -> &Trees {
        &self.0.trees
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.0.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies staged changes; the caller holds the writer lock. Even if there is nothing to change, the caller waits
    /// for what earlier writers changed.
    fn apply(&self, writes: Writes) -> Result<Ticket> {
        if writes.is_empty() {
            return Ok(self.0.committer.latest());
        }
        writes.apply()?;
        Ok(self.0.committer.ticket())
    }

    async fn durable(&self, ticket: Ticket) -> Result<()> {
        self.0.committer.durable(ticket).await
    }
}
