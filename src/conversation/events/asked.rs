//! A question about what is on, answered from the calendar.

use std::sync::LazyLock;

use jiff::{ToSpan, civil::Date};
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::{
    clock::in_city,
    conversation::{
        button::EventsPage,
        events::listing,
        turn::{Place, Turn},
    },
    events::{Kind, YearMonth},
};

/// The words that name a kind, as movers use them.
const KINDS: [(Kind, &[&str]); 4] = [
    (
        Kind::VacantHome,
        &["空き家", "空家", "あきや", "vacant", "empty house"],
    ),
    (Kind::Farming, &["農", "収穫", "田植", "畑", "farm", "harvest"]),
    (Kind::Festival, &["祭", "まつり", "festival"]),
    (
        Kind::Seminar,
        &["セミナー", "講座", "説明会", "seminar", "course"],
    ),
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What stands before the name of a month.
const BEFORE_MONTHS: [&str; 11] = [
    "in", "during", "for", "of", "this", "next", "early", "late", "mid", "until", "by",
];
/// The first year of Reiwa is 2019.
const BEFORE_REIWA: i16 = 2018;

/// The coming events of the kind and month the question names, if it does.
pub(crate) fn asked(turn: &mut Turn<'_>, place: Place, text: &str) {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let wanted = EventsPage {
        kind: kind(&plain),
        month: month(&plain, in_city(turn.now).date()),
        page: 0,
    };
    listing::list(turn, place, wanted);
}

fn kind(plain: &str) -> Option<Kind> {
    let plain = plain.replace("of course", "");
    // In English the beginning of a word: "farming", and no "unfarmed".
    let names = |word: &str| {
        let mut found = plain.match_indices(word);
        let within = |at: usize| plain[..at].ends_with(|c: char| c.is_ascii_alphabetic());
        found.any(|(at, _)| !word.is_ascii() || !within(at))
    };
    let named = KINDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| names(word)));
    named.map(|(kind, _)| *kind)
}

/// The month that is named: of the year that is named with it, or the next one of that name from today on.
fn month(plain: &str, today: Date) -> Option<YearMonth> {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(\d{1,2})月").ok());
    let later = |months: i32| {
        today
            .first_of_month()
            .checked_add(months.months())
            .ok()
            .map(YearMonth::of)
    };
    let relative = [
        ("再来月", 2),
        ("来月", 1),
        ("今月", 0),
        ("next month", 1),
        ("this month", 0),
    ];
    if let Some((_, months)) = relative.iter().find(|(words, _)| plain.contains(words)) {
        return later(*months);
    }
    let by_number = || {
        let found = NUMBER.as_ref()?.captures(plain)?;
        found[1].parse::<i8>().ok()
    };
    let number = by_number()
        .or_else(|| by_name(plain))
        .filter(|number| (1..=12).contains(number))?;
    if let Some(year) = year(plain, today) {
        return Date::new(year, number, 1).ok().map(YearMonth::of);
    }
    (0..12)
        .filter_map(later)
        .find(|month| month.first().month() == number)
}

/// The month of an English name. "May" and "march" are words of their own: they name a month where a preposition or a
/// year says so.
fn by_name(plain: &str) -> Option<i8> {
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_meant = |at: usize, name: &str| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let after = words.get(at + 1);
        !["may", "march"].contains(&name)
            || before.is_some_and(|word| BEFORE_MONTHS.contains(word))
            || after.is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()))
    };
    let number = words.iter().enumerate().find_map(|(at, word)| {
        let month = MONTHS.iter().position(|name| name == word)?;
        is_meant(at, word).then_some(month + 1)
    })?;
    i8::try_from(number).ok()
}

/// The year that is named beside a month.
fn year(plain: &str, today: Date) -> Option<i16> {
    static YEAR: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"令和(\d{1,2})年|(?:^|\D)(20\d\d)(?:\D|$)").ok());
    let relative = [
        ("再来年", 2),
        ("来年", 1),
        ("今年", 0),
        ("next year", 1),
        ("this year", 0),
    ];
    if let Some((_, years)) = relative.iter().find(|(words, _)| plain.contains(words)) {
        return Some(today.year() + years);
    }
    let found = YEAR.as_ref()?.captures(plain)?;
    let number = |at: usize| found.get(at)?.as_str().parse::<i16>().ok();
    number(1)
        .map(|of_reiwa| of_reiwa + BEFORE_REIWA)
        .or_else(|| number(2))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_month_that_is_named_is_the_next_one_of_that_name() {
        let today = date(2026, 11, 21);
        for (asked, wanted) in [
            ("来月なにかある?", Some("2026-12")),
            ("再来月のイベント", Some("2027-01")),
            ("今月の行事", Some("2026-11")),
            ("2月の行事を教えて", Some("2027-02")),
            ("11月のイベントは", Some("2026-11")),
            ("any events in march?", Some("2027-03")),
            ("what is on next month", Some("2026-12")),
            ("13月のイベント", None),
            ("which events may i join?", None),
            ("may i join the harvest in october?", Some("2027-10")),
            ("may we march with you?", None),
            ("events in may", Some("2027-05")),
            ("is there anything on may 5?", Some("2027-05")),
            ("2027年12月の行事", Some("2027-12")),
            ("2028年5月のイベント", Some("2028-05")),
            ("令和10年5月のイベント", Some("2028-05")),
            ("来年の12月の行事", Some("2027-12")),
            ("events in december 2027", Some("2027-12")),
            ("anything in march next year?", Some("2027-03")),
            ("これからの行事", None),
        ] {
            let found = month(asked, today).map(|month| month.to_string());
            assert_eq!(found.as_deref(), wanted, "{asked}");
        }
    }

    #[test]
    fn the_kind_is_found_by_the_words_people_use() {
        assert_eq!(kind("any farm event in spring?"), Some(Kind::Farming));
        assert_eq!(kind("空き家の相談会の予定"), Some(Kind::VacantHome));
        assert_eq!(kind("来月なにかある?"), None);
        assert_eq!(kind("of course, which events are there?"), None);
        assert_eq!(kind("any concourse of people?"), None);
        assert_eq!(kind("of course! which courses?"), Some(Kind::Seminar));
    }
}
