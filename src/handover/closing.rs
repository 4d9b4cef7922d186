//! How a talk with a person ends, and what the mover thought of it.

use crate::{
    conversation::{Button, button::MOST_STARS},
    handover::{
        case::{Case, Closing, Rating},
        senses::{DeskSenses, DeskStep},
    },
    outgoing::{Act, Buttons, Outgoing, Voice},
    phrases::Text,
};

/// Tells both sides that the case is closed: the mover that the bot is back, and how to get a person again.
pub(super) fn tell(case: &Case, by: Closing, step: &mut DeskStep, senses: &DeskSenses<'_>) {
    let told = match by {
        Closing::Staff { .. } => Text::CaseClosed,
        Closing::Mover => Text::CaseClosedByMover,
        Closing::Idle => Text::CaseClosedIdle,
    };
    let act = Act::Send {
        html: senses.say_to(case, &told),
        buttons: rating_buttons(case, senses),
        answers: None,
    };
    step.outgoing
        .push(Outgoing::to_person(case.mover, Voice::Needed, act));
    let remark = match by {
        Closing::Staff { .. } => None,
        Closing::Mover => Some(Text::DeskClosedByMover),
        Closing::Idle => Some(Text::DeskClosedIdle),
    };
    if let Some(remark) = remark {
        let html = senses.html(&remark);
        step.outgoing.push(Outgoing::to_topic(case.mover, Act::say(html)));
    }
    show(case, step);
}

/// Brings card and title up to date.
pub(super) fn show(case: &Case, step: &mut DeskStep) {
    step.outgoing.push(Outgoing::aside(case.mover, Act::Card));
    step.outgoing.push(Outgoing::aside(case.mover, Act::Title));
}

/// The mover rates the talk in stars; the last rating counts.
pub(super) fn rate(case: &mut Case, stars: u8, step: &mut DeskStep, senses: &DeskSenses<'_>) {
    let line = case.rating.take().and_then(|rating| rating.line);
    case.rating = Some(Rating { stars, line });
    let stars = usize::from(stars);
    tell_staff(case, &Text::DeskRated { stars }, step, senses);
    step.outgoing.push(Outgoing::aside(case.mover, Act::Card));
}

/// The mover adds a line in words.
pub(super) fn rate_in_words(case: &mut Case, line: String, step: &mut DeskStep, senses: &DeskSenses<'_>) {
    tell_staff(case, &Text::DeskRatedInWords { line: &line }, step, senses);
    if let Some(rating) = &mut case.rating {
        rating.line = Some(line);
    }
    step.outgoing.push(Outgoing::aside(case.mover, Act::Card));
}

fn tell_staff(case: &Case, text: &Text<'_>, step: &mut DeskStep, senses: &DeskSenses<'_>) {
    let html = senses.html(text);
    step.outgoing.push(Outgoing::to_topic(case.mover, Act::say(html)));
}

/// The buttons under the end of a talk: how it was, and a way back.
fn rating_buttons(case: &Case, senses: &DeskSenses<'_>) -> Buttons {
    let stars = (1..=MOST_STARS)
        .map(|stars| Button::Rate(stars).face(stars.to_string()))
        .collect();
    let again = senses.talk.phrases.say(case.lang, &Text::ButtonHumanAgain);
    Buttons(vec![stars, vec![Button::Human.face(again)]])
}
