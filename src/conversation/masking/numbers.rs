//! Which numbers point to a person: phones, post codes, My Number, cards, accounts.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::known;

/// Digits in groups, as phone numbers and cards are written.
static GROUPED: LazyLock<Regex> = LazyLock::new(|| known(r"[0-9]+(?:[-. ()]{1,2}[0-9]+)*"));
/// What is counted behind a figure.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    known(
        r"(?i)^ ?(?:[円万億千百人名年月日件棟坪㎡平歳才戸世時分秒個枚本台回度倍%]|ドル|ユーロ|キロ|メートル|k?m\b|yen|jpy|usd|eur|people|years?)",
    )
});

/// The most groups a number is written in.
const MOST_GROUPS: usize = 6;

struct Group<'t> {
    digits: &'t str,
    range: Range<usize>,
}

/// Whether what follows a figure says what it counts.
pub(super) fn counts_something(after: &str) -> bool {
    COUNTED.is_match(after)
}

/// Where numbers stand that point to a person.
pub(super) fn telling(plain: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for written in GROUPED.find_iter(plain) {
        let groups = groups(plain, written.range());
        let mut at = 0;
        while at < groups.len() {
            let longest = (1..=MOST_GROUPS.min(groups.len() - at)).rev();
            let taken = longest.into_iter().find_map(|length| {
                let some = &groups[at..at + length];
                let range = span(plain, some)?;
                is_telling(plain, some, &range).then_some((length, range))
            });
            match taken {
                Some((length, range)) => {
                    found.push(range);
                    at += length;
                }
                None => at += 1,
            }
        }
    }
    found
}

fn groups(plain: &str, written: Range<usize>) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in plain[written.clone()]
        .char_indices()
        .chain([(written.len(), ' ')])
    {
        match (c.is_ascii_digit(), open) {
            (true, None) => open = Some(written.start + at),
            (false, Some(start)) => {
                let range = start..written.start + at;
                groups.push(Group {
                    digits: &plain[range.clone()],
                    range,
                });
                open = None;
            }
            _ => {}
        }
    }
    groups
}

/// From the sign before the first group, if there is one, to the end of the last.
fn span(plain: &str, groups: &[Group<'_>]) -> Option<Range<usize>> {
    let (first, last) = (groups.first()?, groups.last()?);
    let before = plain[..first.range.start].trim_end_matches('(');
    let start = if before.ends_with('+') {
        before.len() - 1
    } else {
        first.range.start
    };
    Some(start..last.range.end)
}

fn is_telling(plain: &str, groups: &[Group<'_>], range: &Range<usize>) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let digits: String = groups.iter().map(|group| group.digits).collect();
    let (before, after) = (&plain[..range.start], &plain[range.end..]);
    // The hour of a time.
    if after.starts_with(':') {
        return false;
    }
    let is_plus = plain[range.clone()].starts_with('+');
    let between = &plain[range.clone()];
    let counted = counts_something(after) || before.trim_end().ends_with(['¥', '$', '€', '£']);
    match &lengths[..] {
        _ if is_plus => (8..=15).contains(&digits.len()),
        // Abroad, by its own prefix.
        _ if digits.starts_with("00") => (11..=16).contains(&digits.len()),
        [_] | [_, _] | [_, _, _] if digits.starts_with('0') => {
            let last = lengths.last().copied().unwrap_or_default();
            (10..=11).contains(&digits.len()) && last >= 3 && !counted
        }
        // My Number, cards.
        [4, 4, 4] | [4, 4, 4, 4] | [4, 6, 5] => true,
        [3, 3, 4] => !counted && between.contains(['-', '.', ')']),
        [3, 4] => !counted && between.contains('-'),
        [long] if *long >= 12 => true,
        [long] if *long >= 7 => !counted && !is_day(&digits),
        _ => false,
    }
}

/// A day written in eight digits.
fn is_day(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else {
        return false;
    };
    digits.len() == 8 && (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}
