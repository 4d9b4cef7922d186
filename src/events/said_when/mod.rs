//! A time as staff type it, and as tables write it.
//!
//! `2027-02-14 9:30-11:30`, `令和9年2月14日(日) 9時半〜11時半`, `2/14 9:30`, `2027-02-14〜2027-03-31` … in any width. A date
//! without a year is the next such day. A weekday that does not fit its date is refused, whatever else may be right:
//! one of the two is wrong, and only the person who typed them knows which.

mod day;
mod hour;
mod scanner;
mod wrong;

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
};

use crate::{
    clock::{from_city, in_city},
    events::{BadWhen, When},
};

pub use hour::DayTime;
pub use wrong::BadSaid;

use day::SaidDay;
use hour::SaidTime;
use scanner::{Scanner, plain};

/// Between two times.
const TO: [&str; 2] = ["~", "-"];

/// Reads a time: a moment, from one moment to another, a day, or days.
///
/// # Errors
/// When it is not understood, cannot be, or is past: a moment that has come, or days that are over.
pub fn read(text: &str, now: Timestamp) -> Result<When, BadSaid> {
    let plain = plain(text);
    let today = in_city(now).date();
    let mut scanner = Scanner::new(&plain);
    let said = Moment::read(&mut scanner)?;
    let end = match scanner.one_of(&TO) {
        // “9:30から”, and nothing after it.
        Some(_) if !scanner.is_done() => Some(Moment::read(&mut scanner)?),
        _ => None,
    };
    scanner.one_of(&["まで"]);
    scanner.done()?;
    let start = said.resolve_first(today)?;
    let end = end.map(|end| end.resolve_after(&start)).transpose()?;
    let when = put_together(start, end).map_err(|fault| fault.said(text))?;
    let past = match when {
        When::Timed(_) => when.has_begun(now),
        When::AllDay(_) => when.is_over(now),
    };
    if past {
        Err(BadSaid::Past { when: written(&when) })
    } else {
        Ok(when)
    }
}

/// Reads a date with its year; a weekday beside it has to fit.
///
/// # Errors
/// When it is not understood or there is no such day.
pub fn read_date(text: &str) -> Result<Date, BadSaid> {
    let plain = plain(text);
    let mut scanner = Scanner::new(&plain);
    let day = SaidDay::read(&mut scanner).ok_or_else(|| scanner.not_understood())?;
    scanner.done()?;
    day.with_its_year()
}

/// Reads a time of day: `9:30`, `09:30:00`, `9時30分`, `9時半`, `午後1時`, `24:00`.
///
/// # Errors
/// When it is not understood or there is no such time.
pub fn read_time(text: &str) -> Result<DayTime, BadSaid> {
    let plain = plain(text);
    let mut scanner = Scanner::new(&plain);
    let time = SaidTime::read(&mut scanner).ok_or_else(|| scanner.not_understood())?;
    scanner.done()?;
    time.resolve(None)
}

/// The time in the form in which [`read`] understands it, on the city's clocks.
#[must_use]
pub fn written(when: &When) -> String {
    let (first, last) = when.days().into_inner();
    let When::Timed(hours) = when else {
        return if first == last {
            first.to_string()
        } else {
            format!("{first}〜{last}")
        };
    };
    let starts = clock_face(in_city(hours.starts()).time());
    let Some(ends) = hours.ends().map(in_city) else {
        return format!("{first} {starts}");
    };
    if last != ends.date() && first == last {
        format!("{first} {starts}-24:00")
    } else if first == ends.date() {
        format!("{first} {starts}-{}", clock_face(ends.time()))
    } else {
        format!("{first} {starts}〜{} {}", ends.date(), clock_face(ends.time()))
    }
}

fn clock_face(time: Time) -> String {
    match time.second() {
        0 => format!("{}:{:02}", time.hour(), time.minute()),
        second => format!("{}:{:02}:{second:02}", time.hour(), time.minute()),
    }
}

/// A day, a time of a day, both, or a moment in the form of machines.
enum Moment {
    Said {
        day: Option<SaidDay>,
        time: Option<SaidTime>,
    },
    Exact(Timestamp),
}

/// A moment whose day is known.
enum Resolved {
    Day(Date),
    Moment {
        at: Timestamp,
        day: Date,
        /// Of the start, since “午後1時から3時” means the afternoon twice.
        time: Option<SaidTime>,
    },
}

impl Moment {
    fn read(scanner: &mut Scanner<'_>) -> Result<Self, BadSaid> {
        if let Some(token) = scanner.machine_moment() {
            let moment = token.parse::<Timestamp>().ok();
            let moment = moment.or_else(|| token.parse::<DateTime>().ok().and_then(from_city));
            return moment.map(Self::Exact).ok_or_else(|| BadSaid::NotUnderstood {
                read: token.to_owned(),
            });
        }
        let day = SaidDay::read(scanner);
        let time = SaidTime::read(scanner);
        if day.is_none() && time.is_none() {
            return Err(scanner.not_understood());
        }
        Ok(Self::Said { day, time })
    }

    fn resolve_first(self, today: Date) -> Result<Resolved, BadSaid> {
        match self {
            Self::Exact(at) => Ok(Resolved::exact(at)),
            Self::Said { day: None, time } => Err(BadSaid::NoDay {
                read: time.map(|time| time.read).unwrap_or_default(),
            }),
            Self::Said { day: Some(day), time } => {
                let day = day.on_or_after(today)?;
                resolve(day, time, None)
            }
        }
    }

    fn resolve_after(self, start: &Resolved) -> Result<Resolved, BadSaid> {
        match self {
            Self::Exact(at) => Ok(Resolved::exact(at)),
            Self::Said { day, time } => {
                let first = start.day();
                let day = day.map_or(Ok(first), |day| day.on_or_after(first))?;
                // The morning of another day has nothing of the afternoon before.
                resolve(day, time, start.time().filter(|_| day == first))
            }
        }
    }
}

impl Resolved {
    fn exact(at: Timestamp) -> Self {
        let day = in_city(at).date();
        Self::Moment { at, day, time: None }
    }

    fn day(&self) -> Date {
        match self {
            Self::Day(day) | Self::Moment { day, .. } => *day,
        }
    }

    fn time(&self) -> Option<&SaidTime> {
        match self {
            Self::Day(_) => None,
            Self::Moment { time, .. } => time.as_ref(),
        }
    }
}

fn resolve(day: Date, time: Option<SaidTime>, before: Option<&SaidTime>) -> Result<Resolved, BadSaid> {
    let Some(time) = time else {
        return Ok(Resolved::Day(day));
    };
    let at = time.resolve(before)?.on(day).ok_or_else(|| BadSaid::TooFar {
        read: day.to_string(),
    })?;
    Ok(Resolved::Moment {
        at,
        day,
        time: Some(time),
    })
}

enum Fault {
    When(BadWhen),
    /// A day on one side, a moment on the other.
    Uneven,
}

impl Fault {
    fn said(self, text: &str) -> BadSaid {
        let read = text.trim().chars().take(80).collect();
        match self {
            Self::Uneven => BadSaid::NotUnderstood { read },
            Self::When(BadWhen::TooFar { .. }) => BadSaid::TooFar { read },
            Self::When(BadWhen::EndBeforeStart { .. } | BadWhen::LastBeforeFirst { .. }) => {
                BadSaid::EndBeforeStart { read }
            }
        }
    }
}

fn put_together(start: Resolved, end: Option<Resolved>) -> Result<When, Fault> {
    match (start, end) {
        (Resolved::Day(first), None) => When::all_day(first, first),
        (Resolved::Day(first), Some(Resolved::Day(last))) => When::all_day(first, last),
        (Resolved::Moment { at, .. }, None) => When::timed(at, None),
        (Resolved::Moment { at, .. }, Some(Resolved::Moment { at: ends, .. })) => When::timed(at, Some(ends)),
        (Resolved::Day(_), Some(Resolved::Moment { .. }))
        | (Resolved::Moment { .. }, Some(Resolved::Day(_))) => {
            return Err(Fault::Uneven);
        }
    }
    .map_err(Fault::When)
}

#[cfg(test)]
mod stories;
