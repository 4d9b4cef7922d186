//! The whole running bot: starts every part, ends them together.
//!
//! Everything comes in as an argument (listener, clock, store, API address), so that tests and the demo run the very
//! bot that runs in the city hall, many at a time.

use std::{future::Future, time::Duration};

use anyhow::{anyhow, bail};
use axum::Router;
use teloxide::Bot;
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    app::App,
    bot::{self, Intake, intake::webhook},
    http, jobs,
};

/// How long work in hand may take once the bot was told to stop.
const DRAIN: Duration = Duration::from_secs(10);

type Parts = JoinSet<anyhow::Result<()>>;

/// Runs the bot until `shutdown` resolves or a part fails; then finishes what is in hand, within ten seconds.
///
/// # Errors
/// The failure of the part that ended it.
pub async fn serve(
    app: App,
    bot: Bot,
    intake: Intake,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    if let Some(group) = app.desk().staff_chat {
        app.serves_group(group).await?;
    }
    app.sync_calendar().await?;
    let mut parts = start(&app, &bot, intake, listener);
    let ended = tokio::select! {
        () = shutdown => Ok(()),
        failure = app.store().failure() => Err(failure.into()),
        Some(ended) = parts.join_next() => Err(failure_of(ended)),
    };
    app.shutdown();
    tracing::info!("stopping: finishing what is in hand");
    let drained = tokio::time::timeout(DRAIN, drain(&mut parts)).await;
    parts.shutdown().await;
    match (ended, drained) {
        (Err(failure), _) => Err(failure),
        (Ok(()), Ok(drained)) => drained,
        (Ok(()), Err(_)) => {
            tracing::warn!("not everything in hand was finished; it is in the store for the next start");
            Ok(())
        }
    }
}

fn start(app: &App, bot: &Bot, intake: Intake, listener: TcpListener) -> Parts {
    let route = match &intake {
        Intake::Poll => Router::new(),
        Intake::Webhook(hook) => webhook::router(app.clone(), hook),
    };
    let mut parts = Parts::new();
    let served = http::run(app.clone(), listener, route);
    parts.spawn(async { Ok(served.await?) });
    let talking = bot::run(app.clone(), bot.clone(), intake);
    parts.spawn(async { Ok(talking.await?) });
    let delivering = jobs::deliver::run(app.clone(), bot.clone());
    parts.spawn(async { Ok(delivering.await?) });
    let watching = jobs::desk::run(app.clone());
    parts.spawn(async { Ok(watching.await?) });
    let telling = jobs::wanted::run(app.clone());
    parts.spawn(async { Ok(telling.await?) });
    let reminding = jobs::remind::run(app.clone());
    parts.spawn(async { Ok(reminding.await?) });
    let broadcasting = jobs::broadcast::run(app.clone());
    parts.spawn(async { Ok(broadcasting.await?) });
    let counting = jobs::weekly::run(app.clone());
    parts.spawn(async { Ok(counting.await?) });
    let reloading = jobs::reload::run(app.clone());
    parts.spawn(async { Ok(reloading.await?) });
    let sweeping = jobs::sweep::run(app.clone());
    parts.spawn(async { Ok(sweeping.await?) });
    parts
}

/// A part that ends before it is told to is a failure, also when it does not say so.
fn failure_of(ended: Result<anyhow::Result<()>, tokio::task::JoinError>) -> anyhow::Error {
    match ended {
        Ok(Err(error)) => error,
        Ok(Ok(())) => anyhow!("A part of the bot ended by itself; please report this with the log"),
        // The words of a panic could quote what a mover wrote.
        Err(_) => anyhow!("A part of the bot panicked; please report this with the log"),
    }
}

async fn drain(parts: &mut Parts) -> anyhow::Result<()> {
    while let Some(ended) = parts.join_next().await {
        match ended {
            Ok(result) => result?,
            Err(_) => bail!("A part of the bot panicked while stopping; please report this with the log"),
        }
    }
    Ok(())
}
