//! One topic: what is known of it, since when, from where, and what may be said.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    knowledge::{as_of::AsOf, event::Event},
    lang::Lang,
};

/// The name of an entry: ASCII letters, digits, hyphens, underscores and dots, at most [`EntryId::LIMIT`] bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryId(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an entry id: use letters, digits, hyphens, underscores and dots, at most {limit} bytes", limit = EntryId::LIMIT)]
pub struct BadEntryId(String);

impl EntryId {
    /// Leaves room in 64 bytes of callback data for the version and the kind of button.
    pub const LIMIT: usize = 48;

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this entry says that something is not known.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        self.0.starts_with("gap-")
    }
}

impl FromStr for EntryId {
    type Err = BadEntryId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        if fits && (1..=Self::LIMIT).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadEntryId(text.chars().take(80).collect()))
        }
    }
}

impl TryFrom<String> for EntryId {
    type Error = BadEntryId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EntryId> for String {
    fn from(id: EntryId) -> Self {
        id.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How far a fact may be relied on today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Thought to be in force.
    Current,
    /// The city called it achieved at the as-of date.
    Done,
    /// It was planned at the as-of date.
    Planned,
    /// It was only being considered.
    Considered,
    /// Policy of a plan whose time is over.
    Historic,
    /// A figure of its year, or a target.
    Statistic,
    /// A proposal, not decided.
    Draft,
    /// Tried out once.
    Trial,
    /// Over.
    Past,
    /// For the city's own staff.
    Internal,
    /// Not known.
    Unknown,
}

impl Status {
    /// Proposed, considered or planned: it may never come.
    #[must_use]
    pub fn is_only_thought_of(self) -> bool {
        matches!(self, Self::Draft | Self::Considered | Self::Planned)
    }
}

/// Whether a person is offered below the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HandoverOffer {
    Never,
    Offer,
    /// The entry cannot answer; a person has to.
    Always,
}

/// The key of a document in `sources.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceRef(pub String);

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    #[serde(rename = "ref")]
    pub source: SourceRef,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// One topic in all its languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: EntryId,
    /// The folder it lies in.
    pub category: String,
    /// `annaka`, `national`, or the city whose paper this is.
    pub municipality: String,
    pub status: Status,
    pub as_of: AsOf,
    /// The last day the facts hold, in the city's time.
    pub valid_until: Option<Date>,
    /// The day on which staff are to look at the entry again.
    pub review_by: Option<Date>,
    pub sources: Vec<Citation>,
    pub related: Vec<EntryId>,
    /// Names of concepts: a question that speaks of none of them is led here less readily. A paper of another city is
    /// hardly meant by who does not name that city. Empty asks for none.
    #[serde(default)]
    pub needs: Vec<String>,
    pub handover: HandoverOffer,
    /// The few best ways of asking; the first is shown on buttons.
    pub questions: BTreeMap<Lang, Vec<String>>,
    pub event: Option<Event>,
    /// The answer in each language, without the source line.
    pub body: BTreeMap<Lang, String>,
}

impl Entry {
    /// The answer's text in the language, or in the nearest one there is.
    #[must_use]
    pub fn body_in(&self, lang: Lang) -> Option<(Lang, &str)> {
        nearest(&self.body, lang).map(|(found, body)| (found, body.as_str()))
    }

    /// What stands on a button that leads here.
    #[must_use]
    pub fn label_in(&self, lang: Lang) -> &str {
        nearest(&self.questions, lang)
            .and_then(|(_, all)| all.first())
            .map_or(self.id.as_str(), String::as_str)
    }

    /// Whether this is another city's paper, so that the answer must never be taken for Annaka's.
    #[must_use]
    pub fn is_other_city(&self) -> bool {
        !matches!(self.municipality.as_str(), "annaka" | "national")
    }
}

/// The text in the language, or in the first of its fallbacks that there is.
pub(super) fn nearest<T>(texts: &BTreeMap<Lang, T>, lang: Lang) -> Option<(Lang, &T)> {
    std::iter::once(&lang)
        .chain(lang.fallbacks())
        .find_map(|candidate| texts.get(candidate).map(|found| (*candidate, found)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_entry_ids() {
        assert!("subsidy-myhome-shienkin".parse::<EntryId>().is_ok());
        for bad in ["", "a/b", "a:b", "空き家", "a b", &"x".repeat(49)] {
            assert!(bad.parse::<EntryId>().is_err(), "{bad}");
        }
    }
}
