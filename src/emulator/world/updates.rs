//! Updates the bot has not confirmed yet, in order.
//!
//! An update stays until a later offset confirms it (polling) or its delivery succeeds (webhook); until then it is sent
//! again and again, as by Telegram.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

#[derive(Debug, Default)]
pub(crate) struct Updates {
    pending: VecDeque<(u32, Value)>,
    last: u32,
    allowed: Option<Vec<UpdateKind>>,
    /// Rises with every long poll and every webhook change; a poller that finds it risen was displaced.
    pub(crate) poller: u64,
}

/// Telegram's kinds of updates; a bot may ask for any, but the emulator produces only some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UpdateKind {
    Message,
    EditedMessage,
    ChannelPost,
    EditedChannelPost,
    BusinessConnection,
    BusinessMessage,
    EditedBusinessMessage,
    DeletedBusinessMessages,
    MessageReaction,
    MessageReactionCount,
    InlineQuery,
    ChosenInlineResult,
    CallbackQuery,
    ShippingQuery,
    PreCheckoutQuery,
    PurchasedPaidMedia,
    Poll,
    PollAnswer,
    MyChatMember,
    ChatMember,
    ChatJoinRequest,
    ChatBoost,
    RemovedChatBoost,
}

impl UpdateKind {
    /// Whether a bot that named no kinds gets this one.
    fn is_default(self) -> bool {
        !matches!(
            self,
            Self::ChatMember | Self::MessageReaction | Self::MessageReactionCount
        )
    }
}

impl Updates {
    /// Queues an update unless the bot did not ask for its kind.
    pub(crate) fn emit(&mut self, kind: UpdateKind, content: Value) {
        let wanted = match &self.allowed {
            Some(kinds) => kinds.contains(&kind),
            None => kind.is_default(),
        };
        if let (true, Ok(Value::String(name))) = (wanted, serde_json::to_value(kind)) {
            self.push(Map::from_iter([(name, content)]));
        }
    }

    /// Queues a raw update; an `update_id` of its own is kept, so that redelivery can be rehearsed.
    pub(crate) fn inject(&mut self, update: Map<String, Value>) {
        let own = update
            .get("update_id")
            .and_then(Value::as_u64)
            .and_then(|id| u32::try_from(id).ok());
        match own {
            Some(id) => {
                self.last = self.last.max(id);
                self.pending.push_back((id, Value::Object(update)));
            }
            None => self.push(update),
        }
    }

    fn push(&mut self, mut update: Map<String, Value>) {
        self.last = self.last.max(FIRST_UPDATE) + 1;
        update.insert("update_id".to_owned(), json!(self.last));
        self.pending.push_back((self.last, Value::Object(update)));
    }

    /// An empty list stands for Telegram's default, and so does never having set one.
    pub(crate) fn allow(&mut self, kinds: Option<Vec<UpdateKind>>) {
        if let Some(kinds) = kinds {
            self.allowed = (!kinds.is_empty()).then_some(kinds);
        }
    }

    pub(crate) fn allowed(&self) -> Option<&[UpdateKind]> {
        self.allowed.as_deref()
    }

    pub(crate) fn pending(&self) -> &VecDeque<(u32, Value)> {
        &self.pending
    }

    /// Forgets what came before `offset`; a negative one keeps that many of the newest.
    pub(crate) fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let kept = usize::try_from(-offset).unwrap_or(usize::MAX);
            self.pending.drain(..self.pending.len().saturating_sub(kept));
        } else {
            self.pending.retain(|(id, _)| i64::from(*id) >= offset);
        }
    }

    pub(crate) fn first(&self, limit: usize) -> Vec<Value> {
        self.pending
            .iter()
            .take(limit)
            .map(|(_, update)| update.clone())
            .collect()
    }

    pub(crate) fn clear(&mut self) {
        self.pending.clear();
    }

    /// Displaces whoever is polling.
    pub(crate) fn take_over(&mut self) -> u64 {
        self.poller += 1;
        self.poller
    }
}

/// Telegram's update ids start anywhere; not at 1, so that nobody relies on it.
const FIRST_UPDATE: u32 = 730_100_000;
