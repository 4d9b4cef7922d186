//! What the desk learns from: drafts of entries, and questions whose answers somebody waits for.

use crate::{
    conversation::Wanted,
    handover::Draft,
    knowledge::RevisionId,
    outgoing::UserId,
    store::{
        Store,
        error::Result,
        key::{Key, Only},
        record::Record,
        tree::Writes,
        trees::{Meta, Trees},
    },
};

/// At most this many questions are kept for a mover; the oldest gives way.
const MOST_WANTED: usize = 5;

/// A draft's number; rises with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub u64);

/// Whose question it is, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WantedId {
    pub mover: UserId,
    pub number: u64,
}

impl Key for DraftId {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Key::read(bytes).map(Self)
    }
}

impl Key for WantedId {
    fn write(&self, out: &mut Vec<u8>) {
        (self.mover, self.number).write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (mover, number) = Key::read(bytes)?;
        Some(Self { mover, number })
    }
}

impl Record for Draft {
    const WHAT: &'static str = "draft of an entry";
}

impl Record for Wanted {
    const WHAT: &'static str = "question somebody waits for";
}

impl Store {
    /// Every draft, oldest first.
    pub async fn drafts(&self) -> Result<Vec<(DraftId, Draft)>> {
        self.trees().drafts.iter().collect()
    }

    /// Up to `limit` of the questions movers wait for, after the given one, by mover.
    pub async fn wanted(&self, after: Option<WantedId>, limit: usize) -> Result<Vec<(WantedId, Wanted)>> {
        let first = WantedId {
            mover: UserId(i64::MIN),
            number: 0,
        };
        let all = self.trees().wanted.from(&after.unwrap_or(first));
        let known = |found: &Result<(WantedId, Wanted)>| {
            let id = found.as_ref().ok().map(|(id, _)| *id);
            id.is_some() && id == after
        };
        all.skip_while(known).take(limit).collect()
    }

    /// The revision with which all of them were last asked again.
    #[must_use]
    pub fn wanted_asked_with(&self) -> Option<RevisionId> {
        self.writer().meta.wanted_asked_with.clone()
    }

    /// Records that all of them were asked again with this revision.
    pub async fn keep_wanted_asked_with(&self, revision: &RevisionId) -> Result<()> {
        let ticket = {
            let trees = self.trees();
            let mut writer = self.writer();
            let meta = Meta {
                wanted_asked_with: Some(revision.clone()),
                ..writer.meta.clone()
            };
            let mut writes = Writes::default();
            writes.put(&trees.meta, &Only, &meta)?;
            let ticket = self.apply(writes)?;
            writer.meta = meta;
            ticket
        };
        self.durable(ticket).await
    }
}

pub(super) fn stage_draft(trees: &Trees, meta: &mut Meta, writes: &mut Writes, draft: &Draft) -> Result<()> {
    writes.put(&trees.drafts, &DraftId(meta.next_number()), draft)
}

/// Stages a question, in place of the same one asked before and of the oldest if there are too many.
pub(super) fn stage_wanted(
    trees: &Trees,
    meta: &mut Meta,
    writes: &mut Writes,
    wanted: &Wanted,
) -> Result<()> {
    let mover = wanted.mover;
    let mut stay = Vec::new();
    for found in trees.wanted.from(&WantedId { mover, number: 0 }) {
        let (id, before) = found?;
        if id.mover != mover {
            break;
        }
        if before.question == wanted.question {
            writes.remove(&trees.wanted, &id);
        } else {
            stay.push(id);
        }
    }
    let too_many = (stay.len() + 1).saturating_sub(MOST_WANTED);
    for id in stay.iter().take(too_many) {
        writes.remove(&trees.wanted, id);
    }
    let number = meta.next_number();
    writes.put(&trees.wanted, &WantedId { mover, number }, wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lang::Lang,
        store::{Committed, Step, fixtures::*},
    };

    fn wanted(mover: i64, question: &str) -> Wanted {
        Wanted {
            mover: UserId(mover),
            question: question.to_owned(),
            lang: Lang::Ja,
            at: now(),
        }
    }

    async fn want(store: &Store, mover: i64, question: &str) {
        let step = Step {
            wanted: Some(wanted(mover, question)),
            ..Step::default()
        };
        assert_eq!(store.commit_step(step).await.unwrap(), Committed::Now);
    }

    async fn questions(store: &Store) -> Vec<String> {
        let all = store.wanted(None, 99).await.unwrap();
        all.into_iter().map(|(_, wanted)| wanted.question).collect()
    }

    #[tokio::test]
    async fn a_mover_waits_for_five_questions_each_once() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        want(&store, 2, "other").await;
        for question in ["a", "b", "c", "a", "d", "e", "f"] {
            want(&store, 1, question).await;
        }
        assert_eq!(questions(&store).await, ["c", "a", "d", "e", "f", "other"]);
    }

    #[tokio::test]
    async fn pages_go_on_after_what_was_seen_also_when_it_is_gone() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        for (mover, question) in [(1, "a"), (1, "b"), (2, "c")] {
            want(&store, mover, question).await;
        }
        let first = store.wanted(None, 2).await.unwrap()[1].0;
        assert_eq!(store.wanted(Some(first), 9).await.unwrap()[0].1.question, "c");
        let met = Step {
            met: Some(first),
            outgoing: vec![message(1, "answer")],
            ..Step::default()
        };
        assert_eq!(store.commit_step(met.clone()).await.unwrap(), Committed::Now);
        assert_eq!(
            store.commit_step(met).await.unwrap(),
            Committed::Before,
            "told once"
        );
        assert_eq!(store.depth(), 1);
        assert_eq!(store.wanted(Some(first), 9).await.unwrap()[0].1.question, "c");
    }
}
