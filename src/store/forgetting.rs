//! Forgetting a person: everything that is kept of them goes in one transaction.
//!
//! A step that was computed from what was read before must not bring any of it back: whoever reads takes a [`Reading`]
//! first, and a step made from it is refused once anybody was forgotten since.

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

/// Somebody is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgetting {
    pub who: UserId,
    /// The lists they were on, as they are without them; refused if one of them is another now.
    pub sign_ups: Vec<SignUpList>,
    /// Their topic, which is being deleted; refused if it is another now.
    pub topic: Option<ThreadId>,
}

/// What is found only by looking at all there is; looked for before anybody has to wait.
pub(super) struct Traces {
    links: Vec<(ChatId, MessageId)>,
    reminded: Vec<ReminderId>,
    /// Reminders that are decided later are not among them.
    as_of: u64,
}

/// What left the outbox with them.
pub(super) type Gone = Vec<(OutboxId, To)>;

impl Store {
    /// What is read from now on may be of somebody who is forgotten before it is used.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading(self.writer().forgotten)
    }

    /// Looks through the large trees, without holding anybody up.
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

/// Stages that everything of a person goes; none if what it was made from has changed.
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

/// Every list they are on, without them; false if one is missing or another now.
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

/// Which message was which, and the words kept for edits.
fn stage_messages(trees: &Trees, writes: &mut Writes, who: UserId, traces: &Traces) -> Result<()> {
    // Since all was looked through, some may have come.
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

/// Broadcasts and news go on as if they had had their turn. Whoever comes next in the order of numbers stays next.
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
