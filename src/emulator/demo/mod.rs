//! The page and the control API behind it; only for rehearsals on one's own machine.

use axum::Router;

use super::Emulator;

pub(crate) fn router() -> Router<Emulator> {
    Router::new()
}
