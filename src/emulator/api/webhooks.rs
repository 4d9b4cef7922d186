//! Setting and deleting the webhook; [`crate::emulator::webhook`] delivers to it.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params};
use crate::emulator::{
    webhook::Webhook,
    world::{UpdateKind, World},
};

#[derive(Deserialize)]
struct SetWebhook {
    url: String,
    #[serde(rename = "ip_address")]
    _ip_address: Option<String>,
    max_connections: Option<u32>,
    allowed_updates: Option<Vec<UpdateKind>>,
    #[serde(default)]
    drop_pending_updates: bool,
    secret_token: Option<String>,
}

/// Unlike Telegram, accepts plain HTTP and any port. An empty address deletes the webhook.
pub(crate) fn set(world: &mut World, params: Params) -> Answer {
    let request: SetWebhook = params.decode()?;
    if request.url.is_empty() {
        return remove(world, request.drop_pending_updates);
    }
    if !request.url.starts_with("http://") && !request.url.starts_with("https://") {
        return Err(ApiError::WebhookUrlInvalid);
    }
    if !request.secret_token.as_deref().is_none_or(is_secret) {
        return Err(ApiError::WebhookSecretInvalid);
    }
    world.updates.allow(request.allowed_updates);
    if request.drop_pending_updates {
        world.updates.clear();
    }
    world.updates.take_over();
    world.webhook = Some(Webhook {
        url: request.url,
        secret: request.secret_token,
        max_connections: request.max_connections.unwrap_or(40),
        last_error: None,
    });
    Ok(json!(true))
}

fn is_secret(secret: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    (1..=256).contains(&secret.len()) && secret.chars().all(allowed)
}

#[derive(Deserialize)]
struct DeleteWebhook {
    #[serde(default)]
    drop_pending_updates: bool,
}

pub(crate) fn delete(world: &mut World, params: Params) -> Answer {
    let request: DeleteWebhook = params.decode()?;
    remove(world, request.drop_pending_updates)
}

fn remove(world: &mut World, drop_pending: bool) -> Answer {
    world.webhook = None;
    if drop_pending {
        world.updates.clear();
    }
    Ok(json!(true))
}

pub(crate) fn info(world: &mut World, params: Params) -> Answer {
    params.done()?;
    let webhook = world.webhook.as_ref();
    let mut info = json!({
        "url": webhook.map_or("", |webhook| &webhook.url),
        "has_custom_certificate": false,
        "pending_update_count": world.pending_updates(),
    });
    if let Some(webhook) = webhook {
        info["max_connections"] = json!(webhook.max_connections);
    }
    if let Some((at, error)) = webhook.and_then(|webhook| webhook.last_error.as_ref()) {
        info["last_error_date"] = json!(at.as_second());
        info["last_error_message"] = json!(error);
    }
    if let Some(kinds) = world.updates.allowed() {
        info["allowed_updates"] = json!(kinds);
    }
    Ok(info)
}
