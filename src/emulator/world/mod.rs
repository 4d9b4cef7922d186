//! The world on Telegram's side: who exists, what was written, what the bot has not fetched yet.
//!
//! Plain data behind one lock; nothing here waits. Time comes only from the closure passed in, so that a test or the
//! demo moves the whole world at once.

mod bot;
mod chat;
mod files;
mod message;
mod profile;
mod queries;
mod updates;

pub use bot::{BotIdentity, Command, CommandList, CommandScope};
pub use chat::{Chat, ChatKind, Membership, PrivateAccess, Topic};
pub use files::StoredFile;
pub use message::{Content, Message, NotCopied, Quote, Quoted, Service};
pub use profile::{ANONYMOUS_ADMIN, Profile, Role};
pub use queries::{InlineResult, Tap, TapAnswer};

pub(crate) use chat::TYPING_SECONDS;
pub(crate) use files::Files;
pub(crate) use message::Media;
pub(crate) use queries::Queries;
pub(crate) use updates::{UpdateKind, Updates};

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;

use super::{Now, Setup, faults::Faults, limits::Pace, shown::Shown, webhook::Webhook};

/// Everything Telegram knows.
pub struct World {
    now: Now,
    pub(crate) zone: String,
    pub(crate) bot: BotIdentity,
    pub(crate) people: BTreeMap<i64, Profile>,
    pub(crate) chats: BTreeMap<i64, Chat>,
    pub(crate) updates: Updates,
    pub(crate) queries: Queries,
    pub(crate) files: Files,
    pub(crate) pace: Pace,
    pub(crate) faults: Faults,
    pub(crate) webhook: Option<Webhook>,
    pub(crate) closed: bool,
    albums: u64,
    calls: VecDeque<Call>,
    calls_kept: usize,
}

fn is_alive(chat: &Chat) -> bool {
    chat.is_group() && chat.moved_to().is_none()
}

/// One call of the Bot API, with its result.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Call {
    #[serde(serialize_with = "display")]
    pub at: Timestamp,
    pub method: String,
    pub chat: Option<i64>,
    pub ok: bool,
    /// What Telegram answered to a refused call, or that its answer was lost.
    pub description: Option<String>,
}

fn display<S: serde::Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

impl World {
    pub(crate) fn new(setup: &Setup) -> Self {
        let mut world = Self {
            now: setup.now.clone(),
            zone: setup.zone.clone(),
            bot: BotIdentity::new(setup.bot_id(), &setup.bot_name, &setup.bot_username),
            people: BTreeMap::new(),
            chats: BTreeMap::new(),
            updates: Updates::default(),
            queries: Queries::default(),
            files: Files::default(),
            pace: Pace::new(setup.limits),
            faults: Faults::default(),
            webhook: None,
            closed: false,
            albums: 0,
            calls: VecDeque::new(),
            calls_kept: setup.calls_kept,
        };
        for person in &setup.people {
            world.add_person(person.clone());
        }
        if let Some(group) = &setup.group {
            let staff = setup.people.iter().filter(|person| person.role == Role::Staff);
            let chat = Chat::group(group, world.bot.id, staff.map(|person| person.id));
            world.chats.insert(group.id, chat);
        }
        world
    }

    /// Adds a person, with an empty private chat.
    pub(crate) fn add_person(&mut self, person: Profile) {
        self.chats.insert(person.id, Chat::private(person.id));
        self.people.insert(person.id, person);
    }

    pub(crate) fn next_person_id(&self) -> i64 {
        self.people.keys().next_back().map_or(1, |id| id + 1)
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    #[must_use]
    pub fn bot(&self) -> &BotIdentity {
        &self.bot
    }

    pub fn people(&self) -> impl Iterator<Item = &Profile> {
        self.people.values()
    }

    pub fn chats(&self) -> impl Iterator<Item = &Chat> {
        self.chats.values()
    }

    /// What a chat shows, oldest first; empty for a chat that does not exist.
    #[must_use]
    pub fn chat(&self, chat: i64) -> Vec<Shown> {
        let Some(chat) = self.chats.get(&chat) else {
            return Vec::new();
        };
        chat.messages
            .values()
            .map(|message| Shown::of(self, message))
            .collect()
    }

    /// What one topic of a forum shows.
    #[must_use]
    pub fn topic(&self, chat: i64, thread: i32) -> Vec<Shown> {
        self.chat(chat)
            .into_iter()
            .filter(|shown| shown.thread == Some(thread))
            .collect()
    }

    /// The staff's group, if there is one, under its new id if it moved.
    #[must_use]
    pub fn group(&self) -> Option<&Chat> {
        self.chats.values().find(|chat| is_alive(chat))
    }

    pub(crate) fn group_mut(&mut self) -> Option<&mut Chat> {
        self.chats.values_mut().find(|chat| is_alive(chat))
    }

    #[must_use]
    pub fn message(&self, chat: i64, message: i32) -> Option<&Message> {
        self.chats.get(&chat)?.messages.get(&message)
    }

    /// A unique id for an album.
    pub(crate) fn next_album(&mut self) -> String {
        self.albums += 1;
        format!("{}", 13_500_000_000_000_000_u64 + self.albums)
    }

    /// The last calls of the Bot API, oldest first.
    pub fn calls(&self) -> impl DoubleEndedIterator<Item = &Call> {
        self.calls.iter()
    }

    /// How many updates the bot has not confirmed.
    #[must_use]
    pub fn pending_updates(&self) -> usize {
        self.updates.pending().len()
    }

    #[must_use]
    pub fn file(&self, id: &str) -> Option<&StoredFile> {
        self.files.get(id)
    }

    #[must_use]
    pub fn tap(&self, query: &str) -> Option<&Tap> {
        self.queries.tap(query)
    }

    /// All taps, in order; those the bot has not answered yet have no answer.
    pub fn taps(&self) -> impl Iterator<Item = &Tap> {
        self.queries.taps()
    }

    /// Whether what happens in a chat reaches the bot.
    pub(crate) fn bot_sees(&self, chat: i64) -> bool {
        self.chats.get(&chat).is_some_and(|chat| {
            !chat.is_group() || chat.membership(self.bot.id).is_some_and(Membership::is_inside)
        })
    }

    pub(crate) fn log(&mut self, call: Call) {
        if self.calls.len() >= self.calls_kept {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }
}
