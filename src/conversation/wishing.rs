//! A wish for a person: kept, told once, and reminded of afterwards. In a crisis the help lines come first.

use crate::{
    clock::in_city,
    conversation::{
        desk::{Desk, ForDesk, Hands},
        state::{Wish, WishReason},
        turn::{Place, Turn},
    },
    knowledge::RuleKind,
    outgoing::{Buttons, Voice},
    phrases::{Text, shortened},
    understanding::{Handover, Outcome},
};

/// How much of the noted question is shown back.
const SHOWN_QUESTION: usize = 300;

/// By a button or a command: about what was asked last.
pub(super) fn wish(turn: &mut Turn<'_>, place: Place, why: WishReason) {
    let question = last_question(turn);
    keep_and_tell(turn, place, why, question);
}

/// In the mover's words: they may say what it is about, so the desk gets them below what was asked before.
pub(super) fn wish_in_words(turn: &mut Turn<'_>, place: Place, words: &str) {
    let question = match last_question(turn) {
        Some(before) if before != words => format!("{before}\n{words}"),
        _ => words.to_owned(),
    };
    keep_and_tell(turn, place, WishReason::Asked, Some(question));
}

/// For a reason of the bot's own; `opening` says which, before all else.
pub(super) fn hand_over(turn: &mut Turn<'_>, place: Place, why: WishReason, opening: Option<&Text<'_>>) {
    let question = last_question(turn);
    let opening = opening.map(|text| turn.say(text));
    let told = told(turn, why, question);
    turn.voice = Voice::Needed;
    let said = opening.into_iter().chain([told]).collect::<Vec<_>>().join("\n\n");
    turn.tell_plain(place, &said, Buttons::default());
}

fn keep_and_tell(turn: &mut Turn<'_>, place: Place, why: WishReason, question: Option<String>) {
    let mut said = told(turn, why, question);
    let noted = turn.conversation.wish.as_ref();
    // Words from a crisis are not held up to the person again.
    if let Some(question) = noted
        .filter(|wish| wish.why != WishReason::Crisis)
        .and_then(|wish| wish.question.as_deref())
    {
        let question = &shortened(question, SHOWN_QUESTION);
        said = format!("{said}\n\n{}", turn.say(&Text::WishQuestion { question }));
    }
    turn.voice = Voice::Needed;
    turn.tell_plain(place, &said, Buttons::default());
}

/// Keeps the wish and says what comes of it; a mover who waits already is only reminded.
fn told(turn: &mut Turn<'_>, why: WishReason, question: Option<String>) -> String {
    let since = keep(turn, why, question);
    match (since, turn.senses.desk) {
        (
            _,
            Desk {
                hands: Hands::Person, ..
            },
        ) => turn.say(&Text::WishHeld),
        (Some(since), _) => again(turn, &since),
        (
            None,
            Desk {
                answers_by: Some(by), ..
            },
        ) => {
            let moment = &turn.senses.phrases.moment(turn.conversation.lang, by, turn.now);
            turn.say(&Text::WishTold { moment })
        }
        (None, _) => turn.say(&Text::WishKept),
    }
}

/// The help lines at once and whole, then that the desk knows, and in which words it was said.
pub(super) fn crisis(turn: &mut Turn<'_>, place: Place, lines: &Text<'_>, words: &str) {
    let told_before = turn
        .conversation
        .wish
        .as_ref()
        .is_some_and(|wish| wish.why == WishReason::Crisis);
    // Nothing stands before the help lines, no remark on languages either.
    turn.conversation.lang_instead = false;
    let connected = turn.senses.desk.answers_by.is_some();
    let about_the_desk = match keep(turn, WishReason::Crisis, Some(words.to_owned())) {
        Some(since) if told_before => again(turn, &since),
        _ if connected => turn.say(&Text::CrisisTold),
        _ => turn.say(&Text::CrisisWish),
    };
    let said = format!("{}\n\n{about_the_desk}", turn.say(lines));
    turn.tell_plain(place, &said, Buttons::default());
}

/// Why a mover who tapped the button wants a person, by what was asked last.
pub(super) fn reason(turn: &Turn<'_>) -> WishReason {
    if turn.conversation.misses > 0 {
        return WishReason::NotHelped;
    }
    let Some(asked) = &turn.conversation.last_question else {
        return WishReason::Asked;
    };
    match (turn.senses.understand)(&asked.text, turn.conversation.last_entry.as_ref()).outcome {
        Outcome::Handover(Handover::Gap(_)) => WishReason::Gap,
        Outcome::Handover(Handover::Rule(RuleKind::Complaint)) => WishReason::Complaint,
        Outcome::Handover(Handover::Rule(RuleKind::Individual)) => WishReason::Individual,
        Outcome::Handover(Handover::Rule(kind)) if kind.is_crisis() => WishReason::Crisis,
        _ => WishReason::Asked,
    }
}

/// Keeps the wish. One made before keeps its place in the queue, and the day it was made is given back; a crisis stays
/// a crisis, with the words that told of it.
fn keep(turn: &mut Turn<'_>, why: WishReason, question: Option<String>) -> Option<String> {
    // Where the desk has nothing open, an earlier wish was met.
    let nothing_open = turn.senses.desk.nothing_open;
    let before = turn.conversation.wish.take().filter(|_| !nothing_open);
    let wish = match before.clone() {
        None => Wish {
            at: turn.now,
            why,
            question,
        },
        Some(before) if why == WishReason::Crisis => Wish {
            why,
            question,
            ..before
        },
        Some(before) if before.why == WishReason::Crisis => before,
        Some(before) => Wish {
            question: question.or(before.question),
            ..before
        },
    };
    if before.as_ref() != Some(&wish) {
        turn.for_desk = Some(ForDesk::Wished(Wish {
            at: turn.now,
            ..wish.clone()
        }));
    }
    turn.conversation.wish = Some(wish);
    turn.conversation.misses = 0;
    // What is written next is for the person, and no line about the last one.
    turn.conversation.rates_until = None;
    before.map(|wish| {
        turn.senses
            .phrases
            .day(turn.conversation.lang, in_city(wish.at).date())
    })
}

fn last_question(turn: &Turn<'_>) -> Option<String> {
    turn.conversation
        .last_question
        .as_ref()
        .map(|asked| asked.text.clone())
}

fn again(turn: &Turn<'_>, date: &str) -> String {
    turn.say(&Text::WishAgain { date })
}
