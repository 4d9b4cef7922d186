//! One sign-up request as staff see it.

use jiff::{Timestamp, civil::Date};

use crate::{
    conversation::events::applying,
    events::Event,
    handover::{
        senses::{DESK_LANG, DeskSenses},
        signups::in_general,
    },
    outgoing::{ButtonFace, Buttons, Html, Outgoing},
    phrases::{Text, language_name},
    signups::{SignUp, SignUpButton, SignUpList, State, Terms, csv::state_name},
};

/// The card: why it is shown or what was decided, who asks for what, how many places there are, and the possible
/// decisions.
pub(super) fn card(
    head: Option<&Text<'_>>,
    one: &SignUp,
    list: &SignUpList,
    senses: &DeskSenses<'_>,
) -> (Html, Buttons) {
    let event = senses.talk.calendar.get(&list.event);
    let head = head.map_or_else(|| state(one.state, senses), |head| senses.say(head));
    let language = &senses.say(&language_name(one.lang));
    let html = Html::bold(&head)
        .paragraph(&about(event, senses))
        .line(&facts(one, senses))
        .line(&senses.html(&Text::SignUpLanguage { language }))
        .paragraph(&Html::text(&places(list, event, one.filled.day, senses)));
    (html, buttons(one, list, senses))
}

/// Says that a mover has cancelled their request.
pub(super) fn withdrawn(before: &SignUp, list: &SignUpList, senses: &DeskSenses<'_>) -> Html {
    let event = senses.talk.calendar.get(&list.event);
    let state = &senses.say(&state_name(before.state));
    Html::bold(&senses.say(&Text::SignUpWithdrew))
        .paragraph(&about(event, senses))
        .line(&facts(before, senses))
        .line(&senses.html(&Text::SignUpState { state }))
        .paragraph(&Html::text(&places(list, event, before.filled.day, senses)))
}

/// Says that the request of a forgotten mover has left the list: for how many people, but not whose it was.
pub(super) fn forgotten(before: &SignUp, list: &SignUpList, senses: &DeskSenses<'_>) -> Html {
    let event = senses.talk.calendar.get(&list.event);
    let state = &senses.say(&state_name(before.state));
    let people = shown(before.filled.people.count());
    Html::bold(&senses.say(&Text::SignUpForgotten))
        .paragraph(&about(event, senses))
        .line(&senses.html(&Text::SignUpForgottenPeople { people }))
        .line(&senses.html(&Text::SignUpState { state }))
        .paragraph(&Html::text(&places(list, event, before.filled.day, senses)))
        .paragraph(&senses.html(&Text::SignUpForgottenCard))
}

/// The card of the first waiting request that there is room for, as long as the event is still to come.
pub(super) fn next(
    list: &SignUpList,
    day: Option<Date>,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> Option<Outgoing> {
    let event = senses.talk.calendar.get(&list.event)?;
    if super::deciding::is_past(event, now) {
        return None;
    }
    let first = list.first_that_fits(day, &Terms::of(event))?;
    let (html, buttons) = card(Some(&Text::SignUpNext), first, list, senses);
    Some(in_general(html, buttons).about(first.mover))
}

/// How many take part, and how many can.
pub(super) fn places(
    list: &SignUpList,
    event: Option<&Event>,
    day: Option<Date>,
    senses: &DeskSenses<'_>,
) -> String {
    let terms = event.map(Terms::of);
    let taken = shown(terms.as_ref().map_or(0, |terms| list.taken(day, terms)));
    let capacity = terms.and_then(|terms| terms.capacity());
    let places = &senses.say(&match capacity {
        Some(capacity) => Text::SignUpPlaces {
            taken,
            capacity: shown(capacity.get()),
        },
        None => Text::SignUpTaken { taken },
    });
    match day {
        Some(day) => {
            let day = &senses.talk.phrases.short_day(DESK_LANG, day);
            senses.say(&Text::SignUpPlacesOn { day, places })
        }
        None => places.clone(),
    }
}

/// As phrases take it.
pub(super) fn shown(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The event's name in the language of the staff.
pub(super) fn title(event: &Event) -> &str {
    event.title.in_lang(DESK_LANG).map_or("", |(_, title)| title)
}

fn about(event: Option<&Event>, senses: &DeskSenses<'_>) -> Html {
    let Some(event) = event else {
        return senses.html(&Text::SignUpNoEvent);
    };
    let title = title(event);
    let when = &senses.talk.phrases.when(DESK_LANG, &event.when);
    senses
        .html(&Text::SignUpEvent { title })
        .line(&senses.html(&Text::EventWhen { when }))
}

fn facts(one: &SignUp, senses: &DeskSenses<'_>) -> Html {
    applying::facts(&one.filled, senses.talk.phrases, DESK_LANG)
}

fn state(state: State, senses: &DeskSenses<'_>) -> String {
    let said = &senses.say(&state_name(state));
    match state {
        State::Confirmed(by) | State::Waiting(by) | State::Declined(by) => {
            let name = &senses.name_of(by.who);
            senses.say(&Text::SignUpStateBy { state: said, name })
        }
        State::Asked | State::Withdrawn => senses.say(&Text::SignUpState { state: said }),
    }
}

fn buttons(one: &SignUp, list: &SignUpList, senses: &DeskSenses<'_>) -> Buttons {
    let (event, number) = (list.event.clone(), one.number);
    let confirm =
        || SignUpButton::Confirm(event.clone(), number).face(senses.say(&Text::DeskButtonSignUpConfirm));
    let wait = || SignUpButton::Wait(event.clone(), number).face(senses.say(&Text::DeskButtonSignUpWait));
    let decline =
        || SignUpButton::Decline(event.clone(), number).face(senses.say(&Text::DeskButtonSignUpDecline));
    let rows: Vec<Vec<ButtonFace>> = match one.state {
        State::Asked => vec![vec![confirm()], vec![wait(), decline()]],
        State::Waiting(_) => vec![vec![confirm(), decline()]],
        State::Confirmed(_) => vec![vec![decline()]],
        State::Declined(_) => vec![vec![confirm(), wait()]],
        State::Withdrawn => Vec::new(),
    };
    Buttons(rows)
}
