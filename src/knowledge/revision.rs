//! A whole, checked state of the knowledge: what the bot answers from until the next one takes its place.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    knowledge::{
        as_of::AsOf,
        entry::{Entry, EntryId, SourceRef},
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
    /// Wants another language.
    Language,
    Smalltalk,
}

/// A concept: words that mean the same in every language and script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    pub name: String,
    /// A regular expression over normalised text.
    pub pattern: String,
}

/// A checked knowledge folder, immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub id: RevisionId,
    pub entries: BTreeMap<EntryId, Entry>,
    pub sources: BTreeMap<SourceRef, Source>,
    pub rules: Vec<Rule>,
    pub concepts: Vec<Concept>,
    pub phrasings: Vec<Phrasing>,
}
