//! Turns a text into what it is compared by: tokens and concepts.

use crate::understanding::{
    concepts::Concepts,
    denial,
    normalize::{clean, fold, is_kanji},
    numbers::numbers,
    romaji,
    tokens::{Token, kana_triples, tokens},
};

/// A text taken apart.
#[derive(Debug, Clone)]
pub struct Features {
    /// [`clean`]ed.
    pub cleaned: String,
    /// [`clean`]ed and [`fold`]ed.
    pub folded: String,
    /// The indices of the concepts in it.
    pub concepts: Vec<usize>,
    /// Words, concepts, years and large figures, then hiragana triples.
    pub tokens: Vec<Token>,
    /// How many of the tokens come before the triples.
    words: usize,
}

/// With this many kanji a question can do without its hiragana.
const TELLING_KANJI: usize = 3;

impl Features {
    #[must_use]
    pub fn of(text: &str, concepts: &Concepts) -> Self {
        Self::of_cleaned(clean(text), concepts)
    }

    /// Like [`Features::of`], reading Japanese in Latin letters as kana.
    #[must_use]
    pub fn of_question(text: &str, concepts: &Concepts, english: &romaji::EnglishWords) -> Self {
        let cleaned = clean(text);
        Self::of_cleaned(romaji::read(&cleaned, english).unwrap_or(cleaned), concepts)
    }

    fn of_cleaned(cleaned: String, concepts: &Concepts) -> Self {
        let cleaned = denial::strip(&cleaned).unwrap_or(cleaned);
        let folded = fold(&cleaned);
        let found = concepts.find(&folded);
        let mut tokens = tokens(&cleaned);
        tokens.extend(concepts.tokens(&found));
        tokens.extend(numbers(&cleaned));
        let words = tokens.len();
        tokens.extend(kana_triples(&folded));
        Self {
            cleaned,
            folded,
            concepts: found,
            tokens,
            words,
        }
    }

    /// The tokens without the hiragana triples.
    #[must_use]
    pub fn words(&self) -> &[Token] {
        &self.tokens[..self.words]
    }

    /// The tokens a question is ranked by: if it has enough kanji, hiragana triples are only grammar.
    #[must_use]
    pub fn telling(&self) -> &[Token] {
        let kanji = self.cleaned.chars().filter(|&c| is_kanji(c)).count();
        if kanji >= TELLING_KANJI {
            &self.tokens[..self.words]
        } else {
            &self.tokens
        }
    }
}
