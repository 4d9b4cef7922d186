//! Japan's public holidays, named day by day: two of them hang on the equinoxes and are only announced a year ahead.
//!
//! The table is read in the form in which the Cabinet Office publishes it (`syukujitsu.csv`), as downloaded.

use std::{borrow::Cow, collections::BTreeMap};

use encoding_rs::SHIFT_JIS;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::knowledge::{folder::Content, problem::Problem};

/// The table's place in the knowledge folder.
pub const FILE: &str = "holidays.csv";

/// The first line of the Cabinet Office's file.
const HEADER: &str = "国民の祝日・休日月日,国民の祝日・休日名称";

/// The public holidays of Japan with their Japanese names, as far as they are known.
///
/// The days are those of Japan's own calendar (the city's time zone).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holidays(pub BTreeMap<Date, String>);

impl Holidays {
    /// Whether the day is a public holiday; false for days beyond the table.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.0.contains_key(&day)
    }

    /// The last holiday of the table: nothing is known of the days after it.
    #[must_use]
    pub fn last(&self) -> Option<Date> {
        self.0.keys().next_back().copied()
    }
}

/// Reads the table: the Cabinet Office's header, then a line a holiday, `2026/1/1,元日` or `2026-01-01,元日`, in UTF-8 or
/// Shift-JIS. Lines that cannot be read become problems and are left out.
#[must_use]
pub fn parse_holidays(file: &str, content: &Content, problems: &mut Vec<Problem>) -> Holidays {
    let mut holidays = BTreeMap::new();
    let mut find = |line, what| problems.push(Problem::new(file, line, what));
    let mut lines = (1..).zip(lines(content));
    let header = lines.next().and_then(|(_, header)| header);
    if header.is_none_or(|header| columns(&header).ne(columns(HEADER))) {
        find(1, format!("the first line has to be `{HEADER}`"));
    }
    for (line, row) in lines {
        let Some(row) = row else {
            find(line, "this is neither UTF-8 nor Shift_JIS".to_owned());
            continue;
        };
        // A spreadsheet may leave commas alone in a line.
        if columns(&row).all(str::is_empty) {
            continue;
        }
        match holiday(&row) {
            Ok((day, name)) => match holidays.get(&day) {
                Some(first) => find(line, format!("{day} already stands above, as {first}")),
                None => drop(holidays.insert(day, name)),
            },
            Err(what) => find(line, what),
        }
    }
    Holidays(holidays)
}

/// Each line, or nothing for one whose bytes are no text.
fn lines(content: &Content) -> Vec<Option<Cow<'_, str>>> {
    match content {
        Content::Text(text) => text.lines().map(|line| Some(Cow::Borrowed(line))).collect(),
        // No character of Shift_JIS has the line feed's byte in it, so that lines can be told apart before decoding.
        Content::Bytes(bytes) => bytes
            .split(|byte| *byte == b'\n')
            .map(|line| SHIFT_JIS.decode_without_bom_handling_and_without_replacement(line))
            .collect(),
    }
}

/// The columns of a line; spreadsheets may put quotation marks around them.
fn columns(line: &str) -> impl Iterator<Item = &str> {
    line.split(',')
        .map(|column| column.trim().trim_matches('"').trim())
}

fn holiday(row: &str) -> Result<(Date, String), String> {
    let mut columns = columns(row);
    let (Some(day), Some(name), None) = (columns.next(), columns.next(), columns.next()) else {
        return Err("write the day and its name: `2026/1/1,元日`".to_owned());
    };
    let read = read_day(day).ok_or_else(|| {
        let day: String = day.chars().take(40).collect();
        format!("“{day}” is no date: write 2026/1/1 or 2026-01-01")
    })?;
    if name.is_empty() {
        return Err("the holiday has no name".to_owned());
    }
    Ok((read, name.to_owned()))
}

fn read_day(written: &str) -> Option<Date> {
    let mut parts = written.split(['/', '-']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = written.chars().all(|c| c.is_ascii_digit() || "/-".contains(c));
    if !plain || year.len() != 4 || parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    const OURS: &str = include_str!("../../knowledge/holidays.csv");

    fn read(content: &Content) -> (Holidays, Vec<String>) {
        let mut problems = Vec::new();
        let holidays = parse_holidays(FILE, content, &mut problems);
        (holidays, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn our_table_has_no_problem_and_a_day_off_for_each_holiday_on_a_sunday() {
        let (holidays, problems) = read(&Content::Text(OURS.to_owned()));
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(holidays.0.len(), 18 + 17);
        assert_eq!(holidays.last(), Some(date(2027, 11, 23)));
        for (day, name) in &holidays.0 {
            let mut next = *day;
            while holidays.contains(next) {
                next = next.tomorrow().unwrap();
            }
            let last = next.yesterday().unwrap();
            assert!(
                day.weekday() != Weekday::Sunday || last > *day,
                "{day} {name} is a Sunday without a day off after it"
            );
        }
    }

    #[test]
    fn the_file_as_downloaded_is_the_same_table() {
        let downloaded = OURS.replace('\n', "\r\n");
        let (bytes, _, lossy) = SHIFT_JIS.encode(&downloaded);
        assert!(!lossy);
        assert!(std::str::from_utf8(&bytes).is_err());
        let ours = read(&Content::Text(OURS.to_owned()));
        assert_eq!(read(&Content::of(bytes.into_owned())), ours);
        let marked = format!("\u{feff}{downloaded}");
        assert_eq!(read(&Content::of(marked.into_bytes())), ours);
        let dashed = OURS
            .replace("2026/1/1,", "2026-01-01,")
            .replace("元日", "\"元日\"");
        assert_eq!(read(&Content::Text(dashed)), ours);
    }

    #[test]
    fn every_bad_line_is_named_and_the_others_are_read() {
        let text = "月日,名称\n2026/1/1,元日\n2026/2/30,x\n2026/1/1,また\n\n,\n2026/5/6\n2026/5/3,\n26/5/3,y\n2026-11-23,勤労感謝の日\n";
        let (holidays, problems) = read(&Content::Text(text.to_owned()));
        assert_eq!(
            holidays.0.keys().copied().collect::<Vec<_>>(),
            [date(2026, 1, 1), date(2026, 11, 23)]
        );
        assert_eq!(
            problems,
            [
                "holidays.csv:1: the first line has to be `国民の祝日・休日月日,国民の祝日・休日名称`",
                "holidays.csv:3: “2026/2/30” is no date: write 2026/1/1 or 2026-01-01",
                "holidays.csv:4: 2026-01-01 already stands above, as 元日",
                "holidays.csv:7: write the day and its name: `2026/1/1,元日`",
                "holidays.csv:8: the holiday has no name",
                "holidays.csv:9: “26/5/3” is no date: write 2026/1/1 or 2026-01-01",
            ]
        );
        let (_, problems) = read(&Content::Bytes(b"\x82\n2026/1/1,\xff\xff\r\n".to_vec()));
        assert_eq!(
            problems,
            [
                "holidays.csv:1: the first line has to be `国民の祝日・休日月日,国民の祝日・休日名称`",
                "holidays.csv:2: this is neither UTF-8 nor Shift_JIS",
            ]
        );
        assert_eq!(read(&Content::Text(String::new())).1.len(), 1);
    }
}
