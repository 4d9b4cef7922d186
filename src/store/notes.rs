//! How questions fared (without the person); written by [`Store::commit_step`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::note::Note,
    store::{
        Store,
        error::Result,
        key::Key,
        record::Record,
        tree::Writes,
        trees::{Meta, Trees},
    },
};

/// A note's number; rises with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteId(pub u64);

impl Key for NoteId {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Key::read(bytes).map(Self)
    }
}

impl Record for Note {
    const WHAT: &'static str = "note";
}

impl Store {
    /// Notes since then, newest first.
    pub async fn notes_since(&self, since: Timestamp, limit: usize) -> Result<Vec<Note>> {
        let newest = self.trees().notes.iter().rev().take(limit);
        let recent = newest.take_while(|found| found.as_ref().map_or(true, |(_, note)| note.at() >= since));
        recent.map(|found| found.map(|(_, note)| note)).collect()
    }

    /// Notes from `first` on, oldest first.
    pub async fn notes(&self, first: NoteId, limit: usize) -> Result<Vec<(NoteId, Note)>> {
        self.trees().notes.from(&first).take(limit).collect()
    }
}

pub(super) fn stage(trees: &Trees, meta: &mut Meta, writes: &mut Writes, note: &Note) -> Result<()> {
    writes.put(&trees.notes, &NoteId(meta.next_number()), note)
}
