//! The first words, and deep links.

use crate::{
    conversation::{
        asking,
        button::Button,
        events,
        keyboards::{self, Rating, rows},
        turn::{Place, Turn},
    },
    knowledge::{Entry, EntryId},
    outgoing::Buttons,
    phrases::Text,
};

/// What newcomers ask most.
pub(super) const FREQUENT: [&str; 3] = [
    "subsidy-myhome-shienkin",
    "subsidy-iju-shienkin",
    "vacant-home-reuse-aid-considered",
];

/// `/start`, with what a deep link carries.
pub(super) fn start(turn: &mut Turn<'_>, payload: Option<&str>) {
    if payload.is_some_and(|payload| events::opened_by_link(turn, payload)) {
        turn.conversation.greeted = true;
        return;
    }
    let linked = payload
        .and_then(|payload| payload.parse::<EntryId>().ok())
        .and_then(|id| turn.entry(&id));
    match (linked, payload) {
        (Some(entry), _) => follow_link(turn, entry),
        (None, Some(_)) => {
            greet(turn);
            let buttons = keyboards::only_menu(turn);
            turn.tell(Place::New, &Text::LinkUnknown, buttons);
        }
        (None, None) => greet(turn),
    }
}

/// The entry at once; a newcomer is told in one line who speaks.
fn follow_link(turn: &mut Turn<'_>, entry: &Entry) {
    if !turn.conversation.greeted {
        turn.conversation.greeted = true;
        turn.tell(Place::New, &Text::WelcomeLine, Buttons::default());
    }
    asking::show_entry(turn, Place::New, entry, Rating::None);
}

fn greet(turn: &mut Turn<'_>) {
    turn.conversation.greeted = true;
    let frequent: Vec<&Entry> = FREQUENT
        .iter()
        .filter_map(|id| id.parse().ok())
        .filter_map(|id| turn.entry(&id))
        .collect();
    let mut buttons = vec![vec![keyboards::menu(turn)]];
    buttons.extend(rows(turn, &frequent, |entry| Button::Show(entry.id.clone())));
    buttons.push(vec![keyboards::change_language(turn), keyboards::person(turn)]);
    turn.tell(Place::New, &Text::Welcome, Buttons(buttons));
}
