//! When the city's desk is open, and how long waits are in desk hours.

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time, Weekday, time},
};

use crate::{
    clock::{from_city, in_city},
    knowledge::Holidays,
};

/// The desk opens, on the city's clocks.
pub const OPENS: Time = time(8, 30, 0, 0);
/// The desk closes, on the city's clocks: the first moment when nobody is there.
pub const CLOSES: Time = time(17, 15, 0, 0);
/// The first day of the pause around the new year: month, day.
pub const PAUSE_BEGINS: (i8, i8) = (12, 29);
/// The last day of that pause: month, day.
pub const PAUSE_ENDS: (i8, i8) = (1, 3);

/// How many days ahead are looked at, about ten years: limits the search when every day is a holiday.
const HORIZON_DAYS: usize = 3653;

/// The hours of the city's desk: weekdays 8:30 to 17:15 in Japan, but for public holidays and 29 December to 3 January.
///
/// Beyond its end, the table of holidays counts as having none. Looking for open hours ends after ten years; from there
/// on every minute counts. So with a table in which every day is a holiday the desk is never open, yet promises and
/// alerts still have a time: an alert that comes too early does less harm than one that never comes.
#[derive(Debug, Clone, Copy)]
pub struct DeskHours<'a> {
    pub holidays: &'a Holidays,
}

/// The open hours of one day.
struct Hours {
    opens: Timestamp,
    closes: Timestamp,
}

impl DeskHours<'_> {
    /// Whether somebody is at the desk: from 8:30, and until just before 17:15.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        let shown = in_city(at);
        self.is_desk_day(shown.date()) && (OPENS..CLOSES).contains(&shown.time())
    }

    /// The first moment from `at` on when the desk is open: `at` itself if it is open then.
    #[must_use]
    pub fn opens_after(&self, at: Timestamp) -> Timestamp {
        self.after_desk_minutes(at, 0)
    }

    /// The moment at which this many minutes of open hours have passed since `at`; negative minutes count as zero.
    ///
    /// The desk is always open at that moment: if the minutes run out exactly at closing, it is the next opening.
    #[must_use]
    pub fn after_desk_minutes(&self, at: Timestamp, minutes: i64) -> Timestamp {
        let mut left = SignedDuration::from_secs(minutes.max(0).saturating_mul(60));
        let mut reached = at;
        for hours in self.hours_from(at) {
            let begins = hours.opens.max(at);
            let room = hours.closes.duration_since(begins);
            if left < room {
                reached = begins;
                break;
            }
            // A day that was over before `at` contributes nothing.
            if room.is_positive() {
                left -= room;
                reached = hours.closes;
            }
        }
        reached.saturating_add(left).unwrap_or(Timestamp::MAX)
    }

    /// When the desk opens on the `days`th desk day after today.
    #[must_use]
    pub fn next_day(&self, at: Timestamp, days: usize) -> Timestamp {
        let later = self.hours_from(at).filter(|hours| hours.opens > at);
        let nth = later.skip(days.saturating_sub(1)).map(|hours| hours.opens).next();
        nth.unwrap_or_else(|| self.opens_after(at))
    }

    /// The whole minutes of open hours from `a` to `b`; 0 if `b` is not after `a`.
    #[must_use]
    pub fn desk_minutes_between(&self, a: Timestamp, b: Timestamp) -> i64 {
        let open: SignedDuration = self
            .hours_from(a)
            .take_while(|hours| hours.opens < b)
            .map(|hours| hours.closes.min(b).duration_since(hours.opens.max(a)))
            .filter(SignedDuration::is_positive)
            .fold(SignedDuration::ZERO, SignedDuration::saturating_add);
        open.as_mins()
    }

    /// The open hours from the day of `at` on, as far as the horizon.
    fn hours_from(&self, at: Timestamp) -> impl Iterator<Item = Hours> {
        in_city(at)
            .date()
            .series(1.day())
            .take(HORIZON_DAYS)
            .filter(|day| self.is_desk_day(*day))
            .filter_map(|day| {
                Some(Hours {
                    opens: from_city(day.to_datetime(OPENS))?,
                    closes: from_city(day.to_datetime(CLOSES))?,
                })
            })
    }

    fn is_desk_day(&self, day: Date) -> bool {
        let in_year = (day.month(), day.day());
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let pause = in_year >= PAUSE_BEGINS || in_year <= PAUSE_ENDS;
        !weekend && !pause && !self.holidays.contains(day)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{DateTime, date};
    use proptest::prelude::*;

    use super::*;

    fn known() -> Holidays {
        let days = [date(2026, 11, 3), date(2026, 11, 23), date(2027, 1, 1)];
        Holidays(days.map(|day| (day, "祝日".to_owned())).into())
    }

    /// A moment as the city's clocks show it.
    fn city(shown: &str) -> Timestamp {
        from_city(shown.parse::<DateTime>().unwrap()).unwrap()
    }

    #[track_caller]
    fn check(from: &str, minutes: i64, wanted: &str) {
        let holidays = known();
        let hours = DeskHours { holidays: &holidays };
        let reached = hours.after_desk_minutes(city(from), minutes);
        assert_eq!(
            in_city(reached).datetime().to_string(),
            wanted.parse::<DateTime>().unwrap().to_string(),
            "{from} + {minutes}"
        );
    }

    #[test]
    fn ten_minutes_last_over_a_weekend_with_a_holiday() {
        check("2026-11-20 17:10", 10, "2026-11-24 08:35");
    }

    #[test]
    fn a_night_does_not_count() {
        check("2026-11-25 02:00", 15, "2026-11-25 08:45");
        check("2026-11-25 22:00", 15, "2026-11-26 08:45");
        check("2026-11-25 09:00", 525, "2026-11-26 09:00");
    }

    #[test]
    fn nobody_is_there_around_the_new_year() {
        check("2026-12-28 17:00", 20, "2027-01-04 08:35");
        check("2027-01-03 12:00", 0, "2027-01-04 08:30");
    }

    #[test]
    fn closing_time_is_no_longer_open() {
        check("2026-11-25 17:15", 0, "2026-11-26 08:30");
        check("2026-11-25 17:10", 5, "2026-11-26 08:30");
        let holidays = known();
        let hours = DeskHours { holidays: &holidays };
        assert!(!hours.is_open(city("2026-11-25 17:15")));
        assert!(hours.is_open(city("2026-11-25 17:14:59")));
        assert!(hours.is_open(city("2026-11-25 08:30")));
        assert!(!hours.is_open(city("2026-11-25 08:29:59")));
    }

    #[test]
    fn minutes_below_none_count_as_none() {
        check("2026-11-25 10:00", -30, "2026-11-25 10:00");
        let holidays = known();
        let hours = DeskHours { holidays: &holidays };
        let (a, b) = (city("2026-11-25 10:00"), city("2026-11-25 11:00"));
        assert_eq!(hours.desk_minutes_between(a, b), 60);
        assert_eq!(hours.desk_minutes_between(b, a), 0);
    }

    #[test]
    fn a_table_without_an_open_day_leaves_the_clock_to_count() {
        let every_day = date(2026, 1, 1).series(1.day()).take(HORIZON_DAYS + 800);
        let holidays = Holidays(every_day.map(|day| (day, "休日".to_owned())).collect());
        let hours = DeskHours { holidays: &holidays };
        let at = city("2026-11-25 10:00");
        assert!(!hours.is_open(at));
        assert_eq!(hours.opens_after(at), at);
        assert_eq!(hours.after_desk_minutes(at, 30), city("2026-11-25 10:30"));
        assert_eq!(hours.desk_minutes_between(at, city("2026-11-26 10:00")), 0);
    }

    #[test]
    fn the_ends_of_time_are_reached_without_a_fall() {
        let holidays = known();
        let hours = DeskHours { holidays: &holidays };
        assert_eq!(hours.after_desk_minutes(Timestamp::MAX, i64::MAX), Timestamp::MAX);
        assert!(hours.after_desk_minutes(Timestamp::MIN, i64::MAX) > Timestamp::MIN);
        assert!(hours.desk_minutes_between(Timestamp::MIN, Timestamp::MAX) > 0);
    }

    /// Any holidays among the days the moments fall into.
    fn some_holidays() -> impl Strategy<Value = Holidays> {
        proptest::collection::vec(0_i32..120, 0..40).prop_map(|offsets| {
            let day = |offset: i32| date(2026, 10, 1).checked_add(offset.days()).unwrap();
            Holidays(
                offsets
                    .into_iter()
                    .map(|offset| (day(offset), String::new()))
                    .collect(),
            )
        })
    }

    /// Any moment of three months around a new year.
    fn some_moment() -> impl Strategy<Value = Timestamp> {
        (0_i64..92 * 24 * 3600, 0_i32..1_000_000_000).prop_map(|(seconds, nanoseconds)| {
            let start = city("2026-10-15 00:00");
            start + SignedDuration::new(seconds, nanoseconds)
        })
    }

    proptest! {
        #[test]
        fn somebody_is_there_at_the_moment_promised(
            holidays in some_holidays(), at in some_moment(), minutes in 0_i64..3000
        ) {
            let hours = DeskHours { holidays: &holidays };
            let reached = hours.after_desk_minutes(at, minutes);
            prop_assert!(hours.is_open(reached) && reached >= at);
            prop_assert_eq!(hours.opens_after(reached), reached);
            prop_assert_eq!(hours.is_open(at), hours.opens_after(at) == at);
        }

        #[test]
        fn later_never_comes_earlier(
            holidays in some_holidays(), at in some_moment(), then in some_moment(),
            minutes in 0_i64..3000, more in 0_i64..3000
        ) {
            let hours = DeskHours { holidays: &holidays };
            let after = |at, minutes| hours.after_desk_minutes(at, minutes);
            let (early, late) = (at.min(then), at.max(then));
            prop_assert!(after(early, minutes) <= after(late, minutes));
            prop_assert!(after(at, minutes) <= after(at, minutes + more));
        }

        #[test]
        fn two_waits_are_one(
            holidays in some_holidays(), at in some_moment(), a in 0_i64..3000, b in 0_i64..3000
        ) {
            let hours = DeskHours { holidays: &holidays };
            let in_two = hours.after_desk_minutes(hours.after_desk_minutes(at, a), b);
            prop_assert_eq!(in_two, hours.after_desk_minutes(at, a + b));
        }

        #[test]
        fn minutes_waited_are_minutes_counted(
            holidays in some_holidays(), at in some_moment(), minutes in 0_i64..3000
        ) {
            let hours = DeskHours { holidays: &holidays };
            let reached = hours.after_desk_minutes(at, minutes);
            prop_assert_eq!(hours.desk_minutes_between(at, reached), minutes);
        }
    }
}
