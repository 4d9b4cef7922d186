//! The mover's language, and what the mover is told about events, reminders and stored data.

use jiff::{Timestamp, civil::Time};

use crate::{
    clock::from_city,
    conversation::{
        button::Button,
        keyboards::{self, rows},
        turn::{Place, Turn},
    },
    knowledge::{
        Entry,
        event::{Event, When},
    },
    lang::Lang,
    outgoing::Buttons,
    phrases::Text,
};

/// How many events are listed at once.
const EVENTS: usize = 6;

pub(super) fn offer_languages(turn: &mut Turn<'_>, place: Place) {
    let buttons = keyboards::languages(turn);
    turn.tell(place, &Text::LanguageAsk, buttons);
}

pub(super) fn choose_language(turn: &mut Turn<'_>, place: Place, lang: Lang) {
    turn.conversation.lang = lang;
    turn.conversation.lang_chosen = true;
    turn.conversation.lang_instead = false;
    let buttons = keyboards::only_menu(turn);
    turn.tell(place, &Text::LanguageSet, buttons);
}

/// Answers in the language of the question, unless the mover chose one. Japanese does not end plain Japanese.
pub(super) fn follow_language(turn: &mut Turn<'_>, written: Lang) {
    let conversation = &mut turn.conversation;
    if written.is_japanese() {
        conversation.lang_instead = false;
    }
    let stays_plain = conversation.lang == Lang::JaSimple && written == Lang::Ja;
    if !conversation.lang_chosen && !stays_plain {
        conversation.lang = written;
    }
}

/// Before the first words to a mover whose Telegram is set to a language the bot does not speak.
pub(super) fn say_other_language_once(turn: &mut Turn<'_>) {
    if turn.conversation.lang_instead && !turn.is_silent() {
        turn.conversation.lang_instead = false;
        let buttons = Buttons(vec![vec![keyboards::change_language(turn)]]);
        turn.tell_first(&Text::OtherLanguageInstead, buttons);
    }
}

pub(super) fn reminders(turn: &mut Turn<'_>, place: Place) {
    turn.tell(place, &Text::Reminders, Buttons::default());
}

/// The confirmed coming events of the city; if there are none, what is known of others.
pub(super) fn events(turn: &mut Turn<'_>, place: Place) {
    let entries: Vec<&Entry> = turn.senses.revision.entries.values().collect();
    let mut coming: Vec<&Entry> = entries
        .iter()
        .copied()
        .filter(|entry| is_coming(turn, entry))
        .collect();
    coming.sort_by_key(|entry| entry.event.as_ref().and_then(starts));
    let (text, mut shown) = if coming.is_empty() {
        let known = |entry: &&Entry| entry.category == "event" && !entry.is_other_city();
        (Text::EventsNone, entries.into_iter().filter(known).collect())
    } else {
        (Text::EventsComing, coming)
    };
    shown.truncate(EVENTS);
    let mut rows = rows(turn, &shown, |entry| Button::Show(entry.id.clone()));
    rows.push(vec![keyboards::menu(turn)]);
    turn.tell(place, &text, Buttons(rows));
}

fn is_coming(turn: &Turn<'_>, entry: &Entry) -> bool {
    !entry.is_other_city()
        && entry
            .event
            .as_ref()
            .filter(|event| event.confirmed && !event.cancelled)
            .and_then(starts)
            .is_some_and(|starts| starts > turn.now)
}

fn starts(event: &Event) -> Option<Timestamp> {
    match event.when {
        When::Timed(hours) => Some(hours.starts()),
        When::AllDay(days) => from_city(days.first().to_datetime(Time::midnight())),
    }
}

/// What the bot cannot do with stored data yet, a person can.
pub(super) fn ask_the_desk(turn: &mut Turn<'_>, place: Place, text: &Text<'_>) {
    let buttons = keyboards::only_person(turn);
    turn.tell(place, text, buttons);
}
