//! Who belongs to the concierge group, asked of Telegram and remembered for a short while.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use teloxide::{Bot, requests::Requester, types as telegram};

use crate::{
    app::logged,
    outgoing::{ChatId, UserId},
};

/// How long an answer holds; Telegram also tells us when somebody leaves.
const HOLDS: SignedDuration = SignedDuration::from_secs(60);

/// Remembered answers; clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Members(Arc<Mutex<HashMap<UserId, Answer>>>);

#[derive(Debug, Clone, Copy)]
struct Answer {
    standing: Standing,
    until: Timestamp,
}

/// What somebody is to the concierge group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Inside,
    /// Telegram says that they are no member.
    Outside,
    /// Telegram refuses to say.
    Refused,
}

impl Members {
    /// What somebody is to the group; `None` if Telegram cannot be asked now.
    pub(super) async fn standing(
        &self,
        bot: &Bot,
        group: ChatId,
        who: UserId,
        now: Timestamp,
    ) -> Option<Standing> {
        if let Some(answer) = self.lock().get(&who).filter(|answer| answer.until > now) {
            return Some(answer.standing);
        }
        let user = telegram::UserId(who.0.unsigned_abs());
        let member = bot.get_chat_member(telegram::ChatId(group.0), user).await;
        let standing = match member {
            Ok(member) if member.is_present() => Standing::Inside,
            Ok(_) => Standing::Outside,
            Err(teloxide::RequestError::Api(_)) => Standing::Refused,
            Err(error) => {
                tracing::warn!(error = %logged::told(&error), "Telegram could not be asked who is in the concierge group");
                return None;
            }
        };
        let until = now + HOLDS;
        self.lock().insert(who, Answer { standing, until });
        Some(standing)
    }

    /// Forgets somebody's standing, because it has changed.
    pub(super) fn forget(&self, who: UserId) {
        self.lock().remove(&who);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<UserId, Answer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
