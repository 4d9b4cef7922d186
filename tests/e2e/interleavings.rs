//! Whatever two movers and three of the staff do at the same time, with crashes in between: nothing is lost, nothing
//! reaches the wrong person, no note gets out, and a case has one owner.
//!
//! A round is a handful of deeds at once, then rest, then a look at everything. `CONCIERGE_ROUNDS=10000 cargo test
//! --release --test e2e interleavings -- --nocapture` plays ten thousand; `CONCIERGE_SEED` plays one town again.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use annaka_concierge::{
    emulator::{Aim, Fault, Limits, Shown, town as ids},
    outgoing::UserId,
};
use jiff::SignedDuration;

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

/// Words somebody wrote, by a sign that stands in no other message.
struct Word {
    /// Who wrote it.
    by: i64,
    sign: String,
    mover: i64,
    message: i32,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A mover's, written while a case was live all the time: has to be in the topic.
    ForDesk,
    /// A mover's, at a time when the bot may have had the conversation.
    ForEither,
    /// By one of the staff: reaches the mover if they own the case.
    Staff,
    Note,
}

struct Play<'t> {
    t: &'t Town,
    dice: Dice,
    movers: [i64; 2],
    staff: [i64; 3],
    words: Vec<Word>,
    count: u32,
    /// A send whose result was not seen may be repeated.
    may_repeat: bool,
    seen: BTreeMap<i64, usize>,
}

/// What was done in a round that changes whose a conversation is.
#[derive(Default)]
struct Round {
    /// A case may have been given back or closed.
    ending: bool,
    /// The process was stopped or died.
    died: bool,
    /// Whose each case was when it began.
    owners: BTreeMap<i64, i64>,
    /// Who reached for whose case.
    claims: BTreeSet<(i64, i64)>,
    /// Words of these that were held may have been sent by whoever decided about them.
    decided: BTreeSet<i64>,
}

impl Round {
    /// Whether somebody's words may reach this mover.
    fn may_speak(&self, who: i64, mover: i64) -> bool {
        let (own, claimed) = (
            self.owners.get(&mover) == Some(&who),
            self.claims.contains(&(mover, who)),
        );
        own || claimed || self.decided.contains(&mover)
    }
}

impl Play<'_> {
    async fn play(&mut self) {
        for _ in 0..ROUNDS_A_TOWN {
            self.round().await;
        }
    }

    async fn round(&mut self) {
        let live: BTreeMap<i64, bool> = self.states(|owner| owner.is_some()).await;
        let held: BTreeMap<i64, bool> = self.states(|owner| owner.flatten().is_some()).await;
        let mut round = Round {
            owners: self.owners().await,
            ..Round::default()
        };
        let first_word = self.words.len();
        for _ in 0..=self.dice.roll(5) {
            self.deed(&mut round).await;
        }
        self.rest().await;
        let still: BTreeMap<i64, bool> = self.states(|owner| owner.is_some()).await;
        for word in &mut self.words[first_word..] {
            let is = |states: &BTreeMap<i64, bool>| states.get(&word.mover) == Some(&true);
            if word.kind == Kind::ForEither && !round.ending && is(&live) && is(&still) {
                word.kind = Kind::ForDesk;
            }
        }
        self.look(&held, &round).await;
    }

    async fn owners(&self) -> BTreeMap<i64, i64> {
        let mut owners = BTreeMap::new();
        for mover in self.movers {
            let case = self.t.app().store().case(UserId(mover)).await.unwrap();
            let owner = case.filter(|case| case.is_live()).and_then(|case| case.owner());
            owners.extend(owner.map(|owner| (mover, owner.0)));
        }
        owners
    }

    /// Of each mover: whether there is a live case, and whose it is.
    async fn states(&self, look: impl Fn(Option<Option<UserId>>) -> bool) -> BTreeMap<i64, bool> {
        let mut states = BTreeMap::new();
        for mover in self.movers {
            let case = self.t.app().store().case(UserId(mover)).await.unwrap();
            let owner = case.filter(|case| case.is_live()).map(|case| case.owner());
            states.insert(mover, look(owner));
        }
        states
    }

    async fn deed(&mut self, round: &mut Round) {
        let mover = self.movers[self.dice.roll(2) as usize];
        let who = self.staff[self.dice.roll(3) as usize];
        match self.dice.roll(24) {
            0..6 => self.mover_writes(mover),
            6..8 => self.mover_wishes(mover),
            8..12 => self.staff_writes(who, mover, "", Kind::Staff),
            12 => self.staff_writes(who, mover, "// ", Kind::Note),
            13..17 => {
                round.claims.insert((mover, who));
                self.commands(who, mover, "/take");
            }
            17 => {
                round.ending = true;
                self.commands(who, mover, "/release");
            }
            18 => {
                round.ending = true;
                self.commands(who, mover, "/close 解決した");
            }
            19 => {
                round.decided.insert(mover);
                round.claims.insert((mover, who));
                self.decides_about_held(who, mover);
            }
            20 => self.mover_edits(mover),
            21 => self.flood(),
            22 => self.t.happenings(1 + self.dice.roll(6)).await,
            _ => self.dies_and_rises(round).await,
        }
    }

    fn sign(&mut self) -> String {
        self.count += 1;
        format!("しるし{}番", self.count)
    }

    fn mover_writes(&mut self, mover: i64) {
        let sign = self.sign();
        let message = self.t.emulator.person(mover).says(&sign).unwrap();
        let kind = Kind::ForEither;
        self.words.push(Word {
            by: mover,
            sign,
            mover,
            message,
            kind,
        });
    }

    fn mover_wishes(&mut self, mover: i64) {
        let _message = self.t.emulator.person(mover).says("担当者と話したい").unwrap();
    }

    fn mover_edits(&mut self, mover: i64) {
        let mut own = self
            .words
            .iter()
            .rev()
            .filter(|word| word.mover == mover && matches!(word.kind, Kind::ForDesk | Kind::ForEither));
        if let Some(word) = own.next() {
            let text = format!("{}、直しました", word.sign);
            self.t.emulator.person(mover).edits(word.message, &text).unwrap();
        }
    }

    fn staff_writes(&mut self, who: i64, mover: i64, mark: &str, kind: Kind) {
        let Some(topic) = self.topic_of(mover) else { return };
        let sign = self.sign();
        let person = self.t.emulator.person(who);
        let message = person.says_in(topic, &format!("{mark}{sign}")).unwrap();
        self.words.push(Word {
            by: who,
            sign,
            mover,
            message,
            kind,
        });
    }

    fn commands(&mut self, who: i64, mover: i64, command: &str) {
        if let Some(topic) = self.topic_of(mover) {
            let _message = self.t.emulator.person(who).says_in(topic, command).unwrap();
        }
    }

    fn decides_about_held(&mut self, who: i64, mover: i64) {
        let Some(topic) = self.topic_of(mover) else { return };
        let label = ["引き受けて送る", "再開して送る", "メモにする"][self.dice.roll(3) as usize];
        let has = |shown: &Shown| shown.buttons.iter().flatten().any(|button| button.label == label);
        if let Some(shown) = self.t.in_topic(topic).into_iter().rev().find(has) {
            let person = self.t.emulator.person(who).in_group(Some(topic));
            let _query = person.taps(shown.id, label).unwrap();
        }
    }

    fn flood(&mut self) {
        let (seconds, calls) = (1 + self.dice.roll(3), 1 + self.dice.roll(2) as u32);
        self.t
            .emulator
            .disturb(Fault::Flood { seconds }, Aim::AllButPolling, Some(calls));
    }

    async fn dies_and_rises(&mut self, round: &mut Round) {
        self.t.happenings(self.dice.roll(5)).await;
        // What the bot of before did not finish may have been seen half.
        round.died = true;
        if self.dice.roll(2) == 0 {
            self.may_repeat = true;
            // What answers a tap is not kept: it is worthless by the time the bot is back.
            self.t.forgives_taps();
            self.t.crash().await;
            self.t.start();
        } else {
            self.t.restart().await;
        }
    }

    /// Until all is done that can be done.
    async fn rest(&self) {
        self.t.emulator.heal();
        for _ in 0..10 {
            self.t.idle().await;
            self.t.advance(A_MINUTE);
            self.t.idle().await;
            if self.t.app().store().depth() == 0 {
                return;
            }
        }
        panic!("the outbox does not empty");
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

    fn tally(&self) -> Tally {
        let count = |kind: Kind| self.words.iter().filter(|word| word.kind == kind).count();
        let sent = self.words.iter().filter(|word| {
            let chat = self.t.emulator.look(|world| world.chat(word.mover));
            word.kind == Kind::Staff && chat.iter().any(|shown| shown.text.contains(&word.sign))
        });
        let sent = sent.count();
        Tally {
            passed_on: count(Kind::ForDesk),
            sent,
            noted: count(Kind::Staff) - sent,
            notes: count(Kind::Note),
        }
    }

    async fn look(&mut self, held: &BTreeMap<i64, bool>, round: &Round) {
        let topics = if self.may_repeat {
            self.used_topics()
        } else {
            self.t.topics().into_iter().map(|(id, _)| id).collect()
        };
        assert!(topics.len() <= self.movers.len(), "one topic a mover");
        for mover in self.movers {
            let topic = self
                .topic_of(mover)
                .map(|topic| self.t.in_topic(topic))
                .unwrap_or_default();
            let chat = self.t.emulator.look(|world| world.chat(mover));
            let from_bot: Vec<&Shown> = chat.iter().filter(|shown| shown.from.bot).collect();
            let case = self.t.app().store().case(UserId(mover)).await.unwrap();
            for word in &self.words {
                self.check(word, mover, &from_bot, &topic, case.as_ref());
            }
            // Who is held by a person hears only persons.
            let seen = self.seen.insert(mover, from_bot.len()).unwrap_or_default();
            let news = from_bot.iter().skip(seen);
            for shown in news.clone() {
                let spoke = |word: &&Word| word.kind == Kind::Staff && shown.text.contains(&word.sign);
                if let Some(word) = self.words.iter().find(spoke) {
                    assert!(
                        round.may_speak(word.by, mover),
                        "{} reached {mover} from {}, who did not have the case",
                        word.sign,
                        word.by
                    );
                }
            }
            if held[&mover] && !round.ending && !round.died {
                for shown in news {
                    let by_staff = self
                        .words
                        .iter()
                        .any(|word| word.kind == Kind::Staff && shown.text.contains(&word.sign));
                    let about_desk = ["担当者がこのチャットを見ています", "担当者がお話を伺います"]
                        .iter()
                        .any(|text| shown.text.contains(text))
                        || shown.text.contains("reading this chat")
                        || shown.text.contains("with you now");
                    assert!(
                        by_staff || about_desk,
                        "the bot spoke while a person had the case: {}",
                        shown.text
                    );
                }
            }
        }
    }

    fn check(
        &self,
        word: &Word,
        mover: i64,
        from_bot: &[&Shown],
        topic: &[Shown],
        case: Option<&annaka_concierge::handover::Case>,
    ) {
        let sign = &word.sign;
        let heard = from_bot.iter().filter(|shown| shown.text.contains(sign)).count();
        let by_bot = topic
            .iter()
            .filter(|shown| shown.from.bot && shown.text.contains(sign))
            .count();
        if word.mover != mover {
            assert_eq!(heard, 0, "{sign} leaked to another mover");
            assert_eq!(by_bot, 0, "{sign} stands in another mover's topic");
            return;
        }
        match word.kind {
            Kind::Note => assert_eq!(heard, 0, "the note {sign} was relayed"),
            Kind::ForDesk => assert!(by_bot > 0, "{sign} was lost"),
            Kind::ForEither => {}
            Kind::Staff => {
                let own = topic.iter().find(|shown| shown.id == word.message);
                let marks = own.map(|shown| shown.reactions.concat()).unwrap_or_default();
                let waits =
                    case.is_some_and(|case| case.held.iter().any(|held| held.message.0 == word.message));
                assert_eq!(
                    heard > 0,
                    marks == "👌",
                    "{sign}: heard {heard} times, marked “{marks}”"
                );
                assert!(
                    !marks.is_empty() || waits,
                    "{sign} is neither sent, noted nor held"
                );
                assert!(heard <= 1 || self.may_repeat, "{sign} was sent {heard} times");
            }
        }
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
            count: 0,
            may_repeat: false,
            seen: BTreeMap::new(),
        };
        play.play().await;
        *tally.borrow_mut() = play.tally();
        // What they heard was looked at word by word already.
        let (_anna, _ben) = (anna.reads(), ben.reads());
    })
    .await;
    total.into_inner()
}

#[tokio::test]
async fn interleavings_lose_nothing_and_leak_nothing() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    if let Some(seed) = number("CONCIERGE_SEED") {
        let _tally = play_town(seed).await;
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

/// What happened, so that a quiet town does not pass for a safe one.
#[derive(Default)]
struct Tally {
    passed_on: usize,
    sent: usize,
    noted: usize,
    notes: usize,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.passed_on += other.passed_on;
        self.sent += other.sent;
        self.noted += other.noted;
        self.notes += other.notes;
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            passed_on,
            sent,
            noted,
            notes,
        } = self;
        write!(
            f,
            "{passed_on} words of movers passed on, {sent} of staff sent, {noted} kept among staff, {notes} notes kept"
        )
    }
}

/// Says which town went wrong.
struct Announce(u64);

impl Drop for Announce {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("play it again with CONCIERGE_SEED={}", self.0);
        }
    }
}
