//! Logs, on standard error. `CONCIERGE_LOG` says how much (`info`, `debug`, `annaka_concierge::jobs=debug,warn`).

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

const VARIABLE: &str = "CONCIERGE_LOG";
const DEFAULT: &str = "info,sled=warn,hyper=warn,reqwest=warn";

/// Starts logging, and has panics logged without their message: it could quote what a mover wrote.
pub fn start_logging() {
    let (filter, problem) = match std::env::var(VARIABLE) {
        Ok(wanted) if !wanted.is_empty() => match EnvFilter::try_new(&wanted) {
            Ok(filter) => (filter, None),
            Err(problem) => (EnvFilter::new(DEFAULT), Some(problem)),
        },
        _ => (EnvFilter::new(DEFAULT), None),
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    if let Some(problem) = problem {
        tracing::warn!(%problem, "{VARIABLE} is not understood; the default is used");
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}
