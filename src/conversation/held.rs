//! What the bot still does while a person has the conversation: next to nothing. And a line about how it was.

use jiff::SignedDuration;

use crate::{
    conversation::{
        asking,
        button::Button,
        desk::{ForDesk, Hands},
        keyboards,
        state::{Asked, WishReason},
        turn::{Place, Turn},
        wishing,
    },
    knowledge::RuleKind,
    outgoing::{Buttons, MessageId},
    phrases::Text,
    understanding::{Handover, Outcome},
};

/// For this long the next words count as a line about the talk.
const LINE_WITHIN: SignedDuration = SignedDuration::from_mins(30);
/// A longer line is cut off, in characters.
const LONGEST_LINE: usize = 3000;

/// Words that are for the person. Only a cry for help is met by the bot too: a person may not be there at night.
pub(super) fn said(turn: &mut Turn<'_>, text: &str, message: MessageId) {
    if let Some(kind) = cry(turn, text) {
        asking::help_lines(turn, Place::Answering(message), kind, text);
    }
}

/// Whether somebody is in danger, whatever else their words could be.
pub(super) fn is_cry(turn: &Turn<'_>, text: &str) -> bool {
    cry(turn, text).is_some()
}

fn cry(turn: &Turn<'_>, text: &str) -> Option<RuleKind> {
    match (turn.senses.understand)(text, None).outcome {
        Outcome::Handover(Handover::Rule(kind)) if kind.is_crisis() => Some(kind),
        _ => None,
    }
}

/// Words that answer a person's, shortly after that person ended the talk.
pub(super) fn goes_on(turn: &mut Turn<'_>, text: &str, message: MessageId) {
    if (turn.senses.understand)(text, None).outcome == Outcome::Smalltalk {
        turn.is_goodbye = true;
        return;
    }
    turn.conversation.last_question = Some(Asked {
        text: text.to_owned(),
        message,
        at: turn.now,
    });
    wishing::hand_over(turn, Place::Answering(message), WishReason::Asked, None);
}

/// Under whatever the bot answers shortly after a talk, the person is one tap away.
///
/// A mover who writes again within a week does not open the case by that alone: most of it is thanks, or a question the
/// bot can answer at once. What the bot cannot answer, and whatever answers a person's words, opens it.
pub(super) fn offer_way_back(turn: &mut Turn<'_>) {
    if turn.senses.desk.hands == Hands::Lately && turn.for_desk.is_none() {
        let again = keyboards::said(turn, &Text::ButtonHumanAgain, &Button::Human);
        turn.offer_last(again);
    }
}

/// How the talk with a person was.
pub(super) fn rated(turn: &mut Turn<'_>, stars: u8, message: Option<MessageId>) {
    turn.for_desk = Some(ForDesk::Rated(stars));
    turn.conversation.rates_until = None;
    let buttons = keyboards::rating_line(turn);
    turn.tell(
        Place::over(message),
        &Text::RatingThanks { stars: stars.into() },
        buttons,
    );
}

/// The mover wants to write a line.
pub(super) fn wants_line(turn: &mut Turn<'_>) {
    turn.conversation.rates_until = Some(turn.now + LINE_WITHIN);
    turn.tell(Place::New, &Text::RatingLineAsk, Buttons::default());
}

pub(super) fn is_rating_line(turn: &Turn<'_>) -> bool {
    turn.conversation
        .rates_until
        .is_some_and(|until| turn.now <= until)
}

pub(super) fn rating_line(turn: &mut Turn<'_>, text: &str, message: MessageId) {
    turn.conversation.rates_until = None;
    turn.for_desk = Some(ForDesk::RatingLine(text.chars().take(LONGEST_LINE).collect()));
    turn.tell(
        Place::Answering(message),
        &Text::RatingLineThanks,
        Buttons::default(),
    );
}

/// The mover has what they wanted.
pub(super) fn ended(turn: &mut Turn<'_>) {
    turn.for_desk = Some(ForDesk::Ended);
}
