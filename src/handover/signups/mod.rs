//! Sign-ups for events: what staff see of them, and what they decide.
//!
//! A mover's request appears as a card in General; anybody on the staff decides with its buttons, and can change the
//! decision. The mover hears of each decision in their own language.

mod card;
mod deciding;
pub mod listing;

use jiff::Timestamp;

pub use deciding::{Decision, decide};

use crate::{
    handover::senses::{DeskSenses, DeskStep},
    outgoing::{Act, Buttons, Html, Outgoing},
    phrases::Text,
    signups::{Change, SignUp, SignUpList, Terms, What},
};

/// Tells staff what a mover did about a sign-up, and keeps it.
pub(super) fn tell(change: Change, step: &mut DeskStep, senses: &DeskSenses<'_>, now: Timestamp) {
    let Change { list, what } = change;
    match &what {
        What::Asked(number) | What::Changed(number) => {
            let head = match what {
                What::Changed(_) => Text::SignUpChanged,
                _ => Text::SignUpNew,
            };
            let shown = list.get(*number).map(|one| {
                let (html, buttons) = card::card(Some(&head), one, &list, senses);
                in_general(html, buttons).about(one.mover)
            });
            step.outgoing.extend(shown);
        }
        What::Withdrew(before) => {
            let told = in_general(card::withdrawn(before, &list, senses), Buttons::default());
            step.outgoing.push(told.about(before.mover));
            if before.state.is_confirmed() {
                step.outgoing
                    .extend(card::next(&list, before.filled.day, senses, now));
            }
        }
    }
    step.sign_ups = Some(list);
}

/// Tells staff, without a name, that the request of a forgotten mover has left the list, and who is next.
#[must_use]
pub fn forgotten(
    before: &SignUp,
    list: &SignUpList,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> Vec<Outgoing> {
    let event = senses.talk.calendar.get(&list.event);
    if !before.state.is_live() || event.is_some_and(|event| deciding::is_past(event, now)) {
        return Vec::new();
    }
    let html = card::forgotten(before, list, senses);
    let mut told = vec![in_general(html, Buttons::default())];
    if before.state.is_confirmed() {
        told.extend(card::next(list, before.filled.day, senses, now));
    }
    told
}

/// Tells staff, once each, of requests for a day the event no longer has; `None` if there is nothing new.
#[must_use]
pub fn days_gone(mut list: SignUpList, senses: &DeskSenses<'_>, now: Timestamp) -> Option<DeskStep> {
    let event = senses.talk.calendar.get(&list.event)?;
    if deciding::is_past(event, now) {
        return None;
    }
    let lost = list.lost_days(&Terms::of(event))?;
    let named = list.all().iter().filter(|one| lost.contains(&one.number));
    let names: Vec<String> = named
        .map(|one| {
            let (name, people) = (one.filled.name(), card::shown(one.filled.people.count()));
            senses.say(&Text::SignUpNamed { name, people })
        })
        .collect();
    let title = card::title(event);
    let names = &names.join(&senses.say(&Text::SignUpNamedSeparator));
    let html = senses.html(&Text::SignUpDaysGone { title, names });
    list.told_lost = lost;
    Some(DeskStep {
        outgoing: vec![in_general(html, Buttons::default())],
        sign_ups: Some(list),
        ..DeskStep::default()
    })
}

/// A message outside all topics.
fn in_general(html: Html, buttons: Buttons) -> Outgoing {
    Outgoing::to_group(Act::Send {
        html,
        buttons,
        answers: None,
    })
}
