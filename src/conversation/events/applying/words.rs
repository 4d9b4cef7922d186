//! Requests in words, as movers and staff read them.

use crate::{
    lang::Lang,
    outgoing::Html,
    phrases::{Phrases, Text},
    signups::{Filled, People, SignUp, State},
};

/// What was filled in, line by line.
#[must_use]
pub fn facts(filled: &Filled, phrases: &Phrases, lang: Lang) -> Html {
    let mut lines = Vec::new();
    if let Some(name) = &filled.name {
        let name = name.as_str();
        lines.push(phrases.say(lang, &Text::ApplyFactName { name }));
    }
    let people = count(filled.people);
    lines.push(phrases.say(lang, &Text::ApplyFactPeople { people }));
    if let Some(day) = filled.day {
        let day = &phrases.day_of_week(lang, day);
        lines.push(phrases.say(lang, &Text::ApplyFactDay { day }));
    }
    if let Some(note) = &filled.note {
        let note = note.as_str();
        lines.push(phrases.say(lang, &Text::ApplyFactNote { note }));
    }
    Html::text(&lines.join("\n"))
}

/// How a mover's request stands; nothing of one they have cancelled.
#[must_use]
pub fn standing(one: &SignUp, phrases: &Phrases, lang: Lang) -> Option<String> {
    let people = count(one.filled.people);
    if let Some(day) = one.filled.day {
        return standing_on(one.state, &phrases.short_day(lang, day), people)
            .map(|text| phrases.say(lang, &text));
    }
    let text = match one.state {
        State::Asked => Text::ApplyIsAsked { people },
        State::Confirmed(_) => Text::ApplyIsConfirmed { people },
        State::Waiting(_) => Text::ApplyIsWaiting { people },
        State::Declined(_) => Text::ApplyIsDeclined,
        State::Withdrawn => return None,
    };
    Some(phrases.say(lang, &text))
}

/// The same where a day was chosen.
fn standing_on(state: State, day: &str, people: usize) -> Option<Text<'_>> {
    match state {
        State::Asked => Some(Text::ApplyIsAskedOn { day, people }),
        State::Confirmed(_) => Some(Text::ApplyIsConfirmedOn { day, people }),
        State::Waiting(_) => Some(Text::ApplyIsWaitingOn { day, people }),
        State::Declined(_) => Some(Text::ApplyIsDeclined),
        State::Withdrawn => None,
    }
}

/// As phrases take it.
pub(super) fn count(people: People) -> usize {
    usize::from(u8::from(people))
}
