//! What staff decide about dead letters.

use crate::{
    outgoing::Outgoing,
    store::{
        Store,
        commit::Ticket,
        error::Result,
        key::Only,
        outbox::{OutboxId, stage},
        tree::Writes,
    },
};

impl Store {
    /// Puts a dead letter back into the outbox, behind what waits there; false if it no longer is one.
    pub async fn retry_dead_letter(&self, id: OutboxId) -> Result<bool> {
        let (found, ticket) = self.stage_settled(id, |outgoing| vec![outgoing])?;
        self.durable(ticket).await?;
        Ok(found)
    }

    /// Puts a dead letter away for good; false if it no longer is one.
    pub async fn drop_dead_letter(&self, id: OutboxId) -> Result<bool> {
        let (found, ticket) = self.stage_settled(id, |_| Vec::new())?;
        self.durable(ticket).await?;
        Ok(found)
    }

    fn stage_settled(
        &self,
        id: OutboxId,
        then: impl FnOnce(Outgoing) -> Vec<Outgoing>,
    ) -> Result<(bool, Ticket)> {
        let trees = self.trees();
        let mut writer = self.writer();
        let Some(letter) = trees.dead_letters.get(&id)? else {
            return Ok((false, self.0.committer.latest()));
        };
        let (mut writes, mut meta) = (Writes::default(), writer.meta.clone());
        writes.remove(&trees.dead_letters, &id);
        let now = self.0.clock.now();
        let staged = stage(trees, &mut meta, &mut writes, then(letter.outgoing), now)?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.enqueue(&staged, ticket);
        Ok((true, ticket))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{DeadReason, May, OutboxItem, Step, fixtures::*};

    async fn next(store: &Store) -> Option<OutboxItem> {
        let found = store.deliverable(now(), 1, |_| May::Go).await.unwrap();
        found.items.into_iter().next()
    }

    #[tokio::test]
    async fn a_letter_is_tried_again_or_dropped_once_and_that_outlives_a_restart() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let step = Step {
            outgoing: vec![message(1, "a"), message(2, "b")],
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
        while let Some(item) = next(&store).await {
            let reason = DeadReason::Refused("no".to_owned());
            store.dead_letter(&item, reason, Vec::new()).await.unwrap();
        }
        let letters = store.dead_letters(9).await.unwrap();
        let ids: Vec<OutboxId> = letters.iter().map(|(id, _)| *id).collect();
        assert!(store.retry_dead_letter(ids[0]).await.unwrap());
        assert!(!store.retry_dead_letter(ids[0]).await.unwrap());
        assert!(!store.drop_dead_letter(ids[0]).await.unwrap());
        assert!(store.drop_dead_letter(ids[1]).await.unwrap());
        drop(store);

        let store = open(data.path());
        assert_eq!((store.dead_letter_count(), store.depth()), (0, 1));
        let item = next(&store).await.unwrap();
        assert_eq!((text_of(&item.outgoing), item.attempts), ("b".to_owned(), 0));
    }
}
