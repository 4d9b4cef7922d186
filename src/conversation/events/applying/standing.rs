//! How a mover's request stands, on the event's card; and cancelling it.

use crate::{
    conversation::{
        button::Button,
        events::{
            applying::{questions::summary, tap::Deed, words},
            card,
        },
        keyboards::{self, said},
        turn::{Place, Turn},
    },
    events::{Event, EventId},
    outgoing::{ButtonFace, Buttons, Html},
    phrases::Text,
    signups::{Change, SignUp, SignUpList, Terms, What},
};

/// The requests for an event, if there are any.
pub(super) fn list<'a>(turn: &Turn<'a>, event: &EventId) -> Option<&'a SignUpList> {
    turn.senses.sign_ups.filter(|list| list.event == *event)
}

/// The mover's own request.
pub(super) fn own<'a>(turn: &Turn<'a>, event: &EventId) -> Option<&'a SignUp> {
    list(turn, event)?.of(turn.conversation.mover)
}

/// The card with how the mover's request stands.
pub(in crate::conversation::events) fn add_to_card(turn: &Turn<'_>, event: &Event, card: Html) -> Html {
    let stands = own(turn, &event.id)
        .and_then(|one| words::standing(one, turn.senses.phrases, turn.conversation.lang));
    match stands {
        Some(stands) => card.paragraph(&Html::bold(&stands)),
        None => card,
    }
}

/// Shows the mover's request as it stands, with the button that cancels it; false if none is live.
pub(super) fn show_live(turn: &mut Turn<'_>, place: Place, id: &EventId) -> bool {
    let (Some(one), Some(event)) = (own(turn, id), turn.senses.calendar.get(id)) else {
        return false;
    };
    let (phrases, lang) = (turn.senses.phrases, turn.conversation.lang);
    let Some(stands) = words::standing(one, phrases, lang).filter(|_| one.state.is_live()) else {
        return false;
    };
    let html = Html::bold(&stands).paragraph(&summary(turn, event, &one.filled));
    let buttons = Buttons(vec![vec![withdraw_button(turn, id)]]);
    turn.show(place, vec![html], buttons);
    true
}

/// What a mover can do about their request, under the event's card.
pub(in crate::conversation::events) fn buttons(turn: &Turn<'_>, event: &Event) -> Vec<Vec<ButtonFace>> {
    let is_open = Terms::of(event).closed(turn.now).is_none();
    let state = own(turn, &event.id).map(|one| one.state);
    let live = state.is_some_and(|state| state.is_live()) && !event.when.is_over(turn.now);
    let mut rows = Vec::new();
    if live {
        if is_open && state.is_some_and(|state| !state.is_confirmed()) {
            rows.push(vec![face(turn, &Text::ButtonApplyChange, Deed::Begin, &event.id)]);
        }
        rows.push(vec![withdraw_button(turn, &event.id)]);
    } else if is_open {
        rows.push(vec![face(turn, &Text::ButtonApply, Deed::Begin, &event.id)]);
    }
    rows
}

pub(super) fn face(turn: &Turn<'_>, label: &Text<'_>, deed: Deed, event: &EventId) -> ButtonFace {
    said(turn, label, &Button::Apply(deed.on(event)))
}

pub(super) fn withdraw_button(turn: &Turn<'_>, event: &EventId) -> ButtonFace {
    face(turn, &Text::ButtonApplyWithdraw, Deed::AskWithdraw, event)
}

/// Whether they mean it: a confirmed place may be somebody else's a moment later.
pub(super) fn ask_withdraw(turn: &mut Turn<'_>, id: &EventId) {
    if own(turn, id).is_none_or(|one| !one.state.is_live()) {
        return nothing_there(turn);
    }
    let Some(event) = turn.senses.calendar.get(id) else {
        return card::gone(turn, Place::New);
    };
    let title = card::words(turn).title(event);
    let buttons = Buttons(vec![vec![
        face(turn, &Text::ButtonApplyCancel, Deed::Withdraw, id),
        said(turn, &Text::ButtonApplyKeep, &Button::Event(id.clone())),
    ]]);
    turn.tell(Place::New, &Text::ApplyWithdrawAsk { title }, buttons);
}

/// The request is cancelled, and the mover is not going any more.
pub(super) fn withdraw(turn: &mut Turn<'_>, place: Place, id: &EventId) {
    let mut list = list(turn, id).cloned();
    let before = list
        .as_mut()
        .and_then(|list| list.withdraw(turn.conversation.mover, turn.now));
    let (Some(list), Some(before)) = (list, before) else {
        return nothing_there(turn);
    };
    turn.sign_ups = Some(Change {
        list,
        what: What::Withdrew(before),
    });
    turn.subscriber_mut().stays_away(id);
    let title = turn
        .senses
        .calendar
        .get(id)
        .map_or("", |event| card::words(turn).title(event));
    let buttons = Buttons(vec![vec![said(turn, &Text::ButtonEvents, &Button::events())]]);
    turn.tell(place, &Text::ApplyWithdrawn { title }, buttons);
}

fn nothing_there(turn: &mut Turn<'_>) {
    let buttons = keyboards::only_menu(turn);
    turn.tell(Place::New, &Text::ApplyNothingThere, buttons);
}
