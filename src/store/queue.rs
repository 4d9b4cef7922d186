//! The outbox's order, in memory: which message of each chat is next, and since when it is durable.
//!
//! Rebuilt from the outbox at open. Messages of one chat keep their order; among chats the more urgent goes first,
//! then the older.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use crate::{
    outgoing::{ChatId, Priority},
    store::{commit::Ticket, outbox::OutboxId},
};

#[derive(Default)]
pub(super) struct Queue {
    chats: HashMap<ChatId, BTreeMap<OutboxId, Waiting>>,
    heads: BTreeSet<(Priority, OutboxId, ChatId)>,
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
        chat: ChatId,
        priority: Priority,
        not_before: Option<Timestamp>,
        ticket: Ticket,
    ) {
        let waiting = Waiting {
            priority,
            not_before,
            ticket,
        };
        self.change(chat, |items| items.insert(id, waiting));
    }

    pub(super) fn remove(&mut self, chat: ChatId, id: OutboxId) {
        self.change(chat, |items| items.remove(&id));
    }

    pub(super) fn remove_chat(&mut self, chat: ChatId) {
        self.change(chat, BTreeMap::clear);
    }

    pub(super) fn postpone(&mut self, chat: ChatId, id: OutboxId, until: Timestamp) {
        if let Some(waiting) = self.chats.get_mut(&chat).and_then(|items| items.get_mut(&id)) {
            waiting.not_before = Some(until);
        }
    }

    /// Everything that waits for one chat, oldest first.
    pub(super) fn of_chat(&self, chat: ChatId) -> Vec<OutboxId> {
        self.chats
            .get(&chat)
            .map(|items| items.keys().copied().collect())
            .unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The next of each chat that may go now, and when the first of the others may.
    pub(super) fn deliverable(
        &self,
        now: Timestamp,
        durable: Ticket,
        limit: usize,
        mut free: impl FnMut(ChatId, Priority) -> bool,
    ) -> (Vec<OutboxId>, Option<Timestamp>) {
        let mut ready = Vec::new();
        let mut next_due: Option<Timestamp> = None;
        for &(priority, id, chat) in &self.heads {
            let Some(waiting) = self.chats.get(&chat).and_then(|items| items.get(&id)) else {
                continue;
            };
            match waiting.not_before {
                Some(due) if due > now => next_due = Some(next_due.map_or(due, |next| next.min(due))),
                _ if ready.len() < limit && waiting.ticket <= durable && free(chat, priority) => {
                    ready.push(id)
                }
                _ => {}
            }
        }
        (ready, next_due)
    }

    /// Changes a chat's items and keeps the heads and the length true.
    fn change<T>(&mut self, chat: ChatId, change: impl FnOnce(&mut BTreeMap<OutboxId, Waiting>) -> T) {
        let items = self.chats.entry(chat).or_default();
        let before = head(items, chat);
        self.length -= items.len();
        change(items);
        self.length += items.len();
        let after = head(items, chat);
        if items.is_empty() {
            self.chats.remove(&chat);
        }
        if before != after {
            before.inspect(|head| {
                self.heads.remove(head);
            });
            self.heads.extend(after);
        }
    }
}

fn head(items: &BTreeMap<OutboxId, Waiting>, chat: ChatId) -> Option<(Priority, OutboxId, ChatId)> {
    items
        .first_key_value()
        .map(|(id, waiting)| (waiting.priority, *id, chat))
}
