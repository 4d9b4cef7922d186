//! All events at one moment.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, ToSpan};

use crate::{
    clock::in_city,
    events::{Event, EventId, Kind, Standing, When, YearMonth},
};

/// At most this many dates of one rule are looked at: a year of weeks, and some.
const DATES: usize = 60;

/// All known events, immutable; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Calendar(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// By start, then by id.
    events: Vec<Event>,
    places: BTreeMap<EventId, usize>,
}

/// Which events are wanted. `None` in a field means no filter on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    pub kind: Option<Kind>,
    /// On some day of this month.
    pub month: Option<YearMonth>,
}

/// One date of an event that is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming<'a> {
    pub event: &'a Event,
    pub when: When,
    /// Whether the date was announced and confirmed; one that only follows from a rule never is.
    pub certain: bool,
}

impl Calendar {
    /// Of two events with the same id, takes the later one.
    #[must_use]
    pub fn new(events: Vec<Event>) -> Self {
        let by_id: BTreeMap<EventId, Event> = events
            .into_iter()
            .map(|event| (event.id.clone(), event))
            .collect();
        let mut events: Vec<Event> = by_id.into_values().collect();
        events.sort_by_key(|event| event.when.starts());
        let places = (0..)
            .zip(&events)
            .map(|(at, event)| (event.id.clone(), at))
            .collect();
        Self(Arc::new(Inner { events, places }))
    }

    #[must_use]
    pub fn get(&self, id: &EventId) -> Option<&Event> {
        self.0.places.get(id).and_then(|at| self.0.events.get(*at))
    }

    /// Every event by start, past ones included.
    pub fn all(&self) -> impl Iterator<Item = &Event> {
        self.0.events.iter()
    }

    /// The dates that are not over, by start, including cancelled events. Dates that only follow from a rule are
    /// included for a year from now.
    #[must_use]
    pub fn coming(&self, now: Timestamp, filter: &Filter) -> Vec<Coming<'_>> {
        let mut coming: Vec<Coming<'_>> = self
            .all()
            .filter(|event| filter.kind.is_none_or(|kind| kind == event.kind))
            .flat_map(|event| dates(event, now))
            .filter(|date| filter.month.is_none_or(|month| touches(&date.when, month)))
            .collect();
        coming.sort_by_key(|date| date.when.starts());
        coming
    }

    /// The months from this one on in which something of a kind, or anything, takes place, with the number of dates in
    /// each. What lasts over several months is counted in each of them, but adds no month beyond a year from now.
    #[must_use]
    pub fn months(&self, now: Timestamp, kind: Option<Kind>) -> Vec<(YearMonth, usize)> {
        let (today, horizon) = (in_city(now).date(), in_city(horizon(now)).date());
        let coming = self.coming(now, &Filter { kind, month: None });
        let mut months: BTreeSet<YearMonth> = BTreeSet::new();
        for date in &coming {
            let (first, last) = date.when.days().into_inner();
            let first = YearMonth::of(first.max(today));
            let last = YearMonth::of(last.min(horizon.max(first.first())));
            let lasting = std::iter::successors(Some(first), |month| month.next());
            months.extend(lasting.take_while(|month| *month <= last));
        }
        let count = |month| coming.iter().filter(|date| touches(&date.when, month)).count();
        months.into_iter().map(|month| (month, count(month))).collect()
    }

    /// The events that are over, latest first, without cancelled ones, which did not take place.
    #[must_use]
    pub fn past(&self, now: Timestamp, most: usize) -> Vec<&Event> {
        let mut past: Vec<&Event> = self
            .all()
            .filter(|event| event.standing != Standing::Cancelled && event.when.is_over(now))
            .collect();
        past.sort_by_key(|event| std::cmp::Reverse(event.when.ends()));
        past.truncate(most);
        past
    }
}

/// The announced date, and those that the rule makes likely.
fn dates(event: &Event, now: Timestamp) -> Vec<Coming<'_>> {
    let announced = Coming {
        event,
        when: event.when,
        certain: event.standing == Standing::Confirmed,
    };
    let rule = event
        .rule
        .as_ref()
        .filter(|_| event.standing != Standing::Cancelled);
    let likely = rule.map(|rule| rule.occurrences(&event.when, now, horizon(now), DATES));
    let likely = likely
        .into_iter()
        .flatten()
        .filter(|when| when.starts() != event.when.starts());
    std::iter::once(announced)
        .filter(|date| !date.when.is_over(now))
        .chain(likely.map(|when| Coming {
            event,
            when,
            certain: false,
        }))
        .collect()
}

/// A year from now.
fn horizon(now: Timestamp) -> Timestamp {
    in_city(now)
        .checked_add(1.year())
        .map_or(Timestamp::MAX, |at| at.timestamp())
}

fn touches(when: &When, month: YearMonth) -> bool {
    let (first, last) = when.days().into_inner();
    first <= month.last() && month.first() <= last
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::events::sample::{any_event, at, event, when};

    const NOW: &str = "2026-11-21T10:00";

    fn marathon() -> Event {
        Event {
            kind: Kind::Festival,
            rule: "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU".parse().ok(),
            standing: Standing::Unconfirmed,
            ..event("event-ansei-toashi", "2024-05-12 8:00")
        }
    }

    fn calendar() -> Calendar {
        Calendar::new(vec![
            marathon(),
            event("s-3", "2027-02-27〜2027-03-02"),
            Event {
                standing: Standing::Cancelled,
                ..event("s-2", "2026-11-21 9:00-11:00")
            },
            event("s-1", "2026-11-21 9:30-11:30"),
            event("s-0", "2026-11-20 9:30-11:30"),
        ])
    }

    fn said(coming: &[Coming<'_>]) -> Vec<(String, bool)> {
        let line = |date: &Coming<'_>| {
            (
                format!("{} {}", date.event.id, date.when.days().start()),
                date.certain,
            )
        };
        coming.iter().map(line).collect()
    }

    #[test]
    fn what_comes_is_sorted_and_a_rule_promises_nothing() {
        let calendar = calendar();
        let coming = calendar.coming(at(NOW), &Filter::default());
        let wanted = [
            ("s-2 2026-11-21", false),
            ("s-1 2026-11-21", true),
            ("s-3 2027-02-27", true),
            ("event-ansei-toashi 2027-05-09", false),
        ];
        assert_eq!(
            said(&coming),
            wanted.map(|(line, certain)| (line.to_owned(), certain))
        );
        assert_eq!(coming[3].when, when("2027-05-09 8:00"));
        let over = calendar.coming(at("2026-11-21T11:00"), &Filter::default());
        assert_eq!(
            over[0].event.id.as_str(),
            "s-1",
            "a cancelled event goes when it would have ended"
        );
    }

    #[test]
    fn the_announced_date_of_a_series_is_certain_and_the_others_are_not() {
        let series = Calendar::new(vec![Event {
            rule: "FREQ=WEEKLY;COUNT=3".parse().ok(),
            ..event("s-1", "2026-11-28 10:00")
        }]);
        let certain: Vec<bool> = series
            .coming(at(NOW), &Filter::default())
            .iter()
            .map(|date| date.certain)
            .collect();
        assert_eq!(certain, [true, false, false]);
    }

    #[test]
    fn kinds_and_months_narrow_it_down() {
        let calendar = calendar();
        let coming = |kind, month: Option<&str>| {
            let month = month.map(|month| month.parse().unwrap());
            said(&calendar.coming(at(NOW), &Filter { kind, month })).len()
        };
        assert_eq!(coming(Some(Kind::Festival), None), 1);
        assert_eq!(coming(Some(Kind::Seminar), None), 0);
        assert_eq!(coming(None, Some("2027-02")), 1);
        assert_eq!(coming(None, Some("2027-03")), 1);
        assert_eq!(coming(None, Some("2027-04")), 0);
        assert_eq!(coming(Some(Kind::Festival), Some("2027-05")), 1);
    }

    #[test]
    fn months_that_have_something_are_counted() {
        let count = |kind| -> Vec<(String, usize)> {
            let months = calendar().months(at(NOW), kind);
            months
                .into_iter()
                .map(|(month, count)| (month.to_string(), count))
                .collect()
        };
        let wanted = [("2026-11", 2), ("2027-02", 1), ("2027-03", 1), ("2027-05", 1)];
        assert_eq!(
            count(None),
            wanted.map(|(month, count)| (month.to_owned(), count))
        );
        assert_eq!(count(Some(Kind::Festival)), [("2027-05".to_owned(), 1)]);
        let long = Calendar::new(vec![event("s-1", "2026-01-01〜2030-12-31")]);
        let months = long.months(at(NOW), None);
        assert_eq!(
            (months[0].0.to_string(), months.len()),
            ("2026-11".to_owned(), 13)
        );
    }

    #[test]
    fn what_is_over_is_past_latest_first() {
        let calendar = calendar();
        let past = |now: &str, most| -> Vec<String> {
            let past = calendar.past(at(now), most);
            past.iter().map(|event| event.id.to_string()).collect()
        };
        assert_eq!(past(NOW, 9), ["s-0", "event-ansei-toashi"]);
        assert_eq!(past("2026-11-21T11:30", 2), ["s-1", "s-0"]);
    }

    #[test]
    fn an_event_is_found_by_its_id() {
        let calendar = Calendar::new(vec![
            event("s-1", "2027-02-14"),
            event("s-1", "2027-02-15"),
            event("s-2", "2027-02-13"),
        ]);
        let found = |id: &str| calendar.get(&id.parse().unwrap()).map(|event| event.when);
        assert_eq!(found("s-1"), Some(when("2027-02-15")));
        assert_eq!(found("s-2"), Some(when("2027-02-13")));
        assert_eq!(found("s-3"), None);
        assert_eq!(calendar.all().count(), 2);
    }

    proptest! {
        #[test]
        fn every_coming_date_is_of_a_month_that_is_counted(
            events in proptest::collection::vec(any_event(), 0..8), offset in 0_i64..50 * 366
        ) {
            let calendar = Calendar::new(events);
            let now = at("2001-01-01T00:00") + jiff::SignedDuration::from_hours(24 * offset);
            let coming = calendar.coming(now, &Filter::default());
            prop_assert!(coming.is_sorted_by_key(|date| date.when.starts()));
            prop_assert!(coming.iter().all(|date| !date.when.is_over(now)));
            for (month, count) in calendar.months(now, None) {
                let filter = Filter { kind: None, month: Some(month) };
                prop_assert_eq!(calendar.coming(now, &filter).len(), count);
            }
            for event in calendar.all().filter(|event| event.is_pushable(now)) {
                prop_assert!(coming.iter().any(|date| date.event.id == event.id && date.certain));
            }
        }
    }
}
