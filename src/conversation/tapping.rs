//! A button was tapped.

use crate::{
    conversation::{
        answer::compose,
        asking,
        button::{Button, StaleButton},
        desk::Hands,
        events, held,
        keyboards::{self, Rating},
        masking::masked,
        menu,
        note::Note,
        privacy, settings,
        turn::{Place, Turn},
        wanted, wishing,
    },
    knowledge::{Entry, EntryId},
    outgoing::{Buttons, MessageId},
    phrases::Text,
};

pub(super) fn tapped(turn: &mut Turn<'_>, button: &Result<Button, StaleButton>, message: Option<MessageId>) {
    let Ok(button) = button else {
        return old_button(turn);
    };
    match button {
        Button::Show(id) => on_entry(turn, id, |turn, entry| {
            asking::show_entry(turn, Place::New, entry, Rating::None);
        }),
        Button::Choose(id) => on_entry(turn, id, |turn, entry| chosen(turn, entry, message)),
        Button::NoneOfThese => none_of_these(turn, message),
        Button::Right(id) => on_entry(turn, id, |turn, entry| right(turn, entry, message)),
        Button::NotThis(id) => on_entry(turn, id, |turn, entry| not_this(turn, entry, message)),
        Button::TellMe(id) => on_entry(turn, id, wanted::tell_me),
        Button::Human => {
            let why = wishing::reason(turn);
            wishing::wish(turn, Place::New, why);
        }
        Button::Menu { category: None, .. } => menu::topics(turn, Place::over(message)),
        Button::Menu {
            category: Some(category),
            page,
        } => menu::topic(turn, Place::over(message), category, *page),
        Button::Language(lang) => settings::choose_language(turn, Place::over(message), *lang),
        Button::Languages => settings::offer_languages(turn, Place::New),
        Button::Rate(stars) => held::rated(turn, *stars, message),
        Button::RatingLine => held::wants_line(turn),
        Button::EndCase => held::ended(turn),
        Button::Events(page) => events::list(turn, Place::over(message), *page),
        Button::Event(id) => events::open(turn, Place::New, id),
        Button::Follow(subject) => events::follow(turn, subject),
        Button::Unfollow(subject) => events::unfollow(turn, subject),
        Button::Mute(id) => events::mute(turn, id),
        Button::Going(id) => events::going(turn, id),
        Button::Map(id) => events::place_on_map(turn, id),
        Button::Ics(id) => events::calendar_file(turn, id),
        Button::Reminders(tap) => events::setting_tapped(turn, Place::over(message), *tap),
        Button::Apply(tap) => events::form_tapped(turn, tap, message),
        Button::Privacy(tap) => privacy::tapped(turn, *tap, message),
    }
}

/// The button leads nowhere any more.
fn old_button(turn: &mut Turn<'_>) {
    turn.tap_note = Some(turn.say(&Text::OldButton));
    let buttons = keyboards::only_menu(turn);
    turn.tell(Place::New, &Text::OldButtonMenu, buttons);
}

fn on_entry<'a>(turn: &mut Turn<'a>, id: &EntryId, then: impl FnOnce(&mut Turn<'a>, &'a Entry)) {
    match turn.entry(id) {
        Some(entry) => then(turn, entry),
        None => old_button(turn),
    }
}

/// The answer comes below the choices.
fn chosen(turn: &mut Turn<'_>, entry: &Entry, message: Option<MessageId>) {
    put_choices_away(turn, entry.label_in(turn.conversation.lang), message);
    if is_candidate(turn, &entry.id) {
        note_tap(turn, &entry.id, true);
    }
    asking::show_entry(turn, Place::New, entry, Rating::None);
}

fn none_of_these(turn: &mut Turn<'_>, message: Option<MessageId>) {
    let label = turn.say(&Text::ButtonNone);
    put_choices_away(turn, &label, message);
    if let Some(asked) = &turn.conversation.last_question {
        turn.notes.push(Note::NoneFit {
            question: masked(&asked.text),
            at: turn.now,
        });
    }
    if asking::count_miss(turn) {
        return asking::offer_person_first(turn, Place::New);
    }
    let buttons = keyboards::person_or_menu(turn);
    turn.tell(Place::New, &Text::PersonOffered, buttons);
}

/// The choices vanish; the question above them stays, with what was chosen.
fn put_choices_away(turn: &mut Turn<'_>, label: &str, message: Option<MessageId>) {
    if let Some(message) = message {
        let said = format!(
            "{}\n\n{}",
            turn.say(&Text::Clarify),
            turn.say(&Text::Chosen { label })
        );
        turn.tell_plain(Place::Over(message), &said, Buttons::default());
    }
}

fn right(turn: &mut Turn<'_>, entry: &Entry, message: Option<MessageId>) {
    turn.tap_note = Some(turn.say(&Text::Thanks));
    turn.conversation.misses = 0;
    if is_last_shown(turn, &entry.id) {
        note_tap(turn, &entry.id, true);
    }
    take_rating_away(turn, entry, message);
}

/// Offers the next best entries, the second time a person. An answer further up, whose question is no longer
/// remembered, has no next best.
fn not_this(turn: &mut Turn<'_>, entry: &Entry, message: Option<MessageId>) {
    let others = if is_last_shown(turn, &entry.id) {
        note_tap(turn, &entry.id, false);
        candidates(turn)
    } else {
        Vec::new()
    };
    take_rating_away(turn, entry, message);
    let others: Vec<EntryId> = others
        .into_iter()
        .filter(|id| *id != entry.id && !id.is_gap())
        .collect();
    if asking::count_miss(turn) {
        asking::offer_person_first(turn, Place::New);
    } else if turn.entries(&others).is_empty() {
        let buttons = keyboards::person_or_menu(turn);
        turn.tell(Place::New, &Text::PersonOffered, buttons);
    } else {
        asking::offer_choices(turn, Place::New, &others);
    }
}

/// A thumb down says what the button "not this" says, and what none of the choices fitting says.
pub(super) fn disliked(turn: &mut Turn<'_>, message: MessageId) {
    if turn.senses.desk.of_last_question {
        let _ = objected(turn, Some(message));
    }
}

/// What was said last is not what was meant, be that shown by a thumb or said in words; whether anything was said.
pub(super) fn objected(turn: &mut Turn<'_>, message: Option<MessageId>) -> bool {
    let at_bot = matches!(turn.senses.desk.hands, Hands::Bot | Hands::Lately);
    let last = turn.conversation.trail.last().filter(|_| at_bot);
    let Some(shown) = last.map(|tried| tried.entry.clone()) else {
        return false;
    };
    match shown.and_then(|id| turn.entry(&id)) {
        Some(entry) => not_this(turn, entry, message),
        None => none_of_these(turn, None),
    }
    true
}

/// Shows the same answer without the buttons that rate it.
fn take_rating_away(turn: &mut Turn<'_>, entry: &Entry, message: Option<MessageId>) {
    let Some(message) = message else { return };
    let senses = turn.senses;
    let answer = compose(
        entry,
        senses.revision,
        senses.phrases,
        turn.conversation.lang,
        turn.now,
    );
    // The buttons were under the last piece.
    if let Some(last) = answer.pieces().pop() {
        let buttons = keyboards::under_answer(turn, entry, Rating::None);
        turn.show(Place::Over(message), vec![last], buttons);
    }
}

/// Whether the entry was the last one shown: only then is it known which question it answered.
fn is_last_shown(turn: &Turn<'_>, id: &EntryId) -> bool {
    turn.conversation.last_entry.as_ref() == Some(id)
}

/// Whether the question asked last could have meant this entry; the choices may be those of an earlier one.
fn is_candidate(turn: &Turn<'_>, id: &EntryId) -> bool {
    candidates(turn).contains(id)
}

fn candidates(turn: &Turn<'_>) -> Vec<EntryId> {
    let Some(asked) = &turn.conversation.last_question else {
        return Vec::new();
    };
    (turn.senses.understand)(&asked.text, turn.conversation.last_entry.as_ref())
        .candidates
        .into_iter()
        .map(|candidate| candidate.entry)
        .collect()
}

fn note_tap(turn: &mut Turn<'_>, entry: &EntryId, right: bool) {
    if let Some(asked) = &turn.conversation.last_question {
        turn.notes.push(Note::Tapped {
            question: masked(&asked.text),
            entry: entry.clone(),
            right,
            at: turn.now,
        });
    }
}
