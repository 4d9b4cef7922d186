//! Deliveries to the bot's webhook: in order, one at a time, each repeated until the bot accepts it.
//!
//! A refused delivery waits in real time, not the world's: a test whose clock stands still must not hang.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::{Emulator, world::World};

/// The header with Telegram's secret.
const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(30);

/// Where updates are posted to.
#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) secret: Option<String>,
    pub(crate) max_connections: u32,
    pub(crate) last_error: Option<(Timestamp, String)>,
}

enum Next {
    Deliver {
        webhook: Webhook,
        update: Value,
        id: u32,
    },
    Stop,
}

/// Delivers until the emulator is shut down.
pub(crate) async fn deliver(emulator: Emulator) {
    let client = reqwest::Client::new();
    let mut pause = FIRST_PAUSE;
    loop {
        let Next::Deliver { webhook, update, id } = emulator.until(next).await else {
            return;
        };
        match post(&client, &webhook, &update).await {
            Ok(()) => {
                emulator.change(|world| world.updates.confirm(i64::from(id) + 1));
                pause = FIRST_PAUSE;
            }
            Err(error) => {
                emulator.change(|world| note_failure(world, error));
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

fn next(world: &World) -> Option<Next> {
    if world.closed {
        return Some(Next::Stop);
    }
    let (id, update) = world.updates.pending().front()?;
    Some(Next::Deliver {
        webhook: world.webhook.clone()?,
        update: update.clone(),
        id: *id,
    })
}

async fn post(client: &reqwest::Client, webhook: &Webhook, update: &Value) -> Result<(), String> {
    let mut request = client.post(&webhook.url).json(update).timeout(PATIENCE);
    if let Some(secret) = &webhook.secret {
        request = request.header(SECRET_HEADER, secret);
    }
    let response = request
        .send()
        .await
        .map_err(|error| error.without_url().to_string())?;
    let status = response.status();
    if status.is_success() {
        Ok(())
    } else {
        Err(format!("Wrong response from the webhook: {status}"))
    }
}

fn note_failure(world: &mut World, error: String) {
    let now = world.now();
    if let Some(webhook) = &mut world.webhook {
        webhook.last_error = Some((now, error));
    }
}
