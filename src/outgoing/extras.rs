//! What can be sent or shown besides words.

use serde::{Deserialize, Serialize};

/// A text file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// With its ending.
    pub name: String,
    pub text: String,
}

/// A point on the map (WGS 84), kept in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    latitude: i32,
    longitude: i32,
}

const MICROS: f64 = 1e6;

impl Pin {
    /// Decimal degrees, north and east positive; what is beyond the map is moved to its edge.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "180 degrees are 180 000 000 millionths"
    )]
    pub fn of_degrees(latitude: f64, longitude: f64) -> Self {
        Self {
            latitude: (latitude.clamp(-90.0, 90.0) * MICROS).round() as i32,
            longitude: (longitude.clamp(-180.0, 180.0) * MICROS).round() as i32,
        }
    }

    /// Decimal degrees, north positive.
    #[must_use]
    pub fn latitude(self) -> f64 {
        f64::from(self.latitude) / MICROS
    }

    /// Decimal degrees, east positive.
    #[must_use]
    pub fn longitude(self) -> f64 {
        f64::from(self.longitude) / MICROS
    }
}

/// The reactions the bot puts, out of those Telegram allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Emoji {
    /// It reached the mover.
    Delivered,
    /// It stays among staff.
    Noted,
    /// It could not be delivered.
    Failed,
}

impl Emoji {
    /// The character Telegram knows it by.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "👌",
            Self::Noted => "✍",
            Self::Failed => "💔",
        }
    }
}
