//! Long polling.
//!
//! As with Telegram, the newest request wins and the earlier one gets the 409.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params};
use crate::emulator::world::{UpdateKind, World};

/// How long Telegram holds a poll at most.
const LONGEST_POLL_SECONDS: u64 = 50;

#[derive(Deserialize)]
struct GetUpdates {
    offset: Option<i64>,
    limit: Option<usize>,
    timeout: Option<u64>,
    allowed_updates: Option<Vec<UpdateKind>>,
}

/// A poll that has begun.
pub(crate) struct Poll {
    turn: u64,
    limit: usize,
    pub(crate) seconds: u64,
}

/// Confirms what came before the offset and displaces whoever is already polling.
pub(crate) fn begin(world: &mut World, params: Params) -> Result<Poll, ApiError> {
    let request: GetUpdates = params.decode()?;
    let limit = request.limit.unwrap_or(100);
    if !(1..=100).contains(&limit) {
        return Err(ApiError::OutOfRange("limit"));
    }
    if world.webhook.is_some() {
        return Err(ApiError::WebhookActive);
    }
    world.updates.allow(request.allowed_updates);
    world.updates.confirm(request.offset.unwrap_or_default());
    let seconds = request.timeout.unwrap_or_default().min(LONGEST_POLL_SECONDS);
    Ok(Poll {
        turn: world.updates.take_over(),
        limit,
        seconds,
    })
}

/// The answer to a poll, if it need not wait any longer.
pub(crate) fn look(world: &World, poll: &Poll) -> Option<Answer> {
    if world.webhook.is_some() {
        return Some(Err(ApiError::PollEndedByWebhook));
    }
    if world.updates.poller != poll.turn {
        return Some(Err(ApiError::PollTakenOver));
    }
    let updates = world.updates.first(poll.limit);
    (!updates.is_empty() || world.closed).then(|| Ok(json!(updates)))
}

/// A poll that does not wait.
pub(crate) fn take(world: &mut World, params: Params) -> Answer {
    let poll = begin(world, params)?;
    look(world, &poll).unwrap_or_else(|| Ok(json!([])))
}
