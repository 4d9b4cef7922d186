//! The events of the city, and what is still to be told of them.

use serde::{Deserialize, Serialize};

use crate::{
    events::{Event, EventId},
    outgoing::{News, Outgoing, UserId},
    store::{
        Store,
        commit::Ticket,
        error::Result,
        key::{Key, Only, read_name, write_name},
        outbox,
        record::Record,
        tree::Writes,
        trees::Trees,
    },
};

/// An event as it is from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventChange {
    pub event: Event,
    /// What everybody who hears of it is told.
    pub news: Option<News>,
    /// What it was is over: who signed up for that has not signed up for this.
    pub anew: bool,
}

/// News of an event that is being told, subscriber by subscriber.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// The event as of this revision.
    pub sequence: u32,
    pub news: News,
    /// Everybody up to this one was told.
    pub after: Option<UserId>,
}

impl Key for EventId {
    fn write(&self, out: &mut Vec<u8>) {
        write_name(self.as_str(), out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        read_name(bytes)?.parse().ok()
    }
}

impl Record for Event {
    const WHAT: &'static str = "event";
    /// Since 2 with the moment of its last news.
    const VERSION: u8 = 2;
}

impl Record for Announcement {
    const WHAT: &'static str = "news of an event";
}

impl Store {
    /// Every event, by id.
    pub async fn events(&self) -> Result<Vec<Event>> {
        let events = self.trees().events.iter();
        events.map(|found| found.map(|(_, event)| event)).collect()
    }

    /// Keeps events as they are from now on, and forgets others, all or nothing. False if one of them was changed by
    /// somebody else meanwhile; then nothing is written.
    pub async fn keep_events(&self, changes: Vec<EventChange>, gone: &[EventId]) -> Result<bool> {
        let Some(ticket) = self.stage_events(changes, gone)? else {
            return Ok(false);
        };
        self.durable(ticket).await?;
        Ok(true)
    }

    fn stage_events(&self, changes: Vec<EventChange>, gone: &[EventId]) -> Result<Option<Ticket>> {
        let trees = self.trees();
        let _writer = self.writer();
        let mut writes = Writes::default();
        if !stage(trees, &mut writes, changes)? {
            return Ok(None);
        }
        for id in gone {
            writes.remove(&trees.events, id);
            writes.remove(&trees.announcements, id);
        }
        self.apply(writes).map(Some)
    }

    /// The news that are still being told.
    pub async fn announcements(&self) -> Result<Vec<(EventId, Announcement)>> {
        self.trees().announcements.iter().collect()
    }

    /// Forgets news of events that are long past, should any never have been told.
    pub async fn forget_past_announcements(&self, is_past: impl Fn(&EventId) -> bool) -> Result<()> {
        let ticket = {
            let trees = self.trees();
            let _writer = self.writer();
            let mut writes = Writes::default();
            for id in trees.announcements.keys() {
                let id = id?;
                if is_past(&id) {
                    writes.remove(&trees.announcements, &id);
                }
            }
            self.apply(writes)?
        };
        self.durable(ticket).await
    }

    /// Some more people are told; `next` is how far the telling is then, none if everybody is. Nothing happens if there
    /// are other news meanwhile.
    pub async fn announced(
        &self,
        event: &EventId,
        before: &Announcement,
        told: Vec<Outgoing>,
        next: Option<Announcement>,
    ) -> Result<()> {
        let ticket = self.stage_announced(event, before, told, next)?;
        self.durable(ticket).await
    }

    fn stage_announced(
        &self,
        event: &EventId,
        before: &Announcement,
        told: Vec<Outgoing>,
        next: Option<Announcement>,
    ) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        if trees.announcements.get(event)?.as_ref() != Some(before) {
            return Ok(self.0.committer.latest());
        }
        let mut writes = Writes::default();
        match next {
            Some(next) => writes.put(&trees.announcements, event, &next)?,
            None => writes.remove(&trees.announcements, event),
        }
        let mut meta = writer.meta.clone();
        let staged = outbox::stage(trees, &mut meta, &mut writes, told, self.0.clock.now())?;
        writes.put(&trees.meta, &Only, &meta)?;
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }
}

/// Stages events as they are from now on; false if one of them was changed by somebody else since it was read.
pub(super) fn stage(trees: &Trees, writes: &mut Writes, changes: Vec<EventChange>) -> Result<bool> {
    for EventChange { event, news, anew } in changes {
        let kept = trees.events.get(&event.id)?;
        let follows = match &kept {
            None => true,
            Some(kept) if kept.looks_like(&event) => kept.sequence == event.sequence,
            Some(kept) => kept.sequence.checked_add(1) == Some(event.sequence),
        };
        if !follows {
            return Ok(false);
        }
        writes.put(&trees.events, &event.id, &event)?;
        if anew {
            writes.remove(&trees.sign_ups, &event.id);
        }
        if let Some(news) = news {
            let announcement = Announcement {
                sequence: event.sequence,
                news,
                after: None,
            };
            writes.put(&trees.announcements, &event.id, &announcement)?;
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::{
            Standing,
            sample::{at, event},
        },
        store::fixtures::*,
    };

    fn set(event: Event) -> EventChange {
        EventChange {
            event,
            news: Some(News::Set),
            anew: false,
        }
    }

    #[tokio::test]
    async fn a_change_made_from_an_older_event_is_refused() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        assert!(store.keep_events(vec![set(fair.clone())], &[]).await.unwrap());
        let cancelled = Event {
            standing: Standing::Cancelled,
            ..fair.clone()
        };
        let later = event("s-1", "2027-02-14 10:00-11:30");
        let now = at("2026-12-01T00:00");
        let first = fair.clone().revised(cancelled, now).unwrap();
        let second = fair.revised(later, now).unwrap();
        assert!(store.keep_events(vec![set(first.clone())], &[]).await.unwrap());
        assert!(!store.keep_events(vec![set(second)], &[]).await.unwrap());
        assert_eq!(store.events().await.unwrap(), [first]);
    }

    #[tokio::test]
    async fn news_are_told_page_by_page_and_newer_ones_take_their_place() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        store.keep_events(vec![set(fair.clone())], &[]).await.unwrap();
        let (id, first) = store.announcements().await.unwrap().remove(0);
        let half = Announcement {
            after: Some(UserId(5)),
            ..first.clone()
        };
        store
            .announced(&id, &first, vec![message(5, "a")], Some(half.clone()))
            .await
            .unwrap();
        store
            .announced(&id, &first, vec![message(5, "a")], Some(half.clone()))
            .await
            .unwrap();
        assert_eq!(store.depth(), 1, "nobody is told twice");
        drop(store);

        let store = open(data.path());
        assert_eq!(store.announcements().await.unwrap(), [(id.clone(), half.clone())]);
        store.forget_past_announcements(|_| false).await.unwrap();
        store.announced(&id, &half, Vec::new(), None).await.unwrap();
        assert!(store.announcements().await.unwrap().is_empty());
        let later = event("s-2", "2027-02-15 9:30-11:30");
        store.keep_events(vec![set(later)], &[]).await.unwrap();
        store.forget_past_announcements(|_| true).await.unwrap();
        assert!(store.announcements().await.unwrap().is_empty());
    }
}
