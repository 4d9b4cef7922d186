//! Whatever two movers and three of the staff do at the same time, with crashes in between: nothing is lost, nothing
//! reaches the wrong person, no note gets out, and a case has one owner.
//!
//! A round is a handful of deeds at once ([`deeds`]), then rest, then a look at everything ([`oracle`]).
//! `CONCIERGE_ROUNDS=10000 cargo test --test e2e interleavings -- --nocapture` plays ten thousand; `CONCIERGE_SEED`
//! plays one town again.

mod deeds;
mod oracle;
mod tally;
mod word;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use annaka_concierge::{
    emulator::{Limits, Shown, town as ids},
    handover::Case,
    metrics::Count,
    outgoing::{To, UserId},
};
use jiff::SignedDuration;

use self::{
    tally::{Announce, Tally},
    word::{Kind, Word},
};
use crate::harness::{Plan, Town, town_with};

/// Rounds of one town.
const ROUNDS_A_TOWN: u64 = 50;
/// Rounds played with all other tests.
const USUAL_ROUNDS: u64 = 200;
/// A minute and a bit: the group's limit is free again.
const A_MINUTE: SignedDuration = SignedDuration::from_secs(61);

/// The same seed plays the same town.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

struct Play<'t> {
    t: &'t Town,
    dice: Dice,
    movers: [i64; 2],
    staff: [i64; 3],
    words: Vec<Word>,
    /// What stood in topics that are no more, by mover, oldest first.
    past: BTreeMap<i64, Vec<Shown>>,
    /// How many of the bot's messages each mover had when we looked last.
    seen: BTreeMap<i64, usize>,
    groups: i64,
    tally: Tally,
}

/// What was done in a round that changes whose a conversation is, or excuses something.
#[derive(Default)]
struct Round {
    /// Where each case stood when it began.
    cases: BTreeMap<i64, Case>,
    /// These cases may have been closed meanwhile, if only for a moment.
    ended: BTreeSet<i64>,
    /// The bot may have had something to say to these, though a person had the case.
    loosened: BTreeSet<i64>,
    /// Who reached for whose case, or was handed it.
    claims: BTreeSet<(i64, i64)>,
    /// Words of these that were held may have been sent by whoever decided about them.
    decided: BTreeSet<i64>,
    /// These could not be written to for a while.
    blocked: BTreeSet<i64>,
    /// These had everything about them forgotten.
    forgotten: BTreeSet<i64>,
    /// These of the staff left the group.
    left: BTreeSet<i64>,
    /// These topics went or were left behind.
    uprooted: BTreeSet<i64>,
    /// The process was stopped or died.
    died: bool,
    /// Results may not have been seen.
    faulty: bool,
}

impl Round {
    /// Whether somebody's words may reach this mover.
    fn may_speak(&self, who: i64, mover: i64) -> bool {
        let owned = self.cases.get(&mover).and_then(Case::owner) == Some(UserId(who));
        owned || self.claims.contains(&(mover, who)) || self.decided.contains(&mover)
    }

    /// Whether somebody's case may have gone to another, or nowhere, while they wrote.
    fn may_have_passed(&self, word: &Word) -> bool {
        let taken = self.claims.iter().any(|(mover, _)| *mover == word.mover);
        taken || self.left.contains(&word.by) || self.ended.contains(&word.mover)
    }

    fn was_live(&self, mover: i64) -> bool {
        self.cases.get(&mover).is_some_and(Case::is_live)
    }

    fn was_owned(&self, mover: i64) -> bool {
        self.cases.get(&mover).is_some_and(|case| case.owner().is_some())
    }
}

impl Play<'_> {
    async fn play(&mut self) {
        // A bot that cannot start waits for the clock, and nobody moves it.
        self.t.idle().await;
        for _ in 0..ROUNDS_A_TOWN {
            self.round().await;
        }
    }

    async fn round(&mut self) {
        let mut round = Round {
            cases: self.cases().await,
            ..Round::default()
        };
        let first_word = self.words.len();
        for _ in 0..=self.dice.roll(8) {
            self.deed(&mut round).await;
        }
        self.rest().await;
        let cases = self.cases().await;
        let lived_on = |mover: i64| {
            let lives = cases.get(&mover).is_some_and(Case::is_live);
            lives && round.was_live(mover) && !round.ended.contains(&mover)
        };
        for word in &mut self.words[first_word..] {
            if word.kind == Kind::ForEither && lived_on(word.mover) {
                word.kind = Kind::ForDesk;
            }
        }
        self.look(first_word, &round, &cases);
    }

    /// What is kept of each mover's case.
    async fn cases(&self) -> BTreeMap<i64, Case> {
        let mut cases = BTreeMap::new();
        for mover in self.movers {
            let case = self.t.app().store().case(UserId(mover)).await.unwrap();
            cases.extend(case.map(|case| (mover, case)));
        }
        cases
    }

    /// Until all is done that can be done.
    async fn rest(&self) {
        self.t.idle().await;
        self.t.emulator.heal();
        for _ in 0..12 {
            self.t.advance(A_MINUTE);
            self.t.idle().await;
            if self.t.app().store().depth() == 0 {
                return;
            }
        }
        let app = self.t.app();
        let left = |to: To| app.store().waiting_for(to);
        let movers = self.movers.map(|mover| {
            let mover = UserId(mover);
            [To::Person(mover), To::Topic(mover), To::TopicAside(mover)].map(left)
        });
        panic!("the outbox does not empty: {movers:?}, {}", left(To::Group));
    }

    /// By the mover's name in its title. A topic nobody has heard of, opened the moment before a crash, stays empty.
    fn topic_of(&self, mover: i64) -> Option<i32> {
        let name = if mover == ids::ANNA { "アンナ" } else { "Ben" };
        let used = self.used_topics();
        let mut topics = self.t.topics().into_iter();
        topics
            .find(|(id, title)| title.contains(name) && used.contains(id))
            .map(|(id, _)| id)
    }

    /// The topics in which the bot has written.
    fn used_topics(&self) -> Vec<i32> {
        let ids = self.t.topics().into_iter().map(|(id, _)| id);
        let written = |shown: &Shown| shown.from.bot && shown.system.is_none();
        ids.filter(|id| self.t.in_topic(*id).iter().any(written))
            .collect()
    }

    /// How many sends may have been repeated, since nobody saw what came of them. It is counted over restarts.
    fn unseen_so_far(&self) -> u64 {
        self.t.count(Count::UnseenResult)
    }
}

async fn play_town(seed: u64) -> Tally {
    let total = RefCell::new(Tally::default());
    let tally = &total;
    let plan = Plan {
        limits: if seed.is_multiple_of(2) {
            Limits::off()
        } else {
            Limits::telegram()
        },
        ..Plan::default()
    };
    town_with(plan, async |t| {
        let third = t.emulator.add_person("さき", "ja");
        third.joins_group().unwrap();
        let (anna, ben) = (t.anna(), t.ben());
        let mut play = Play {
            t,
            dice: Dice(seed),
            movers: [ids::ANNA, ids::BEN],
            staff: [ids::MIO, ids::KEN, third.id()],
            words: Vec::new(),
            past: BTreeMap::new(),
            seen: BTreeMap::new(),
            groups: 0,
            tally: Tally::default(),
        };
        play.play().await;
        *tally.borrow_mut() = play.counted();
        // What they heard was looked at word by word already.
        let (_anna, _ben) = (anna.reads(), ben.reads());
        let letters = t.app().store().dead_letters(10).await.unwrap();
        t.expects_dead_letters(letters.len());
    })
    .await;
    total.into_inner()
}

#[tokio::test]
async fn interleavings_lose_nothing_and_leak_nothing() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    if let Some(seed) = number("CONCIERGE_SEED") {
        let total = play_town(seed).await;
        println!("{total}");
        return;
    }
    let rounds = number("CONCIERGE_ROUNDS").unwrap_or(USUAL_ROUNDS);
    let mut total = Tally::default();
    for seed in 0..rounds.div_ceil(ROUNDS_A_TOWN) {
        let _announce = Announce(seed);
        total.add(&play_town(seed).await);
    }
    println!("{rounds} rounds by two movers and three of the staff: nothing lost, nothing leaked; {total}");
}
