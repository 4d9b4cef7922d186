//! Finds the concepts in a text.
//!
//! Most words of a concept are literals or small sets of them ("rent(al)?"), which are searched for in one pass for all
//! concepts. Only the rest (gaps such as `.{0,10}`, word ends) runs as regular expressions.

use aho_corasick::AhoCorasick;
use regex_syntax::hir::literal::{Extractor, Seq};

use crate::{
    knowledge::{Concept, Revision},
    understanding::{
        patterns::Patterns,
        tokens::{Kind, Token},
        town_hall,
    },
};

/// More spellings than this are left to a regular expression.
const LITERALS: usize = 250;

/// All concepts, ready to search for.
#[derive(Debug)]
pub struct Concepts {
    literals: AhoCorasick,
    /// The concept of each literal.
    literal_owners: Vec<usize>,
    /// The words that are not sets of literals.
    patterns: Patterns,
    /// The concept of each pattern.
    pattern_owners: Vec<usize>,
    names: Vec<String>,
    tokens: Vec<Token>,
}

/// A concept word that cannot be compiled.
#[derive(Debug, thiserror::Error)]
#[error("concept {concept}: `{word}` is no regular expression: {reason}")]
pub struct BadConcept {
    pub concept: String,
    pub word: String,
    pub reason: String,
}

impl Concepts {
    /// The concepts of a revision, or those of town halls in general if it has none, like a plain list.
    ///
    /// # Errors
    /// When a word is not a valid regular expression.
    pub fn of(revision: &Revision) -> Result<Self, BadConcept> {
        if revision.concepts.is_empty() {
            Self::read(&town_hall::concepts())
        } else {
            Self::read(&revision.concepts)
        }
    }

    /// Reads the concepts; words that are not sets of literals are compiled when they are first tried.
    ///
    /// # Errors
    /// When a word is not a valid regular expression.
    pub fn read(concepts: &[Concept]) -> Result<Self, BadConcept> {
        let mut literals: Vec<Vec<u8>> = Vec::new();
        let mut literal_owners = Vec::new();
        let (mut leftover, mut pattern_owners) = (Vec::new(), Vec::new());
        for (owner, concept) in concepts.iter().enumerate() {
            for word in &concept.words {
                match spellings(word).map_err(|reason| bad(concept, word, reason))? {
                    Some(found) => {
                        literal_owners.extend(std::iter::repeat_n(owner, found.len()));
                        literals.extend(found);
                    }
                    None => {
                        leftover.push(word.as_str());
                        pattern_owners.push(owner);
                    }
                }
            }
        }
        let patterns = Patterns::read(&leftover)
            .map_err(|(at, reason)| bad(&concepts[pattern_owners[at]], leftover[at], reason))?;
        let literals = AhoCorasick::new(&literals).map_err(|error| BadConcept {
            concept: "all".to_owned(),
            word: String::new(),
            reason: error.to_string(),
        })?;
        let names: Vec<String> = concepts.iter().map(|concept| concept.name.clone()).collect();
        let tokens = names.iter().map(|name| Token::of(Kind::Concept, name)).collect();
        Ok(Self {
            literals,
            literal_owners,
            patterns,
            pattern_owners,
            names,
            tokens,
        })
    }

    /// Compiles every word to find those that are too large.
    ///
    /// # Errors
    /// When there is one.
    pub fn compile_all(&self) -> Result<(), BadConcept> {
        self.patterns.compile_all().map_err(|(at, reason)| BadConcept {
            concept: self.names[self.pattern_owners[at]].clone(),
            word: self.patterns.source(at).to_owned(),
            reason,
        })
    }

    /// These concepts as tokens.
    pub fn tokens(&self, places: &[usize]) -> impl Iterator<Item = Token> {
        places.iter().map(|&at| self.tokens[at])
    }

    /// The index of the concept with this name.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// Their names.
    #[must_use]
    pub fn names(&self, places: &[usize]) -> Vec<&str> {
        places.iter().map(|&at| self.names[at].as_str()).collect()
    }

    /// The indices of the concepts found in a normalised text.
    #[must_use]
    pub fn find(&self, normalized: &str) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .literals
            .find_overlapping_iter(normalized)
            .map(|hit| self.literal_owners[hit.pattern().as_usize()])
            .collect();
        let look = self.patterns.look(normalized);
        let matching = self
            .pattern_owners
            .iter()
            .enumerate()
            .filter(|(at, _)| look.matches(*at));
        found.extend(matching.map(|(_, owner)| *owner));
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn bad(concept: &Concept, word: &str, reason: String) -> BadConcept {
    BadConcept {
        concept: concept.name.clone(),
        word: word.to_owned(),
        reason,
    }
}

/// All spellings of a word, if it is a small finite set of literals.
fn spellings(word: &str) -> Result<Option<Vec<Vec<u8>>>, String> {
    let hir = regex_syntax::parse(word).map_err(|error| error.to_string())?;
    if !hir.properties().look_set().is_empty() {
        return Ok(None);
    }
    let seq: Seq = Extractor::new()
        .limit_total(LITERALS)
        .limit_class(20)
        .limit_repeat(3)
        .extract(&hir);
    Ok(seq
        .is_exact()
        .then(|| seq.literals())
        .flatten()
        .map(|all| all.iter().map(|one| one.as_bytes().to_vec()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_patterns_find_their_concepts() {
        let concept = |name: &str, words: &[&str]| Concept {
            name: name.to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        };
        let concepts = Concepts::read(&[
            concept("AKIYA", &["空き?家", "あきや"]),
            concept("BUY", &["家を(買|建)", r"\bbuy.{0,5}house"]),
        ])
        .unwrap();
        let names = |text: &str| concepts.names(&concepts.find(text));
        assert_eq!(names("空家を買う"), ["AKIYA", "BUY"]);
        assert_eq!(names("buy a house"), ["BUY"]);
        assert!(names("rebuy").is_empty());
        assert!(Concepts::read(&[concept("X", &["("])]).is_err());
    }
}
