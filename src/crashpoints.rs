//! Every moment between two things that must both happen, by name: where a kill hurts most.
//!
//! A test arms one of them; whatever comes there stops for ever, and the test has the process die. In the bot people
//! use nothing is ever armed, and passing a boundary is one look at an empty option. The one boundary that is not here
//! lies in the network (a call that was carried out and whose answer is lost): the emulator has it, as `CutAfter`.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// A moment at which the process may die.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// Updates have come in; none is stored yet.
    Received,
    /// They are durable; Telegram has not been told so.
    Accepted,
    /// An update is about to be handled.
    Handling,
    /// Its step is computed, and not kept.
    Computed,
    /// A change is in memory, and not on disk.
    Applied,
    /// It is on disk; whoever waits for that has not been told.
    Flushed,
    /// A step is durable; nobody has been woken to send what came of it.
    Committed,
    /// An item is about to go out.
    Sending,
    /// It went out, and Telegram's answer is seen, but not kept.
    Sent,
    /// What became of it is durable; what follows from it has not begun.
    Kept,
    /// Reminders of some people are worked out, and not queued.
    Planned,
    /// They are queued; that everything due until now is decided is not kept.
    Queued,
    /// News of an event are worked out for some people, and not queued.
    Worded,
    /// They are queued, with how far the telling is; nobody has been woken to send them.
    Announced,
    /// The next receivers of a broadcast are found, and not queued.
    Found,
    /// They are queued, with how far it is; nobody has been woken, and the group is not shown it.
    Taken,
    /// The progress message is queued; no sender has been woken yet.
    Shown,
}

impl Boundary {
    /// Those an update meets, in that order.
    pub const OF_UPDATES: [Self; 10] = [
        Self::Received,
        Self::Accepted,
        Self::Handling,
        Self::Computed,
        Self::Applied,
        Self::Flushed,
        Self::Committed,
        Self::Sending,
        Self::Sent,
        Self::Kept,
    ];

    /// Those of reminders, of news, and of what is told to many.
    pub const OF_MANY: [Self; 7] = [
        Self::Planned,
        Self::Queued,
        Self::Worded,
        Self::Announced,
        Self::Found,
        Self::Taken,
        Self::Shown,
    ];
}

/// Where the process is to die; nowhere by default.
#[derive(Debug, Clone, Default)]
pub struct Crashpoints(Option<Arc<Trap>>);

#[derive(Debug, Default)]
struct Trap {
    state: Mutex<State>,
    released: Condvar,
    sprung: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct State {
    armed: Option<Boundary>,
    /// How many may still pass.
    passes: u32,
    /// A thread is held.
    holds: bool,
}

impl Crashpoints {
    /// Crashpoints that can be armed.
    #[must_use]
    pub fn armable() -> Self {
        Self(Some(Arc::default()))
    }

    /// Holds whatever reaches this boundary after `passes` others have passed it.
    pub fn arm(&self, boundary: Boundary, passes: u32) {
        if let Some(trap) = &self.0 {
            trap.sprung.send_replace(false);
            let mut state = trap.state();
            state.armed = Some(boundary);
            state.passes = passes;
        }
    }

    /// Resolves when something is held at the boundary that was armed.
    pub async fn sprung(&self) {
        if let Some(trap) = &self.0 {
            let mut sprung = trap.sprung.subscribe();
            // The sender lives in the trap itself.
            let _held = sprung.wait_for(|sprung| *sprung).await;
        }
    }

    /// Lets a thread that is held go on, once all the rest of its process is dead.
    pub fn release(&self) {
        if let Some(trap) = &self.0 {
            let mut state = trap.state();
            state.armed = None;
            state.holds = false;
            trap.released.notify_all();
        }
    }

    /// A task comes to a boundary.
    pub(crate) async fn reach(&self, boundary: Boundary) {
        if self.springs(boundary) {
            std::future::pending::<()>().await;
        }
    }

    /// A thread of its own comes to a boundary.
    pub(crate) fn reach_on_thread(&self, boundary: Boundary) {
        let Some(trap) = &self.0 else { return };
        if self.springs(boundary) {
            let held = trap.state();
            let _released = trap
                .released
                .wait_while(held, |state| state.holds)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn springs(&self, boundary: Boundary) -> bool {
        let Some(trap) = &self.0 else { return false };
        let mut state = trap.state();
        if state.armed != Some(boundary) {
            return false;
        }
        if state.passes > 0 {
            state.passes -= 1;
            return false;
        }
        state.armed = None;
        state.holds = true;
        trap.sprung.send_replace(true);
        true
    }
}

impl Trap {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn only_what_is_armed_holds_and_only_once() {
        let nowhere = Crashpoints::default();
        nowhere.arm(Boundary::Sent, 0);
        assert!(nowhere.reach(Boundary::Sent).now_or_never().is_some());
        let crashpoints = Crashpoints::armable();
        crashpoints.arm(Boundary::Sent, 1);
        assert!(crashpoints.reach(Boundary::Kept).now_or_never().is_some());
        assert!(crashpoints.reach(Boundary::Sent).now_or_never().is_some());
        assert!(crashpoints.sprung().now_or_never().is_none());
        assert!(crashpoints.reach(Boundary::Sent).now_or_never().is_none());
        assert!(crashpoints.sprung().now_or_never().is_some());
        assert!(crashpoints.reach(Boundary::Sent).now_or_never().is_some());
    }
}
