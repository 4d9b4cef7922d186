//! Makes writes durable, many at a time.
//!
//! One thread flushes; everybody who wrote meanwhile shares its next round. sled's own flush does not get past the
//! disk's cache (it uses `sync_file_range`), so the file is synced as well. A disk that failed once is never trusted
//! again: from then on every waiter gets the error, and the process should stop.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread::JoinHandle,
};

use tokio::sync::watch;

use crate::{
    clock::Stopwatch,
    crashpoints::{Boundary, Crashpoints},
    metrics::{Metrics, Spread},
    store::{
        disk::{self, Files},
        error::{Result, StoreError},
    },
};

/// The number of a write; a later write has a higher one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket(u64);

impl Ticket {
    /// Durable since the store was opened.
    pub(super) const OLD: Self = Self(0);

    /// The ticket of some write.
    #[cfg(test)]
    pub(super) fn for_test(number: u64) -> Self {
        Self(number)
    }
}

#[derive(Debug, Clone)]
struct Progress {
    durable: Ticket,
    failure: Option<Failure>,
}

/// Why nothing becomes durable any more.
#[derive(Debug, Clone)]
enum Failure {
    /// It could not be written.
    Write(Arc<str>),
    /// It was written, and the disk did not take it.
    Sync(Arc<str>),
}

impl Failure {
    fn error(&self) -> StoreError {
        match self {
            Self::Write(why) => StoreError::Disk(why.to_string()),
            Self::Sync(why) => StoreError::Sync(why.to_string()),
        }
    }
}

/// The flushing thread, and its progress.
pub(super) struct Committer {
    written: Arc<AtomicU64>,
    wake: Option<mpsc::SyncSender<()>>,
    progress: watch::Receiver<Progress>,
    thread: Option<JoinHandle<()>>,
}

impl Committer {
    pub(super) fn start(
        db: sled::Db,
        mut files: Files,
        metrics: Metrics,
        crashpoints: Crashpoints,
    ) -> Result<Self> {
        let written = Arc::new(AtomicU64::new(Ticket::OLD.0));
        let (wake, woken) = mpsc::sync_channel(1);
        let (report, progress) = watch::channel(Progress {
            durable: Ticket::OLD,
            failure: None,
        });
        let counter = Arc::clone(&written);
        let thread = std::thread::Builder::new()
            .name("store-commit".to_owned())
            .spawn(move || {
                flush_rounds(&woken, &counter, &report, || {
                    crashpoints.reach_on_thread(Boundary::Applied);
                    let watch = Stopwatch::start();
                    let flushed = flush(&db, &mut files);
                    metrics.took(Spread::Flush, watch.elapsed());
                    flushed?;
                    crashpoints.reach_on_thread(Boundary::Flushed);
                    Ok(())
                });
            })
            .map_err(|error| StoreError::Disk(error.to_string()))?;
        Ok(Self {
            written,
            wake: Some(wake),
            progress,
            thread: Some(thread),
        })
    }

    /// Numbers a write that was just applied (under the writer lock), and wakes the flushing thread.
    pub(super) fn ticket(&self) -> Ticket {
        let ticket = Ticket(self.written.fetch_add(1, Ordering::SeqCst) + 1);
        if let Some(wake) = &self.wake {
            // A full channel means that a round that will include this write is already due.
            let _full_or_ended = wake.try_send(());
        }
        ticket
    }

    /// The last write, durable or not.
    pub(super) fn latest(&self) -> Ticket {
        Ticket(self.written.load(Ordering::SeqCst))
    }

    /// The last write that is durable.
    pub(super) fn durable_through(&self) -> Ticket {
        self.progress.borrow().durable
    }

    /// Waits until the write is durable.
    pub(super) async fn durable(&self, ticket: Ticket) -> Result<()> {
        let mut progress = self.progress.clone();
        let reached = progress
            .wait_for(|now| now.failure.is_some() || now.durable >= ticket)
            .await
            .map_err(|_| StoreError::Disk("the flushing thread ended".to_owned()))?;
        match &reached.failure {
            Some(failure) if reached.durable < ticket => Err(failure.error()),
            _ => Ok(()),
        }
    }

    /// Resolves when the disk failed.
    pub(super) async fn failure(&self) -> StoreError {
        let mut progress = self.progress.clone();
        let failed = progress.wait_for(|now| now.failure.is_some()).await;
        let failure = failed.ok().and_then(|now| now.failure.clone());
        let ended = || StoreError::Disk("the flushing thread ended".to_owned());
        failure.map_or_else(ended, |failure| failure.error())
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        drop(self.wake.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's flushing thread panicked");
        }
    }
}

fn flush_rounds(
    woken: &mpsc::Receiver<()>,
    written: &AtomicU64,
    report: &watch::Sender<Progress>,
    mut flush: impl FnMut() -> std::result::Result<(), Failure>,
) {
    while woken.recv().is_ok() {
        let through = Ticket(written.load(Ordering::SeqCst));
        if report.borrow().failure.is_some() || report.borrow().durable >= through {
            continue;
        }
        match flush() {
            Ok(()) => report.send_modify(|progress| progress.durable = through),
            Err(failure) => report.send_modify(|progress| progress.failure = Some(failure)),
        }
    }
}

fn flush(db: &sled::Db, files: &mut Files) -> std::result::Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Arc::from(error.to_string());
    db.flush().map_err(|error| match &error {
        // This flush mostly asks the disk as well.
        sled::Error::Io(io) if !disk::is_room(io.kind()) => {
            files.distrust();
            Failure::Sync(failed(&error))
        }
        _ => Failure::Write(failed(&error)),
    })?;
    files.sync().map_err(|error| Failure::Sync(failed(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A committer whose disk gives the answers of `flush`.
    fn committer(flush: impl FnMut() -> std::result::Result<(), Failure> + Send + 'static) -> Committer {
        let written = Arc::new(AtomicU64::new(0));
        let (wake, woken) = mpsc::sync_channel(1);
        let (report, progress) = watch::channel(Progress {
            durable: Ticket::OLD,
            failure: None,
        });
        let counter = Arc::clone(&written);
        let thread = std::thread::spawn(move || flush_rounds(&woken, &counter, &report, flush));
        Committer {
            written,
            wake: Some(wake),
            progress,
            thread: Some(thread),
        }
    }

    #[tokio::test]
    async fn writers_share_rounds() {
        let rounds = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&rounds);
        let (go, gate) = mpsc::channel::<()>();
        let committer = committer(move || {
            let _ended = gate.recv();
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
        let tickets: Vec<Ticket> = (0..50).map(|_| committer.ticket()).collect();
        drop(go);
        for ticket in tickets {
            committer.durable(ticket).await.unwrap();
        }
        assert!(rounds.load(Ordering::SeqCst) <= 2, "{rounds:?}");
    }

    #[tokio::test]
    async fn a_failed_disk_reaches_every_waiter_from_then_on() {
        let committer = committer(|| Err(Failure::Write("no space left".into())));
        let (first, second) = (committer.ticket(), committer.ticket());
        let (a, b) = tokio::join!(committer.durable(first), committer.durable(second));
        for result in [a, b, committer.durable(committer.ticket()).await] {
            assert!(matches!(result, Err(StoreError::Disk(why)) if why == "no space left"));
        }
        assert!(committer.failure().await.to_string().contains("no space left"));
    }
}
