//! What people do on the page.

use std::time::Duration;

use serde::Deserialize;

use super::act::Refusal;
use crate::emulator::{ActError, Emulator, InlineResult, Kind, Person};

/// How long the page waits for the note that answers a tap.
const NOTE_PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Say {
    person: i64,
    chat: i64,
    thread: Option<i32>,
    text: String,
    reply_to: Option<i32>,
    /// The selected part of the message replied to.
    quote: Option<String>,
    #[serde(default)]
    anonymous: bool,
}

impl Say {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), Refusal> {
        let person = stand(emulator, self.person, self.chat, self.thread)?;
        let person = hidden(person, self.anonymous);
        let text = self.text.trim();
        if text.is_empty() {
            return Err(Refusal::Empty);
        }
        match (self.reply_to, &self.quote) {
            (Some(message), Some(quote)) => person.replies_quoting(message, quote, text)?,
            (Some(message), None) => person.replies_to(message, text)?,
            (None, _) => person.says(text)?,
        };
        Ok(())
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    person: i64,
    chat: i64,
    message: i32,
    text: String,
}

impl Edit {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        stand(emulator, self.person, self.chat, None)?.edits(self.message, &self.text)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tap {
    person: i64,
    chat: i64,
    message: i32,
    data: String,
}

impl Tap {
    /// Carries it out; returns the bot's note, if it comes in time and with words.
    pub(crate) async fn carry_out(self, emulator: &Emulator) -> Result<Option<String>, ActError> {
        let query = stand(emulator, self.person, self.chat, None)?.taps(self.message, &self.data)?;
        let answer = emulator
            .wait(NOTE_PATIENCE, |world| world.tap(&query)?.answer.clone())
            .await;
        Ok(answer.and_then(|answer| answer.text))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Send {
    person: i64,
    chat: i64,
    thread: Option<i32>,
    kind: Kind,
    caption: Option<String>,
    #[serde(default)]
    anonymous: bool,
}

impl Send {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        let person = stand(emulator, self.person, self.chat, self.thread)?;
        let person = hidden(person, self.anonymous);
        person.sends(self.kind, self.caption.as_deref()).map(drop)
    }
}

/// Several files at once; the caption belongs to the first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Album {
    person: i64,
    chat: i64,
    thread: Option<i32>,
    kinds: Vec<Kind>,
    caption: Option<String>,
    #[serde(default)]
    anonymous: bool,
}

impl Album {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        let person = stand(emulator, self.person, self.chat, self.thread)?;
        let person = hidden(person, self.anonymous);
        let caption = self.caption.as_deref().map(|words| (0, words));
        person.sends_album(&self.kinds, caption).map(drop)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Delete {
    person: i64,
    chat: i64,
    message: i32,
}

impl Delete {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        stand(emulator, self.person, self.chat, None)?.deletes(self.message)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct React {
    person: i64,
    chat: i64,
    message: i32,
    emoji: String,
}

impl React {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        stand(emulator, self.person, self.chat, None)?.reacts(self.message, &self.emoji)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inline {
    person: i64,
    query: String,
}

impl Inline {
    pub(crate) async fn carry_out(self, emulator: &Emulator) -> Result<Vec<InlineResult>, ActError> {
        emulator.person(self.person).inline(&self.query).await
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choose {
    person: i64,
    chat: i64,
    thread: Option<i32>,
    result: Chosen,
}

/// An inline result; its id is enough to find it again.
#[derive(Debug, Deserialize)]
struct Chosen {
    id: String,
}

impl Choose {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        let person = stand(emulator, self.person, self.chat, self.thread)?;
        person.chooses(&self.result.id).map(drop)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Block {
    person: i64,
    blocked: bool,
}

impl Block {
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<(), ActError> {
        let person = emulator.person(self.person);
        if self.blocked {
            person.blocks_bot()
        } else {
            person.unblocks_bot()
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPerson {
    name: String,
    language: String,
}

impl NewPerson {
    /// Carries it out; returns their id.
    pub(crate) fn carry_out(self, emulator: &Emulator) -> Result<i64, Refusal> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Refusal::Nameless);
        }
        Ok(emulator.add_person(name, &self.language).id())
    }
}

fn hidden(person: Person, anonymous: bool) -> Person {
    if anonymous { person.anonymously() } else { person }
}

/// A person in their private chat or in the group.
fn stand(emulator: &Emulator, person: i64, chat: i64, thread: Option<i32>) -> Result<Person, ActError> {
    let somebody = emulator.person(person);
    if chat == person {
        return Ok(somebody);
    }
    let group = emulator.look(|world| world.group().map(|group| group.id));
    if group == Some(chat) {
        Ok(somebody.in_group(thread))
    } else {
        Err(ActError::NoSuchChat(chat))
    }
}
