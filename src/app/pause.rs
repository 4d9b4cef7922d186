//! Waiting for a moment of the bot's own clock.

use jiff::Timestamp;

use crate::clock::Clock;

/// Resolves when the clock shows `until`; never for no moment, or on a clock that stands: whoever moves that wakes.
pub async fn pause_until(clock: &Clock, until: Option<Timestamp>) {
    match until {
        Some(until) if clock.runs() => {
            let left = until.duration_since(clock.now());
            tokio::time::sleep(left.try_into().unwrap_or_default()).await;
        }
        _ => std::future::pending().await,
    }
}
