//! What is remembered of one mover between messages. Kept by the store as it is here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::note::Came,
    knowledge::EntryId,
    lang::{Lang, Negotiated},
    outgoing::{MessageId, UserId},
    signups::Form,
};

/// A mover's side of the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub mover: UserId,
    /// The language answers are given in.
    pub lang: Lang,
    /// The mover chose it; otherwise it follows Telegram's setting and the language questions are written in.
    pub lang_chosen: bool,
    /// Telegram is set to a language the bot does not speak, and that was not said yet.
    pub lang_instead: bool,
    /// The mover was told what the bot is.
    pub greeted: bool,
    /// The entry shown last, against which "how much?" is read.
    pub last_entry: Option<EntryId>,
    /// The question asked last, for the card a person gets and for "none of these".
    pub last_question: Option<Asked>,
    /// What was asked lately and what came of it, oldest first.
    pub trail: Vec<Tried>,
    /// Tries in a row that did not help.
    pub misses: u8,
    /// The last try was answered, and the mover did not object: the next question ends the row of misses.
    pub answer_stands: bool,
    /// The wish for a person, once it was told.
    pub wish: Option<Wish>,
    /// Until then the next words are taken as a line about the talk with a person.
    pub rates_until: Option<Timestamp>,
    /// What was asked for in the mover's own words.
    #[serde(default)]
    pub asks: Option<Asks>,
    /// A request to take part in an event, half filled in.
    #[serde(default)]
    pub form: Option<Form>,
    /// The mover can be written to (has not blocked the bot).
    pub reachable: bool,
    pub since: Timestamp,
    pub last_seen: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub text: String,
    pub message: MessageId,
    pub at: Timestamp,
}

/// The next words may be the answer to this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asks {
    pub what: AskedFor,
    /// Later words are not.
    pub until: Timestamp,
}

/// What a mover can choose in their own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AskedFor {
    /// How long before an event they are told.
    Lead,
    Quiet,
    Zone,
}

/// A question and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub question: String,
    pub came: Came,
    /// The entry that was shown.
    pub entry: Option<EntryId>,
    pub at: Timestamp,
}

/// A mover waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub at: Timestamp,
    pub why: WishReason,
    /// What was asked last, in the mover's words.
    pub question: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WishReason {
    /// By command, button or words.
    Asked,
    Crisis,
    Complaint,
    Individual,
    /// The question is one nobody here can answer from the papers.
    Gap,
    /// Two tries did not help.
    NotHelped,
}

/// How many of the last questions are remembered.
const TRAIL: usize = 5;

impl Conversation {
    /// Remembers a question; the oldest is forgotten.
    pub(super) fn remember(&mut self, tried: Tried) {
        if self.trail.len() >= TRAIL {
            self.trail.remove(0);
        }
        self.trail.push(tried);
    }

    /// With a mover whose Telegram is set to this language, if it says so.
    #[must_use]
    pub fn with_newcomer(mover: UserId, language_tag: Option<&str>, now: Timestamp) -> Self {
        let negotiated = Lang::negotiate(language_tag);
        Self {
            lang_instead: matches!(negotiated, Negotiated::Instead(_)),
            ..Self::new(mover, negotiated.lang(), now)
        }
    }

    /// It holds something they wrote, or that was made of it.
    #[must_use]
    pub fn has_words(&self) -> bool {
        *self != self.clone().without_words()
    }

    /// The same person, of whom only is known how to speak to them.
    #[must_use]
    pub fn without_words(self) -> Self {
        Self {
            lang_chosen: self.lang_chosen,
            lang_instead: self.lang_instead,
            greeted: self.greeted,
            reachable: self.reachable,
            last_seen: self.last_seen,
            ..Self::new(self.mover, self.lang, self.since)
        }
    }

    #[must_use]
    pub fn new(mover: UserId, lang: Lang, now: Timestamp) -> Self {
        Self {
            mover,
            lang,
            lang_chosen: false,
            lang_instead: false,
            greeted: false,
            last_entry: None,
            last_question: None,
            trail: Vec::new(),
            misses: 0,
            answer_stands: false,
            wish: None,
            rates_until: None,
            asks: None,
            form: None,
            reachable: true,
            since: now,
            last_seen: now,
        }
    }
}
