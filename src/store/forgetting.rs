//! Forgetting a person: everything that is kept of them is removed in one transaction.
//!
//! A step computed from what was read before must not bring any of it back. So every reader takes a [`Reading`] first,
//! and a step made from it is refused if anybody was forgotten since.

use crate::{
    outgoing::{ChatId, MessageId, Outgoing, ThreadId, To, UserId},
    publishing::broadcast::{Outcome, Reached, State},
    reminders::ReminderId,
    signups::SignUpList,
    store::{
        Store, Writer, cases, error::Result, outbox::OutboxId, personal, sign_ups, tree::Writes, trees::Trees,
    },
};

/// A moment of reading the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading(u64);

/// What to remove when somebody is forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgetting {
    pub who: UserId,
    /// The sign-up lists they were on, without them; refused if one has changed since.
    pub sign_ups: Vec<SignUpList>,
    /// Their topic, which is being deleted; refused if it is a different one now.
    pub topic: Option<ThreadId>,
}

/// What only a full scan finds; collected before the writer lock is taken.
pub(super) struct Traces {
    links: Vec<(ChatId, MessageId)>,
    reminded: Vec<ReminderId>,
    /// Reminders decided after this are not included.
    as_of: u64,
}

/// What was removed from the outbox.
pub(super) type Gone = Vec<(OutboxId, To)>;

impl Store {
    /// To be taken before reading anything that a step is made from.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading(self.writer().forgotten)
    }

    /// Scans the large trees, without blocking writers.
    pub(super) fn traces(&self, who: UserId) -> Result<Traces> {
        let as_of = self.writer().reminded;
        let trees = self.trees();
        Ok(Traces {
            links: personal::links_of(trees, who)?,
            reminded: personal::reminders_of(trees, who)?,
            as_of,
        })
    }
}

impl Writer {
    /// Whether somebody was forgotten since then.
    pub(super) fn forgot_since(&self, reading: Reading) -> bool {
        reading.0 != self.forgotten
    }
}

/// Stages the deletion of everything about a person; `None` if what it was made from has changed.
pub(super) fn stage(
    trees: &Trees,
    writer: &Writer,
    writes: &mut Writes,
    forgetting: Forgetting,
    traces: &Traces,
) -> Result<Option<Gone>> {
    let Forgetting { who, sign_ups, topic } = forgetting;
    let there = trees.topics.get(&who)?.map(|topic| topic.thread);
    if there != topic || traces.as_of != writer.reminded || !stage_lists(trees, writes, who, sign_ups)? {
        return Ok(None);
    }
    writes.remove(&trees.conversations, &who);
    writes.remove(&trees.subscribers, &who);
    writes.remove(&trees.staff, &who);
    writes.remove(&trees.writings, &who);
    cases::stage_removal(trees, writes, who)?;
    stage_topic(trees, writes, who, there)?;
    stage_messages(trees, writes, who, traces)?;
    for id in personal::wanted_by(trees, who)? {
        writes.remove(&trees.wanted, &id);
    }
    for (id, mut draft) in personal::drafts_from(trees, who)? {
        draft.asked_by = None;
        writes.put(&trees.drafts, &id, &draft)?;
    }
    for id in &traces.reminded {
        writes.remove(&trees.reminded, id);
    }
    for id in personal::dead_letters_of(trees, who)? {
        writes.remove(&trees.dead_letters, &id);
    }
    for found in trees.quarantine.iter() {
        let (id, aside) = found?;
        if personal::is_theirs(&aside, who, topic) {
            writes.remove(&trees.quarantine, &id);
        }
    }
    let unsent = unsent(trees, writer, who)?;
    for (id, _) in &unsent {
        writes.remove(&trees.outbox, id);
    }
    stage_cursors(trees, writes, who, &unsent)?;
    Ok(Some(
        unsent
            .into_iter()
            .map(|(id, outgoing)| (id, outgoing.to))
            .collect(),
    ))
}

/// Stages their sign-up lists without them; false if one is missing or has changed.
fn stage_lists(trees: &Trees, writes: &mut Writes, who: UserId, without: Vec<SignUpList>) -> Result<bool> {
    let with = personal::lists_with(trees, who)?;
    let all_there = with
        .iter()
        .all(|list| without.iter().any(|one| one.event == list.event));
    if !all_there || without.iter().any(|list| list.of(who).is_some()) {
        return Ok(false);
    }
    for list in without {
        if !sign_ups::stage(trees, writes, list)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn stage_topic(trees: &Trees, writes: &mut Writes, who: UserId, topic: Option<ThreadId>) -> Result<()> {
    writes.remove(&trees.topics, &who);
    if let Some(thread) = topic {
        writes.remove(&trees.threads, &thread);
    }
    for found in trees.threads.iter() {
        let (thread, owner) = found?;
        if owner.0 == who {
            writes.remove(&trees.threads, &thread);
        }
    }
    Ok(())
}

/// Stages the removal of their messages' links, and of the words kept for edits.
fn stage_messages(trees: &Trees, writes: &mut Writes, who: UserId, traces: &Traces) -> Result<()> {
    // Some may have been added since the scan.
    let mut links = personal::nearest_links_of(trees, who)?;
    links.extend(&traces.links);
    for key in personal::bundles_of(trees, who, &links)? {
        writes.remove(&trees.bundles, &key);
    }
    for key in links {
        writes.remove(&trees.links, &key);
    }
    for key in personal::answers_to(trees, who)? {
        writes.remove(&trees.answers, &key);
    }
    Ok(())
}

/// What waits for them or their topic, or is to tell the group about them.
fn unsent(trees: &Trees, writer: &Writer, who: UserId) -> Result<Vec<(OutboxId, Outgoing)>> {
    let places = [To::Person(who), To::Topic(who), To::TopicAside(who), To::Group];
    let mut unsent = Vec::new();
    for id in places.into_iter().flat_map(|to| writer.queue.waiting_for(to)) {
        if let Some(record) = trees.outbox.get(&id)?
            && personal::is_about(&record.outgoing, who)
        {
            unsent.push((id, record.outgoing));
        }
    }
    Ok(unsent)
}

/// Lets broadcasts and announcements go on as if they had had their turn; whoever is next by id stays next.
fn stage_cursors(
    trees: &Trees,
    writes: &mut Writes,
    who: UserId,
    unsent: &[(OutboxId, Outgoing)],
) -> Result<()> {
    let before = UserId(who.0.saturating_sub(1));
    for found in trees.courses.iter() {
        let (id, course) = found?;
        let mut changed = course.clone();
        if trees.held_back.contains(&(id, who))? {
            writes.remove(&trees.held_back, &(id, who));
            changed.released(1);
            changed.ended(&Outcome::Skipped);
        }
        let own = unsent.iter().filter(|(_, one)| one.act.broadcast() == Some(id));
        own.for_each(|_| changed.ended(&Outcome::Skipped));
        if changed.reached == Reached::UpTo(Some(who)) {
            changed.reached = match changed.state {
                State::Sending | State::Paused(_) => Reached::UpTo(Some(before)),
                State::Cancelled | State::Done => Reached::End,
            };
        }
        if changed != course {
            writes.put(&trees.courses, &id, &changed)?;
        }
    }
    for found in trees.announcements.iter() {
        let (id, mut announcement) = found?;
        if announcement.after == Some(who) {
            announcement.after = Some(before);
            writes.put(&trees.announcements, &id, &announcement)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        outgoing::{BroadcastId, Html, UpdateId, Voice},
        privacy::PersonalRecord,
        publishing::broadcast::{Broadcast, BroadcastStep, Course, Notice, Segment, Worded},
        reminders::Subscriber,
        store::{Committed, DeadReason, May, RawUpdate, Step, fixtures::*},
    };

    fn forgets(who: i64) -> Step {
        Step {
            forget: Some(Forgetting {
                who: UserId(who),
                sign_ups: Vec::new(),
                topic: None,
            }),
            ..Step::default()
        }
    }

    fn lives(who: i64) -> Step {
        Step {
            conversation: Some(conversation(who)),
            subscriber: Some(Subscriber::new(UserId(who))),
            outgoing: vec![message(who, "a"), message(who, "b")],
            ..Step::default()
        }
    }

    #[tokio::test]
    async fn one_is_forgotten_and_the_others_stay_as_they_were() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        for who in [1, 2] {
            store.commit_step(lives(who)).await.unwrap();
        }
        assert_eq!(store.commit_step(forgets(1)).await.unwrap(), Committed::Now);
        assert_eq!(
            store.personal(UserId(1)).await.unwrap(),
            PersonalRecord::empty(UserId(1))
        );
        assert_eq!(store.depth(), 2);
        drop(store);

        let store = open(data.path());
        assert_eq!(
            store.conversation(UserId(2)).await.unwrap(),
            Some(conversation(2))
        );
        assert_eq!(store.depth(), 2, "also after a restart");
        assert_eq!(store.waiting_for(To::Person(UserId(1))), 0);
    }

    #[tokio::test]
    async fn what_was_read_before_brings_nothing_back_and_what_is_read_after_may() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.commit_step(lives(1)).await.unwrap();
        let late = Step {
            reading: Some(store.reading()),
            ..lives(1)
        };
        store.commit_step(forgets(1)).await.unwrap();
        assert_eq!(store.commit_step(late.clone()).await.unwrap(), Committed::Stale);
        let anew = Step {
            reading: Some(store.reading()),
            ..late
        };
        assert_eq!(store.commit_step(anew).await.unwrap(), Committed::Now);
    }

    #[tokio::test]
    async fn the_last_words_leave_no_trace_whatever_becomes_of_them() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let farewell = || Step {
            outgoing: vec![Outgoing {
                voice: Voice::Farewell,
                ..message(1, "gone")
            }],
            ..forgets(1)
        };
        store.commit_step(farewell()).await.unwrap();
        store.unreachable(UserId(1), |_| Vec::new()).await.unwrap();
        assert_eq!((store.depth(), store.dead_letter_count()), (0, 0));
        store.commit_step(farewell()).await.unwrap();
        let found = store.deliverable(now(), 1, |_| May::Go).await.unwrap();
        let refused = DeadReason::Refused("no".to_owned());
        store
            .dead_letter(&found.items[0], refused, Vec::new())
            .await
            .unwrap();
        assert_eq!((store.depth(), store.dead_letter_count()), (0, 0));
    }

    #[tokio::test]
    async fn an_update_set_aside_goes_with_its_mover_only() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        for (id, who) in [(1, 11), (2, 12)] {
            let json = format!("{{\"update_id\":{id},\"message\":{{\"from\":{{\"id\":{who}}}}}}}");
            let raw = RawUpdate {
                id: UpdateId(id),
                json,
            };
            store.accept(vec![raw]).await.unwrap();
            store
                .quarantine(UpdateId(id), "panicked", Vec::new())
                .await
                .unwrap();
        }
        store.commit_step(forgets(11)).await.unwrap();
        let left = store.quarantined().await.unwrap();
        assert_eq!(left.len(), 1);
        assert!(left[0].1.json.contains("12"));
    }

    /// While a push waits for them, or is held back, its count comes out even without them.
    #[tokio::test]
    async fn a_broadcast_ends_without_whoever_was_forgotten() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        for who in [1, 2] {
            store.commit_step(lives(who)).await.unwrap();
        }
        let id = started(&store).await;
        let both = [UserId(1), UserId(2)];
        store
            .take_receivers(id, None, &both, Reached::UpTo(Some(UserId(2))))
            .await
            .unwrap();
        store.commit_step(forgets(2)).await.unwrap();
        let course = store.course(id).await.unwrap().unwrap();
        assert_eq!((course.waiting(), course.tally.skipped), (1, 1));
        assert_eq!(course.reached, Reached::UpTo(Some(UserId(1))));
    }

    async fn started(store: &Store) -> BroadcastId {
        let text = "大雪です";
        let broadcast = Broadcast {
            notice: Notice {
                words: Worded::read(None, text, &Html::text(text)).unwrap(),
                link: None,
            },
            segment: Segment::Everybody,
            by: UserId(9),
            confirmed_by: None,
            at: now(),
        };
        let start = Step {
            broadcast: Some(BroadcastStep::Start(Box::new((broadcast, Course::new(2, None))))),
            ..Step::default()
        };
        store.commit_step(start).await.unwrap();
        store.courses().await.unwrap()[0].0
    }
}
