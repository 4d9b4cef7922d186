//! `/signups`: who takes part in the coming events.

use jiff::Timestamp;

use crate::{
    events::Event,
    handover::{
        senses::{DESK_LANG, DeskSenses},
        signups::card,
    },
    outgoing::{Act, ButtonFace, Buttons, Html, Outgoing},
    phrases::Text,
    signups::{Number, SignUp, SignUpButton, SignUpList, State, Terms, csv},
};

/// At most this many events are shown, the next ones; no town has more open for sign-up at a time.
const EVENTS_SHOWN: usize = 40;
/// At most this many names of each kind are shown; the table has them all.
const NAMES_SHOWN: usize = 20;
/// At most this many cards can be opened from the list.
const CARDS_SHOWN: usize = 10;

/// The coming events with sign-ups, by start.
#[must_use]
pub fn list(all: &[SignUpList], senses: &DeskSenses<'_>, now: Timestamp) -> (Html, Buttons) {
    let known = all.iter().filter_map(|list| {
        let event = senses.talk.calendar.get(&list.event)?;
        let shown = !event.when.is_over(now) && !list.all().is_empty();
        shown.then_some((event, list))
    });
    let mut coming: Vec<(&Event, &SignUpList)> = known.collect();
    if coming.is_empty() {
        return (senses.html(&Text::SignUpListNone), Buttons::default());
    }
    coming.sort_by_key(|(event, _)| event.when.starts());
    let rows = coming
        .iter()
        .take(EVENTS_SHOWN)
        .map(|(event, list)| vec![line(event, list, senses)]);
    (
        Html::bold(&senses.say(&Text::SignUpList)),
        Buttons(rows.collect()),
    )
}

fn line(event: &Event, list: &SignUpList, senses: &DeskSenses<'_>) -> ButtonFace {
    let day = &senses
        .talk
        .phrases
        .short_day(DESK_LANG, *event.when.days().start());
    let label = senses.say(&Text::SignUpListLine {
        day,
        title: card::title(event),
        taken: people(&those(list, State::is_confirmed)),
        open: those(list, |state| state == State::Asked).len(),
    });
    SignUpButton::Event(event.id.clone()).face(label)
}

/// How things stand for one event: how many take part, who waits, and who still needs a decision.
#[must_use]
pub fn event(list: &SignUpList, senses: &DeskSenses<'_>) -> (Html, Buttons) {
    let Some(event) = senses.talk.calendar.get(&list.event) else {
        return (senses.html(&Text::SignUpNoEvent), Buttons::default());
    };
    let when = &senses.talk.phrases.when(DESK_LANG, &event.when);
    let html = Html::bold(card::title(event))
        .line(&senses.html(&Text::EventWhen { when }))
        .paragraph(&all_places(event, list, senses));
    let waiting = those(list, |state| matches!(state, State::Waiting(_)));
    let open = those(list, |state| state == State::Asked);
    let html = html
        .line(&senses.html(&Text::SignUpWaits {
            count: waiting.len(),
            people: people(&waiting),
        }))
        .paragraph(&senses.html(&Text::SignUpOpen {
            count: open.len(),
            people: people(&open),
        }))
        .line(&names(&open, senses));
    let cards = open.iter().chain(&waiting).take(CARDS_SHOWN);
    let mut rows: Vec<Vec<ButtonFace>> = cards.map(|one| vec![card_button(list, one, senses)]).collect();
    let table = SignUpButton::Table(event.id.clone()).face(senses.say(&Text::DeskButtonSignUpTable));
    let back = SignUpButton::List.face(senses.say(&Text::DeskButtonSignUpList));
    rows.push(vec![table, back]);
    (html, Buttons(rows))
}

/// The card of one request again; `None` if the request has changed since.
#[must_use]
pub fn one(list: &SignUpList, number: Number, senses: &DeskSenses<'_>) -> Option<(Html, Buttons)> {
    list.get(number).map(|one| card::card(None, one, list, senses))
}

/// All requests as a table, for the group.
#[must_use]
pub fn table(list: &SignUpList, senses: &DeskSenses<'_>) -> Outgoing {
    let title = senses
        .talk
        .calendar
        .get(&list.event)
        .map_or(list.event.as_str(), card::title);
    Outgoing::to_group(Act::SendFile {
        file: csv::table(list, senses.talk.phrases, DESK_LANG),
        html: senses.html(&Text::SignUpTable { title }),
        buttons: Buttons::default(),
    })
}

/// The places, day by day if there are several days and somebody is confirmed.
fn all_places(event: &Event, list: &SignUpList, senses: &DeskSenses<'_>) -> Html {
    if !Terms::of(event).has_days() {
        return Html::text(&card::places(list, Some(event), None, senses));
    }
    let mut days: Vec<_> = list.all().iter().filter_map(|one| one.filled.day).collect();
    days.sort_unstable();
    days.dedup();
    let lines = days
        .into_iter()
        .map(|day| Html::text(&card::places(list, Some(event), Some(day), senses)));
    lines.fold(Html::default(), |html, line| html.line(&line))
}

fn those(list: &SignUpList, is_so: impl Fn(State) -> bool) -> Vec<&SignUp> {
    list.all().iter().filter(|one| is_so(one.state)).collect()
}

fn people(those: &[&SignUp]) -> usize {
    card::shown(those.iter().map(|one| one.filled.people.count()).sum())
}

fn names(open: &[&SignUp], senses: &DeskSenses<'_>) -> Html {
    let lines = open.iter().take(NAMES_SHOWN).map(|one| {
        senses.html(&Text::SignUpLine {
            name: one.filled.name(),
            people: card::shown(one.filled.people.count()),
        })
    });
    let html = lines.fold(Html::default(), |html, line| html.line(&line));
    match open.len().checked_sub(NAMES_SHOWN).filter(|more| *more > 0) {
        Some(count) => html.line(&senses.html(&Text::SignUpLineMore { count })),
        None => html,
    }
}

fn card_button(list: &SignUpList, one: &SignUp, senses: &DeskSenses<'_>) -> ButtonFace {
    let label = senses.say(&Text::DeskButtonSignUpCard {
        name: one.filled.name(),
        people: card::shown(one.filled.people.count()),
    });
    SignUpButton::Card(list.event.clone(), one.number).face(label)
}
