//! What stays behind when the concierge group gets another id or is replaced: messages and topics keep their old ids,
//! which belong to other messages in the new group.

use std::collections::BTreeSet;

use crate::{
    outgoing::{Act, Outgoing, To, UserId},
    store::{
        Writer, cases,
        error::Result,
        outbox::{OutboxId, OutboxRecord},
        tree::Writes,
        trees::Trees,
    },
};

/// What was found to stay behind.
#[derive(Default)]
pub(super) struct LeftBehind {
    gone: Vec<(OutboxId, To)>,
    /// These movers no longer get what was written to them there.
    pub(super) movers: BTreeSet<UserId>,
}

impl LeftBehind {
    /// Stages the removal of all of it.
    pub(super) fn stage(trees: &Trees, writes: &mut Writes) -> Result<Self> {
        let mut left = Self::default();
        for found in trees.topics.iter() {
            let (mover, topic) = found?;
            writes.remove(&trees.topics, &mover);
            writes.remove(&trees.threads, &topic.thread);
        }
        for found in trees.outbox.iter() {
            let (id, record) = found?;
            left.sort(trees, writes, id, record)?;
        }
        for found in trees.dead_letters.iter() {
            let (id, letter) = found?;
            // Tried again, it would copy whatever has that id here.
            if matches!(fate(&letter.outgoing), Fate::Lost(_)) {
                writes.remove(&trees.dead_letters, &id);
            }
        }
        for found in trees.cases.iter() {
            let (mover, mut case) = found?;
            if !case.names_messages() {
                continue;
            }
            if case.leaves_messages() {
                left.movers.insert(mover);
            }
            cases::stage(trees, writes, case)?;
        }
        Ok(left)
    }

    fn sort(&mut self, trees: &Trees, writes: &mut Writes, id: OutboxId, record: OutboxRecord) -> Result<()> {
        let to = record.outgoing.to;
        match fate(&record.outgoing) {
            Fate::Stays => {}
            Fate::Without(act) => {
                let outgoing = Outgoing {
                    act,
                    ..record.outgoing
                };
                writes.put(&trees.outbox, &id, &OutboxRecord { outgoing, ..record })?;
            }
            Fate::Pointless => {
                writes.remove(&trees.outbox, &id);
                self.gone.push((id, to));
            }
            Fate::Lost(mover) => {
                writes.remove(&trees.outbox, &id);
                self.gone.push((id, to));
                self.movers.insert(mover);
            }
        }
        Ok(())
    }

    /// Removes it from the queue, once the writes are applied.
    pub(super) fn leave_the_queue(self, writer: &mut Writer) {
        for (id, to) in self.gone {
            writer.queue.remove(to, id);
        }
    }
}

/// What becomes of a waiting item.
enum Fate {
    /// It refers to nothing in the group.
    Stays,
    /// It can do without the reference.
    Without(Act),
    /// It is about something that does not exist here.
    Pointless,
    /// This mover no longer gets it.
    Lost(UserId),
}

fn fate(outgoing: &Outgoing) -> Fate {
    match (&outgoing.act, outgoing.to) {
        (Act::Relay(_), To::Person(mover)) => Fate::Lost(mover),
        (Act::RelayEdit(_), To::Person(_)) => Fate::Pointless,
        (_, To::Person(_)) => Fate::Stays,
        (Act::Remark { html, buttons, .. }, _) => Fate::Without(Act::Send {
            html: html.clone(),
            buttons: buttons.clone(),
            answers: None,
        }),
        (Act::React { .. } | Act::Edit { .. } | Act::DropTopic(_), _) => Fate::Pointless,
        _ => Fate::Stays,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        outgoing::{Body, Buttons, ChatId, Emoji, Html, MessageId, Relay, ThreadId, Voice},
        store::{May, Step, Store, fixtures::*},
    };

    const MOVER: UserId = UserId(7);

    fn relay(to: To) -> Outgoing {
        let relay = Relay {
            from: MessageId(5),
            body: Body::Whole,
            reply: None,
            words: None,
            buttons: Buttons::default(),
        };
        Outgoing {
            to,
            ..Outgoing::to_person(MOVER, Voice::Person, Act::Relay(relay))
        }
    }

    async fn waiting(store: &Store) -> Vec<Act> {
        let mut acts = Vec::new();
        for to in [
            To::Person(MOVER),
            To::Topic(MOVER),
            To::TopicAside(MOVER),
            To::Group,
        ] {
            while let Some(item) = {
                let only = |head: crate::store::Head| if head.to == to { May::Go } else { May::NotThere };
                store.deliverable(now(), 1, only).await.unwrap().items.pop()
            } {
                acts.push(item.outgoing.act.clone());
                store
                    .delivered(&item, &crate::store::Receipt::default(), Vec::new())
                    .await
                    .unwrap();
            }
        }
        acts
    }

    #[tokio::test]
    async fn what_names_a_message_of_the_group_does_not_outlive_its_move() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let on = MessageId(5);
        let react = Act::React {
            on,
            emoji: Emoji::Delivered,
        };
        let remark = Act::Remark {
            on,
            html: Html::text("届きませんでした。"),
            buttons: Buttons::default(),
        };
        let outgoing = vec![
            relay(To::Person(MOVER)),
            relay(To::Topic(MOVER)),
            Outgoing::to_topic(MOVER, remark),
            Outgoing::aside(MOVER, react.clone()),
            Outgoing::to_group(Act::DropTopic(ThreadId(3))),
            Outgoing::to_person(MOVER, Voice::Needed, react.clone()),
        ];
        let step = Step {
            outgoing,
            ..Step::default()
        };
        store.commit_step(step).await.unwrap();
        let told = |movers: &BTreeSet<UserId>| {
            assert_eq!(movers, &BTreeSet::from([MOVER]));
            Vec::new()
        };
        store.group_moved(ChatId(-1), ChatId(-2), told).await.unwrap();
        let Act::Relay(theirs) = relay(To::Topic(MOVER)).act else {
            unreachable!()
        };
        let plain = Act::say(Html::text("届きませんでした。"));
        assert_eq!(waiting(&store).await, [react, Act::Relay(theirs), plain]);
    }
}
