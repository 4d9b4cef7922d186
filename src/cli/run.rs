//! `concierge run`: the bot against Telegram.

use anyhow::Context;
use secrecy::ExposeSecret;
use teloxide::Bot;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::{
    app::{App, Knowledge, Parts},
    bot::{Intake, Webhook},
    cli::{located::Located, serve},
    clock::Clock,
    config::{Config, ConfigError},
    http,
    phrases::Phrases,
    store::Store,
};

#[derive(Debug, clap::Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    located: Located,
}

pub(super) async fn run(args: RunArgs) -> anyhow::Result<()> {
    let config = args.located.config()?;
    let (bot, intake) = (bot(&config)?, intake(&config)?);
    // Before anything is opened: a signal that comes early must not be lost.
    let (mut terminate, mut interrupt) = (on(SignalKind::terminate())?, on(SignalKind::interrupt())?);
    let hangup = on(SignalKind::hangup())?;
    let listener = http::listen(config.http).await?;
    let app = open(&config).await?;
    tracing::info!(http = %config.http, desk = %config.desk, "the concierge starts");
    let reloads = tokio::spawn(reload_on(hangup, app.clone()));
    let shutdown = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    let served = serve(app, bot, intake, listener, shutdown).await;
    reloads.abort();
    served
}

async fn open(config: &Config) -> anyhow::Result<App> {
    let clock = config.clock_start.map_or_else(Clock::system, Clock::running_from);
    let store = Store::open(&config.data, clock.clone())?;
    let knowledge = Knowledge::at_start(&store, &config.knowledge).await?;
    tracing::info!(
        revision = %knowledge.revision.id,
        entries = knowledge.revision.entries.len(),
        "knowledge in force"
    );
    Ok(App::new(Parts {
        store,
        clock,
        phrases: Phrases::load()?,
        desk: config.desk.clone(),
        knowledge: knowledge.into(),
        knowledge_folder: config.knowledge.clone(),
        embeddings: config.embeddings.clone(),
        retention: config.retention,
    }))
}

fn bot(config: &Config) -> Result<Bot, ConfigError> {
    let bot = Bot::new(config.token()?.expose_secret());
    Ok(match &config.api_url {
        Some(url) => bot.set_api_url(url.clone()),
        None => bot,
    })
}

fn intake(config: &Config) -> Result<Intake, ConfigError> {
    match &config.webhook_url {
        Some(url) => Ok(Intake::Webhook(Webhook {
            url: url.clone(),
            secret: config.webhook_secret()?,
        })),
        None => Ok(Intake::Poll),
    }
}

fn on(kind: SignalKind) -> anyhow::Result<Signal> {
    signal(kind).context("Cannot listen for signals")
}

async fn reload_on(mut hangup: Signal, app: App) {
    while hangup.recv().await.is_some() {
        if let Err(error) = app.reload().await {
            tracing::error!(%error, "the knowledge was not reloaded; what was in force stays");
        }
    }
}
