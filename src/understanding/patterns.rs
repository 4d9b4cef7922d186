//! Many regular expressions over one short text, most of which cannot match it.
//!
//! Each pattern's possible beginnings are looked for in one pass over the text; only the patterns whose beginning stands
//! in it are tried at all.

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;

/// A pattern with more beginnings than this is always tried.
const BEGINNINGS: usize = 400;

/// Compiled patterns, known by their place.
#[derive(Debug)]
pub struct Patterns {
    patterns: Vec<Regex>,
    beginnings: AhoCorasick,
    /// The pattern each beginning belongs to.
    owners: Vec<usize>,
    /// Patterns that can begin with anything.
    always: Vec<usize>,
}

/// Which patterns may match a text.
#[derive(Debug)]
pub struct Possible<'a> {
    patterns: &'a Patterns,
    text: &'a str,
    possible: Vec<bool>,
}

impl Patterns {
    /// # Errors
    /// The place of the first pattern that is no regular expression, and what is wrong with it.
    pub fn compile(sources: &[&str]) -> Result<Self, (usize, String)> {
        let mut patterns = Vec::with_capacity(sources.len());
        let (mut beginnings, mut owners, mut always) = (Vec::new(), Vec::new(), Vec::new());
        for (at, source) in sources.iter().enumerate() {
            let built = RegexBuilder::new(source).size_limit(16 << 20).build();
            patterns.push(built.map_err(|error| (at, error.to_string()))?);
            match beginnings_of(source) {
                Some(found) => {
                    owners.extend(std::iter::repeat_n(at, found.len()));
                    beginnings.extend(found);
                }
                None => always.push(at),
            }
        }
        let beginnings = AhoCorasick::new(beginnings).map_err(|error| (0, error.to_string()))?;
        Ok(Self {
            patterns,
            beginnings,
            owners,
            always,
        })
    }

    /// One look at the text, after which each pattern is quickly ruled out or tried.
    #[must_use]
    pub fn look<'a>(&'a self, text: &'a str) -> Possible<'a> {
        let mut possible = vec![false; self.patterns.len()];
        self.always.iter().for_each(|&at| possible[at] = true);
        for hit in self.beginnings.find_overlapping_iter(text) {
            possible[self.owners[hit.pattern().as_usize()]] = true;
        }
        Possible {
            patterns: self,
            text,
            possible,
        }
    }

    /// A pattern as it was written.
    #[must_use]
    pub fn source(&self, at: usize) -> &str {
        self.patterns[at].as_str()
    }
}

impl Possible<'_> {
    #[must_use]
    pub fn matches(&self, at: usize) -> bool {
        self.possible[at] && self.patterns.patterns[at].is_match(self.text)
    }
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

    proptest! {
        /// Looking for beginnings first must never hide a match.
        #[test]
        fn the_short_cut_changes_nothing(text in "[abc火事人 ]{0,12}") {
            let sources = ["a(b|c)?火", "^人.{0,2}事", "(?:ab|火)+事", "b*c", r"\bc", "[a-c]人"];
            let patterns = Patterns::compile(&sources).unwrap();
            let look = patterns.look(&text);
            for (at, source) in sources.iter().enumerate() {
                prop_assert_eq!(look.matches(at), Regex::new(source).unwrap().is_match(&text), "{}", source);
            }
        }
    }
}
