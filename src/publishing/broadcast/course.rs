//! How far a broadcast is: who was taken up, what became of them, and whether it goes on.
//!
//! Pure, and kept in the same transaction as whatever it counts; so a crash at any moment leaves it true.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::outgoing::{MessageId, UserId};

/// When fewer than this wait to be sent, more are taken up. What waits goes out in some seconds, so that a pause bites.
const FEW: usize = 100;
/// This many refusals in a row cannot be the receivers' fault.
const REFUSALS: usize = 5;
/// How often the progress is shown.
const SHOWN_EVERY: SignedDuration = SignedDuration::from_secs(15);

/// How far a broadcast is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    pub state: State,
    pub reached: Reached,
    /// As many as were to be told when it was sent.
    pub expected: usize,
    /// How many were taken up.
    pub taken: usize,
    /// How many of them wait until it goes on.
    pub held: usize,
    pub tally: Tally,
    /// Refusals since the last message that was taken.
    refusals: usize,
    /// Where the progress stands in the group.
    pub message: Option<MessageId>,
    shown: Option<Shown>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Sending,
    Paused(Why),
    Cancelled,
    Done,
}

/// Why it does not go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    Staff,
    /// Telegram takes it from nobody; in its words.
    Refused(String),
}

/// Up to whom receivers were taken up, in the order of their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reached {
    UpTo(Option<UserId>),
    End,
}

/// What became of those who were taken up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub sent: usize,
    /// Have blocked the bot, or are gone.
    pub unreachable: usize,
    /// Telegram refused it.
    pub failed: usize,
    /// Did not want to hear it any more when it was their turn.
    pub skipped: usize,
    /// It was cancelled before it was their turn.
    pub dropped: usize,
}

/// What became of one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    Unreachable,
    /// In Telegram's words.
    Failed(String),
    Skipped,
    Dropped,
}

/// What staff do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Pause,
    Resume,
    Cancel,
}

/// Who goes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Some of those who were held back.
    Held,
    /// Some of those after this one.
    After(Option<UserId>),
}

/// What the group was shown last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    state: State,
    tally: Tally,
    at: Timestamp,
    /// It is on its way.
    waits: bool,
}

impl Tally {
    /// How many had their turn.
    #[must_use]
    pub fn told(&self) -> usize {
        self.sent + self.unreachable + self.failed + self.skipped
    }
}

impl Course {
    /// Nobody is told yet. The progress is to stand in this message.
    #[must_use]
    pub fn new(expected: usize, message: Option<MessageId>) -> Self {
        Self {
            state: State::Sending,
            reached: Reached::UpTo(None),
            expected,
            taken: 0,
            held: 0,
            tally: Tally::default(),
            refusals: 0,
            message,
            shown: None,
        }
    }

    /// How many wait to be sent.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let had_turn = self.tally.told() + self.tally.dropped;
        self.taken.saturating_sub(self.held + had_turn)
    }

    /// Who is to be enqueued next; nobody as long as enough wait.
    #[must_use]
    pub fn next(&self) -> Option<Next> {
        if self.state != State::Sending || self.waiting() >= FEW {
            return None;
        }
        match self.reached {
            _ if self.held > 0 => Some(Next::Held),
            Reached::UpTo(after) => Some(Next::After(after)),
            Reached::End => None,
        }
    }

    /// This many more were taken up and enqueued.
    pub fn took(&mut self, count: usize, reached: Reached) {
        self.taken += count;
        self.reached = reached;
        self.end_if_over();
    }

    /// One who waited to be sent is held back until it goes on.
    pub fn held_back(&mut self) {
        self.held += 1;
    }

    /// This many of those held back were enqueued again.
    pub fn released(&mut self, count: usize) {
        self.held = self.held.saturating_sub(count);
        self.end_if_over();
    }

    /// One had their turn.
    pub fn ended(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Sent => {
                self.tally.sent += 1;
                self.refusals = 0;
            }
            Outcome::Unreachable => self.tally.unreachable += 1,
            Outcome::Skipped => self.tally.skipped += 1,
            Outcome::Dropped => self.tally.dropped += 1,
            Outcome::Failed(words) => {
                self.tally.failed += 1;
                self.refusals += 1;
                if self.refusals >= REFUSALS && self.state == State::Sending {
                    self.state = State::Paused(Why::Refused(words.clone()));
                }
            }
        }
        self.end_if_over();
    }

    /// Pauses it, has it go on, or ends it; false if there is nothing of the kind to do.
    #[must_use]
    pub fn change(&mut self, change: Change) -> bool {
        self.state = match (change, &self.state) {
            (Change::Pause, State::Sending) => State::Paused(Why::Staff),
            (Change::Resume, State::Paused(_)) => State::Sending,
            (Change::Cancel, State::Sending | State::Paused(_)) => State::Cancelled,
            _ => return false,
        };
        match change {
            Change::Pause => {}
            Change::Resume => self.refusals = 0,
            Change::Cancel => {
                self.tally.dropped += self.held;
                self.held = 0;
            }
        }
        self.end_if_over();
        true
    }

    /// Since when the group should be shown how far it is; none if it knows, or is being shown.
    #[must_use]
    pub fn shows_from(&self) -> Option<Timestamp> {
        match &self.shown {
            None => Some(Timestamp::MIN),
            Some(shown) if shown.waits => None,
            Some(shown) if shown.state != self.state => Some(Timestamp::MIN),
            Some(shown) if shown.tally != self.tally => Some(shown.at + SHOWN_EVERY),
            Some(_) => None,
        }
    }

    /// Whether it has stopped by itself and nobody was told so; in Telegram's words, why.
    #[must_use]
    pub fn stopped_unsaid(&self) -> Option<&str> {
        let said = self.shown.as_ref().map(|shown| &shown.state);
        match &self.state {
            State::Paused(Why::Refused(words)) if said != Some(&self.state) => Some(words),
            _ => None,
        }
    }

    /// How far it is now is on its way to the group.
    pub fn shows(&mut self, now: Timestamp) {
        self.shown = Some(Shown {
            state: self.state.clone(),
            tally: self.tally,
            at: now,
            waits: true,
        });
    }

    /// What was on its way to the group is there, or will never be.
    pub fn was_shown(&mut self) {
        if let Some(shown) = &mut self.shown {
            shown.waits = false;
        }
    }

    fn end_if_over(&mut self) {
        let nobody_left = self.reached == Reached::End && self.held == 0 && self.waiting() == 0;
        if nobody_left && self.state == State::Sending {
            self.state = State::Done;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused() -> Outcome {
        Outcome::Failed("Bad Request".to_owned())
    }

    fn under_way(count: usize) -> Course {
        let mut course = Course::new(count, None);
        course.took(count, Reached::UpTo(Some(UserId(9))));
        course
    }

    #[test]
    fn refusals_in_a_row_stop_it_and_one_success_between_does_not() {
        let mut course = under_way(20);
        for outcome in [
            refused(),
            refused(),
            refused(),
            refused(),
            Outcome::Sent,
            refused(),
            Outcome::Unreachable,
        ] {
            course.ended(&outcome);
        }
        assert_eq!(course.state, State::Sending);
        (0..4).for_each(|_| course.ended(&refused()));
        assert_eq!(course.stopped_unsaid(), Some("Bad Request"));
        course.shows(Timestamp::MIN);
        assert_eq!(course.stopped_unsaid(), None, "said once");
        assert!(course.change(Change::Resume));
        course.ended(&refused());
        assert_eq!(course.state, State::Sending, "counted anew");
    }

    #[test]
    fn it_is_shown_at_once_when_it_turns_and_else_now_and_then() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut course = under_way(20);
        assert_eq!(course.shows_from(), Some(Timestamp::MIN));
        course.shows(now);
        course.ended(&Outcome::Sent);
        assert_eq!(course.shows_from(), None, "one after the other");
        course.was_shown();
        assert_eq!(course.shows_from(), Some(now + SHOWN_EVERY));
        assert!(course.change(Change::Pause));
        assert_eq!(course.shows_from(), Some(Timestamp::MIN));
        course.shows(now);
        course.was_shown();
        assert_eq!(course.shows_from(), None);
    }

    /// Something that happens to a broadcast; what cannot happen then is passed over.
    #[derive(Debug, Clone)]
    enum Happens {
        Takes(usize, bool),
        Held,
        Released,
        Ends(Outcome),
        Changes(Change),
    }

    fn happens() -> impl Strategy<Value = Happens> {
        let outcome = prop_oneof![
            4 => Just(Outcome::Sent),
            1 => Just(Outcome::Unreachable),
            2 => Just(refused()),
            1 => Just(Outcome::Skipped),
        ];
        let change = prop_oneof![Just(Change::Pause), Just(Change::Resume), Just(Change::Cancel)];
        prop_oneof![
            2 => (0..4_usize, proptest::bool::weighted(0.3)).prop_map(|(count, end)| Happens::Takes(count, end)),
            2 => Just(Happens::Held),
            1 => Just(Happens::Released),
            6 => outcome.prop_map(Happens::Ends),
            2 => change.prop_map(Happens::Changes),
        ]
    }

    proptest! {
        /// The outbox and the list of those held back are counted beside it, as the store has them.
        #[test]
        fn everybody_taken_up_is_somewhere_and_the_end_is_the_end(all in proptest::collection::vec(happens(), 0..60)) {
            let mut course = Course::new(0, None);
            let (mut outbox, mut held) = (0_usize, 0_usize);
            for one in all {
                let before = course.clone();
                let was_over = matches!(course.state, State::Cancelled | State::Done);
                match one {
                    Happens::Takes(count, end) if matches!(course.next(), Some(Next::After(_))) => {
                        let reached = if end { Reached::End } else { Reached::UpTo(Some(UserId(1))) };
                        course.took(count, reached);
                        outbox += count;
                    }
                    Happens::Held if outbox > 0 && matches!(course.state, State::Paused(_)) => {
                        course.held_back();
                        outbox -= 1;
                        held += 1;
                    }
                    Happens::Released if course.next() == Some(Next::Held) => {
                        course.released(held);
                        outbox += held;
                        held = 0;
                    }
                    Happens::Ends(outcome) if outbox > 0 => {
                        course.ended(&outcome);
                        outbox -= 1;
                    }
                    Happens::Changes(change) => {
                        let done = course.change(change);
                        prop_assert!(!was_over || !done);
                        if done && change == Change::Cancel {
                            held = 0;
                        }
                    }
                    _ => {}
                }
                prop_assert_eq!(course.held, held);
                prop_assert_eq!(course.waiting(), outbox);
                if was_over {
                    prop_assert_eq!(&course.state, &before.state);
                    prop_assert_eq!(course.next(), None);
                }
                if course.state == State::Done {
                    prop_assert_eq!((course.reached, outbox, held), (Reached::End, 0, 0));
                    prop_assert_eq!(course.taken, course.tally.told());
                }
                if course.state == State::Sending && course.reached == Reached::End {
                    prop_assert!(outbox + held > 0, "it is over and nobody says so");
                }
            }
        }
    }
}
