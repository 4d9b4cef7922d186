//! The tables beside the entries: `sources.toml`, `rules.toml`, `concepts.toml` and the ways of asking.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    knowledge::{
        decision::Decision,
        entry::SourceRef,
        problem::{Problem, line_at},
        revision::{Asks, Concept, Phrasing, RuleKind, Source},
        rules::{Example, Rule},
        table::{Table, toml_message},
    },
    lang::Lang,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    patterns: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    matches: Vec<Example>,
    #[serde(default)]
    rejects: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConceptTable {
    words: Vec<String>,
}

/// Reads `sources.toml`: one table a document.
#[must_use]
pub fn parse_sources(file: &str, text: &str, problems: &mut Vec<Problem>) -> BTreeMap<SourceRef, Source> {
    tables::<Source>(file, text, problems)
        .into_iter()
        .map(|(name, source)| (SourceRef(name), source))
        .collect()
}

/// Reads `rules.toml`: one table a kind of message, in the order in which they are tried.
#[must_use]
pub fn parse_rules(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for (name, table) in tables::<RuleTable>(file, text, problems) {
        match rule_kind(&name) {
            Some(kind) => rules.push(Rule {
                kind,
                patterns: table.patterns,
                unless: table.unless,
                matches: table.matches,
                rejects: table.rejects,
            }),
            None => problems.push(Problem::new(
                file,
                0,
                format!("`{name}` is no kind of message the bot knows"),
            )),
        }
    }
    rules.sort_by_key(|rule| rule.kind);
    rules
}

/// Reads `concepts.toml`: one table a concept; its words are alternatives.
#[must_use]
pub fn parse_concepts(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Concept> {
    tables::<ConceptTable>(file, text, problems)
        .into_iter()
        .map(|(name, table)| Concept {
            name,
            words: table.words,
        })
        .collect()
}

/// Reads `decision.toml`: the fitted weights.
#[must_use]
pub fn parse_decision(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<Decision> {
    match toml::from_str::<Decision>(text) {
        Ok(decision) => Some(decision),
        Err(error) => {
            let line = error.span().map_or(0, |span| line_at(text, span.start));
            problems.push(Problem::new(file, line, toml_message(&error)));
            None
        }
    }
}

/// Reads one hand's ways of asking: `id<TAB>language<TAB>question` a line; `#` begins a comment line.
#[must_use]
pub fn parse_phrasings(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Phrasing> {
    let hand = file
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".tsv"))
        .unwrap_or(file);
    let mut phrasings = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if content.trim().is_empty() || content.starts_with('#') {
            continue;
        }
        match parse_phrasing(hand, line, content) {
            Ok(phrasing) => phrasings.push(phrasing),
            Err(what) => problems.push(Problem::new(file, line, what)),
        }
    }
    phrasings
}

fn parse_phrasing(hand: &str, line: usize, content: &str) -> Result<Phrasing, String> {
    let mut columns = content.splitn(3, '\t');
    let (Some(id), Some(tag), Some(text)) = (columns.next(), columns.next(), columns.next()) else {
        return Err("write `id<TAB>language<TAB>question`".to_owned());
    };
    let asks = match id.strip_prefix("rule-") {
        Some("crisis") => Asks::Rule(RuleKind::CrisisEmergency),
        Some(kind) => {
            Asks::Rule(rule_kind(kind).ok_or_else(|| format!("`{id}` is no kind of message the bot knows"))?)
        }
        None => Asks::Entry(id.parse().map_err(|error| format!("{error}"))?),
    };
    let lang = Lang::from_tag(tag).ok_or_else(|| format!("`{tag}` is no language the bot speaks"))?;
    let text = text.trim();
    if text.is_empty() {
        return Err("the question is empty".to_owned());
    }
    Ok(Phrasing {
        line,
        hand: hand.to_owned(),
        asks,
        lang,
        text: text.to_owned(),
    })
}

fn rule_kind(name: &str) -> Option<RuleKind> {
    RuleKind::ALL.into_iter().find(|kind| kind.name() == name)
}

/// Every table of a file, in its order, that has the wanted form; the others become problems.
fn tables<T: DeserializeOwned>(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<(String, T)> {
    let mut found = Vec::new();
    let mut wrong = Vec::new();
    if let Some(mut table) = Table::parse(file, text, 0, problems) {
        for (name, line, value) in table.rest() {
            match value.try_into() {
                Ok(taken) => found.push((name, line, taken)),
                Err(error) => wrong.push(Problem::new(
                    file,
                    line,
                    format!("`{name}`: {}", toml_message(&error)),
                )),
            }
        }
    }
    problems.append(&mut wrong);
    found.sort_by_key(|(_, line, _): &(String, usize, T)| *line);
    found.into_iter().map(|(name, _, taken)| (name, taken)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_hand_names_its_topic_its_language_and_the_question() {
        let mut problems = Vec::new();
        let text = "# note\nsubsidy-a\tja\t家を買うと？\nrule-human\ten\ta person please\nbad line\nx\txx\ty\nrule-nope\tja\tz\n";
        let phrasings = parse_phrasings("phrasings/first.tsv", text, &mut problems);
        assert_eq!(phrasings.len(), 2);
        assert_eq!(phrasings[0].hand, "first");
        assert_eq!(phrasings[1].asks, Asks::Rule(RuleKind::Human));
        assert_eq!(
            problems.iter().map(|problem| problem.line).collect::<Vec<_>>(),
            vec![4, 5, 6]
        );
    }
}
