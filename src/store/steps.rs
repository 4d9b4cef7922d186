//! The one transaction behind every step of a conversation.

use crate::{
    conversation::{Wanted, note::Note, state::Conversation},
    handover::{Case, Draft, Happening},
    outgoing::{Outgoing, UpdateId, UserId},
    publishing::{Writing, broadcast::BroadcastStep},
    reminders::Subscriber,
    signups::SignUpList,
    store::{
        EventChange, Store, WantedId, Writer, broadcasts, calendar, cases,
        commit::Ticket,
        error::Result,
        forgetting::{self, Forgetting, Gone, Reading, Traces},
        happened,
        key::Only,
        learning, notes, outbox,
        reloads::{self, ReloadWish},
        sign_ups,
        staff::Colleague,
        tree::Writes,
        trees::{Meta, Trees},
        updates::Handled,
    },
};

/// Everything one step changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The update it handles; `None` if it does not come from Telegram.
    pub update: Option<UpdateId>,
    /// Updates read together with it and handled by the same step.
    pub also: Vec<UpdateId>,
    pub conversation: Option<Conversation>,
    /// As it is now; refused if another step has changed it meanwhile.
    pub case: Option<Case>,
    /// The mover whose case this step read, and its version then; refused if it has changed. A step that changes the
    /// case is checked anyway.
    pub saw_case: Option<(UserId, u64)>,
    /// One of the staff was seen.
    pub colleague: Option<Colleague>,
    pub outgoing: Vec<Outgoing>,
    pub notes: Vec<Note>,
    pub draft: Option<Draft>,
    /// What is counted of it.
    pub happened: Vec<Happening>,
    pub subscriber: Option<Subscriber>,
    /// What one of the staff is writing.
    pub writing: Option<Writing>,
    /// Whose writing this step read, and its edition then; refused if it has changed.
    pub saw_writing: Option<(UserId, u32)>,
    /// Refused if it is no longer possible.
    pub broadcast: Option<BroadcastStep>,
    /// Refused if somebody else has changed one of them meanwhile.
    pub events: Vec<EventChange>,
    /// What somebody had chosen to hear of when this step read it; a step that changes it is refused if it has changed
    /// meanwhile.
    pub saw_subscriber: Option<(UserId, Option<Subscriber>)>,
    /// As it is now; refused if another step has changed it meanwhile.
    pub sign_ups: Option<SignUpList>,
    pub wanted: Option<Wanted>,
    /// The question that this answers; nothing is written if nobody waits for it any more.
    pub met: Option<WantedId>,
    /// Removes everything about a person.
    pub forget: Option<Forgetting>,
    /// Taken before the step began to read; refused if anybody was forgotten since.
    pub reading: Option<Reading>,
    /// What an owner wants done with the knowledge.
    pub reload: Option<ReloadWish>,
}

impl Step {
    /// A step that only marks an update as handled.
    #[must_use]
    pub fn handling(update: UpdateId) -> Self {
        Self {
            update: Some(update),
            ..Self::default()
        }
    }
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    Now,
    /// The update had already been handled, or the question answered; nothing was written.
    Before,
    /// Another step has changed what this one was made from; nothing was written, and it has to be computed again.
    Stale,
}

impl Store {
    /// Keeps all of a step or nothing, and at most once per update. Durable when it returns.
    pub async fn commit_step(&self, step: Step) -> Result<Committed> {
        let traces = match &step.forget {
            Some(forgetting) => Some(self.traces(forgetting.who)?),
            None => None,
        };
        let (committed, ticket) = self.stage_step(step, traces.as_ref())?;
        self.durable(ticket).await?;
        Ok(committed)
    }

    fn stage_step(&self, mut step: Step, traces: Option<&Traces>) -> Result<(Committed, Ticket)> {
        let trees = self.trees();
        let mut writer = self.writer();
        let now = self.0.clock.now();
        let mut writes = Writes::default();
        if let Some(update) = step.update {
            if trees.handled.contains(&update)? {
                return Ok((Committed::Before, self.0.committer.latest()));
            }
            for update in std::iter::once(&update).chain(&step.also) {
                writes.remove(&trees.inbox, update);
                writes.put(&trees.handled, update, &Handled { at: now })?;
            }
        }
        if let Some(met) = &step.met {
            if !trees.wanted.contains(met)? {
                return Ok((Committed::Before, self.0.committer.latest()));
            }
            writes.remove(&trees.wanted, met);
        }
        let is_old = step.reading.is_some_and(|reading| writer.forgot_since(reading));
        if is_old || saw_something_else(trees, &step)? || !stage_contested(trees, &mut writes, &mut step)? {
            return Ok((Committed::Stale, self.0.committer.latest()));
        }
        let forgets = step.forget.is_some();
        let Some(gone) = stage_forgetting(trees, &writer, &mut writes, step.forget.take(), traces)? else {
            return Ok((Committed::Stale, self.0.committer.latest()));
        };
        stage_persons(trees, &mut writes, &step)?;
        let mut meta = writer.meta.clone();
        if let Some(broadcast) = step.broadcast
            && !broadcasts::stage(trees, &mut meta, &mut writes, broadcast)?
        {
            return Ok((Committed::Stale, self.0.committer.latest()));
        }
        stage_learned(
            trees,
            &mut meta,
            &mut writes,
            (&step.notes, &step.draft, &step.wanted),
        )?;
        happened::stage(trees, &mut meta, &mut writes, &step.happened)?;
        if let Some(wish) = &step.reload {
            reloads::stage_wish(trees, &mut meta, &mut writes, wish)?;
        }
        let staged = outbox::stage(trees, &mut meta, &mut writes, step.outgoing, now)?;
        if meta.sequence != writer.meta.sequence {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        writer.forgotten += u64::from(forgets);
        for (id, to) in gone {
            writer.queue.remove(to, id);
        }
        writer.enqueue(&staged, ticket);
        Ok((Committed::Now, ticket))
    }
}

/// Stages what the desk learns from.
fn stage_learned(
    trees: &Trees,
    meta: &mut Meta,
    writes: &mut Writes,
    (notes, draft, wanted): (&[Note], &Option<Draft>, &Option<Wanted>),
) -> Result<()> {
    for note in notes {
        notes::stage(trees, meta, writes, note)?;
    }
    if let Some(draft) = draft {
        learning::stage_draft(trees, meta, writes, draft)?;
    }
    if let Some(wanted) = wanted {
        learning::stage_wanted(trees, meta, writes, wanted)?;
    }
    Ok(())
}

/// Stages forgetting somebody, if the step does; `None` if it has to be computed again.
fn stage_forgetting(
    trees: &Trees,
    writer: &Writer,
    writes: &mut Writes,
    forget: Option<Forgetting>,
    traces: Option<&Traces>,
) -> Result<Option<Gone>> {
    match forget.zip(traces) {
        Some((forgetting, traces)) => forgetting::stage(trees, writer, writes, forgetting, traces),
        None => Ok(Some(Gone::new())),
    }
}

/// Stages what others may change at the same time; false if somebody has.
fn stage_contested(trees: &Trees, writes: &mut Writes, step: &mut Step) -> Result<bool> {
    if let Some(case) = step.case.take()
        && !cases::stage(trees, writes, case)?
    {
        return Ok(false);
    }
    if let Some(list) = step.sign_ups.take()
        && !sign_ups::stage(trees, writes, list)?
    {
        return Ok(false);
    }
    calendar::stage(trees, writes, std::mem::take(&mut step.events))
}

/// Stages what is remembered of movers and staff.
fn stage_persons(trees: &Trees, writes: &mut Writes, step: &Step) -> Result<()> {
    if let Some(conversation) = &step.conversation {
        writes.put(&trees.conversations, &conversation.mover, conversation)?;
    }
    if let Some(colleague) = &step.colleague {
        writes.put(&trees.staff, &colleague.id, colleague)?;
    }
    if let Some(writing) = &step.writing {
        writes.put(&trees.writings, &writing.by, writing)?;
    }
    if let Some(subscriber) = &step.subscriber {
        writes.put(&trees.subscribers, &subscriber.mover, subscriber)?;
    }
    Ok(())
}

/// Whether something the step read has changed.
fn saw_something_else(trees: &Trees, step: &Step) -> Result<bool> {
    let case = match step.saw_case {
        Some((mover, version)) => cases::version(trees, mover)? != version,
        None => false,
    };
    let writing = match step.saw_writing {
        Some((by, edition)) => {
            let kept = trees.writings.get(&by)?;
            kept.is_none_or(|kept| kept.edition != edition)
        }
        None => false,
    };
    let subscriber = match (&step.subscriber, &step.saw_subscriber) {
        (Some(_), Some((mover, saw))) => trees.subscribers.get(mover)? != *saw,
        _ => false,
    };
    Ok(case || writing || subscriber)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::{NoteId, fixtures::*};

    fn whole_step(update: u32) -> Step {
        Step {
            update: Some(UpdateId(update)),
            conversation: Some(conversation(1)),
            outgoing: vec![message(1, "a"), message(1, "b")],
            notes: vec![asked("いくら")],
            ..Step::default()
        }
    }

    #[tokio::test]
    async fn a_step_is_kept_whole_and_survives_reopening() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept(vec![update(3)]).await.unwrap();
        assert_eq!(store.commit_step(whole_step(3)).await.unwrap(), Committed::Now);
        drop(store);

        let store = open(data.path());
        assert_eq!(store.pending_count(), 0);
        assert_eq!(
            store.conversation(UserId(1)).await.unwrap(),
            Some(conversation(1))
        );
        assert_eq!(store.depth(), 2);
        assert_eq!(store.notes(NoteId(0), 9).await.unwrap()[0].1, asked("いくら"));
    }

    #[tokio::test]
    async fn a_step_of_a_handled_update_changes_nothing() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept(vec![update(3)]).await.unwrap();
        store.commit_step(whole_step(3)).await.unwrap();
        let mut again = whole_step(3);
        again.conversation = Some(conversation(2));
        assert_eq!(store.commit_step(again).await.unwrap(), Committed::Before);
        assert_eq!(store.depth(), 2);
        assert_eq!(store.conversation(UserId(2)).await.unwrap(), None);
        assert_eq!(store.notes(NoteId(0), 9).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn what_was_read_together_is_handled_by_one_step() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept((1..=4).map(update).collect()).await.unwrap();
        let step = Step {
            also: vec![UpdateId(1), UpdateId(2)],
            ..whole_step(3)
        };
        assert_eq!(store.commit_step(step.clone()).await.unwrap(), Committed::Now);
        assert_eq!(store.commit_step(step).await.unwrap(), Committed::Before);
        assert_eq!(store.pending(9).await.unwrap(), [update(4)]);
        assert_eq!(store.accept((1..=3).map(update).collect()).await.unwrap(), 0);
        assert_eq!(store.depth(), 2);
    }

    #[tokio::test]
    async fn two_at_once_for_one_update_have_one_winner() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        store.accept(vec![update(3)]).await.unwrap();
        let both = tokio::join!(store.commit_step(whole_step(3)), store.commit_step(whole_step(3)));
        let mut won = [both.0.unwrap(), both.1.unwrap()];
        won.sort_by_key(|committed| *committed == Committed::Before);
        assert_eq!(won, [Committed::Now, Committed::Before]);
        assert_eq!(store.depth(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// A copy of the files after the flush of some steps is what a kill leaves behind: each step is there whole.
        #[test]
        fn steps_are_all_or_nothing_in_what_a_kill_leaves(count in 1_u32..20) {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let (data, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let store = open(data.path());
            for id in 1..=count {
                let mut step = whole_step(id);
                step.conversation = Some(conversation(i64::from(id)));
                runtime.block_on(store.commit_step(step)).unwrap();
            }
            copy_dir(data.path(), copy.path());
            let left = open(copy.path());
            prop_assert_eq!(left.depth(), 2 * count as usize);
            for id in 1..=count {
                prop_assert!(runtime.block_on(left.conversation(UserId(id.into()))).unwrap().is_some());
                prop_assert_eq!(runtime.block_on(left.accept(vec![update(id)])).unwrap(), 0);
            }
        }
    }
}
