//! How long a mover waits: question in to reply out, through HTTP and the durable store.

use std::time::{Duration, Instant};

use annaka_concierge::emulator::Limits;
use futures_util::future::join_all;
use jiff::SignedDuration;

use crate::harness::{Actor, PATIENCE, Plan, Town, town_with};

const QUESTIONS: usize = 50;
/// In a release build the promise; an unoptimised one, beside other tests, may take ten times as long.
const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 250 } else { 25 });

async fn ask_and_measure(t: &Town, mover: &Actor<'_>) -> Vec<Duration> {
    let words = [
        "安中市移住支援金はだれが対象ですか",
        "Who can get the Relocation Grant?",
        "補助金",
        "家賃の相場は",
    ];
    let mut waits = Vec::new();
    for question in words.into_iter().cycle().take(QUESTIONS) {
        let wanted = mover.answers() + 1;
        let asked = Instant::now();
        mover.says(question);
        let id = mover.id();
        let answered = t.emulator.wait(PATIENCE, |world| {
            let answers = world.chat(id).iter().filter(|shown| shown.from.bot).count();
            (answers >= wanted).then_some(())
        });
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
        let mut waits = join_all(movers.iter().map(|mover| ask_and_measure(t, mover)))
            .await
            .concat();
        for mover in &movers {
            let _read = mover.hears().await;
        }
        waits.sort_unstable();
        let (p50, p99) = (waits[waits.len() / 2], waits[waits.len() * 99 / 100]);
        println!(
            "{} questions by 4 movers: p50 {p50:.1?}, p99 {p99:.1?}",
            waits.len()
        );
        assert!(p99 <= LIMIT, "p99 {p99:?} is more than {LIMIT:?}");
    })
    .await;
}
