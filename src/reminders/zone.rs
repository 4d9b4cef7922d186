//! Where a subscriber's clock is.

use std::{fmt, str::FromStr};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::clock::CITY_ZONE;

/// A time zone of the IANA list, such as `Asia/Tokyo`, in its own spelling.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no time zone")]
pub struct BadZone(String);

impl Zone {
    #[must_use]
    pub fn city() -> Self {
        Self(CITY_ZONE.to_owned())
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn is_city(&self) -> bool {
        self.0 == CITY_ZONE
    }

    /// Its rules. A zone that a later list of zones no longer knows counts as the city's.
    #[must_use]
    pub fn rules(&self) -> TimeZone {
        TimeZone::get(&self.0)
            .or_else(|_| TimeZone::get(CITY_ZONE))
            .unwrap_or(TimeZone::UTC)
    }

    /// A zone as somebody writes it: its name, or the city in it (`Taipei`, `new york`).
    ///
    /// # Errors
    /// When no zone, or more than one, has that name.
    pub fn read(text: &str) -> Result<Self, BadZone> {
        let plain = |text: &str| text.trim().to_lowercase().replace(' ', "_");
        let wanted = plain(text);
        let bad = || BadZone(text.trim().chars().take(40).collect());
        if let Ok(zone) = text.trim().parse() {
            return Ok(zone);
        }
        let mut found = jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .filter(|name| name.contains('/') && !wanted.is_empty())
            .filter(|name| plain(name).rsplit('/').next() == Some(wanted.as_str()));
        match (found.next(), found.next()) {
            (Some(name), None) => Ok(Self(name)),
            _ => Err(bad()),
        }
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::city()
    }
}

impl FromStr for Zone {
    type Err = BadZone;

    fn from_str(name: &str) -> Result<Self, BadZone> {
        let bad = || BadZone(name.chars().take(40).collect());
        let rules = TimeZone::get(name).map_err(|_| bad())?;
        let known = rules
            .iana_name()
            .filter(|known| known.len() <= 40)
            .ok_or_else(bad)?;
        Ok(Self(known.to_owned()))
    }
}

impl TryFrom<String> for Zone {
    type Error = BadZone;

    fn try_from(name: String) -> Result<Self, BadZone> {
        name.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_by_its_name_or_its_city() {
        for (said, name) in [
            ("Asia/Taipei", "Asia/Taipei"),
            ("asia/tokyo", "Asia/Tokyo"),
            ("Taipei", "Asia/Taipei"),
            (" new york ", "America/New_York"),
        ] {
            assert_eq!(Zone::read(said).map(String::from), Ok(name.to_owned()), "{said}");
        }
        for nonsense in ["", "Atlantis", "Asia", "../etc/passwd"] {
            assert!(Zone::read(nonsense).is_err(), "{nonsense}");
        }
    }
}
