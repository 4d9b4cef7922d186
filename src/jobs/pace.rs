//! When the next message may go, by Telegram's limits: 30 a second in all, one a second to a person with a small
//! burst, 20 a minute to a group.
//!
//! Pure: the time is passed in. Replies to people who wait may use up the overall limit at once; bulk sends go evenly,
//! and only when everything before them is paid back at 30 a second. So they use the whole limit when nobody else needs
//! it, and yet the next reply finds a free place within about 1/30 s, the one after it within 2/30 s, and so on: no
//! later (but for 10 ms) than in a queue of replies alone in which each takes 1/30 s.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::{
    outgoing::{ChatId, Priority},
    store::LONGEST_WAIT_OF_ALL,
};

/// Telegram counts messages when they arrive. Travel times differ by milliseconds, so our second is a little longer.
const OVERALL: Window = Window {
    most: 30,
    span: SignedDuration::from_millis(1005),
};
/// A thirtieth of that.
const EVENLY: SignedDuration = SignedDuration::from_micros(33_500);
/// Timers fire a millisecond or two late. Bulk sends catch up by at most this much; otherwise every thirtieth of a
/// second would be a little too long.
const LATENESS: SignedDuration = SignedDuration::from_millis(10);
const GROUP: Window = Window {
    most: 20,
    span: SignedDuration::from_secs(60),
};
const PRIVATE_EVERY: SignedDuration = SignedDuration::from_secs(1);
const PRIVATE_BURST: i32 = 5;
/// From this many chats on, those with nothing recent are forgotten.
const CHATS_REMEMBERED: usize = 1000;

/// At most `most` in any span of this length.
struct Window {
    most: usize,
    span: SignedDuration,
}

/// What was sent lately, and who has to wait.
#[derive(Debug)]
pub struct Pace {
    overall: VecDeque<Timestamp>,
    /// The moment by which all messages so far are paid back, each with [`EVENLY`].
    paid_back: Timestamp,
    chats: HashMap<ChatId, Recent>,
    holds: HashMap<ChatId, Timestamp>,
    hold_all: Option<Timestamp>,
    latest: Timestamp,
}

/// A clock that goes back by more than this has been set.
const SET_BACK: SignedDuration = SignedDuration::from_secs(60);

/// Why something may not go now, and when to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Only this chat waits.
    Chat(Timestamp),
    /// Everything of this or lower priority waits.
    All(Timestamp),
}

/// Who is meant when Telegram says "wait".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    Chat,
    Everybody,
}

#[derive(Debug)]
enum Recent {
    Private {
        /// The moment by which the messages so far are paid back.
        messages: Timestamp,
        /// The same with edits and reactions counted like messages, as Telegram may do.
        calls: Timestamp,
    },
    Group(VecDeque<Timestamp>),
}

impl Pace {
    /// A pace that knows nothing of what a former process sent in its last second, so that what is sent to many begins
    /// a second later; `all_wait_until` is what Telegram told that process.
    #[must_use]
    pub fn starting(now: Timestamp, all_wait_until: Option<Timestamp>) -> Self {
        Self {
            overall: VecDeque::new(),
            paid_back: now + OVERALL.span,
            chats: HashMap::new(),
            holds: HashMap::new(),
            hold_all: all_wait_until,
            latest: now,
        }
    }

    /// To be called before each look: if the clock was set back, what was remembered of later times is meaningless.
    pub fn clock_shows(&mut self, now: Timestamp) {
        if now < self.latest - SET_BACK {
            *self = Self::starting(now, None);
        }
        self.latest = now;
    }

    /// Whether a message to this chat may go now.
    ///
    /// # Errors
    /// Who has to wait, and until when.
    pub fn may(&self, chat: ChatId, priority: Priority, now: Timestamp) -> Result<(), Wait> {
        let evenly = priority.is_bulk().then_some(self.paid_back);
        let all = [
            self.hold_all,
            free_again(&self.overall, OVERALL.most, OVERALL.span),
            evenly,
        ];
        let own = [
            self.holds.get(&chat).copied(),
            self.chats.get(&chat).and_then(Recent::free),
        ];
        free_at(all, own, now)
    }

    /// Whether something that sends no message (an edit, a reaction) may go now: only a wait Telegram told us counts.
    ///
    /// # Errors
    /// Who has to wait, and until when.
    pub fn may_without_message(&self, chat: ChatId, now: Timestamp) -> Result<(), Wait> {
        free_at([self.hold_all], [self.holds.get(&chat).copied()], now)
    }

    /// A message to this chat goes now.
    pub fn went(&mut self, chat: ChatId, now: Timestamp) {
        remember(&mut self.overall, &OVERALL, now);
        self.paid_back = self.paid_back.max(now - LATENESS) + EVENLY;
        match self.recent(chat, now) {
            Recent::Private { messages, calls } => {
                *messages = (*messages).max(now) + PRIVATE_EVERY;
                *calls = (*calls).max(now) + PRIVATE_EVERY;
            }
            Recent::Group(times) => remember(times, &GROUP, now),
        }
    }

    /// Something that sends no message goes to this chat now.
    pub fn went_without_message(&mut self, chat: ChatId, now: Timestamp) {
        match self.recent(chat, now) {
            Recent::Private { calls, .. } => *calls = (*calls).max(now) + PRIVATE_EVERY,
            Recent::Group(_) => {}
        }
    }

    /// Who would be meant if Telegram answered "wait" to what was just sent to this chat. A private chat within its own
    /// limit cannot be the reason, so everybody is meant; a group, or a chat that got more than its limit, is meant
    /// itself.
    #[must_use]
    pub fn whom_a_wait_would_mean(&self, chat: ChatId, now: Timestamp) -> Whom {
        match self.chats.get(&chat) {
            Some(Recent::Private { calls, .. }) if *calls <= now + PRIVATE_EVERY * PRIVATE_BURST => {
                Whom::Everybody
            }
            Some(Recent::Private { .. } | Recent::Group(_)) => Whom::Chat,
            None if chat.person().is_some() => Whom::Everybody,
            None => Whom::Chat,
        }
    }

    /// Telegram told this chat, or everybody, to wait.
    pub fn told_to_wait(&mut self, chat: ChatId, whom: Whom, until: Timestamp, now: Timestamp) {
        self.holds.retain(|_, until| *until > now);
        let hold = self.holds.entry(chat).or_insert(until);
        *hold = (*hold).max(until);
        if whom == Whom::Everybody {
            self.hold_all = self.hold_all.max(Some(until.min(now + LONGEST_WAIT_OF_ALL)));
        }
    }

    fn recent(&mut self, chat: ChatId, now: Timestamp) -> &mut Recent {
        if self.chats.len() >= CHATS_REMEMBERED {
            self.chats.retain(|_, recent| !recent.is_over(now));
        }
        self.chats.entry(chat).or_insert_with(|| match chat.person() {
            Some(_) => Recent::Private {
                messages: now,
                calls: now,
            },
            None => Recent::Group(VecDeque::new()),
        })
    }
}

impl Recent {
    fn free(&self) -> Option<Timestamp> {
        match self {
            Self::Private { messages, .. } => Some(*messages - PRIVATE_EVERY * (PRIVATE_BURST - 1)),
            Self::Group(times) => free_again(times, GROUP.most, GROUP.span),
        }
    }

    fn is_over(&self, now: Timestamp) -> bool {
        match self {
            Self::Private { messages, calls } => (*messages).max(*calls) <= now,
            Self::Group(times) => times.back().is_none_or(|last| *last + GROUP.span <= now),
        }
    }
}

/// A limit for everybody counts before one of this chat.
fn free_at<const ALL: usize, const OWN: usize>(
    all: [Option<Timestamp>; ALL],
    own: [Option<Timestamp>; OWN],
    now: Timestamp,
) -> Result<(), Wait> {
    let last = |waits: &[Option<Timestamp>]| waits.iter().flatten().copied().max();
    if let Some(free) = last(&all).filter(|free| *free > now) {
        return Err(Wait::All(free));
    }
    match last(&own) {
        Some(free) if free > now => Err(Wait::Chat(free)),
        _ => Ok(()),
    }
}

/// When one more fits, if the window is full.
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

    const ANNA: ChatId = ChatId(1);
    const BEN: ChatId = ChatId(2);
    const GROUP_CHAT: ChatId = ChatId(-100);

    fn start() -> Timestamp {
        "2026-02-10T00:00:00Z".parse().unwrap()
    }

    fn after(millis: i64) -> Timestamp {
        start() + SignedDuration::from_millis(millis)
    }

    /// A pace that has been running for a while.
    fn running() -> Pace {
        Pace::starting(start() - OVERALL.span, None)
    }

    #[test]
    fn a_clock_that_was_set_back_silences_nobody() {
        let mut pace = running();
        for _ in 0..9 {
            pace.went(ANNA, after(0));
        }
        let year = SignedDuration::from_hours(365 * 24);
        let day = SignedDuration::from_hours(24);
        pace.told_to_wait(ANNA, Whom::Everybody, start() + day, start());
        assert_eq!(
            pace.may(BEN, Priority::Reply, start()),
            Err(Wait::All(start() + LONGEST_WAIT_OF_ALL)),
            "a wait of a day is not everybody's"
        );
        pace.clock_shows(start());
        pace.clock_shows(start() - year);
        for chat in [ANNA, BEN] {
            assert_eq!(pace.may(chat, Priority::Reply, start() - year), Ok(()));
        }
        let soon = start() - year + OVERALL.span;
        assert_eq!(pace.may(BEN, Priority::Broadcast, soon), Ok(()));
    }

    #[test]
    fn a_person_gets_a_burst_and_then_one_a_second() {
        let mut pace = running();
        for _ in 0..5 {
            assert_eq!(pace.may(ANNA, Priority::Reply, start()), Ok(()));
            pace.went(ANNA, start());
        }
        assert_eq!(
            pace.may(ANNA, Priority::Reply, start()),
            Err(Wait::Chat(after(1000)))
        );
        assert_eq!(pace.may(BEN, Priority::Reply, start()), Ok(()));
        pace.went(ANNA, after(1000));
        assert_eq!(
            pace.may(ANNA, Priority::Reply, after(1000)),
            Err(Wait::Chat(after(2000)))
        );
    }

    #[test]
    fn a_broadcast_goes_evenly_and_begins_a_second_after_the_start() {
        let mut pace = Pace::starting(start(), None);
        assert_eq!(
            pace.may(ANNA, Priority::Broadcast, start()),
            Err(Wait::All(start() + OVERALL.span))
        );
        assert_eq!(pace.may(ANNA, Priority::Reply, start()), Ok(()));
        pace.went(ANNA, after(1005));
        let next = after(1005) + EVENLY;
        assert_eq!(
            pace.may(BEN, Priority::Broadcast, after(1005)),
            Err(Wait::All(next))
        );
        assert_eq!(pace.may(BEN, Priority::Broadcast, next), Ok(()));
    }

    #[test]
    fn a_broadcast_waits_until_a_burst_of_replies_is_paid_back() {
        let mut pace = running();
        for chat in 1..=15 {
            pace.went(ChatId(chat), start());
        }
        let paid_back = start() + EVENLY * 15;
        assert_eq!(
            pace.may(ChatId(99), Priority::Broadcast, start()),
            Err(Wait::All(paid_back))
        );
        assert_eq!(pace.may(ChatId(99), Priority::Reply, start()), Ok(()));
        assert_eq!(pace.may(ChatId(99), Priority::Broadcast, paid_back), Ok(()));
    }

    #[test]
    fn who_is_told_to_wait_within_their_own_limit_is_not_the_reason_and_all_wait() {
        let mut pace = running();
        pace.went(ANNA, start());
        let whom = pace.whom_a_wait_would_mean(ANNA, start());
        assert_eq!(whom, Whom::Everybody);
        pace.told_to_wait(ANNA, whom, after(3000), after(40));
        assert_eq!(
            pace.may(BEN, Priority::Reply, after(2999)),
            Err(Wait::All(after(3000)))
        );
        assert_eq!(
            pace.may_without_message(BEN, after(2999)),
            Err(Wait::All(after(3000)))
        );
        assert_eq!(pace.may(BEN, Priority::Reply, after(3000)), Ok(()));
        let next_life = Pace::starting(after(100), Some(after(3000)));
        assert_eq!(
            next_life.may(BEN, Priority::Reply, after(100)),
            Err(Wait::All(after(3000)))
        );
    }

    #[test]
    fn who_is_told_to_wait_beyond_their_own_limit_waits_alone_and_so_does_a_group() {
        let mut pace = running();
        for _ in 0..6 {
            pace.went_without_message(ANNA, start());
        }
        pace.went(GROUP_CHAT, start());
        for chat in [ANNA, GROUP_CHAT] {
            let whom = pace.whom_a_wait_would_mean(chat, start());
            assert_eq!(whom, Whom::Chat);
            pace.told_to_wait(chat, whom, after(3000), after(40));
            assert_eq!(
                pace.may(chat, Priority::Reply, after(2999)),
                Err(Wait::Chat(after(3000)))
            );
        }
        assert_eq!(pace.may(BEN, Priority::Reply, after(40)), Ok(()));
    }

    fn most_within(times: &[Timestamp], span: SignedDuration) -> usize {
        let within = |from: &Timestamp| {
            times
                .iter()
                .filter(|at| (*from..*from + span).contains(*at))
                .count()
        };
        times.iter().map(within).max().unwrap_or(0)
    }

    /// One thing to be sent: after so many milliseconds, to this chat, with this priority; and whether Telegram then
    /// says "wait", and for how long.
    type Wish = (i64, i64, usize, Option<i64>);

    fn wish() -> impl Strategy<Value = Wish> {
        let gap = prop_oneof![3 => Just(0_i64), 1 => 1_i64..120];
        let told = proptest::option::weighted(0.02, 1_i64..4);
        (gap, -2_i64..9, 0_usize..6, told)
    }

    const PRIORITIES: [Priority; 6] = [
        Priority::Reply,
        Priority::Alert,
        Priority::Staff,
        Priority::Aside,
        Priority::Reminder,
        Priority::Broadcast,
    ];

    fn check_limits(sent: &[(i64, Timestamp)]) -> Result<(), TestCaseError> {
        let all: Vec<Timestamp> = sent.iter().map(|(_, at)| *at).collect();
        prop_assert!(most_within(&all, OVERALL.span) <= OVERALL.most);
        for chat in -2..9_i64 {
            let to = sent.iter().filter(|(to, _)| *to == chat);
            let times: Vec<Timestamp> = to.map(|(_, at)| *at).collect();
            if chat <= 0 {
                prop_assert!(most_within(&times, GROUP.span) <= GROUP.most);
            }
            for seconds in (1..10_i32).filter(|_| chat > 0) {
                let most = usize::try_from(PRIVATE_BURST + seconds).unwrap();
                prop_assert!(most_within(&times, PRIVATE_EVERY * seconds) < most);
            }
        }
        Ok(())
    }

    proptest! {
        /// Whoever sends as soon as `may` allows never breaks a limit nor a wait that was told, and is never stuck.
        #[test]
        fn the_limits_hold_and_told_waits_too(wishes in proptest::collection::vec(wish(), 1..300)) {
            let (mut pace, mut now) = (running(), start());
            let mut sent: Vec<(i64, Timestamp)> = Vec::new();
            let (mut told_all, mut told): (Timestamp, HashMap<i64, Timestamp>) = (start(), HashMap::new());
            for (gap, chat, priority, wait) in wishes {
                now += SignedDuration::from_millis(gap);
                for tries in 0.. {
                    prop_assert!(tries < 4, "sent away again and again");
                    match pace.may(ChatId(chat), PRIORITIES[priority], now) {
                        Ok(()) => break,
                        Err(Wait::All(again) | Wait::Chat(again)) => {
                            prop_assert!(again > now);
                            now = again;
                        }
                    }
                }
                prop_assert!(now >= told_all && told.get(&chat).is_none_or(|until| now >= *until));
                pace.went(ChatId(chat), now);
                sent.push((chat, now));
                if let Some(seconds) = wait {
                    let until = now + SignedDuration::from_secs(seconds);
                    let whom = pace.whom_a_wait_would_mean(ChatId(chat), now);
                    prop_assert_eq!(whom == Whom::Everybody, chat > 0, "we never go beyond a person's limit");
                    pace.told_to_wait(ChatId(chat), whom, until, now);
                    if whom == Whom::Everybody {
                        told_all = told_all.max(until);
                    } else {
                        told.insert(chat, until);
                    }
                }
            }
            check_limits(&sent)?;
        }

        /// A push without end beside replies that come whenever they like: no reply goes later than in a queue of
        /// replies alone in which each takes 1/30 s, and nothing of the limit is wasted, not even where timers ring
        /// late.
        #[test]
        fn a_push_delays_no_reply_and_wastes_nothing(gaps in proptest::collection::vec(prop_oneof![
            5 => 0_i64..3, 2 => 10_i64..60, 1 => 200_i64..1500,
        ], 1..120), late in prop_oneof![Just(0_i64), 1_i64..3000]) {
            let (mut pace, mut now, mut next_chat) = (running(), start(), 1);
            let mut arrives = start();
            let arrivals: Vec<Timestamp> = gaps
                .iter()
                .map(|gap| {
                    arrives += SignedDuration::from_millis(*gap);
                    arrives
                })
                .collect();
            let (mut answered, mut sent): (Vec<Timestamp>, Vec<Timestamp>) = (Vec::new(), Vec::new());
            let end = arrives + SignedDuration::from_secs(3);
            while now <= end {
                let next = arrivals.get(answered.len()).copied();
                let waits = next.is_some_and(|at| at <= now);
                let priority = if waits { Priority::Reply } else { Priority::Broadcast };
                let chat = ChatId(next_chat);
                match pace.may(chat, priority, now) {
                    Ok(()) => {
                        pace.went(chat, now);
                        next_chat += 1;
                        sent.push(now);
                        if waits {
                            answered.push(now);
                        }
                    }
                    Err(Wait::Chat(_)) => prop_assert!(false, "nobody gets more than one"),
                    Err(Wait::All(again)) => {
                        prop_assert!(again > now);
                        let arrival = next.filter(|_| !waits);
                        let rings = again + SignedDuration::from_micros(late);
                        now = arrival.map_or(rings, |at| at.min(rings));
                    }
                }
            }
            prop_assert!(most_within(&sent, OVERALL.span) <= OVERALL.most);
            let mut done = Timestamp::MIN;
            for (came, went) in arrivals.iter().zip(&answered).filter(|_| late == 0) {
                done = done.max(*came) + EVENLY;
                prop_assert!(*went <= done + LATENESS, "came {came}, went {went}");
            }
            let possible = end.duration_since(start()).as_nanos() / EVENLY.as_nanos();
            // The last timer may be ringing; and as the window is exactly as long as thirty messages take, late timers
            // may cost a place in half a minute.
            let made = sent.len() + 2 * usize::from(late > 0);
            prop_assert!(made >= usize::try_from(possible).unwrap(), "{made} of {possible}");
        }
    }
}
