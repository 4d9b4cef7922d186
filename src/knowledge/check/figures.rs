//! The same figures in every language of an entry.
//!
//! Numbers below 13 are passed over: they may be words in one language and month numbers in another.

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::{
    knowledge::{
        check::{Finding, Spot},
        entry::Entry,
    },
    lang::Lang,
};

/// Figures below this may be written as words.
const SMALLEST: f64 = 13.0;

pub(super) fn check(entry: &Entry) -> Vec<Finding> {
    let Some(japanese) = entry.body.get(&Lang::Ja).map(|body| figures(body)) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (&lang, body) in entry.body.iter().filter(|(lang, _)| **lang != Lang::Ja) {
        let here = figures(body);
        let missing = listed(japanese.difference(&here));
        let extra = listed(here.difference(&japanese));
        for (figures, what) in [
            (missing, "stands in ja but not here"),
            (extra, "stands here but not in ja"),
        ] {
            if !figures.is_empty() {
                findings.push(Finding::new(
                    entry,
                    Spot::Section(lang),
                    format!("{figures} {what}"),
                ));
            }
        }
    }
    findings
}

/// The figures of a text as plain decimal numbers: 25万円, 250,000 yen and ２５０，０００ are one. Years of Japanese
/// eras are left out, since only Japanese gives them.
#[must_use]
pub fn figures(text: &str) -> BTreeSet<String> {
    static ERA: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(令和|平成|昭和)(\d+|元)(年度?)?([-〜~から]+(令和)?\d+年度?)?").ok());
    static FIGURE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(\d[\d,]*(?:\.\d+)?)\s*(万|億|million|thousand)?").ok());
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let (Some(era), Some(figure)) = (ERA.as_ref(), FIGURE.as_ref()) else {
        return BTreeSet::new();
    };
    let plain = era.replace_all(&plain, "");
    figure
        .captures_iter(&plain)
        .filter_map(|found| value(&found[1], found.get(2).map(|unit| unit.as_str())))
        .collect()
}

fn value(digits: &str, unit: Option<&str>) -> Option<String> {
    let number: f64 = digits.replace(',', "").parse().ok()?;
    let factor = match unit {
        Some("万") => 1e4,
        Some("億") => 1e8,
        Some("million") => 1e6,
        Some("thousand") => 1e3,
        _ => 1.0,
    };
    let number = (number * factor * 1e6).round() / 1e6;
    (number >= SMALLEST || number.fract() != 0.0).then(|| number.to_string())
}

fn listed<'a>(figures: impl Iterator<Item = &'a String>) -> String {
    figures.map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_amount_is_one_figure_however_it_is_written() {
        let check = |text: &str, wanted: &[&str]| {
            assert_eq!(figures(text).into_iter().collect::<Vec<_>>(), wanted, "{text}");
        };
        check("25万円", &["250000"]);
        check("250,000 yen", &["250000"]);
        check("２５０，０００円", &["250000"]);
        check("2023年(令和5年)7月1日", &["2023"]);
        check("1 July 2023, 12.32%", &["12.32", "2023"]);
        check("平成27-令和2年度の計画、15か所", &["15"]);
    }
}
