//! When an event recurs by its rule, in the city's time.

use jiff::{
    Timestamp,
    civil::{DateTime, Time},
    tz::TimeZone,
};

use crate::{
    clock::{from_city, in_city},
    events::{Rule, When, when::midnight_after},
    knowledge::event::Until,
};

impl Rule {
    /// The first `most` times the event comes by this rule that are not over at `from` and start before `until`; the
    /// time it first comes is `when`, and each lasts as long as that. None of them is ever certain.
    #[must_use]
    pub fn occurrences(&self, when: &When, from: Timestamp, until: Timestamp, most: usize) -> Vec<When> {
        let first = match when {
            When::Timed(hours) => in_city(hours.starts()).datetime(),
            When::AllDay(days) => days.first().to_datetime(Time::midnight()),
        };
        let last = self.until().map(last_moment);
        self.faces(first)
            .map_while(|face| moved(when, face))
            .take_while(|next| next.starts() < until && last.is_none_or(|last| next.starts() <= last))
            .filter(|next| !next.is_over(from))
            .take(most)
            .collect()
    }
}

/// The last moment when an event may still start.
fn last_moment(until: Until) -> Timestamp {
    let reached = match until {
        Until::Day(day) => Some(midnight_after(day) - jiff::SignedDuration::from_secs(1)),
        Until::City(face) => from_city(face),
        Until::Utc(face) => face.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp()),
    };
    reached.unwrap_or(Timestamp::MAX)
}

/// The same event starting at another time.
fn moved(when: &When, face: DateTime) -> Option<When> {
    match when {
        When::Timed(hours) => {
            let starts = from_city(face)?;
            let ends = match hours.ends() {
                Some(ends) => Some(starts.checked_add(ends.duration_since(hours.starts())).ok()?),
                None => None,
            };
            When::timed(starts, ends).ok()
        }
        When::AllDay(days) => {
            let length = days.first().until(days.last()).ok()?;
            let last = face.date().checked_add(length).ok()?;
            When::all_day(face.date(), last).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::sample::{at, when};

    #[track_caller]
    fn check(rule: &str, first: &str, from: &str, wanted: &[&str]) {
        let rule: Rule = rule.parse().unwrap();
        let from = at(from);
        let until = from + jiff::SignedDuration::from_hours(366 * 24);
        let found = rule.occurrences(&when(first), from, until, 3);
        let wanted: Vec<When> = wanted.iter().map(|text| when(text)).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn the_marathon_is_to_be_expected_on_the_second_sunday_of_may() {
        check(
            "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
            "2024-05-12 8:00",
            "2026-11-21T10:00",
            &["2027-05-09 8:00"],
        );
    }

    #[test]
    fn each_time_lasts_as_long_as_the_first() {
        check(
            "FREQ=WEEKLY;UNTIL=20261212",
            "2026-11-28 22:00-25:30",
            "2026-11-29T01:00",
            &[
                "2026-11-28 22:00-25:30",
                "2026-12-05 22:00-25:30",
                "2026-12-12 22:00-25:30",
            ],
        );
        check(
            "FREQ=MONTHLY;COUNT=3",
            "2026-12-30〜2027-01-02",
            "2026-12-01T00:00",
            &[
                "2026-12-30〜2027-01-02",
                "2027-01-30〜2027-02-02",
                "2027-03-30〜2027-04-02",
            ],
        );
    }

    #[test]
    fn an_end_in_universal_time_is_nine_hours_behind() {
        // 15 December 8:00 here is 14 December 23:00 there.
        check(
            "FREQ=DAILY;UNTIL=20261214T225959Z",
            "2026-12-14 8:00",
            "2026-12-01T00:00",
            &["2026-12-14 8:00"],
        );
        check(
            "FREQ=DAILY;UNTIL=20261214T230000Z",
            "2026-12-14 8:00",
            "2026-12-01T00:00",
            &["2026-12-14 8:00", "2026-12-15 8:00"],
        );
        check(
            "FREQ=DAILY;UNTIL=20261214T080000",
            "2026-12-14 8:00",
            "2026-12-01T00:00",
            &["2026-12-14 8:00"],
        );
    }

    #[test]
    fn a_day_that_most_years_lack_comes_in_the_others() {
        check("FREQ=YEARLY", "2024-02-29", "2026-11-21T00:00", &[]);
        check("FREQ=YEARLY", "2024-02-29", "2027-11-21T00:00", &["2028-02-29"]);
    }
}
