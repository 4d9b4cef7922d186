//! A rule by which an event comes again (RFC 5545, section 3.3.10), in the city's own time.
//!
//! The rule's dates are worked out on the clock's face, without a time zone, so that "every second Sunday at eight"
//! stays at eight. This is the only file that speaks to `rrule`, and through it to chrono.

use std::{fmt, str::FromStr};

use chrono::{Datelike, TimeZone, Timelike};
use jiff::civil::{Date, DateTime};
use rrule::{RRule, RRuleSet, Tz, Unvalidated};
use serde::{Deserialize, Serialize};

/// A checked recurrence rule: daily or rarer, by months, weeks and days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rule {
    /// As it stands in calendar files, in capitals, without `RRULE:`.
    text: String,
    /// The text without its `UNTIL`, which needs a time zone to be understood.
    endless: String,
    until: Option<Until>,
}

/// The last moment a rule reaches, included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    Day(Date),
    /// On the city's clocks.
    City(DateTime),
    /// In universal time.
    Utc(DateTime),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    #[error("a rule says how often (`FREQ=YEARLY`, `MONTHLY`, `WEEKLY` or `DAILY`), and this one does not")]
    NoFrequency,
    #[error("`{0}` would come several times a day: a rule is daily or rarer")]
    TooOften(String),
    #[error("a rule has no part `{0}`")]
    UnknownPart(String),
    #[error("`{0}` stands twice")]
    Twice(String),
    #[error("`UNTIL` and `COUNT` exclude each other: keep one")]
    TwoEnds,
    #[error("`{0}` is no end: write UNTIL=20270331 or UNTIL=20270331T145959Z")]
    BadUntil(String),
    #[error("the rule does not hold together: {0}")]
    Unsound(String),
}

/// A rule may have at most this many characters; no sensible one is longer.
const LENGTH: usize = 500;

/// At most this many dates after the first are looked at, more than a century of days.
const DATES: usize = 40_000;

const PARTS: [&str; 11] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYDAY",
    "BYMONTH",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYSETPOS",
    "WKST",
];

impl Rule {
    /// As it stands in calendar files, without `RRULE:`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The last moment it reaches; without one it goes on, or ends by its own count.
    #[must_use]
    pub fn until(&self) -> Option<Until> {
        self.until
    }

    /// When it begins again, in order, on the clock's face, for an event that first begins at `first`. The end by
    /// [`Self::until`] is not looked at, and dates more than 40 000 times away are not reached.
    pub fn faces(&self, first: DateTime) -> impl Iterator<Item = DateTime> + use<> {
        set(&self.endless, first)
            .into_iter()
            .flat_map(|set| (&set.limit()).into_iter())
            .take(DATES)
            .map_while(from_chrono)
    }
}

impl FromStr for Rule {
    type Err = BadRule;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let text: String = written
            .trim()
            .chars()
            .take(LENGTH)
            .collect::<String>()
            .to_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text).trim_end_matches(';');
        let mut parts: Vec<(&str, &str)> = Vec::new();
        for part in text.split(';') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            check_part(name, value, &parts)?;
            parts.push((name, value));
        }
        let of = |wanted| {
            parts
                .iter()
                .find(|(name, _)| *name == wanted)
                .map(|(_, value)| *value)
        };
        of("FREQ").ok_or(BadRule::NoFrequency)?;
        let until = of("UNTIL").map(read_until).transpose()?;
        if until.is_some() && of("COUNT").is_some() {
            return Err(BadRule::TwoEnds);
        }
        let kept: Vec<String> = parts
            .iter()
            .filter(|(name, _)| *name != "UNTIL")
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let endless = kept.join(";");
        set(&endless, DateTime::constant(2024, 1, 1, 0, 0, 0, 0)).map_err(BadRule::Unsound)?;
        Ok(Self {
            text: text.to_owned(),
            endless,
            until,
        })
    }
}

fn check_part(name: &str, value: &str, before: &[(&str, &str)]) -> Result<(), BadRule> {
    let shown = || format!("{name}={value}").chars().take(60).collect::<String>();
    if matches!(name, "BYHOUR" | "BYMINUTE" | "BYSECOND")
        || name == "FREQ" && matches!(value, "HOURLY" | "MINUTELY" | "SECONDLY")
    {
        return Err(BadRule::TooOften(shown()));
    }
    if !PARTS.contains(&name) {
        return Err(BadRule::UnknownPart(shown()));
    }
    if before.iter().any(|(earlier, _)| *earlier == name) {
        return Err(BadRule::Twice(name.to_owned()));
    }
    // The crate takes both for a rule that never comes.
    if matches!(name, "INTERVAL" | "COUNT") && !value.parse::<u16>().is_ok_and(|number| number > 0) {
        return Err(BadRule::Unsound(format!(
            "{} is no number from 1 to 65535",
            shown()
        )));
    }
    Ok(())
}

fn read_until(value: &str) -> Result<Until, BadRule> {
    let bad = || BadRule::BadUntil(value.chars().take(40).collect());
    let moment = |text: &str| DateTime::strptime("%Y%m%dT%H%M%S", text).map_err(|_| bad());
    match (value.strip_suffix('Z'), value.contains('T')) {
        (Some(utc), true) => moment(utc).map(Until::Utc),
        (None, true) => moment(value).map(Until::City),
        (None, false) => Date::strptime("%Y%m%d", value).map(Until::Day).map_err(|_| bad()),
        (Some(_), false) => Err(bad()),
    }
}

fn set(endless: &str, first: DateTime) -> Result<RRuleSet, String> {
    let rule: RRule<Unvalidated> = endless.parse().map_err(said)?;
    let first = into_chrono(first).ok_or_else(|| format!("{first} cannot be a first date"))?;
    rule.build(first).map_err(said)
}

fn said(error: rrule::RRuleError) -> String {
    error.to_string()
}

/// A clock's face, dressed as universal time so that no zone moves it.
fn into_chrono(face: DateTime) -> Option<chrono::DateTime<Tz>> {
    let number = |n: i8| u32::try_from(n).ok();
    Tz::UTC
        .with_ymd_and_hms(
            face.year().into(),
            number(face.month())?,
            number(face.day())?,
            number(face.hour())?,
            number(face.minute())?,
            number(face.second())?,
        )
        .single()
}

fn from_chrono(at: chrono::DateTime<Tz>) -> Option<DateTime> {
    let number = |n: u32| i8::try_from(n).ok();
    DateTime::new(
        i16::try_from(at.year()).ok()?,
        number(at.month())?,
        number(at.day())?,
        number(at.hour())?,
        number(at.minute())?,
        number(at.second())?,
        0,
    )
    .ok()
}

impl TryFrom<String> for Rule {
    type Error = BadRule;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.text
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(rule: &str, first: &str, wanted: &[&str]) {
        let rule: Rule = rule.parse().unwrap();
        let faces: Vec<String> = rule
            .faces(first.parse().unwrap())
            .take(wanted.len() + 1)
            .map(|face| face.strftime("%Y-%m-%d %H:%M").to_string())
            .collect();
        assert_eq!(&faces[..wanted.len()], wanted);
    }

    #[test]
    fn the_second_sunday_of_may_comes_every_year() {
        check(
            "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
            "2024-05-12T08:00",
            &[
                "2024-05-12 08:00",
                "2025-05-11 08:00",
                "2026-05-10 08:00",
                "2027-05-09 08:00",
            ],
        );
    }

    #[test]
    fn weeks_and_months_come_again() {
        check(
            "freq=weekly;byday=sa,we;interval=2",
            "2026-12-26T10:00",
            &[
                "2026-12-26 10:00",
                "2027-01-06 10:00",
                "2027-01-09 10:00",
                "2027-01-20 10:00",
            ],
        );
        check(
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
            "2026-11-27T19:00",
            &[
                "2026-11-27 19:00",
                "2026-12-25 19:00",
                "2027-01-29 19:00",
                "2027-02-26 19:00",
            ],
        );
        check(
            "FREQ=MONTHLY",
            "2026-10-31T19:00",
            &[
                "2026-10-31 19:00",
                "2026-12-31 19:00",
                "2027-01-31 19:00",
                "2027-03-31 19:00",
            ],
        );
    }

    #[test]
    fn the_29th_of_february_waits_for_a_leap_year() {
        check(
            "FREQ=YEARLY",
            "2024-02-29T09:00",
            &["2024-02-29 09:00", "2028-02-29 09:00", "2032-02-29 09:00"],
        );
    }

    #[test]
    fn a_rule_ends_by_its_count() {
        let rule: Rule = "FREQ=DAILY;COUNT=3".parse().unwrap();
        assert_eq!(rule.faces(date(2026, 12, 31).at(9, 0, 0, 0)).count(), 3);
    }

    #[test]
    fn an_impossible_day_ends_the_search() {
        let rule: Rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30".parse().unwrap();
        assert_eq!(rule.faces(date(2026, 1, 1).at(9, 0, 0, 0)).next(), None);
    }

    #[test]
    fn every_unsound_rule_is_refused_with_its_reason() {
        let said = |rule: &str| rule.parse::<Rule>().unwrap_err();
        assert_eq!(said(""), BadRule::UnknownPart("=".to_owned()));
        assert_eq!(said("BYDAY=SU"), BadRule::NoFrequency);
        assert_eq!(said("FREQ=HOURLY"), BadRule::TooOften("FREQ=HOURLY".to_owned()));
        assert_eq!(
            said("FREQ=DAILY;BYHOUR=9,10"),
            BadRule::TooOften("BYHOUR=9,10".to_owned())
        );
        assert_eq!(
            said("FREQ=DAILY;BYEASTER=1"),
            BadRule::UnknownPart("BYEASTER=1".to_owned())
        );
        assert_eq!(said("FREQ=DAILY;COUNT=2;UNTIL=20270101"), BadRule::TwoEnds);
        assert_eq!(
            said("FREQ=DAILY;COUNT=2;COUNT=3"),
            BadRule::Twice("COUNT".to_owned())
        );
        assert_eq!(
            said("FREQ=DAILY;UNTIL=20270230"),
            BadRule::BadUntil("20270230".to_owned())
        );
        for unsound in [
            "FREQ=SOMETIMES",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=YEARLY;BYMONTH=13",
            "FREQ=YEARLY;BYDAY=2XX",
            "FREQ=DAILY;BYMONTHDAY=32",
        ] {
            assert!(
                matches!(said(unsound), BadRule::Unsound(_)),
                "{unsound}: {}",
                said(unsound)
            );
        }
    }

    #[test]
    fn an_end_is_a_day_a_moment_here_or_a_moment_everywhere() {
        let until = |rule: &str| rule.parse::<Rule>().unwrap().until();
        let end = date(2027, 3, 31).at(14, 59, 59, 0);
        assert_eq!(until("FREQ=DAILY"), None);
        assert_eq!(until("FREQ=DAILY;UNTIL=20270331"), Some(Until::Day(end.date())));
        assert_eq!(until("FREQ=DAILY;UNTIL=20270331T145959"), Some(Until::City(end)));
        assert_eq!(until("UNTIL=20270331T145959Z;FREQ=DAILY"), Some(Until::Utc(end)));
    }

    proptest! {
        #[test]
        fn a_rule_reads_back(text in "([A-Z]{2,10}=[-0-9A-Z,]{0,8};?){0,4}") {
            if let Ok(rule) = format!("FREQ=DAILY;{text}").parse::<Rule>() {
                prop_assert_eq!(rule.as_str().parse::<Rule>(), Ok(rule.clone()));
            }
        }

        #[test]
        fn a_rule_comes_in_order(
            freq in prop_oneof![Just("YEARLY"), Just("MONTHLY"), Just("WEEKLY"), Just("DAILY")],
            part in prop_oneof![Just(""), Just(";BYDAY=SU,2TU"), Just(";BYMONTH=2"), Just(";BYMONTHDAY=-1,31"),
                Just(";BYYEARDAY=366"), Just(";BYWEEKNO=53"), Just(";BYDAY=MO;BYSETPOS=-1")],
            interval in 1_u16..400, day in 0_i64..20_000,
        ) {
            if let Ok(rule) = format!("FREQ={freq}{part};INTERVAL={interval}").parse::<Rule>() {
                let first = date(2000, 1, 1).checked_add(jiff::ToSpan::days(day)).unwrap().at(9, 30, 0, 0);
                let faces: Vec<DateTime> = rule.faces(first).take(5).collect();
                prop_assert!(faces.is_sorted() && faces.iter().all(|face| *face >= first && face.time() == first.time()));
            }
        }
    }
}
