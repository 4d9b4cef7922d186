//! Tells many what staff wrote: enqueues receivers page by page, and shows the group how far it is.
//!
//! Only a few hundred wait at a time, so that pausing or cancelling takes effect within seconds; the deliverer wakes
//! this job when there is room for more. Progress is stored along with what is enqueued, so that it resumes exactly
//! there after a crash.

use jiff::Timestamp;

use crate::{
    app::{App, pause_until},
    crashpoints::Boundary,
    outgoing::{Act, BroadcastId, Outgoing, UserId},
    publishing::broadcast::{Course, Next, Reached, stopped_by_itself},
    store::StoreError,
};

/// Subscribers read in one go. At most half as many again wait to be sent.
const AT_ONCE: usize = 200;

/// Tells until the bot stops.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App) -> Result<(), StoreError> {
    loop {
        let round = app.broadcasting().round();
        let next = tokio::select! {
            () = app.stopping() => return Ok(()),
            next = look(&app) => next?,
        };
        app.broadcasting().settled_until(round, next);
        tokio::select! {
            () = app.stopping() => return Ok(()),
            () = app.broadcasting().after(round) => {}
            () = pause_until(app.clock(), next) => {}
        }
    }
}

/// Does what there is to do; returns when there is more to show.
async fn look(app: &App) -> Result<Option<Timestamp>, StoreError> {
    let mut soonest: Option<Timestamp> = None;
    for (id, mut course) in app.store().courses().await? {
        while let Some(next) = course.next() {
            match next {
                Next::Held => app.store().release_receivers(id, AT_ONCE).await?,
                Next::After(after) => take(app, id, after).await?,
            }
            app.delivery().wake();
            let Some(now) = app.store().course(id).await? else {
                break;
            };
            course = now;
        }
        let later = show(app, id, &course).await?;
        soonest = [soonest, later].into_iter().flatten().min();
    }
    Ok(soonest)
}

/// Enqueues the next receivers, leaving out those known to be unreachable.
async fn take(app: &App, id: BroadcastId, after: Option<UserId>) -> Result<(), StoreError> {
    let Some(broadcast) = app.store().broadcast(id).await? else {
        return app.store().take_receivers(id, after, &[], Reached::End).await;
    };
    let calendar = app.calendar();
    let page = app.store().subscribers(after, AT_ONCE).await?;
    let mut receivers = Vec::new();
    for subscriber in &page {
        if !broadcast.segment.hears(subscriber, &calendar) {
            continue;
        }
        let known = app.store().conversation(subscriber.mover).await?;
        if known.is_none_or(|known| known.reachable) {
            receivers.push(subscriber.mover);
        }
    }
    let reached = match page.last() {
        Some(last) => Reached::UpTo(Some(last.mover)),
        None => Reached::End,
    };
    let points = app.store().crashpoints();
    points.reach(Boundary::Found).await;
    app.store().take_receivers(id, after, &receivers, reached).await?;
    points.reach(Boundary::Taken).await;
    Ok(())
}

/// Shows the group how far it is, if that is news; returns when it will be.
async fn show(app: &App, id: BroadcastId, course: &Course) -> Result<Option<Timestamp>, StoreError> {
    let Some(from) = course.shows_from() else {
        return Ok(None);
    };
    if from > app.clock().now() {
        return Ok(Some(from));
    }
    let stopped = course.stopped_unsaid();
    let stopped = stopped.map(|reason| Act::say(stopped_by_itself(reason, app.phrases(), &app.calendar())));
    let told = std::iter::once(Act::Progress(id))
        .chain(stopped)
        .map(Outgoing::to_group);
    app.store().show_course(id, &course.state, told.collect()).await?;
    app.store().crashpoints().reach(Boundary::Shown).await;
    app.delivery().wake();
    Ok(None)
}
