//! Who takes part in which event.

use jiff::Timestamp;

use crate::{
    events::EventId,
    outgoing::UserId,
    signups::SignUpList,
    store::{Store, error::Result, record::Record, tree::Writes, trees::Trees},
};

impl Record for SignUpList {
    const WHAT: &'static str = "list of sign-ups";
}

impl Store {
    /// Who asked to take part in an event, if ever anybody did.
    pub async fn sign_ups(&self, event: &EventId) -> Result<Option<SignUpList>> {
        self.trees().sign_ups.get(event)
    }

    /// The lists of all events, by event.
    pub async fn all_sign_ups(&self) -> Result<Vec<SignUpList>> {
        let lists = self.trees().sign_ups.iter();
        lists.map(|found| found.map(|(_, list)| list)).collect()
    }

    /// Forgets the lists that are no longer needed. Returns how many.
    pub async fn forget_sign_ups(&self, is_done: impl Fn(&SignUpList) -> bool) -> Result<usize> {
        let (count, ticket) = {
            let trees = self.trees();
            let _writer = self.writer();
            let mut writes = Writes::default();
            let mut count = 0;
            for found in trees.sign_ups.iter() {
                let (event, list) = found?;
                if is_done(&list) {
                    writes.remove(&trees.sign_ups, &event);
                    count += 1;
                }
            }
            (count, self.apply(writes)?)
        };
        self.durable(ticket).await?;
        Ok(count)
    }

    /// Discards forms that movers left unfinished, even of those who never come back. Returns how many.
    pub async fn forget_forms(&self, now: Timestamp) -> Result<usize> {
        let mut left = Vec::new();
        for found in self.trees().conversations.iter() {
            let (mover, conversation) = found?;
            if conversation.form.is_some_and(|form| !form.is_live(now)) {
                left.push(mover);
            }
        }
        let ticket = {
            let _writer = self.writer();
            self.apply(self.without_forms(&left, now)?)?
        };
        self.durable(ticket).await?;
        Ok(left.len())
    }

    /// Under the writer lock; whoever has started again since keeps the new form.
    fn without_forms(&self, movers: &[UserId], now: Timestamp) -> Result<Writes> {
        let trees = self.trees();
        let mut writes = Writes::default();
        for mover in movers {
            let Some(mut conversation) = trees.conversations.get(mover)? else {
                continue;
            };
            if conversation.form.take_if(|form| !form.is_live(now)).is_some() {
                writes.put(&trees.conversations, mover, &conversation)?;
            }
        }
        Ok(writes)
    }
}

/// Stages a list in place of the one it was made from; false if that is no longer the stored one.
pub(super) fn stage(trees: &Trees, writes: &mut Writes, mut list: SignUpList) -> Result<bool> {
    let kept = trees.sign_ups.get(&list.event)?;
    if kept.map_or(0, |kept| kept.version) != list.version {
        return Ok(false);
    }
    list.version += 1;
    writes.put(&trees.sign_ups, &list.event, &list)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::{
        conversation::Conversation,
        lang::Lang,
        reminders::Subscriber,
        signups::{
            Form,
            sample::{filled, list},
        },
        store::{Committed, Step, fixtures::*},
    };

    fn asks(list: &SignUpList, mover: i64) -> Step {
        let mut list = list.clone();
        list.ask(UserId(mover), Lang::Ja, filled("花子", 2), now())
            .unwrap();
        Step {
            sign_ups: Some(list),
            conversation: Some(conversation(mover)),
            ..Step::default()
        }
    }

    #[tokio::test]
    async fn of_two_changes_made_from_the_same_list_one_is_computed_again() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let empty = list();
        assert_eq!(store.commit_step(asks(&empty, 1)).await.unwrap(), Committed::Now);
        assert_eq!(
            store.commit_step(asks(&empty, 2)).await.unwrap(),
            Committed::Stale
        );
        assert_eq!(
            store.conversation(UserId(2)).await.unwrap(),
            None,
            "nothing was written"
        );
        let kept = store.sign_ups(&empty.event).await.unwrap().unwrap();
        assert_eq!(store.commit_step(asks(&kept, 2)).await.unwrap(), Committed::Now);
        drop(store);

        let store = open(data.path());
        let kept = store.all_sign_ups().await.unwrap();
        assert_eq!((kept[0].version, kept[0].all().len()), (2, 2));
        assert_eq!(store.forget_sign_ups(|_| true).await.unwrap(), 1);
        assert_eq!(store.sign_ups(&empty.event).await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_somebody_hears_of_is_not_changed_by_a_step_that_saw_something_else() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let mut subscriber = Subscriber::new(UserId(1));
        let step = |saw: Option<Subscriber>, now: &Subscriber| Step {
            subscriber: Some(now.clone()),
            saw_subscriber: Some((UserId(1), saw)),
            ..Step::default()
        };
        let first = subscriber.clone();
        let committed = store.commit_step(step(None, &first)).await.unwrap();
        assert_eq!(committed, Committed::Now);
        subscriber.weekly = true;
        let committed = store.commit_step(step(None, &subscriber)).await.unwrap();
        assert_eq!(committed, Committed::Stale);
        let committed = store.commit_step(step(Some(first), &subscriber)).await.unwrap();
        assert_eq!(committed, Committed::Now);
    }

    #[tokio::test]
    async fn forms_that_were_left_lying_are_thrown_away() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let late = now() + SignedDuration::from_mins(31);
        for (mover, begun) in [(1, now()), (2, late)] {
            let conversation = Conversation {
                form: Some(Form::begin("s-1".parse().unwrap(), begun)),
                ..conversation(mover)
            };
            let step = Step {
                conversation: Some(conversation),
                ..Step::default()
            };
            store.commit_step(step).await.unwrap();
        }
        assert_eq!(store.forget_forms(late).await.unwrap(), 1);
        let form = async |mover| {
            let kept = store.conversation(UserId(mover)).await.unwrap();
            kept.unwrap().form
        };
        assert!(form(1).await.is_none() && form(2).await.is_some());
    }
}
