//! What an event file contains, and what is wrong with it.

use std::fmt;

use crate::{
    events::{BadWhen, Event, said_when::BadSaid},
    knowledge::event::{BadCoordinates, BadLink, BadRule},
};

/// What was read from a file: the valid events, and everything wrong with the others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// In the file's order; no two have the same id.
    pub events: Vec<Imported>,
    /// In the file's order.
    pub problems: Vec<Problem>,
}

/// An event from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The line of the file on which it begins, counted from 1.
    pub line: usize,
    pub event: Event,
}

/// One problem, with the place where it can be fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Counted from 1.
    pub line: usize,
    /// The property or column, as the file names it; `None` if it concerns the whole event or file.
    pub at: Option<String>,
    pub wrong: Wrong,
}

/// What can be wrong in an event file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Wrong {
    #[error("this is no calendar file: the first line has to be BEGIN:VCALENDAR")]
    NoCalendar,
    #[error("this is no table of events: the first line has to name the columns イベント名 and 開始日")]
    NoTable,
    #[error("this is neither UTF-8 nor Shift_JIS: save the file in one of them")]
    NoText,
    #[error("this is no line of a calendar file: a name, a colon and a value")]
    NoProperty,
    #[error("the event is not closed by END:VEVENT")]
    Unclosed,
    #[error("is missing")]
    Missing,
    #[error("already stands on line {first}")]
    Twice { first: usize },
    #[error("“{read}” is not understood")]
    NotUnderstood { read: String },
    #[error("“{name}” is no known time zone")]
    UnknownZone { name: String },
    #[error("single dates of a series cannot be kept: make them events of their own")]
    SingleDates,
    #[error("is longer than {limit} characters")]
    TooLong { limit: usize },
    #[error("“{read}” is another municipality")]
    Elsewhere { read: String },
    #[error(transparent)]
    Said(#[from] BadSaid),
    #[error(transparent)]
    When(#[from] BadWhen),
    #[error(transparent)]
    Rule(#[from] BadRule),
    #[error(transparent)]
    Link(#[from] BadLink),
    #[error(transparent)]
    Coordinates(#[from] BadCoordinates),
}

/// Longest description in a file, in characters, so that a card with all details fits into one message.
const LONGEST_TEXT: usize = 1_500;
/// Longest other detail, in characters.
const LONGEST_LINE: usize = 300;

/// The problem with a detail's length, if there is one.
pub(super) fn too_long(text: &str, is_description: bool) -> Option<Wrong> {
    let limit = if is_description {
        LONGEST_TEXT
    } else {
        LONGEST_LINE
    };
    (text.trim().chars().count() > limit).then_some(Wrong::TooLong { limit })
}

impl Wrong {
    pub(super) fn not_understood(read: &str) -> Self {
        Self::NotUnderstood {
            read: read.chars().take(60).collect(),
        }
    }
}

impl Problem {
    #[must_use]
    pub fn new(line: usize, at: Option<&str>, wrong: Wrong) -> Self {
        Self {
            line,
            at: at.map(str::to_owned),
            wrong,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            Some(at) => write!(f, "line {}, {at}: {}", self.line, self.wrong),
            None => write!(f, "line {}: {}", self.line, self.wrong),
        }
    }
}
