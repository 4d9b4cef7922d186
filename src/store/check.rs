//! Checks whether the store is consistent: every record can be read, and what belongs together is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::store::{
    Store, cases::due_key, error::Result, key::Key, record::Record, tree::Tree, trees::Trees,
};

/// The result of checking the whole store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// How many records there are, tree by tree.
    pub records: BTreeMap<&'static str, usize>,
    pub faults: Vec<Fault>,
}

/// An inconsistency, without any content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Records that cannot be read.
    Unreadable {
        tree: &'static str,
        records: usize,
        /// The first of them.
        why: String,
    },
    /// Records that contradict others, or need others that are missing.
    Unmatched { rule: Rule, records: usize },
}

/// What has to hold between records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// An update is either still to be handled or handled.
    HandledOnce,
    /// Every number in use has been given out.
    Numbered,
    /// A case's next moment is marked once, and nothing else is.
    CasesDue,
    /// A mover's topic leads back to that mover.
    TopicsOwned,
    /// Each broadcast has its course, and who is held back waits for a broadcast that is there.
    BroadcastsRun,
    /// Every revision has all its parts, and no part is without its revision.
    RevisionsWhole,
    /// The revision in force is there.
    RevisionInForce,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HandledOnce => "updates that are to be handled although they are handled",
            Self::Numbered => "records with a number that was never given out",
            Self::CasesDue => "cases whose next moment is not marked, or marks without their case",
            Self::TopicsOwned => "topics that do not lead back to their mover",
            Self::BroadcastsRun => {
                "broadcasts without a course, courses or waiting receivers without a broadcast"
            }
            Self::RevisionsWhole => "revisions of the knowledge that lack parts, or parts without a revision",
            Self::RevisionInForce => "a revision in force that is not there",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { tree, records, why } => {
                write!(f, "{tree}: {records} cannot be read; the first: {why}")
            }
            Self::Unmatched { rule, records } => write!(f, "{records} {rule}"),
        }
    }
}

impl Store {
    /// Reads every record and checks that they fit together. Changes nothing; no writer is active meanwhile.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn examine(&self) -> Result<Examination> {
        let store = self.clone();
        let examined = tokio::task::spawn_blocking(move || store.look_through()).await;
        examined.map_err(|error| crate::store::StoreError::Disk(error.to_string()))?
    }

    fn look_through(&self) -> Result<Examination> {
        let writer = self.writer();
        let trees = self.trees();
        let mut found = Examination::default();
        trees.read_all(&mut found);
        // Records that cannot be read cannot be compared either.
        if found.faults.is_empty() {
            let broken = [
                (Rule::HandledOnce, handled_once(trees)?),
                (Rule::Numbered, numbered(trees, writer.meta.sequence)?),
                (Rule::CasesDue, cases_due(trees)?),
                (Rule::TopicsOwned, topics_owned(trees)?),
                (Rule::BroadcastsRun, broadcasts_run(trees)?),
                (Rule::RevisionsWhole, revisions_whole(trees)?),
                (Rule::RevisionInForce, revision_in_force(trees, &writer.meta)?),
            ];
            let broken = broken.into_iter().filter(|(_, records)| *records > 0);
            found
                .faults
                .extend(broken.map(|(rule, records)| Fault::Unmatched { rule, records }));
        }
        Ok(found)
    }
}

impl Examination {
    /// Reads every record of a tree.
    pub(super) fn read<K: Key, V: Record>(&mut self, name: &'static str, tree: &Tree<K, V>) {
        let (mut records, mut unreadable, mut why) = (0, 0, None);
        for found in tree.iter() {
            records += 1;
            if let Err(error) = found {
                unreadable += 1;
                why.get_or_insert_with(|| error.to_string());
            }
        }
        self.records.insert(name, records);
        if let Some(why) = why {
            self.faults.push(Fault::Unreadable {
                tree: name,
                records: unreadable,
                why,
            });
        }
    }

    /// How many records there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.records.values().sum()
    }
}

fn handled_once(trees: &Trees) -> Result<usize> {
    let mut twice = 0;
    for found in trees.inbox.iter() {
        twice += usize::from(trees.handled.contains(&found?.0)?);
    }
    Ok(twice)
}

fn numbered(trees: &Trees, given_out: u64) -> Result<usize> {
    let beyond = |number: u64| usize::from(number > given_out);
    let last = |tree: Option<Result<u64>>| tree.transpose().map(|number| number.map_or(0, beyond));
    Ok([
        last(trees.outbox.iter().next_back().map(|found| Ok(found?.0.0)))?,
        last(trees.dead_letters.iter().next_back().map(|found| Ok(found?.0.0)))?,
        last(trees.notes.iter().next_back().map(|found| Ok(found?.0.0)))?,
        last(trees.drafts.iter().next_back().map(|found| Ok(found?.0.0)))?,
        last(trees.broadcasts.iter().next_back().map(|found| Ok(found?.0.0)))?,
    ]
    .iter()
    .sum())
}

fn cases_due(trees: &Trees) -> Result<usize> {
    let mut wanted = BTreeSet::new();
    for found in trees.cases.iter() {
        let (mover, case) = found?;
        wanted.extend(case.due.map(|due| due_key(due, mover)));
    }
    let mut marked = BTreeSet::new();
    for found in trees.case_dues.iter() {
        marked.insert(found?.0);
    }
    Ok(wanted.symmetric_difference(&marked).count())
}

fn topics_owned(trees: &Trees) -> Result<usize> {
    let mut astray = 0;
    for found in trees.topics.iter() {
        let (mover, topic) = found?;
        let owner = trees.threads.get(&topic.thread)?;
        astray += usize::from(owner.is_none_or(|owner| owner.0 != mover));
    }
    Ok(astray)
}

fn broadcasts_run(trees: &Trees) -> Result<usize> {
    let mut lost = 0;
    for found in trees.broadcasts.iter() {
        lost += usize::from(!trees.courses.contains(&found?.0)?);
    }
    for found in trees.courses.iter() {
        lost += usize::from(!trees.broadcasts.contains(&found?.0)?);
    }
    for found in trees.held_back.iter() {
        let ((broadcast, _), _) = found?;
        lost += usize::from(!trees.broadcasts.contains(&broadcast)?);
    }
    Ok(lost)
}

fn revisions_whole(trees: &Trees) -> Result<usize> {
    let mut lacking = BTreeMap::new();
    for found in trees.revisions.iter() {
        let (id, head) = found?;
        lacking.insert(id, i64::from(head.parts));
    }
    for found in trees.revision_parts.iter() {
        let ((id, _), _) = found?;
        *lacking.entry(id).or_insert(0) -= 1;
    }
    Ok(lacking.values().filter(|parts| **parts != 0).count())
}

fn revision_in_force(trees: &Trees, meta: &crate::store::trees::Meta) -> Result<usize> {
    match &meta.current_revision {
        Some(id) => Ok(usize::from(!trees.revisions.contains(id)?)),
        None => Ok(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        outgoing::{ThreadId, UpdateId, UserId},
        store::{Step, Topic, fixtures::*, tree::Writes, updates::Handled},
    };

    async fn examined(store: &Store) -> Vec<String> {
        let found = store.examine().await.unwrap();
        found.faults.iter().map(ToString::to_string).collect()
    }

    #[tokio::test]
    async fn a_store_in_use_holds_together() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept(vec![update(1), update(2)]).await.unwrap();
        let step = Step {
            conversation: Some(conversation(1)),
            outgoing: vec![message(1, "a")],
            notes: vec![asked("いくら")],
            ..Step::handling(UpdateId(1))
        };
        store.commit_step(step).await.unwrap();
        let found = store.examine().await.unwrap();
        assert_eq!(found.faults, []);
        assert_eq!((found.records["inbox"], found.records["outbox"]), (1, 1));
        assert!(found.total() >= 6);
    }

    #[tokio::test]
    async fn what_does_not_hold_together_is_named_without_its_content() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept(vec![update(1)]).await.unwrap();
        let topic = Topic {
            thread: ThreadId(5),
            title: "アンナ".to_owned(),
            card: None,
        };
        let mut writes = Writes::default();
        writes.put(&store.trees().topics, &UserId(1), &topic).unwrap();
        writes
            .put(&store.trees().handled, &UpdateId(1), &Handled { at: now() })
            .unwrap();
        writes.apply().unwrap();
        assert_eq!(
            examined(&store).await,
            [
                "1 updates that are to be handled although they are handled",
                "1 topics that do not lead back to their mover"
            ]
        );
        let mut writes = Writes::default();
        writes.put_raw(store.trees().notes.raw(), vec![9], "\u{1}{秘密".into());
        writes.apply().unwrap();
        let found = examined(&store).await;
        assert!(found[0].starts_with("notes: 1 cannot be read"), "{found:?}");
        assert!(!found[0].contains("秘密"), "{found:?}");
    }
}
