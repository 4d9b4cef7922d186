//! Many regular expressions over one short text, most of which cannot match it.
//!
//! What each pattern asks for (see [`required`](super::required)) is looked for in one pass over the text; only patterns
//! that find all of it are tried. Most are never tried at all, so that a pattern is compiled when it first is.

use std::{collections::BTreeMap, mem, sync::OnceLock};

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};

use crate::understanding::{
    required::{Thing, ways},
    rows::Rows,
    threads,
};

/// Spellings are looked for by their first bytes only: more of them would hardly tell more.
const TELLING_BYTES: usize = 12;
/// The most memory a compiled pattern may take, in bytes.
const SIZE_LIMIT: usize = 16 << 20;

/// Patterns, known by their place.
#[derive(Debug)]
pub struct Patterns {
    patterns: Vec<Pattern>,
    spellings: AhoCorasick,
    asked: Asked,
    /// The things each spelling is one of.
    things: Rows<u32>,
}

#[derive(Debug)]
struct Pattern {
    source: String,
    /// Nothing in it if the pattern cannot be compiled.
    compiled: OnceLock<Option<Regex>>,
}

/// What all patterns ask for, by numbers.
#[derive(Debug, Default)]
struct Asked {
    ways: Vec<Way>,
    /// The way that asks for each thing.
    way_of_thing: Vec<u32>,
    /// Patterns that may match without anything.
    always: Vec<usize>,
}

/// One of the ways in which a pattern can match.
#[derive(Debug)]
struct Way {
    pattern: usize,
    /// How many things it asks for.
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
    /// The place of the first pattern that is no regular expression, and what is wrong with it.
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

    /// Compiles every pattern, for which there is no time when they are read to answer with.
    ///
    /// # Errors
    /// The place of the first pattern that is too large, and how.
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
    /// Takes in one way of a pattern; gives its things with their numbers.
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

    /// Which patterns find all that one of their ways asks for, among `things` that stand in a text.
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
    /// Whether the pattern at this place matches.
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
        /// Looking for beginnings first must never hide a match.
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
