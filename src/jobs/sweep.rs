//! Clears away, once an hour, what has done its service.

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::{App, pause_until},
    store::{Ages, StoreError},
};

const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Telegram repeats an update for a day at most.
const HANDLED: SignedDuration = SignedDuration::from_hours(3 * 24);
/// A message can be edited for two days; after that its answer need not be found.
const ANSWERS: SignedDuration = SignedDuration::from_hours(3 * 24);
/// People answer to what was said weeks ago.
const LINKS: SignedDuration = SignedDuration::from_hours(60 * 24);
/// Nobody is reminded longer before an event.
const REMINDED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Staff review the questions asked within a year.
const NOTES: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Sweeps until the bot stops.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App) -> Result<(), StoreError> {
    loop {
        let now = app.clock().now();
        let more = app.store().sweep(ages(now)).await?.full();
        if more {
            tokio::task::yield_now().await;
            continue;
        }
        tokio::select! {
            () = app.stopping() => return Ok(()),
            () = pause_until(app.clock(), Some(now + EVERY)) => {}
        }
    }
}

fn ages(now: Timestamp) -> Ages {
    Ages {
        handled: now - HANDLED,
        answers: now - ANSWERS,
        links: now - LINKS,
        reminded: now - REMINDED,
        notes: now - NOTES,
    }
}
