//! Reads what the lists in the staff's group are made of.

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

/// The list of open questions looks at this many notes, the newest.
const MOST_NOTES: usize = 10_000;

/// A page of the list of cases.
pub(super) async fn cases(
    app: &App,
    group: ChatId,
    from: &FromGroup,
    filter: CaseFilter,
    page: u16,
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

/// A page of the unanswered questions.
pub(super) async fn unanswered(app: &App, page: u16) -> Result<(Html, Buttons), StoreError> {
    let now = app.clock().now();
    let since = now - unanswered::LOOKS_BACK;
    let open = unanswered::of_notes(app.store().notes_since(since, MOST_NOTES).await?);
    let (open, groups) = app.alike(open).await;
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    Ok(app.with_desk(&knowledge, &colleagues, |senses| {
        unanswered::page(&open, groups, page, senses, now)
    }))
}
