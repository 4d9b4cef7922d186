//! The page and its control API, for rehearsals on one's own machine.

mod act;
mod deeds;
mod desk;
mod page;
mod state;

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{Path, Query, State, rejection::JsonRejection},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::json;

use super::Emulator;
use act::Act;

/// How long the page waits for something to happen before it asks again.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

pub(crate) fn router() -> Router<Emulator> {
    Router::new()
        .route("/", get(page::index))
        .route("/assets/{file}", get(page::asset))
        .route("/demo/picture/{file}", get(picture))
        .route("/demo/state", get(show))
        .route("/demo/wait", get(wait))
        .route("/demo/act", post(act))
}

async fn show(State(emulator): State<Emulator>) -> Response {
    Json(state::of(&emulator)).into_response()
}

#[derive(Deserialize)]
struct Seen {
    revision: u64,
}

async fn wait(State(emulator): State<Emulator>, Query(seen): Query<Seen>) -> Response {
    let mut revision = emulator.0.revision.subscribe();
    // The guard that `wait_for` returns locks the revision: held while the state is read, it would deadlock the world.
    let newer = async { drop(revision.wait_for(|revision| *revision > seen.revision).await) };
    if tokio::time::timeout(LONGEST_WAIT, newer).await.is_ok() {
        Json(state::of(&emulator)).into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    }
}

/// A picture that was sent. Only pictures are served: a stranger's file must not become a page.
async fn picture(State(emulator): State<Emulator>, Path(id): Path<String>) -> Response {
    let found = emulator.look(|world| {
        let file = world.files.get(&id)?;
        Some((file.picture()?, file.bytes.clone()))
    });
    match found {
        Some((kind, bytes)) => {
            let headers = [
                (CONTENT_TYPE, kind),
                (X_CONTENT_TYPE_OPTIONS, "nosniff"),
                // Another demo uses the same ids for other files.
                (CACHE_CONTROL, "no-cache"),
            ];
            (headers, bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn act(State(emulator): State<Emulator>, act: Result<Json<Act>, JsonRejection>) -> Response {
    let answer = match act {
        Ok(Json(act)) => act.carry_out(&emulator).await.map_err(|error| error.to_string()),
        Err(unreadable) => Err(unreadable.body_text()),
    };
    match answer {
        Ok(done) => Json(done).into_response(),
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response(),
    }
}
