//! Telegram's side of the wire: a small town of people, a staff group and the Bot API, served over HTTP.
//!
//! It knows nothing of the bot it plays against: the bot gets [`Emulator::url`] instead of Telegram's and cannot tell
//! the difference, except that the emulator is stricter. Where Telegram hurts (limits, blocked chats, redelivered
//! updates, lost answers) it hurts too; everything that depends on time follows the clock passed in.
//!
//! | room | holds |
//! |---|---|
//! | `world` | who exists and what was written |
//! | `text` | text and entities, Telegram's HTML |
//! | `api` | the methods of the Bot API, one file per group |
//! | `server`, `line`, `webhook` | HTTP: calls, connections that can be cut, deliveries |
//! | `person`, `hand`, `kind` | what people do |
//! | `group`, `standing`, `news` | what happens to the group; how the bot hears of people and messages |
//! | `demo` | the page and its control API |
//!
//! Missing: channels, payments, votes, games, stories, business accounts, topics in private chats, sticker sets,
//! link previews, Markdown, inline results other than articles, editing of inline messages, replies to messages of
//! other chats or topics, and entities Telegram finds by itself other than bot commands, mentions and addresses with a
//! scheme. In one thing it is kinder: flood limits count messages, not edits.

mod api;
mod demo;
mod faults;
mod group;
mod hand;
mod kind;
mod limits;
mod line;
mod news;
mod person;
mod server;
mod setup;
mod shown;
mod standing;
mod text;
mod webhook;
mod wire;
mod world;

pub use api::Method;
pub use faults::{Aim, Fault};
pub use kind::Kind;
pub use limits::{Limits, Rate};
pub use person::{ActError, Person};
pub use setup::{GroupSetup, MoveClock, Now, Setup, town};
pub use shown::{Author, Button, ButtonKind, Shown, ShownMedia};
pub use text::{Entity, EntityKind, Formatted};
pub use world::{
    ANONYMOUS_ADMIN, BotIdentity, Call, Chat, ChatKind, Command, CommandList, CommandScope, Content,
    InlineResult, Membership, Message, NotCopied, PrivateAccess, Profile, Quote, Quoted, Role, Service,
    StoredFile, Tap, TapAnswer, Topic, World,
};

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::{Map, Value};
use tokio::{net::TcpListener, sync::watch};

/// A running emulator; clones are handles to the same world.
#[derive(Clone)]
pub struct Emulator(Arc<Shared>);

struct Shared {
    address: SocketAddr,
    token: String,
    move_clock: Option<MoveClock>,
    world: Mutex<World>,
    revision: watch::Sender<u64>,
}

impl Emulator {
    /// Serves the Bot API (and the page, if the setup says so) on `listener` until `shutdown`.
    ///
    /// # Errors
    /// If the listener has no address.
    pub async fn start(
        setup: Setup,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<Self> {
        let emulator = Self(Arc::new(Shared {
            address: listener.local_addr()?,
            world: Mutex::new(World::new(&setup)),
            token: setup.token,
            move_clock: setup.move_clock,
            revision: watch::Sender::new(0),
        }));
        server::spawn(emulator.clone(), listener, setup.page, shutdown);
        Ok(emulator)
    }

    /// Where the Bot API is served, for `Bot::set_api_url`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// Looks at the world, which is locked meanwhile, so look briefly.
    pub fn look<T>(&self, at: impl FnOnce(&World) -> T) -> T {
        at(&self.lock())
    }

    /// A person of the town, writing in their private chat with the bot.
    #[must_use]
    pub fn person(&self, id: i64) -> Person {
        Person::new(self.clone(), id)
    }

    /// A number that rises with everything that happens.
    #[must_use]
    pub fn revision(&self) -> u64 {
        *self.0.revision.borrow()
    }

    /// Waits until `probe` finds what it looks for; `None` if that takes longer than `limit` of real time.
    pub async fn wait<T>(&self, limit: Duration, probe: impl FnMut(&World) -> Option<T>) -> Option<T> {
        tokio::time::timeout(limit, self.until(probe)).await.ok()
    }

    /// Waits until `probe` finds what it looks for.
    async fn until<T>(&self, mut probe: impl FnMut(&World) -> Option<T>) -> T {
        let mut revision = self.0.revision.subscribe();
        loop {
            revision.mark_unchanged();
            if let Some(found) = self.look(&mut probe) {
                return found;
            }
            // The sender lives as long as `self`, so this only ever ends with a change.
            let _ = revision.changed().await;
        }
    }

    /// Makes the next calls fail: `calls` of them, or all until [`Emulator::heal`].
    pub fn disturb(&self, fault: Fault, aim: Aim, calls: Option<u32>) {
        self.change(|world| world.faults.add(fault, aim, calls));
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.change(|world| world.faults.clear());
    }

    /// Gives the bot a raw update, with an `update_id` if it has none.
    pub fn inject(&self, update: Map<String, Value>) {
        self.change(|world| world.updates.inject(update));
    }

    /// Adds a person.
    #[must_use = "the newcomer's id is only known from here"]
    pub fn add_person(&self, name: &str, language: &str) -> Person {
        let id = self.change(|world| {
            let id = world.next_person_id();
            world.add_person(Profile {
                id,
                name: name.to_owned(),
                username: None,
                language: Some(language.to_owned()).filter(|language| !language.is_empty()),
                role: Role::Mover,
            });
            id
        });
        self.person(id)
    }

    /// Adds many people at once, with this access to their private chats; the bot is told nothing. Returns their ids.
    #[must_use = "the newcomers' ids are only known from here"]
    pub fn add_people(&self, count: usize, access: PrivateAccess) -> Vec<i64> {
        self.change(|world| {
            let first = world.next_person_id();
            let ids: Vec<i64> = (first..).take(count).collect();
            for id in &ids {
                world.add_person(Profile {
                    id: *id,
                    name: format!("住民{id}"),
                    username: None,
                    language: Some("ja".to_owned()),
                    role: Role::Mover,
                });
                if let Some(chat) = world.chats.get_mut(id) {
                    chat.set_access(access);
                }
            }
            ids
        })
    }

    /// Changes the world, then wakes everything that waits for a change.
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.lock());
        self.0.revision.send_modify(|revision| *revision += 1);
        result
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
