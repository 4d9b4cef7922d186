//! One mover's case, as it is kept. How it changes is in `changes.rs`.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{Tried, Wish, WishReason},
    knowledge::EntryId,
    lang::Lang,
    outgoing::{Html, MessageId, Reply, UserId},
};

/// A mover who writes again within this time goes on with the same case.
pub const REOPENS_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is kept of a mover's case. A mover has one at a time; a later one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub mover: UserId,
    /// Rises with every change; the store refuses a change made from an older version.
    pub version: u64,
    /// How many cases this mover has had, this one included.
    pub number: u32,
    pub face: Face,
    /// The language the mover is answered in.
    pub lang: Lang,
    pub stage: Stage,
    pub why: WishReason,
    pub opened: Timestamp,
    /// What the mover wanted to know when the case was opened.
    pub question: Option<String>,
    /// The messages this consists of: they stand on the card, and perhaps nowhere else among staff.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opened_with: Vec<MessageId>,
    /// What was asked and shown before, oldest first.
    pub tried: Vec<Tried>,
    /// Entries that may help; each can be sent with one tap.
    pub suggestions: Vec<EntryId>,
    /// Since when the mover has been waiting for a person's words; `None` if nobody waits.
    pub waiting_since: Option<Timestamp>,
    /// How often staff were reminded of that.
    pub alerts: u32,
    /// When words last went either way.
    pub last_words: Timestamp,
    /// The mover's last words, for the draft of an answer.
    pub last_asked: Option<String>,
    /// Nobody is reminded before this.
    pub snoozed_until: Option<Timestamp>,
    /// When the mover was told that the case will be closed.
    #[serde(default)]
    pub warned_at: Option<Timestamp>,
    /// Staff's words that wait for a decision, oldest first.
    pub held: Vec<Held>,
    /// The last albums that are notes because a caption in them says so.
    #[serde(default)]
    pub note_albums: Vec<String>,
    /// The last messages of staff that were changed into notes.
    #[serde(default)]
    pub noted: Vec<MessageId>,
    /// The wait that the last album ended.
    #[serde(default)]
    pub wait_ended: Option<AlbumWait>,
    /// The last answers given, oldest first: each can become the draft of an entry.
    pub answers: Vec<Answered>,
    pub rating: Option<Rating>,
    /// When time alone changes something next; every step updates it.
    pub due: Option<Timestamp>,
}

/// How a mover appears to staff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// As Telegram gives it; can be empty.
    pub name: String,
    /// Without the `@`.
    pub username: Option<String>,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Nobody has taken it yet.
    Open,
    Claimed {
        by: UserId,
        since: Timestamp,
    },
    Closed {
        at: Timestamp,
        by: Closing,
        /// Who had it, so that it can go back to them.
        had: Option<UserId>,
    },
}

/// Who ended a case, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Closing {
    Staff {
        by: UserId,
        reason: Reason,
    },
    Mover,
    /// Nobody wrote for days.
    Idle,
}

/// Why staff close a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    Solved,
    /// Another office is responsible, and the mover was told which.
    PassedOn,
    NoReply,
    Other,
}

impl Reason {
    pub const ALL: [Self; 4] = [Self::Solved, Self::PassedOn, Self::NoReply, Self::Other];
}

/// Words of staff that were not passed on yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub message: MessageId,
    /// Who wrote them, if known.
    pub by: Option<UserId>,
    pub album: Option<String>,
    pub text: String,
    /// The same with formatting, if they are nothing but words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Html>,
    /// What they reply to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    /// Staff were asked about them when the case was closed.
    pub asked_closed: bool,
}

/// An album that staff sent to the mover, and since when the mover had been waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumWait {
    pub album: String,
    pub since: Timestamp,
}

/// Words of staff that went to the mover, and the question they answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub message: MessageId,
    pub asked: Option<String>,
    pub text: String,
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// It was kept as the draft of an entry.
    #[serde(default)]
    pub drafted: bool,
}

/// What the mover thought of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 1 to 5.
    pub stars: u8,
    pub line: Option<String>,
}

impl Case {
    /// The first case of a mover.
    #[must_use]
    pub fn first(mover: UserId, lang: Lang, face: Face, wish: &Wish) -> Self {
        Self {
            mover,
            version: 0,
            number: 1,
            face,
            lang,
            stage: Stage::Open,
            why: wish.why,
            opened: wish.at,
            question: wish.question.clone(),
            opened_with: Vec::new(),
            tried: Vec::new(),
            suggestions: Vec::new(),
            waiting_since: Some(wish.at),
            alerts: 0,
            last_words: wish.at,
            last_asked: wish.question.clone(),
            snoozed_until: None,
            warned_at: None,
            held: Vec::new(),
            note_albums: Vec::new(),
            noted: Vec::new(),
            wait_ended: None,
            answers: Vec::new(),
            rating: None,
            due: None,
        }
    }

    /// The next case of the same mover, after an earlier one.
    #[must_use]
    pub fn after(earlier: &Self, lang: Lang, face: Face, wish: &Wish) -> Self {
        Self {
            version: earlier.version,
            number: earlier.number + 1,
            // Words nobody has decided about must not get lost with the earlier case.
            held: earlier.held.clone(),
            ..Self::first(earlier.mover, lang, face, wish)
        }
    }

    /// Not closed.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.stage, Stage::Closed { .. })
    }

    /// Who speaks to the mover, if a person does.
    #[must_use]
    pub fn owner(&self) -> Option<UserId> {
        match self.stage {
            Stage::Claimed { by, .. } => Some(by),
            Stage::Open | Stage::Closed { .. } => None,
        }
    }

    /// Whether it was closed recently enough for the mover to go on with it.
    #[must_use]
    pub fn is_fresh_enough(&self, now: Timestamp) -> bool {
        matches!(self.stage, Stage::Closed { at, .. } if now.duration_since(at) <= REOPENS_WITHIN)
    }

    /// Who had it, as long as the mover would go on with it.
    #[must_use]
    pub fn had_lately(&self, now: Timestamp) -> Option<UserId> {
        match self.stage {
            Stage::Closed { had, .. } if self.is_fresh_enough(now) => had,
            Stage::Open | Stage::Claimed { .. } | Stage::Closed { .. } => None,
        }
    }

    /// Whether the mover may be in danger, and goes before others.
    #[must_use]
    pub fn is_urgent(&self) -> bool {
        self.why == WishReason::Crisis
    }

    #[must_use]
    pub fn is_snoozed(&self, now: Timestamp) -> bool {
        self.snoozed_until.is_some_and(|until| until > now)
    }
}
