//! `concierge demo`: the whole bot in a browser, without a token.
//!
//! The bot is the one that runs in the city hall, talking HTTP to the emulator; only the store is a passing one.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use jiff::Timestamp;
use teloxide::Bot;
use tokio::net::TcpListener;

use crate::{
    app::{App, Knowledge, Parts},
    bot::Intake,
    cli::{demo_event, serve},
    clock::Clock,
    config::Desk,
    conversation::Retention,
    emulator::{Emulator, Setup, town},
    outgoing::ChatId,
    phrases::Phrases,
    store::Store,
};

#[derive(Debug, clap::Args)]
pub(super) struct DemoArgs {
    /// The port of the page, on this machine only
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The clock shows this moment first and runs on (RFC 3339) [default: now]
    #[arg(long, value_name = "TIME")]
    clock_start: Option<Timestamp>,
    /// The knowledge folder
    #[arg(long, env = "CONCIERGE_KNOWLEDGE", default_value = "knowledge")]
    knowledge: PathBuf,
}

pub(super) async fn run(args: DemoArgs) -> anyhow::Result<()> {
    let page = listen(args.port).await?;
    let data = PassingFolder::make().context("Cannot make a folder for the demo's store")?;
    let clock = args.clock_start.map_or_else(Clock::system, Clock::running_from);
    let knowledge = Arc::new(Knowledge::read(&args.knowledge)?);
    let demo = Demo::open(page, clock, (knowledge, args.knowledge), &data.0).await?;
    announce(&demo.url());
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    demo.play(interrupted).await
}

/// The emulated town and the bot in it.
pub struct Demo {
    app: App,
    emulator: Emulator,
}

impl Demo {
    /// Serves the page on `page`; the bot comes with [`Demo::play`]. It answers from `knowledge`, read from the folder
    /// beside it, and keeps what it keeps in `data`.
    ///
    /// # Errors
    /// When the store in `data` cannot be opened.
    pub async fn open(
        page: TcpListener,
        clock: Clock,
        knowledge: (Arc<Knowledge>, PathBuf),
        data: &Path,
    ) -> anyhow::Result<Self> {
        let app = open(clock, knowledge, data)?;
        demo_event::announce(&app).await?;
        let emulator = Emulator::start(setup(&app), page, stopped(app.clone())).await?;
        Ok(Self { app, emulator })
    }

    /// Where the page is.
    #[must_use]
    pub fn url(&self) -> String {
        self.emulator.url()
    }

    /// The bot that is going to play, to look into.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Telegram's side.
    #[must_use]
    pub fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// Lets the bot talk until `shutdown`.
    ///
    /// # Errors
    /// When a part of the bot fails.
    pub async fn play(self, shutdown: impl Future<Output = ()>) -> anyhow::Result<()> {
        let api = self.url().parse().context("The emulator has no address")?;
        let bot = Bot::new(town::TOKEN).set_api_url(api);
        let http = TcpListener::bind(("127.0.0.1", 0))
            .await
            .context("Cannot open a local port")?;
        serve(self.app, bot, Intake::Poll, http, shutdown).await
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the address is what the person at the terminal waits for"
)]
fn announce(url: &str) {
    println!("Open {url} in a browser. Ctrl-C ends the demo; nothing is kept.");
}

async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => {
                anyhow::anyhow!("Port {port} is in use by another program; choose one with --port")
            }
            _ => anyhow::anyhow!("Cannot listen on port {port}: {error}"),
        })
}

fn open(clock: Clock, knowledge: (Arc<Knowledge>, PathBuf), data: &Path) -> anyhow::Result<App> {
    let (knowledge, knowledge_folder) = knowledge;
    let desk = Desk {
        staff_chat: Some(ChatId(town::GROUP)),
        ..Desk::default()
    };
    Ok(App::new(Parts {
        store: Store::open(data, clock.clone())?,
        clock,
        phrases: Phrases::load()?,
        desk,
        knowledge,
        knowledge_folder,
        embeddings: None,
        retention: Retention::default(),
    }))
}

fn setup(app: &App) -> Setup {
    let (clock, moved) = (app.clock().clone(), app.clone());
    Setup {
        move_clock: Some(Arc::new(move |step| {
            moved.clock().advance(step);
            moved.clock_moved();
        })),
        page: true,
        ..Setup::town(Arc::new(move || clock.now()))
    }
}

async fn stopped(app: App) {
    app.stopping().await;
}

/// A folder that is gone when the demo is.
struct PassingFolder(PathBuf);

impl PassingFolder {
    fn make() -> io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("annaka-concierge-demo-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for PassingFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::debug!(%error, "the demo's folder could not be removed");
        }
    }
}
