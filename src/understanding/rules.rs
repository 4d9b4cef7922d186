//! The rules of the knowledge, ready to try.

use std::ops::Range;

use crate::{
    knowledge::{Rule, RuleKind},
    understanding::patterns::{Patterns, Possible},
};

/// All rules, in the order they are tried.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Placed>,
    patterns: Patterns,
}

/// A rule: the indices of its patterns.
#[derive(Debug)]
struct Placed {
    kind: RuleKind,
    patterns: Range<usize>,
    unless: Range<usize>,
}

/// A pattern that is not a valid regular expression.
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

/// Whether a rule that fired gives way to a topic that would be answered. On held-out hands, of the messages with a
/// complaint's words and a sure topic, 14 of 15 asked for the topic ("I was fed up with the old town; how long is the
/// waiting list here?"); of those with words of danger and a `loudness` (log odds of danger) below even, 54 of 56.
#[must_use]
pub fn yields(kind: RuleKind, is_sure_of_a_topic: bool, loudness: Option<f32>) -> bool {
    let may_yield = match kind {
        // "In plain words, what do they do?" is answered; the language can still be chosen.
        RuleKind::Complaint | RuleKind::Language => true,
        _ if kind.is_crisis() => loudness.is_some_and(|loudness| loudness < 0.0),
        _ => false,
    };
    may_yield && is_sure_of_a_topic
}

impl Rules {
    /// Reads the rules; their patterns are compiled when they are first tried.
    ///
    /// # Errors
    /// When a pattern is not a valid regular expression.
    pub fn read(rules: &[Rule]) -> Result<Self, BadPattern> {
        let mut sources: Vec<&str> = Vec::new();
        let mut placed = Vec::new();
        for rule in rules {
            let first = sources.len();
            sources.extend(rule.patterns.iter().map(String::as_str));
            let middle = sources.len();
            sources.extend(rule.unless.iter().map(String::as_str));
            placed.push(Placed {
                kind: rule.kind,
                patterns: first..middle,
                unless: middle..sources.len(),
            });
        }
        match Patterns::read(&sources) {
            Ok(patterns) => Ok(Self {
                rules: placed,
                patterns,
            }),
            Err((at, reason)) => Err(bad(&placed, at, sources.get(at).copied(), reason)),
        }
    }

    /// Compiles every pattern to find those that are too large.
    ///
    /// # Errors
    /// When there is one.
    pub fn compile_all(&self) -> Result<(), BadPattern> {
        self.patterns
            .compile_all()
            .map_err(|(at, reason)| bad(&self.rules, at, Some(self.patterns.source(at)), reason))
    }

    /// The first rule that fires on a normalised text.
    #[must_use]
    pub fn fire(&self, normalized: &str) -> Option<Fired<'_>> {
        let look = self.patterns.look(normalized);
        self.rules
            .iter()
            .find_map(|rule| rule.fire(&look).map(|at| (rule.kind, at)))
            .map(|(kind, at)| Fired {
                kind,
                pattern: self.patterns.source(at),
            })
    }
}

impl Placed {
    /// The index of the pattern by which the rule fires.
    fn fire(&self, look: &Possible<'_>) -> Option<usize> {
        let at = self.patterns.clone().find(|&at| look.matches(at))?;
        (!self.unless.clone().any(|at| look.matches(at))).then_some(at)
    }
}

fn bad(rules: &[Placed], at: usize, source: Option<&str>, reason: String) -> BadPattern {
    let holds = |rule: &&Placed| rule.patterns.contains(&at) || rule.unless.contains(&at);
    BadPattern {
        kind: rules
            .iter()
            .find(holds)
            .map_or(RuleKind::Smalltalk, |rule| rule.kind),
        pattern: source.unwrap_or_default().to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
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
        let rules = Rules::read(&[
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
        assert!(Rules::read(&[rule(RuleKind::Human, &["("], &[])]).is_err());
    }
}
