//! People, as a test or the page controls them: they write, tap, send pictures, block the bot.
//!
//! A handle acts in one chat; [`Person::in_group`] makes one that acts in the group. Everything a person does becomes
//! the update Telegram would send.

mod error;
mod group;

pub use error::ActError;

use std::time::Duration;

use super::{
    Emulator,
    hand::{Hand, Place},
    kind::{Kind, document},
    standing,
    text::{Formatted, parse_html},
    world::{Content, InlineResult, PrivateAccess},
};

/// How long an app waits for inline results.
const INLINE_PATIENCE: Duration = Duration::from_secs(3);

/// Somebody in the town.
#[derive(Clone)]
pub struct Person {
    emulator: Emulator,
    hand: Hand,
}

impl Person {
    pub(crate) fn new(emulator: Emulator, id: i64) -> Self {
        Self {
            emulator,
            hand: Hand {
                person: id,
                place: Place::Private,
                anonymous: false,
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

    /// Writes; returns the message's id.
    pub fn says(&self, text: &str) -> Result<i32, ActError> {
        self.posts(Formatted::plain(text))
    }

    /// Writes in a topic of the group.
    pub fn says_in(&self, thread: i32, text: &str) -> Result<i32, ActError> {
        self.in_group(Some(thread)).says(text)
    }

    /// Writes with formatting, given as Telegram's HTML; a link to `tg://user?id=` mentions a person without a
    /// username.
    pub fn says_formatted(&self, html: &str) -> Result<i32, ActError> {
        self.posts(marked(html)?)
    }

    fn posts(&self, words: Formatted) -> Result<i32, ActError> {
        self.emulator
            .change(|world| self.hand.post(world, Content::Text(words)))
    }

    /// Replies to a message, in its topic.
    pub fn replies_to(&self, message: i32, text: &str) -> Result<i32, ActError> {
        let content = Content::Text(Formatted::plain(text));
        self.emulator
            .change(|world| self.hand.reply(world, message, None, content))
    }

    /// Replies to a selected part of a message.
    pub fn replies_quoting(&self, message: i32, quote: &str, text: &str) -> Result<i32, ActError> {
        let content = Content::Text(Formatted::plain(text));
        self.emulator
            .change(|world| self.hand.reply(world, message, Some(quote), content))
    }

    /// Replies to a message with a picture, a location, or the like.
    pub fn replies_with(&self, message: i32, kind: Kind, caption: Option<&str>) -> Result<i32, ActError> {
        self.emulator.change(|world| {
            let content = kind.sample(world, self.id(), caption);
            self.hand.reply(world, message, None, content)
        })
    }

    /// Sends a picture, a location, or the like.
    pub fn sends(&self, kind: Kind, caption: Option<&str>) -> Result<i32, ActError> {
        self.emulator.change(|world| {
            let content = kind.sample(world, self.id(), caption);
            self.hand.post(world, content)
        })
    }

    /// Sends a file of their own.
    pub fn sends_file(&self, name: &str, bytes: Vec<u8>) -> Result<i32, ActError> {
        self.emulator.change(|world| {
            let content = document(world, name, bytes);
            self.hand.post(world, content)
        })
    }

    /// Sends two to ten files as one album, with a caption on one of them, counted from 0. Returns the messages' ids;
    /// the bot gets an update for each.
    pub fn sends_album(
        &self,
        kinds: &[Kind],
        caption_on: Option<(usize, &str)>,
    ) -> Result<Vec<i32>, ActError> {
        self.emulator.change(|world| {
            let contents = kinds.iter().enumerate().map(|(at, kind)| {
                let caption = caption_on.filter(|(on, _)| *on == at).map(|(_, words)| words);
                kind.sample(world, self.id(), caption)
            });
            let contents = contents.collect();
            self.hand.post_album(world, contents)
        })
    }

    /// Adds a file to the album of this message: over a slow connection albums arrive piece by piece.
    pub fn adds_to_album(&self, message: i32, kind: Kind) -> Result<i32, ActError> {
        self.emulator.change(|world| {
            let content = kind.sample(world, self.id(), None);
            self.hand.post_into_album(world, message, content)
        })
    }

    /// Edits what they wrote, a text or a caption.
    pub fn edits(&self, message: i32, text: &str) -> Result<(), ActError> {
        self.changes(message, Formatted::plain(text))
    }

    /// Edits what they wrote, with formatting given as Telegram's HTML.
    pub fn edits_formatted(&self, message: i32, html: &str) -> Result<(), ActError> {
        self.changes(message, marked(html)?)
    }

    fn changes(&self, message: i32, words: Formatted) -> Result<(), ActError> {
        self.emulator
            .change(|world| self.hand.edit(world, message, words))
    }

    /// Deletes a message for everybody; the bot is not told.
    pub fn deletes(&self, message: i32) -> Result<(), ActError> {
        self.emulator.change(|world| self.hand.delete(world, message))
    }

    /// Taps a callback button, given its data or its label. Returns the query's id, for
    /// [`World::tap`](super::World::tap).
    pub fn taps(&self, message: i32, button: &str) -> Result<String, ActError> {
        self.emulator
            .change(|world| self.hand.tap(world, message, button))
    }

    /// Types `@bot query` in some chat and waits for the results.
    pub async fn inline(&self, query: &str) -> Result<Vec<InlineResult>, ActError> {
        let id = self.emulator.change(|world| self.hand.ask_inline(world, query));
        let results = self.emulator.wait(INLINE_PATIENCE, |world| {
            world.queries.inline(&id)?.results.clone()
        });
        results.await.ok_or(ActError::NoAnswer)
    }

    /// Posts a result of their last inline queries, given its id, via the bot.
    pub fn chooses(&self, result: &str) -> Result<i32, ActError> {
        self.emulator.change(|world| self.hand.choose(world, result))
    }

    /// Reacts to a message with an emoji, in place of an earlier one; an empty one removes it.
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
}

fn marked(html: &str) -> Result<Formatted, ActError> {
    parse_html(html)
        .map(Formatted::trimmed)
        .map_err(ActError::Unreadable)
}
