//! People, as a test or the page moves them: they write, tap, send pictures, block the bot.
//!
//! A handle speaks in one place; [`Person::in_group`] makes one that speaks in the group. Everything a person does
//! becomes the update Telegram would send.

use std::time::Duration;

use super::{
    Emulator,
    hand::{Hand, Place},
    kind::Kind,
    standing,
    text::Formatted,
    world::{Content, InlineResult, PrivateAccess},
};

/// How long an app waits for inline results.
const INLINE_PATIENCE: Duration = Duration::from_secs(3);

/// Somebody of the town.
#[derive(Clone)]
pub struct Person {
    emulator: Emulator,
    hand: Hand,
}

/// Something no person could do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    #[error("no person {0}")]
    NoSuchPerson(i64),
    #[error("no chat {0} for this person")]
    NoSuchChat(i64),
    #[error("there is no group")]
    NoGroup,
    #[error("no topic {0}")]
    NoSuchTopic(i32),
    #[error("topic {0} is closed")]
    TopicClosed(i32),
    #[error("no message {0} in this chat")]
    NoSuchMessage(i32),
    #[error("message {message} has no callback button \"{button}\"")]
    NoSuchButton { message: i32, button: String },
    #[error("no inline result \"{0}\" was offered to this person")]
    NoSuchResult(String),
    #[error("person {person} did not write message {message}")]
    NotTheirs { person: i64, message: i32 },
    #[error("message {0} has no text that could be edited")]
    NotEditable(i32),
    #[error("person {0} has blocked the bot and would have to unblock it first")]
    Blocked(i64),
    #[error("person {0} is not a member of the group")]
    NotMember(i64),
    #[error("the bot did not answer in time")]
    NoAnswer,
}

impl Person {
    pub(crate) fn new(emulator: Emulator, id: i64) -> Self {
        Self {
            emulator,
            hand: Hand {
                person: id,
                place: Place::Private,
            },
        }
    }

    /// The same person with the group open, at a topic or in General.
    #[must_use]
    pub fn in_group(&self, thread: Option<i32>) -> Self {
        let hand = Hand {
            place: Place::Group { thread },
            ..self.hand
        };
        Self { hand, ..self.clone() }
    }

    #[must_use]
    pub fn id(&self) -> i64 {
        self.hand.person
    }

    /// Presses Start, with the payload of a deep link if there is one. Lifts a block.
    pub fn starts(&self, payload: &str) -> Result<i32, ActError> {
        let access = self
            .emulator
            .look(|world| world.chats.get(&self.id()).and_then(|chat| chat.access()));
        if access == Some(PrivateAccess::Blocked) {
            self.unblocks_bot()?;
        }
        self.says(format!("/start {payload}").trim_end())
    }

    /// Writes; the message's id comes back.
    pub fn says(&self, text: &str) -> Result<i32, ActError> {
        let content = Content::Text(Formatted::plain(text));
        self.emulator.change(|world| self.hand.post(world, content))
    }

    /// Writes in a topic of the group.
    pub fn says_in(&self, thread: i32, text: &str) -> Result<i32, ActError> {
        self.in_group(Some(thread)).says(text)
    }

    /// Writes in answer to a message.
    pub fn replies_to(&self, message: i32, text: &str) -> Result<i32, ActError> {
        let content = Content::Text(Formatted::plain(text));
        self.emulator
            .change(|world| self.hand.reply(world, message, content))
    }

    /// Sends a picture, a place, or the like.
    pub fn sends(&self, kind: Kind, caption: Option<&str>) -> Result<i32, ActError> {
        let caption = Formatted::plain(caption.unwrap_or_default());
        self.emulator.change(|world| {
            let content = kind.sample(world, self.id(), caption);
            self.hand.post(world, content)
        })
    }

    /// Changes what they wrote.
    pub fn edits(&self, message: i32, text: &str) -> Result<(), ActError> {
        self.emulator.change(|world| self.hand.edit(world, message, text))
    }

    /// Taps a callback button, named by its data or its label; the query's id comes back, for
    /// [`World::tap`](super::World::tap).
    pub fn taps(&self, message: i32, button: &str) -> Result<String, ActError> {
        self.emulator
            .change(|world| self.hand.tap(world, message, button))
    }

    /// Types `@bot query` in some chat and waits for what is offered.
    pub async fn inline(&self, query: &str) -> Result<Vec<InlineResult>, ActError> {
        let id = self.emulator.change(|world| self.hand.ask_inline(world, query));
        let results = self.emulator.wait(INLINE_PATIENCE, |world| {
            world.queries.inline(&id)?.results.clone()
        });
        results.await.ok_or(ActError::NoAnswer)
    }

    /// Posts a result of their last inline queries, by its id, via the bot.
    pub fn chooses(&self, result: &str) -> Result<i32, ActError> {
        self.emulator.change(|world| self.hand.choose(world, result))
    }

    /// Reacts to a message with an emoji, in place of any before; an empty one takes it back.
    pub fn reacts(&self, message: i32, emoji: &str) -> Result<(), ActError> {
        self.emulator
            .change(|world| self.hand.react(world, message, emoji))
    }

    pub fn blocks_bot(&self) -> Result<(), ActError> {
        self.emulator
            .change(|world| standing::change_access(world, self.id(), PrivateAccess::Blocked))
    }

    pub fn unblocks_bot(&self) -> Result<(), ActError> {
        self.emulator
            .change(|world| standing::change_access(world, self.id(), PrivateAccess::Open))
    }

    /// Opens a topic in the group; its id comes back.
    pub fn opens_topic(&self, title: &str) -> Result<i32, ActError> {
        self.emulator.change(|world| self.hand.open_topic(world, title))
    }

    /// Closes or reopens a topic by hand.
    pub fn sets_topic_closed(&self, thread: i32, closed: bool) -> Result<(), ActError> {
        self.emulator
            .change(|world| self.hand.set_topic_closed(world, thread, closed))
    }
}
