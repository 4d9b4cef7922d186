//! Removes what has been kept of people for long enough: movers not seen for long, and cases closed long ago.

use jiff::Timestamp;

use crate::{
    conversation::Conversation,
    handover::{Case, Stage},
    outgoing::{Act, Outgoing, UserId},
    reminders::Subscriber,
    store::{
        Ages, Store, cases, commit::Ticket, error::Result, key::Only, outbox, personal, tree::Writes,
        trees::Trees,
    },
};

/// At most this many people in one transaction.
const BATCH: usize = 200;

/// How many people's records were removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SweptPeople {
    pub conversations: usize,
    pub cases: usize,
}

impl SweptPeople {
    /// Whether there may be more to sweep.
    #[must_use]
    pub fn full(self) -> bool {
        self.conversations >= BATCH || self.cases >= BATCH
    }
}

impl Store {
    /// Removes a batch of what is older than `ages`. Those who still want to hear of events keep their language and
    /// choices, but nothing they wrote; a closed case takes its topic with it.
    pub async fn sweep_people(&self, ages: &Ages) -> Result<SweptPeople> {
        let idle = self.idle(ages.conversations)?;
        let closed = self.closed(ages.cases)?;
        if idle.is_empty() && closed.is_empty() {
            return Ok(SweptPeople::default());
        }
        let (swept, ticket) = self.stage_sweep(ages, &idle, &closed)?;
        self.durable(ticket).await?;
        Ok(swept)
    }

    fn idle(&self, before: Timestamp) -> Result<Vec<UserId>> {
        let trees = self.trees();
        let mut idle = Vec::new();
        for found in trees.conversations.iter() {
            let (mover, conversation) = found?;
            if idle.len() < BATCH && is_idle(trees, &conversation, before)? {
                idle.push(mover);
            }
        }
        Ok(idle)
    }

    fn closed(&self, before: Timestamp) -> Result<Vec<UserId>> {
        let mut closed = Vec::new();
        for found in self.trees().cases.iter() {
            let (mover, case) = found?;
            if closed.len() < BATCH && is_over(&case, before) {
                closed.push(mover);
            }
        }
        Ok(closed)
    }

    /// Under the writer lock; whoever came back since stays.
    fn stage_sweep(&self, ages: &Ages, idle: &[UserId], closed: &[UserId]) -> Result<(SweptPeople, Ticket)> {
        let trees = self.trees();
        let mut writer = self.writer();
        let (mut writes, mut swept) = (Writes::default(), SweptPeople::default());
        let mut told = Vec::new();
        for mover in idle {
            let Some(conversation) = trees.conversations.get(mover)? else {
                continue;
            };
            if is_idle(trees, &conversation, ages.conversations)? {
                stage_idle(trees, &mut writes, conversation)?;
                swept.conversations += 1;
            }
        }
        for mover in closed {
            let case = trees.cases.get(mover)?;
            if !case.is_some_and(|case| is_over(&case, ages.cases)) {
                continue;
            }
            cases::stage_removal(trees, &mut writes, *mover)?;
            if let Some(topic) = trees.topics.get(mover)? {
                writes.remove(&trees.topics, mover);
                writes.remove(&trees.threads, &topic.thread);
                told.push(Outgoing::to_group(Act::DropTopic(topic.thread)));
            }
            swept.cases += 1;
        }
        let mut meta = writer.meta.clone();
        let staged = outbox::stage(trees, &mut meta, &mut writes, told, self.0.clock.now())?;
        if !staged.is_empty() {
            writes.put(&trees.meta, &Only, &meta)?;
        }
        let ticket = self.apply(writes)?;
        writer.meta = meta;
        // Steps computed from what is removed here are computed again.
        writer.forgotten += 1;
        writer.enqueue(&staged, ticket);
        Ok((swept, ticket))
    }
}

/// Whether they were not seen for long, have no live case, and there is something to forget.
fn is_idle(trees: &Trees, conversation: &Conversation, before: Timestamp) -> Result<bool> {
    if conversation.last_seen >= before {
        return Ok(false);
    }
    let case = trees.cases.get(&conversation.mover)?;
    if case.is_some_and(|case| case.is_live()) {
        return Ok(false);
    }
    Ok(!hears_still(trees, conversation)? || conversation.has_words())
}

/// Whether they can be reached and have asked to hear of events.
fn hears_still(trees: &Trees, conversation: &Conversation) -> Result<bool> {
    let subscriber = trees.subscribers.get(&conversation.mover)?;
    let hears =
        |one: &Subscriber| !one.paused && (one.weekly || !one.follows.is_empty() || !one.going.is_empty());
    Ok(conversation.reachable && subscriber.as_ref().is_some_and(hears))
}

fn stage_idle(trees: &Trees, writes: &mut Writes, conversation: Conversation) -> Result<()> {
    let mover = conversation.mover;
    for id in personal::wanted_by(trees, mover)? {
        writes.remove(&trees.wanted, &id);
    }
    if hears_still(trees, &conversation)? {
        return writes.put(&trees.conversations, &mover, &conversation.without_words());
    }
    writes.remove(&trees.conversations, &mover);
    writes.remove(&trees.subscribers, &mover);
    Ok(())
}

fn is_over(case: &Case, before: Timestamp) -> bool {
    matches!(case.stage, Stage::Closed { at, .. } if at < before && case.last_words < before)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::{
        conversation::{Asked, Wish, WishReason},
        events::EventId,
        handover::{Closing, Face},
        lang::Lang,
        outgoing::{MessageId, ThreadId},
        reminders::Subject,
        store::{Committed, Step, Topic, fixtures::*},
    };

    fn ages(before: Timestamp) -> Ages {
        Ages {
            handled: before,
            answers: before,
            links: before,
            reminded: before,
            notes: before,
            dead_letters: before,
            quarantine: before,
            conversations: before,
            cases: before,
        }
    }

    fn asked(mover: i64, seen: Timestamp) -> Conversation {
        Conversation {
            last_question: Some(Asked {
                text: "家".to_owned(),
                message: MessageId(1),
                at: seen,
            }),
            last_seen: seen,
            ..conversation(mover)
        }
    }

    async fn keep(store: &Store, step: Step) {
        assert_eq!(store.commit_step(step).await.unwrap(), Committed::Now);
    }

    #[tokio::test]
    async fn who_was_not_seen_goes_but_who_hears_of_events_keeps_their_language() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let (long_ago, later) = (now(), now() + SignedDuration::from_hours(48));
        for (mover, seen) in [(1, long_ago), (2, later), (3, long_ago)] {
            keep(
                &store,
                Step {
                    conversation: Some(asked(mover, seen)),
                    ..Step::default()
                },
            )
            .await;
        }
        let mut hears = Subscriber::new(UserId(3));
        let tour = Subject::Event(EventId::of_staff(1));
        hears.follows.insert(tour, now());
        keep(
            &store,
            Step {
                subscriber: Some(hears),
                ..Step::default()
            },
        )
        .await;
        let before = ages(now() + SignedDuration::from_hours(24));
        assert_eq!(store.sweep_people(&before).await.unwrap().conversations, 2);
        assert_eq!(store.conversation(UserId(1)).await.unwrap(), None);
        assert!(store.conversation(UserId(2)).await.unwrap().unwrap().has_words());
        let third = store.conversation(UserId(3)).await.unwrap().unwrap();
        assert_eq!((third.has_words(), third.last_seen), (false, long_ago));
        assert_eq!(
            store.sweep_people(&before).await.unwrap().conversations,
            0,
            "once"
        );
    }

    #[tokio::test]
    async fn a_case_closed_long_ago_takes_its_topic_with_it() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let wish = Wish {
            at: now(),
            why: WishReason::Asked,
            question: None,
        };
        for mover in [1, 2] {
            let open = Case::first(UserId(mover), Lang::Ja, Face::default(), &wish);
            let closed = Case {
                stage: Stage::Closed {
                    at: now(),
                    by: Closing::Idle,
                    had: None,
                },
                due: Some(now()),
                ..open.clone()
            };
            keep(
                &store,
                Step {
                    case: Some(if mover == 1 { closed } else { open }),
                    ..Step::default()
                },
            )
            .await;
            let topic = Topic {
                thread: ThreadId(i32::try_from(mover).unwrap()),
                title: "花子".to_owned(),
                card: None,
            };
            store.keep_topic(UserId(mover), &topic).await.unwrap();
        }
        let swept = store
            .sweep_people(&ages(now() + SignedDuration::from_hours(1)))
            .await
            .unwrap();
        assert_eq!(swept.cases, 1);
        assert!(store.case(UserId(1)).await.unwrap().is_none());
        assert_eq!(store.mover_of(ThreadId(1)).await.unwrap(), None);
        assert!(store.due_cases(now(), 9).await.unwrap().is_empty());
        assert_eq!(store.depth(), 1, "the topic is being deleted");
        assert!(store.case(UserId(2)).await.unwrap().is_some());
        assert_eq!(store.mover_of(ThreadId(2)).await.unwrap(), Some(UserId(2)));
    }
}
