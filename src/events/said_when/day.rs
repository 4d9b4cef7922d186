//! The day in a typed time.

use jiff::civil::{Date, Weekday};

use crate::events::said_when::{BadSaid, scanner::Scanner};

/// Separates year, month and day.
const PARTED: [&str; 3] = ["/", "-", "."];

/// Every day of the year recurs within this many years: the 29th of February around 2100.
const YEARS_AHEAD: i16 = 8;

/// A date falls on the same weekday again within twelve years, the 29th of February within forty.
const YEARS_AROUND: i16 = 40;

/// A day as it was typed.
pub(super) struct SaidDay {
    parts: Parts,
    weekday: Option<Weekday>,
    /// The words themselves.
    read: String,
    /// Whether two different years were named.
    torn: bool,
}

#[derive(Clone, Copy)]
enum Parts {
    Whole(i16, i16, i16),
    /// Month and day.
    Yearless(i16, i16),
    /// In the month of the day before it.
    DayOnly(i16),
}

impl SaidDay {
    /// Reads a day and the weekday beside it; `None` if there is no day here.
    pub(super) fn read(scanner: &mut Scanner<'_>) -> Option<Self> {
        let begins = *scanner;
        let (parts, torn) = [of_an_era, of_a_year, compact, yearless, day_only]
            .into_iter()
            .find_map(|form| {
                let mut ahead = begins;
                let read = form(&mut ahead)?;
                *scanner = ahead;
                Some(read)
            })?;
        let read = scanner.since(&begins);
        Some(Self {
            parts,
            weekday: weekday(scanner),
            read,
            torn,
        })
    }

    /// The day, if its year was given.
    pub(super) fn with_its_year(&self) -> Result<Date, BadSaid> {
        match self.parts {
            Parts::Whole(year, month, day) => self.checked(self.exists(year, month, day)?),
            Parts::Yearless(..) | Parts::DayOnly(_) => Err(BadSaid::NoYear {
                read: self.read.clone(),
            }),
        }
    }

    /// The day; without a year the first such day from `first` on.
    pub(super) fn on_or_after(&self, first: Date) -> Result<Date, BadSaid> {
        let day = match self.parts {
            Parts::Whole(year, month, day) => self.exists(year, month, day)?,
            Parts::Yearless(month, day) => (0..=YEARS_AHEAD)
                .filter_map(|years| self.exists(first.year().saturating_add(years), month, day).ok())
                .find(|day| *day >= first)
                .ok_or_else(|| self.no_such_day())?,
            Parts::DayOnly(day) => self.exists(first.year(), first.month().into(), day)?,
        };
        self.checked(day)
    }

    fn exists(&self, year: i16, month: i16, day: i16) -> Result<Date, BadSaid> {
        let small = |number: i16| i8::try_from(number).ok();
        small(month)
            .zip(small(day))
            .and_then(|(month, day)| Date::new(year, month, day).ok())
            .ok_or_else(|| self.no_such_day())
    }

    fn no_such_day(&self) -> BadSaid {
        BadSaid::NoSuchDay {
            read: self.read.clone(),
        }
    }

    fn checked(&self, date: Date) -> Result<Date, BadSaid> {
        if self.torn {
            return Err(BadSaid::YearsDiffer {
                read: self.read.clone(),
            });
        }
        match self.weekday {
            Some(said) if said != date.weekday() => Err(BadSaid::WeekdayDoesNotFit {
                date,
                said,
                is: date.weekday(),
                fits: fitting_years(date, said),
            }),
            _ => Ok(date),
        }
    }
}

/// The nearest years before and after in which the date falls on this weekday.
fn fitting_years(date: Date, weekday: Weekday) -> Vec<i16> {
    let in_year = |year: i16| {
        Date::new(year, date.month(), date.day())
            .ok()
            .filter(|day| day.weekday() == weekday)
            .map(|_| year)
    };
    let near = |step: i16| (1..=YEARS_AROUND).find_map(|years| in_year(date.year() + step * years));
    [near(-1), near(1)].into_iter().flatten().collect()
}

fn of_an_era(scanner: &mut Scanner<'_>) -> Option<(Parts, bool)> {
    let year = era_year(scanner)?;
    scanner.one_of(&["年", "/", "-", "."])?;
    let (month, day) = month_and_day(scanner)?;
    Some((Parts::Whole(year, month, day), false))
}

/// `令和9`, `R9`, `令和元`.
fn era_year(scanner: &mut Scanner<'_>) -> Option<i16> {
    let before = match scanner.one_of(&["令和", "R", "平成", "H"])? {
        "令和" | "R" => 2018,
        _ => 1988,
    };
    let year = if scanner.one_of(&["元"]).is_some() {
        1
    } else {
        scanner.number(1..=2)?
    };
    Some(before + year)
}

/// `2027年2月14日`, `2027年(令和9年)2月14日`, `2027/2/14`.
fn of_a_year(scanner: &mut Scanner<'_>) -> Option<(Parts, bool)> {
    let year = scanner.number(4..=4)?;
    scanner.one_of(&["年", "/", "-", "."])?;
    let mut ahead = *scanner;
    let in_brackets = |ahead: &mut Scanner<'_>| {
        ahead.one_of(&["("])?;
        let year = era_year(ahead)?;
        ahead.one_of(&["年"]);
        ahead.one_of(&[")"])?;
        Some(year)
    };
    let also = in_brackets(&mut ahead);
    if also.is_some() {
        *scanner = ahead;
    }
    let (month, day) = month_and_day(scanner)?;
    Some((
        Parts::Whole(year, month, day),
        also.is_some_and(|also| also != year),
    ))
}

fn month_and_day(scanner: &mut Scanner<'_>) -> Option<(i16, i16)> {
    let month = scanner.number(1..=2)?;
    scanner.one_of(&["月"]).or_else(|| scanner.one_of(&PARTED))?;
    let day = scanner.number(1..=2)?;
    scanner.one_of(&["日"]);
    Some((month, day))
}

fn compact(scanner: &mut Scanner<'_>) -> Option<(Parts, bool)> {
    let (year, month, day) = scanner.compact_date()?;
    Some((Parts::Whole(year, month, day), false))
}

/// `2/14`, `2月14日`. A hyphen here would mean hours.
fn yearless(scanner: &mut Scanner<'_>) -> Option<(Parts, bool)> {
    let month = scanner.number(1..=2)?;
    scanner.one_of(&["月", "/"])?;
    let day = scanner.number(1..=2)?;
    scanner.one_of(&["日"]);
    Some((Parts::Yearless(month, day), false))
}

fn day_only(scanner: &mut Scanner<'_>) -> Option<(Parts, bool)> {
    let day = scanner.number(1..=2)?;
    scanner.one_of(&["日"])?;
    Some((Parts::DayOnly(day), false))
}

/// `(日)`, `(日・祝)`, `日曜日`, `Sunday`, `(Sun)`.
fn weekday(scanner: &mut Scanner<'_>) -> Option<Weekday> {
    let mut ahead = *scanner;
    let bracket = ahead.one_of(&["("]).is_some();
    let (found, letters) = match ahead.one_of(&["月", "火", "水", "木", "金", "土", "日"]) {
        Some(sign) => (japanese(sign), false),
        None => (english(&mut ahead)?, true),
    };
    let named = ahead.one_of(&["曜日", "曜"]).is_some();
    ahead.one_of(&["・祝", "祝"]);
    let closed = bracket && ahead.one_of(&[")"]).is_some();
    // A bare character may begin something else.
    let whole = if bracket { closed } else { named || letters };
    whole.then(|| {
        *scanner = ahead;
        found
    })
}

fn japanese(sign: &str) -> Weekday {
    match sign {
        "月" => Weekday::Monday,
        "火" => Weekday::Tuesday,
        "水" => Weekday::Wednesday,
        "木" => Weekday::Thursday,
        "金" => Weekday::Friday,
        "土" => Weekday::Saturday,
        _ => Weekday::Sunday,
    }
}

fn english(scanner: &mut Scanner<'_>) -> Option<Weekday> {
    const NAMES: [(&[&str], Weekday); 7] = [
        (&["monday", "mon"], Weekday::Monday),
        (&["tuesday", "tue"], Weekday::Tuesday),
        (&["wednesday", "wed"], Weekday::Wednesday),
        (&["thursday", "thu"], Weekday::Thursday),
        (&["friday", "fri"], Weekday::Friday),
        (&["saturday", "sat"], Weekday::Saturday),
        (&["sunday", "sun"], Weekday::Sunday),
    ];
    let found = NAMES.iter().find(|(names, _)| scanner.one_of(names).is_some())?;
    scanner.one_of(&["."]);
    Some(found.1)
}
