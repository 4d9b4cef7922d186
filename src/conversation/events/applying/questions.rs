//! The questions of the form, with the buttons that answer them; and which places are left.

use jiff::civil::Date;

use crate::{
    conversation::{
        button::Button,
        events::{
            applying::{
                standing::{face, list},
                tap::Deed,
                words::{self, count},
            },
            card,
        },
        turn::Turn,
    },
    events::Event,
    outgoing::{ButtonFace, Buttons, Html},
    phrases::Text,
    signups::{Filled, People, Remark, Stage, Terms},
};

/// At most this many people can be chosen by a button.
const PEOPLE_SHOWN: u8 = 5;
/// At most this many days can be chosen by a button; others are written.
const DAYS_SHOWN: usize = 14;
const DAYS_A_ROW: usize = 2;

/// The open question, with the buttons that answer it.
pub(super) fn question(turn: &Turn<'_>, stage: &Stage, event: &Event) -> (Html, Buttons) {
    let (step, steps) = stage.place(Terms::of(event).has_days());
    let mut rows = Vec::new();
    let html = match stage {
        Stage::Name => Html::text(&turn.say(&Text::ApplyName { step, steps })),
        Stage::People { .. } => {
            rows.push(people_buttons(turn, event));
            Html::text(&turn.say(&Text::ApplyPeople { step, steps }))
        }
        Stage::Day { .. } => {
            let days = Terms::of(event).days_left(turn.now);
            rows.extend(day_buttons(turn, event, &days));
            let html = Html::text(&turn.say(&Text::ApplyDay { step, steps }));
            if days.len() > DAYS_SHOWN {
                html.line(&Html::text(&turn.say(&Text::ApplyDayMore)))
            } else {
                html
            }
        }
        Stage::Note { day, .. } => {
            rows.push(vec![face(
                turn,
                &Text::ButtonApplyNothing,
                Deed::Nothing,
                &event.id,
            )]);
            let most = Remark::LONGEST;
            let html = Html::text(&turn.say(&Text::ApplyNote { step, steps, most }));
            full_day(turn, event, *day).paragraph(&html)
        }
        Stage::Ready(filled) => {
            rows.push(vec![face(
                turn,
                &Text::ButtonApplySubmit,
                Deed::Submit,
                &event.id,
            )]);
            rows.push(vec![face(turn, &Text::ButtonApplyAgain, Deed::Begin, &event.id)]);
            Html::text(&turn.say(&Text::ApplyCheck)).paragraph(&summary(turn, event, filled))
        }
    };
    rows.push(vec![face(turn, &Text::ButtonApplyStop, Deed::Stop, &event.id)]);
    (html, Buttons(rows))
}

/// Event, time, and what was filled in.
pub(super) fn summary(turn: &Turn<'_>, event: &Event, filled: &Filled) -> Html {
    let (phrases, lang) = (turn.senses.phrases, turn.conversation.lang);
    let when = &phrases.when(lang, &event.when);
    Html::bold(card::words(turn).title(event))
        .line(&Html::text(&turn.say(&Text::EventWhen { when })))
        .line(&words::facts(filled, phrases, lang))
}

fn people_buttons(turn: &Turn<'_>, event: &Event) -> Vec<ButtonFace> {
    (1..=PEOPLE_SHOWN.min(most_people(event)))
        .filter_map(|count| People::try_from(count).ok())
        .map(|people| {
            let text = Text::ApplyPeopleChoice {
                people: count(people),
            };
            face(turn, &text, Deed::People(people), &event.id)
        })
        .collect()
}

fn day_buttons(turn: &Turn<'_>, event: &Event, days: &[Date]) -> Vec<Vec<ButtonFace>> {
    let faces: Vec<ButtonFace> = days
        .iter()
        .take(DAYS_SHOWN)
        .map(|day| {
            let name = turn.senses.phrases.short_day(turn.conversation.lang, *day);
            let label = if is_day_full(turn, event, Some(*day)) {
                turn.say(&Text::ApplyDayFull { day: &name })
            } else {
                name
            };
            Button::Apply(Deed::Day(*day).on(&event.id)).face(label)
        })
        .collect();
    faces.chunks(DAYS_A_ROW).map(<[_]>::to_vec).collect()
}

/// That the chosen day is full, if it is.
fn full_day(turn: &Turn<'_>, event: &Event, day: Option<Date>) -> Html {
    match day.filter(|_| is_day_full(turn, event, day)) {
        Some(day) => {
            let day = &turn.senses.phrases.short_day(turn.conversation.lang, day);
            Html::bold(&turn.say(&Text::ApplyDayWaits { day }))
        }
        None => Html::default(),
    }
}

/// No more can come together than there are places in all.
pub(super) fn most_people(event: &Event) -> u8 {
    let capacity = Terms::of(event)
        .capacity()
        .map_or(u32::MAX, |places| places.get());
    u8::try_from(capacity).unwrap_or(u8::MAX).min(People::MOST)
}

pub(super) fn fits(event: &Event, people: People) -> bool {
    u8::from(people) <= most_people(event)
}

pub(super) fn is_day_full(turn: &Turn<'_>, event: &Event, day: Option<Date>) -> bool {
    let terms = Terms::of(event);
    let taken = list(turn, &event.id).map_or(0, |list| list.taken(day, &terms));
    let capacity = terms.capacity();
    capacity.is_some_and(|capacity| taken >= capacity.get())
}

/// Whether there is no place on any day that is left.
pub(super) fn is_full(turn: &Turn<'_>, event: &Event) -> bool {
    let terms = Terms::of(event);
    if !terms.has_days() {
        return is_day_full(turn, event, None);
    }
    let days = terms.days_left(turn.now);
    days.into_iter().all(|day| is_day_full(turn, event, Some(day)))
}
