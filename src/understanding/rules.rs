//! The rules of the knowledge, compiled.
//!
//! There are hundreds of patterns, and hardly any can match a given message. Each pattern's possible beginnings are
//! looked for in one pass over the text; only the patterns whose beginning stands in it are tried at all.

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;

use crate::knowledge::{Rule, RuleKind};

/// A pattern with more beginnings than this is always tried.
const BEGINNINGS: usize = 400;

/// All rules, in the order in which they are tried.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Compiled>,
    patterns: Vec<Regex>,
    beginnings: AhoCorasick,
    /// The pattern each beginning belongs to.
    owners: Vec<usize>,
    /// Patterns that can begin with anything.
    always: Vec<usize>,
}

#[derive(Debug)]
struct Compiled {
    kind: RuleKind,
    /// Places in [`Rules::patterns`].
    patterns: std::ops::Range<usize>,
    unless: Vec<Regex>,
}

/// A pattern that is no regular expression.
#[derive(Debug, thiserror::Error)]
#[error("rule {kind}: `{pattern}` is no regular expression: {reason}", kind = kind.name())]
pub struct BadPattern {
    pub kind: RuleKind,
    pub pattern: String,
    pub reason: String,
}

/// A rule that fired, and by which pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired<'a> {
    pub kind: RuleKind,
    pub pattern: &'a str,
}

impl Rules {
    /// # Errors
    /// When a pattern is no regular expression.
    pub fn compile(rules: &[Rule]) -> Result<Self, BadPattern> {
        let mut patterns = Vec::new();
        let mut compiled = Vec::new();
        let (mut beginnings, mut owners, mut always) = (Vec::new(), Vec::new(), Vec::new());
        for rule in rules {
            let first = patterns.len();
            for pattern in &rule.patterns {
                match beginnings_of(pattern) {
                    Some(found) => {
                        owners.extend(std::iter::repeat_n(patterns.len(), found.len()));
                        beginnings.extend(found);
                    }
                    None => always.push(patterns.len()),
                }
                patterns.push(compile_one(rule.kind, pattern)?);
            }
            let unless = rule
                .unless
                .iter()
                .map(|pattern| compile_one(rule.kind, pattern))
                .collect::<Result<_, _>>()?;
            compiled.push(Compiled {
                kind: rule.kind,
                patterns: first..patterns.len(),
                unless,
            });
        }
        let beginnings = AhoCorasick::new(beginnings).map_err(|error| BadPattern {
            kind: rules.first().map_or(RuleKind::Smalltalk, |rule| rule.kind),
            pattern: String::new(),
            reason: error.to_string(),
        })?;
        Ok(Self {
            rules: compiled,
            patterns,
            beginnings,
            owners,
            always,
        })
    }

    /// The first rule that fires on normalised text.
    #[must_use]
    pub fn fire(&self, normalized: &str) -> Option<Fired<'_>> {
        let mut possible = vec![false; self.patterns.len()];
        self.always.iter().for_each(|&at| possible[at] = true);
        for hit in self.beginnings.find_overlapping_iter(normalized) {
            possible[self.owners[hit.pattern().as_usize()]] = true;
        }
        self.rules.iter().find_map(|rule| {
            let matching = |at: &usize| possible[*at] && self.patterns[*at].is_match(normalized);
            let pattern = rule.patterns.clone().find(matching)?;
            let fires = !rule.unless.iter().any(|except| except.is_match(normalized));
            fires.then(|| Fired {
                kind: rule.kind,
                pattern: self.patterns[pattern].as_str(),
            })
        })
    }
}

fn compile_one(kind: RuleKind, pattern: &str) -> Result<Regex, BadPattern> {
    RegexBuilder::new(pattern)
        .size_limit(16 << 20)
        .build()
        .map_err(|error| BadPattern {
            kind,
            pattern: pattern.to_owned(),
            reason: error.to_string(),
        })
}

/// Everything a match of the pattern can begin with; nothing if that is too much, or the empty text.
fn beginnings_of(pattern: &str) -> Option<Vec<Vec<u8>>> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let seq = Extractor::new()
        .limit_total(BEGINNINGS)
        .limit_class(40)
        .limit_literal_len(60)
        .extract(&hir);
    let literals: Vec<Vec<u8>> = seq
        .literals()?
        .iter()
        .map(|literal| literal.as_bytes().to_vec())
        .collect();
    literals
        .iter()
        .all(|literal| !literal.is_empty())
        .then_some(literals)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule(kind: RuleKind, patterns: &[&str], unless: &[&str]) -> Rule {
        let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        Rule {
            kind,
            patterns: owned(patterns),
            unless: owned(unless),
            matches: Vec::new(),
            rejects: Vec::new(),
        }
    }

    #[test]
    fn the_first_rule_fires_unless_its_exception_stands() {
        let rules = Rules::compile(&[
            rule(
                RuleKind::CrisisEmergency,
                &["火事|燃えて", r"\bfire\b"],
                &["消防団"],
            ),
            rule(RuleKind::Human, &[".*人と話"], &[]),
        ])
        .unwrap();
        let fired = |text: &str| rules.fire(text).map(|fired| fired.kind);
        assert_eq!(
            fired("家が燃えています。人と話したい"),
            Some(RuleKind::CrisisEmergency)
        );
        assert_eq!(fired("消防団と火事"), None);
        assert_eq!(fired("誰か人と話せますか"), Some(RuleKind::Human));
        assert_eq!(fired("campfire"), None);
        assert!(Rules::compile(&[rule(RuleKind::Human, &["("], &[])]).is_err());
    }

    proptest! {
        /// Looking for beginnings first must never hide a match.
        #[test]
        fn the_short_cut_changes_nothing(text in "[abc火事人 ]{0,12}") {
            let patterns = ["a(b|c)?火", "^人.{0,2}事", "(?:ab|火)+事", "b*c", r"\bc", "[a-c]人"];
            for pattern in patterns {
                let rules = Rules::compile(&[rule(RuleKind::Human, &[pattern], &[])]).unwrap();
                prop_assert_eq!(rules.fire(&text).is_some(), Regex::new(pattern).unwrap().is_match(&text), "{}", pattern);
            }
        }
    }
}
