//! Telegram's flood limits, by the clock passed in.
//!
//! Sending before the waiting time is over prolongs it: each early message adds a second.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

/// Most messages in one call, and so the most by which a bucket can overflow.
const LARGEST_BATCH: u32 = 100;

/// How fast a bot may send; `None` switches a limit off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub overall: Option<Rate>,
    /// In each private chat.
    pub private: Option<Rate>,
    /// In each group.
    pub group: Option<Rate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// At most this many in any stretch of this length.
    Window { messages: u32, within: SignedDuration },
    /// One per `every` in the long run, and up to `burst` at once.
    Bucket { burst: u32, every: SignedDuration },
}

impl Limits {
    /// What Telegram documents: 30 a second in all, one a second in a chat with short bursts, 20 a minute in a group.
    #[must_use]
    pub fn telegram() -> Self {
        let second = SignedDuration::from_secs(1);
        Self {
            overall: Some(Rate::Window {
                messages: 30,
                within: second,
            }),
            private: Some(Rate::Bucket {
                burst: 5,
                every: second,
            }),
            group: Some(Rate::Window {
                messages: 20,
                within: SignedDuration::from_mins(1),
            }),
        }
    }

    #[must_use]
    pub fn off() -> Self {
        Self {
            overall: None,
            private: None,
            group: None,
        }
    }
}

/// What was sent lately, overall and by chat.
#[derive(Debug)]
pub(crate) struct Pace {
    limits: Limits,
    overall: Usage,
    chats: BTreeMap<i64, Usage>,
}

#[derive(Debug, Default)]
struct Usage {
    sent: VecDeque<Timestamp>,
    refused_until: Option<Timestamp>,
}

impl Pace {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            overall: Usage::default(),
            chats: BTreeMap::new(),
        }
    }

    /// Counts messages to a chat, or returns after how many seconds to try again.
    pub(crate) fn count(&mut self, chat: i64, messages: u32, now: Timestamp) -> Result<(), u64> {
        let rate = if chat > 0 {
            self.limits.private
        } else {
            self.limits.group
        };
        let usage = self.chats.entry(chat).or_default();
        usage.admit(rate, now)?;
        self.overall.admit(self.limits.overall, now)?;
        for _ in 0..messages {
            usage.sent.push_back(now);
            self.overall.sent.push_back(now);
        }
        Ok(())
    }
}

impl Usage {
    fn admit(&mut self, rate: Option<Rate>, now: Timestamp) -> Result<(), u64> {
        if let Some(until) = self.refused_until.filter(|until| now < *until) {
            return Err(self.refuse(until + SignedDuration::from_secs(1), now));
        }
        self.refused_until = None;
        match rate
            .and_then(|rate| self.free_at(rate, now))
            .filter(|free| now < *free)
        {
            Some(free) => Err(self.refuse(free, now)),
            None => Ok(()),
        }
    }

    fn refuse(&mut self, until: Timestamp, now: Timestamp) -> u64 {
        let wait = until.duration_since(now).as_millis();
        let seconds = u64::try_from(wait).unwrap_or_default().div_ceil(1000).max(1);
        self.refused_until = Some(now + SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(1)));
        seconds
    }

    /// When the next message may go; `None` if it may go now.
    fn free_at(&mut self, rate: Rate, now: Timestamp) -> Option<Timestamp> {
        match rate {
            Rate::Window { messages, within } => {
                self.forget_before(now - within);
                let over = self.sent.len().checked_sub(messages as usize)?;
                self.sent.get(over).map(|oldest| *oldest + within)
            }
            Rate::Bucket { burst, every } => {
                self.forget_before(now - every * (burst + LARGEST_BATCH).cast_signed());
                // Each message occupies the bucket for `every`, one after another.
                let empty = self
                    .sent
                    .iter()
                    .fold(Timestamp::MIN, |empty, sent| empty.max(*sent) + every);
                Some(empty)
                    .filter(|empty| *empty > now)
                    .map(|empty| empty - every * (burst.cast_signed() - 1))
            }
        }
    }

    fn forget_before(&mut self, start: Timestamp) {
        while self.sent.front().is_some_and(|sent| *sent <= start) {
            self.sent.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_770_681_600_000 + milliseconds).unwrap()
    }

    #[test]
    fn a_private_chat_takes_a_burst_and_then_one_a_second() {
        let mut pace = Pace::new(Limits::telegram());
        for _ in 0..5 {
            assert_eq!(pace.count(1, 1, at(0)), Ok(()));
        }
        assert_eq!(pace.count(1, 1, at(0)), Err(1));
        assert_eq!(pace.count(1, 1, at(1000)), Ok(()));
        assert_eq!(pace.count(1, 1, at(1000)), Err(1));
        assert_eq!(
            pace.count(2, 1, at(1000)),
            Ok(()),
            "another chat is not concerned"
        );
    }

    #[test]
    fn a_group_takes_twenty_a_minute_and_impatience_costs() {
        let mut pace = Pace::new(Limits::telegram());
        for second in 0..20 {
            assert_eq!(pace.count(-1, 1, at(second * 1000)), Ok(()));
        }
        assert_eq!(pace.count(-1, 1, at(20_000)), Err(40));
        assert_eq!(pace.count(-1, 1, at(30_000)), Err(31));
        assert_eq!(pace.count(-1, 1, at(61_000)), Ok(()));
    }

    #[test]
    fn all_chats_together_take_thirty_a_second() {
        let mut pace = Pace::new(Limits::telegram());
        for chat in 1..=30 {
            assert_eq!(pace.count(chat, 1, at(0)), Ok(()));
        }
        assert_eq!(pace.count(31, 1, at(500)), Err(1));
        assert_eq!(pace.count(31, 1, at(1500)), Ok(()));
    }

    #[test]
    fn limits_can_be_switched_off() {
        let mut pace = Pace::new(Limits::off());
        assert!((0..1000).all(|_| pace.count(1, 1, at(0)).is_ok()));
    }
}
