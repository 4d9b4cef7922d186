//! Japan's public holidays, named day by day: two of them hang on the equinoxes and are only announced a year ahead.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The public holidays of Japan with their Japanese names, as far as they are known.
///
/// The days are those of Japan's own calendar (the city's time zone).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holidays(pub BTreeMap<Date, String>);

impl Holidays {
    /// Whether the day is a public holiday; false for days beyond the table.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.0.contains_key(&day)
    }

    /// The last holiday of the table: nothing is known of the days after it.
    #[must_use]
    pub fn last(&self) -> Option<Date> {
        self.0.keys().next_back().copied()
    }
}
