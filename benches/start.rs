//! How long the bot takes to be ready and to stop, and what memory it needs while nobody writes to it.
//!
//! `cargo bench --bench start` runs the release program against the emulator: once with an empty store, so that it
//! learns, then from the store. Memory is read from `/proc`, so this is for Linux.
//!
//! `CONCIERGE_PEOPLE=100000 CONCIERGE_HANDLED=1000000` fills the store first with so many movers, and marks of so many
//! handled updates.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command},
    sync::Arc,
    time::{Duration, Instant},
};

use annaka_concierge::{
    clock::Clock,
    conversation::Conversation,
    emulator::{Emulator, Setup},
    lang::Lang,
    outgoing::{UpdateId, UserId},
    store::{Step, Store},
};
use anyhow::{Context, ensure};

/// Formed like a real one, as the program insists.
const TOKEN: &str = "7000000001:demo-token-that-opens-nothing-000000";
/// How often the bot is started from its store.
const STARTS: usize = 5;
/// How often it is asked whether it is ready.
const ASKING: Duration = Duration::from_millis(2);
/// Longer than any start on any machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// After so long without a message the bot is idle.
const SETTLING: Duration = Duration::from_secs(1);

/// So many steps share one flush while the store is filled.
const TOGETHER: usize = 2000;

/// One life of the bot.
struct Life {
    ready: Duration,
    /// Resident memory when idle, in MB.
    memory: u64,
    stop: Duration,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let clock = Clock::system();
    let setup = Setup {
        token: TOKEN.to_owned(),
        ..Setup::town(Arc::new(move || clock.now()))
    };
    let emulator = Emulator::start(setup, listener, std::future::pending()).await?;
    let data = tempfile::tempdir()?;
    let first = live(&emulator, data.path()).await?;
    println!("first start, which learns: {}", told(&[first]));
    let (people, handled) = (wanted("CONCIERGE_PEOPLE")?, wanted("CONCIERGE_HANDLED")?);
    if people + handled > 0 {
        let begun = Instant::now();
        fill(data.path(), people, handled).await?;
        println!(
            "{people} people, {handled} handled updates written in {} s",
            begun.elapsed().as_secs()
        );
    }
    let mut lives = Vec::new();
    for _ in 0..STARTS {
        lives.push(live(&emulator, data.path()).await?);
    }
    println!("{}", told(&lives));
    Ok(())
}

fn wanted(name: &str) -> anyhow::Result<u32> {
    match std::env::var(name) {
        Ok(count) => count.parse().with_context(|| format!("{name} is no number")),
        Err(_) => Ok(0),
    }
}

/// Fills the store as years of use would: one step an update, the movers taking turns.
async fn fill(data: &Path, people: u32, handled: u32) -> anyhow::Result<()> {
    let clock = Clock::system();
    let store = Store::open(data, clock.clone())?;
    let all: Vec<u32> = (1..=people.max(handled)).collect();
    for some in all.chunks(TOGETHER) {
        let steps = some.iter().map(|&number| {
            let mover = UserId(2_000_000 + i64::from(number));
            store.commit_step(Step {
                update: (number <= handled).then_some(UpdateId(number)),
                conversation: (number <= people).then(|| Conversation::new(mover, Lang::Ja, clock.now())),
                ..Step::default()
            })
        });
        futures_util::future::try_join_all(steps).await?;
    }
    Ok(())
}

fn told(lives: &[Life]) -> String {
    format!(
        "start to ready: median {} ms of {}, idle RSS {} MB, stop on SIGTERM {} ms",
        median(lives, |life| life.ready.as_millis()),
        lives.len(),
        median(lives, |life| life.memory),
        median(lives, |life| life.stop.as_millis()),
    )
}

fn median<N: Ord + Copy>(lives: &[Life], of: impl Fn(&Life) -> N) -> N {
    let mut all: Vec<N> = lives.iter().map(of).collect();
    all.sort_unstable();
    all[all.len() / 2]
}

/// Starts the bot, lets it be, and stops it.
async fn live(emulator: &Emulator, data: &Path) -> anyhow::Result<Life> {
    let http = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let begun = Instant::now();
    let mut bot = Command::new(env!("CARGO_BIN_EXE_concierge"))
        .arg("run")
        .env("TELOXIDE_TOKEN", TOKEN)
        .env("TELOXIDE_API_URL", emulator.url())
        .env("CONCIERGE_DATA", data)
        .env("CONCIERGE_HTTP", http.to_string())
        .env(
            "CONCIERGE_KNOWLEDGE",
            concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge"),
        )
        .env("CONCIERGE_LOG", "warn")
        .spawn()?;
    let life = watch(&mut bot, &format!("http://{http}/ready"), begun).await;
    if life.is_err() {
        bot.kill()?;
        bot.wait()?;
    }
    life
}

async fn watch(bot: &mut Child, ready_at: &str, begun: Instant) -> anyhow::Result<Life> {
    while !is_ready(ready_at).await {
        ensure!(begun.elapsed() < PATIENCE, "the bot does not get ready");
        ensure!(bot.try_wait()?.is_none(), "the bot ended by itself");
        tokio::time::sleep(ASKING).await;
    }
    let ready = begun.elapsed();
    tokio::time::sleep(SETTLING).await;
    let memory = resident_megabytes(bot.id())?;
    let told = Instant::now();
    Command::new("kill").arg(bot.id().to_string()).status()?;
    ensure!(bot.wait()?.success(), "the bot did not stop well");
    Ok(Life {
        ready,
        memory,
        stop: told.elapsed(),
    })
}

async fn is_ready(url: &str) -> bool {
    reqwest::get(url)
        .await
        .is_ok_and(|answer| answer.status().is_success())
}

fn resident_megabytes(process: u32) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes: u64 = line
        .and_then(|rest| rest.split_whitespace().next())
        .context("the system does not tell the memory of a process")?
        .parse()?;
    Ok(kilobytes / 1024)
}
