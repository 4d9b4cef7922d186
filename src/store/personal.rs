//! Everything that is kept of one person, gathered for them to see.

use serde_json::Value;

use crate::{
    handover::Draft,
    outgoing::{ChatId, MessageId, Outgoing, ThreadId, To, UserId},
    privacy::{PersonalRecord, Unsent, record::Reminded},
    reminders::ReminderId,
    signups::SignUpList,
    store::{
        Store,
        error::Result,
        key::Key,
        learning::{DraftId, WantedId},
        outbox::OutboxId,
        record::Record,
        tree::Tree,
        trees::Trees,
        updates::Quarantined,
    },
};

impl Store {
    /// Everything that is kept of a person.
    pub async fn personal(&self, who: UserId) -> Result<PersonalRecord> {
        let trees = self.trees();
        let links = links_of(trees, who)?;
        let topic = trees.topics.get(&who)?;
        let mut record = PersonalRecord {
            conversation: trees.conversations.get(&who)?,
            case: trees.cases.get(&who)?,
            topic: topic.map(|topic| (topic.thread, topic.title)),
            subscriber: trees.subscribers.get(&who)?.map(|one| value(&one)),
            sign_ups: lists_with(trees, who)?,
            linked: links.len() + answers_to(trees, who)?.len(),
            colleague: trees.staff.get(&who)?.map(|one| one.face),
            writing: trees.writings.get(&who)?.map(|one| value(&one)),
            held_back: held_back(trees, who)?.len(),
            ..PersonalRecord::empty(who)
        };
        for id in reminders_of(trees, who)? {
            if let Some(mark) = trees.reminded.get(&id)? {
                record.reminded.push(Reminded {
                    what: id.what.to_string(),
                    starts: mark.starts,
                    at: mark.at,
                });
            }
        }
        for id in wanted_by(trees, who)? {
            record.wanted.extend(trees.wanted.get(&id)?);
        }
        record.drafts = drafts_from(trees, who)?
            .into_iter()
            .map(|(_, draft)| draft)
            .collect();
        for key in bundles_of(trees, who, &links)? {
            let bundle = trees.bundles.get(&key)?;
            record.passed_on.extend(
                bundle
                    .into_iter()
                    .flat_map(|bundle| bundle.parts)
                    .map(|(_, html)| html),
            );
        }
        gather_unsent(trees, &mut record)?;
        for found in trees.quarantine.iter() {
            let (_, aside) = found?;
            // What staff wrote in the topic is not for this person.
            let json = serde_json::from_str::<Value>(&aside.json).unwrap_or_default();
            if names(&json, who, None) {
                record.set_aside.push(json);
            }
        }
        Ok(record)
    }
}

/// What waits to be sent, and what did not arrive.
fn gather_unsent(trees: &Trees, record: &mut PersonalRecord) -> Result<()> {
    for found in trees.outbox.iter() {
        let (_, item) = found?;
        if is_about(&item.outgoing, record.who) {
            record.waiting.push(Unsent {
                at: item.enqueued,
                outgoing: item.outgoing,
            });
        }
    }
    for id in dead_letters_of(trees, record.who)? {
        let letter = trees.dead_letters.get(&id)?;
        record.undelivered.extend(letter.map(|letter| Unsent {
            at: letter.at,
            outgoing: letter.outgoing,
        }));
    }
    Ok(())
}

/// The record as it is stored.
fn value(record: &impl Record) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

/// Whether it goes to this person or their topic, or tells the group about them.
pub(super) fn is_about(outgoing: &Outgoing, who: UserId) -> bool {
    let goes_there = match outgoing.to {
        To::Person(to) | To::Topic(to) | To::TopicAside(to) => to == who,
        To::Group => false,
    };
    goes_there || outgoing.about == Some(who)
}

/// Keys that begin with this person's private chat.
fn in_private_chat<V: Record>(
    tree: &Tree<(ChatId, MessageId), V>,
    who: UserId,
) -> Result<Vec<(ChatId, MessageId)>> {
    let chat = who.private_chat();
    let all = tree.from(&(chat, MessageId(i32::MIN)));
    let keys = all.map(|found| found.map(|(key, _)| key));
    keys.take_while(|found| found.as_ref().map_or(true, |(of, _)| *of == chat))
        .collect()
}

/// Their questions whose answers can be found.
pub(super) fn answers_to(trees: &Trees, who: UserId) -> Result<Vec<(ChatId, MessageId)>> {
    in_private_chat(&trees.answers, who)
}

/// Links from their chat and to it. Those to it take a full scan.
pub(super) fn links_of(trees: &Trees, who: UserId) -> Result<Vec<(ChatId, MessageId)>> {
    let chat = who.private_chat();
    let mut keys = Vec::new();
    for found in trees.links.iter() {
        let (key, link) = found?;
        if key.0 == chat || link.chat == chat {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// The same without a full scan: all except words of staff that were passed on together and can no longer be edited.
pub(super) fn nearest_links_of(trees: &Trees, who: UserId) -> Result<Vec<(ChatId, MessageId)>> {
    let mut keys = in_private_chat(&trees.links, who)?;
    for key in keys.clone() {
        if let Some(link) = trees.links.get(&key)? {
            keys.push((link.chat, link.message));
            let joined = trees
                .bundles
                .get(&key)?
                .into_iter()
                .flat_map(|bundle| bundle.parts);
            keys.extend(joined.map(|(part, _)| (link.chat, part)));
        }
    }
    Ok(keys)
}

/// Words that were passed on, in their chat and in the group.
pub(super) fn bundles_of(
    trees: &Trees,
    who: UserId,
    links: &[(ChatId, MessageId)],
) -> Result<Vec<(ChatId, MessageId)>> {
    let mut keys = in_private_chat(&trees.bundles, who)?;
    for key in links {
        if key.0 != who.private_chat() && trees.bundles.contains(key)? {
            keys.push(*key);
        }
    }
    Ok(keys)
}

/// What they wait to hear of.
pub(super) fn wanted_by(trees: &Trees, who: UserId) -> Result<Vec<WantedId>> {
    let all = trees.wanted.from(&WantedId {
        mover: who,
        number: 0,
    });
    let keys = all.map(|found| found.map(|(id, _)| id));
    keys.take_while(|found| found.as_ref().map_or(true, |id| id.mover == who))
        .collect()
}

/// What they were reminded of, found by a full scan.
pub(super) fn reminders_of(trees: &Trees, who: UserId) -> Result<Vec<ReminderId>> {
    let end = who.encode();
    let keys = trees.reminded.raw().iter().keys();
    let own = keys.filter(|found| found.as_ref().map_or(true, |key| key.ends_with(&end)));
    let mut ids = Vec::new();
    for key in own {
        ids.extend(ReminderId::decode(&key?).filter(|id| id.mover == who));
    }
    Ok(ids)
}

/// The lists they are on.
pub(super) fn lists_with(trees: &Trees, who: UserId) -> Result<Vec<SignUpList>> {
    let lists = trees.sign_ups.iter().map(|found| found.map(|(_, list)| list));
    lists
        .filter(|found| found.as_ref().map_or(true, |list| list.of(who).is_some()))
        .collect()
}

/// Drafts made from what they asked.
pub(super) fn drafts_from(trees: &Trees, who: UserId) -> Result<Vec<(DraftId, Draft)>> {
    let all = trees.drafts.iter();
    all.filter(|found| {
        found
            .as_ref()
            .map_or(true, |(_, draft)| draft.asked_by == Some(who))
    })
    .collect()
}

/// The broadcasts held back for them.
pub(super) fn held_back(trees: &Trees, who: UserId) -> Result<Vec<crate::outgoing::BroadcastId>> {
    let mut held = Vec::new();
    for found in trees.courses.iter() {
        let (id, _) = found?;
        if trees.held_back.contains(&(id, who))? {
            held.push(id);
        }
    }
    Ok(held)
}

/// What could not be delivered to them, or to staff about them.
pub(super) fn dead_letters_of(trees: &Trees, who: UserId) -> Result<Vec<OutboxId>> {
    let mut ids = Vec::new();
    for found in trees.dead_letters.iter() {
        let (id, letter) = found?;
        if is_about(&letter.outgoing, who) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Whether an update that was set aside is theirs, or was written in their topic. One that cannot be read belongs to
/// nobody.
pub(super) fn is_theirs(aside: &Quarantined, who: UserId, topic: Option<ThreadId>) -> bool {
    serde_json::from_str::<Value>(&aside.json).is_ok_and(|json| names(&json, who, topic))
}

fn names(json: &Value, who: UserId, topic: Option<ThreadId>) -> bool {
    match json {
        Value::Object(fields) => fields.iter().any(|(name, value)| {
            let id = value.as_i64();
            let is_who = name == "id" && id == Some(who.0);
            let is_topic =
                name == "message_thread_id" && id.is_some() && id == topic.map(|thread| thread.0.into());
            is_who || is_topic || names(value, who, topic)
        }),
        Value::Array(all) => all.iter().any(|one| names(one, who, topic)),
        _ => false,
    }
}
