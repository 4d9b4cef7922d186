//! The only reader of "now".
//!
//! Everything that needs the time is handed a [`Clock`]. It runs with the system's, runs on from a chosen moment
//! (rehearsals, the demo), or stands still until it is moved (tests).

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp, Zoned, civil::DateTime, tz::TimeZone};

/// The city's time zone.
pub const CITY_ZONE: &str = "Asia/Tokyo";

/// A shared clock; clones show the same time.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Mutex<Mode>>);

#[derive(Debug, Clone, Copy)]
enum Mode {
    /// System time plus an offset.
    Running(SignedDuration),
    /// Stands still.
    Standing(Timestamp),
}

impl Clock {
    /// The system's time.
    #[must_use]
    pub fn system() -> Self {
        Self::of(Mode::Running(SignedDuration::ZERO))
    }

    /// Shows `start` now and runs on from there.
    #[must_use]
    pub fn running_from(start: Timestamp) -> Self {
        Self::of(Mode::Running(start.duration_since(system_now())))
    }

    /// Stands at `at` until it is moved.
    #[must_use]
    pub fn standing_at(at: Timestamp) -> Self {
        Self::of(Mode::Standing(at))
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        match *self.mode() {
            Mode::Running(offset) => system_now().saturating_add(offset).unwrap_or(Timestamp::MAX),
            Mode::Standing(at) => at,
        }
    }

    /// Whether time passes by itself; if not, waiting for a moment to come is pointless.
    #[must_use]
    pub fn runs(&self) -> bool {
        matches!(*self.mode(), Mode::Running(_))
    }

    /// Moves the clock forward (or back, for a negative step).
    pub fn advance(&self, step: SignedDuration) {
        let mut mode = self.mode();
        match &mut *mode {
            Mode::Running(offset) => *offset = offset.saturating_add(step),
            Mode::Standing(at) => *at = at.saturating_add(step).unwrap_or(Timestamp::MAX),
        }
    }

    fn of(mode: Mode) -> Self {
        Self(Arc::new(Mutex::new(mode)))
    }

    fn mode(&self) -> std::sync::MutexGuard<'_, Mode> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long something of this machine takes, in real time, wherever the clock stands.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// A moment in the city's own time (UTC+9, no summer time).
#[must_use]
pub fn in_city(at: Timestamp) -> Zoned {
    at.to_zoned(city_zone())
}

/// The moment at which the city's clocks show this; nothing for a time beyond what a [`Timestamp`] can hold.
#[must_use]
pub fn from_city(shown: DateTime) -> Option<Timestamp> {
    shown.to_zoned(city_zone()).ok().map(|at| at.timestamp())
}

fn city_zone() -> TimeZone {
    TimeZone::get(CITY_ZONE).unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(9)))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the system's time"
)]
fn system_now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_moves_only_when_told() {
        let clock = Clock::standing_at("2026-02-10T00:00:00Z".parse().unwrap());
        let twin = clock.clone();
        clock.advance(SignedDuration::from_hours(2));
        assert_eq!(twin.now().to_string(), "2026-02-10T02:00:00Z");
        assert!(!twin.runs());
    }

    #[test]
    fn a_moment_goes_to_the_city_and_back() {
        let at: Timestamp = "2026-11-23T23:30:00Z".parse().unwrap();
        assert_eq!(in_city(at).datetime().to_string(), "2026-11-24T08:30:00");
        assert_eq!(from_city(in_city(at).datetime()), Some(at));
        assert_eq!(from_city(DateTime::MIN), None);
    }
}
