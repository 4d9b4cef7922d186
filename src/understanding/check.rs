//! Checks that concepts and rules compile, and that every rule does what its examples say.

use crate::{
    knowledge::{Problem, Revision},
    understanding::{concepts::Concepts, evidence::SIGNAL_NAMES, normalize::normalize, rules::Rules},
};

const CONCEPTS: &str = "concepts.toml";
const RULES: &str = "rules.toml";
const DECISION: &str = "decision.toml";

/// Every problem of a revision's concepts, rules and decision.
#[must_use]
pub fn check(revision: &Revision) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Err(error) = Concepts::read(&revision.concepts).and_then(|concepts| concepts.compile_all()) {
        problems.push(Problem::new(CONCEPTS, 0, error.to_string()));
    }
    problems.extend(unknown_needs(revision));
    for rule in &revision.rules {
        let compiled =
            Rules::read(std::slice::from_ref(rule)).and_then(|rules| rules.compile_all().map(|()| rules));
        match compiled {
            Err(error) => problems.push(Problem::new(RULES, 0, error.to_string())),
            Ok(compiled) => {
                let name = rule.kind.name();
                if rule.matches.is_empty() || rule.rejects.is_empty() {
                    problems.push(Problem::new(
                        RULES,
                        0,
                        format!("{name}: give examples that must and that must not match"),
                    ));
                }
                for example in rule
                    .matches
                    .iter()
                    .filter(|example| compiled.fire(&normalize(&example.text)).is_none())
                {
                    problems.push(Problem::new(
                        RULES,
                        0,
                        format!("{name} does not catch “{}”", example.text),
                    ));
                }
                for example in rule
                    .rejects
                    .iter()
                    .filter(|example| compiled.fire(&normalize(&example.text)).is_some())
                {
                    problems.push(Problem::new(
                        RULES,
                        0,
                        format!("{name} catches “{}” and must not", example.text),
                    ));
                }
            }
        }
    }
    if let Some(decision) = &revision.decision
        && !decision.is_made_for(&SIGNAL_NAMES)
    {
        let what = "made for other signals than this program's: run `concierge eval --holdout --fit`";
        problems.push(Problem::new(DECISION, 0, what));
    }
    problems
}

/// Entries that need a concept that does not exist.
fn unknown_needs(revision: &Revision) -> Vec<Problem> {
    let is_known = |name: &String| revision.concepts.iter().any(|concept| concept.name == *name);
    let entries = revision.entries.values();
    let needs = entries.flat_map(|entry| entry.needs.iter().map(move |need| (entry, need)));
    let unknown = needs.filter(|(_, need)| !is_known(need));
    unknown
        .map(|(entry, need)| {
            let file = format!("{}/{}.md", entry.category, entry.id);
            let what = format!("`needs`: there is no concept {need} in {CONCEPTS}");
            Problem::new(&file, 0, what)
        })
        .collect()
}
