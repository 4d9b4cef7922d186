//! What a time means on the city's clocks.

use std::ops::RangeInclusive;

use jiff::{
    Timestamp,
    civil::{Date, Time},
};

use crate::{
    clock::{from_city, in_city},
    events::When,
};

impl When {
    /// The first moment; an event on whole days starts at midnight in the city.
    #[must_use]
    pub fn starts(&self) -> Timestamp {
        match self {
            Self::Timed(hours) => hours.starts(),
            Self::AllDay(days) => midnight(days.first()),
        }
    }

    /// The first moment when it is over. An event on whole days lasts until the end of the last one, and one of unknown
    /// length until the end of its day.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        match self {
            Self::Timed(hours) => hours.ends().unwrap_or_else(|| midnight_after(*self.days().end())),
            Self::AllDay(days) => midnight_after(days.last()),
        }
    }

    #[must_use]
    pub fn has_begun(&self, now: Timestamp) -> bool {
        self.starts() <= now
    }

    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends() <= now
    }

    /// The days of the city's calendar it touches; if it ends at midnight, not the day that begins then.
    #[must_use]
    pub fn days(&self) -> RangeInclusive<Date> {
        match self {
            Self::Timed(hours) => {
                let first = in_city(hours.starts()).date();
                let last = hours.ends().map_or(first, |ends| {
                    let ends = in_city(ends);
                    let midnight = ends.time() == Time::midnight();
                    let last = ends.date();
                    if midnight {
                        last.yesterday().unwrap_or(last)
                    } else {
                        last
                    }
                });
                first..=last
            }
            Self::AllDay(days) => days.first()..=days.last(),
        }
    }
}

/// The first moment of a day in the city. A [`When`] lies in years that every clock can show.
pub(super) fn midnight(day: Date) -> Timestamp {
    from_city(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
}

/// The first moment after a day in the city.
pub(super) fn midnight_after(day: Date) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, midnight)
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, civil::date};
    use proptest::prelude::*;

    use super::*;
    use crate::events::sample::{any_when, at, when};

    #[test]
    fn an_event_is_over_when_it_has_ended() {
        let hours = when("2027-02-14 9:30-11:30");
        assert!(!hours.has_begun(at("2027-02-14T09:29:59")) && hours.has_begun(at("2027-02-14T09:30")));
        assert!(!hours.is_over(at("2027-02-14T11:29:59")) && hours.is_over(at("2027-02-14T11:30")));
    }

    #[test]
    fn an_event_of_unknown_length_lasts_until_midnight() {
        let open = when("2027-02-14 22:00");
        assert!(!open.is_over(at("2027-02-14T23:59:59")) && open.is_over(at("2027-02-15T00:00")));
    }

    #[test]
    fn whole_days_go_from_midnight_to_midnight_across_the_end_of_a_month() {
        let days = when("2027-02-27〜2027-03-02");
        assert_eq!(days.starts(), at("2027-02-27T00:00"));
        assert!(!days.is_over(at("2027-03-02T23:59:59")) && days.is_over(at("2027-03-03T00:00")));
        assert_eq!(days.days(), date(2027, 2, 27)..=date(2027, 3, 2));
    }

    #[test]
    fn an_evening_that_ends_at_midnight_is_of_one_day() {
        let day = date(2027, 2, 14);
        assert_eq!(when("2027-02-14 22:00-24:00").days(), day..=day);
        assert_eq!(when("2027-02-14 22:00-25:30").days(), day..=date(2027, 2, 15));
        assert_eq!(when("2027-02-14 0:00").days(), day..=day);
        assert_eq!(when("2027-02-14 0:00").starts(), at("2027-02-14T00:00"));
    }

    #[test]
    fn the_29th_of_february_is_a_day_like_others() {
        let day = date(2028, 2, 29);
        assert_eq!(when("2028-02-29").days(), day..=day);
        assert_eq!(when("2028-02-29").ends(), at("2028-03-01T00:00"));
    }

    proptest! {
        #[test]
        fn an_event_begins_on_its_first_day_and_ends_on_its_last(when in any_when()) {
            let (first, last) = when.days().into_inner();
            let last_moment = when.ends() - SignedDuration::from_secs(1);
            prop_assert!(when.starts() < when.ends());
            prop_assert_eq!(in_city(when.starts()).date(), first);
            prop_assert_eq!(in_city(last_moment).date(), last);
            prop_assert!(when.has_begun(when.starts()) && !when.is_over(last_moment) && when.is_over(when.ends()));
        }
    }
}
