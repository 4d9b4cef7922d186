//! Revisions of the knowledge: the one in force and those before it.
//!
//! A revision is split into many small records, since sled keeps large values in files of their own. They and the head
//! that names them are written in one transaction, so a revision is complete or not there at all.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    knowledge::{
        Concept, Decision, Entry, Holidays, Phrasing, Revision, RevisionId, Rule, Source, SourceRef,
    },
    store::{
        Store,
        commit::Ticket,
        error::{Result, StoreError},
        key::Only,
        record::Record,
        tree::Writes,
        trees::{Meta, Trees},
    },
};

/// How many are kept.
const KEPT: usize = 10;
/// The most JSON in one record.
const CHUNK_BYTES: usize = 48 * 1024;

/// One kept revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionSummary {
    pub id: RevisionId,
    pub kept: Timestamp,
    pub entries: usize,
    pub phrasings: usize,
    /// Whether it is the one in force.
    pub current: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct RevisionHead {
    /// Rises with each revision kept.
    number: u64,
    kept: Timestamp,
    entries: usize,
    phrasings: usize,
    pub(super) parts: u32,
    /// How many parts come before the ways of asking; heads of earlier programs do not say.
    #[serde(default)]
    before_phrasings: Option<u32>,
}

#[derive(Serialize, Deserialize)]
pub(super) enum RevisionPart {
    Entry(Box<Entry>),
    Sources(Vec<(SourceRef, Source)>),
    Rules(Vec<Rule>),
    Concepts(Vec<Concept>),
    Phrasings(Vec<Phrasing>),
    Decision(Decision),
    Holidays(Vec<(Date, String)>),
}

impl Record for RevisionHead {
    const WHAT: &'static str = "revision of the knowledge";
}

impl Record for RevisionPart {
    const WHAT: &'static str = "part of a revision of the knowledge";
    /// Since 2 with the decision's weights of products.
    const VERSION: u8 = 2;
}

impl Store {
    /// Keeps a revision and puts it in force; only the last ten are kept.
    pub async fn keep_revision(&self, revision: &Revision) -> Result<()> {
        let ticket = self.stage_revision(revision)?;
        self.durable(ticket).await
    }

    /// Which revision is in force.
    #[must_use]
    pub fn current_revision(&self) -> Option<RevisionId> {
        self.writer().meta.current_revision.clone()
    }

    /// A kept revision.
    pub fn revision(&self, id: &RevisionId) -> Result<Revision> {
        read(self.trees(), id, |head| head.parts)
    }

    /// A kept revision without its ways of asking, which are most of it and not needed with a built index.
    pub fn revision_without_phrasings(&self, id: &RevisionId) -> Result<Revision> {
        read(self.trees(), id, |head| {
            head.before_phrasings.unwrap_or(head.parts)
        })
    }

    /// The revisions that are kept, newest first.
    pub async fn revisions(&self) -> Result<Vec<RevisionSummary>> {
        let current = self.current_revision();
        let heads = heads(self.trees())?.into_iter().rev();
        Ok(heads
            .map(|(id, head)| RevisionSummary {
                current: current.as_ref() == Some(&id),
                id,
                kept: head.kept,
                entries: head.entries,
                phrasings: head.phrasings,
            })
            .collect())
    }

    /// Puts a kept revision in force again.
    pub async fn go_back(&self, id: &RevisionId) -> Result<()> {
        let ticket = self.stage_return(id)?;
        self.durable(ticket).await
    }

    fn stage_revision(&self, revision: &Revision) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let mut meta = writer.meta.clone();
        let mut writes = Writes::default();
        if !trees.revisions.contains(&revision.id)? {
            stage_parts(trees, &mut meta, &mut writes, revision, self.0.clock.now())?;
            stage_pruning(trees, &mut writes, writer.meta.current_revision.as_ref())?;
        }
        meta.current_revision = Some(revision.id.clone());
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        Ok(ticket)
    }

    fn stage_return(&self, id: &RevisionId) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        if !trees.revisions.contains(id)? {
            return Err(StoreError::NoSuchRevision(id.to_string()));
        }
        let mut meta = writer.meta.clone();
        meta.current_revision = Some(id.clone());
        let mut writes = Writes::default();
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        Ok(ticket)
    }
}

fn stage_parts(
    trees: &Trees,
    meta: &mut Meta,
    writes: &mut Writes,
    revision: &Revision,
    kept: Timestamp,
) -> Result<()> {
    let mut parts = parts(revision);
    let before_phrasings = parts.len() as u32;
    parts.extend(
        chunks(revision.phrasings.clone())
            .into_iter()
            .map(RevisionPart::Phrasings),
    );
    let head = RevisionHead {
        number: meta.next_number(),
        kept,
        entries: revision.entries.len(),
        phrasings: revision.phrasings.len(),
        parts: parts.len() as u32,
        before_phrasings: Some(before_phrasings),
    };
    for (number, part) in (0..).zip(parts) {
        writes.put(&trees.revision_parts, &(revision.id.clone(), number), &part)?;
    }
    writes.put(&trees.revisions, &revision.id, &head)
}

/// Makes room for one more; never removes the one in force.
fn stage_pruning(trees: &Trees, writes: &mut Writes, current: Option<&RevisionId>) -> Result<()> {
    let heads = heads(trees)?;
    let too_many = (heads.len() + 1).saturating_sub(KEPT);
    let prunable = heads.into_iter().filter(|(id, _)| Some(id) != current);
    for (id, head) in prunable.take(too_many) {
        for part in 0..head.parts {
            writes.remove(&trees.revision_parts, &(id.clone(), part));
        }
        writes.remove(&trees.revisions, &id);
    }
    Ok(())
}

/// Oldest first.
fn heads(trees: &Trees) -> Result<Vec<(RevisionId, RevisionHead)>> {
    let mut heads = trees.revisions.iter().collect::<Result<Vec<_>>>()?;
    heads.sort_by_key(|(_, head)| head.number);
    Ok(heads)
}

/// All of a revision except its ways of asking.
fn parts(revision: &Revision) -> Vec<RevisionPart> {
    let sources: Vec<_> = revision.sources.clone().into_iter().collect();
    let holidays: Vec<_> = revision.holidays.0.clone().into_iter().collect();
    let entries = revision.entries.values().cloned();
    let mut parts: Vec<RevisionPart> = entries
        .map(|entry| RevisionPart::Entry(Box::new(entry)))
        .collect();
    parts.extend(chunks(sources).into_iter().map(RevisionPart::Sources));
    parts.extend(
        chunks(revision.rules.clone())
            .into_iter()
            .map(RevisionPart::Rules),
    );
    parts.extend(
        chunks(revision.concepts.clone())
            .into_iter()
            .map(RevisionPart::Concepts),
    );
    parts.extend(revision.decision.clone().map(RevisionPart::Decision));
    parts.extend(chunks(holidays).into_iter().map(RevisionPart::Holidays));
    parts
}

/// Groups items into lists of at most [`CHUNK_BYTES`]; a larger item gets a list of its own.
fn chunks<T: Serialize>(items: Vec<T>) -> Vec<Vec<T>> {
    let mut chunks: Vec<Vec<T>> = Vec::new();
    let mut room = 0;
    for item in items {
        let size = serde_json::to_string(&item).map_or(CHUNK_BYTES, |json| json.len() + 1);
        match chunks.last_mut() {
            Some(chunk) if size <= room => {
                room -= size;
                chunk.push(item);
            }
            _ => {
                room = CHUNK_BYTES.saturating_sub(size);
                chunks.push(vec![item]);
            }
        }
    }
    chunks
}

/// Reads as many of a revision's first parts as `wanted` says, given its head.
fn read(trees: &Trees, id: &RevisionId, wanted: impl Fn(&RevisionHead) -> u32) -> Result<Revision> {
    let missing = || StoreError::BadRecord {
        what: RevisionHead::WHAT,
        detail: format!("parts of {id} are missing"),
    };
    let head = trees
        .revisions
        .get(id)?
        .ok_or_else(|| StoreError::NoSuchRevision(id.to_string()))?;
    let parts = (0..wanted(&head))
        .map(|part| trees.revision_parts.get(&(id.clone(), part))?.ok_or_else(missing))
        .collect::<Result<Vec<_>>>()?;
    Ok(assemble(id.clone(), parts))
}

fn assemble(id: RevisionId, parts: Vec<RevisionPart>) -> Revision {
    let mut revision = Revision {
        id,
        entries: BTreeMap::new(),
        sources: BTreeMap::new(),
        rules: Vec::new(),
        concepts: Vec::new(),
        phrasings: Vec::new(),
        decision: None,
        holidays: Holidays::default(),
    };
    for part in parts {
        match part {
            RevisionPart::Entry(entry) => {
                revision.entries.insert(entry.id.clone(), *entry);
            }
            RevisionPart::Sources(sources) => revision.sources.extend(sources),
            RevisionPart::Rules(rules) => revision.rules.extend(rules),
            RevisionPart::Concepts(concepts) => revision.concepts.extend(concepts),
            RevisionPart::Phrasings(phrasings) => revision.phrasings.extend(phrasings),
            RevisionPart::Decision(decision) => revision.decision = Some(decision),
            RevisionPart::Holidays(holidays) => revision.holidays.0.extend(holidays),
        }
    }
    revision
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        knowledge::{Asks, HandoverOffer, Reliability, RuleKind, Status},
        lang::Lang,
        store::fixtures::*,
    };

    fn revision(name: &str) -> Revision {
        let entry = Entry {
            id: "subsidy-myhome".parse().unwrap(),
            category: "subsidy".to_owned(),
            municipality: "annaka".to_owned(),
            status: Status::Current,
            as_of: "2023-10-31".parse().unwrap(),
            valid_until: None,
            review_by: None,
            sources: Vec::new(),
            related: Vec::new(),
            needs: Vec::new(),
            handover: HandoverOffer::Offer,
            questions: BTreeMap::from([(Lang::Ja, vec!["いくら".to_owned()])]),
            event: None,
            body: BTreeMap::from([(Lang::JaSimple, "本文".to_owned())]),
        };
        let source = Source {
            title: BTreeMap::from([(Lang::Ja, "市".to_owned())]),
            publisher: "安中市".to_owned(),
            url: None,
            as_of: "2026".parse().unwrap(),
            undated: true,
            reliability: Reliability::A,
        };
        let phrasing = |n: usize| Phrasing {
            hand: "first".to_owned(),
            line: n,
            asks: if n.is_multiple_of(2) {
                Asks::Entry(entry.id.clone())
            } else {
                Asks::Rule(RuleKind::Human)
            },
            lang: Lang::Ja,
            text: format!("家を買うとお金が出ますか {n}"),
        };
        Revision {
            id: RevisionId(name.to_owned()),
            phrasings: (0..2000).map(phrasing).collect(),
            entries: BTreeMap::from([(entry.id.clone(), entry)]),
            sources: BTreeMap::from([(SourceRef("annaka-live".to_owned()), source)]),
            rules: vec![Rule {
                kind: RuleKind::Human,
                patterns: vec!["人と".to_owned()],
                unless: Vec::new(),
                matches: Vec::new(),
                rejects: Vec::new(),
            }],
            concepts: vec![Concept {
                name: "MONEY".to_owned(),
                words: vec!["いくら".to_owned(), "費用".to_owned()],
            }],
            decision: Some(Decision::unfitted(&["score"])),
            holidays: Holidays([(jiff::civil::date(2026, 1, 1), "元日".to_owned())].into()),
        }
    }

    #[tokio::test]
    async fn a_revision_comes_back_as_it_was() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        assert_eq!(store.current_revision(), None);
        store.keep_revision(&revision("a1")).await.unwrap();
        drop(store);
        let store = open(data.path());
        let id = store.current_revision().unwrap();
        assert_eq!(store.revision(&id).unwrap(), revision("a1"));
        let to_answer_with = Revision {
            phrasings: Vec::new(),
            ..revision("a1")
        };
        assert_eq!(store.revision_without_phrasings(&id).unwrap(), to_answer_with);
        let parts = store.trees().revision_parts.raw().iter().values();
        assert!(parts.map(|part| part.unwrap()).all(|part| part.len() < 60_000));
        assert!(store.trees().revision_parts.len() > 5);
    }

    #[tokio::test]
    async fn the_last_ten_are_kept_and_one_can_go_back() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        for n in 0..12 {
            store.keep_revision(&revision(&format!("r{n}"))).await.unwrap();
        }
        let names = |summaries: Vec<RevisionSummary>| {
            summaries
                .into_iter()
                .map(|s| (s.id.0, s.current))
                .collect::<Vec<_>>()
        };
        let kept = names(store.revisions().await.unwrap());
        assert_eq!(kept.len(), 10);
        assert_eq!(
            (kept[0].clone(), kept[9].clone()),
            (("r11".to_owned(), true), ("r2".to_owned(), false))
        );

        let second = RevisionId("r2".to_owned());
        store.go_back(&second).await.unwrap();
        assert_eq!(store.current_revision(), Some(second));
        store.keep_revision(&revision("r12")).await.unwrap();
        let kept = names(store.revisions().await.unwrap());
        assert!(
            kept.contains(&("r2".to_owned(), false)),
            "the one in force is not pruned: {kept:?}"
        );
        let gone = store.go_back(&RevisionId("r0".to_owned())).await.unwrap_err();
        assert!(gone.to_string().contains("no revision r0"), "{gone}");
    }
}
