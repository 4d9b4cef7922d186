//! The rules of the knowledge, compiled.

use regex::{Regex, RegexBuilder};

use crate::knowledge::{Rule, RuleKind};

/// All rules, in the order in which they are tried.
#[derive(Debug)]
pub struct Rules(Vec<Compiled>);

#[derive(Debug)]
struct Compiled {
    kind: RuleKind,
    patterns: Vec<Regex>,
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
        rules.iter().map(compile_one).collect::<Result<_, _>>().map(Self)
    }

    /// The first rule that fires on normalised text.
    #[must_use]
    pub fn fire(&self, normalized: &str) -> Option<Fired<'_>> {
        self.0.iter().find_map(|rule| {
            let pattern = rule
                .patterns
                .iter()
                .find(|pattern| pattern.is_match(normalized))?;
            let fires = !rule.unless.iter().any(|except| except.is_match(normalized));
            fires.then(|| Fired {
                kind: rule.kind,
                pattern: pattern.as_str(),
            })
        })
    }
}

fn compile_one(rule: &Rule) -> Result<Compiled, BadPattern> {
    let compile = |pattern: &String| {
        RegexBuilder::new(pattern)
            .size_limit(16 << 20)
            .build()
            .map_err(|error| BadPattern {
                kind: rule.kind,
                pattern: pattern.clone(),
                reason: error.to_string(),
            })
    };
    Ok(Compiled {
        kind: rule.kind,
        patterns: rule.patterns.iter().map(compile).collect::<Result<_, _>>()?,
        unless: rule.unless.iter().map(compile).collect::<Result<_, _>>()?,
    })
}
