//! Reads a TOML table key by key, so that every problem in it is found at once and each names its line.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use toml::{Spanned, Value};

use crate::knowledge::problem::{Problem, line_at};

/// A table that is taken apart key by key.
pub(super) struct Table<'a> {
    file: &'a str,
    text: &'a str,
    /// Lines before the TOML text begins.
    offset: usize,
    /// The line on which what is missing is missed.
    begins: usize,
    /// What stands before the keys of a table within: `event.`
    within: &'static str,
    values: BTreeMap<Spanned<String>, Spanned<Value>>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Table<'a> {
    /// Parses TOML that begins `offset` lines into the file; a syntax error becomes a problem.
    pub(super) fn parse(
        file: &'a str,
        text: &'a str,
        offset: usize,
        problems: &'a mut Vec<Problem>,
    ) -> Option<Self> {
        match toml::from_str(text) {
            Ok(values) => Some(Self {
                file,
                text,
                offset,
                begins: offset,
                within: "",
                values,
                problems,
            }),
            Err(error) => {
                let line = error.span().map_or(0, |span| offset + line_at(text, span.start));
                problems.push(Problem::new(file, line, error.message()));
                None
            }
        }
    }

    /// Takes the value of a key that must be there.
    pub(super) fn required<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        if self.position(key).is_none() {
            self.problems.push(Problem::new(
                self.file,
                self.begins,
                format!("`{}{key}` is missing", self.within),
            ));
            return None;
        }
        self.optional(key)
    }

    /// Takes the value of a key that may be there; a value of the wrong form is a problem.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let position = self.position(key)?;
        let value = self.values.remove(&position)?;
        let line = self.line_of(value.span().start);
        match value.into_inner().try_into() {
            Ok(taken) => Some(taken),
            Err(error) => {
                let what = format!("`{}{key}`: {}", self.within, toml_message(&error));
                self.problems.push(Problem::new(self.file, line, what));
                None
            }
        }
    }

    /// Takes the table `[event]`, to be taken apart in turn.
    pub(super) fn event(&mut self) -> Option<Table<'_>> {
        #[derive(Deserialize)]
        struct Front {
            event: BTreeMap<Spanned<String>, Spanned<Value>>,
        }
        let position = self.position("event")?;
        let begins = self.line_of(position.span().start);
        self.values.remove(&position);
        match toml::from_str::<Front>(self.text) {
            Ok(front) => Some(Table {
                file: self.file,
                text: self.text,
                offset: self.offset,
                begins,
                within: "event.",
                values: front.event,
                problems: &mut *self.problems,
            }),
            Err(error) => {
                let what = format!("`event`: {}", toml_message(&error));
                self.problems.push(Problem::new(self.file, begins, what));
                None
            }
        }
    }

    /// Takes all that is left, with the line of each key.
    pub(super) fn rest(&mut self) -> Vec<(String, usize, Value)> {
        std::mem::take(&mut self.values)
            .into_iter()
            .map(|(key, value)| {
                let line = self.offset + line_at(self.text, key.span().start);
                (key.into_inner(), line, value.into_inner())
            })
            .collect()
    }

    /// Ends the reading: whatever was not taken is unknown.
    pub(super) fn finish(mut self) {
        for (key, line, _) in self.rest() {
            let what = format!("unknown key `{}{key}`", self.within);
            self.problems.push(Problem::new(self.file, line, what));
        }
    }

    /// The line on which the value of a key begins; the table's first line if the key is not there.
    #[must_use]
    pub(super) fn line(&self, key: &str) -> usize {
        self.position(key)
            .and_then(|position| self.values.get(&position))
            .map_or(self.begins, |value| self.line_of(value.span().start))
    }

    /// The line on which the table itself begins.
    #[must_use]
    pub(super) fn begins(&self) -> usize {
        self.begins
    }

    pub(super) fn problem(&mut self, line: usize, what: impl Into<String>) {
        self.problems.push(Problem::new(self.file, line, what));
    }

    fn line_of(&self, byte: usize) -> usize {
        self.offset + line_at(self.text, byte)
    }

    fn position(&self, key: &str) -> Option<Spanned<String>> {
        self.values
            .keys()
            .find(|candidate| candidate.as_ref() == key)
            .cloned()
    }
}

/// The message of a TOML error without its picture of the text.
#[must_use]
pub(super) fn toml_message(error: &toml::de::Error) -> String {
    error.message().trim().to_owned()
}
