//! Japanese typed in Latin letters ("akiya wa doko desu ka") is read as kana.

use std::collections::HashSet;

use wana_kana::{ConvertJapanese, IsJapaneseStr};

/// The English words the knowledge itself uses: what is among them is not romaji.
#[derive(Debug, Default)]
pub struct EnglishWords(HashSet<String>);

impl EnglishWords {
    /// Collects the words of cleaned English texts.
    pub fn collect<'a>(cleaned: impl Iterator<Item = &'a str>) -> Self {
        Self(cleaned.flat_map(words).map(str::to_owned).collect())
    }

    fn knows(&self, word: &str) -> bool {
        self.0.contains(word)
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

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romaji_is_read_and_english_left_alone() {
        let english =
            EnglishWords::collect(["how much money do i get for a house", "vacant home to use"].into_iter());
        assert_eq!(
            read("akiya wa doko desu ka", &english).as_deref(),
            Some("あきやわどこですか")
        );
        assert_eq!(read("how much do i get", &english), None);
        assert_eq!(read("空き家 doko", &english), None);
        assert_eq!(read("12345", &english), None);
    }
}
