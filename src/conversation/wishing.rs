//! A wish for a person: kept, told once, and reminded of afterwards. In a crisis the help lines come first.

use crate::{
    clock::in_city,
    conversation::{
        note::Note,
        state::{Wish, WishReason},
        turn::{Place, Turn},
    },
    knowledge::RuleKind,
    outgoing::Buttons,
    phrases::Text,
    understanding::{Handover, Outcome},
};

/// How much of the noted question is shown back.
const SHOWN_QUESTION: usize = 300;

/// Keeps the wish and tells what comes of it; a mover who waits already is only reminded.
pub(super) fn wish(turn: &mut Turn<'_>, place: Place, why: WishReason) {
    let waiting_since = keep(turn, why);
    let mut said = match waiting_since {
        Some(since) => again(turn, &since),
        None => turn.say(&Text::WishKept),
    };
    if let Some(question) = turn
        .conversation
        .wish
        .as_ref()
        .and_then(|wish| wish.question.as_deref())
    {
        let question = &shortened(question);
        said = format!("{said}\n\n{}", turn.say(&Text::WishQuestion { question }));
    }
    turn.tell_plain(place, &said, Buttons::default());
}

/// The help lines at once and whole, then that the desk knows.
pub(super) fn crisis(turn: &mut Turn<'_>, place: Place, lines: &Text<'_>) {
    let told_before = turn
        .conversation
        .wish
        .as_ref()
        .is_some_and(|wish| wish.why == WishReason::Crisis);
    let waiting_since = keep(turn, WishReason::Crisis);
    let about_the_desk = match waiting_since {
        Some(since) if told_before => again(turn, &since),
        _ => turn.say(&Text::CrisisWish),
    };
    let said = format!("{}\n\n{about_the_desk}", turn.say(lines));
    turn.tell_plain(place, &said, Buttons::default());
}

pub(super) fn is_crisis(kind: RuleKind) -> bool {
    match kind {
        RuleKind::CrisisEmergency
        | RuleKind::CrisisDespair
        | RuleKind::CrisisViolence
        | RuleKind::CrisisChild => true,
        RuleKind::Hostile
        | RuleKind::Human
        | RuleKind::Complaint
        | RuleKind::Individual
        | RuleKind::Notify
        | RuleKind::Language
        | RuleKind::Smalltalk => false,
    }
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
        Outcome::Handover(Handover::Rule(kind)) if is_crisis(kind) => WishReason::Crisis,
        _ => WishReason::Asked,
    }
}

/// Keeps the wish with the question asked last. If there was one before, it keeps its place in the queue and the day
/// it was made is given back; a crisis stays a crisis.
fn keep(turn: &mut Turn<'_>, why: WishReason) -> Option<String> {
    let question = turn
        .conversation
        .last_question
        .as_ref()
        .map(|asked| asked.text.clone());
    let before = turn.conversation.wish.take();
    let since = before.as_ref().map(|wish| {
        turn.senses
            .phrases
            .day(turn.conversation.lang, in_city(wish.at).date())
    });
    let wish = match &before {
        None => Wish {
            at: turn.now,
            why,
            question,
        },
        Some(before) if why == WishReason::Crisis || before.why != WishReason::Crisis => Wish {
            at: before.at,
            why: if why == WishReason::Crisis {
                why
            } else {
                before.why
            },
            question: question.or_else(|| before.question.clone()),
        },
        Some(before) => before.clone(),
    };
    if before.as_ref() != Some(&wish) {
        turn.notes.push(Note::Wished {
            mover: turn.conversation.mover,
            wish: wish.clone(),
        });
    }
    turn.conversation.wish = Some(wish);
    turn.conversation.misses = 0;
    since
}

fn again(turn: &Turn<'_>, date: &str) -> String {
    turn.say(&Text::WishAgain { date })
}

fn shortened(question: &str) -> String {
    let mut shown: String = question.chars().take(SHOWN_QUESTION).collect();
    if shown.len() < question.len() {
        shown.push('…');
    }
    shown
}
