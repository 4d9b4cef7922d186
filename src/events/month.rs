//! A month of the city's calendar.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A year and a month, written `2027-02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearMonth {
    /// Its first day, so that months sort and only months that exist can be expressed.
    first: Date,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no month: write one such as 2027-02")]
pub struct BadMonth(String);

impl YearMonth {
    /// The month a day is in.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self {
            first: day.first_of_month(),
        }
    }

    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    #[must_use]
    pub fn last(self) -> Date {
        self.first.last_of_month()
    }

    /// The next month; `None` at the end of time.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.last().tomorrow().ok().map(Self::of)
    }
}

impl FromStr for YearMonth {
    type Err = BadMonth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadMonth(text.chars().take(40).collect());
        let (year, month) = text.split_once('-').ok_or_else(bad)?;
        let plain =
            year.len() == 4 && month.len() == 2 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
        match (year.parse(), month.parse()) {
            (Ok(year), Ok(month @ 1..=12)) if plain => Ok(Self {
                first: date(year, month, 1),
            }),
            _ => Err(bad()),
        }
    }
}

impl TryFrom<String> for YearMonth {
    type Error = BadMonth;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<YearMonth> for String {
    fn from(month: YearMonth) -> Self {
        month.to_string()
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_it_is_written() {
        let february: YearMonth = "2028-02".parse().unwrap();
        assert_eq!(february.to_string(), "2028-02");
        assert_eq!(february.last(), date(2028, 2, 29));
        assert_eq!(
            "2027-12".parse::<YearMonth>().unwrap().next(),
            "2028-01".parse().ok()
        );
        for bad in [
            "",
            "2027",
            "2027-13",
            "2027-00",
            "27-02",
            "2027-2",
            "-027-02",
            "2027-02-14",
        ] {
            assert!(bad.parse::<YearMonth>().is_err(), "{bad}");
        }
    }
}
