//! A picture of a week in figures, as plain values: it is drawn at the moment it goes out, so that what waits stays small.

use serde::{Deserialize, Serialize};

/// Everything that stands in the picture, already in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub title: String,
    pub subtitle: String,
    /// The main figures, left to right.
    pub tiles: Vec<Tile>,
    pub bars_title: String,
    /// What the parts of a bar are, lowest first.
    pub parts: Vec<String>,
    pub days: Vec<Day>,
    /// What the thin line is.
    pub line: String,
    pub topics_title: String,
    /// The most frequent first.
    pub topics: Vec<Topic>,
    /// Stands in place of topics where there are none.
    pub no_topics: String,
}

/// One figure with its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    pub label: String,
    pub value: String,
    /// In small letters, to compare.
    pub aside: String,
}

/// One bar.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    pub label: String,
    /// As many as the picture has parts, lowest first.
    pub parts: Vec<u32>,
    /// Where the thin line passes.
    pub before: u32,
}

/// One topic and how often it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub title: String,
    pub count: u32,
}
