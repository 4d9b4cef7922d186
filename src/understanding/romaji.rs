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

/// Words of Japanese grammar, and what questions are asked with, that are no English.
const GRAMMAR: [&str; 34] = [
    "wa",
    "ga",
    "wo",
    "ni",
    "ne",
    "yo",
    "tte",
    "desu",
    "desuka",
    "deshou",
    "masu",
    "masuka",
    "masen",
    "shitai",
    "suru",
    "shite",
    "aru",
    "arimasu",
    "arimasuka",
    "iru",
    "imasu",
    "dekiru",
    "dekimasu",
    "dekimasuka",
    "kudasai",
    "hoshii",
    "ikura",
    "doko",
    "itsu",
    "nani",
    "dare",
    "ikutsu",
    "naritai",
    "dou",
];

/// The English words the knowledge itself uses, which are not romaji.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EnglishWords(Vec<Token>);

impl EnglishWords {
    /// The English vocabulary of a revision.
    #[must_use]
    pub fn of(revision: &Revision) -> Self {
        let asked = revision.phrasings.iter();
        let asked = asked.filter(|phrasing| phrasing.lang == Lang::En);
        let asked = asked.map(|phrasing| &phrasing.text);
        let entries = revision.entries.values();
        let answers = entries.filter_map(|entry| entry.body.get(&Lang::En));
        let cleaned: Vec<String> = asked.chain(answers).map(|text| clean(text)).collect();
        Self::collect(cleaned.iter().map(String::as_str))
    }

    /// Collects the words of cleaned English texts.
    fn collect<'a>(cleaned: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Vec<Token> = cleaned.flat_map(words).map(token).collect();
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
    let is_sentence = is_sentence(cleaned);
    let japanese = all
        .iter()
        .filter(|word| (is_sentence || !english.knows(word)) && kana_of(word).is_some())
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

/// Whether words of Japanese grammar stand in a cleaned text in Latin letters, so that it is no English with a Japanese
/// word in it.
#[must_use]
pub fn is_sentence(cleaned: &str) -> bool {
    words(cleaned).any(|word| GRAMMAR.contains(&word))
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
        let known = ["how much do i get", "vacant home to use", "kasen touroku, where"];
        let english = EnglishWords::collect(known.into_iter());
        assert_eq!(
            read("akiya wa doko desu ka", &english).as_deref(),
            Some("あきやわどこですか")
        );
        assert_eq!(
            read("kasen ni touroku shitai", &english).as_deref(),
            Some("かせんにとうろくしたい")
        );
        assert_eq!(read("how much do i get", &english), None);
        assert_eq!(read("touroku?", &english), None);
        assert_eq!(read("空き家 doko", &english), None);
        assert_eq!(read("12345", &english), None);
    }
}
