//! When an event is: from one moment to another, or on whole days.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// The years an event can lie in; no calendar of a city reaches further.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// When an event is. Days are those of the city's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    Timed(Hours),
    AllDay(Days),
}

/// From one moment to another, or of unknown length; whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawHours", into = "RawHours")]
pub struct Hours {
    starts: Timestamp,
    ends: Option<Timestamp>,
}

/// Whole days of the city's calendar, the last one included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawDays", into = "RawDays")]
pub struct Days {
    first: Date,
    last: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadWhen {
    #[error("it ends at {ends}, which is not after its start at {starts}")]
    EndBeforeStart { starts: Timestamp, ends: Timestamp },
    #[error("its last day {last} is before its first day {first}")]
    LastBeforeFirst { first: Date, last: Date },
    #[error("the year {year} is out of reach: write one from {from} to {to}", from = YEARS.start(), to = YEARS.end())]
    TooFar { year: i16 },
}

impl When {
    /// From one moment to another; fractions of seconds are dropped.
    ///
    /// # Errors
    /// When the end is not after the start, or either lies beyond 1900 to 2199.
    pub fn timed(starts: Timestamp, ends: Option<Timestamp>) -> Result<Self, BadWhen> {
        RawHours { starts, ends }.try_into().map(Self::Timed)
    }

    /// Whole days of the city's calendar, the last one included.
    ///
    /// # Errors
    /// When the last is before the first, or either lies beyond 1900 to 2199.
    pub fn all_day(first: Date, last: Date) -> Result<Self, BadWhen> {
        RawDays { first, last }.try_into().map(Self::AllDay)
    }

    /// Whether it is on whole days, without a time.
    #[must_use]
    pub fn is_all_day(&self) -> bool {
        matches!(self, Self::AllDay(_))
    }
}

impl Hours {
    #[must_use]
    pub fn starts(self) -> Timestamp {
        self.starts
    }

    /// The first moment at which it is over, if that is known.
    #[must_use]
    pub fn ends(self) -> Option<Timestamp> {
        self.ends
    }
}

impl Days {
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    #[must_use]
    pub fn last(self) -> Date {
        self.last
    }
}

fn whole_second(at: Timestamp) -> Result<Timestamp, BadWhen> {
    let year = at.in_tz("UTC").map_or(i16::MAX, |at| at.year());
    match Timestamp::from_second(at.as_second()) {
        Ok(at) if YEARS.contains(&year) => Ok(at),
        _ => Err(BadWhen::TooFar { year }),
    }
}

#[derive(Serialize, Deserialize)]
struct RawHours {
    starts: Timestamp,
    ends: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct RawDays {
    first: Date,
    last: Date,
}

impl TryFrom<RawHours> for Hours {
    type Error = BadWhen;

    fn try_from(raw: RawHours) -> Result<Self, Self::Error> {
        let starts = whole_second(raw.starts)?;
        let ends = raw.ends.map(whole_second).transpose()?;
        match ends {
            Some(ends) if ends <= starts => Err(BadWhen::EndBeforeStart { starts, ends }),
            ends => Ok(Self { starts, ends }),
        }
    }
}

impl From<Hours> for RawHours {
    fn from(hours: Hours) -> Self {
        Self {
            starts: hours.starts,
            ends: hours.ends,
        }
    }
}

impl TryFrom<RawDays> for Days {
    type Error = BadWhen;

    fn try_from(RawDays { first, last }: RawDays) -> Result<Self, Self::Error> {
        for year in [first.year(), last.year()] {
            if !YEARS.contains(&year) {
                return Err(BadWhen::TooFar { year });
            }
        }
        if last < first {
            return Err(BadWhen::LastBeforeFirst { first, last });
        }
        Ok(Self { first, last })
    }
}

impl From<Days> for RawDays {
    fn from(days: Days) -> Self {
        Self {
            first: days.first,
            last: days.last,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn an_event_cannot_end_before_it_starts() {
        let noon = at("2027-02-14T12:00:00+09:00");
        assert!(When::timed(noon, Some(noon)).is_err());
        assert!(When::timed(noon, Some(at("2027-02-14T12:00:00.9+09:00"))).is_err());
        assert!(When::timed(noon, Some(at("2027-02-14T12:00:01+09:00"))).is_ok());
        assert!(When::all_day(date(2027, 2, 14), date(2027, 2, 13)).is_err());
        assert!(When::all_day(date(2027, 2, 14), date(2027, 2, 14)).is_ok());
    }

    #[test]
    fn nothing_is_beyond_the_reach_of_calendars() {
        assert!(When::all_day(date(2199, 12, 31), date(2200, 1, 1)).is_err());
        assert!(When::timed(Timestamp::MIN, None).is_err());
        assert!(When::timed(Timestamp::MAX, None).is_err());
    }

    #[test]
    fn what_was_kept_is_checked_again() {
        let days = When::all_day(date(2027, 2, 14), date(2027, 3, 31)).unwrap();
        let json = serde_json::to_string(&days).unwrap();
        assert_eq!(
            json,
            "{\"all-day\":{\"first\":\"2027-02-14\",\"last\":\"2027-03-31\"}}"
        );
        assert_eq!(serde_json::from_str::<When>(&json).unwrap(), days);
        let turned = json.replace("2027-03-31", "2027-02-01");
        assert!(serde_json::from_str::<When>(&turned).is_err());
        let hours = "{\"timed\":{\"starts\":\"2027-02-14T03:00:00Z\",\"ends\":\"2027-02-14T03:00:00Z\"}}";
        assert!(serde_json::from_str::<When>(hours).is_err());
    }
}
