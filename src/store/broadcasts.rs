//! Broadcasts: what is sent, how far it is, and whose messages are held back during a pause.
//!
//! Whatever becomes of a receiver is counted in the transaction that takes their message out of the outbox, and the
//! cursor moves in the one that puts messages in; so nobody is told twice or counted twice, whenever the process dies.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    events::Calendar,
    lang::Lang,
    outgoing::{Act, BroadcastId, MessageId, Outgoing, Priority, Push, UserId, Voice},
    publishing::broadcast::{
        Broadcast, BroadcastStep, Change, Course, Next, Outcome, Reached, Receivers, Segment, State,
    },
    store::{
        OutboxItem, Store,
        commit::Ticket,
        error::Result,
        key::Only,
        outbox,
        record::Record,
        tree::Writes,
        trees::{Meta, Trees},
    },
};

/// A receiver whose message waits until its broadcast goes on.
#[derive(Serialize, Deserialize)]
pub(super) struct HeldBack {
    since: Timestamp,
}

impl Record for Broadcast {
    const WHAT: &'static str = "broadcast";
}

impl Record for Course {
    const WHAT: &'static str = "course of a broadcast";
}

impl Record for HeldBack {
    const WHAT: &'static str = "receiver who is held back";
}

impl Store {
    /// The broadcast with this number, if there is one.
    pub async fn broadcast(&self, id: BroadcastId) -> Result<Option<Broadcast>> {
        self.trees().broadcasts.get(&id)
    }

    /// How far a broadcast is.
    pub async fn course(&self, id: BroadcastId) -> Result<Option<Course>> {
        self.trees().courses.get(&id)
    }

    /// Every broadcast, and how far it is.
    pub async fn courses(&self) -> Result<Vec<(BroadcastId, Course)>> {
        self.trees().courses.iter().collect()
    }

    /// How many each of these would reach.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_receivers(&self, segments: &[Segment], calendar: &Calendar) -> Result<Vec<Receivers>> {
        let trees = self.trees();
        let mut counts = vec![Receivers::default(); segments.len()];
        for found in trees.subscribers.iter() {
            let (mover, subscriber) = found?;
            let of: Vec<bool> = segments
                .iter()
                .map(|segment| segment.holds(&subscriber, calendar))
                .collect();
            if !of.contains(&true) {
                continue;
            }
            let known = trees.conversations.get(&mover)?;
            let there = !subscriber.paused && known.as_ref().is_none_or(|known| known.reachable);
            let lang = known.map_or(Lang::Ja, |known| known.lang);
            for (count, _) in counts.iter_mut().zip(of).filter(|(_, holds)| *holds) {
                if there {
                    count.add(lang);
                } else {
                    count.others += 1;
                }
            }
        }
        Ok(counts)
    }

    /// Enqueues these receivers, the next ones after `after`, and records how far that `reached`. Does nothing if
    /// others have been taken up since.
    pub async fn take_receivers(
        &self,
        id: BroadcastId,
        after: Option<UserId>,
        receivers: &[UserId],
        reached: Reached,
    ) -> Result<()> {
        let ticket = self.change_course(id, |course, _, _| {
            if course.next() != Some(Next::After(after)) {
                return Ok(None);
            }
            course.took(receivers.len(), reached);
            Ok(Some(receivers.iter().map(|who| told(id, *who)).collect()))
        })?;
        self.durable(ticket).await
    }

    /// Enqueues some of those held back, if it is their turn.
    pub async fn release_receivers(&self, id: BroadcastId, limit: usize) -> Result<()> {
        let ticket = self.change_course(id, |course, trees, writes| {
            if course.next() != Some(Next::Held) {
                return Ok(None);
            }
            let some = held_back(trees, id, limit)?;
            some.iter()
                .for_each(|who| writes.remove(&trees.held_back, &(id, *who)));
            course.released(if some.is_empty() { course.held } else { some.len() });
            Ok(Some(some.into_iter().map(|who| told(id, who)).collect()))
        })?;
        self.durable(ticket).await
    }

    /// Takes a message of a paused broadcast out of the outbox until the broadcast is resumed, so that nothing else for
    /// the receiver waits behind it.
    pub async fn hold_back(&self, item: &OutboxItem) -> Result<()> {
        let place = item.outgoing.act.broadcast().zip(item.outgoing.to.person());
        let Some((id, who)) = place else { return Ok(()) };
        let ticket = self.settle(&item.ids(), Vec::new(), |trees, writes, _, now| {
            let Some(mut course) = trees.courses.get(&id)? else {
                return Ok(());
            };
            course.held_back();
            writes.put(&trees.courses, &id, &course)?;
            writes.put(&trees.held_back, &(id, who), &HeldBack { since: now })
        })?;
        self.durable(ticket).await
    }

    /// Removes a message that is not sent from the outbox, and records its receiver's outcome.
    pub async fn put_away(&self, item: &OutboxItem, outcome: &Outcome) -> Result<()> {
        let ticket = self.settle(&item.ids(), Vec::new(), |trees, writes, _, _| {
            ended(trees, writes, [&item.outgoing], outcome)
        })?;
        self.durable(ticket).await
    }

    /// Enqueues the progress of a broadcast for the group, with whatever else there is to say. Does nothing if its
    /// state has changed since it was read.
    pub async fn show_course(&self, id: BroadcastId, seen: &State, told: Vec<Outgoing>) -> Result<()> {
        let now = self.0.clock.now();
        let ticket = self.change_course(id, |course, _, _| {
            if course.state != *seen {
                return Ok(None);
            }
            course.shows(now);
            Ok(Some(told))
        })?;
        self.durable(ticket).await
    }

    /// Remembers the message that shows a broadcast's progress.
    pub async fn keep_progress_message(&self, id: BroadcastId, message: MessageId) -> Result<()> {
        let ticket = self.change_course(id, |course, _, _| {
            course.message = Some(message);
            Ok(Some(Vec::new()))
        })?;
        self.durable(ticket).await
    }

    /// Changes a broadcast's progress, with what is enqueued because of it.
    fn change_course(
        &self,
        id: BroadcastId,
        change: impl FnOnce(&mut Course, &Trees, &mut Writes) -> Result<Option<Vec<Outgoing>>>,
    ) -> Result<Ticket> {
        let trees = self.trees();
        let mut writer = self.writer();
        let mut writes = Writes::default();
        let Some(mut course) = trees.courses.get(&id)? else {
            return Ok(self.0.committer.latest());
        };
        let Some(outgoing) = change(&mut course, trees, &mut writes)? else {
            return Ok(self.0.committer.latest());
        };
        writes.put(&trees.courses, &id, &course)?;
        let mut meta = writer.meta.clone();
        let staged = outbox::stage(trees, &mut meta, &mut writes, outgoing, self.0.clock.now())?;
        if !staged.is_empty() {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.enqueue(&staged, ticket);
        Ok(ticket)
    }
}

/// Stages what a step does about a broadcast; false if that is no longer possible.
pub(super) fn stage(
    trees: &Trees,
    meta: &mut Meta,
    writes: &mut Writes,
    step: BroadcastStep,
) -> Result<bool> {
    match step {
        BroadcastStep::Start(new) => {
            let (broadcast, course) = *new;
            let id = BroadcastId(meta.next_number());
            writes.put(&trees.broadcasts, &id, &broadcast)?;
            writes.put(&trees.courses, &id, &course)?;
            Ok(true)
        }
        BroadcastStep::Change(id, change) => {
            let Some(mut course) = trees.courses.get(&id)? else {
                return Ok(false);
            };
            if !course.change(change) {
                return Ok(false);
            }
            if change == Change::Cancel {
                for who in held_back(trees, id, usize::MAX)? {
                    writes.remove(&trees.held_back, &(id, who));
                }
            }
            writes.put(&trees.courses, &id, &course)?;
            Ok(true)
        }
    }
}

/// Counts the outcomes of broadcast messages and progress messages as they leave the outbox.
pub(super) fn ended<'o>(
    trees: &Trees,
    writes: &mut Writes,
    outgoing: impl IntoIterator<Item = &'o Outgoing>,
    outcome: &Outcome,
) -> Result<()> {
    let mut changed: BTreeMap<BroadcastId, Course> = BTreeMap::new();
    for one in outgoing {
        let shown = match one.act {
            Act::Progress(id) => Some(id),
            _ => None,
        };
        let Some(id) = shown.or(one.act.broadcast()) else {
            continue;
        };
        let course = match changed.remove(&id) {
            Some(course) => Some(course),
            None => trees.courses.get(&id)?,
        };
        let Some(mut course) = course else { continue };
        match shown {
            Some(_) => course.was_shown(),
            None => course.ended(outcome),
        }
        changed.insert(id, course);
    }
    for (id, course) in &changed {
        writes.put(&trees.courses, id, course)?;
    }
    Ok(())
}

fn held_back(trees: &Trees, id: BroadcastId, limit: usize) -> Result<Vec<UserId>> {
    let from = trees.held_back.from(&(id, UserId(i64::MIN)));
    let of_it = from
        .map(|found| found.map(|(key, _)| key))
        .take_while(|found| found.as_ref().map_or(true, |(of, _)| *of == id));
    of_it.take(limit).map(|found| found.map(|(_, who)| who)).collect()
}

/// The message to one receiver; its words are put together when it goes out.
fn told(id: BroadcastId, who: UserId) -> Outgoing {
    let act = Act::Push(Push::Broadcast { id });
    Outgoing::to_person(who, Voice::Needed, act).with_priority(Priority::Broadcast)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        outgoing::Html,
        publishing::{
            Piece, Writing,
            broadcast::{Notice, Worded},
        },
        store::{Committed, May, Receipt, Step, fixtures::*},
    };

    fn written(edition: u32) -> Writing {
        Writing {
            by: UserId(7),
            edition,
            piece: Piece::Nothing,
            at: now(),
        }
    }

    fn start() -> BroadcastStep {
        let text = "大雪です";
        let broadcast = Broadcast {
            notice: Notice {
                words: Worded::read(None, text, &Html::text(text)).unwrap(),
                link: None,
            },
            segment: Segment::Everybody,
            by: UserId(7),
            confirmed_by: None,
            at: now(),
        };
        BroadcastStep::Start(Box::new((broadcast, Course::new(3, None))))
    }

    /// A broadcast to 1, 2 and 3, who are all enqueued.
    async fn under_way(store: &Store) -> BroadcastId {
        let step = Step {
            broadcast: Some(start()),
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
        let (id, _) = store.courses().await.unwrap().remove(0);
        let all = [UserId(1), UserId(2), UserId(3)];
        let reached = Reached::UpTo(Some(UserId(3)));
        store.take_receivers(id, None, &all, reached).await.unwrap();
        store
            .take_receivers(id, Some(UserId(3)), &[], Reached::End)
            .await
            .unwrap();
        id
    }

    async fn items(store: &Store) -> Vec<OutboxItem> {
        store.deliverable(now(), 10, |_| May::Go).await.unwrap().items
    }

    async fn change(store: &Store, id: BroadcastId, change: Change) -> Committed {
        let step = Step {
            broadcast: Some(BroadcastStep::Change(id, change)),
            ..Step::default()
        };
        store.commit_step(step).await.unwrap()
    }

    #[tokio::test]
    async fn what_was_written_is_sent_once() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let step = Step {
            writing: Some(written(4)),
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
        let send = || Step {
            saw_writing: Some((UserId(7), 4)),
            writing: Some(written(5)),
            broadcast: Some(start()),
            ..Step::default()
        };
        assert_eq!(store.commit_step(send()).await.unwrap(), Committed::Now);
        assert_eq!(store.commit_step(send()).await.unwrap(), Committed::Stale);
        assert_eq!(store.courses().await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn receivers_are_taken_up_once_and_each_is_counted_once() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let id = under_way(&store).await;
        store
            .take_receivers(id, None, &[UserId(1)], Reached::End)
            .await
            .unwrap();
        assert_eq!(store.depth(), 3, "that page was taken up before");
        drop(store);

        let store = open(data.path());
        let waiting = items(&store).await;
        let receipt = Receipt {
            messages: vec![MessageId(5)],
            ..Receipt::default()
        };
        for _ in 0..2 {
            store.delivered(&waiting[0], &receipt, Vec::new()).await.unwrap();
            store.put_away(&waiting[1], &Outcome::Skipped).await.unwrap();
            store.unreachable(UserId(3), |_| Vec::new()).await.unwrap();
        }
        let course = store.course(id).await.unwrap().unwrap();
        let tally = course.tally;
        assert_eq!((tally.sent, tally.skipped, tally.unreachable), (1, 1, 1));
        assert_eq!((course.state, store.depth()), (State::Done, 0));
        assert_eq!(change(&store, id, Change::Resume).await, Committed::Stale);
    }

    #[tokio::test]
    async fn who_is_held_back_waits_over_a_restart_and_goes_on_or_is_dropped() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let id = under_way(&store).await;
        assert_eq!(change(&store, id, Change::Pause).await, Committed::Now);
        for item in items(&store).await {
            store.hold_back(&item).await.unwrap();
        }
        drop(store);

        let store = open(data.path());
        store.release_receivers(id, 2).await.unwrap();
        assert_eq!(store.depth(), 0, "it is paused");
        change(&store, id, Change::Resume).await;
        store.release_receivers(id, 2).await.unwrap();
        assert_eq!(store.depth(), 2);
        assert_eq!(change(&store, id, Change::Cancel).await, Committed::Now);
        let course = store.course(id).await.unwrap().unwrap();
        assert_eq!((course.held, course.tally.dropped), (0, 1));
        assert!(held_back(store.trees(), id, 9).unwrap().is_empty());
        for item in items(&store).await {
            store.put_away(&item, &Outcome::Dropped).await.unwrap();
        }
        let course = store.course(id).await.unwrap().unwrap();
        assert_eq!(
            (course.waiting(), course.tally.told(), course.state),
            (0, 0, State::Cancelled)
        );
    }
}
