//! Who is told.

use serde::{Deserialize, Serialize};

use crate::{
    events::{Calendar, EventId, Kind},
    lang::Lang,
    reminders::{Subject, Subscriber},
};

/// Some of those who chose to be told of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Segment {
    /// Whoever follows anything at all.
    Everybody,
    /// Whoever follows this kind of events, or all events.
    Kind(Kind),
    /// Whoever hears of this event, or goes there.
    Event(EventId),
}

impl Segment {
    /// Whether they are one of those, also while they do not want to be told anything.
    #[must_use]
    pub fn holds(&self, subscriber: &Subscriber, calendar: &Calendar) -> bool {
        match self {
            // To go somewhere once is not to want to hear of everything.
            Self::Everybody => subscriber.weekly || !subscriber.follows.is_empty(),
            Self::Kind(kind) => [Subject::All, Subject::Kind(*kind)]
                .iter()
                .any(|subject| subscriber.follows.contains_key(subject)),
            Self::Event(id) => calendar.get(id).is_some_and(|event| subscriber.follows(event)),
        }
    }

    /// Whether they are told.
    #[must_use]
    pub fn hears(&self, subscriber: &Subscriber, calendar: &Calendar) -> bool {
        !subscriber.paused && self.holds(subscriber, calendar)
    }
}

/// How many are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Receivers {
    pub ja: usize,
    pub ja_simple: usize,
    pub en: usize,
    /// Belong to them and are not told: they have paused, or cannot be written to.
    pub others: usize,
}

impl Receivers {
    #[must_use]
    pub fn total(&self) -> usize {
        self.ja + self.ja_simple + self.en
    }

    /// One more, who reads this language.
    pub fn add(&mut self, lang: Lang) {
        *match lang {
            Lang::Ja => &mut self.ja,
            Lang::JaSimple => &mut self.ja_simple,
            Lang::En => &mut self.en,
        } += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::sample::{at, event},
        outgoing::UserId,
    };

    #[test]
    fn everybody_is_whoever_hears_of_anything_and_nobody_who_rests() {
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        let calendar = Calendar::new(vec![fair.clone()]);
        let of_fair = [
            Segment::Everybody,
            Segment::Kind(fair.kind),
            Segment::Event(fair.id.clone()),
        ];
        let hear = |subscriber: &Subscriber| {
            of_fair
                .clone()
                .map(|segment| segment.hears(subscriber, &calendar))
        };
        let mut anna = Subscriber::new(UserId(1));
        assert_eq!(hear(&anna), [false, false, false]);
        anna.going.insert(fair.id.clone());
        assert_eq!(hear(&anna), [false, false, true]);
        anna.follow(Subject::All, at("2026-11-21T10:00")).unwrap();
        assert_eq!(hear(&anna), [true, true, true]);
        anna.paused = true;
        assert_eq!(hear(&anna), [false, false, false]);
        assert!(of_fair.iter().all(|segment| segment.holds(&anna, &calendar)));
        anna.stop();
        anna.weekly = true;
        assert_eq!(hear(&anna), [true, false, false]);
        let gone = Segment::Event("s-2".parse().unwrap());
        assert!(!gone.holds(&anna, &calendar));
    }
}
