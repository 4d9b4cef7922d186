//! Many regular expressions over one short text, most of which cannot match it.
//!
//! One pass over the text looks for everything the patterns require (see [`required`](super::required)); only patterns
//! whose requirements are met are tried. Most never are, so a pattern is compiled when it is first tried.

use std::{collections::BTreeMap, mem, sync::OnceLock};

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};

use crate::understanding::{
    required::{Thing, ways},
    rows::Rows,
    threads,
};

/// Only the first bytes of a spelling are searched for: more would hardly tell more.
const TELLING_BYTES: usize = 12;
/// The most memory a compiled pattern may take, in bytes.
const SIZE_LIMIT: usize = 16 << 20;

/// Patterns, known by their index.
#[derive(Debug)]
pub struct Patterns {
    patterns: Vec<Pattern>,
    spellings: AhoCorasick,
    asked: Asked,
    /// The things that each spelling belongs to.
    things: Rows<u32>,
}

#[derive(Debug)]
struct Pattern {
    source: String,
    /// `None` inside if the pattern cannot be compiled.
    compiled: OnceLock<Option<Regex>>,
}

/// What all patterns require, by number.
#[derive(Debug, Default)]
struct Asked {
    ways: Vec<Way>,
    /// The way that requires each thing.
    way_of_thing: Vec<u32>,
    /// Patterns that require nothing.
    always: Vec<usize>,
}

/// One of the ways in which a pattern can match.
#[derive(Debug)]
struct Way {
    pattern: usize,
    /// How many things it requires.
    things: usize,
}

/// Which patterns may match a text.
#[derive(Debug)]
pub struct Possible<'a> {
    patterns: &'a [Pattern],
    text: &'a str,
    possible: Vec<bool>,
}

impl Patterns {
    /// Reads the patterns without compiling any yet.
    ///
    /// # Errors
    /// The index of the first pattern that is not a valid regular expression, and what is wrong with it.
    pub fn read(sources: &[&str]) -> Result<Self, (usize, String)> {
        let mut asked = Asked::default();
        let mut spellings: BTreeMap<Vec<u8>, Vec<u32>> = BTreeMap::new();
        let parsed = threads::map(sources, |source| ways_of(source));
        for (at, ways) in parsed.into_iter().enumerate() {
            let ways = ways.map_err(|reason| (at, reason))?;
            for (number, thing) in ways.into_iter().flat_map(|way| asked.add(at, way)) {
                for mut spelling in thing {
                    spelling.truncate(TELLING_BYTES);
                    spellings.entry(spelling).or_default().push(number);
                }
            }
        }
        Ok(Self {
            patterns: sources.iter().map(|source| Pattern::new(source)).collect(),
            spellings: AhoCorasick::new(spellings.keys()).map_err(|error| (0, error.to_string()))?,
            asked,
            things: spellings.into_values().collect(),
        })
    }

    /// Compiles every pattern, which would take too long at a start.
    ///
    /// # Errors
    /// The index of the first pattern that is too large, and the error.
    pub fn compile_all(&self) -> Result<(), (usize, String)> {
        let compiled = self.patterns.iter().map(|pattern| compile(&pattern.source));
        compiled
            .enumerate()
            .try_for_each(|(at, compiled)| match compiled {
                Ok(_) => Ok(()),
                Err(error) => Err((at, error.to_string())),
            })
    }

    /// One look at the text, after which each pattern is quickly ruled out or tried.
    #[must_use]
    pub fn look<'a>(&'a self, text: &'a str) -> Possible<'a> {
        let hits = self.spellings.find_overlapping_iter(text);
        let things = hits.flat_map(|hit| self.things.row(hit.pattern().as_usize()));
        Possible {
            patterns: &self.patterns,
            text,
            possible: self.asked.possible(self.patterns.len(), things),
        }
    }

    /// A pattern as it was written.
    #[must_use]
    pub fn source(&self, at: usize) -> &str {
        &self.patterns[at].source
    }
}

impl Asked {
    /// Adds one way of a pattern; returns its things with their numbers.
    fn add(&mut self, pattern: usize, things: Vec<Thing>) -> impl Iterator<Item = (u32, Thing)> + use<> {
        let first = self.way_of_thing.len();
        if things.is_empty() {
            self.always.push(pattern);
        } else {
            let way = self.ways.len() as u32;
            self.way_of_thing.resize(first + things.len(), way);
            self.ways.push(Way {
                pattern,
                things: things.len(),
            });
        }
        (first as u32..).zip(things)
    }

    /// Which patterns find everything that one of their ways requires among the `things` in a text.
    fn possible<'a>(&self, patterns: usize, things: impl Iterator<Item = &'a u32>) -> Vec<bool> {
        let mut possible = vec![false; patterns];
        self.always.iter().for_each(|&at| possible[at] = true);
        let mut missing: Vec<usize> = self.ways.iter().map(|way| way.things).collect();
        let mut seen = vec![false; self.way_of_thing.len()];
        for &thing in things {
            if !mem::replace(&mut seen[thing as usize], true) {
                let way = self.way_of_thing[thing as usize] as usize;
                missing[way] -= 1;
                possible[self.ways[way].pattern] |= missing[way] == 0;
            }
        }
        possible
    }
}

impl Pattern {
    fn new(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            compiled: OnceLock::new(),
        }
    }

    fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| compile(&self.source).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

impl Possible<'_> {
    /// Whether the pattern at this index matches.
    #[must_use]
    pub fn matches(&self, at: usize) -> bool {
        self.possible[at] && self.patterns[at].is_match(self.text)
    }
}

fn ways_of(source: &str) -> Result<Vec<Vec<Thing>>, String> {
    let parsed = regex_syntax::parse(source).map_err(|error| error.to_string())?;
    Ok(ways(&parsed))
}

fn compile(source: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(source).size_limit(SIZE_LIMIT).build()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The search for beginnings must never hide a match.
        #[test]
        fn the_short_cut_changes_nothing(text in "[abc火事人 ]{0,12}") {
            let sources = [
                "a(b|c)?火", "^人.{0,2}事", "(?:ab|火)+事", "b*c", r"\bc", "[a-c]人", "(?:a.*b|c.?人)+|火{2,3}", "^$|c",
            ];
            let patterns = Patterns::read(&sources).unwrap();
            let look = patterns.look(&text);
            for (at, source) in sources.iter().enumerate() {
                prop_assert_eq!(look.matches(at), Regex::new(source).unwrap().is_match(&text), "{}", source);
            }
        }
    }
}
