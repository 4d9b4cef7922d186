//! What every part of the running bot shares.
//!
//! [`App`] is a cheap clone. The parts do not call each other: they leave work in the store and wake whoever does it
//! ([`Wakeup`]). So the bot is idle exactly when nothing waits in the store and every loop has seen that.

mod broadcasts;
mod calendar;
mod desk;
pub mod fault;
mod knowledge;
pub mod logged;
mod pause;
mod second_look;
mod statistics;
mod wakeup;

use std::{
    path::PathBuf,
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::Timestamp;
use tokio::sync::watch;

pub use calendar::change;
pub use knowledge::{Knowledge, KnowledgeError};
pub use pause::pause_until;
pub use second_look::Order;
pub use statistics::Counted;
pub use wakeup::{Round, Wakeup};

use self::second_look::SecondLook;
use crate::{
    clock::Clock,
    config::{Desk, Embeddings},
    conversation::{Keeping, Retention},
    events::Calendar,
    metrics::{Count, Gauge, Metrics},
    phrases::Phrases,
    store::Store,
};

/// The context of everything that runs.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    store: Store,
    clock: Clock,
    phrases: Phrases,
    desk: Desk,
    knowledge_folder: PathBuf,
    knowledge: RwLock<Arc<Knowledge>>,
    handling: Wakeup,
    delivery: Wakeup,
    /// Wakes what watches the time of cases.
    desk_watch: Wakeup,
    /// Wakes what asks again what movers wait for.
    wanted: Wakeup,
    /// Wakes what reminds of events.
    reminding: Wakeup,
    /// Wakes what tells many what staff wrote.
    broadcasting: Wakeup,
    /// Wakes what tells staff the figures of the week, and owners what is left over.
    figures_and_left_over: Wakeup,
    /// Wakes what takes the knowledge anew.
    reloading: Wakeup,
    calendar: RwLock<Calendar>,
    desk_retry: AtomicBool,
    /// What is known to trouble the concierge group is kept in the store; whether anything does is looked at often.
    desk_troubled: AtomicBool,
    bot_name: OnceLock<String>,
    ready: AtomicBool,
    stopping: watch::Sender<bool>,
    second_look: Option<SecondLook>,
    retention: Retention,
}

/// What an [`App`] is made of.
pub struct Parts {
    pub store: Store,
    pub clock: Clock,
    pub phrases: Phrases,
    pub desk: Desk,
    pub knowledge: Arc<Knowledge>,
    pub knowledge_folder: PathBuf,
    /// Who looks a second time at choices; nobody by default.
    pub embeddings: Option<Embeddings>,
    /// For how long what is kept.
    pub retention: Retention,
}

impl App {
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let troubled = parts.store.desk_trouble().is_some();
        let started = usize::try_from(Clock::system().now().as_second()).unwrap_or_default();
        parts.store.metrics().set(Gauge::ProcessStart, started);
        // Counted on over restarts, from the first look at it.
        let unseen = usize::try_from(parts.store.unseen_results()).unwrap_or(usize::MAX);
        parts.store.metrics().add(Count::UnseenResult, unseen);
        Self(Arc::new(Shared {
            store: parts.store,
            clock: parts.clock,
            phrases: parts.phrases,
            desk: parts.desk,
            knowledge_folder: parts.knowledge_folder,
            knowledge: RwLock::new(parts.knowledge),
            handling: Wakeup::new(),
            delivery: Wakeup::new(),
            desk_watch: Wakeup::new(),
            wanted: Wakeup::new(),
            reminding: Wakeup::new(),
            broadcasting: Wakeup::new(),
            figures_and_left_over: Wakeup::new(),
            reloading: Wakeup::new(),
            calendar: RwLock::new(Calendar::default()),
            desk_retry: AtomicBool::new(false),
            desk_troubled: AtomicBool::new(troubled),
            bot_name: OnceLock::new(),
            ready: AtomicBool::new(false),
            stopping: watch::Sender::new(false),
            second_look: parts.embeddings.map(SecondLook::new),
            retention: parts.retention,
        }))
    }

    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    #[must_use]
    pub fn phrases(&self) -> &Phrases {
        &self.0.phrases
    }

    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.0.desk
    }

    /// For how long what is kept, and who else sees questions.
    #[must_use]
    pub fn keeping(&self) -> Keeping {
        Keeping {
            retention: self.0.retention,
            second_look: self.0.second_look.is_some(),
        }
    }

    fn second_look(&self) -> Option<&SecondLook> {
        self.0.second_look.as_ref()
    }

    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        self.0.store.metrics()
    }

    /// What the bot answers from at this moment; whoever holds it keeps it, even when the next one comes.
    #[must_use]
    pub fn knowledge(&self) -> Arc<Knowledge> {
        Arc::clone(&self.0.knowledge.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn take_knowledge(&self, knowledge: Knowledge) {
        *self.0.knowledge.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(knowledge);
        self.0.wanted.wake();
    }

    /// Wakes what handles updates.
    #[must_use]
    pub fn handling(&self) -> &Wakeup {
        &self.0.handling
    }

    /// Wakes what delivers.
    #[must_use]
    pub fn delivery(&self) -> &Wakeup {
        &self.0.delivery
    }

    /// Wakes what watches the time of cases.
    #[must_use]
    pub fn desk_watch(&self) -> &Wakeup {
        &self.0.desk_watch
    }

    /// Wakes what asks again what movers wait for.
    #[must_use]
    pub fn wanted(&self) -> &Wakeup {
        &self.0.wanted
    }

    /// Wakes what reminds of events.
    #[must_use]
    pub fn reminding(&self) -> &Wakeup {
        &self.0.reminding
    }

    /// Wakes what tells many what staff wrote.
    #[must_use]
    pub fn broadcasting(&self) -> &Wakeup {
        &self.0.broadcasting
    }

    /// Wakes what takes the knowledge anew.
    #[must_use]
    pub fn reloading(&self) -> &Wakeup {
        &self.0.reloading
    }

    /// Wakes what tells staff the figures of the week, and owners what is left over.
    #[must_use]
    pub fn figures_and_left_over(&self) -> &Wakeup {
        &self.0.figures_and_left_over
    }

    /// To be called when the clock was moved by hand: what waited for a time looks again.
    pub fn clock_moved(&self) {
        self.0.handling.wake();
        self.0.desk_watch.wake();
        self.0.reminding.wake();
        self.0.broadcasting.wake();
        self.0.figures_and_left_over.wake();
        self.0.delivery.wake();
    }

    /// Resolves when no update waits or is in hand, and nothing can be delivered now.
    pub async fn idle(&self) {
        loop {
            let shared = &self.0;
            let parts = [
                &shared.handling,
                &shared.reloading,
                &shared.desk_watch,
                &shared.wanted,
                &shared.reminding,
                &shared.broadcasting,
                &shared.figures_and_left_over,
                &shared.delivery,
            ];
            for part in parts {
                part.settle().await;
            }
            // One may have been woken while another was awaited.
            if parts.iter().all(|part| part.is_settled()) {
                return;
            }
        }
    }

    /// When the bot has something to do by itself, as long as it is idle: the moment to which a standing clock is best
    /// moved on.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        let parts = [&self.0.desk_watch, &self.0.broadcasting, &self.0.delivery];
        parts.into_iter().filter_map(Wakeup::next).min()
    }

    /// Updates are being taken in.
    pub fn mark_ready(&self) {
        self.0.ready.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.0.ready.load(Ordering::Relaxed) && !*self.0.stopping.borrow()
    }

    /// Tells every loop to finish what it has in hand and end.
    pub fn shutdown(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Resolves once [`App::shutdown`] was called.
    pub async fn stopping(&self) {
        let mut stopping = self.0.stopping.subscribe();
        // The sender lives in this very struct, so the wait can only end by being told.
        let _told = stopping.wait_for(|told| *told).await;
    }
}

/// An app over a store in `data` and the smallest knowledge there is.
#[cfg(test)]
pub(crate) fn test_app(data: &std::path::Path, clock: Clock) -> App {
    let revision = crate::knowledge::Revision {
        id: crate::knowledge::RevisionId("0".to_owned()),
        entries: std::collections::BTreeMap::new(),
        sources: std::collections::BTreeMap::new(),
        rules: Vec::new(),
        concepts: Vec::new(),
        phrasings: Vec::new(),
        decision: None,
        holidays: crate::knowledge::Holidays::default(),
    };
    App::new(Parts {
        store: Store::open(data, clock.clone()).unwrap(),
        clock,
        phrases: Phrases::load().unwrap(),
        desk: Desk::default(),
        knowledge: Arc::new(Knowledge::build(revision).unwrap()),
        knowledge_folder: PathBuf::new(),
        embeddings: None,
        retention: Retention::default(),
    })
}
