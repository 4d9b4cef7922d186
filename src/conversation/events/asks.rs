//! What is asked for in the mover's own words: a lead time, quiet hours, a time zone.

use std::sync::LazyLock;

use jiff::{SignedDuration, civil::Time};
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::{
    conversation::{
        events::settings,
        state::{AskedFor, Asks},
        turn::{Place, Turn},
    },
    outgoing::Buttons,
    phrases::Text,
    reminders::{Lead, QuietHours, Zone},
};

/// So long the next words count as the answer.
const WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// Longer words are no such answer but a question, in characters.
const LONGEST: usize = 40;

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

/// Whether these words are the answer to something that was asked.
pub(crate) fn is_awaited(turn: &Turn<'_>, text: &str) -> bool {
    let asked = turn.conversation.asks.as_ref();
    asked.is_some_and(|asked| {
        turn.now <= asked.until && text.chars().count() <= LONGEST && may_answer(asked.what, text)
    })
}

/// What cannot be an answer is a question like any other; so is what ends like one, whatever numbers it holds.
fn may_answer(what: AskedFor, text: &str) -> bool {
    let plain: String = text.nfkc().collect();
    if plain.trim().trim_end_matches('。').ends_with(['?', 'か']) {
        return false;
    }
    match what {
        AskedFor::Lead | AskedFor::Quiet => text.nfkc().any(|c| c.is_ascii_digit()),
        AskedFor::Zone => text
            .chars()
            .all(|c| c.is_ascii_alphabetic() || " _-/+".contains(c)),
    }
}

pub(crate) fn answered(turn: &mut Turn<'_>, text: &str) {
    let Some(asked) = turn.conversation.asks.take() else {
        return;
    };
    let done = match asked.what {
        AskedFor::Lead => match Lead::read(text) {
            Ok(lead) => turn
                .subscriber_mut()
                .add_lead(lead)
                .map_err(settings::lead_refused),
            Err(_) => Err(Text::LeadUnclear),
        },
        AskedFor::Quiet => match quiet(text) {
            Some(quiet) => {
                turn.subscriber_mut().quiet = Some(quiet);
                Ok(())
            }
            None => Err(Text::QuietUnclear),
        },
        AskedFor::Zone => match Zone::read(text) {
            Ok(zone) => {
                turn.subscriber_mut().zone = zone;
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

/// 「22:00-7:00」, 「22時〜7時」, "22-7".
fn quiet(text: &str) -> Option<QuietHours> {
    static SPAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(\d{1,2})(?:[:時](\d{2})?分?)?\D+?(\d{1,2})(?:[:時](\d{2})?分?)?\D*$").ok()
    });
    let plain: String = text.nfkc().collect();
    let span = SPAN.as_ref()?.captures(&plain)?;
    let number = |at: usize| {
        span.get(at)
            .map_or(Some(0), |found| found.as_str().parse::<i8>().ok())
    };
    let time = |hour: i8, minute: i8| Time::new(hour % 24, minute, 0, 0).ok().filter(|_| hour <= 24);
    QuietHours::new(time(number(1)?, number(2)?)?, time(number(3)?, number(4)?)?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn a_question_is_no_answer_whatever_numbers_it_holds() {
        for (what, question) in [
            (AskedFor::Lead, "3月6日の行事は何時からですか。"),
            (AskedFor::Quiet, "22時は？"),
            (AskedFor::Zone, "Europe?"),
        ] {
            assert!(!may_answer(what, question), "{question}");
        }
        assert!(may_answer(AskedFor::Lead, "3日前") && may_answer(AskedFor::Zone, "Europe/Berlin"));
    }

    #[test]
    fn quiet_hours_are_read_as_people_write_them() {
        let wanted = QuietHours::new(time(22, 0, 0, 0), time(7, 30, 0, 0)).ok();
        for said in [
            "22:00-7:30",
            "２２：００〜７：３０",
            "22時から7時30分まで",
            "22 to 7:30",
        ] {
            assert_eq!(quiet(said), wanted, "{said}");
        }
        assert_eq!(
            quiet("24:00-6:00"),
            QuietHours::new(time(0, 0, 0, 0), time(6, 0, 0, 0)).ok()
        );
        for nonsense in ["", "22", "25:00-7:00", "8:00-7:00", "夜", "22:75-7:00"] {
            assert_eq!(quiet(nonsense), None, "{nonsense}");
        }
    }
}
