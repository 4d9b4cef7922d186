//! What has to hold of entries, sources and ways of asking before the bot may answer from them.
//!
//! A check sees whole entries, not files; it names the spot, and [`crate::knowledge::load`] finds the line.

mod entries;
mod figures;
mod links;
mod notices;
mod weekdays;
mod wording;

use crate::{
    knowledge::{entry::Entry, revision::Revision},
    lang::Lang,
};

pub use figures::figures;
pub use notices::notices;

/// A problem of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The entry's file, relative to the knowledge folder.
    pub file: String,
    pub spot: Spot,
    pub what: String,
}

/// Where in an entry's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    Key(&'static str),
    Section(Lang),
    /// A line of a file that is read line by line.
    Line(usize),
}

impl Finding {
    fn new(entry: &Entry, spot: Spot, what: impl Into<String>) -> Self {
        Self {
            file: format!("{}/{}.md", entry.category, entry.id),
            spot,
            what: what.into(),
        }
    }
}

/// Every problem of a revision's entries.
#[must_use]
pub fn all(revision: &Revision) -> Vec<Finding> {
    let mut findings = links::check(revision);
    for entry in revision.entries.values() {
        findings.extend(entries::check(entry));
        findings.extend(figures::check(entry));
        findings.extend(weekdays::check(entry));
        findings.extend(wording::check(entry));
    }
    findings
}
