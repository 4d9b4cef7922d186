//! Which of a mover's words answer the form, and which are a question of their own.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::{
    conversation::{
        desk::Hands,
        events::applying::said::{Name, is_no_name, is_short_name, is_stop, is_yes, name_in},
        turn::Turn,
    },
    knowledge::RuleKind,
    signups::{CallName, Form, People, Stage, Terms},
    understanding::{Handover, Outcome},
};

/// Longer words are no number of people and no day, in characters.
const LONGEST_NUMBER: usize = 20;
/// Words at least this long that are surely about something known are a question, not a name.
const SHORTEST_QUESTION: usize = 10;

/// Whether these words are for the form.
pub(in crate::conversation) fn is_awaited(turn: &Turn<'_>, text: &str) -> bool {
    let Some(form) = turn.conversation.form.as_ref() else {
        return false;
    };
    is_stop(text) || answers(turn, form, text)
}

fn answers(turn: &Turn<'_>, form: &Form, text: &str) -> bool {
    let is_answer = match &form.stage {
        Stage::Name => name(turn, text).is_some(),
        Stage::People { .. } => is_number(text),
        Stage::Day { .. } => day_in(turn, form, text).is_some(),
        Stage::Note { .. } => text.chars().any(char::is_alphanumeric) && !is_meant_for_bot(turn, text),
        Stage::Ready(_) => is_yes(text),
    };
    is_answer || is_lost(turn, &form.stage, text)
}

/// Whether words speak of how many come.
pub(super) fn is_number(text: &str) -> bool {
    text.trim().chars().count() <= LONGEST_NUMBER && People::is_named(text) && !is_question(text)
}

/// What is neither an answer nor anything else that is understood: the form asks once more, and no person is troubled.
/// A question that is not understood is told so.
fn is_lost(turn: &Turn<'_>, stage: &Stage, text: &str) -> bool {
    // While they wait for a person, that person hears it.
    let is_for_person = turn.senses.desk.hands == Hands::Waiting;
    if is_for_person || matches!(stage, Stage::Note { .. }) || is_question(text) {
        return false;
    }
    let outcome = (turn.senses.understand)(text, None).outcome;
    let short = text.trim().chars().count() <= CallName::LONGEST;
    match outcome {
        Outcome::Handover(Handover::NotUnderstood) => true,
        Outcome::Clarify(_) | Outcome::Handover(Handover::Gap(_)) => short,
        // 「十分です」 is nearly small talk, and says no number.
        Outcome::Smalltalk if matches!(stage, Stage::People { .. } | Stage::Day { .. }) => short,
        // A wish for a person is no plea for time.
        Outcome::Handover(Handover::Rule(_)) | Outcome::Setting(_) => false,
        _ => short && is_no_name(text),
    }
}

/// The name that is given. Any words can be one, but for those that ask, those that are sure to mean something else,
/// and those that only beg for time.
pub(super) fn name(turn: &Turn<'_>, text: &str) -> Option<CallName> {
    if is_question(text) || is_no_name(text) {
        return None;
    }
    let (named, is_sure) = match name_in(text) {
        Name::Said(name) => (name, true),
        Name::Bare(name) => (name, is_short_name(name)),
    };
    let name = CallName::read(named).ok()?;
    (is_sure && !is_cry_or_wish(turn, text) || may_be_name(turn, named)).then_some(name)
}

/// However it is put, a rule hears it first.
fn is_cry_or_wish(turn: &Turn<'_>, text: &str) -> bool {
    match (turn.senses.understand)(text, None).outcome {
        Outcome::Handover(Handover::Rule(kind)) => is_heard_first(kind, text),
        Outcome::Refuse => true,
        _ => false,
    }
}

/// Danger and the wish for a person are heard in any words; a case of one's own takes more words than a name has.
fn is_heard_first(kind: RuleKind, text: &str) -> bool {
    kind.is_crisis() || kind == RuleKind::Human || text.chars().count() >= SHORTEST_QUESTION
}

fn may_be_name(turn: &Turn<'_>, text: &str) -> bool {
    let meant = match (turn.senses.understand)(text, None).outcome {
        Outcome::Handover(Handover::Rule(kind)) => is_heard_first(kind, text),
        Outcome::Refuse | Outcome::Setting(_) | Outcome::Smalltalk => true,
        Outcome::Answer(_) => text.chars().count() >= SHORTEST_QUESTION,
        Outcome::Clarify(_) | Outcome::Handover(_) => false,
    };
    !meant
}

/// A note may hold a question to staff, above all what the papers do not tell; only one that the bot can answer, and a
/// wish for a person, are for the bot.
fn is_meant_for_bot(turn: &Turn<'_>, text: &str) -> bool {
    match (turn.senses.understand)(text, None).outcome {
        Outcome::Answer(_) => is_question(text),
        Outcome::Handover(Handover::Rule(RuleKind::Human)) | Outcome::Setting(_) => true,
        _ => false,
    }
}

/// Words that end as a question does. A name can end in 「か」 (はるか), a question in 「か。」 or 「ですか」.
fn is_question(text: &str) -> bool {
    let plain: String = text.nfkc().collect();
    let plain = plain.trim();
    plain.ends_with('?')
        || plain.ends_with("か。")
        || [
            "ですか",
            "ますか",
            "せんか",
            "でしょうか",
            "教えて",
            "教えてください",
            "教えて下さい",
        ]
        .iter()
        .any(|end| plain.trim_end_matches('。').ends_with(end))
}

/// The day of the event that is named.
pub(super) fn day_in(turn: &Turn<'_>, form: &Form, text: &str) -> Option<Date> {
    if text.trim().chars().count() > LONGEST_NUMBER {
        return None;
    }
    let event = turn.senses.calendar.get(&form.event)?;
    named_day(text, &Terms::of(event).days_left(turn.now))
}

/// 「2月27日」, 「27日」, "2/27", "2027-02-27": the one day these numbers can mean.
fn named_day(text: &str, days: &[Date]) -> Option<Date> {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[0-9]+").ok());
    let plain: String = text.nfkc().collect();
    let numbers: Vec<i16> = NUMBER
        .as_ref()?
        .find_iter(&plain)
        .map(|found| found.as_str().parse().unwrap_or(-1))
        .collect();
    let is_meant = |day: &&Date| {
        let (month, number) = (i16::from(day.month()), i16::from(day.day()));
        match numbers[..] {
            [one] => one == number,
            [first, second] => (first, second) == (month, number),
            [first, second, third] => (first, second, third) == (day.year(), month, number),
            _ => false,
        }
    };
    let mut meant = days.iter().filter(is_meant);
    meant.next().filter(|_| meant.next().is_none()).copied()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        let days = [
            date(2027, 2, 27),
            date(2027, 2, 28),
            date(2027, 3, 1),
            date(2027, 3, 27),
        ];
        for (said, day) in [
            ("2月27日", Some(days[0])),
            ("２／２８", Some(days[1])),
            ("28日", Some(days[1])),
            ("27日", None),
            ("2027-03-27", Some(days[3])),
            ("3/2", None),
            ("いつでも", None),
        ] {
            assert_eq!(named_day(said, &days), day, "{said}");
        }
    }

    #[test]
    fn a_question_is_told_from_a_name() {
        for question in [
            "何時までですか",
            "駐車場は？",
            "雨でもやりますか。",
            "持ち物を教えてください",
        ] {
            assert!(is_question(question), "{question}");
        }
        for name in ["はるか", "たなか", "花子。", "Ken"] {
            assert!(!is_question(name), "{name}");
        }
    }
}
