//! A whole, checked state of the knowledge: what the bot answers from until the next one takes its place.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    knowledge::{
        as_of::AsOf,
        decision::Decision,
        entry::{Entry, EntryId, SourceRef},
        holidays::Holidays,
        rules::Rule,
    },
    lang::Lang,
};

/// The name of a revision: a hash of its content, in hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RevisionId(pub String);

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A document that answers may cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub title: BTreeMap<Lang, String>,
    pub publisher: String,
    #[serde(default)]
    pub url: Option<String>,
    pub as_of: AsOf,
    /// The page itself carries no date; `as_of` is then the year it was read.
    #[serde(default)]
    pub undated: bool,
    pub reliability: Reliability,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reliability {
    /// The city itself.
    A,
    /// Country, prefecture, press, public bodies.
    B,
    /// Background; never the ground of an answer.
    C,
}

/// One way of asking, by one hand (a way of writing).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrasing {
    /// The file it stands in, without its ending.
    pub hand: String,
    /// The line of that file.
    pub line: usize,
    pub asks: Asks,
    pub lang: Lang,
    pub text: String,
}

/// What a way of asking is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Asks {
    Entry(EntryId),
    /// A kind of message that rules catch; its phrasings keep topics from claiming such messages.
    Rule(RuleKind),
}

impl Asks {
    /// Whether it is a message of somebody in danger.
    #[must_use]
    pub fn is_crisis(&self) -> bool {
        matches!(self, Self::Rule(kind) if kind.is_crisis())
    }
}

impl fmt::Display for Asks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(id) => id.fmt(f),
            Self::Rule(kind) => write!(f, "rule-{}", kind.name()),
        }
    }
}

/// The kinds of message that are no question about a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// Fire, accident, injury, a crime now.
    CrisisEmergency,
    /// Suicidal, hopeless.
    CrisisDespair,
    /// Violence or stalking at home or by someone close.
    CrisisViolence,
    /// A child is abused.
    CrisisChild,
    /// Orders to the bot, injection, abuse.
    Hostile,
    /// Wants a person.
    Human,
    Complaint,
    /// Judge my case, my application, my papers.
    Individual,
    /// Wants or stops reminders.
    Notify,
    /// Asks what is on, and names no event.
    Calendar,
    /// Wants another language.
    Language,
    Smalltalk,
    /// Asks about another municipality as such.
    OtherCity,
}

impl RuleKind {
    /// In the order in which they are tried.
    pub const ALL: [Self; 13] = [
        Self::CrisisEmergency,
        Self::CrisisDespair,
        Self::CrisisViolence,
        Self::CrisisChild,
        Self::Hostile,
        Self::Human,
        Self::Complaint,
        Self::Individual,
        Self::Notify,
        Self::Calendar,
        Self::Language,
        Self::Smalltalk,
        Self::OtherCity,
    ];

    /// As it stands in `rules.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CrisisEmergency => "crisis-emergency",
            Self::CrisisDespair => "crisis-despair",
            Self::CrisisViolence => "crisis-violence",
            Self::CrisisChild => "crisis-child",
            Self::Hostile => "hostile",
            Self::Human => "human",
            Self::Complaint => "complaint",
            Self::Individual => "individual",
            Self::Notify => "notify",
            Self::Calendar => "calendar",
            Self::Language => "language",
            Self::Smalltalk => "smalltalk",
            Self::OtherCity => "other-city",
        }
    }

    /// Danger to life or body: help lines come first.
    #[must_use]
    pub fn is_crisis(self) -> bool {
        matches!(
            self,
            Self::CrisisEmergency | Self::CrisisDespair | Self::CrisisViolence | Self::CrisisChild
        )
    }
}

/// A concept: words that mean the same in every language and script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    pub name: String,
    /// Regular expressions over normalised text; any of them will do.
    pub words: Vec<String>,
}

/// A checked knowledge folder, immutable.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    pub id: RevisionId,
    pub entries: BTreeMap<EntryId, Entry>,
    pub sources: BTreeMap<SourceRef, Source>,
    pub rules: Vec<Rule>,
    pub concepts: Vec<Concept>,
    pub phrasings: Vec<Phrasing>,
    /// Fitted weights; without them every question becomes a choice.
    pub decision: Option<Decision>,
    /// Without them the desk counts as open on every weekday.
    pub holidays: Holidays,
}
