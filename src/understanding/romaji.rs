//! Japanese typed in Latin letters ("akiya wa doko desu ka") is read as kana.

use wana_kana::{ConvertJapanese, IsJapaneseStr};

use crate::{
    knowledge::Revision,
    lang::Lang,
    understanding::{
        kept,
        normalize::clean,
        tokens::{Kind, Token},
    },
};

/// What stands in fewer English ways of asking and in no answer may be Japanese that slipped in ("touroku").
const OFTEN: usize = 4;

/// The English words the knowledge itself uses, which are not romaji.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EnglishWords(Vec<Token>);

impl EnglishWords {
    /// The English vocabulary of a revision.
    #[must_use]
    pub fn of(revision: &Revision) -> Self {
        let asked = revision.phrasings.iter();
        let asked = asked.filter(|phrasing| phrasing.lang == Lang::En);
        let ways: Vec<String> = asked.map(|phrasing| clean(&phrasing.text)).collect();
        let entries = revision.entries.values();
        let answers: Vec<String> = entries
            .filter_map(|entry| entry.body.get(&Lang::En))
            .map(|body| clean(body))
            .collect();
        Self::collect(
            answers.iter().map(String::as_str),
            ways.iter().map(String::as_str),
        )
    }

    /// Collects the words of cleaned English answers, and those that are frequent in cleaned English ways of asking.
    fn collect<'a>(answers: impl Iterator<Item = &'a str>, ways: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Vec<Token> = answers.flat_map(words).map(token).collect();
        let mut asked: Vec<Token> = ways.flat_map(words).map(token).collect();
        asked.sort_unstable();
        let often = asked.chunk_by(|a, b| a == b).filter(|same| same.len() >= OFTEN);
        all.extend(often.map(|same| same[0]));
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    fn knows(&self, word: &str) -> bool {
        self.0.binary_search(&token(word)).is_ok()
    }

    /// Appends the words' bytes.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        kept::write_count(out, self.0.len());
        for word in &self.0 {
            out.extend(word.0.to_le_bytes());
        }
    }

    /// Takes the words from the front of what was kept.
    pub(super) fn read(rest: &mut &[u8]) -> Option<Self> {
        let count = kept::read_count(rest)?;
        let words = (0..count).map(|_| kept::take(rest).map(u64::from_le_bytes).map(Token));
        words.collect::<Option<Vec<_>>>().map(Self)
    }
}

/// The kana reading of a cleaned text, if most of its words are Japanese in Latin letters.
#[must_use]
pub fn read(cleaned: &str, english: &EnglishWords) -> Option<String> {
    if !cleaned.is_ascii() {
        return None;
    }
    let all: Vec<&str> = words(cleaned).filter(|word| word.len() > 1).collect();
    let japanese = all
        .iter()
        .filter(|word| !english.knows(word) && kana_of(word).is_some())
        .count();
    let foreign = all.iter().filter(|word| kana_of(word).is_none()).count();
    let enough = japanese * 2 > all.len() && foreign * 4 <= all.len();
    enough.then(|| {
        cleaned
            .split(' ')
            .map(|word| kana_of(word).unwrap_or_else(|| word.to_owned()))
            .collect()
    })
}

fn kana_of(word: &str) -> Option<String> {
    let letters = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if letters.is_empty() || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let kana = letters.to_hiragana();
    kana.as_str().is_hiragana().then_some(kana)
}

fn token(word: &str) -> Token {
    Token::of(Kind::Word, word)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romaji_is_read_and_english_left_alone() {
        let answers = ["how much money do i get for a house", "vacant home to use"];
        let ways = ["kasen touroku, where"];
        let english = EnglishWords::collect(answers.into_iter(), ways.into_iter());
        assert_eq!(
            read("akiya wa doko desu ka", &english).as_deref(),
            Some("あきやわどこですか")
        );
        assert_eq!(
            read("kasen no touroku", &english).as_deref(),
            Some("かせんのとうろく")
        );
        assert_eq!(read("how much do i get", &english), None);
        assert_eq!(read("空き家 doko", &english), None);
        assert_eq!(read("12345", &english), None);
    }
}
