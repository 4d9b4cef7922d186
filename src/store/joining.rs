//! What is sent together: consecutive words of one mover, and the pictures of an album.

use jiff::Timestamp;

use crate::{
    outgoing::{Act, Body, Outgoing, Relay},
    store::{Store, commit::Ticket, error::Result, outbox::OutboxId},
};

/// Telegram's limit for an album.
const LARGEST_ALBUM: usize = 10;
/// The most text passed on in one message, in bytes of HTML; well below Telegram's limit.
const LARGEST_BUNDLE: usize = 3000;

impl Store {
    /// The items directly behind this one that can be sent together with it.
    pub(super) fn joined(
        &self,
        id: OutboxId,
        outgoing: &Outgoing,
        now: Timestamp,
        durable: Ticket,
    ) -> Result<Vec<(OutboxId, Relay)>> {
        let Act::Relay(first) = &outgoing.act else {
            return Ok(Vec::new());
        };
        // The pieces of an album wait for each other, not one by one.
        let now = match first.body {
            Body::Album(_) => Timestamp::MAX,
            Body::Words(_) | Body::Whole => now,
        };
        let mut size = first.size();
        let mut joined: Vec<(OutboxId, Relay)> = Vec::new();
        for id in self.writer().queue.behind(outgoing.to, id, now, durable) {
            let Some(record) = self.trees().outbox.get(&id)? else {
                break;
            };
            let Act::Relay(next) = record.outgoing.act else {
                break;
            };
            size += next.size();
            if !first.joins(&next) || size > LARGEST_BUNDLE || joined.len() + 1 >= LARGEST_ALBUM {
                break;
            }
            joined.push((id, next));
        }
        Ok(joined)
    }
}

impl Relay {
    /// Whether the next message of the same sender can go out together with this one.
    fn joins(&self, next: &Self) -> bool {
        match (&self.body, &next.body) {
            (Body::Words(_), Body::Words(_)) => next.reply.is_none(),
            (Body::Album(this), Body::Album(next)) => this == next,
            _ => false,
        }
    }

    fn size(&self) -> usize {
        match &self.body {
            Body::Words(html) => html.as_str().len(),
            Body::Whole | Body::Album(_) => 0,
        }
    }
}
