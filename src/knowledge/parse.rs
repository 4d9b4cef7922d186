//! One entry file: TOML front matter between `+++` lines, then one section per language.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    knowledge::{
        as_of::AsOf,
        entry::{Citation, Entry, EntryId, HandoverOffer, Status},
        event::read_event,
        problem::Problem,
        table::Table,
    },
    lang::Lang,
};

/// Marks the beginning and the end of the front matter.
const FENCE: &str = "+++";

/// Reads an entry. Without an entry there is at least one problem; with one there may be some.
#[must_use]
pub fn parse_entry(file: &str, text: &str) -> (Option<Entry>, Vec<Problem>) {
    let mut problems = Vec::new();
    let entry = read_entry(file, text, &mut problems);
    (entry, problems)
}

fn read_entry(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<Entry> {
    let (category, id) = place(file, problems)?;
    let Some((front, body, body_line)) = fenced(text) else {
        problems.push(Problem::new(
            file,
            1,
            format!("the file must begin with front matter between two `{FENCE}` lines"),
        ));
        return None;
    };
    let body = sections(file, body, body_line, problems);
    let mut table = Table::parse(file, front, 1, problems)?;
    let event = table.event().and_then(|table| read_event(table, &id));
    let municipality = table.required::<String>("municipality");
    let status = table.required::<Status>("status");
    let as_of = table.required::<AsOf>("as_of");
    let valid_until = day(&mut table, "valid_until");
    let review_by = day(&mut table, "review_by");
    let sources = table.required::<Vec<Citation>>("sources");
    let related = table.optional::<Vec<EntryId>>("related").unwrap_or_default();
    let needs = table.optional::<Vec<String>>("needs").unwrap_or_default();
    let handover = table.required::<HandoverOffer>("handover");
    let questions = table.required::<BTreeMap<Lang, Vec<String>>>("questions");
    table.finish();
    Some(Entry {
        id,
        category,
        municipality: municipality?,
        status: status?,
        as_of: as_of?,
        valid_until,
        review_by,
        sources: sources?,
        related,
        needs,
        handover: handover?,
        questions: questions?,
        event,
        body,
    })
}

/// The category and the id, from `<category>/<id>.md`.
fn place(file: &str, problems: &mut Vec<Problem>) -> Option<(String, EntryId)> {
    let Some((category, name)) = file.strip_suffix(".md").and_then(|stem| stem.split_once('/')) else {
        problems.push(Problem::new(
            file,
            0,
            "an entry lies in knowledge/<category>/<id>.md",
        ));
        return None;
    };
    match name.parse() {
        Ok(id) => Some((category.to_owned(), id)),
        Err(error) => {
            problems.push(Problem::new(file, 0, error.to_string()));
            None
        }
    }
}

/// The front matter, the rest, and the line on which the rest begins.
fn fenced(text: &str) -> Option<(&str, &str, usize)> {
    let inner = text.strip_prefix(FENCE)?.strip_prefix('\n')?;
    let end = inner.find("\n+++\n")?;
    let (front, rest) = inner.split_at(end + 1);
    let line = 3 + front.matches('\n').count();
    Some((front, &rest[FENCE.len() + 1..], line))
}

fn sections(
    file: &str,
    body: &str,
    first_line: usize,
    problems: &mut Vec<Problem>,
) -> BTreeMap<Lang, String> {
    let mut texts: BTreeMap<Lang, String> = BTreeMap::new();
    let mut current = None;
    for (line, content) in (first_line..).zip(body.lines()) {
        if let Some(tag) = content.strip_prefix("## ") {
            current = Lang::from_tag(tag.trim());
            match current {
                None => problems.push(Problem::new(
                    file,
                    line,
                    format!("`{}` is no language the bot speaks", tag.trim()),
                )),
                Some(lang) if texts.contains_key(&lang) => {
                    problems.push(Problem::new(file, line, format!("a second section `{lang}`")));
                }
                Some(lang) => drop(texts.insert(lang, String::new())),
            }
        } else if let Some(text) = current.and_then(|lang| texts.get_mut(&lang)) {
            text.push_str(content.trim_end());
            text.push('\n');
        } else if !content.trim().is_empty() {
            problems.push(Problem::new(
                file,
                line,
                "text outside a language section (`## ja`, `## en` …)",
            ));
        }
    }
    texts.retain(|_, text| !text.trim().is_empty());
    texts.values_mut().for_each(|text| *text = text.trim().to_owned());
    texts
}

fn day(table: &mut Table<'_>, key: &str) -> Option<Date> {
    let line = table.line(key);
    let text = table.optional::<String>(key)?;
    text.parse()
        .map_err(|_| table.problem(line, format!("`{key}`: “{text}” is not a date (YYYY-MM-DD)")))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "+++\nmunicipality = \"annaka\"\nstatus = \"current\"\nas_of = \"2023-10-31\"\n\
        sources = [{ ref = \"saikido-2023\" }]\nhandover = \"offer\"\n[questions]\nja = [\"家は\"]\n+++\n## ja\n一行。\n\n二行。\n## en\nOne.\n";

    #[test]
    fn an_entry_is_read_with_its_sections() {
        let (entry, problems) = parse_entry("subsidy/a-b.md", GOOD);
        let entry = entry.unwrap();
        assert_eq!(problems, vec![]);
        assert_eq!(entry.id.as_str(), "a-b");
        assert_eq!(entry.category, "subsidy");
        assert_eq!(entry.body[&Lang::Ja], "一行。\n\n二行。");
        assert_eq!(entry.body[&Lang::En], "One.");
    }

    #[test]
    fn every_problem_is_named_with_its_line() {
        let broken = GOOD
            .replace("status = \"current\"", "status = \"maybe\"\ncolour = \"red\"")
            .replace("2023-10-31", "soon")
            .replace("## en", "## xx");
        let (entry, problems) = parse_entry("subsidy/a-b.md", &broken);
        assert!(entry.is_none());
        let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, vec![15, 16, 3, 5, 4], "{problems:#?}");
    }

    #[test]
    fn a_file_without_front_matter_or_with_broken_toml_says_so() {
        for (text, line) in [("## ja\nx", 1), ("+++\na = \n+++\n## ja\nx", 2)] {
            let (entry, problems) = parse_entry("a/b.md", text);
            assert!(entry.is_none());
            assert_eq!(problems[0].line, line, "{problems:?}");
        }
    }
}
