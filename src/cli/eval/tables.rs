//! A run as tables for the terminal: all of it, then by language, category, style and wanted outcome.

use std::collections::BTreeMap;

use crate::cli::eval::{figure::Figure, scored::Scored, stats::Rate};

/// What stands where nothing is counted.
pub const NOTHING: &str = "–";
/// The group of what has none.
const NONE: &str = "(none)";
/// The columns behind the number of questions. With the group's name they fill the 120 columns of a wide terminal.
const COLUMNS: [Figure; 6] = [
    Figure::Right,
    Figure::AnsweredRight,
    Figure::Assisted,
    Figure::HandedOver,
    Figure::FalseAnswers,
    Figure::Precision,
];
const NAME: usize = 20;
const COUNT: usize = 10;
const RATE: usize = 15;

/// All tables, with an empty line behind each.
#[must_use]
pub fn tables(questions: &[&Scored]) -> String {
    let groupings: [(&str, Grouping); 4] = [
        ("language", |scored| Some(scored.lang.clone())),
        ("category", |scored| scored.category.clone()),
        ("style", |scored| scored.style.clone()),
        ("wanted", |scored| Some(scored.wanted.expect.name().to_owned())),
    ];
    let mut text = figures(questions);
    for (title, group) in groupings {
        if questions.iter().any(|scored| group(scored).is_some()) {
            text.push('\n');
            text.push_str(&table(title, group, questions));
        }
    }
    text
}

/// What a question is grouped by; nothing where it has none.
type Grouping = fn(&Scored) -> Option<String>;

/// Every figure with its interval and what it counts.
fn figures(questions: &[&Scored]) -> String {
    let mut text = format!("{}{}   95 % interval   hits\n", pad("figure", NAME), "share");
    for figure in Figure::ALL {
        let rate = figure.rate(questions.iter().copied());
        let (low, high) = rate.interval();
        text.push_str(&format!(
            "{}{:.3}   {low:.3}–{high:.3}     {:<12} {}\n",
            pad(figure.name(), NAME),
            rate.share(),
            format!("{} of {}", rate.hits(), rate.whole()),
            figure.meaning(),
        ));
    }
    text
}

fn table(title: &str, group: Grouping, questions: &[&Scored]) -> String {
    let mut groups: BTreeMap<String, Vec<&Scored>> = BTreeMap::new();
    for scored in questions {
        let name = group(scored).unwrap_or_else(|| NONE.to_owned());
        groups.entry(name).or_default().push(scored);
    }
    let mut head = format!("{}{}", pad(&format!("by {title}"), NAME), pad("questions", COUNT));
    for figure in COLUMNS {
        head.push_str(&pad(figure.name(), RATE));
    }
    let mut lines = vec![head];
    for (name, members) in &groups {
        let mut line = format!("{}{}", pad(name, NAME), pad(&members.len().to_string(), COUNT));
        for figure in COLUMNS {
            line.push_str(&pad(&cell(figure.rate(members.iter().copied())), RATE));
        }
        lines.push(line);
    }
    lines
        .iter()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// A share with its interval, as short as it stays readable.
fn cell(rate: Rate) -> String {
    if rate.whole() == 0 {
        return NOTHING.to_owned();
    }
    let (low, high) = rate.interval();
    let short = |share: f64| format!("{share:.2}").trim_start_matches('0').to_owned();
    format!("{:.3} {}–{}", rate.share(), short(low), short(high))
}

/// Fills up to a width of the terminal, or cuts so that one column stays free; kana and kanji take two.
#[must_use]
pub fn pad(text: &str, width: usize) -> String {
    let wide = |c: char| if c >= '\u{2e80}' { 2 } else { 1 };
    let mut shown = String::new();
    let mut taken = 0;
    for c in text.chars() {
        if taken + wide(c) >= width {
            break;
        }
        taken += wide(c);
        shown.push(c);
    }
    shown.push_str(&" ".repeat(width - taken));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_how_far_it_can_be_trusted() {
        assert_eq!(cell(Rate::of([true; 20])), "1.000 .84–1.00");
        assert_eq!(cell(Rate::of([true, false])), "0.500 .09–.91");
        assert_eq!(cell(Rate::of([])), "–");
    }

    #[test]
    fn columns_stay_where_they_are_whatever_stands_in_them() {
        assert_eq!(pad("ja", 6), "ja    ");
        assert_eq!(pad("方言", 6), "方言  ");
        assert_eq!(pad("far too long", 6), "far t ");
        assert_eq!(pad("長すぎる", 6), "長す  ");
    }
}
