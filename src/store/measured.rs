//! Measurements of the store: how large it is, what has waited longest, how much is set aside.

use jiff::Timestamp;

use crate::store::{
    Store,
    error::{Result, StoreError},
};

impl Store {
    /// How much room it takes on the disk.
    ///
    /// # Errors
    /// When the disk cannot be asked.
    pub fn bytes(&self) -> Result<u64> {
        Ok(self.0.db.size_on_disk()?)
    }

    /// How much room is left where it lies.
    ///
    /// # Errors
    /// When the disk cannot be asked.
    pub fn free_bytes(&self) -> Result<u64> {
        fs2::available_space(&self.0.data).map_err(|source| StoreError::File {
            doing: "measure",
            path: self.0.data.clone(),
            source,
        })
    }

    /// Since when the oldest item of the outbox has been waiting, for whatever reason, among bulk sends or among the
    /// rest.
    ///
    /// # Errors
    /// When the item cannot be read.
    pub fn oldest_waiting(&self, of_many: bool) -> Result<Option<Timestamp>> {
        let oldest = self.writer().queue.oldest(of_many);
        let Some(id) = oldest else { return Ok(None) };
        Ok(self.trees().outbox.get(&id)?.map(|record| record.enqueued))
    }

    /// How many updates are set aside.
    #[must_use]
    pub fn quarantined_count(&self) -> usize {
        self.trees().quarantine.len()
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        outgoing::Priority,
        store::{Postponed, Step, fixtures::*},
    };

    #[tokio::test]
    async fn what_waits_longest_is_seen_whatever_it_waits_for() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        assert_eq!(store.oldest_waiting(false).unwrap(), None);
        let step = Step {
            outgoing: vec![
                message(1, "a"),
                message(2, "b").with_priority(Priority::Broadcast),
            ],
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
        let found = store
            .deliverable(now(), 1, |_| crate::store::May::Go)
            .await
            .unwrap();
        let later = now() + jiff::SignedDuration::from_secs(60);
        let why = Postponed::AfterFailure {
            unseen: false,
            line_works: true,
        };
        store.postponed(found.items[0].id, later, why).await.unwrap();
        assert_eq!(store.oldest_waiting(false).unwrap(), Some(now()));
        assert_eq!(store.oldest_waiting(true).unwrap(), Some(now()));
        assert!(store.bytes().unwrap() > 0 && store.free_bytes().unwrap() > 0);
    }
}
