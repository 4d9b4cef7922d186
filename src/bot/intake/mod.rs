//! How updates come in: by long polling, or by webhook. Either way an update is in the store before Telegram is told
//! that it arrived.

mod line;
mod poll;
pub mod webhook;

use std::future::Future;

use serde_json::Value;
use teloxide::{ApiError, Bot, RequestError, types::AllowedUpdate};

use line::Line;
pub use webhook::Webhook;

use crate::{
    app::{App, fault, logged},
    crashpoints::Boundary,
    metrics::Count,
    outgoing::UpdateId,
    store::{RawUpdate, StoreError},
};

/// Listed explicitly: Telegram remembers the last list it was given, and by default leaves some kinds out.
const KINDS: [AllowedUpdate; 7] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::MessageReaction,
    AllowedUpdate::MyChatMember,
    AllowedUpdate::ChatMember,
];

/// Where updates come from.
#[derive(Debug, Clone)]
pub enum Intake {
    Poll,
    Webhook(Webhook),
}

/// Why updates can no longer be taken in.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    #[error("Telegram does not know the token: copy it again from @BotFather into TELOXIDE_TOKEN")]
    BadToken,
    #[error(
        "Another process takes this bot's updates ({0}): stop it, or give this one a bot of its own; there can be only one at a time"
    )]
    Conflict(String),
    #[error("Telegram refuses to {doing}: {words}")]
    Refused { doing: &'static str, words: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes updates in until the bot stops.
pub(super) async fn run(app: &App, bot: &Bot, intake: Intake) -> Result<(), IntakeError> {
    let taken = async {
        match intake {
            Intake::Poll => poll::run(app, bot).await,
            Intake::Webhook(webhook) => webhook::register(app, bot, &webhook).await,
        }
    };
    tokio::select! {
        () = app.stopping() => Ok(()),
        ended = taken => ended,
    }
}

/// Stores updates, durably, and has them handled.
async fn accept(app: &App, updates: Vec<RawUpdate>) -> Result<(), StoreError> {
    let all = updates.len();
    if all > 0 {
        app.store().crashpoints().reach(Boundary::Received).await;
    }
    let new = app.store().accept(updates).await?;
    app.metrics().add(Count::UpdateNew, new);
    app.metrics().add(Count::UpdateRepeated, all - new);
    if new > 0 {
        app.handling().wake();
        app.store().crashpoints().reach(Boundary::Accepted).await;
    }
    Ok(())
}

/// An update as it came, if it has a number.
fn raw_update(update: &Value) -> Option<RawUpdate> {
    let id = update.get("update_id")?.as_u64()?;
    Some(RawUpdate {
        id: UpdateId(id.try_into().ok()?),
        json: update.to_string(),
    })
}

/// Repeats a call until Telegram answers it; a refusal ends it, unless it is Telegram's own trouble.
pub(super) async fn persist<T, F>(
    app: &App,
    doing: &'static str,
    call: impl Fn() -> F,
) -> Result<T, IntakeError>
where
    F: Future<Output = Result<T, RequestError>>,
{
    let mut line = Line::default();
    loop {
        let wait = match call().await {
            Ok(answer) => {
                line.answered();
                return Ok(answer);
            }
            Err(RequestError::Api(ApiError::InvalidToken)) => return Err(IntakeError::BadToken),
            Err(RequestError::Api(ApiError::Unknown(words))) if fault::is_servers(&words) => {
                app.metrics().count(Count::PollFailed);
                line.failed(doing, &logged::words(&words))
            }
            Err(RequestError::Api(error)) => {
                return Err(IntakeError::Refused {
                    doing,
                    words: logged::words(&error.to_string()),
                });
            }
            Err(RequestError::RetryAfter(wait)) => wait.duration(),
            Err(error) => {
                app.metrics().count(Count::PollFailed);
                line.failed(doing, &logged::told(&error))
            }
        };
        tokio::time::sleep(wait).await;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use serde_json::json;

    use super::*;
    use crate::{app::test_app, clock::Clock};

    #[tokio::test]
    async fn telegrams_own_trouble_at_the_start_is_no_refusal() {
        let data = tempfile::tempdir().unwrap();
        let app = test_app(data.path(), Clock::system());
        let answers = |words: &'static str| {
            let tries = Cell::new(0);
            let app = &app;
            async move {
                persist(app, "introduce the bot", || {
                    tries.set(tries.get() + 1);
                    let answer = match tries.get() {
                        1 => Err(RequestError::Api(ApiError::Unknown(words.to_owned()))),
                        _ => Ok(()),
                    };
                    async { answer }
                })
                .await
            }
        };
        assert!(answers("Bad Gateway").await.is_ok());
        let refused = answers("Bad Request: wrong address").await;
        assert!(matches!(refused, Err(IntakeError::Refused { .. })));
    }

    #[test]
    fn an_update_is_kept_with_all_its_fields() {
        let raw = raw_update(&json!({"update_id": 8, "novelty": {"x": [1]}})).unwrap();
        assert_eq!(raw.id, UpdateId(8));
        assert!(raw.json.contains("\"novelty\":{\"x\":[1]}"));
        assert_eq!(raw_update(&json!({"update_id": -1})), None);
        assert_eq!(raw_update(&json!([])), None);
    }
}
