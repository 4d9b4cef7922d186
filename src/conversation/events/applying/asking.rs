//! The form, answer by answer, until it is sent.

use jiff::civil::Date;

use crate::{
    conversation::{
        button::Button,
        desk::Hands,
        events::{
            applying::{
                hearing::{day_in, is_number, name},
                questions::{fits, is_day_full, is_full, most_people, question, summary},
                said::{is_stop, is_yes},
                standing::{self, face, list, own, withdraw_button},
                tap::{ApplyTap, Deed},
            },
            card,
        },
        keyboards::{self, said},
        turn::{Place, Turn},
    },
    events::{Event, EventId},
    outgoing::{Buttons, Html, MessageId},
    phrases::Text,
    signups::{CallName, Change, Closed, Filled, Form, People, Remark, SignUpList, Stage, Terms},
};

/// A button about the mover's request.
pub(in crate::conversation) fn tapped(turn: &mut Turn<'_>, tap: &ApplyTap, message: Option<MessageId>) {
    let over = Place::over(message);
    match tap.deed {
        Deed::Begin => begin(turn, &tap.event),
        Deed::Stop => stop_of(turn, &tap.event, over),
        Deed::AskWithdraw => standing::ask_withdraw(turn, &tap.event),
        Deed::Withdraw => standing::withdraw(turn, over, &tap.event),
        Deed::People(_) | Deed::Day(_) | Deed::Nothing | Deed::Submit => on_form(turn, tap, over),
    }
}

/// Words that answer the form.
pub(in crate::conversation) fn heard(turn: &mut Turn<'_>, text: &str) {
    if is_stop(text) {
        return stop(turn, Place::New);
    }
    let Some((form, event)) = open_form(turn) else {
        return;
    };
    let stage = match &form.stage {
        Stage::Name => name(turn, text).map(Stage::named),
        Stage::People { name } => match people(text).filter(|people| fits(event, *people)) {
            Some(people) => Some(Stage::counted(name.clone(), people, Terms::of(event).has_days())),
            None => {
                let most = most_people(event).into();
                return turn.tell(Place::New, &Text::ApplyPeopleUnclear { most }, Buttons::default());
            }
        },
        Stage::Day { name, people } => day_in(turn, &form, text).map(|day| on_day(name, *people, day)),
        Stage::Note { name, people, day } => match Remark::read(text) {
            Ok(note) => Some(Stage::noted(name.clone(), *people, *day, Some(note))),
            Err(_) => {
                let most = Remark::LONGEST;
                return turn.tell(Place::New, &Text::ApplyNoteLong { most }, Buttons::default());
            }
        },
        Stage::Ready(filled) if is_yes(text) => return submit(turn, Place::New, event, filled.clone()),
        Stage::Ready(_) => None,
    };
    // What was not understood is asked once more.
    let stage = stage.unwrap_or_else(|| form.stage.clone());
    next(turn, form.with(stage, turn.now), event);
}

/// How many come, if the words say that and nothing else.
fn people(text: &str) -> Option<People> {
    People::read(text).ok().filter(|_| is_number(text))
}

/// After something else was answered, the question that is still open is put again.
pub(in crate::conversation) fn goes_on(turn: &mut Turn<'_>) {
    if turn.conversation.form.is_none() || turn.is_silent() || turn.for_desk.is_some() {
        return;
    }
    let Some((form, event)) = open_form(turn) else {
        return;
    };
    let (html, buttons) = question(turn, &form.stage, event);
    let html = Html::text(&turn.say(&Text::ApplyGoesOn)).line(&html);
    turn.show(Place::New, vec![html], buttons);
}

/// The first words say what is asked, what for, who sees it, and how long it is kept.
fn begin(turn: &mut Turn<'_>, id: &EventId) {
    let Some(event) = turn.senses.calendar.get(id) else {
        return card::gone(turn, Place::New);
    };
    if let Some(closed) = Terms::of(event).closed(turn.now) {
        return refuse(turn, event, closed);
    }
    if own(turn, id).is_some_and(|one| one.state.is_confirmed()) {
        let buttons = Buttons(vec![vec![withdraw_button(turn, id)]]);
        return turn.tell(Place::New, &Text::ApplyAlready, buttons);
    }
    // The next words are for the person, not for a form.
    if turn.senses.desk.hands == Hands::Person {
        return turn.tell(Place::New, &Text::ApplyWithPerson, Buttons::default());
    }
    let title = card::words(turn).title(event);
    let mut html = Html::text(&turn.say(&Text::ApplyWhy { title }));
    if is_full(turn, event) {
        html = html.paragraph(&Html::bold(&turn.say(&Text::ApplyWhyFull)));
    }
    let form = Form::begin(id.clone(), turn.now);
    let (first, buttons) = question(turn, &form.stage, event);
    turn.conversation.form = Some(form);
    // What was asked before does not take the form's answers.
    turn.conversation.asks = None;
    turn.conversation.rates_until = None;
    turn.show(Place::New, vec![html.paragraph(&first)], buttons);
}

/// Cancel button. On an older question after the form was sent, it must not claim that nothing is stored; for another
/// event's form it is stale.
fn stop_of(turn: &mut Turn<'_>, event: &EventId, over: Place) {
    let open = turn.conversation.form.as_ref().map(|form| form.event == *event);
    match open {
        Some(true) => stop(turn, over),
        _ if standing::show_live(turn, over, event) => {}
        Some(false) => turn.tap_note = Some(turn.say(&Text::OldButton)),
        None => stop(turn, over),
    }
}

fn stop(turn: &mut Turn<'_>, place: Place) {
    turn.conversation.form = None;
    let buttons = keyboards::only_menu(turn);
    turn.tell(place, &Text::ApplyStopped, buttons);
}

/// A button that answers the form; one under an earlier question, or of another form, is old.
fn on_form(turn: &mut Turn<'_>, tap: &ApplyTap, over: Place) {
    let is_it = |form: &Form| form.event == tap.event;
    if !turn.conversation.form.as_ref().is_some_and(is_it) {
        if standing::show_live(turn, over, &tap.event) {
            return;
        }
        let buttons = Buttons(vec![vec![face(
            turn,
            &Text::ButtonApply,
            Deed::Begin,
            &tap.event,
        )]]);
        return turn.tell(Place::New, &Text::ApplyForgotten, buttons);
    }
    let Some((form, event)) = open_form(turn) else {
        return;
    };
    let stage = match (&form.stage, tap.deed) {
        (Stage::People { name }, Deed::People(people)) if fits(event, people) => {
            Stage::counted(name.clone(), people, Terms::of(event).has_days())
        }
        (Stage::Day { name, people }, Deed::Day(day))
            if Terms::of(event).days_left(turn.now).contains(&day) =>
        {
            on_day(name, *people, day)
        }
        (Stage::Note { name, people, day }, Deed::Nothing) => Stage::noted(name.clone(), *people, *day, None),
        (Stage::Ready(filled), Deed::Submit) => return submit(turn, over, event, filled.clone()),
        _ => {
            turn.tap_note = Some(turn.say(&Text::OldButton));
            return;
        }
    };
    next(turn, form.with(stage, turn.now), event);
}

/// The form in hand and its event, as long as that takes requests; otherwise the form is dropped, and that is told.
fn open_form<'a>(turn: &mut Turn<'a>) -> Option<(Form, &'a Event)> {
    let form = turn.conversation.form.clone()?;
    let Some(event) = turn.senses.calendar.get(&form.event) else {
        turn.conversation.form = None;
        card::gone(turn, Place::New);
        return None;
    };
    if let Some(closed) = Terms::of(event).closed(turn.now) {
        turn.conversation.form = None;
        refuse(turn, event, closed);
        return None;
    }
    Some((form, event))
}

fn refuse(turn: &mut Turn<'_>, event: &Event, closed: Closed) {
    let deadline = |at| turn.senses.phrases.moment_of_year(turn.conversation.lang, at);
    let why = match closed {
        Closed::NotHere => turn.say(&Text::ApplyNotHere),
        Closed::Cancelled => turn.say(&Text::ApplyCancelled),
        Closed::Begun => turn.say(&Text::ApplyBegun),
        Closed::Deadline(at) => turn.say(&Text::ApplyLate {
            moment: &deadline(at),
        }),
    };
    let more = said(turn, &Text::ButtonMore, &Button::Event(event.id.clone()));
    let buttons = Buttons(vec![vec![more], vec![keyboards::person(turn)]]);
    turn.tell_plain(Place::New, &why, buttons);
}

fn next(turn: &mut Turn<'_>, form: Form, event: &Event) {
    let (html, buttons) = question(turn, &form.stage, event);
    turn.conversation.form = Some(form);
    turn.show(Place::New, vec![html], buttons);
}

fn on_day(name: &CallName, people: People, day: Date) -> Stage {
    Stage::Note {
        name: name.clone(),
        people,
        day: Some(day),
    }
}

/// Sends the form; staff decide. Whoever asks hears of moves and cancellations from now on.
fn submit(turn: &mut Turn<'_>, over: Place, event: &Event, filled: Filled) {
    if !Terms::of(event).has_day(filled.day) {
        // It was moved since.
        return begin(turn, &event.id);
    }
    let (mover, lang, now) = (turn.conversation.mover, turn.conversation.lang, turn.now);
    let known = list(turn, &event.id).cloned();
    let mut list = known.unwrap_or_else(|| SignUpList::new(event.id.clone(), now));
    let is_full = is_day_full(turn, event, filled.day);
    let summary = summary(turn, event, &filled);
    turn.conversation.form = None;
    let Ok(what) = list.ask(mover, lang, filled, now) else {
        let buttons = Buttons(vec![vec![withdraw_button(turn, &event.id)]]);
        return turn.tell(Place::New, &Text::ApplyAlready, buttons);
    };
    turn.sign_ups = Some(Change { list, what });
    let now = turn.now;
    turn.subscriber_mut().goes_to(&event.id, now);
    let told = if is_full {
        Text::ApplyReceivedFull
    } else {
        Text::ApplyReceived
    };
    let html = Html::text(&turn.say(&told)).paragraph(&summary);
    let buttons = Buttons(vec![vec![withdraw_button(turn, &event.id)]]);
    turn.show(over, vec![html], buttons);
}
