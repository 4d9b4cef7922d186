//! Broadcasts at the moment of delivery: whether an item still goes out, what became of it, and the message that shows
//! the progress.

use teloxide::Bot;

use super::{
    fate::{EditFate, Fate},
    group::{Spot, not_vital},
    measured,
    send::{self, Page},
};
use crate::{
    app::App,
    handover::DESK_LANG,
    metrics::Count,
    outgoing::{Act, BroadcastId, Html, Outgoing, Trial},
    phrases::Text,
    publishing::broadcast::{Outcome, State},
    store::{OutboxItem, Receipt, StoreError},
};

/// Whether an item is held back because its broadcast is paused or over.
pub(super) async fn kept_back(app: &App, item: &OutboxItem) -> Result<bool, StoreError> {
    let Some(id) = item.outgoing.act.broadcast() else {
        return Ok(false);
    };
    match app.store().course(id).await?.map(|course| course.state) {
        Some(State::Sending | State::Done) => return Ok(false),
        Some(State::Cancelled) | None => put_away(app, item, &Outcome::Dropped).await?,
        Some(State::Paused(_)) => {
            app.store().hold_back(item).await?;
            // It may have been resumed meanwhile.
            app.broadcasting().wake();
        }
    }
    Ok(true)
}

/// Removes what is not sent, and counts its outcome.
pub(super) async fn put_away(app: &App, item: &OutboxItem, outcome: &Outcome) -> Result<(), StoreError> {
    if item.outgoing.act.broadcast().is_some() {
        app.metrics().count(match outcome {
            Outcome::Sent => Count::BroadcastSent,
            Outcome::Unreachable => Count::BroadcastUnreachable,
            Outcome::Failed(_) => Count::BroadcastFailed,
            Outcome::Skipped | Outcome::Dropped => Count::BroadcastDropped,
        });
    }
    app.store().put_away(item, outcome).await?;
    wake(app, item);
    Ok(())
}

/// Handles failed trials, refused broadcasts and outdated pushes; returns whether it was one of these.
pub(super) async fn dealt_with(app: &App, item: &OutboxItem, fate: &Fate) -> Result<bool, StoreError> {
    match (&item.outgoing.act, fate) {
        (Act::Trial(trial), Fate::Blocked | Fate::Refused(_)) => {
            trial_failed(app, item, trial, fate).await?;
            app.delivery().wake();
        }
        (act, Fate::Refused(words)) if act.broadcast().is_some() => {
            put_away(app, item, &Outcome::Failed(words.clone())).await?;
        }
        (_, Fate::Outdated) => {
            app.metrics().count(Count::PushOutdated);
            measured::left_out(app, &item.outgoing.act);
            put_away(app, item, &Outcome::Skipped).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Tells whoever tried the broadcast on themselves, in the group, why it did not arrive.
async fn trial_failed(app: &App, item: &OutboxItem, trial: &Trial, fate: &Fate) -> Result<(), StoreError> {
    let text = match fate {
        Fate::Refused(reason) => Some(Text::BroadcastTrialRefused { reason }),
        _ if trial.first => Some(Text::BroadcastTrialUnreachable),
        _ => None,
    };
    let told = text.map(|text| {
        let html = Html::text(&app.phrases().say(DESK_LANG, &text));
        Outgoing::to_group(Act::say(html))
    });
    let then = told.into_iter().collect();
    app.store().delivered(item, &Receipt::default(), then).await
}

/// Updates the progress message; sends a new one if somebody deleted it.
pub(super) async fn show_progress(
    app: &App,
    bot: &Bot,
    spot: Spot,
    id: BroadcastId,
) -> Result<Fate, StoreError> {
    let Some(progress) = app.progress(id).await? else {
        return Ok(Fate::Done(Vec::new()));
    };
    let page = Page {
        spot,
        html: &progress.html,
        buttons: &progress.buttons,
        reply: None,
    };
    if let Some(message) = progress.message {
        match send::edit_only(bot, &page, message).await {
            EditFate::Changed | EditFate::Unchanged => return Ok(Fate::Done(Vec::new())),
            EditFate::Gone => {}
            EditFate::Other(fate) => return Ok(not_vital(fate)),
        }
    }
    let fate = send::send(app, bot, page).await?;
    if let Fate::Done(sent) = &fate
        && let Some(message) = sent.first()
    {
        app.store().keep_progress_message(id, *message).await?;
    }
    Ok(not_vital(fate))
}

/// Wakes the broadcasting job if this item concerns it.
pub(super) fn wake(app: &App, item: &OutboxItem) {
    let act = &item.outgoing.act;
    if act.broadcast().is_some() || matches!(act, Act::Progress(_)) {
        app.broadcasting().wake();
    }
}
