//! Wakes a loop, and tells whether it has seen everything it was woken for.
//!
//! Rounds are numbered, so a wake-up between looking and waiting is never lost: a loop takes the number first, looks
//! second, and waits for a higher number third.

use jiff::Timestamp;
use tokio::sync::watch;

/// A number of wake-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Round(u64);

/// One loop's wake-ups.
#[derive(Debug)]
pub struct Wakeup {
    wanted: watch::Sender<Round>,
    settled: watch::Sender<Settled>,
}

/// What a loop that rests has seen, and what it rests for.
#[derive(Debug, Clone, Copy)]
struct Settled {
    round: Round,
    next: Option<Timestamp>,
}

impl Wakeup {
    /// Woken once already: a loop looks at its work when it starts.
    pub(super) fn new() -> Self {
        Self {
            wanted: watch::Sender::new(Round(1)),
            settled: watch::Sender::new(Settled {
                round: Round(0),
                next: None,
            }),
        }
    }

    /// There may be work.
    pub fn wake(&self) {
        self.wanted.send_modify(|round| round.0 += 1);
    }

    /// The loop's side: the number to take before looking for work.
    #[must_use]
    pub fn round(&self) -> Round {
        *self.wanted.borrow()
    }

    /// The loop's side: resolves when there was a wake-up after `round`.
    pub async fn after(&self, round: Round) {
        let mut wanted = self.wanted.subscribe();
        let _woken = wanted.wait_for(|now| *now > round).await;
    }

    /// The loop's side: all that `round` was about is done, nothing is in hand.
    pub fn settled(&self, round: Round) {
        self.settled_until(round, None);
    }

    /// The same of a loop that looks again by itself at a moment of the bot's clock.
    pub fn settled_until(&self, round: Round, next: Option<Timestamp>) {
        self.settled.send_if_modified(|settled| {
            let news = settled.round < round;
            *settled = Settled {
                round: settled.round.max(round),
                next,
            };
            news
        });
    }

    /// When the loop looks again by itself, as it was when it came to rest last.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.settled.borrow().next
    }

    pub(super) fn is_settled(&self) -> bool {
        self.settled.borrow().round >= *self.wanted.borrow()
    }

    /// Resolves when the loop has seen the wake-ups so far and has nothing in hand.
    pub(super) async fn settle(&self) {
        let wanted = self.round();
        let mut settled = self.settled.subscribe();
        let _reached = settled.wait_for(|settled| settled.round >= wanted).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wake_up_while_looking_is_not_lost() {
        let wakeup = Wakeup::new();
        let round = wakeup.round();
        wakeup.wake();
        wakeup.after(round).await;
        wakeup.settled(round);
        assert!(!wakeup.is_settled(), "the second wake-up was not looked at yet");
        wakeup.settled(wakeup.round());
        wakeup.settle().await;
        assert!(wakeup.is_settled());
    }
}
