//! The outbox's order, in memory: what is next for each place, and since when it is durable.
//!
//! Rebuilt from the outbox at open. What goes to one place keeps its order; among places the more urgent goes first,
//! then the older.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use crate::{
    outgoing::{Priority, To},
    store::{commit::Ticket, outbox::OutboxId},
};

#[derive(Default)]
pub(super) struct Queue {
    places: HashMap<To, BTreeMap<OutboxId, Waiting>>,
    heads: BTreeSet<(Priority, OutboxId, To)>,
    length: usize,
}

#[derive(Clone, Copy)]
struct Waiting {
    priority: Priority,
    not_before: Option<Timestamp>,
    /// Nothing is sent before the decision to send it is durable.
    ticket: Ticket,
}

impl Queue {
    pub(super) fn push(
        &mut self,
        id: OutboxId,
        to: To,
        priority: Priority,
        not_before: Option<Timestamp>,
        ticket: Ticket,
    ) {
        let waiting = Waiting {
            priority,
            not_before,
            ticket,
        };
        self.change(to, |items| items.insert(id, waiting));
    }

    pub(super) fn remove(&mut self, to: To, id: OutboxId) {
        self.change(to, |items| items.remove(&id));
    }

    pub(super) fn clear(&mut self, to: To) {
        self.change(to, BTreeMap::clear);
    }

    pub(super) fn postpone(&mut self, to: To, id: OutboxId, until: Timestamp) {
        if let Some(waiting) = self.places.get_mut(&to).and_then(|items| items.get_mut(&id)) {
            waiting.not_before = Some(until);
        }
    }

    /// Everything that waits for one place, oldest first.
    pub(super) fn waiting_for(&self, to: To) -> Vec<OutboxId> {
        self.places
            .get(&to)
            .map(|items| items.keys().copied().collect())
            .unwrap_or_default()
    }

    /// What waits for a place behind an item, as far as it is durable and due.
    pub(super) fn behind(&self, to: To, id: OutboxId, now: Timestamp, durable: Ticket) -> Vec<OutboxId> {
        let after = self
            .places
            .get(&to)
            .into_iter()
            .flat_map(|items| items.range(id..).skip(1));
        after
            .take_while(|(_, waiting)| {
                waiting.ticket <= durable && waiting.not_before.is_none_or(|due| due <= now)
            })
            .map(|(id, _)| *id)
            .collect()
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The next of each place that may go now, and when the first of the others may.
    pub(super) fn deliverable(
        &self,
        now: Timestamp,
        durable: Ticket,
        limit: usize,
        mut free: impl FnMut(To, Priority) -> bool,
    ) -> (Vec<OutboxId>, Option<Timestamp>) {
        let mut ready = Vec::new();
        let mut next_due: Option<Timestamp> = None;
        for &(priority, id, to) in &self.heads {
            let Some(waiting) = self.places.get(&to).and_then(|items| items.get(&id)) else {
                continue;
            };
            match waiting.not_before {
                Some(due) if due > now => next_due = Some(next_due.map_or(due, |next| next.min(due))),
                _ if ready.len() < limit && waiting.ticket <= durable && free(to, priority) => ready.push(id),
                _ => {}
            }
        }
        (ready, next_due)
    }

    /// Changes a place's items and keeps the heads and the length true.
    fn change<T>(&mut self, to: To, change: impl FnOnce(&mut BTreeMap<OutboxId, Waiting>) -> T) {
        let items = self.places.entry(to).or_default();
        let before = head(items, to);
        self.length -= items.len();
        change(items);
        self.length += items.len();
        let after = head(items, to);
        if items.is_empty() {
            self.places.remove(&to);
        }
        if before != after {
            before.inspect(|head| {
                self.heads.remove(head);
            });
            self.heads.extend(after);
        }
    }
}

fn head(items: &BTreeMap<OutboxId, Waiting>, to: To) -> Option<(Priority, OutboxId, To)> {
    items
        .first_key_value()
        .map(|(id, waiting)| (waiting.priority, *id, to))
}
