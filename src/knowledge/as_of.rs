//! The day, month, year or fiscal year a fact belongs to.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// As precise as the source is: `2023`, `2023-10`, `2023-10-31` or `FY2014` (April 2014 to March 2015).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum AsOf {
    Year(i16),
    Month(i16, i8),
    Day(Date),
    FiscalYear(i16),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an as-of date: write YYYY, YYYY-MM, YYYY-MM-DD or FYYYYY")]
pub struct BadAsOf(String);

impl AsOf {
    /// The first day it can mean.
    #[must_use]
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(year) => date(year, 1, 1),
            Self::Month(year, month) => date(year, month, 1),
            Self::Day(day) => day,
            Self::FiscalYear(year) => date(year, 4, 1),
        }
    }

    /// The last day it can mean, for comparing with today.
    #[must_use]
    pub fn last_day(self) -> Date {
        match self {
            Self::Year(year) => date(year, 12, 31),
            Self::Month(year, month) => date(year, month, 1).last_of_month(),
            Self::Day(day) => day,
            Self::FiscalYear(year) => date(year.saturating_add(1), 3, 31),
        }
    }
}

impl FromStr for AsOf {
    type Err = BadAsOf;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadAsOf(text.chars().take(40).collect());
        let year = |digits: &str| {
            (digits.len() == 4)
                .then(|| digits.parse::<i16>().ok())
                .flatten()
                .filter(|year| (1900..=2200).contains(year))
                .ok_or_else(bad)
        };
        if let Some(digits) = text.strip_prefix("FY") {
            return year(digits).map(Self::FiscalYear);
        }
        let parts: Vec<&str> = text.split('-').collect();
        match parts[..] {
            [y] => year(y).map(Self::Year),
            [y, m] => match (year(y)?, m.parse()) {
                (year, Ok(month @ 1..=12)) if m.len() == 2 => Ok(Self::Month(year, month)),
                _ => Err(bad()),
            },
            [_, _, _] => text.parse().map(Self::Day).map_err(|_| bad()),
            _ => Err(bad()),
        }
    }
}

impl TryFrom<String> for AsOf {
    type Error = BadAsOf;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AsOf> for String {
    fn from(as_of: AsOf) -> Self {
        as_of.to_string()
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::FiscalYear(year) => write!(f, "FY{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_round_trips_and_nonsense_is_refused() {
        for good in ["2023", "2023-10", "2023-10-31", "FY2014"] {
            assert_eq!(good.parse::<AsOf>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "23",
            "2023-13",
            "2023-1",
            "2023-02-30",
            "FY14",
            "2023-10-31-1",
            "来年",
        ] {
            assert!(bad.parse::<AsOf>().is_err(), "{bad}");
        }
        let fiscal: AsOf = "FY2025".parse().unwrap();
        assert_eq!(
            (fiscal.first_day(), fiscal.last_day()),
            (date(2025, 4, 1), date(2026, 3, 31))
        );
    }
}
