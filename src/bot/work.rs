//! Works on what was taken from a queue: times it, marks it as in hand, and catches any panic.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use tracing::Instrument;

use crate::{
    bot::{
        handle::{self, Context},
        input::{FromMover, Heard},
        measured,
        queues::{Job, Turn},
        together,
    },
    clock::Stopwatch,
    crashpoints::Boundary,
    metrics::Spread,
    outgoing::{Passing, UpdateId},
    store::StoreError,
};

/// Finished work, and how it ended.
pub(super) struct Ended {
    pub(super) turn: Turn,
    pub(super) jobs: Vec<Job>,
    pub(super) how: How,
}

pub(super) enum How {
    Handled(Vec<Passing>),
    Failed(StoreError),
    Panicked,
}

impl How {
    fn name(&self) -> &'static str {
        match self {
            Self::Handled(_) => "well",
            Self::Failed(_) => "store_failed",
            Self::Panicked => "panicked",
        }
    }
}

/// Works on jobs of one queue.
pub(super) async fn work(context: Context, turn: Turn, jobs: Vec<Job>) -> Ended {
    let watch = Stopwatch::start();
    let Some(last) = jobs.last() else {
        let how = How::Handled(Vec::new());
        return Ended { turn, jobs, how };
    };
    let span = measured::span(last.update.0, &last.heard);
    let how = caught(marked(&context, &jobs)).instrument(span.clone()).await;
    let took = watch.elapsed();
    context.app.metrics().took(Spread::Handling, took);
    let (updates, micros) = (jobs.len(), took.as_micros() as u64);
    span.in_scope(|| tracing::info!(ended = how.name(), updates, micros, "handled"));
    Ended { turn, jobs, how }
}

async fn handle_all(context: &Context, jobs: &[Job]) -> Result<Vec<Passing>, StoreError> {
    let Some((last, before)) = jobs.split_last() else {
        return Ok(Vec::new());
    };
    if before.is_empty() {
        return handle::handle(context, last.update, &last.heard).await;
    }
    let movers: Vec<(UpdateId, &FromMover)> = jobs
        .iter()
        .filter_map(|job| match &job.heard {
            Heard::Mover(from) => Some((job.update, from)),
            Heard::Group(_) | Heard::Inline(_) | Heard::Nothing { .. } => None,
        })
        .collect();
    if movers.len() == jobs.len() {
        return together::handle(context, &movers).await;
    }
    // Of an inline query typed letter by letter, only the last state is still on the screen.
    let before = before.iter().map(|job| job.update).collect();
    handle::pass_over(&context.app, before).await?;
    handle::handle(context, last.update, &last.heard).await
}

/// Handles updates, with a mark on disk meanwhile that outlives a killed process.
async fn marked(context: &Context, jobs: &[Job]) -> Result<Vec<Passing>, StoreError> {
    let store = context.app.store();
    let marks: Vec<_> = jobs
        .iter()
        .map(|job| store.handling(job.update))
        .collect::<Result<_, _>>()?;
    store.crashpoints().reach(Boundary::Handling).await;
    let passing = handle_all(context, jobs).await?;
    marks.into_iter().for_each(|mark| mark.ended());
    Ok(passing)
}

async fn caught(handling: impl Future<Output = Result<Vec<Passing>, StoreError>>) -> How {
    match AssertUnwindSafe(handling).catch_unwind().await {
        Ok(Ok(passing)) => How::Handled(passing),
        Ok(Err(error)) => How::Failed(error),
        Err(_panic) => How::Panicked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_caught() {
        let how = caught(async { panic!("told to") }).await;
        assert!(matches!(how, How::Panicked));
    }
}
