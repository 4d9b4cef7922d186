//! Once an hour, clears away what is no longer needed.

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::{App, pause_until},
    conversation::Retention,
    events::{Calendar, EventId},
    jobs::leap,
    signups::SignUpList,
    store::{Ages, StoreError},
};

const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Telegram repeats an update for at most a day.
const HANDLED: SignedDuration = SignedDuration::from_hours(3 * 24);
/// A message can be edited for two days; after that nobody looks for its answer.
const ANSWERS: SignedDuration = SignedDuration::from_hours(3 * 24);
/// People reply to messages that are weeks old.
const LINKS: SignedDuration = SignedDuration::from_hours(60 * 24);
/// No lead time is longer than this.
const REMINDED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long sign-up requests are kept after their event; movers are told this when they ask.
const SIGN_UPS: SignedDuration = SignedDuration::from_hours(Retention::SIGN_UPS as i64 * 24);

/// Sweeps until the bot stops.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App) -> Result<(), StoreError> {
    loop {
        let now = app.clock().now();
        if leap::is_believed(&app, now).await? {
            sweep(&app, now).await?;
        }
        tokio::select! {
            () = app.stopping() => return Ok(()),
            () = pause_until(app.clock(), Some(now + EVERY)) => {}
        }
    }
}

/// Clears away what is old by now, batch by batch.
async fn sweep(app: &App, now: Timestamp) -> Result<(), StoreError> {
    let ages = ages(app.keeping().retention, now);
    loop {
        let more = app.store().sweep(ages).await?.full();
        let people = app.store().sweep_people(&ages).await?;
        if people.cases > 0 {
            app.delivery().wake();
        }
        if !more && !people.full() {
            break;
        }
        tokio::task::yield_now().await;
    }
    let calendar = app.calendar();
    app.store()
        .forget_sign_ups(|list| is_done(list, &calendar, now))
        .await?;
    app.store().forget_forms(now).await?;
    let past = |event: &EventId| is_past(event, &calendar, now);
    app.store().forget_past_events(past).await?;
    app.store().forget_past_announcements(past).await?;
    Ok(())
}

fn ages(retention: Retention, now: Timestamp) -> Ages {
    let days = |days: u16| now - SignedDuration::from_hours(i64::from(days) * 24);
    Ages {
        handled: now - HANDLED,
        answers: now - ANSWERS,
        links: now - LINKS,
        reminded: now - REMINDED,
        notes: days(retention.questions),
        dead_letters: days(retention.dead_letters),
        quarantine: days(retention.quarantine),
        conversations: days(retention.conversations),
        cases: days(retention.cases),
    }
}

/// Whether the event of these sign-ups has been over for long enough. For one that is no longer in the calendar, the
/// last change counts.
fn is_done(list: &SignUpList, calendar: &Calendar, now: Timestamp) -> bool {
    let event = calendar.get(&list.event);
    let over = event.map_or(list.changed, |event| event.when.ends());
    over <= now - SIGN_UPS
}

/// Whether nobody needs to hear of this event any more. One that is not in the calendar now may come back.
fn is_past(event: &EventId, calendar: &Calendar, now: Timestamp) -> bool {
    let known = calendar.get(event);
    known.is_some_and(|event| event.when.ends() <= now - SIGN_UPS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::sample::{at, event},
        signups::sample,
    };

    #[test]
    fn requests_go_thirty_days_after_the_event() {
        let calendar = Calendar::new(vec![event("s-1", "2027-02-14 9:30-11:30")]);
        let done = |calendar: &Calendar, now: &str| is_done(&sample::list(), calendar, at(now));
        assert!(!done(&calendar, "2027-03-16T11:29"));
        assert!(done(&calendar, "2027-03-16T11:30"));
        let gone = Calendar::default();
        assert!(!done(&gone, "2026-12-21T09:59") && done(&gone, "2026-12-21T10:00"));
    }
}
