//! What it costs that a step is on the disk, not only written, before it counts.
//!
//! `cargo bench --bench sync` keeps steps one after another and 64 at a time, each with and without asking the disk; the
//! store lies below the target folder, so on the disk this is built on.

use std::time::{Duration, Instant};

use annaka_concierge::{
    clock::Clock,
    conversation::Conversation,
    crashpoints::Crashpoints,
    lang::Lang,
    outgoing::{Act, Html, Outgoing, UpdateId, UserId, Voice},
    store::{Disk, Step, Store},
};
use futures_util::future::try_join_all;

/// Each figure is of so long.
const MEASURED: Duration = Duration::from_secs(3);
const TOGETHER: u32 = 64;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (with, without) = (Disk::default, || Disk::that(|_| Ok(())));
    let one = (steps(with(), 1).await?, steps(without(), 1).await?);
    let many = (steps(with(), TOGETHER).await?, steps(without(), TOGETHER).await?);
    println!(
        "steps a second, synced and not: {} and {} one after another, {} and {} by {TOGETHER} at once",
        one.0, one.1, many.0, many.1
    );
    Ok(())
}

/// How many steps a second become durable when so many are made at once.
async fn steps(disk: Disk, together: u32) -> anyhow::Result<u64> {
    let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let clock = Clock::system();
    let store = Store::open_on(disk, data.path(), clock.clone(), Crashpoints::default())?;
    let (mut last, began) = (0, Instant::now());
    while began.elapsed() < MEASURED {
        let numbers = last + 1..=last + together;
        last += together;
        try_join_all(numbers.map(|number| store.commit_step(step(number, &clock)))).await?;
    }
    let seconds = began.elapsed().as_secs_f64();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a figure for people"
    )]
    let rate = (f64::from(last) / seconds).round() as u64;
    Ok(rate)
}

/// As a question leaves it: an update handled, a conversation, an answer to send.
fn step(number: u32, clock: &Clock) -> Step {
    let mover = UserId(i64::from(number % 1000));
    let answer = Act::say(Html::text(
        &"答えは、この町の紙に書いてあるとおりです。".repeat(10),
    ));
    Step {
        conversation: Some(Conversation::new(mover, Lang::Ja, clock.now())),
        outgoing: vec![Outgoing::to_person(mover, Voice::Needed, answer)],
        ..Step::handling(UpdateId(number))
    }
}
