//! Incoming HTTP: calls of the Bot API, file downloads, and the page if there is one.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::{ConnectInfo, DefaultBodyLimit, Path, Request, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{Html, IntoResponse, Response},
    routing::{any, get},
};
use serde_json::json;
use tokio::net::TcpListener;

use super::{
    Emulator,
    api::{Answer, ApiError, Method, Params, polling},
    demo,
    faults::Fault,
    line::{Lines, Switch},
    webhook,
    world::Call,
};

/// The most Telegram accepts from a bot.
const LARGEST_UPLOAD: usize = 50 * 1024 * 1024;

/// For the log of calls; the bot hears nothing.
const LOST: &str = "Carried out, but the connection was cut before the answer";

/// Serves until `shutdown`, then answers waiting calls and marks the world closed.
pub(crate) fn spawn(
    emulator: Emulator,
    listener: TcpListener,
    page: bool,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    let service = router(emulator.clone(), page).into_make_service_with_connect_info::<Switch>();
    tokio::spawn(webhook::deliver(emulator.clone()));
    tokio::spawn(async move {
        let closing = async move {
            shutdown.await;
            emulator.change(|world| world.closed = true);
        };
        if let Err(error) = axum::serve(Lines(listener), service)
            .with_graceful_shutdown(closing)
            .await
        {
            tracing::error!(%error, "Cannot serve the emulated Bot API");
        }
    });
}

fn router(emulator: Emulator, page: bool) -> Router {
    let api = Router::new()
        .route("/{bot}/{method}", any(call))
        .route("/file/{bot}/{*path}", get(download))
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
    let all = if page { api.merge(demo::router()) } else { api };
    all.with_state(emulator)
}

async fn call(
    State(emulator): State<Emulator>,
    ConnectInfo(line): ConnectInfo<Switch>,
    Path((bot, name)): Path<(String, String)>,
    request: Request,
) -> Response {
    if !emulator.knows(&bot) {
        return refused(&ApiError::Unauthorized);
    }
    let method = match Method::parse(&name) {
        Ok(method) => method,
        Err(unknown) => return refused(&unknown),
    };
    let params = Params::read(request).await;
    let chat = params.as_ref().ok().and_then(Params::chat);
    let fault = emulator.change(|world| world.faults.strike(method, chat));
    if let Some(Fault::CutBefore | Fault::CutAfter) = fault {
        line.cut();
    }
    let answer = match fault {
        None | Some(Fault::CutAfter | Fault::Late { .. }) => emulator.carry_out(method, params).await,
        Some(fault) => Err(fault.into()),
    };
    let trouble = match &answer {
        Ok(_) => (fault == Some(Fault::CutAfter)).then(|| LOST.to_owned()),
        Err(error) => Some(error.to_string()),
    };
    emulator.log(method, chat, answer.is_ok(), trouble);
    match fault {
        Some(Fault::Late { millis }) => tokio::time::sleep(Duration::from_millis(millis)).await,
        Some(Fault::Page { status }) => return page_of_a_proxy(status),
        _ => {}
    }
    answered(answer)
}

async fn download(State(emulator): State<Emulator>, Path((bot, path)): Path<(String, String)>) -> Response {
    if !emulator.knows(&bot) {
        return refused(&ApiError::Unauthorized);
    }
    let file = emulator.look(|world| world.files.at_path(&path).cloned());
    match file {
        Some(file) => {
            let kind = file
                .mime_type
                .unwrap_or_else(|| "application/octet-stream".to_owned());
            ([(CONTENT_TYPE, kind)], file.bytes).into_response()
        }
        None => refused(&ApiError::FileIdWrong),
    }
}

impl Emulator {
    fn knows(&self, bot: &str) -> bool {
        bot.strip_prefix("bot").is_some_and(|token| token == self.0.token)
    }

    async fn carry_out(&self, method: Method, params: Result<Params, ApiError>) -> Answer {
        let params = params?;
        if method == Method::GetUpdates {
            return self.poll(params).await;
        }
        self.change(|world| method.run(world, params))
    }

    async fn poll(&self, params: Params) -> Answer {
        let poll = self.change(|world| polling::begin(world, params))?;
        let limit = Duration::from_secs(poll.seconds);
        let answer = self.wait(limit, |world| polling::look(world, &poll)).await;
        answer.unwrap_or_else(|| Ok(json!([])))
    }

    fn log(&self, method: Method, chat: Option<i64>, ok: bool, description: Option<String>) {
        self.change(|world| {
            world.log(Call {
                at: world.now(),
                method: method.to_string(),
                chat,
                ok,
                description,
            });
        });
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Flood { seconds } => Self::TooManyRequests { retry_after: seconds },
            Fault::ServerError { status } => Self::ServerError { status },
            Fault::Refused => Self::ButtonUrlInvalid,
            Fault::Migrated { to } => Self::Migrated { to },
            Fault::ThreadLost => Self::ThreadNotFound,
            Fault::Page { status } => Self::ServerError { status },
            Fault::CutBefore | Fault::CutAfter | Fault::Late { .. } => Self::LineCut,
        }
    }
}

fn answered(answer: Answer) -> Response {
    match answer {
        Ok(result) => Json(json!({ "ok": true, "result": result })).into_response(),
        Err(error) => refused(&error),
    }
}

fn page_of_a_proxy(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    (status, Html("<html><h1>Bad gateway</h1></html>")).into_response()
}

fn refused(error: &ApiError) -> Response {
    (error.status(), Json(error.body())).into_response()
}
