//! The local HTTP port: health, readiness, metrics, the city's calendar, and backups while the bot runs.
//!
//! The webhook's route is passed in, so that this room knows nothing of the bot.

pub mod admin;
pub mod prometheus;

use std::{io, net::SocketAddr};

use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    http::header::CONTENT_TYPE,
    response::IntoResponse,
    routing::get,
};
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::{app::App, events::ics, lang::Lang, metrics::Gauge};

/// Why the port cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error(
        "Cannot listen on {address}: another program uses that port; stop it, or set CONCIERGE_HTTP to another address"
    )]
    InUse { address: SocketAddr },
    #[error("Cannot listen on {address}: {source}; set CONCIERGE_HTTP to an address of this machine")]
    Unusable { address: SocketAddr, source: io::Error },
    #[error("The HTTP port failed: {0}")]
    Failed(#[from] io::Error),
}

/// Binds the port.
///
/// # Errors
/// When it is taken.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, HttpError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => HttpError::InUse { address },
            _ => HttpError::Unusable { address, source },
        })
}

/// Serves until the bot stops. `more` is mounted beside our own routes.
///
/// # Errors
/// When the port fails.
pub async fn run(app: App, listener: TcpListener, more: Router) -> Result<(), HttpError> {
    let door = admin::Door::open(app.store().data_folder(), listener.local_addr()?)?;
    let routes = Router::new()
        .route("/health", get(|| async { "alive\n" }))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .route("/calendar.ics", get(calendar))
        .with_state(app.clone())
        .merge(admin::router(app.clone(), &door))
        .merge(more)
        .into_make_service_with_connect_info::<SocketAddr>();
    let stopping = async move { app.stopping().await };
    axum::serve(listener, routes)
        .with_graceful_shutdown(stopping)
        .await?;
    Ok(())
}

/// Which language the calendar's titles are in.
#[derive(Deserialize)]
struct Wanted {
    lang: Option<String>,
}

/// The city's events for subscribers' own calendars; cancelled ones are marked as such.
async fn calendar(State(app): State<App>, Query(wanted): Query<Wanted>) -> impl IntoResponse {
    let lang = wanted
        .lang
        .as_deref()
        .and_then(Lang::from_tag)
        .unwrap_or(Lang::Ja);
    let text = ics::all(app.calendar().all(), lang);
    ([(CONTENT_TYPE, "text/calendar; charset=utf-8")], text)
}

async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.is_ready() {
        (StatusCode::OK, "taking updates in\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not taking updates in\n")
    }
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    let knowledge = app.knowledge();
    look_around(&app, knowledge.revision.entries.len());
    let info = prometheus::Info {
        version: env!("CARGO_PKG_VERSION"),
        revision: &knowledge.revision.id.0,
    };
    let text = prometheus::render(app.metrics(), &info);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// Updates the gauges that have to be looked up. What cannot be read now keeps its last value.
fn look_around(app: &App, entries: usize) {
    let (metrics, store) = (app.metrics(), app.store());
    let age = |many: bool| {
        let oldest = store.oldest_waiting(many).ok().flatten();
        oldest.map_or(0, |since| app.clock().now().duration_since(since).as_secs())
    };
    metrics.set(Gauge::Inbox, store.pending_count());
    metrics.set(Gauge::Outbox, store.depth());
    metrics.set(Gauge::OldestForOne, usize::try_from(age(false)).unwrap_or(0));
    metrics.set(Gauge::OldestForMany, usize::try_from(age(true)).unwrap_or(0));
    metrics.set(Gauge::DeadLetters, store.dead_letter_count());
    metrics.set(Gauge::Quarantined, store.quarantined_count());
    metrics.set(Gauge::Ready, usize::from(app.is_ready()));
    metrics.set(Gauge::Entries, entries);
    for (gauge, bytes) in [
        (Gauge::StoreBytes, store.bytes()),
        (Gauge::DiskFree, store.free_bytes()),
    ] {
        if let Ok(bytes) = bytes {
            metrics.set(gauge, usize::try_from(bytes).unwrap_or(usize::MAX));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::test_app, clock::Clock, store};

    async fn get(url: &str) -> (u16, String) {
        let answer = reqwest::get(url).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    #[tokio::test]
    async fn it_tells_how_the_bot_is_and_copies_the_store_while_it_runs() {
        let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let app = test_app(data.path(), Clock::system());
        let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("http://{address}");
        let served = tokio::spawn(run(app.clone(), listener, Router::new()));

        assert_eq!(get(&format!("{url}/health")).await.0, 200);
        assert_eq!(get(&format!("{url}/ready")).await.0, 503);
        app.mark_ready();
        assert_eq!(get(&format!("{url}/ready")).await.0, 200);
        assert!(
            get(&format!("{url}/metrics"))
                .await
                .1
                .contains("concierge_ready 1\n")
        );

        let file = elsewhere.path().join("copy.jsonl");
        admin::request_backup(data.path(), &file).await.unwrap();
        store::restore(&file, &elsewhere.path().join("data")).unwrap();
        let uninvited = reqwest::Client::new()
            .post(format!("{url}/admin/backup"))
            .send()
            .await
            .unwrap();
        assert_eq!(uninvited.status().as_u16(), 401);

        app.shutdown();
        served.await.unwrap().unwrap();
        let error = admin::request_backup(data.path(), &file).await.unwrap_err();
        assert!(error.to_string().contains("no running bot"), "{error}");
    }

    #[tokio::test]
    async fn a_port_in_use_is_told_in_words() {
        let first = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let error = listen(first.local_addr().unwrap()).await.unwrap_err();
        assert!(
            error.to_string().contains("another program uses that port"),
            "{error}"
        );
    }
}
