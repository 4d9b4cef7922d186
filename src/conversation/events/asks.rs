//! What is asked for in the mover's own words: a lead time, quiet hours, a time zone.

use std::sync::LazyLock;

use jiff::SignedDuration;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::{
    conversation::{
        events::{quiet, settings},
        state::{AskedFor, Asks},
        turn::{Place, Turn},
    },
    outgoing::Buttons,
    phrases::Text,
    reminders::{Lead, Zone},
    understanding::{Handover, Outcome},
};

/// So long the next words count as the answer.
const WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// Longer words are no such answer but a question, in characters.
const LONGEST: usize = 40;
/// So few hold nothing but an answer.
const SHORT: usize = 12;
/// "Ho Chi Minh" is as long as a city's name gets.
const ZONE_WORDS: usize = 3;

pub(super) fn ask(turn: &mut Turn<'_>, what: AskedFor) {
    turn.conversation.asks = Some(Asks {
        what,
        until: turn.now + WITHIN,
    });
    let text = match what {
        AskedFor::Lead => Text::LeadAsk,
        AskedFor::Quiet => Text::QuietAsk,
        AskedFor::Zone => Text::ZoneAsk,
    };
    turn.tell(Place::New, &text, Buttons::default());
}

/// Whether these words are the answer to something that was asked. What cannot be read as one and is understood otherwise
/// is a question like any other.
pub(crate) fn is_awaited(turn: &Turn<'_>, text: &str) -> bool {
    let asked = turn.conversation.asks.as_ref();
    asked.is_some_and(|asked| {
        turn.now <= asked.until
            && text.chars().count() <= LONGEST
            && may_answer(asked.what, text)
            && (is_read(asked.what, text) || is_attempt(asked.what, text) || !is_understood(turn, text))
    })
}

fn is_read(what: AskedFor, text: &str) -> bool {
    match what {
        AskedFor::Lead => Lead::read(text).is_ok(),
        AskedFor::Quiet => quiet::read(text).is_some(),
        AskedFor::Zone => Zone::read(text).is_ok(),
    }
}

/// A few signs with a number in them, where one was asked for, are an answer gone wrong.
fn is_attempt(what: AskedFor, text: &str) -> bool {
    what != AskedFor::Zone && text.chars().count() <= SHORT
}

fn is_understood(turn: &Turn<'_>, text: &str) -> bool {
    match (turn.senses.understand)(text, None).outcome {
        Outcome::Handover(Handover::NotUnderstood | Handover::Gap(_)) | Outcome::Clarify(_) => false,
        Outcome::Answer(_)
        | Outcome::Handover(Handover::Rule(_))
        | Outcome::Smalltalk
        | Outcome::Refuse
        | Outcome::Setting(_) => true,
    }
}

/// What cannot be an answer is a question like any other; so is what ends like one, whatever numbers it holds.
fn may_answer(what: AskedFor, text: &str) -> bool {
    let plain: String = text.nfkc().collect();
    if plain.trim().trim_end_matches('。').ends_with(['?', 'か']) {
        return false;
    }
    match what {
        AskedFor::Lead => plain.chars().any(|c| c.is_ascii_digit()) && !names_date(&plain),
        AskedFor::Quiet => plain.chars().any(|c| c.is_ascii_digit()),
        AskedFor::Zone => {
            let is_name = |c: char| c.is_ascii_alphabetic() || " _-/+".contains(c);
            text.chars().all(is_name) && text.split_whitespace().count() <= ZONE_WORDS
        }
    }
}

/// 「3月6日」 is a day, and no six days.
fn names_date(plain: &str) -> bool {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d月\s*\d").ok());
    DATE.as_ref().is_some_and(|date| date.is_match(plain))
}

pub(crate) fn answered(turn: &mut Turn<'_>, text: &str) {
    let Some(asked) = turn.conversation.asks.take() else {
        return;
    };
    let done = match asked.what {
        AskedFor::Lead => match Lead::read(text) {
            Ok(lead) => turn.chooser_mut().add_lead(lead).map_err(settings::lead_refused),
            Err(_) => Err(Text::LeadUnclear),
        },
        AskedFor::Quiet => match quiet::read(text) {
            Some(quiet) => {
                turn.chooser_mut().quiet = Some(quiet);
                Ok(())
            }
            None => Err(Text::QuietUnclear),
        },
        AskedFor::Zone => match Zone::read(text) {
            Ok(zone) => {
                turn.chooser_mut().zone = zone;
                Ok(())
            }
            Err(_) => Err(Text::ZoneUnclear),
        },
    };
    match done {
        Ok(()) => settings::show(turn, Place::New),
        Err(why) => {
            turn.conversation.asks = Some(asked);
            turn.tell(Place::New, &why, Buttons::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_no_answer_whatever_numbers_it_holds() {
        for (what, question) in [
            (AskedFor::Lead, "3月6日の行事は何時からですか。"),
            (AskedFor::Lead, "3月6日の行事を教えて"),
            (AskedFor::Zone, "I want to buy a house"),
            (AskedFor::Quiet, "22時は？"),
            (AskedFor::Zone, "Europe?"),
        ] {
            assert!(!may_answer(what, question), "{question}");
        }
        assert!(may_answer(AskedFor::Lead, "3日前") && may_answer(AskedFor::Zone, "Europe/Berlin"));
    }
}
