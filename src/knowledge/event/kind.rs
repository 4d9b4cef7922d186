//! The kinds of event, by which movers browse and subscribe.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Work on the land, tried out.
    Farming,
    /// Empty houses: viewings and consultations.
    VacantHome,
    /// People who live here and people who come meet.
    Community,
    /// What the town celebrates.
    Festival,
    /// Talks, courses and information days.
    Seminar,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no kind of event: write farming, vacant-home, community, festival or seminar")]
pub struct BadKind(String);

impl Kind {
    pub const ALL: [Self; 5] = [
        Self::Farming,
        Self::VacantHome,
        Self::Community,
        Self::Festival,
        Self::Seminar,
    ];

    /// The short name, as it stands in files, buttons and the store; it never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Farming => "farming",
            Self::VacantHome => "vacant-home",
            Self::Community => "community",
            Self::Festival => "festival",
            Self::Seminar => "seminar",
        }
    }
}

impl FromStr for Kind {
    type Err = BadKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| BadKind(text.chars().take(40).collect()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_one_name_everywhere() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
        assert!("Farming".parse::<Kind>().is_err());
    }
}
