//! What the concierge wants done on Telegram's side, as plain values.
//!
//! A step decides, [`crate::store`] keeps, [`crate::jobs`] carries out. Nothing here knows teloxide.

pub mod callback;
pub mod extras;
pub mod html;
pub mod ids;
pub mod picture;
pub mod push;
pub mod relay;
mod unseen;

pub use callback::{CALLBACK_LIMIT, Callback};
pub use extras::{Emoji, File, Pin};
pub use html::Html;
pub use ids::{BroadcastId, ChatId, MessageId, ThreadId, UpdateId, UserId};
pub use picture::Chart;
pub use push::{News, Push, Trial};
pub use relay::{Body, EditedPart, Relay, RelayEdit, Reply};
pub use unseen::is_unseen;

use serde::{Deserialize, Serialize};

/// One thing to be carried out. Things for the same place are carried out in the order they were decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    pub to: To,
    /// The mover it tells the group about; where it goes to a mover or their topic, that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<UserId>,
    pub priority: Priority,
    pub voice: Voice,
    pub act: Act,
}

/// Where something goes. Group and topic are named by what they are for: which numbers Telegram gives them at the
/// moment of sending is the deliverer's affair, since groups move and topics are deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum To {
    /// A private chat: with a mover, an owner, one of the staff.
    Person(UserId),
    /// This mover's topic in the concierge group; opened if there is none.
    Topic(UserId),
    /// This mover's topic, for what is only worth doing while it is there: its title, a reaction, an offer. Nobody's
    /// words wait behind it.
    TopicAside(UserId),
    /// The concierge group outside all topics.
    Group,
}

impl To {
    /// The person whose private chat it is.
    #[must_use]
    pub fn person(self) -> Option<UserId> {
        match self {
            Self::Person(who) => Some(who),
            Self::Topic(_) | Self::TopicAside(_) | Self::Group => None,
        }
    }

    /// The mover whose topic it is.
    #[must_use]
    pub fn topic_of(self) -> Option<UserId> {
        match self {
            Self::Topic(mover) | Self::TopicAside(mover) => Some(mover),
            Self::Person(_) | Self::Group => None,
        }
    }
}

/// Who waits for it; a person who waits for an answer goes before everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    Reply,
    /// Opens a case, or tells that somebody waits.
    Alert,
    Staff,
    /// May come a little later.
    Aside,
    Reminder,
    Broadcast,
}

impl Priority {
    /// Sent to many at once, with nobody waiting for it: it goes evenly, and yields to all the rest.
    #[must_use]
    pub fn is_bulk(self) -> bool {
        matches!(self, Self::Reminder | Self::Broadcast)
    }
}

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Voice {
    /// The bot answers a question by itself: dropped if a person has taken over before it goes out.
    Bot,
    /// Asked for by a tap or a command, told about the case itself, or vital.
    Needed,
    /// A person's words.
    Person,
    /// The last words to somebody who wished to be forgotten: they leave no trace, whatever becomes of them.
    Farewell,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Sends a message. `answers` is the mover's message it answers: kept after delivery, so that an edited question
    /// can have its answer edited.
    Send {
        html: Html,
        buttons: Buttons,
        answers: Option<MessageId>,
    },
    /// Edits the message that answered `answers`; sends a new one if that never arrived or is gone.
    EditAnswer {
        answers: MessageId,
        html: Html,
        buttons: Buttons,
    },
    /// Edits a message of ours (the one a button was tapped under).
    Edit {
        message: MessageId,
        html: Html,
        buttons: Buttons,
    },
    /// Sends a text file with words below it.
    SendFile {
        file: File,
        html: Html,
        buttons: Buttons,
    },
    /// Sends the picture of a week with words below it; drawn only when it goes out.
    SendPicture { chart: Box<Chart>, html: Html },
    /// Sends a point on the map.
    Pin(Pin),
    /// Tells what is put into words at the moment it goes out; nothing if it has become pointless then.
    Push(Push),
    /// Shows one of the staff what many would be told.
    Trial(Trial),
    /// Brings the message that shows how far a broadcast is up to date.
    Progress(BroadcastId),
    /// Passes a message on to the other side.
    Relay(Relay),
    /// Mirrors the edit of a message that was passed on.
    RelayEdit(RelayEdit),
    /// Answers a message of the same chat, if it is still there.
    Remark {
        on: MessageId,
        html: Html,
        buttons: Buttons,
    },
    /// Puts a reaction on a message of the same chat, in place of any before.
    React { on: MessageId, emoji: Emoji },
    /// Brings the card of the mover's case up to date; sends it if it is not there.
    Card,
    /// Brings the topic's title up to date.
    Title,
    /// Deletes a topic whose mover is forgotten, with all that is in it.
    DropTopic(ThreadId),
}

impl Outgoing {
    /// Something said in a private chat.
    #[must_use]
    pub fn to_person(who: UserId, voice: Voice, act: Act) -> Self {
        Self {
            to: To::Person(who),
            about: None,
            priority: Priority::Reply,
            voice,
            act,
        }
    }

    /// Something in a mover's topic.
    #[must_use]
    pub fn to_topic(mover: UserId, act: Act) -> Self {
        Self {
            to: To::Topic(mover),
            about: None,
            priority: Priority::Staff,
            voice: Voice::Needed,
            act,
        }
    }

    /// Something in a mover's topic that nothing waits for.
    #[must_use]
    pub fn aside(mover: UserId, act: Act) -> Self {
        Self {
            to: To::TopicAside(mover),
            priority: Priority::Aside,
            ..Self::to_topic(mover, act)
        }
    }

    /// Something in the group outside all topics.
    #[must_use]
    pub fn to_group(act: Act) -> Self {
        Self {
            to: To::Group,
            about: None,
            priority: Priority::Staff,
            voice: Voice::Needed,
            act,
        }
    }

    /// It tells the group about this mover.
    #[must_use]
    pub fn about(self, mover: UserId) -> Self {
        Self {
            about: Some(mover),
            ..self
        }
    }

    #[must_use]
    pub fn with_priority(self, priority: Priority) -> Self {
        Self { priority, ..self }
    }
}

impl Act {
    /// A message of its own.
    #[must_use]
    pub fn say(html: Html) -> Self {
        Self::Send {
            html,
            buttons: Buttons::default(),
            answers: None,
        }
    }

    /// Takes the place of this message of ours, or is a message of its own.
    #[must_use]
    pub fn show(html: Html, buttons: Buttons, over: Option<MessageId>) -> Self {
        match over {
            Some(message) => Self::Edit {
                message,
                html,
                buttons,
            },
            None => Self::Send {
                html,
                buttons,
                answers: None,
            },
        }
    }

    /// The mover's message this answers.
    #[must_use]
    pub fn answers(&self) -> Option<MessageId> {
        match self {
            Self::Send { answers, .. } => *answers,
            Self::EditAnswer { answers, .. } => Some(*answers),
            _ => None,
        }
    }

    /// How many messages it sends at most; edits and reactions send none.
    #[must_use]
    pub fn messages(&self) -> usize {
        match self {
            Self::Send { .. }
            | Self::EditAnswer { .. }
            | Self::SendFile { .. }
            | Self::SendPicture { .. }
            | Self::Pin(_)
            | Self::Push(_)
            | Self::Trial(_)
            | Self::Relay(_)
            | Self::Remark { .. }
            | Self::Card => 1,
            Self::Edit { .. }
            | Self::Progress(_)
            | Self::RelayEdit(_)
            | Self::React { .. }
            | Self::Title
            | Self::DropTopic(_) => 0,
        }
    }
}

/// Rows of inline buttons, top to bottom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buttons(pub Vec<Vec<ButtonFace>>);

/// A button as a mover sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ButtonFace {
    pub label: String,
    pub does: ButtonDoes,
}

impl ButtonFace {
    /// A button that brings this callback data back.
    #[must_use]
    pub fn callback(label: impl Into<String>, data: String) -> Self {
        Self {
            label: label.into(),
            does: ButtonDoes::Callback(data),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ButtonDoes {
    /// Comes back to us as callback data, at most 64 bytes.
    Callback(String),
    Url(String),
    /// Opens the inline mode in a chat the mover chooses, with this query.
    Share(String),
}

/// What goes straight out without being kept: worthless a few seconds later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passing {
    /// Ends the waiting circle on a tapped button, with a short note if there is one.
    AnswerTap {
        callback: String,
        note: Option<String>,
    },
    Typing {
        chat: ChatId,
    },
}
