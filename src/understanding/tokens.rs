//! Splits a text into what it is compared by, without a dictionary.
//!
//! Japanese gives single kanji, neighbouring pairs (but not two hiragana: those are mostly grammar), whole runs of
//! katakana, and hiragana triples for people who write in kana; Latin script gives words and their letter triples.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    iter,
};

use crate::understanding::normalize::{is_hiragana, is_kanji, is_katakana, to_hiragana};

/// A token as a number: equal tokens have equal numbers, different ones only by accident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token(pub u64);

/// A map from tokens.
pub type TokenMap<T> = HashMap<Token, T, BuildHasherDefault<TokenHasher>>;

/// Tokens are hashes already.
#[derive(Debug, Default)]
pub struct TokenHasher(u64);

impl Hasher for TokenHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _bytes: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Token {
    /// The token for a kind of feature and its text.
    #[must_use]
    pub fn of(kind: Kind, text: &str) -> Self {
        Self::begin(kind).and(text)
    }

    /// Like [`Token::of`], for letters that are not in one string.
    fn of_letters(kind: Kind, letters: impl IntoIterator<Item = char>) -> Self {
        let and = |token: Self, letter: char| token.and(letter.encode_utf8(&mut [0; 4]));
        letters.into_iter().fold(Self::begin(kind), and)
    }

    fn begin(kind: Kind) -> Self {
        Self(0xcbf2_9ce4_8422_2325 ^ kind as u64)
    }

    fn and(self, text: &str) -> Self {
        text.bytes().fold(self, |Self(hash), byte| {
            Self((hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        })
    }
}

/// Keeps tokens of different kinds apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Kind {
    Letters = 1,
    Word = 2,
    WordPart = 3,
    KanaTriple = 4,
    Concept = 5,
    Number = 6,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Other,
}

fn script(c: char) -> Script {
    if is_kanji(c) {
        Script::Kanji
    } else if is_hiragana(c) {
        Script::Hiragana
    } else if is_katakana(c) {
        Script::Katakana
    } else if c.is_alphanumeric() {
        Script::Latin
    } else {
        Script::Other
    }
}

/// The tokens of a text that went through [`clean`](crate::understanding::normalize::clean).
#[must_use]
pub fn tokens(cleaned: &str) -> Vec<Token> {
    let letters: Vec<(char, Script)> = cleaned.chars().map(|c| (to_hiragana(c), script(c))).collect();
    let mut found = Vec::with_capacity(letters.len() * 2);
    for (at, &(c, kind)) in letters.iter().enumerate() {
        if kind == Script::Kanji {
            found.push(Token::of_letters(Kind::Letters, [c]));
        }
        if let Some(&(next, next_kind)) = letters.get(at + 1) {
            pair((c, kind), (next, next_kind), &mut found);
        }
    }
    for run in letters.chunk_by(|(_, a), (_, b)| a == b) {
        let text = run.iter().map(|(c, _)| *c);
        match run[0].1 {
            Script::Katakana if run.len() > 1 => {
                found.push(Token::of_letters(Kind::Letters, text.filter(|&c| c != 'ー')));
            }
            Script::Latin => latin_word(text, &mut found),
            _ => {}
        }
    }
    found
}

fn pair((a, a_kind): (char, Script), (b, b_kind): (char, Script), found: &mut Vec<Token>) {
    let japanese = |kind| matches!(kind, Script::Kanji | Script::Hiragana | Script::Katakana);
    let both_hiragana = a_kind == Script::Hiragana && b_kind == Script::Hiragana;
    if japanese(a_kind) && japanese(b_kind) && !both_hiragana && a != 'ー' && b != 'ー' {
        found.push(Token::of_letters(Kind::Letters, [a, b]));
    }
}

fn latin_word(word: impl Iterator<Item = char> + Clone, found: &mut Vec<Token>) {
    found.push(Token::of_letters(Kind::Word, word.clone()));
    let framed: Vec<char> = iter::once('^').chain(word).chain(iter::once('$')).collect();
    if framed.len() > 4 {
        for part in framed.windows(4) {
            found.push(Token::of_letters(Kind::WordPart, part.iter().copied()));
        }
    }
}

/// Triples of neighbouring hiragana (or katakana read as such) of a text that went through [`fold`], for people who
/// write without kanji.
#[must_use]
pub fn kana_triples(folded: &str) -> Vec<Token> {
    let letters: Vec<char> = folded.chars().collect();
    letters
        .windows(3)
        .filter(|triple| triple.iter().all(|&c| is_hiragana(c)))
        .map(|triple| Token::of_letters(Kind::KanaTriple, triple.iter().copied()))
        .collect()
}
