//! Which of a mover's words answer the form, and which are a question of their own.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::{
    conversation::turn::Turn,
    knowledge::RuleKind,
    signups::{CallName, Form, People, Stage, Terms},
    understanding::{Handover, Outcome},
};

/// Longer words are no number of people and no day, in characters.
const LONGEST_NUMBER: usize = 20;
/// Words at least so long that are surely about something known are a question, not a name.
const SHORTEST_QUESTION: usize = 10;

/// Whether these words are for the form.
pub(in crate::conversation) fn is_awaited(turn: &Turn<'_>, text: &str) -> bool {
    let Some(form) = turn.conversation.form.as_ref() else {
        return false;
    };
    is_stop(text) || answers(turn, form, text)
}

/// Whether somebody gives it up in words.
pub(super) fn is_stop(text: &str) -> bool {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    [
        "やめる",
        "やめます",
        "やめたい",
        "やめたいです",
        "中止",
        "キャンセル",
        "stop",
        "cancel",
        "quit",
    ]
    .contains(&plain)
}

fn answers(turn: &Turn<'_>, form: &Form, text: &str) -> bool {
    let length = text.trim().chars().count();
    match &form.stage {
        Stage::Name => (1..=CallName::LONGEST).contains(&length) && may_be_name(turn, text),
        Stage::People { .. } => length <= LONGEST_NUMBER && People::is_named(text) && !is_question(text),
        Stage::Day { .. } => day_in(turn, form, text).is_some(),
        Stage::Note { .. } => text.chars().any(char::is_alphanumeric) && !is_meant_for_bot(turn, text),
        Stage::Ready(_) => false,
    }
}

/// Any words can be a name, but for those that ask, and those that are sure to mean something else.
fn may_be_name(turn: &Turn<'_>, text: &str) -> bool {
    let meant = match (turn.senses.understand)(text, None).outcome {
        Outcome::Handover(Handover::Rule(_)) | Outcome::Refuse | Outcome::Setting(_) | Outcome::Smalltalk => {
            true
        }
        Outcome::Answer(_) => text.chars().count() >= SHORTEST_QUESTION,
        Outcome::Clarify(_) | Outcome::Handover(_) => false,
    };
    !meant && !is_question(text) && text.chars().any(char::is_alphanumeric)
}

/// A note may hold a question to staff; only one that the bot can answer, and a wish for a person, are for the bot.
fn is_meant_for_bot(turn: &Turn<'_>, text: &str) -> bool {
    match (turn.senses.understand)(text, None).outcome {
        Outcome::Answer(_) | Outcome::Handover(Handover::Gap(_)) => is_question(text),
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

    #[test]
    fn giving_up_is_said_in_few_words() {
        assert!(is_stop("「やめる」") && is_stop("Stop.") && is_stop("キャンセル"));
        assert!(!is_stop("たばこはやめました") && !is_stop("中止のときは電話をください"));
    }
}
