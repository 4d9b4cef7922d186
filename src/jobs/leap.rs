//! Whether the clock can be trusted when a sweep would delete a lot by it. A machine whose clock was lost, or was set
//! wrong by hand, may be a year ahead for an hour; everything that is kept for a number of days would be deleted for
//! good.

use jiff::{SignedDuration, Timestamp};

use crate::{app::App, handover::DESK_LANG, phrases::Text, store::StoreError};

/// A running bot sweeps once an hour, and nothing is kept for less than this.
const LEAP: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a clock that has leapt must hold before it is believed; meanwhile the owners can set it right.
const HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// The verdict on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    Believed,
    /// It leapt just now.
    Leaps,
    /// It leapt, and has not held for long enough yet.
    Waits,
}

/// `last` is the time of the last sweep, `leapt` the time at which a leap since then was first noticed.
fn judged(last: Option<Timestamp>, leapt: Option<Timestamp>, now: Timestamp) -> Clock {
    // A clock that was set back only deletes too little.
    if last.is_none_or(|last| now.duration_since(last) <= LEAP) {
        return Clock::Believed;
    }
    match leapt.map(|leapt| now.duration_since(leapt)) {
        Some(since) if since.is_negative() || since > LEAP => Clock::Leaps,
        Some(since) if since < HOLDS => Clock::Waits,
        Some(_) => Clock::Believed,
        None => Clock::Leaps,
    }
}

/// Whether to sweep at the time the clock shows now. The owners are told when it leaps.
pub(super) async fn is_believed(app: &App, now: Timestamp) -> Result<bool, StoreError> {
    let store = app.store();
    let last = store.swept();
    match judged(last, store.clock_leapt(), now) {
        Clock::Believed => {
            store.keep_swept(now).await?;
            return Ok(true);
        }
        Clock::Waits => {}
        Clock::Leaps => {
            tracing::warn!(
                last = %last.unwrap_or_default(),
                now = %now,
                "the clock has leapt: nothing old is deleted until it has held for a day"
            );
            let said = |at: Timestamp| app.phrases().moment_of_year(DESK_LANG, at);
            let text = Text::ClockLeapt {
                last: &said(last.unwrap_or_default()),
                now: &said(now),
            };
            store.keep_clock_leapt(now, app.to_owners(&text)).await?;
            app.delivery().wake();
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_leaps_is_believed_after_a_day() {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let (hours, year) = (SignedDuration::from_hours, SignedDuration::from_hours(365 * 24));
        assert_eq!(judged(None, None, now), Clock::Believed, "nothing is old yet");
        assert_eq!(judged(Some(now), None, now + hours(7 * 24)), Clock::Believed);
        assert_eq!(judged(Some(now), None, now - year), Clock::Believed);
        let ahead = now + year;
        assert_eq!(judged(Some(now), None, ahead), Clock::Leaps);
        assert_eq!(judged(Some(now), Some(ahead), ahead + hours(23)), Clock::Waits);
        assert_eq!(
            judged(Some(now), Some(ahead), now + hours(2)),
            Clock::Believed,
            "it is right again"
        );
        assert_eq!(judged(Some(now), Some(ahead), ahead + hours(24)), Clock::Believed);
        assert_eq!(
            judged(Some(now), Some(ahead), ahead + year),
            Clock::Leaps,
            "and again"
        );
        assert_eq!(
            judged(Some(now), Some(ahead), ahead - hours(100 * 24)),
            Clock::Leaps
        );
    }
}
