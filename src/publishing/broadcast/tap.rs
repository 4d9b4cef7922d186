//! The buttons under a broadcast that is being written.

use crate::events::Kind;

/// What is done about a broadcast being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BroadcastTap {
    /// Asks for the words again.
    Words,
    /// Asks for the page of the button.
    Link,
    /// Shows who can be told.
    Segments,
    Everybody,
    Kind(Kind),
    /// A page of the events whose hearers can be told.
    Events(u8),
    /// The hearers of one of the events shown.
    Event(u8),
    /// Sends it to whoever writes it.
    Trial,
    Send,
    /// Somebody else has looked at it.
    Confirm,
}

impl BroadcastTap {
    pub(in crate::publishing) fn encode(self) -> String {
        match self {
            Self::Words => "w".to_owned(),
            Self::Link => "l".to_owned(),
            Self::Segments => "s".to_owned(),
            Self::Everybody => "a".to_owned(),
            Self::Kind(kind) => format!("k.{kind}"),
            Self::Events(page) => format!("v.{page}"),
            Self::Event(shown) => format!("e.{shown}"),
            Self::Trial => "t".to_owned(),
            Self::Send => "p".to_owned(),
            Self::Confirm => "c".to_owned(),
        }
    }

    pub(in crate::publishing) fn decode(text: &str) -> Option<Self> {
        Some(match text.split_once('.').unwrap_or((text, "")) {
            ("w", "") => Self::Words,
            ("l", "") => Self::Link,
            ("s", "") => Self::Segments,
            ("a", "") => Self::Everybody,
            ("k", kind) => Self::Kind(kind.parse().ok()?),
            ("v", page) => Self::Events(page.parse().ok()?),
            ("e", shown) => Self::Event(shown.parse().ok()?),
            ("t", "") => Self::Trial,
            ("p", "") => Self::Send,
            ("c", "") => Self::Confirm,
            _ => return None,
        })
    }
}
