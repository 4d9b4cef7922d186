//! Sends that failed without a word from Telegram are tried again, more and more seldom, and given up only if others
//! get through, so that the fault must be their own.

use jiff::{SignedDuration, Timestamp};

use super::lost;
use crate::{
    app::App,
    metrics::Count,
    store::{OutboxItem, Postponed, StoreError},
};

const LONGEST_BACKOFF: SignedDuration = SignedDuration::from_secs(60);
/// After this many tries, an item that fails while others get through is tried only once an hour.
const SELDOM_FROM: u32 = 30;
const SELDOM: SignedDuration = SignedDuration::from_hours(1);
/// After this many, about three days, it becomes a dead letter.
const MOST_TRIES: u32 = 100;
/// The connection counts as working if something got through within this time.
const LATELY: SignedDuration = SignedDuration::from_hours(1);

/// Whether something got through lately.
pub(super) fn works(delivered: Option<Timestamp>, now: Timestamp) -> bool {
    delivered.is_some_and(|at| (now - LATELY..=now).contains(&at))
}

/// Postpones an item, or gives it up.
pub(super) async fn failed(
    app: &App,
    item: &OutboxItem,
    unseen: bool,
    line_works: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    app.metrics().count(Count::DeliveryFailed);
    app.metrics().add(Count::UnseenResult, usize::from(unseen));
    let until = now + backoff(item.attempts, line_works);
    let why = Postponed::AfterFailure { unseen, line_works };
    app.store().postponed(item.id, until, why).await?;
    if line_works && item.attempts + 1 >= MOST_TRIES {
        let words = format!("it was tried {MOST_TRIES} times over days, and others got through");
        lost::refused(app, item, words).await?;
    }
    Ok(())
}

/// 1, 2, 4 … 60 seconds, and an hour for what fails alone.
fn backoff(attempts: u32, line_works: bool) -> SignedDuration {
    if line_works && attempts >= SELDOM_FROM {
        return SELDOM;
    }
    SignedDuration::from_secs(1 << attempts.min(6)).min(LONGEST_BACKOFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_grows_to_a_minute_and_to_an_hour_for_what_fails_alone() {
        let seconds: Vec<i64> = (0..9).map(|attempts| backoff(attempts, true).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!((backoff(99, true), backoff(99, false)), (SELDOM, LONGEST_BACKOFF));
        let tried: i64 = (0..MOST_TRIES)
            .map(|attempts| backoff(attempts, true).as_secs())
            .sum();
        assert_eq!(tried / 3600 / 24, 2, "days, and {} hours", tried / 3600 % 24);
    }

    #[test]
    fn the_line_works_as_long_as_something_got_through_lately() {
        let now: Timestamp = "2026-02-10T00:00:00Z".parse().unwrap();
        let hours = SignedDuration::from_hours;
        assert!(works(Some(now), now) && works(Some(now - hours(1)), now));
        assert!(!works(None, now) && !works(Some(now - hours(2)), now));
        assert!(!works(Some(now + hours(1)), now), "the clock was set back");
    }
}
