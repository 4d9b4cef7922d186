//! From a text to what it is compared by: tokens, concepts, numbers.

use crate::understanding::{
    concepts::Concepts,
    normalize::{clean, fold},
    romaji,
    tokens::{Token, tokens},
};

/// A text taken apart.
#[derive(Debug, Clone)]
pub struct Features {
    /// [`clean`]ed.
    pub cleaned: String,
    /// [`clean`]ed and [`fold`]ed.
    pub folded: String,
    pub tokens: Vec<Token>,
}

impl Features {
    #[must_use]
    pub fn of(text: &str, concepts: &Concepts) -> Self {
        Self::of_cleaned(clean(text), concepts)
    }

    /// As [`Features::of`], with Japanese written in Latin letters read as kana.
    #[must_use]
    pub fn of_question(text: &str, concepts: &Concepts, english: &romaji::EnglishWords) -> Self {
        let cleaned = clean(text);
        Self::of_cleaned(romaji::read(&cleaned, english).unwrap_or(cleaned), concepts)
    }

    fn of_cleaned(cleaned: String, concepts: &Concepts) -> Self {
        let folded = fold(&cleaned);
        let mut tokens = tokens(&cleaned);
        tokens.extend(concepts.tokens(&folded));
        Self {
            cleaned,
            folded,
            tokens,
        }
    }
}
