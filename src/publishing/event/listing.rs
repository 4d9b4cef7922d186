//! The events as staff see them: everything that is not over, to be changed.

use std::collections::BTreeSet;

use crate::{
    conversation::events::line_of,
    events::Filter,
    handover::DESK_LANG,
    outgoing::{Buttons, Html, MessageId},
    phrases::Text,
    publishing::{button::PublishButton, step::AtWork},
};

const ON_A_PAGE: usize = 8;

/// Shows a page of the events.
pub(in crate::publishing) fn list(at: &mut AtWork<'_>, page: u8, over: Option<MessageId>) {
    let mut seen = BTreeSet::new();
    let coming: Vec<_> = at
        .senses
        .calendar
        .coming(at.now, &Filter::default())
        .into_iter()
        // One that comes again and again is changed as a whole.
        .filter(|date| seen.insert(date.event.id.clone()))
        .collect();
    let pages = coming.len().div_ceil(ON_A_PAGE).max(1);
    let page = usize::from(page).min(pages - 1);
    let mut rows: Vec<_> = coming
        .iter()
        .skip(page * ON_A_PAGE)
        .take(ON_A_PAGE)
        .map(|date| {
            let label = line_of(date, at.senses.phrases, DESK_LANG, at.now);
            vec![PublishButton::Open(date.event.id.clone()).face(label)]
        })
        .collect();
    let turn = |to: usize, text: &Text<'_>| {
        u8::try_from(to)
            .ok()
            .map(|to| PublishButton::Events(to).face(at.say(text)))
    };
    let back = page.checked_sub(1).and_then(|to| turn(to, &Text::ButtonPrevious));
    let on = Some(page + 1)
        .filter(|to| *to < pages)
        .and_then(|to| turn(to, &Text::ButtonNext));
    let turning: Vec<_> = back.into_iter().chain(on).collect();
    if !turning.is_empty() {
        rows.push(turning);
    }
    rows.push(vec![PublishButton::NewEvent.face(at.say(&Text::ButtonNewEvent))]);
    let head = if coming.is_empty() {
        Text::EventsStaffNone
    } else {
        Text::EventsStaff
    };
    let html = Html::text(&at.say(&head)).paragraph(&Html::text(&at.say(&Text::EventsStaffFile)));
    at.show(html, Buttons(rows), over);
}
