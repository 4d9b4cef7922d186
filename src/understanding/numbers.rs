//! Years and large figures, written as people write them, as one token each: 令和8年 is 2026年, and 25万 is 250,000.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::understanding::tokens::{Kind, Token};

/// Nobody asks about figures larger than a city's budget.
const LARGEST: u64 = 10_000_000_000_000;

/// An era and its year, such as 令和8年, R8, 平成元年度.
static OF_ERA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(令和|平成|昭和|\b[rhs])\.?(元|[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:年|\b)").ok()
});
/// A year of the common era; in English it stands alone.
static COMMON: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(19[0-9]{2}|20[0-9]{2})\b|(?:^|[^0-9])(19[0-9]{2}|20[0-9]{2})年").ok());
/// A figure in the thousands or more: 250,000, 25万, 1億2000万, 二十五万, 50 thousand.
static LARGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"([0-9]{1,3}(?:,[0-9]{3})+|[1-9][0-9]{3,}|[0-9]+(?:\.[0-9])?(?:[千万億])(?:[0-9]+[千万]?)*|[一二三四五六七八九十百千]+[万億]|[0-9]+(?:\.[0-9])? ?(?:thousand|million))",
    )
    .ok()
});

/// The tokens of the years and large figures in a text that went through
/// [`clean`](crate::understanding::normalize::clean).
#[must_use]
pub fn numbers(cleaned: &str) -> Vec<Token> {
    let has_any = cleaned.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十元百".contains(c));
    if !has_any {
        return Vec::new();
    }
    let mut found: Vec<String> = years(cleaned).map(|year| format!("y{year}")).collect();
    let figures = LARGE.iter().flat_map(|large| large.find_iter(cleaned));
    let figures = figures.filter_map(|figure| figure_of(figure.as_str()));
    found.extend(
        figures
            .filter(|figure| !is_year(*figure))
            .map(|figure| format!("n{figure}")),
    );
    found.sort_unstable();
    found.dedup();
    found.iter().map(|text| Token::of(Kind::Number, text)).collect()
}

fn years(cleaned: &str) -> impl Iterator<Item = u64> {
    let of_era = OF_ERA.iter().flat_map(|era| era.captures_iter(cleaned));
    let common = COMMON.iter().flat_map(|year| year.captures_iter(cleaned));
    of_era
        .filter_map(|found| year_of_era(&found))
        .chain(common.filter_map(|found| {
            let year = found.get(1).or_else(|| found.get(2))?;
            year.as_str().parse().ok()
        }))
}

/// 令和 began in 2019, 平成 in 1989, 昭和 in 1926.
fn year_of_era(found: &Captures<'_>) -> Option<u64> {
    let before = match found.get(1)?.as_str() {
        "令和" | "r" => 2018,
        "平成" | "h" => 1988,
        _ => 1925,
    };
    let of_era = match found.get(2)?.as_str() {
        "元" => 1,
        year => figure_of(year)?,
    };
    (1..=64).contains(&of_era).then_some(before + of_era)
}

fn is_year(figure: u64) -> bool {
    (1900..2100).contains(&figure)
}

/// The value of a figure in digits, kanji, or both.
fn figure_of(text: &str) -> Option<u64> {
    let (mut total, mut of_four, mut digits) = (0_u64, 0_u64, String::new());
    let text = text
        .replace("thousand", "千")
        .replace("million", "百万")
        .replace([',', ' '], "");
    let taken = |digits: &mut String, unit: u64| -> Option<u64> {
        let value = match digits.as_str() {
            "" => 1.0,
            digits => digits.parse::<f64>().ok()?,
        };
        digits.clear();
        Some((value * unit as f64).round() as u64)
    };
    for c in text.chars() {
        match c {
            '0'..='9' | '.' => digits.push(c),
            '十' => of_four += taken(&mut digits, 10)?,
            '百' => of_four += taken(&mut digits, 100)?,
            '千' => of_four += taken(&mut digits, 1000)?,
            '万' | '億' => {
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                let before = if digits.is_empty() {
                    of_four
                } else {
                    of_four.checked_mul(unit)?
                };
                let group = if digits.is_empty() {
                    before.max(1).checked_mul(unit)?
                } else {
                    before + taken(&mut digits, unit)?
                };
                total = total.checked_add(group)?;
                of_four = 0;
            }
            _ => digits.push(char::from_digit(
                "零一二三四五六七八九".chars().position(|kanji| kanji == c)? as u32,
                10,
            )?),
        }
    }
    let rest = if digits.is_empty() {
        0
    } else {
        taken(&mut digits, 1)?
    };
    total
        .checked_add(of_four)?
        .checked_add(rest)
        .filter(|figure| (1..LARGEST).contains(figure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::normalize::clean;

    fn tokens_of(text: &str) -> Vec<Token> {
        numbers(&clean(text))
    }

    #[test]
    fn one_year_has_one_token_however_it_is_written() {
        let year = tokens_of("2026年");
        assert_eq!(year.len(), 1);
        for written in [
            "令和8年",
            "令和８年度",
            "R8年",
            "r8",
            "令和八年",
            "in 2026",
            "2026年度の予算",
        ] {
            assert_eq!(tokens_of(written), year, "{written}");
        }
        assert_eq!(tokens_of("平成元年"), tokens_of("1989年"));
        assert_eq!(tokens_of("昭和56年5月"), tokens_of("1981年5月"));
        assert_ne!(tokens_of("令和7年"), year);
    }

    #[test]
    fn one_figure_has_one_token_however_it_is_written() {
        let figure = tokens_of("25万円");
        assert_eq!(figure.len(), 1);
        for written in [
            "250,000円",
            "250000円",
            "二十五万円",
            "２５万",
            "250 thousand yen",
        ] {
            assert_eq!(tokens_of(written), figure, "{written}");
        }
        assert_eq!(tokens_of("1億2000万円"), tokens_of("120,000,000円"));
        assert_eq!(tokens_of("百万円"), tokens_of("1,000,000円"));
        assert_eq!(tokens_of("1.5万円"), tokens_of("15,000円"));
    }

    #[test]
    fn small_and_meaningless_figures_are_left_to_the_words() {
        for written in ["3人の子", "5歳", "二人で", "0120-99", "何年", "万一のとき"] {
            assert_eq!(tokens_of(written), [], "{written}");
        }
    }
}
