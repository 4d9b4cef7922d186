//! Waiting for a moment of the bot's own clock.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::Clock;

/// How often the system's clock is looked at: it may be set meanwhile.
const LONGEST_LOOK_AWAY: Duration = Duration::from_secs(60);
/// Once the clock was set back by this much, moments worked out before mean nothing.
const SET_BACK: SignedDuration = SignedDuration::from_secs(60);

/// Resolves when the clock shows `until`, or was set back, so that whoever waits works out its moment again. Never
/// resolves if `until` is `None` or the clock stands still; whoever moves a standing clock must wake the loop.
pub async fn pause_until(clock: &Clock, until: Option<Timestamp>) {
    match until {
        Some(until) if clock.runs() => {
            let mut last = clock.now();
            while let Some(nap) = nap(last, clock.now(), until) {
                last = clock.now();
                tokio::time::sleep(nap).await;
            }
        }
        _ => std::future::pending().await,
    }
}

/// How long not to look at the clock; nothing when the pause is over.
fn nap(last: Timestamp, now: Timestamp, until: Timestamp) -> Option<Duration> {
    if now >= until || now < last - SET_BACK {
        return None;
    }
    let left: Duration = until.duration_since(now).try_into().unwrap_or_default();
    Some(left.min(LONGEST_LOOK_AWAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_is_seen_within_a_minute() {
        let now: Timestamp = "2026-02-10T00:00:00Z".parse().unwrap();
        let hours = SignedDuration::from_hours;
        let until = now + hours(24 * 30);
        assert_eq!(nap(now, now, until), Some(LONGEST_LOOK_AWAY));
        assert_eq!(
            nap(now, until - SignedDuration::from_secs(2), until),
            Some(Duration::from_secs(2))
        );
        assert_eq!(nap(now, now + hours(24 * 365), until), None, "set forward");
        assert_eq!(nap(now, now - hours(24 * 365), until), None, "set back");
        assert_eq!(
            nap(now, now - SignedDuration::from_secs(2), now),
            Some(Duration::from_secs(2))
        );
    }
}
