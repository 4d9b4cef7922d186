//! The time of day in a typed time.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
};

use crate::{
    clock::from_city,
    events::said_when::{BadSaid, scanner::Scanner},
};

/// Hours may continue into the next day up to this: 29:59 is almost six in the morning.
const HOURS: i16 = 30;

/// A time of day, counted from midnight; 24:00 and later belong to the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayTime {
    seconds: i64,
}

impl DayTime {
    /// The moment on the city's clocks, counted from the beginning of this day.
    #[must_use]
    pub fn on(self, day: Date) -> Option<Timestamp> {
        let face = day
            .to_datetime(Time::midnight())
            .checked_add(SignedDuration::from_secs(self.seconds));
        face.ok().and_then(from_city)
    }
}

/// A time of day as it was typed.
#[derive(Clone)]
pub(super) struct SaidTime {
    hour: i16,
    minute: i16,
    second: i16,
    half: Option<Half>,
    /// “翌2:00”.
    next_day: bool,
    /// The words themselves.
    pub(super) read: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

impl SaidTime {
    /// Reads a time; `None` if there is none here.
    pub(super) fn read(scanner: &mut Scanner<'_>) -> Option<Self> {
        let begins = *scanner;
        let mut ahead = begins;
        let next_day = ahead.one_of(&["翌日", "翌"]).is_some();
        let before = half(&mut ahead);
        let (hour, minute, second) = if ahead.one_of(&["正午"]).is_some() {
            (12, 0, 0)
        } else {
            clock_face(&mut ahead)?
        };
        let half = before.or_else(|| half(&mut ahead));
        *scanner = ahead;
        Some(Self {
            hour,
            minute,
            second,
            half,
            next_day,
            read: ahead.since(&begins),
        })
    }

    /// The time of day. After a start in the afternoon, an end without 午前 or 午後 is in the afternoon too.
    pub(super) fn resolve(&self, start: Option<&Self>) -> Result<DayTime, BadSaid> {
        let read = || self.read.clone();
        let inherited = start
            .and_then(|start| start.half)
            .filter(|_| !self.next_day && self.hour < 12);
        let afternoon = match (self.half, inherited) {
            (Some(_), _) if self.hour == 12 => return Err(BadSaid::NoonOrMidnight { read: read() }),
            (Some(_), _) if self.hour > 12 => return Err(BadSaid::NoSuchTime { read: read() }),
            (Some(half), _) | (None, Some(half)) => half == Half::Afternoon,
            (None, None) => false,
        };
        if self.hour >= HOURS || self.minute >= 60 || self.second >= 60 {
            return Err(BadSaid::NoSuchTime { read: read() });
        }
        let later = if afternoon { 12 } else { 0 } + if self.next_day { 24 } else { 0 };
        let hours = i64::from(self.hour) + later;
        Ok(DayTime {
            seconds: (hours * 60 + i64::from(self.minute)) * 60 + i64::from(self.second),
        })
    }
}

fn half(scanner: &mut Scanner<'_>) -> Option<Half> {
    match scanner.one_of(&["午前", "午後", "AM", "PM"])? {
        "午前" | "AM" => Some(Half::Morning),
        _ => Some(Half::Afternoon),
    }
}

/// `9:30`, `9:30:00`, `9時30分`, `9時半`, `9時`, and the first of `9-11時`.
fn clock_face(scanner: &mut Scanner<'_>) -> Option<(i16, i16, i16)> {
    let hour = scanner.number(1..=2)?;
    if scanner.one_of(&[":"]).is_some() {
        let minute = scanner.number(2..=2)?;
        let mut ahead = *scanner;
        let second = ahead.one_of(&[":"]).and_then(|_| ahead.number(2..=2));
        if second.is_some() {
            *scanner = ahead;
        }
        return Some((hour, minute, second.unwrap_or_default()));
    }
    if scanner.one_of(&["時"]).is_some() {
        if scanner.one_of(&["半"]).is_some() {
            return Some((hour, 30, 0));
        }
        let mut ahead = *scanner;
        let minute = ahead.number(1..=2).filter(|_| ahead.one_of(&["分"]).is_some());
        if minute.is_some() {
            *scanner = ahead;
        }
        return Some((hour, minute.unwrap_or_default(), 0));
    }
    let mut ahead = *scanner;
    ahead.one_of(&["-", "~"])?;
    ahead.number(1..=2)?;
    ahead.one_of(&["時"])?;
    Some((hour, 0, 0))
}
