//! Which message on one side of the desk is which on the other.
//!
//! Links go both ways, so that replies find their counterpart and edits are mirrored. Words of a mover that were passed
//! on together share one message; what it consists of is kept as long as it can be edited.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    outgoing::{Act, Body, ChatId, Html, MessageId, Relay, To, UserId},
    store::{
        Store,
        error::Result,
        outbox::{OutboxItem, Receipt},
        record::Record,
        tree::Writes,
        trees::Trees,
    },
};

/// The counterpart of a message.
#[derive(Serialize, Deserialize)]
pub(super) struct Link {
    pub(super) chat: ChatId,
    pub(super) message: MessageId,
    pub(super) at: Timestamp,
}

/// What a message written by the bot consists of: the mover's messages and their words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    pub parts: Vec<(MessageId, Html)>,
    pub(super) at: Timestamp,
}

impl Bundle {
    /// What goes into one message when these are passed on together. A message that is passed on twice, since it was
    /// changed and asked anew before the first went out, stands there once, with its last words.
    #[must_use]
    pub fn parts_of<'r>(relays: impl Iterator<Item = &'r Relay>) -> Vec<(MessageId, Html)> {
        let mut parts: Vec<(MessageId, Html)> = Vec::new();
        for relay in relays {
            let Body::Words(html) = &relay.body else { continue };
            match parts.iter_mut().find(|(part, _)| *part == relay.from) {
                Some((_, words)) => words.clone_from(html),
                None => parts.push((relay.from, html.clone())),
            }
        }
        parts
    }
}

impl Record for Link {
    const WHAT: &'static str = "link between two messages";
}

impl Record for Bundle {
    const WHAT: &'static str = "bundle of words passed on";
}

impl Store {
    /// The counterpart of a message in another chat.
    pub async fn counterpart(&self, of: (ChatId, MessageId), in_chat: ChatId) -> Result<Option<MessageId>> {
        let found = self.trees().links.get(&of)?;
        Ok(found.filter(|link| link.chat == in_chat).map(|link| link.message))
    }

    /// Since when a message stands in another chat too.
    pub async fn passed_on_at(&self, of: (ChatId, MessageId), in_chat: ChatId) -> Result<Option<Timestamp>> {
        let found = self.trees().links.get(&of)?;
        Ok(found.filter(|link| link.chat == in_chat).map(|link| link.at))
    }

    /// Whether a message was ever passed on, wherever to.
    pub async fn is_linked(&self, of: (ChatId, MessageId)) -> Result<bool> {
        self.trees().links.contains(&of)
    }

    /// What a message in the concierge group consists of, if it is a mover's words.
    pub async fn bundle(&self, group: ChatId, message: MessageId) -> Result<Option<Bundle>> {
        self.trees().bundles.get(&(group, message))
    }

    /// Keeps the words of a message that was edited; nothing if it is known no more.
    pub async fn keep_bundle(&self, group: ChatId, message: MessageId, bundle: &Bundle) -> Result<()> {
        let ticket = {
            let _writer = self.writer();
            let mut writes = Writes::default();
            if self.trees().bundles.contains(&(group, message))? {
                writes.put(&self.trees().bundles, &(group, message), bundle)?;
            }
            self.apply(writes)?
        };
        self.durable(ticket).await
    }
}

impl Store {
    /// Whether a mover's message stands in their topic, or is on its way there.
    pub async fn is_passed_on(&self, mover: UserId, message: MessageId) -> Result<bool> {
        let linked = self.is_linked((mover.private_chat(), message)).await?;
        Ok(linked || self.is_on_its_way(To::Topic(mover), message).await?)
    }

    /// Whether a message waits to be passed on to this place.
    pub async fn is_on_its_way(&self, to: To, message: MessageId) -> Result<bool> {
        let waiting = self.writer().queue.waiting_for(to);
        for id in waiting {
            let record = self.trees().outbox.get(&id)?;
            if let Some(Act::Relay(relay)) = record.map(|record| record.outgoing.act)
                && relay.from == message
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Stages the links of an item that passed messages on.
pub(super) fn stage(
    trees: &Trees,
    writes: &mut Writes,
    item: &OutboxItem,
    receipt: &Receipt,
    now: Timestamp,
) -> Result<()> {
    let source = match item.outgoing.to {
        To::Topic(mover) => Some(mover.private_chat()),
        To::Person(_) => receipt.group,
        To::TopicAside(_) | To::Group => None,
    };
    let (Some(source), Some(chat), Some(first)) = (source, receipt.chat, receipt.messages.first()) else {
        return Ok(());
    };
    let one_each = receipt.messages.len() == item.relays().count();
    for (at, relay) in item.relays().enumerate() {
        // One message for all of them; or an album, of which nobody can tell what is missing.
        let copy = *receipt.messages.get(at).filter(|_| one_each).unwrap_or(first);
        link(trees, writes, (source, relay.from), (chat, copy), now)?;
        link(trees, writes, (chat, copy), (source, relay.from), now)?;
    }
    let parts = Bundle::parts_of(item.relays());
    if !parts.is_empty() {
        writes.put(&trees.bundles, &(chat, *first), &Bundle { parts, at: now })?;
    }
    Ok(())
}

fn link(
    trees: &Trees,
    writes: &mut Writes,
    from: (ChatId, MessageId),
    to: (ChatId, MessageId),
    at: Timestamp,
) -> Result<()> {
    let (chat, message) = to;
    writes.put(&trees.links, &from, &Link { chat, message, at })
}
