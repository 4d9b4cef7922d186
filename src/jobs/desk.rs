//! Watches the time of cases: reminds staff, ends rests, closes what has gone quiet.

use jiff::Timestamp;

use crate::{
    app::{App, pause_until},
    handover::from_time,
    outgoing::UserId,
    store::{Committed, Step, StoreError},
};

/// Cases looked at in one go.
const AT_ONCE: usize = 100;

/// Watches until the bot stops.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App) -> Result<(), StoreError> {
    loop {
        let round = app.desk_watch().round();
        let now = app.clock().now();
        let due = app.store().due_cases(now, AT_ONCE).await?;
        for mover in &due {
            look_at(&app, *mover, now).await?;
        }
        if !due.is_empty() {
            app.delivery().wake();
            continue;
        }
        let next = app.store().next_due_case().await?;
        app.desk_watch().settled_until(round, next);
        tokio::select! {
            () = app.stopping() => return Ok(()),
            () = app.desk_watch().after(round) => {}
            () = pause_until(app.clock(), next) => {}
        }
    }
}

/// Does what is due. A case that changed meanwhile is looked at again.
async fn look_at(app: &App, mover: UserId, now: Timestamp) -> Result<(), StoreError> {
    loop {
        let reading = Some(app.store().reading());
        let Some(case) = app.store().case(mover).await? else {
            return Ok(());
        };
        if case.due.is_none_or(|due| due > now) {
            return Ok(());
        }
        let colleagues = app.colleagues().await?;
        let knowledge = app.knowledge();
        let done = app.with_desk(&knowledge, &colleagues, |senses| from_time(case, senses, now));
        let step = Step {
            case: done.case,
            reading,
            outgoing: done.outgoing,
            happened: done.happened,
            ..Step::default()
        };
        if app.store().commit_step(step).await? != Committed::Stale {
            return Ok(());
        }
    }
}
