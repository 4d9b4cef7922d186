//! Tells staff the figures of a week once, when the desk opens in the next one; and owners, on each desk day, what is
//! left over.

use jiff::Timestamp;

use crate::{
    app::{App, pause_until},
    clock::in_city,
    handover::DeskHours,
    jobs::left_over,
    statistics::{Period, Span, due, weekly},
    store::StoreError,
};

/// Tells until the bot stops.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App) -> Result<(), StoreError> {
    loop {
        let round = app.figures_and_left_over().round();
        let next = look(&app).await?.min(left_over::look(&app).await?);
        app.figures_and_left_over().settled(round);
        tokio::select! {
            () = app.stopping() => return Ok(()),
            () = app.figures_and_left_over().after(round) => {}
            () = pause_until(app.clock(), Some(next)) => {}
        }
    }
}

/// Tells what is due, later in the same week if the time was missed. Returns when to look again.
async fn look(app: &App) -> Result<Timestamp, StoreError> {
    let now = app.clock().now();
    let week = Period::of(Span::Week, in_city(now).date());
    let knowledge = app.knowledge();
    let hours = DeskHours {
        holidays: &knowledge.revision.holidays,
    };
    let at = due(week.first(), &hours);
    if now < at {
        return Ok(at);
    }
    if !app.store().told_figures_of(week.first()) && app.group().is_some() {
        tell(app, week).await?;
    }
    Ok(due(week.end(), &hours))
}

/// Tells about the week before this one.
async fn tell(app: &App, week: Period) -> Result<(), StoreError> {
    let counted = app.counted(week.before()).await?;
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let outgoing = app.with_desk(&knowledge, &colleagues, |senses| {
        weekly(&counted.told, &counted.notes, senses)
    });
    if app.store().tell_figures(week.first(), outgoing).await? {
        app.delivery().wake();
    }
    Ok(())
}
