//! The inbox: what Telegram delivered, kept whole until it is handled.
//!
//! A handled update leaves a mark, so that a second delivery is recognised; [`Store::sweep`] removes old marks.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    outgoing::{Outgoing, UpdateId},
    store::{
        Store, commit::Ticket, error::Result, key::Only, outbox, record::Record, tree::Writes, trees::Trees,
    },
};

/// An update as Telegram sent it, unread.
#[derive(Clone, PartialEq, Eq)]
pub struct RawUpdate {
    pub id: UpdateId,
    pub json: String,
}

/// Without the content, which must stay out of logs.
impl std::fmt::Debug for RawUpdate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawUpdate")
            .field("id", &self.id)
            .field("bytes", &self.json.len())
            .finish()
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct InboxRecord {
    json: String,
    received: Timestamp,
    /// How often handling it has failed.
    #[serde(default)]
    pub(super) tries: u8,
}

impl Record for InboxRecord {
    const WHAT: &'static str = "received update";
}

#[derive(Serialize, Deserialize)]
pub(super) struct Handled {
    pub(super) at: Timestamp,
}

impl Record for Handled {
    const WHAT: &'static str = "mark of a handled update";
}

/// An update that could not be handled and was set aside.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    pub json: String,
    pub reason: String,
    pub at: Timestamp,
}

impl Record for Quarantined {
    const WHAT: &'static str = "quarantined update";
}

impl Store {
    /// Stores updates that are not known yet, and returns how many those were. All are durable when it returns, known
    /// ones too, so Telegram may be told that they arrived.
    pub async fn accept(&self, updates: Vec<RawUpdate>) -> Result<usize> {
        let (new, ticket) = self.stage_updates(updates)?;
        self.durable(ticket).await?;
        Ok(new)
    }

    /// Updates that wait to be handled, oldest first.
    pub async fn pending(&self, limit: usize) -> Result<Vec<RawUpdate>> {
        let pending = self.trees().inbox.iter().take(limit);
        pending
            .map(|found| {
                found.map(|(id, record)| RawUpdate {
                    id,
                    json: record.json,
                })
            })
            .collect()
    }

    /// The same without those already known, whose content is not read.
    pub async fn pending_but(
        &self,
        limit: usize,
        known: impl Fn(UpdateId) -> bool,
    ) -> Result<Vec<RawUpdate>> {
        let mut found = Vec::new();
        for id in self.trees().inbox.keys() {
            let id = id?;
            if known(id) {
                continue;
            }
            // It may have been handled in between.
            if let Some(record) = self.trees().inbox.get(&id)? {
                found.push(RawUpdate {
                    id,
                    json: record.json,
                });
            }
            if found.len() >= limit {
                break;
            }
        }
        Ok(found)
    }

    /// How many updates wait to be handled.
    #[must_use]
    pub fn pending_count(&self) -> usize {
        self.trees().inbox.len()
    }

    /// The offset that confirms everything accepted so far.
    ///
    /// It follows the last updates accepted rather than the highest ever seen: after a quiet week Telegram may begin
    /// again with lower numbers.
    pub async fn next_offset(&self) -> Result<Option<UpdateId>> {
        Ok(self.writer().meta.next_update)
    }

    /// Sets aside an update that cannot be handled, and enqueues what is said about it; it counts as handled.
    pub async fn quarantine(&self, id: UpdateId, reason: &str, told: Vec<Outgoing>) -> Result<()> {
        let ticket = self.stage_quarantine(id, reason, told)?;
        self.durable(ticket).await
    }

    /// Updates that were set aside.
    pub async fn quarantined(&self) -> Result<Vec<(UpdateId, Quarantined)>> {
        self.trees().quarantine.iter().collect()
    }

    fn stage_updates(&self, updates: Vec<RawUpdate>) -> Result<(usize, Ticket)> {
        let Some(last) = updates.iter().map(|update| update.id).max() else {
            return Ok((0, Ticket::OLD));
        };
        let trees = self.trees();
        let received = self.0.clock.now();
        let mut writer = self.writer();
        let mut writes = Writes::default();
        let mut seen = std::collections::BTreeSet::new();
        for RawUpdate { id, json } in updates {
            if seen.contains(&id) || trees.inbox.contains(&id)? || trees.handled.contains(&id)? {
                continue;
            }
            writes.put(
                &trees.inbox,
                &id,
                &InboxRecord {
                    json,
                    received,
                    tries: 0,
                },
            )?;
            seen.insert(id);
        }
        let mut meta = writer.meta.clone();
        meta.next_update = Some(UpdateId(last.0.saturating_add(1)));
        if meta.next_update != writer.meta.next_update {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        Ok((seen.len(), ticket))
    }

    fn stage_quarantine(&self, id: UpdateId, reason: &str, told: Vec<Outgoing>) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let Some(record) = trees.inbox.get(&id)? else {
            return Ok(Ticket::OLD);
        };
        let at = self.0.clock.now();
        let mut writes = Writes::default();
        let quarantined = Quarantined {
            json: record.json,
            reason: reason.to_owned(),
            at,
        };
        writes.put(&trees.quarantine, &id, &quarantined)?;
        writes.put(&trees.handled, &id, &Handled { at })?;
        writes.remove(&trees.inbox, &id);
        let mut meta = writer.meta.clone();
        let staged = outbox::stage(trees, &mut meta, &mut writes, told, at)?;
        if !staged.is_empty() {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.failed.remove(&id);
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }
}

/// Waiting updates whose handling has failed before.
pub(super) fn failed_before(trees: &Trees) -> Result<HashMap<UpdateId, u8>> {
    let mut failed = HashMap::new();
    for found in trees.inbox.iter() {
        let (id, record) = found?;
        if record.tries > 0 {
            failed.insert(id, record.tries);
        }
    }
    Ok(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Step, fixtures::*};

    #[tokio::test]
    async fn updates_are_kept_once_in_order_and_survive_reopening() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        assert_eq!(store.next_offset().await.unwrap(), None);
        assert_eq!(
            store.accept(vec![update(7), update(5), update(7)]).await.unwrap(),
            2
        );
        assert_eq!(store.accept(vec![update(5), update(6)]).await.unwrap(), 1);
        drop(store);

        let store = open(data.path());
        let ids: Vec<u32> = store.pending(10).await.unwrap().iter().map(|u| u.id.0).collect();
        assert_eq!(ids, [5, 6, 7]);
        assert_eq!(store.pending(2).await.unwrap(), [update(5), update(6)]);
        assert_eq!(store.next_offset().await.unwrap(), Some(UpdateId(7)));
        let others = store.pending_but(2, |id| id == UpdateId(5)).await.unwrap();
        assert_eq!(others, [update(6), update(7)]);
    }

    #[tokio::test]
    async fn a_handled_update_is_not_taken_again() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept(vec![update(1)]).await.unwrap();
        store.commit_step(Step::handling(UpdateId(1))).await.unwrap();
        assert_eq!(store.accept(vec![update(1)]).await.unwrap(), 0);
        assert_eq!(store.pending_count(), 0);
    }

    #[tokio::test]
    async fn a_quarantined_update_no_longer_waits_and_can_be_looked_at() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept(vec![update(1)]).await.unwrap();
        store
            .quarantine(UpdateId(1), "panicked three times", vec![message(7, "told")])
            .await
            .unwrap();
        assert_eq!(store.pending_count(), 0);
        let set_aside = store.quarantined().await.unwrap();
        assert_eq!(set_aside[0].1.reason, "panicked three times");
        assert_eq!(store.depth(), 1, "what is told of it is kept with it");
        assert_eq!(store.accept(vec![update(1)]).await.unwrap(), 0);
    }
}
