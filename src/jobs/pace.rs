//! When the next message may go, by Telegram's limits: 30 a second in all, one a second to a person with a small
//! burst, 20 a minute to a group.
//!
//! Pure: the time comes in. Part of the overall limit is kept free for people who wait for an answer.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::outgoing::{ChatId, Priority};

const OVERALL: Window = Window {
    most: 30,
    span: SignedDuration::from_secs(1),
};
/// What reminders and broadcasts leave free of the overall limit.
const KEPT_FOR_PEOPLE: usize = 6;
const GROUP: Window = Window {
    most: 20,
    span: SignedDuration::from_secs(60),
};
const PRIVATE_EVERY: SignedDuration = SignedDuration::from_secs(1);
const PRIVATE_BURST: i32 = 5;
/// Two chats told to wait within this time mean that everyone has to.
const FLOOD_SPAN: SignedDuration = SignedDuration::from_secs(1);
/// From this many chats on, those with nothing recent are forgotten.
const CHATS_REMEMBERED: usize = 1000;

/// At most so many in any span of this length.
struct Window {
    most: usize,
    span: SignedDuration,
}

/// What went out lately, and who has to wait.
#[derive(Debug, Default)]
pub struct Pace {
    overall: VecDeque<Timestamp>,
    chats: HashMap<ChatId, Recent>,
    holds: HashMap<ChatId, Timestamp>,
    hold_all: Option<Timestamp>,
    last_flood: Option<(ChatId, Timestamp)>,
}

#[derive(Debug)]
enum Recent {
    /// The moment by which the allowance used so far is paid back.
    Private(Timestamp),
    Group(VecDeque<Timestamp>),
}

impl Pace {
    /// Whether a message to this chat may go now.
    ///
    /// # Errors
    /// The moment at which to ask again.
    pub fn may(&self, chat: ChatId, priority: Priority, now: Timestamp) -> Result<(), Timestamp> {
        let waits = [
            self.hold_all,
            self.holds.get(&chat).copied(),
            self.overall_free(priority),
            self.chats.get(&chat).and_then(Recent::free),
        ];
        match waits.into_iter().flatten().max() {
            Some(free) if free > now => Err(free),
            _ => Ok(()),
        }
    }

    /// Whether something that sends no message (an edit, a reaction) may go now: only a wait Telegram told us counts.
    ///
    /// # Errors
    /// The moment at which to ask again.
    pub fn may_without_message(&self, chat: ChatId, now: Timestamp) -> Result<(), Timestamp> {
        let waits = [self.hold_all, self.holds.get(&chat).copied()];
        match waits.into_iter().flatten().max() {
            Some(free) if free > now => Err(free),
            _ => Ok(()),
        }
    }

    /// A message to this chat goes now.
    pub fn went(&mut self, chat: ChatId, now: Timestamp) {
        remember(&mut self.overall, &OVERALL, now);
        if self.chats.len() >= CHATS_REMEMBERED {
            self.chats.retain(|_, recent| !recent.is_over(now));
        }
        let recent = self.chats.entry(chat).or_insert_with(|| match chat.person() {
            Some(_) => Recent::Private(now),
            None => Recent::Group(VecDeque::new()),
        });
        match recent {
            Recent::Private(paid_back) => *paid_back = (*paid_back).max(now) + PRIVATE_EVERY,
            Recent::Group(times) => remember(times, &GROUP, now),
        }
    }

    /// Telegram has this chat wait; when it was another chat's turn just before, everyone waits.
    pub fn told_to_wait(&mut self, chat: ChatId, until: Timestamp, now: Timestamp) {
        self.holds.retain(|_, until| *until > now);
        let hold = self.holds.entry(chat).or_insert(until);
        *hold = (*hold).max(until);
        let flood = self
            .last_flood
            .is_some_and(|(other, at)| other != chat && now.duration_since(at) <= FLOOD_SPAN);
        if flood {
            let longest = self.holds.values().copied().max();
            self.hold_all = self.hold_all.max(longest);
        }
        self.last_flood = Some((chat, now));
    }

    fn overall_free(&self, priority: Priority) -> Option<Timestamp> {
        let most = match priority {
            Priority::Reply | Priority::Alert | Priority::Staff | Priority::Aside => OVERALL.most,
            Priority::Reminder | Priority::Broadcast => OVERALL.most - KEPT_FOR_PEOPLE,
        };
        free_again(&self.overall, most, OVERALL.span)
    }
}

impl Recent {
    fn free(&self) -> Option<Timestamp> {
        match self {
            Self::Private(paid_back) => Some(*paid_back - PRIVATE_EVERY * (PRIVATE_BURST - 1)),
            Self::Group(times) => free_again(times, GROUP.most, GROUP.span),
        }
    }

    fn is_over(&self, now: Timestamp) -> bool {
        match self {
            Self::Private(paid_back) => *paid_back <= now,
            Self::Group(times) => times.back().is_none_or(|last| *last + GROUP.span <= now),
        }
    }
}

/// When one more fits, if the window has been full.
fn free_again(times: &VecDeque<Timestamp>, most: usize, span: SignedDuration) -> Option<Timestamp> {
    let oldest_counted = times.len().checked_sub(most)?;
    times.get(oldest_counted).map(|at| *at + span)
}

fn remember(times: &mut VecDeque<Timestamp>, window: &Window, now: Timestamp) {
    if times.len() == window.most {
        times.pop_front();
    }
    times.push_back(now);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn start() -> Timestamp {
        "2026-02-10T00:00:00Z".parse().unwrap()
    }

    fn after(millis: i64) -> Timestamp {
        start() + SignedDuration::from_millis(millis)
    }

    #[test]
    fn a_person_gets_a_burst_and_then_one_a_second() {
        let (mut pace, anna) = (Pace::default(), ChatId(1));
        for _ in 0..5 {
            assert_eq!(pace.may(anna, Priority::Reply, start()), Ok(()));
            pace.went(anna, start());
        }
        assert_eq!(pace.may(anna, Priority::Reply, start()), Err(after(1000)));
        assert_eq!(pace.may(ChatId(2), Priority::Reply, start()), Ok(()));
        pace.went(anna, after(1000));
        assert_eq!(pace.may(anna, Priority::Reply, after(1000)), Err(after(2000)));
    }

    #[test]
    fn broadcasts_leave_room_for_replies() {
        let mut pace = Pace::default();
        for chat in 1..=24 {
            pace.went(ChatId(chat), start());
        }
        assert_eq!(
            pace.may(ChatId(99), Priority::Broadcast, start()),
            Err(after(1000))
        );
        assert_eq!(pace.may(ChatId(99), Priority::Reply, start()), Ok(()));
    }

    #[test]
    fn one_chat_told_to_wait_waits_alone_and_two_hold_everyone() {
        let mut pace = Pace::default();
        pace.told_to_wait(ChatId(1), after(3000), start());
        assert_eq!(pace.may(ChatId(1), Priority::Reply, start()), Err(after(3000)));
        assert_eq!(pace.may(ChatId(2), Priority::Reply, start()), Ok(()));
        pace.told_to_wait(ChatId(2), after(2000), after(500));
        assert_eq!(pace.may(ChatId(3), Priority::Reply, after(500)), Err(after(3000)));
        assert_eq!(pace.may(ChatId(3), Priority::Reply, after(3000)), Ok(()));
    }

    fn most_within(times: &[i64], span: i64) -> usize {
        let within = |from: &i64| {
            times
                .iter()
                .filter(|at| (*from..from + span).contains(*at))
                .count()
        };
        times.iter().map(within).max().unwrap_or(0)
    }

    proptest! {
        /// Whoever sends whenever `may` allows never breaks a limit, and is never sent away without a reason.
        #[test]
        fn the_limits_hold(wishes in proptest::collection::vec((0_i64..400, 0_i64..7, any::<bool>()), 1..400)) {
            let (mut pace, mut clock) = (Pace::default(), 0);
            let mut sent: Vec<(i64, i64)> = Vec::new();
            for (step, who, group) in wishes {
                clock += if step < 300 { 0 } else { step };
                let chat = if group { -1 - who } else { 1 + who };
                match pace.may(ChatId(chat), Priority::Reply, after(clock)) {
                    Ok(()) => {
                        pace.went(ChatId(chat), after(clock));
                        sent.push((chat, clock));
                    }
                    Err(again) => {
                        prop_assert!(again > after(clock));
                        prop_assert_eq!(pace.may(ChatId(chat), Priority::Reply, again), Ok(()));
                    }
                }
            }
            let all: Vec<i64> = sent.iter().map(|(_, at)| *at).collect();
            prop_assert!(most_within(&all, 1000) <= 30);
            for chat in -8..9_i64 {
                let times: Vec<i64> = sent.iter().filter(|(to, _)| *to == chat).map(|(_, at)| *at).collect();
                if chat < 0 {
                    prop_assert!(most_within(&times, 60_000) <= 20);
                } else {
                    for seconds in 1..10 {
                        prop_assert!(most_within(&times, seconds * 1000) < 5 + usize::try_from(seconds).unwrap());
                    }
                }
            }
        }
    }
}
