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
    let named = KINDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| plain.contains(word)));
    named.map(|(kind, _)| *kind)
}

/// The month that is named, the next one of that name from today on.
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
    let by_name = || {
        let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphabetic()).collect();
        let at = MONTHS.iter().position(|name| words.contains(name))?;
        i8::try_from(at + 1).ok()
    };
    let number = by_number()
        .or_else(by_name)
        .filter(|number| (1..=12).contains(number))?;
    (0..12)
        .filter_map(later)
        .find(|month| month.first().month() == number)
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
    }
}
