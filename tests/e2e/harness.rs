//! A town for one story: Telegram's side, a store and a clock of its own, and the real bot between them.
//!
//! Nothing here waits for time to pass. The clock stands until a story moves it; whoever waits, waits for the bot to
//! have nothing more to do.

use std::{
    cell::{Cell, RefCell},
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use annaka_concierge::{
    app::App,
    clock::{Clock, from_city},
    config::{Desk, Embeddings},
    crashpoints::Crashpoints,
    emulator::{Emulator, Limits, Setup, World, town as ids},
    metrics::Count,
    outgoing::{ChatId, UserId},
};
use jiff::{SignedDuration, civil::DateTime};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::{
    group::DeskSeen,
    life::{Cradle, Life, knowledge, real_knowledge},
    mover::{Actor, Mover, drawn},
};

/// Real time no wait in these stories comes near to.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// It has one clear answer.
pub(crate) const QUESTION: &str = "安中市移住支援金はだれが対象ですか";
/// Some other group the bot was brought into.
pub(crate) const ELSEWHERE: i64 = -1_001_000_000_555;
/// Who runs the concierge.
const YUKI: i64 = ids::KEN + 1;
/// When every story begins: a Saturday evening in the city.
const BEGINNING: &str = "2026-11-21T10:00:00Z";

/// How a story's town differs from the usual one.
pub(crate) struct Plan {
    pub(crate) webhook: bool,
    pub(crate) limits: Limits,
    /// How many of the bot's calls the emulator remembers.
    pub(crate) calls_kept: usize,
    /// Where the bot reads its knowledge again.
    pub(crate) knowledge_folder: PathBuf,
    /// Somebody runs the concierge and hears of its troubles: Yuki.
    pub(crate) owned: bool,
    /// The settings name the concierge group.
    pub(crate) connected: bool,
    /// A colleague has to confirm what is told to many.
    pub(crate) needs_second: bool,
    /// Who looks a second time at choices.
    pub(crate) embeddings: Option<Embeddings>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            webhook: false,
            limits: Limits::telegram(),
            calls_kept: 5000,
            knowledge_folder: real_knowledge(),
            owned: false,
            connected: true,
            needs_second: false,
            embeddings: None,
        }
    }
}

impl Plan {
    /// Somebody runs the concierge.
    pub(crate) fn owned() -> Self {
        Self {
            owned: true,
            ..Self::default()
        }
    }
}

pub(crate) struct Town {
    pub(crate) emulator: Emulator,
    pub(crate) clock: Clock,
    cradle: Cradle,
    life: RefCell<Option<Life>>,
    movers: RefCell<Vec<Mover>>,
    pub(crate) desk_seen: DeskSeen,
    dead_letters: Cell<usize>,
    forgives_taps: Cell<bool>,
    data: TempDir,
}

/// Tells a story in the usual town.
pub(crate) async fn town(story: impl AsyncFnOnce(&Town)) {
    town_with(Plan::default(), story).await;
}

/// Tells a story, and then looks whether all was well.
pub(crate) async fn town_with(plan: Plan, story: impl AsyncFnOnce(&Town)) {
    let town = Town::found(plan).await;
    story(&town).await;
    town.end().await;
}

impl Town {
    async fn found(plan: Plan) -> Self {
        drop(knowledge());
        let clock = Clock::standing_at(BEGINNING.parse().unwrap());
        let reader = clock.clone();
        let setup = Setup {
            limits: plan.limits,
            calls_kept: plan.calls_kept,
            ..Setup::town(Arc::new(move || reader.now()))
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let emulator = Emulator::start(setup, listener, std::future::pending())
            .await
            .unwrap();
        let yuki = emulator.add_person("ゆき", "ja").id();
        assert_eq!(yuki, YUKI, "who comes first has the first number");
        let desk = Desk {
            staff_chat: plan.connected.then_some(ChatId(ids::GROUP)),
            owners: plan.owned.then_some(UserId(YUKI)).into_iter().collect(),
            broadcast_needs_second: plan.needs_second,
        };
        let data = tempfile::tempdir().unwrap();
        let cradle = Cradle {
            api: emulator.url(),
            clock: clock.clone(),
            data: data.path().to_owned(),
            knowledge_folder: plan.knowledge_folder,
            webhook: plan.webhook,
            desk: RefCell::new(desk),
            embeddings: plan.embeddings,
            crashpoints: Crashpoints::armable(),
        };
        Self {
            life: RefCell::new(Some(Life::begin(&cradle))),
            movers: RefCell::default(),
            desk_seen: DeskSeen::default(),
            dead_letters: Cell::default(),
            forgives_taps: Cell::default(),
            emulator,
            clock,
            cradle,
            data,
        }
    }

    /// Her Telegram speaks Japanese.
    pub(crate) fn anna(&self) -> Actor<'_> {
        self.mover(ids::ANNA)
    }

    /// His Telegram speaks English.
    pub(crate) fn ben(&self) -> Actor<'_> {
        self.mover(ids::BEN)
    }

    /// Runs the concierge, in the stories that need somebody who does.
    pub(crate) fn yuki(&self) -> Actor<'_> {
        self.mover(YUKI)
    }

    /// Somebody whose Telegram is set to this language.
    pub(crate) fn newcomer(&self, name: &str, language: &str) -> Actor<'_> {
        self.mover(self.emulator.add_person(name, language).id())
    }

    /// The private chat of anybody with this number.
    pub(crate) fn mover(&self, id: i64) -> Actor<'_> {
        let mut movers = self.movers.borrow_mut();
        let known = movers.iter().find(|mover| mover.id() == id).cloned();
        let mover = known.unwrap_or_else(|| {
            let mover = Mover::new(self.emulator.person(id), self.emulator.clone());
            movers.push(mover.clone());
            mover
        });
        Actor { mover, town: self }
    }

    pub(crate) fn app(&self) -> App {
        let life = self.life.borrow();
        life.as_ref().expect("the bot does not run").app.clone()
    }

    /// An address of the bot's own HTTP.
    pub(crate) fn http(&self, path: &str) -> String {
        let life = self.life.borrow();
        format!(
            "http://{}{path}",
            life.as_ref().expect("the bot does not run").http
        )
    }

    /// Waits until the bot has taken in and done all there is to do now.
    pub(crate) async fn idle(&self) {
        let app = self.app();
        let confirmed = |world: &World| (app.is_ready() && world.pending_updates() == 0).then_some(());
        let taken_in = self.emulator.wait(PATIENCE, confirmed).await;
        assert!(
            taken_in.is_some(),
            "the bot does not take updates in\n{}",
            self.transcript()
        );
        let idle = tokio::time::timeout(PATIENCE, app.idle()).await;
        assert!(
            idle.is_ok(),
            "the bot does not come to rest\n{}",
            self.transcript()
        );
    }

    pub(crate) fn advance(&self, step: SignedDuration) {
        self.clock.advance(step);
        if let Some(life) = self.life.borrow().as_ref() {
            life.app.clock_moved();
        }
    }

    /// Time enough for everything that is tried again.
    pub(crate) async fn settles(&self) {
        for _ in 0..3 {
            self.idle().await;
            self.advance(SignedDuration::from_mins(1));
        }
        self.idle().await;
    }

    /// Lets time pass until the city's clocks show this.
    pub(crate) fn clock_shows(&self, shown: &str) {
        let shown: DateTime = shown.parse().unwrap();
        let at = from_city(shown).unwrap();
        self.advance(at.duration_since(self.clock.now()));
    }

    /// The settings name the concierge group, from the next start on.
    pub(crate) fn names_the_group(&self) {
        self.cradle.desk.borrow_mut().staff_chat = Some(ChatId(ids::GROUP));
    }

    /// The settings name the group by the id it has now, from the next start on.
    pub(crate) fn names_the_group_as_it_is(&self) {
        self.cradle.desk.borrow_mut().staff_chat = Some(ChatId(self.group()));
    }

    /// Stops the bot, as SIGTERM does.
    pub(crate) async fn stop(&self) {
        let life = self.life.take();
        life.expect("the bot does not run").end().await;
    }

    /// The bot's process dies.
    pub(crate) async fn crash(&self) {
        let life = self.life.take();
        life.expect("the bot does not run").end_suddenly().await;
    }

    /// Where a process of this town can be made to die.
    pub(crate) fn crashpoints(&self) -> &Crashpoints {
        &self.cradle.crashpoints
    }

    /// What the bot keeps.
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// A new process opens the same store.
    pub(crate) fn start(&self) {
        self.life.replace(Some(Life::begin(&self.cradle)));
    }

    pub(crate) async fn restart(&self) {
        self.stop().await;
        self.start();
    }

    /// Hands the bot an update Telegram has no person for.
    pub(crate) fn inject(&self, update: Value) {
        let Value::Object(update) = update else {
            panic!("an update is an object")
        };
        self.emulator.inject(update);
    }

    pub(crate) fn count(&self, what: Count) -> u64 {
        self.app().metrics().get(what)
    }

    /// How many calls of a method were carried out.
    pub(crate) fn calls(&self, method: &str) -> usize {
        let of = |world: &World| {
            world
                .calls()
                .filter(|call| call.ok && call.method == method)
                .count()
        };
        self.emulator.look(of)
    }

    /// So many messages end as dead letters in this story.
    pub(crate) fn expects_dead_letters(&self, count: usize) {
        self.dead_letters.set(count);
    }

    /// A tap may stay without an answer: it is not kept, and a power cut takes it.
    pub(crate) fn forgives_taps(&self) {
        self.forgives_taps.set(true);
    }

    /// All that was written so far, for whoever has to find out what went wrong.
    pub(crate) fn transcript(&self) -> String {
        let mut text = String::new();
        for mover in self.movers.borrow().iter() {
            let _infallible = writeln!(text, "=== chat of {}", mover.id());
            for shown in self.emulator.look(|world| world.chat(mover.id())) {
                let _infallible = writeln!(text, "{}: {}", shown.from.name, drawn(&shown));
            }
        }
        let _infallible = writeln!(text, "=== the concierge group\n{}", self.group_transcript());
        text
    }

    async fn end(&self) {
        if self.life.borrow().is_none() {
            self.start();
        }
        self.idle().await;
        let app = self.app();
        let dead = app.store().dead_letters(10).await.unwrap();
        assert_eq!(dead.len(), self.dead_letters.get(), "dead letters: {dead:#?}");
        assert_eq!(self.count(Count::HandlerPanic), 0, "a step panicked");
        let unanswered = self
            .emulator
            .look(|world| world.taps().filter(|tap| tap.answer.is_none()).count());
        assert!(
            unanswered == 0 || self.forgives_taps.get(),
            "taps without an answer"
        );
        for mover in self.movers.borrow().iter() {
            assert_eq!(mover.reads(), "", "nobody in the story heard this");
        }
        drop(app);
        self.stop().await;
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.transcript());
        }
    }
}
