//! Long polling. The next request confirms the updates of the last one, so it goes out only when those are durable.
//!
//! The request is made here instead of by teloxide, whose types would drop the fields they do not know.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use teloxide::{Bot, payloads::DeleteWebhookSetters, requests::Requester};
use tokio::time::Instant;
use url::Url;

use super::{IntakeError, KINDS, Line, accept, persist, raw_update};
use crate::{
    app::{App, logged},
    metrics::Count,
    outgoing::UpdateId,
    store::RawUpdate,
};

/// How long Telegram may hold a request: well below the client's own limit of 17 seconds.
const HOLD_SECONDS: u64 = 10;
/// Far more than a hundred updates take; a larger answer counts as a failure.
const LARGEST_ANSWER: usize = 16 * 1024 * 1024;

enum Polled {
    Updates(Vec<Value>),
    Unauthorized,
    Conflict(String),
    Wait(Duration),
    /// Described without the address, which contains the token.
    Failed(String),
}

#[derive(Deserialize)]
struct Reply {
    result: Option<Vec<Value>>,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

pub(super) async fn run(app: &App, bot: &Bot) -> Result<(), IntakeError> {
    persist(app, "switch off the webhook", || async {
        bot.delete_webhook().drop_pending_updates(false).await
    })
    .await?;
    let mut line = Line::default();
    loop {
        let offset = app.store().next_offset().await?;
        let hold = if app.is_ready() { HOLD_SECONDS } else { 0 };
        let wait = match get_updates(bot, offset, hold).await {
            Polled::Updates(updates) => {
                app.mark_ready();
                line.answered();
                accept(app, updates.iter().filter_map(numbered).collect()).await?;
                continue;
            }
            Polled::Unauthorized => return Err(IntakeError::BadToken),
            Polled::Conflict(words) => match line.conflicted(&logged::words(&words), Instant::now()) {
                Some(wait) => wait,
                None => return Err(IntakeError::Conflict(logged::words(&words))),
            },
            Polled::Wait(wait) => wait,
            Polled::Failed(error) => {
                app.metrics().count(Count::PollFailed);
                line.failed("ask Telegram for updates", &error)
            }
        };
        tokio::time::sleep(wait).await;
    }
}

fn numbered(update: &Value) -> Option<RawUpdate> {
    let raw = raw_update(update);
    if raw.is_none() {
        tracing::error!("Telegram sent an update without a number; it was passed over");
    }
    raw
}

async fn get_updates(bot: &Bot, offset: Option<UpdateId>, hold: u64) -> Polled {
    let mut url = bot.api_url();
    match url.path_segments_mut() {
        Ok(mut path) => path.push(&format!("bot{}", bot.token())).push("getUpdates"),
        Err(()) => return Polled::Failed("the API address cannot hold a path".to_owned()),
    };
    let question = json!({
        "offset": offset.map_or(0, |id| id.0),
        "timeout": hold,
        "limit": 100,
        "allowed_updates": KINDS,
    });
    match ask(bot, url, &question).await {
        Ok((status, body)) => match serde_json::from_slice::<Reply>(&body) {
            Ok(reply) => read_reply(reply),
            Err(_) => Polled::Failed(format!("an answer with status {status} that is not Telegram's")),
        },
        Err(error) => Polled::Failed(reason(&error.without_url())),
    }
}

/// The status and the body of the answer; an empty body if it is too large.
async fn ask(bot: &Bot, url: Url, question: &Value) -> Result<(StatusCode, Vec<u8>), reqwest::Error> {
    let mut answer = bot.client().post(url).json(question).send().await?;
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        if body.len() + piece.len() > LARGEST_ANSWER {
            body.clear();
            break;
        }
        body.extend_from_slice(&piece);
    }
    Ok((answer.status(), body))
}

/// What reqwest says, with its causes: "error sending request" alone helps nobody.
fn reason(error: &reqwest::Error) -> String {
    let mut words = error.to_string();
    let mut below = std::error::Error::source(error);
    while let Some(cause) = below {
        words = format!("{words}: {cause}");
        below = cause.source();
    }
    words
}

fn read_reply(reply: Reply) -> Polled {
    match (reply.result, reply.error_code) {
        (Some(updates), _) => Polled::Updates(updates),
        // Telegram answers 401 to an unknown token, and 404 to something that is not a token at all.
        (None, 401 | 404) => Polled::Unauthorized,
        (None, 409) => Polled::Conflict(reply.description),
        (None, 429) => Polled::Wait(Duration::from_secs(
            reply.parameters.retry_after.unwrap_or(1).max(1),
        )),
        (None, code) => Polled::Failed(format!("{code} {}", logged::words(&reply.description))),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use axum::{Json, Router, extract::State, http::Uri};

    use super::*;
    use crate::{app::test_app, clock::Clock};

    type Offsets = Arc<Mutex<Vec<u64>>>;

    /// Hands out two updates until they are confirmed, then says that somebody else polls.
    async fn telegram(State(offsets): State<Offsets>, uri: Uri, body: Json<Value>) -> Json<Value> {
        if uri.path().ends_with("DeleteWebhook") {
            return Json(json!({"ok": true, "result": true}));
        }
        let offset = body["offset"].as_u64().unwrap();
        offsets.lock().unwrap().push(offset);
        let update = |id| json!({"update_id": id, "unknown_to_teloxide": {"x": 1}});
        Json(match offset {
            0 => json!({"ok": true, "result": [update(41), update(42)]}),
            _ => json!({"ok": false, "error_code": 401, "description": "Unauthorized"}),
        })
    }

    #[tokio::test]
    async fn updates_are_durable_before_they_are_confirmed() {
        let offsets = Offsets::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(telegram).with_state(Arc::clone(&offsets));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let data = tempfile::tempdir().unwrap();
        let app = test_app(data.path(), Clock::system());
        let bot = Bot::new("1:token").set_api_url(url.parse().unwrap());

        let ended = run(&app, &bot).await.unwrap_err();
        assert!(matches!(ended, IntakeError::BadToken), "{ended}");
        assert_eq!(*offsets.lock().unwrap(), [0, 43]);
        let kept = app.store().pending(9).await.unwrap();
        assert_eq!(kept.len(), 2);
        assert!(kept[0].json.contains("unknown_to_teloxide"));
        assert!(app.is_ready());
    }

    #[test]
    fn every_answer_of_telegram_is_understood() {
        let read = |reply: Value| read_reply(serde_json::from_value(reply).unwrap());
        let conflict = json!({"ok": false, "error_code": 409, "description": "Conflict: terminated"});
        assert!(matches!(read(conflict), Polled::Conflict(words) if words == "Conflict: terminated"));
        let flood =
            json!({"ok": false, "error_code": 429, "description": "x", "parameters": {"retry_after": 3}});
        assert!(matches!(read(flood), Polled::Wait(wait) if wait.as_secs() == 3));
        let broken = json!({"ok": false, "error_code": 502, "description": "Bad Gateway"});
        assert!(matches!(read(broken), Polled::Failed(words) if words == "502 Bad Gateway"));
    }
}
