//! The webhook: a route of our own, because teloxide's answers before an update is stored, and removes the webhook when
//! it stops, which is wrong if another instance takes over.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use subtle::ConstantTimeEq;
use teloxide::{Bot, payloads::SetWebhookSetters, requests::Requester};
use url::Url;

use super::{IntakeError, KINDS, accept, persist, raw_update};
use crate::{app::App, metrics::Count};

const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// Far more than any update takes.
const BODY_LIMIT: usize = 1024 * 1024;

/// Where Telegram delivers, and the secret it shows there.
#[derive(Debug, Clone)]
pub struct Webhook {
    pub url: Url,
    pub secret: SecretString,
}

/// The route Telegram delivers to.
pub fn router(app: App, webhook: &Webhook) -> Router {
    Router::new()
        .route(webhook.url.path(), post(deliver))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state((app, webhook.secret.clone()))
}

/// Tells Telegram where to deliver, then waits: the route does the rest. The webhook stays set when the bot stops, so
/// that Telegram keeps updates for the next start.
pub(super) async fn register(app: &App, bot: &Bot, webhook: &Webhook) -> Result<(), IntakeError> {
    persist(app, "set the webhook", || async {
        bot.set_webhook(webhook.url.clone())
            .secret_token(webhook.secret.expose_secret())
            .allowed_updates(KINDS)
            .await
    })
    .await?;
    app.mark_ready();
    std::future::pending().await
}

async fn deliver(
    State((app, secret)): State<(App, SecretString)>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, &'static str) {
    if !shows_secret(&headers, &secret) {
        app.metrics().count(Count::WebhookRefused);
        return (StatusCode::UNAUTHORIZED, "the secret token is missing or wrong");
    }
    let update = match read(&body) {
        Ok(update) => update,
        Err(reason) => {
            app.metrics().count(Count::WebhookMalformed);
            tracing::warn!(
                bytes = body.len(),
                reason,
                "a delivery to the webhook was refused"
            );
            return (StatusCode::BAD_REQUEST, reason);
        }
    };
    match accept(&app, vec![update]).await {
        Ok(()) => (StatusCode::OK, ""),
        Err(error) => {
            tracing::error!(%error, "an update could not be stored; Telegram will deliver it again");
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                "the update could not be stored",
            )
        }
    }
}

fn read(body: &[u8]) -> Result<crate::store::RawUpdate, &'static str> {
    let update: Value = serde_json::from_slice(body).map_err(|_| "the body is not JSON")?;
    raw_update(&update).ok_or("the body has no update_id")
}

/// Compares in constant time.
fn shows_secret(headers: &HeaderMap, secret: &SecretString) -> bool {
    let shown = headers
        .get(SECRET_HEADER)
        .map_or(&[][..], |value| value.as_bytes());
    shown.ct_eq(secret.expose_secret().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::test_app, clock::Clock};

    async fn post(url: &str, secret: Option<&str>, body: &str) -> u16 {
        let mut request = reqwest::Client::new().post(url).body(body.to_owned());
        if let Some(secret) = secret {
            request = request.header(SECRET_HEADER, secret);
        }
        request.send().await.unwrap().status().as_u16()
    }

    #[tokio::test]
    async fn only_whole_updates_with_the_secret_are_taken() {
        let data = tempfile::tempdir().unwrap();
        let app = test_app(data.path(), Clock::system());
        let webhook = Webhook {
            url: "https://example.org/telegram/hook".parse().unwrap(),
            secret: "s3cret-s3cret-s3cret".to_owned().into(),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/telegram/hook", listener.local_addr().unwrap());
        let router = router(app.clone(), &webhook);
        tokio::spawn(async move { axum::serve(listener, router).await });

        let secret = Some("s3cret-s3cret-s3cret");
        assert_eq!(post(&url, None, "{\"update_id\":1}").await, 401);
        assert_eq!(post(&url, Some("wrong"), "{\"update_id\":1}").await, 401);
        assert_eq!(post(&url, secret, "hello").await, 400);
        assert_eq!(post(&url, secret, "{\"id\":1}").await, 400);
        assert_eq!(post(&url, secret, &"x".repeat(BODY_LIMIT + 1)).await, 413);
        assert_eq!(app.store().pending_count(), 0);
        assert_eq!(post(&url, secret, "{\"update_id\":1}").await, 200);
        assert_eq!(post(&url, secret, "{\"update_id\":1}").await, 200);
        assert_eq!(app.store().pending_count(), 1);
        assert_eq!(app.metrics().get(Count::UpdateRepeated), 1);
    }
}
