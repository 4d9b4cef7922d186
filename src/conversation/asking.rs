//! A question in the mover's own words, and what is done about what it means.

use crate::{
    conversation::{
        answer::compose,
        button::Button,
        desk::Hands,
        events,
        input::Unreadable,
        keyboards::{self, RELATED, Rating},
        masking::masked,
        note::{Came, Note},
        settings,
        state::{Asked, Tried, WishReason},
        tapping,
        turn::{Place, Turn},
        wishing,
    },
    knowledge::{Entry, EntryId, RuleKind},
    lang::Lang,
    outgoing::{Buttons, MessageId, Voice},
    phrases::Text,
    understanding::{Handover, Outcome, Setting, Verdict, denial, offering::CHOICES},
};

/// A longer text, in characters, is no question any more, and is not answered.
pub const LONGEST_QUESTION: usize = 2000;

/// After this many tries in a row that did not help, a person comes first.
const MISSES_UNTIL_PERSON: u8 = 2;

pub(super) fn asked(turn: &mut Turn<'_>, text: &str, message: MessageId, edited: bool) {
    let text = text.trim();
    let place = if edited {
        Place::AnsweringAgain(message)
    } else {
        Place::Answering(message)
    };
    if edited && is_last_question(turn, text, message) {
        return;
    }
    if !text.chars().any(char::is_alphanumeric) {
        let buttons = keyboards::menu_or_person(turn);
        return turn.tell(place, &Text::NotReadable, buttons);
    }
    if turn.conversation.answer_stands {
        turn.conversation.misses = 0;
    }
    let verdict = (turn.senses.understand)(text, turn.conversation.last_entry.as_ref());
    settings::follow_language(turn, verdict.lang);
    let rule = match verdict.outcome {
        Outcome::Handover(Handover::Rule(kind)) => Some(kind),
        _ => None,
    };
    if !edited && denial::is_all(text) && tapping::objected(turn, None) {
        return;
    }
    // Asking for a person does not push aside what was asked before: that is what the person has to know.
    if rule != Some(RuleKind::Human) || turn.conversation.last_question.is_none() {
        turn.conversation.last_question = Some(Asked {
            text: text.to_owned(),
            message,
            at: turn.now,
        });
    }
    // However long it is, a cry for help is heard.
    if text.chars().count() > LONGEST_QUESTION && !rule.is_some_and(RuleKind::is_crisis) {
        note_question(turn, text, verdict.lang, Came::TooLong, None);
        return too_long(turn, place);
    }
    note_meaning(turn, text, &verdict);
    if !rule.is_some_and(RuleKind::is_crisis) {
        turn.voice = Voice::Bot;
    }
    meet(turn, place, &verdict.outcome, text);
    offer_near(turn, &verdict);
    if let Some(kind) = verdict.doubt.filter(|_| !turn.is_silent()) {
        turn.tell_first(&care(kind), Buttons::default());
    }
}

/// One line of help, in case it is needed.
fn care(kind: RuleKind) -> Text<'static> {
    match kind {
        RuleKind::CrisisDespair => Text::CareDespair,
        RuleKind::CrisisViolence => Text::CareViolence,
        RuleKind::CrisisChild => Text::CareChild,
        _ => Text::CareEmergency,
    }
}

/// Topics that what is handed over may be about all the same, and what was asked beside the first: a tap away.
fn offer_near(turn: &mut Turn<'_>, verdict: &Verdict) {
    let related = match &verdict.outcome {
        Outcome::Answer(id) | Outcome::Handover(Handover::Gap(id)) => {
            turn.entry(id).map(|shown| &shown.related)
        }
        _ => None,
    };
    let is_shown = |id: &EntryId| {
        related
            .into_iter()
            .flatten()
            .take(RELATED)
            .any(|shown| shown == id)
    };
    let near = turn.entries(verdict.near.iter().filter(|id| !is_shown(id)));
    let rows = keyboards::rows(turn, &near, |entry| Button::Show(entry.id.clone()));
    turn.offer_below(rows);
}

/// A message the bot cannot read; each kind is told so in its own words.
pub(super) fn unreadable(turn: &mut Turn<'_>, kind: Unreadable, message: MessageId) {
    let text = match kind {
        Unreadable::Voice => Text::Voice,
        Unreadable::Photo => Text::Photo,
        Unreadable::Sticker => Text::Sticker,
        Unreadable::Video => Text::Video,
        Unreadable::Document => Text::Document,
        Unreadable::Location => Text::Location,
        Unreadable::Contact => Text::Contact,
        Unreadable::Other => Text::OtherKind,
    };
    if turn.senses.desk.hands == Hands::Lately && kind == Unreadable::Sticker {
        turn.is_goodbye = true;
        return;
    }
    if turn.senses.desk.hands == Hands::Lately {
        return wishing::hand_over(turn, Place::Answering(message), WishReason::Asked, None);
    }
    let buttons = keyboards::menu_or_person(turn);
    turn.tell(Place::Answering(message), &text, buttons);
}

/// Shows an entry as the answer; the next question may be a follow-up to it.
pub(super) fn show_entry(turn: &mut Turn<'_>, place: Place, entry: &Entry, rating: Rating) {
    turn.conversation.answer_stands = true;
    turn.conversation.last_entry = Some(entry.id.clone());
    let senses = turn.senses;
    let answer = compose(
        entry,
        senses.revision,
        senses.phrases,
        turn.conversation.lang,
        turn.now,
    );
    let buttons = keyboards::under_answer(turn, entry, rating);
    turn.show(place, answer.pieces(), buttons);
}

/// Asks which of these was meant; a miss if none of them exists.
pub(super) fn offer_choices(turn: &mut Turn<'_>, place: Place, ids: &[EntryId]) {
    let mut entries = turn.entries(ids);
    entries.truncate(CHOICES);
    if entries.is_empty() {
        return missed(turn, place);
    }
    let buttons = keyboards::choices(turn, &entries);
    turn.tell(place, &Text::Clarify, buttons);
}

/// One more try did not help. Whoever waits for a person is heard by that person; whoever had one just now gets one
/// again.
pub(super) fn missed(turn: &mut Turn<'_>, place: Place) {
    match turn.senses.desk.hands {
        Hands::Waiting | Hands::Person => return,
        Hands::Lately => return wishing::hand_over(turn, place, WishReason::Asked, None),
        Hands::Bot => {}
    }
    // Amid a form, words that miss are mostly clumsy answers; nobody is called for those.
    let amid_form = turn.conversation.form.is_some();
    if !amid_form && count_miss(turn) {
        offer_person_first(turn, place);
    } else {
        let buttons = keyboards::menu_or_person(turn);
        turn.tell(place, &Text::NotUnderstood, buttons);
    }
}

/// Counts a try that did not help; says whether a person should come first now.
pub(super) fn count_miss(turn: &mut Turn<'_>) -> bool {
    turn.conversation.answer_stands = false;
    turn.conversation.misses = turn.conversation.misses.saturating_add(1);
    turn.conversation.misses >= MISSES_UNTIL_PERSON
}

/// A person at once where a desk is connected; else the offer to note the wish for one.
pub(super) fn offer_person_first(turn: &mut Turn<'_>, place: Place) {
    if turn.senses.desk.answers_by.is_some() {
        return wishing::hand_over(turn, place, WishReason::NotHelped, Some(&Text::PersonSorry));
    }
    let buttons = keyboards::person_or_menu(turn);
    turn.tell(place, &Text::PersonFirst, buttons);
}

fn meet(turn: &mut Turn<'_>, place: Place, outcome: &Outcome, text: &str) {
    match outcome {
        Outcome::Answer(id) | Outcome::Handover(Handover::Gap(id)) => answer(turn, place, id),
        Outcome::Clarify(ids) => offer_choices(turn, place, ids),
        Outcome::Handover(Handover::Rule(kind)) => meet_rule(turn, place, *kind, text),
        Outcome::Handover(Handover::NotUnderstood) => missed(turn, place),
        Outcome::Smalltalk => smalltalk(turn, place),
        Outcome::Refuse => turn.tell(place, &Text::Refuse, Buttons::default()),
        Outcome::Setting(Setting::Language) => settings::offer_languages(turn, place),
        Outcome::Setting(Setting::Calendar) => events::asked(turn, place, text),
        Outcome::Setting(Setting::Reminders) => events::settings(turn, place),
    }
}

fn meet_rule(turn: &mut Turn<'_>, place: Place, kind: RuleKind, text: &str) {
    match kind {
        RuleKind::CrisisEmergency
        | RuleKind::CrisisDespair
        | RuleKind::CrisisViolence
        | RuleKind::CrisisChild => help_lines(turn, place, kind, text),
        RuleKind::Human => wishing::wish_in_words(turn, place, text),
        RuleKind::Complaint => person_for(turn, place, WishReason::Complaint),
        RuleKind::Individual => person_for(turn, place, WishReason::Individual),
        RuleKind::Hostile => turn.tell(place, &Text::Refuse, Buttons::default()),
        RuleKind::Notify => events::settings(turn, place),
        RuleKind::Calendar => events::asked(turn, place, text),
        RuleKind::Language => settings::offer_languages(turn, place),
        RuleKind::Smalltalk => smalltalk(turn, place),
        RuleKind::OtherCity => missed(turn, place),
    }
}

fn answer(turn: &mut Turn<'_>, place: Place, id: &EntryId) {
    let rating = if id.is_gap() {
        Rating::OnlyOther
    } else {
        Rating::Whole
    };
    match turn.entry(id) {
        Some(entry) => show_entry(turn, place, entry, rating),
        None => missed(turn, place),
    }
}

fn smalltalk(turn: &mut Turn<'_>, place: Place) {
    let buttons = keyboards::only_menu(turn);
    turn.tell(place, &Text::Smalltalk, buttons);
}

/// The lines that fit the danger, and a person.
pub(super) fn help_lines(turn: &mut Turn<'_>, place: Place, kind: RuleKind, words: &str) {
    let lines = match kind {
        RuleKind::CrisisDespair => Text::CrisisDespair,
        RuleKind::CrisisViolence => Text::CrisisViolence,
        RuleKind::CrisisChild => Text::CrisisChild,
        _ => Text::CrisisEmergency,
    };
    wishing::crisis(turn, place, &lines, words);
}

/// What only a person can deal with: handed over at once where a desk is connected.
fn person_for(turn: &mut Turn<'_>, place: Place, why: WishReason) {
    let connected = turn.senses.desk.answers_by.is_some();
    let (opening, offer) = match why {
        WishReason::Complaint => (Text::ComplaintSorry, Text::Complaint),
        _ => (Text::IndividualCannot, Text::Individual),
    };
    if connected {
        return wishing::hand_over(turn, place, why, Some(&opening));
    }
    let buttons = keyboards::only_person(turn);
    turn.tell(place, &offer, buttons);
}

fn too_long(turn: &mut Turn<'_>, place: Place) {
    let buttons = keyboards::only_person(turn);
    let limit = LONGEST_QUESTION;
    turn.tell(place, &Text::TooLong { limit }, buttons);
}

/// Telegram also reports edits that leave the words as they were.
fn is_last_question(turn: &Turn<'_>, text: &str, message: MessageId) -> bool {
    turn.conversation
        .last_question
        .as_ref()
        .is_some_and(|asked| asked.message == message && asked.text == text)
}

/// Keeps what came of a question. The words of someone in danger are not kept as a way of asking.
fn note_meaning(turn: &mut Turn<'_>, question: &str, verdict: &Verdict) {
    let (came, entry) = match &verdict.outcome {
        Outcome::Answer(id) => (Came::Answer, Some(id)),
        Outcome::Clarify(_) => (Came::Clarify, None),
        Outcome::Handover(Handover::Gap(id)) => (Came::Gap, Some(id)),
        Outcome::Handover(Handover::Rule(kind)) if kind.is_crisis() => return,
        Outcome::Handover(Handover::Rule(_)) => (Came::Person, None),
        Outcome::Handover(Handover::NotUnderstood) => (Came::NotUnderstood, None),
        Outcome::Smalltalk => (Came::Smalltalk, None),
        Outcome::Refuse => (Came::Refuse, None),
        Outcome::Setting(_) => (Came::Setting, None),
    };
    note_question(turn, question, verdict.lang, came, entry);
}

/// Keeps a question without the person.
fn note_question(turn: &mut Turn<'_>, question: &str, lang: Lang, outcome: Came, entry: Option<&EntryId>) {
    turn.conversation.remember(Tried {
        question: question.to_owned(),
        came: outcome,
        entry: entry.cloned(),
        at: turn.now,
    });
    turn.notes.push(Note::Asked {
        question: masked(question),
        lang,
        outcome,
        entry: entry.cloned(),
        at: turn.now,
    });
}
