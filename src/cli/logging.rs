//! Logs, on standard error. `CONCIERGE_LOG` says how much (`info`, `debug`, `annaka_concierge::jobs=debug,warn`),
//! `CONCIERGE_LOG_FORMAT` in which form (`text`, `json`).
//!
//! The libraries below us print addresses and bodies when they are asked for more; they may only warn, whatever the
//! setting says.

use std::{env, io::IsTerminal};

use tracing::{Level, Metadata};
use tracing_subscriber::{EnvFilter, filter::filter_fn, fmt, prelude::*};

const VARIABLE: &str = "CONCIERGE_LOG";
const FORMAT: &str = "CONCIERGE_LOG_FORMAT";
const DEFAULT: &str = "info";
/// What our own lines begin with.
const OURS: &str = "annaka_concierge";

/// Starts logging, and has panics logged without their message: it could quote what a mover wrote.
pub fn start_logging() {
    let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let (filter, problem) = match set(VARIABLE).map(EnvFilter::try_new) {
        Some(Ok(filter)) => (filter, None),
        Some(Err(problem)) => (EnvFilter::new(DEFAULT), Some(problem)),
        None => (EnvFilter::new(DEFAULT), None),
    };
    let format = set(FORMAT);
    let lines = match format.as_deref() {
        Some("json") => fmt::layer().json().with_writer(std::io::stderr).boxed(),
        _ => fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal())
            .boxed(),
    };
    tracing_subscriber::registry()
        .with(filter)
        .with(filter_fn(may_be_told))
        .with(lines)
        .init();
    if let Some(problem) = problem {
        tracing::warn!(%problem, "{VARIABLE} is not understood; the default is used");
    }
    if let Some(other) = format.filter(|format| !["json", "text"].contains(&format.as_str())) {
        tracing::warn!(%other, "{FORMAT} is neither text nor json; it is text");
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}

fn may_be_told(line: &Metadata<'_>) -> bool {
    line.target().starts_with(OURS) || *line.level() <= Level::WARN
}
