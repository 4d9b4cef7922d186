//! The buttons under the bot's messages.

use crate::{
    conversation::{button::Button, turn::Turn},
    knowledge::{Entry, HandoverOffer},
    lang::Lang,
    outgoing::{ButtonDoes, ButtonFace, Buttons},
    phrases::Text,
};

/// How many related topics an answer leads to.
pub(super) const RELATED: usize = 2;

/// What an answer asks about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rating {
    /// Whether it helped, or something else was meant.
    Whole,
    /// Only whether something else was meant: that a thing is not known helps nobody. Who waits for it can hear of it
    /// later.
    OnlyOther,
    /// Nothing: it was not found by a question, or was rated already.
    None,
}

pub(super) fn said(turn: &Turn<'_>, label: &Text<'_>, button: &Button) -> ButtonFace {
    button.face(turn.say(label))
}

/// One entry a row, worded as a mover would ask for it.
pub(super) fn rows(
    turn: &Turn<'_>,
    entries: &[&Entry],
    button: impl Fn(&Entry) -> Button,
) -> Vec<Vec<ButtonFace>> {
    let lang = turn.conversation.lang;
    entries
        .iter()
        .map(|entry| vec![button(entry).face(entry.label_in(lang))])
        .collect()
}

/// Related topics, the rating, a person, sharing.
pub(super) fn under_answer(turn: &Turn<'_>, entry: &Entry, rating: Rating) -> Buttons {
    let related: Vec<&Entry> = turn.entries(&entry.related).into_iter().take(RELATED).collect();
    let mut rows = rows(turn, &related, |entry| Button::Show(entry.id.clone()));
    let right = said(turn, &Text::ButtonRight, &Button::Right(entry.id.clone()));
    let other = said(turn, &Text::ButtonNotThis, &Button::NotThis(entry.id.clone()));
    match rating {
        Rating::Whole => rows.push(vec![right, other]),
        Rating::OnlyOther => {
            let tell_me = Button::TellMe(entry.id.clone());
            rows.extend([vec![other], vec![said(turn, &Text::ButtonTellMe, &tell_me)]]);
        }
        Rating::None => {}
    }
    let mut last = Vec::new();
    if entry.handover != HandoverOffer::Never {
        last.push(person(turn));
    }
    if !entry.id.is_gap() {
        last.push(ButtonFace {
            label: turn.say(&Text::ButtonShare),
            does: ButtonDoes::Share(entry.label_in(turn.conversation.lang).to_owned()),
        });
    }
    if !last.is_empty() {
        rows.push(last);
    }
    Buttons(rows)
}

/// The choices of "which of these did you mean".
pub(super) fn choices(turn: &Turn<'_>, entries: &[&Entry]) -> Buttons {
    let mut rows = rows(turn, entries, |entry| Button::Choose(entry.id.clone()));
    rows.push(vec![said(turn, &Text::ButtonNone, &Button::NoneOfThese)]);
    Buttons(rows)
}

/// A person.
pub(super) fn only_person(turn: &Turn<'_>) -> Buttons {
    Buttons(vec![vec![person(turn)]])
}

/// The menu.
pub(super) fn only_menu(turn: &Turn<'_>) -> Buttons {
    Buttons(vec![vec![menu(turn)]])
}

/// The menu, then a person.
pub(super) fn menu_or_person(turn: &Turn<'_>) -> Buttons {
    Buttons(vec![vec![menu(turn)], vec![person(turn)]])
}

/// A person, then the menu.
pub(super) fn person_or_menu(turn: &Turn<'_>) -> Buttons {
    Buttons(vec![vec![person(turn)], vec![menu(turn)]])
}

/// A line to go with the rating.
pub(super) fn rating_line(turn: &Turn<'_>) -> Buttons {
    Buttons(vec![vec![said(
        turn,
        &Text::ButtonRatingLine,
        &Button::RatingLine,
    )]])
}

/// The languages, each in its own words.
pub(super) fn languages(turn: &Turn<'_>) -> Buttons {
    let row = |lang: Lang| {
        let name = turn.senses.phrases.say(lang, &Text::LanguageName);
        vec![Button::Language(lang).face(name)]
    };
    Buttons(Lang::ALL.into_iter().map(row).collect())
}

pub(super) fn person(turn: &Turn<'_>) -> ButtonFace {
    said(turn, &Text::ButtonHuman, &Button::Human)
}

pub(super) fn menu(turn: &Turn<'_>) -> ButtonFace {
    let button = Button::Menu {
        category: None,
        page: 0,
    };
    said(turn, &Text::ButtonMenu, &button)
}

pub(super) fn change_language(turn: &Turn<'_>) -> ButtonFace {
    said(turn, &Text::ButtonLanguages, &Button::Languages)
}
