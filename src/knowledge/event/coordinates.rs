//! Where a place is on the map.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A point on the earth (WGS 84), kept in millionths of a degree, which is about ten centimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Micros", into = "Micros")]
pub struct Coordinates {
    latitude: i32,
    longitude: i32,
}

/// The two as they are stored: millionths of a degree.
#[derive(Serialize, Deserialize)]
struct Micros {
    latitude: i32,
    longitude: i32,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(
    "{latitude}, {longitude} is no place: latitudes go from -90 to 90, longitudes from -180 to 180 degrees"
)]
pub struct BadCoordinates {
    latitude: f64,
    longitude: f64,
}

const MICROS: f64 = 1e6;

impl Coordinates {
    /// From decimal degrees, north and east positive.
    ///
    /// # Errors
    /// When there is no such point.
    pub fn of_degrees(latitude: f64, longitude: f64) -> Result<Self, BadCoordinates> {
        let bad = BadCoordinates { latitude, longitude };
        let micros = |degrees: f64, most: f64| {
            let fits = (-most..=most).contains(&degrees);
            fits.then_some((degrees * MICROS).round() as i32)
        };
        match (micros(latitude, 90.0), micros(longitude, 180.0)) {
            (Some(latitude), Some(longitude)) => Ok(Self { latitude, longitude }),
            _ => Err(bad),
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

impl TryFrom<Micros> for Coordinates {
    type Error = BadCoordinates;

    fn try_from(micros: Micros) -> Result<Self, Self::Error> {
        Self::of_degrees(
            f64::from(micros.latitude) / MICROS,
            f64::from(micros.longitude) / MICROS,
        )
    }
}

impl From<Coordinates> for Micros {
    fn from(at: Coordinates) -> Self {
        Self {
            latitude: at.latitude,
            longitude: at.longitude,
        }
    }
}

/// Decimal degrees with six places, latitude first: `36.332400,138.887300`.
impl fmt::Display for Coordinates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6},{:.6}", self.latitude(), self.longitude())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nowhere_is_refused() {
        for (latitude, longitude) in [
            (90.1, 0.0),
            (-91.0, 0.0),
            (0.0, 180.1),
            (f64::NAN, 0.0),
            (f64::INFINITY, 0.0),
            // The two exchanged.
            (138.8873, 36.3324),
        ] {
            assert!(Coordinates::of_degrees(latitude, longitude).is_err());
        }
        assert!(serde_json::from_str::<Coordinates>("{\"latitude\":90000001,\"longitude\":0}").is_err());
        let city_hall = Coordinates::of_degrees(36.332_4, 138.887_3).unwrap();
        assert_eq!(city_hall.to_string(), "36.332400,138.887300");
    }

    proptest! {
        #[test]
        fn a_place_stays_where_it_is(latitude in -90_000_000..=90_000_000_i32, longitude in -180_000_000..=180_000_000_i32) {
            let at = Coordinates { latitude, longitude };
            prop_assert_eq!(Coordinates::of_degrees(at.latitude(), at.longitude()), Ok(at));
            let json = serde_json::to_string(&at).unwrap();
            prop_assert_eq!(serde_json::from_str::<Coordinates>(&json).unwrap(), at);
        }
    }
}
