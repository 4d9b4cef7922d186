//! Why a typed time was not accepted.

use jiff::civil::{Date, Weekday};

/// What is wrong with a typed time, with the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSaid {
    #[error("{date} is a {}, not a {}; it would fit in {}", english(*is), english(*said), listed(fits))]
    WeekdayDoesNotFit {
        date: Date,
        said: Weekday,
        is: Weekday,
        /// The nearest years before and after in which the date falls on that weekday.
        fits: Vec<i16>,
    },
    #[error("there is no day “{read}”")]
    NoSuchDay { read: String },
    #[error("there is no time “{read}”: write hours from 0 to 29 (25:30 is half past one the next day)")]
    NoSuchTime { read: String },
    #[error("“{read}” may mean noon or midnight: write 12:00 or 0:00")]
    NoonOrMidnight { read: String },
    #[error("the two years in “{read}” are not the same")]
    YearsDiffer { read: String },
    #[error("“{read}” has no year")]
    NoYear { read: String },
    #[error("“{read}” has no day")]
    NoDay { read: String },
    #[error("in “{read}” the end is not after the start")]
    EndBeforeStart { read: String },
    #[error("{when} is past")]
    Past { when: String },
    #[error("“{read}” is out of reach: write a year from 1900 to 2199")]
    TooFar { read: String },
    #[error(
        "“{read}” is not understood: write 2027-02-14 9:30-11:30, or 2027-02-14〜2027-03-31 for whole days"
    )]
    NotUnderstood { read: String },
}

fn english(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn listed(years: &[i16]) -> String {
    years
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" or ")
}
