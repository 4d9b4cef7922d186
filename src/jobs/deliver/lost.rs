//! Gives up what will never arrive, and tells both sides.

use super::fate::{Fate, is_deleted, is_not_copied, is_protected};
use crate::{
    app::{App, logged},
    handover::afterwards::{self, Lost},
    lang::Lang,
    metrics::Count,
    outgoing::{Outgoing, RelayEdit, To, UserId},
    store::{DeadReason, OutboxItem, StoreError},
};

pub(super) async fn give_up_on(app: &App, who: UserId) -> Result<(), StoreError> {
    app.metrics().count(Count::Blocked);
    let knowledge = app.knowledge();
    let colleagues = app.colleagues().await?;
    let then = |given_up: &[_]| {
        app.with_desk(&knowledge, &colleagues, |senses| {
            afterwards::all_lost(given_up, senses)
        })
    };
    let given_up = app.store().unreachable(who, then).await?;
    app.metrics().add(Count::DeadLetter, given_up.letters);
    app.metrics().add(Count::Unreachable, given_up.dropped);
    app.metrics()
        .add(Count::BroadcastUnreachable, given_up.of_broadcasts);
    Ok(())
}

pub(super) async fn refused(app: &App, item: &OutboxItem, words: String) -> Result<(), StoreError> {
    app.metrics().count(Count::DeadLetter);
    tracing::error!(item = item.id.0, telegram = %logged::words(&words), "a message was refused and is a dead letter now");
    let why = if is_deleted(&words) {
        Lost::Deleted
    } else if is_protected(&words) {
        Lost::Protected
    } else if is_not_copied(&words) {
        Lost::NotCopied
    } else {
        Lost::Refused
    };
    let lang = movers_language(app, item.outgoing.to).await?;
    let knowledge = app.knowledge();
    let colleagues = app.colleagues().await?;
    let then = app.with_desk(&knowledge, &colleagues, |senses| {
        afterwards::lost(&item.outgoing, why, lang, senses)
    });
    app.store()
        .dead_letter(item, DeadReason::Refused(words), then)
        .await
}

/// What follows if only part of an album arrived.
pub(super) async fn partly(
    app: &App,
    item: &OutboxItem,
    missing: usize,
) -> Result<Option<Outgoing>, StoreError> {
    let lang = movers_language(app, item.outgoing.to).await?;
    let knowledge = app.knowledge();
    let colleagues = app.colleagues().await?;
    Ok(app.with_desk(&knowledge, &colleagues, |senses| {
        afterwards::partly_lost(&item.outgoing, missing, lang, senses)
    }))
}

/// What follows if an edit cannot be made to the copy that was passed on.
pub(super) async fn edited_anew(app: &App, to: To, edit: &RelayEdit) -> Result<Fate, StoreError> {
    let lang = movers_language(app, to).await?;
    let knowledge = app.knowledge();
    let colleagues = app.colleagues().await?;
    let anew = app.with_desk(&knowledge, &colleagues, |senses| {
        afterwards::edited_anew(to, edit, lang, senses)
    });
    Ok(anew.map_or(Fate::Done(Vec::new()), |anew| Fate::Instead(Box::new(anew))))
}

async fn movers_language(app: &App, to: To) -> Result<Lang, StoreError> {
    let case = match to.topic_of().or(to.person()) {
        Some(mover) => app.store().case(mover).await?,
        None => None,
    };
    Ok(case.map_or(Lang::Ja, |case| case.lang))
}
