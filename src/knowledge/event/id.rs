//! The name of an event.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::knowledge::entry::EntryId;

/// The name of an event: ASCII letters, digits and hyphens, 1 to [`EventId::LIMIT`] bytes.
///
/// It fits a deep link (`ev_<id>`), a button and a calendar's UID, and stays the same for as long as the event is
/// known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventId(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no event id: use letters, digits and hyphens, at most {limit} bytes", limit = EventId::LIMIT)]
pub struct BadEventId(String);

impl EventId {
    /// Leaves room in a deep link's 64 characters and in a button's 64 bytes.
    pub const LIMIT: usize = 40;

    /// An entry's event has the entry's name.
    ///
    /// # Errors
    /// When the entry's name is too long or holds an underscore or a dot.
    pub fn of_entry(id: &EntryId) -> Result<Self, BadEventId> {
        id.as_str().parse()
    }

    /// The event that staff entered under this number.
    #[must_use]
    pub fn of_staff(number: u64) -> Self {
        Self(format!("s-{number}"))
    }

    /// The event with this UID in a calendar file.
    #[must_use]
    pub fn of_uid(uid: &str) -> Self {
        Self(format!("i-{}", digest(&[uid])))
    }

    /// The event in a municipality's table, by the municipality's code and what names the row: its number, or its title
    /// and first day.
    #[must_use]
    pub fn of_row(code: &str, row: &[&str]) -> Self {
        Self(format!("c-{}", digest(&[&[code], row].concat())))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 12 hexadecimal digits; the parts cannot run into each other.
fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    format!("{:.12x}", hash.finalize())
}

impl FromStr for EventId {
    type Err = BadEventId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits && (1..=Self::LIMIT).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadEventId(text.chars().take(80).collect()))
        }
    }
}

impl TryFrom<String> for EventId {
    type Error = BadEventId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> Self {
        id.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_a_name_gives_one_that_fits() {
        let entry: EntryId = "vacant-home-consultation-toge".parse().unwrap();
        for id in [
            EventId::of_entry(&entry).unwrap(),
            EventId::of_staff(u64::MAX),
            EventId::of_uid("040000008200E00074C5B7101A82E008@city"),
            EventId::of_row("102113", &["7"]),
        ] {
            assert_eq!(id.as_str().parse(), Ok(id.clone()));
        }
        assert_eq!(EventId::of_staff(12).as_str(), "s-12");
        assert_eq!(EventId::of_uid("a"), EventId::of_uid("a"));
        assert_ne!(
            EventId::of_row("102113", &["ab", "c"]),
            EventId::of_row("102113", &["a", "bc"])
        );
    }

    #[test]
    fn what_does_not_fit_a_link_is_refused() {
        for bad in ["", "a_b", "a.b", "祭り", "a b", &"x".repeat(41)] {
            assert!(bad.parse::<EventId>().is_err(), "{bad}");
        }
        let entry: EntryId = "event_one".parse().unwrap();
        assert!(EventId::of_entry(&entry).is_err());
    }
}
