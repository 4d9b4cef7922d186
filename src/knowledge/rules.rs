//! Rules as data: what a message is when it is no question about a topic.

use serde::{Deserialize, Serialize};

use crate::{knowledge::revision::RuleKind, lang::Lang};

/// One kind of message with its patterns over normalised text, and the examples that hold it to its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub kind: RuleKind,
    /// Any of these makes the rule fire …
    pub patterns: Vec<String>,
    /// … unless one of these matches too.
    pub unless: Vec<String>,
    pub matches: Vec<Example>,
    pub rejects: Vec<Example>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub lang: Lang,
    pub text: String,
}
