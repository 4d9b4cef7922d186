//! Heads of the outbox's places in lines: those that are equally urgent and go by the same limits.

use std::{collections::btree_map, iter::Peekable};

use crate::{
    outgoing::{Priority, To},
    store::outbox::OutboxId,
};

/// Heads of equal urgency that go by the same limits; in it, the older is also the earlier durable.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) priority: Priority,
    pub(super) kind: Kind,
}

/// By which limits something goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    pub(super) private: bool,
    pub(super) sends: bool,
}

/// Lines of one priority, walked at the same time: the oldest of all of them is next.
#[derive(Default)]
pub(super) struct SideBySide<'q>(pub(super) Vec<(Kind, Peekable<btree_map::Iter<'q, OutboxId, To>>)>);

impl SideBySide<'_> {
    pub(super) fn oldest(&mut self) -> Option<(Kind, OutboxId, To)> {
        let fronts = self.0.iter_mut().filter_map(|(kind, heads)| {
            let (id, to) = heads.peek()?;
            Some((*kind, **id, **to))
        });
        fronts.min_by_key(|(_, id, _)| *id)
    }

    pub(super) fn go_on(&mut self, kind: Kind) {
        for (_, heads) in self.0.iter_mut().filter(|(other, _)| *other == kind) {
            heads.next();
        }
    }

    pub(super) fn leave(&mut self, kind: Kind) {
        self.0.retain(|(other, _)| *other != kind);
    }
}
