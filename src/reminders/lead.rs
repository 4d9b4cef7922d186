//! How long before an event somebody is told of it.

use std::{fmt, str::FromStr, sync::LazyLock};

use jiff::SignedDuration;
use regex::Regex;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A lead time in whole hours, from [`Lead::SHORTEST`] to [`Lead::LONGEST`]. A day is 24 hours: the city has no summer
/// time, so the clock there shows the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Lead(u16);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a lead time is 1 hour to 60 days")]
pub struct BadLead;

impl Lead {
    pub const SHORTEST: Self = Self(1);
    pub const LONGEST: Self = Self(60 * 24);
    pub const WEEK: Self = Self(7 * 24);
    pub const DAY: Self = Self(24);
    pub const THREE_HOURS: Self = Self(3);
    /// Those offered by a button.
    pub const OFFERED: [Self; 3] = [Self::WEEK, Self::DAY, Self::THREE_HOURS];

    /// In hours.
    #[must_use]
    pub fn hours(self) -> u16 {
        self.0
    }

    /// In days, if it is whole days.
    #[must_use]
    pub fn days(self) -> Option<u16> {
        self.0.is_multiple_of(24).then_some(self.0 / 24)
    }

    #[must_use]
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_hours(self.0.into())
    }

    /// A lead time as somebody writes it: 「3日前」, 「12時間」, 「2週間前」, "2 days", "1 week before".
    ///
    /// # Errors
    /// When no such time is in it, or one that is too short or too long.
    pub fn read(text: &str) -> Result<Self, BadLead> {
        static SAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(
                r"(\d{1,4})\s*(?:(時間|じかん|hours?|h\b)|(日|にち|days?|d\b)|(週間|しゅうかん|weeks?|w\b))",
            )
            .ok()
        });
        let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
        let said = SAID
            .as_ref()
            .and_then(|said| said.captures(&plain))
            .ok_or(BadLead)?;
        let number: u16 = said[1].parse().map_err(|_| BadLead)?;
        let unit = match (said.get(2), said.get(3)) {
            (Some(_), _) => 1,
            (None, Some(_)) => 24,
            (None, None) => 7 * 24,
        };
        number.checked_mul(unit).ok_or(BadLead)?.try_into()
    }
}

impl TryFrom<u16> for Lead {
    type Error = BadLead;

    fn try_from(hours: u16) -> Result<Self, BadLead> {
        let lead = Self(hours);
        (Self::SHORTEST..=Self::LONGEST)
            .contains(&lead)
            .then_some(lead)
            .ok_or(BadLead)
    }
}

impl From<Lead> for u16 {
    fn from(lead: Lead) -> Self {
        lead.0
    }
}

impl FromStr for Lead {
    type Err = BadLead;

    fn from_str(hours: &str) -> Result<Self, BadLead> {
        hours.parse::<u16>().map_err(|_| BadLead)?.try_into()
    }
}

impl fmt::Display for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_time_is_read_as_people_write_it() {
        for (said, hours) in [
            ("3日前", 72),
            ("１２時間", 12),
            ("2週間前にお願いします", 336),
            ("1 Day before", 24),
            ("6h", 6),
            ("two weeks, no: 1 week", 168),
        ] {
            assert_eq!(Lead::read(said).map(Lead::hours), Ok(hours), "{said}");
        }
        for nonsense in [
            "",
            "あした",
            "3",
            "0時間",
            "61日",
            "9999週間",
            "99999日",
            "30分前",
        ] {
            assert_eq!(Lead::read(nonsense), Err(BadLead), "{nonsense}");
        }
    }

    #[test]
    fn what_was_kept_is_checked_again() {
        assert_eq!(serde_json::from_str::<Lead>("24").unwrap(), Lead::DAY);
        assert!(serde_json::from_str::<Lead>("0").is_err());
        assert!("1441".parse::<Lead>().is_err());
    }
}
