//! Reads a line from left to right.

use unicode_normalization::UnicodeNormalization;

use crate::events::said_when::BadSaid;

/// How much of what was typed is looked at, in characters.
const LENGTH: usize = 200;

/// What was typed, in half width, with one character each for “to” and “-”.
pub(super) fn plain(text: &str) -> String {
    let narrow: String = text.chars().take(LENGTH).nfkc().collect();
    narrow
        .replace("から", "~")
        .chars()
        .map(|c| match c {
            '〜' | '→' | '⇒' => '~',
            '‐' | '−' | '–' | '—' | '―' | 'ー' | '─' => '-',
            '、' | ',' => ' ',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The part of a line that has not been read yet. Every read skips spaces first, and advances only if it succeeds.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// The first of these words that comes next, ignoring case.
    pub(super) fn one_of(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let rest = self.rest.trim_start();
        let found = words.iter().find(|word| {
            rest.get(..word.len())
                .is_some_and(|begins| begins.eq_ignore_ascii_case(word))
        })?;
        self.rest = &rest[found.len()..];
        Some(found)
    }

    /// A number with this many digits and no digit after it.
    pub(super) fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let rest = self.rest.trim_start();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !digits.contains(&length) {
            return None;
        }
        let (number, rest) = rest.split_at(length);
        self.rest = rest;
        number.parse().ok()
    }

    /// Eight digits, `20270214`: year, month, day.
    pub(super) fn compact_date(&mut self) -> Option<(i16, i16, i16)> {
        let mut ahead = *self;
        let rest = ahead.rest.trim_start();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length != 8 {
            return None;
        }
        let read = (
            rest[..4].parse().ok()?,
            rest[4..6].parse().ok()?,
            rest[6..8].parse().ok()?,
        );
        ahead.rest = &rest[8..];
        *self = ahead;
        Some(read)
    }

    /// A moment as machines write it, `2027-02-14T09:30:00+09:00`, with or without its offset.
    pub(super) fn machine_moment(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let length = rest
            .bytes()
            .take_while(|b| b.is_ascii_digit() || b"T:+-.Z".contains(b))
            .count();
        let (token, rest) = rest.split_at(length);
        let dated = token.get(10..11) == Some("T");
        dated.then(|| {
            self.rest = rest;
            token
        })
    }

    /// What was read since an earlier state of the scanner.
    pub(super) fn since(&self, earlier: &Self) -> String {
        let read = earlier.rest.len().saturating_sub(self.rest.len());
        earlier.rest.get(..read).unwrap_or_default().trim().to_owned()
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.trim().is_empty()
    }

    /// # Errors
    /// When something is left.
    pub(super) fn done(&self) -> Result<(), BadSaid> {
        if self.is_done() {
            Ok(())
        } else {
            Err(self.not_understood())
        }
    }

    pub(super) fn not_understood(&self) -> BadSaid {
        BadSaid::NotUnderstood {
            read: self.rest.trim().chars().take(80).collect(),
        }
    }
}
