//! Whether an event takes requests in the chat, for which days, and how many places it has.

use std::num::NonZeroU32;

use jiff::{Timestamp, civil::Date};

use crate::{
    clock::in_city,
    events::{Event, Standing, When},
};

/// Why an event takes no requests now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// One signs up elsewhere, or not at all.
    NotHere,
    Cancelled,
    /// The last moment was this.
    Deadline(Timestamp),
    /// It has begun; one of several days is over.
    Begun,
}

/// What holds for those who take part in an event.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'e> {
    event: &'e Event,
}

impl<'e> Terms<'e> {
    #[must_use]
    pub fn of(event: &'e Event) -> Self {
        Self { event }
    }

    /// Why nobody can sign up now; `None` if people can.
    #[must_use]
    pub fn closed(&self, now: Timestamp) -> Option<Closed> {
        let Some(sign_up) = self.event.sign_up.as_ref().filter(|sign_up| sign_up.in_chat) else {
            return Some(Closed::NotHere);
        };
        let when = &self.event.when;
        let begun = if self.has_days() {
            when.is_over(now)
        } else {
            when.has_begun(now)
        };
        match sign_up.deadline {
            _ if self.event.standing == Standing::Cancelled => Some(Closed::Cancelled),
            _ if begun => Some(Closed::Begun),
            Some(deadline) if deadline < now => Some(Closed::Deadline(deadline)),
            _ => None,
        }
    }

    /// Whether it is on several whole days, so that one says on which one comes. What goes from one moment to another
    /// is one thing, also over midnight.
    #[must_use]
    pub fn has_days(&self) -> bool {
        let (first, last) = self.event.when.days().into_inner();
        first != last && matches!(self.event.when, When::AllDay(_))
    }

    /// The days, from today on, to choose from; empty if the event is on one day only.
    #[must_use]
    pub fn days_left(&self, now: Timestamp) -> Vec<Date> {
        if !self.has_days() {
            return Vec::new();
        }
        let (first, last) = self.event.when.days().into_inner();
        let from = first.max(in_city(now).date());
        std::iter::successors(Some(from), |day| day.tomorrow().ok())
            .take_while(|day| *day <= last)
            .collect()
    }

    /// Whether a request for this day, or for none, fits the days there are.
    #[must_use]
    pub fn has_day(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => self.has_days() && self.event.when.days().contains(&day),
            None => !self.has_days(),
        }
    }

    /// When it is for somebody who comes on this day; none where there is no such day to choose.
    #[must_use]
    pub fn on(&self, day: Option<Date>) -> Option<When> {
        let day = day.filter(|day| self.has_day(Some(*day)))?;
        When::all_day(day, day).ok()
    }

    /// For how many people there is room, on each day where there are several; none if that is not limited.
    #[must_use]
    pub fn capacity(&self) -> Option<NonZeroU32> {
        self.event.sign_up.as_ref()?.capacity
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        events::sample::{at, event},
        signups::sample::open_to,
    };

    #[test]
    fn requests_are_taken_until_the_deadline_or_the_beginning() {
        let fair = open_to(20, event("s-1", "2027-02-14 9:30-11:30"));
        let closed = |event: &Event, now: &str| Terms::of(event).closed(at(now));
        assert_eq!(closed(&fair, "2027-02-14T09:29"), None);
        assert_eq!(closed(&fair, "2027-02-14T09:30"), Some(Closed::Begun));
        assert_eq!(
            closed(&event("s-1", "2027-02-14 9:30"), "2027-02-01T00:00"),
            Some(Closed::NotHere)
        );
        let mut early = fair.clone();
        let deadline = at("2027-02-10T17:00");
        early.sign_up.as_mut().unwrap().deadline = Some(deadline);
        assert_eq!(closed(&early, "2027-02-10T17:00"), None);
        assert_eq!(
            closed(&early, "2027-02-10T17:01"),
            Some(Closed::Deadline(deadline))
        );
        early.standing = Standing::Cancelled;
        assert_eq!(closed(&early, "2027-02-01T00:00"), Some(Closed::Cancelled));
        let unsure = Event {
            standing: Standing::Unconfirmed,
            ..fair
        };
        assert_eq!(closed(&unsure, "2027-02-01T00:00"), None);
    }

    #[test]
    fn of_several_days_those_that_are_not_past_can_be_chosen() {
        let fair = open_to(20, event("s-1", "2027-02-27〜2027-03-02"));
        let terms = Terms::of(&fair);
        let days = terms.days_left(at("2027-02-28T23:00"));
        assert_eq!(days, [date(2027, 2, 28), date(2027, 3, 1), date(2027, 3, 2)]);
        assert_eq!(terms.closed(at("2027-03-02T23:59")), None);
        assert_eq!(terms.closed(at("2027-03-03T00:00")), Some(Closed::Begun));
        assert!(terms.has_day(Some(date(2027, 3, 2))) && !terms.has_day(Some(date(2027, 3, 3))));
        assert!(!terms.has_day(None));
    }

    #[test]
    fn what_goes_from_moment_to_moment_is_one_thing() {
        for when in ["2027-02-14 22:00-25:30", "2027-02-14 10:00〜2027-02-16 15:00"] {
            let fair = event("s-1", when);
            assert!(Terms::of(&fair).days_left(at("2027-02-01T00:00")).is_empty());
            assert!(Terms::of(&fair).has_day(None), "{when}");
        }
    }
}
