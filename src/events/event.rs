//! One event, and how it changes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    events::{Coordinates, EventId, Kind, Rule, SignUp, Texts, When},
    knowledge::EntryId,
};

/// An event of the city. What is not known is none; nothing is ever guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    pub origin: Origin,
    pub kind: Kind,
    pub title: Texts,
    pub text: Option<Texts>,
    /// The entry that says more.
    pub entry: Option<EntryId>,
    /// The date that was announced; with a rule, the one from which the rule counts.
    pub when: When,
    /// By which it is likely to come again.
    pub rule: Option<Rule>,
    pub place: Option<Place>,
    /// Whom it is for.
    pub audience: Option<Texts>,
    pub fee: Option<Texts>,
    pub contact: Option<Texts>,
    pub sign_up: Option<SignUp>,
    pub standing: Standing,
    /// Rises with every change a subscriber would see (RFC 5545, section 3.8.7.4).
    pub sequence: u32,
    /// The sequence with which something was told of it last: later changes are small ones.
    #[serde(default)]
    pub news_sequence: u32,
    /// When that was: reminders that were due before it say nothing new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news_at: Option<Timestamp>,
    /// The sequence its calendar file gave when it was last taken from there: ours rises also when a file forgets to.
    #[serde(default)]
    pub file_sequence: Option<u32>,
    /// When a subscriber would last have seen a change.
    pub changed: Timestamp,
    /// When it was to be before, if it was moved to another time last.
    #[serde(default)]
    pub moved_from: Option<When>,
}

/// Where an event takes place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub name: Texts,
    pub address: Option<String>,
    pub at: Option<Coordinates>,
}

/// Whether the date of [`Event::when`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Confirmed,
    /// Planned, or only to be expected.
    Unconfirmed,
    Cancelled,
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// An entry's `[event]` table.
    Knowledge,
    /// Staff entered it, or changed what was imported.
    Staff,
    /// A calendar file.
    Ics,
    /// A municipality's table.
    Csv,
}

impl Event {
    /// An event of staff's of which only the least is known; not confirmed.
    #[must_use]
    pub fn of_staff(id: EventId, kind: Kind, title: Texts, when: When, now: Timestamp) -> Self {
        Self {
            id,
            origin: Origin::Staff,
            kind,
            title,
            text: None,
            entry: None,
            when,
            rule: None,
            place: None,
            audience: None,
            fee: None,
            contact: None,
            sign_up: None,
            standing: Standing::Unconfirmed,
            sequence: 0,
            news_sequence: 0,
            news_at: None,
            file_sequence: None,
            changed: now,
            moved_from: None,
        }
    }

    /// Whether subscribers may be told of it: its date is confirmed and has not begun. Dates that only follow from its
    /// rule never are.
    #[must_use]
    pub fn is_pushable(&self, now: Timestamp) -> bool {
        self.standing == Standing::Confirmed && !self.when.has_begun(now)
    }

    /// This event as it is from now on, with its number raised; none if nothing differs that a subscriber would see. Its
    /// id stays.
    #[must_use]
    pub fn revised(self, new: Self, now: Timestamp) -> Option<Self> {
        let next = Self {
            id: self.id.clone(),
            sequence: self.sequence.saturating_add(1),
            news_sequence: self.news_sequence,
            news_at: self.news_at,
            changed: now,
            moved_from: if self.when != new.when {
                Some(self.when)
            } else if self.moved(&new) {
                // The news are of its place.
                None
            } else {
                self.moved_from
            },
            ..new
        };
        (!self.looks_like(&next)).then_some(next)
    }

    /// Whether its time or its place is another in `new`: everybody who was told has to be told again.
    #[must_use]
    pub fn moved(&self, new: &Self) -> bool {
        self.when != new.when || self.place != new.place
    }

    /// Whether a subscriber would see the same. Who says it, its numbers and the time of the change are not seen.
    #[must_use]
    pub fn looks_like(&self, other: &Self) -> bool {
        let seen = |event: &Self| Self {
            origin: self.origin,
            sequence: self.sequence,
            news_sequence: self.news_sequence,
            news_at: self.news_at,
            file_sequence: self.file_sequence,
            changed: self.changed,
            moved_from: self.moved_from,
            ..event.clone()
        };
        seen(self) == seen(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::sample::{at, event, ja},
        knowledge::event::Link,
    };

    #[test]
    fn only_what_is_confirmed_and_to_come_is_pushed() {
        let (before, begun) = (at("2027-02-14T09:29:59"), at("2027-02-14T09:30"));
        let confirmed = event("s-1", "2027-02-14 9:30-11:30");
        assert!(confirmed.is_pushable(before));
        assert!(!confirmed.is_pushable(begun));
        for standing in [Standing::Unconfirmed, Standing::Cancelled] {
            let other = Event {
                standing,
                ..confirmed.clone()
            };
            assert!(!other.is_pushable(before));
        }
        let days = event("s-2", "2027-02-14〜2027-03-31");
        assert!(days.is_pushable(at("2027-02-13T23:59:59")));
        assert!(!days.is_pushable(at("2027-02-14T00:00")));
    }

    #[test]
    fn a_change_nobody_sees_is_no_revision() {
        let now = at("2026-11-21T10:00");
        let old = event("s-1", "2027-02-14 9:30-11:30");
        let same = Event {
            origin: Origin::Staff,
            sequence: 9,
            changed: now,
            ..old.clone()
        };
        assert_eq!(old.clone().revised(same, now), None);
    }

    #[test]
    fn a_change_raises_the_number_and_keeps_the_name() {
        let now = at("2026-11-21T10:00");
        let old = event("s-1", "2027-02-14 9:30-11:30");
        let new = Event {
            fee: Some(ja("500円")),
            ..event("s-2", "2027-02-14 9:30-11:30")
        };
        let revised = old.clone().revised(new, now).unwrap();
        assert_eq!(
            (revised.id.as_str(), revised.sequence, revised.changed),
            ("s-1", 1, now)
        );
        assert!(!old.moved(&revised));
        let later = event("s-1", "2027-02-14 10:00-11:30");
        let elsewhere = Event {
            place: Some(Place {
                name: ja("松井田文化会館"),
                address: None,
                at: None,
            }),
            ..old.clone()
        };
        assert!(old.moved(&later) && old.moved(&elsewhere));
        let before = old.when;
        let moved = old.revised(later, now).unwrap();
        assert_eq!(moved.moved_from, Some(before));
        let dearer = Event {
            fee: Some(ja("500円")),
            ..moved.clone()
        };
        let dearer = moved.revised(dearer, now).unwrap();
        assert_eq!(
            dearer.moved_from,
            Some(before),
            "the move may still be being told"
        );
        let elsewhere = Event {
            place: elsewhere.place,
            ..dearer.clone()
        };
        assert_eq!(dearer.revised(elsewhere, now).unwrap().moved_from, None);
    }

    #[test]
    fn a_kept_event_is_read_back() {
        let link: Link = "https://a.example/".parse().unwrap();
        let full = Event {
            rule: Some("FREQ=YEARLY;BYMONTH=2".parse().unwrap()),
            sign_up: Some(SignUp {
                link: Some(link),
                capacity: std::num::NonZeroU32::new(20),
                ..SignUp::default()
            }),
            ..event("s-1", "2027-02-14〜2027-03-31")
        };
        let json = serde_json::to_string(&full).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), full);
        for nonsense in [
            ("https://a.example/", "javascript:1"),
            ("FREQ=YEARLY", "FREQ=HOURLY"),
            ("s-1", "s_1"),
        ] {
            let broken = json.replace(nonsense.0, nonsense.1);
            assert!(serde_json::from_str::<Event>(&broken).is_err(), "{nonsense:?}");
        }
    }
}
