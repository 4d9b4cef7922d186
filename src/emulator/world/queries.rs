//! Queries of people's apps that wait for the bot: taps on buttons and inline queries.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::emulator::{api::InlineKeyboard, text::Formatted};

#[derive(Debug, Default)]
pub(crate) struct Queries {
    taps: BTreeMap<String, Tap>,
    inline: BTreeMap<String, InlineQuery>,
    asked: u64,
}

/// A tapped callback button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tap {
    pub person: i64,
    pub data: String,
    pub at: Timestamp,
    /// Until it comes, the button shows a spinner.
    pub answer: Option<TapAnswer>,
}

/// What the bot answered to a tap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TapAnswer {
    pub text: Option<String>,
    pub alert: bool,
    pub url: Option<String>,
}

#[derive(Debug)]
pub(crate) struct InlineQuery {
    pub(crate) person: i64,
    pub(crate) query: String,
    pub(crate) at: Timestamp,
    pub(crate) results: Option<Vec<InlineResult>>,
}

/// One result the bot offers in inline mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InlineResult {
    pub id: String,
    pub title: String,
    pub description: Option<String>,
    /// What is posted when it is chosen.
    pub text: String,
    #[serde(skip)]
    pub(crate) message: Formatted,
    #[serde(skip)]
    pub(crate) keyboard: Option<InlineKeyboard>,
}

impl Queries {
    fn next_id(&mut self) -> String {
        self.asked += 1;
        format!("{}", 4_000_000_000_000_u64 + self.asked)
    }

    pub(crate) fn add_tap(&mut self, person: i64, data: String, at: Timestamp) -> String {
        let id = self.next_id();
        self.taps.insert(
            id.clone(),
            Tap {
                person,
                data,
                at,
                answer: None,
            },
        );
        id
    }

    pub(crate) fn add_inline(&mut self, person: i64, query: String, at: Timestamp) -> String {
        let id = self.next_id();
        self.inline.insert(
            id.clone(),
            InlineQuery {
                person,
                query,
                at,
                results: None,
            },
        );
        id
    }

    pub(crate) fn tap(&self, id: &str) -> Option<&Tap> {
        self.taps.get(id)
    }

    pub(crate) fn taps(&self) -> impl Iterator<Item = &Tap> {
        self.taps.values()
    }

    pub(crate) fn tap_mut(&mut self, id: &str) -> Option<&mut Tap> {
        self.taps.get_mut(id)
    }

    /// A result offered to a person, with their query; the latest if several have this id.
    pub(crate) fn offered(&self, person: i64, result: &str) -> Option<(String, InlineResult)> {
        self.inline
            .values()
            .rev()
            .filter(|query| query.person == person)
            .find_map(|query| {
                let found = query
                    .results
                    .iter()
                    .flatten()
                    .find(|offered| offered.id == result)?;
                Some((query.query.clone(), found.clone()))
            })
    }

    pub(crate) fn inline(&self, id: &str) -> Option<&InlineQuery> {
        self.inline.get(id)
    }

    pub(crate) fn inline_mut(&mut self, id: &str) -> Option<&mut InlineQuery> {
        self.inline.get_mut(id)
    }
}
