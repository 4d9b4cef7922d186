//! Everything the store holds about one person, gathered.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{
    conversation::{Conversation, Wanted},
    handover::{Case, Draft, Face},
    outgoing::{Act, Body, Html, Outgoing, ThreadId, To, UserId},
    signups::SignUpList,
};

/// Everything the store holds about one person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonalRecord {
    pub who: UserId,
    pub conversation: Option<Conversation>,
    pub case: Option<Case>,
    /// Their topic in the concierge group, and its title.
    pub topic: Option<(ThreadId, String)>,
    /// What they chose to hear of, as it is kept.
    pub subscriber: Option<Value>,
    /// Of what they were reminded, and when.
    pub reminded: Vec<Reminded>,
    /// The lists they are on, with everybody else on them.
    pub sign_ups: Vec<SignUpList>,
    pub wanted: Vec<Wanted>,
    /// Drafts of entries made from what they asked.
    pub drafts: Vec<Draft>,
    /// Words passed on, kept as long as they can be edited.
    pub passed_on: Vec<Html>,
    /// How many numbers of messages are kept to find their counterparts.
    pub linked: usize,
    /// What waits to be sent.
    pub waiting: Vec<Unsent>,
    /// What could not be delivered.
    pub undelivered: Vec<Unsent>,
    /// Updates of theirs that could not be handled, as Telegram sent them.
    pub set_aside: Vec<Value>,
    /// Broadcasts held back for them.
    pub held_back: usize,
    /// One of the staff, as the bot knows them.
    pub colleague: Option<Face>,
    /// What they are writing as one of the staff.
    pub writing: Option<Value>,
}

/// A reminder that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reminded {
    pub what: String,
    pub starts: Timestamp,
    pub at: Timestamp,
}

/// A message on its way, or one that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    pub at: Timestamp,
    pub outgoing: Outgoing,
}

impl PersonalRecord {
    /// Nothing is known of them.
    #[must_use]
    pub fn empty(who: UserId) -> Self {
        Self {
            who,
            conversation: None,
            case: None,
            topic: None,
            subscriber: None,
            reminded: Vec::new(),
            sign_ups: Vec::new(),
            wanted: Vec::new(),
            drafts: Vec::new(),
            passed_on: Vec::new(),
            linked: 0,
            waiting: Vec::new(),
            undelivered: Vec::new(),
            set_aside: Vec::new(),
            held_back: 0,
            colleague: None,
            writing: None,
        }
    }
}

impl Unsent {
    /// Its words, as far as they are this person's to read: what they write or are written, and nothing staff are told.
    pub(super) fn words(&self, who: UserId) -> Option<String> {
        let html = match (&self.outgoing.act, self.outgoing.to) {
            (Act::Relay(relay), To::Person(_) | To::Topic(_)) => match &relay.body {
                Body::Words(html) => html,
                _ => return Some(String::new()),
            },
            (Act::RelayEdit(edit), To::Person(_) | To::Topic(_)) => &edit.html,
            (
                Act::Send { html, .. }
                | Act::EditAnswer { html, .. }
                | Act::Edit { html, .. }
                | Act::SendFile { html, .. }
                | Act::Remark { html, .. },
                To::Person(to),
            ) if to == who => html,
            (_, To::Person(to)) if to == who => return Some(String::new()),
            _ => return None,
        };
        Some(html.plain())
    }
}
