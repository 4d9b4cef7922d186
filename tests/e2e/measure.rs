//! How long a mover waits: question in to reply out, through HTTP and the durable store.

use std::time::{Duration, Instant};

use annaka_concierge::emulator::{Call, Limits, Shown, World, town as ids};
use futures_util::future::join_all;
use jiff::SignedDuration;

use crate::{
    harness::{PATIENCE, Plan, Town, town_with},
    mover::Actor,
};

const QUESTIONS: usize = 51;
/// In a release build the promise; an unoptimised one, beside other tests, may take ten times as long.
const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 250 } else { 25 });

/// Counted from the calls, since drawing whole chats would be measured too.
fn delivered(world: &World, chat: i64) -> usize {
    let to = |call: &&Call| call.ok && call.chat == Some(chat) && call.method == "sendMessage";
    world.calls().filter(to).count()
}

async fn ask_and_measure(t: &Town, mover: &Actor<'_>) -> Vec<Duration> {
    let words = [
        "安中市移住支援金はだれが対象ですか",
        "Who can get the Relocation Grant?",
        "補助金",
        "家賃の相場は",
    ];
    let mut waits = Vec::new();
    for question in words.into_iter().cycle().take(QUESTIONS) {
        let id = mover.id();
        let wanted = t.emulator.look(|world| delivered(world, id)) + 1;
        let asked = Instant::now();
        mover.says(question);
        let answered = t
            .emulator
            .wait(PATIENCE, |world| (delivered(world, id) >= wanted).then_some(()));
        answered.await.expect("no answer");
        waits.push(asked.elapsed());
        // The pace allows a person one message a second.
        t.advance(SignedDuration::from_secs(1));
    }
    waits
}

#[tokio::test]
async fn a_mover_is_answered_at_once() {
    let plan = Plan {
        limits: Limits::off(),
        ..Plan::default()
    };
    town_with(plan, async |t| {
        let movers = [
            t.anna(),
            t.ben(),
            t.newcomer("Chie", "ja"),
            t.newcomer("Dan", "en"),
        ];
        t.idle().await;
        let waits = join_all(movers.iter().map(|mover| ask_and_measure(t, mover)))
            .await
            .concat();
        // Each mover's first question meets a bot that has just started; it is told apart.
        let firsts: Vec<Duration> = waits.iter().copied().step_by(QUESTIONS).collect();
        let mut waits: Vec<Duration> = waits
            .chunks(QUESTIONS)
            .flat_map(|of_one| of_one[1..].to_vec())
            .collect();
        for mover in &movers {
            let _read = mover.hears().await;
        }
        waits.sort_unstable();
        let (p50, p99) = (waits[waits.len() / 2], waits[waits.len() * 99 / 100]);
        let first = firsts.into_iter().max().unwrap();
        println!(
            "{} questions by 4 movers: p50 {p50:.1?}, p99 {p99:.1?}; the first after a start {first:.1?}",
            waits.len()
        );
        assert!(p99 <= LIMIT, "p99 {p99:?} is more than {LIMIT:?}");
        assert!(first <= LIMIT * 4, "the first answer took {first:?}");
    })
    .await;
}

/// From a mover's word to the topic, and from a person's word to the mover, when no limit holds anything up.
const ACROSS_LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 });
const WORDS: usize = 100;

#[tokio::test]
async fn a_word_is_across_the_desk_at_once() {
    let plan = Plan {
        limits: Limits::off(),
        ..Plan::default()
    };
    town_with(plan, async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let _ = anna.asks("人と話したい").await;
        let _ = mio.taps("引き受ける").await;
        let _ = anna.hears().await;
        let topic = t.topic();
        let (mut there, mut back) = (Vec::new(), Vec::new());
        for number in 0..WORDS {
            let sign = format!("言葉{number}。");
            let said = Instant::now();
            anna.says(&sign);
            there.push(arrives(t, said, |world| world.topic(ids::GROUP, topic), &sign).await);
            let sign = format!("返事{number}。");
            let said = Instant::now();
            mio.says(&sign);
            back.push(arrives(t, said, |world| world.chat(ids::ANNA), &sign).await);
            // The pace allows a group twenty messages a minute.
            t.advance(SignedDuration::from_secs(4));
        }
        let _read = anna.hears().await;
        let (there, back) = (p99(there), p99(back));
        println!("{WORDS} words each way across the desk: p99 {there:.1?} there, {back:.1?} back");
        assert!(
            there <= ACROSS_LIMIT,
            "p99 {there:?} is more than {ACROSS_LIMIT:?}"
        );
        assert!(back <= ACROSS_LIMIT, "p99 {back:?} is more than {ACROSS_LIMIT:?}");
    })
    .await;
}

async fn arrives(t: &Town, said: Instant, chat: impl Fn(&World) -> Vec<Shown>, sign: &str) -> Duration {
    let there = |world: &World| {
        let by_bot = |shown: &Shown| shown.from.bot && shown.text.contains(sign);
        chat(world).iter().any(by_bot).then_some(())
    };
    t.emulator
        .wait(PATIENCE, there)
        .await
        .expect("it does not arrive");
    said.elapsed()
}

fn p99(mut waits: Vec<Duration>) -> Duration {
    waits.sort_unstable();
    waits[waits.len() * 99 / 100]
}
