//! A date with its weekday must be a day that exists.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::knowledge::{
    check::{Finding, Spot},
    entry::Entry,
};

pub(super) fn check(entry: &Entry) -> Vec<Finding> {
    entry
        .body
        .iter()
        .flat_map(|(&lang, body)| {
            wrong_days(body)
                .into_iter()
                .map(move |what| Finding::new(entry, Spot::Section(lang), what))
        })
        .collect()
}

/// What is wrong with the weekdays of a text.
fn wrong_days(text: &str) -> Vec<String> {
    static JAPANESE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(\d{4})年(?:\([^)]*\))?(\d{1,2})月(\d{1,2})日\s*\((月|火|水|木|金|土|日)(?:曜日?)?(?:・?祝)?\)",
        )
        .ok()
    });
    static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (\d{4})").ok()
    });
    let text: String = text.nfkc().collect();
    let mut wrong = Vec::new();
    for found in JAPANESE.iter().flat_map(|pattern| pattern.captures_iter(&text)) {
        let day = day(&found[1], found[2].parse().ok(), &found[3]);
        complain(&found[0], day, japanese_weekday(&found[4]), &mut wrong);
    }
    for found in ENGLISH.iter().flat_map(|pattern| pattern.captures_iter(&text)) {
        let day = day(&found[4], month(&found[3].to_lowercase()), &found[2]);
        complain(
            &found[0],
            day,
            english_weekday(&found[1].to_lowercase()),
            &mut wrong,
        );
    }
    wrong
}

fn complain(written: &str, day: Option<Date>, weekday: Option<Weekday>, wrong: &mut Vec<String>) {
    match (day, weekday) {
        (None, _) => wrong.push(format!("“{written}” is no date")),
        (Some(day), Some(weekday)) if day.weekday() != weekday => {
            wrong.push(format!("“{written}”: that day is a {:?}", day.weekday()));
        }
        _ => {}
    }
}

fn day(year: &str, month: Option<i8>, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month?, day.parse().ok()?).ok()
}

fn month(name: &str) -> Option<i8> {
    let names = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    (1..)
        .zip(names)
        .find(|(_, candidate)| *candidate == name)
        .map(|(number, _)| number)
}

fn japanese_weekday(name: &str) -> Option<Weekday> {
    ["月", "火", "水", "木", "金", "土", "日"]
        .iter()
        .position(|day| *day == name)
        .and_then(nth_weekday)
}

fn english_weekday(name: &str) -> Option<Weekday> {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .position(|day| *day == name)
        .and_then(nth_weekday)
}

fn nth_weekday(from_monday: usize) -> Option<Weekday> {
    i8::try_from(from_monday)
        .ok()
        .and_then(|offset| Weekday::from_monday_zero_offset(offset).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_that_does_not_fit_is_named() {
        assert_eq!(wrong_days("2026年2月19日(木) 9:30"), Vec::<String>::new());
        assert_eq!(wrong_days("2027年2月19日(木)").len(), 1);
        assert_eq!(
            wrong_days("2026年(令和8年)2月30日(木)"),
            vec!["“2026年(令和8年)2月30日(木)” is no date"]
        );
        assert_eq!(wrong_days("on Thursday 19 February 2026"), Vec::<String>::new());
        assert_eq!(wrong_days("on Friday, 19 February 2026").len(), 1);
    }
}
