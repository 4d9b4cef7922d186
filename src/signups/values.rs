//! What a request is made of, each part held to what it can be.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::outgoing::is_unseen;

/// By what somebody is called on the day; a nickname will do. One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CallName(String);

/// How many come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct People(u8);

/// What somebody wants to say beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Remark(String);

/// A part of a request that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPart {
    #[error("there is nothing to be read")]
    Empty,
    #[error("at most {0} characters")]
    TooLong(usize),
    #[error("from 1 to {most} people", most = People::MOST)]
    People,
}

impl CallName {
    /// In characters.
    pub const LONGEST: usize = 40;

    /// Takes a name as it was written; white space and what is not seen is put in order.
    ///
    /// # Errors
    /// When no letter or digit is left, or it is too long.
    pub fn read(said: &str) -> Result<Self, BadPart> {
        let name = tidied(said, |_| false);
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.chars().any(char::is_alphanumeric) {
            return Err(BadPart::Empty);
        }
        fitting(name, Self::LONGEST).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Remark {
    /// In characters.
    pub const LONGEST: usize = 300;

    /// Takes words as they were written, lines kept.
    ///
    /// # Errors
    /// When there are none, or too many.
    pub fn read(said: &str) -> Result<Self, BadPart> {
        let words = tidied(said, |c| c == '\n').trim().to_owned();
        if words.is_empty() {
            return Err(BadPart::Empty);
        }
        fitting(words, Self::LONGEST).map(Self)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Without what is not seen; white space and control characters are spaces, but for those that are kept.
fn tidied(said: &str, kept: impl Fn(char) -> bool) -> String {
    said.chars()
        .filter(|c| !is_unseen(*c))
        .map(|c| {
            if !kept(c) && (c.is_whitespace() || c.is_control()) {
                ' '
            } else {
                c
            }
        })
        .collect()
}

fn fitting(text: String, longest: usize) -> Result<String, BadPart> {
    if text.chars().count() > longest {
        return Err(BadPart::TooLong(longest));
    }
    Ok(text)
}

/// Numbers that are words.
const WORDS: [(&str, u8); 12] = [
    ("ひとり", 1),
    ("ふたり", 2),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
];

impl People {
    pub const MOST: u8 = 20;

    #[must_use]
    pub fn count(self) -> u32 {
        self.0.into()
    }

    /// The one number that was written: in digits of any width, in Japanese numerals, or as a word.
    ///
    /// # Errors
    /// When there is none, more than one, or it is no number of people that can come together.
    pub fn read(said: &str) -> Result<Self, BadPart> {
        let [number] = numbers(said)[..] else {
            return Err(BadPart::People);
        };
        Self::try_from(number)
    }

    /// Whether words speak of a number at all.
    #[must_use]
    pub fn is_named(said: &str) -> bool {
        !numbers(said).is_empty()
    }
}

/// What may stand beside a number of people; anything else makes it a number of something else, or none.
static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[\s、。,.!・+と]|人|名様|名|にん|めい|です|だけ|で|は|が|の|も|",
        r"行きます|いきます|参加します|参加したい|お願いします|おねがいします|になります|",
        r"全員|全部|合計|合わせて|あわせて|みんな|家族|大人|おとな|子ども|こども|子供|",
        r"\b(?:people|persons?|of us|we are|we're|we|are|us|there|just|only|in total|total|and|adults?|children|child|kids?|please)\b)*$",
    ))
    .ok()
});

/// Every number in the words, as long as they speak of people; one that is far too large is 255.
fn numbers(said: &str) -> Vec<u8> {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[0-9]+|[〇一二三四五六七八九十百]+|[a-z]+|ひとり|ふたり").ok());
    let plain: String = said.nfkc().flat_map(char::to_lowercase).collect();
    let (Some(number), Some(beside)) = (NUMBER.as_ref(), BESIDE.as_ref()) else {
        return Vec::new();
    };
    let rest = number.replace_all(&plain, |found: &regex::Captures<'_>| {
        let word = &found[0];
        let is_word = word.starts_with(|c: char| c.is_ascii_lowercase());
        let is_number = !is_word || WORDS.iter().any(|(known, _)| *known == word);
        if is_number {
            " ".to_owned()
        } else {
            word.to_owned()
        }
    });
    if !beside.is_match(&rest) {
        return Vec::new();
    }
    let found = number.find_iter(&plain).filter_map(|found| {
        let token = found.as_str();
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(token.parse().unwrap_or(u8::MAX));
        }
        let word = WORDS.iter().find(|(word, _)| *word == token);
        word.map(|(_, number)| *number).or_else(|| kanji(token))
    });
    found.collect()
}

/// 「三」, 「十二」, 「二十」.
fn kanji(token: &str) -> Option<u8> {
    let digit = |c: char| {
        let place = "〇一二三四五六七八九".chars().position(|digit| digit == c)?;
        u8::try_from(place).ok()
    };
    let figures: Vec<char> = token.chars().collect();
    match figures[..] {
        ['十'] => Some(10),
        [one] => digit(one),
        ['十', one] => Some(10 + digit(one)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', one] => Some(10 * digit(ten)? + digit(one)?),
        _ => digit(*figures.first()?).map(|_| u8::MAX),
    }
}

impl TryFrom<u8> for People {
    type Error = BadPart;

    fn try_from(count: u8) -> Result<Self, BadPart> {
        if (1..=Self::MOST).contains(&count) {
            Ok(Self(count))
        } else {
            Err(BadPart::People)
        }
    }
}

impl From<People> for u8 {
    fn from(people: People) -> Self {
        people.0
    }
}

macro_rules! kept_as_text {
    ($($name:ident),*) => {$(
        impl TryFrom<String> for $name {
            type Error = BadPart;

            fn try_from(text: String) -> Result<Self, BadPart> {
                Self::read(&text)
            }
        }

        impl From<$name> for String {
            fn from(part: $name) -> Self {
                part.0
            }
        }
    )*};
}

kept_as_text!(CallName, Remark);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_are_counted_as_they_are_written() {
        for (said, count) in [
            ("2", 2),
            ("３人", 3),
            ("四名です", 4),
            ("十二人", 12),
            ("二十", 20),
            ("ひとりで行きます", 1),
            ("ふたり", 2),
            ("one", 1),
            ("we are five", 5),
            ("20 people", 20),
        ] {
            assert_eq!(
                People::read(said).map(u8::from),
                Ok(count),
                "{said} {:?}",
                numbers(said)
            );
        }
        for said in [
            "0",
            "21",
            "三十人",
            "百人",
            "大人2人と子ども1人",
            "たくさん",
            "",
            "999",
        ] {
            assert!(People::read(said).is_err(), "{said}");
        }
        for said in [
            "一緒に行きたい",
            "十分です",
            "3歳の子もいい",
            "one moment",
            "二十日に行きます",
            "2 cars",
        ] {
            assert!(!People::is_named(said), "{said}");
        }
        assert!(People::is_named("大人2人と子ども1人") && !People::is_named("たくさん"));
    }

    #[test]
    fn a_name_is_one_line_that_shows_what_it_is() {
        let read = |said: &str| CallName::read(said).map(String::from);
        assert_eq!(read("  山田\n花子\u{202e} ").as_deref(), Ok("山田 花子"));
        assert_eq!(read("🙂"), Err(BadPart::Empty));
        assert_eq!(read(&"あ".repeat(41)), Err(BadPart::TooLong(40)));
    }

    #[test]
    fn a_remark_keeps_its_lines() {
        let read = |said: &str| Remark::read(said).map(String::from);
        assert_eq!(read(" 車で\n行きます \r\n").as_deref(), Ok("車で\n行きます"));
        assert_eq!(read(" \n"), Err(BadPart::Empty));
        assert_eq!(read(&"あ".repeat(301)), Err(BadPart::TooLong(300)));
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_taken_again(said in "\\PC{0,60}") {
            if let Ok(name) = CallName::read(&said) {
                prop_assert_eq!(CallName::read(name.as_str()), Ok(name.clone()));
                prop_assert!(!name.as_str().contains(['\n', '\t']));
            }
            if let Ok(remark) = Remark::read(&said) {
                prop_assert_eq!(Remark::read(remark.as_str()), Ok(remark.clone()));
            }
            if let Ok(people) = People::read(&said) {
                prop_assert!((1..=20).contains(&people.count()));
            }
        }
    }
}
