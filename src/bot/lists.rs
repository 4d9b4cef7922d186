//! The lists staff ask for in their group: reads what they are made of.

use std::{panic::resume_unwind, sync::Arc};

use crate::{
    app::App,
    bot::group::FromGroup,
    handover::{
        CaseFilter, Staff,
        listing::{self, Listed},
        unanswered,
    },
    outgoing::{Buttons, ChatId, Html},
    store::StoreError,
};

/// The list of open questions looks at no more notes than these, the newest.
const MOST_NOTES: usize = 10_000;

/// A page of the list of cases.
pub(super) async fn cases(
    app: &App,
    group: ChatId,
    from: &FromGroup,
    filter: CaseFilter,
    page: u8,
) -> Result<(Html, Buttons), StoreError> {
    let mut all = Vec::new();
    for case in app.store().cases().await? {
        let topic = app.store().topic(case.mover).await?.map(|topic| topic.thread);
        all.push(Listed { case, topic });
    }
    let viewer = match from.who {
        Staff::Known(who) => Some(who),
        Staff::Anonymous => None,
    };
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let now = app.clock().now();
    Ok(app.with_desk(&knowledge, &colleagues, |senses| {
        listing::cases(all, filter, page, viewer, group, senses, now)
    }))
}

/// A page of the questions nobody could answer.
pub(super) async fn unanswered(app: &App, page: u8) -> Result<(Html, Buttons), StoreError> {
    let now = app.clock().now();
    let since = now - unanswered::LOOKS_BACK;
    let open = unanswered::of_notes(app.store().notes_since(since, MOST_NOTES).await?);
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let understanding = Arc::clone(&knowledge);
    // Thousands of questions take their time: not for an async task's thread.
    let grouped = tokio::task::spawn_blocking(move || {
        let questions: Vec<&str> = open.iter().map(|one| one.question.as_str()).collect();
        let groups = understanding.understanding.alike(&questions);
        (open, groups)
    });
    let (open, groups) = match grouped.await {
        Ok(grouped) => grouped,
        Err(failed) => resume_unwind(failed.into_panic()),
    };
    Ok(app.with_desk(&knowledge, &colleagues, |senses| {
        unanswered::page(&open, groups, page, senses, now)
    }))
}
