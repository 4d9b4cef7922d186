//! Carries out what lies in the outbox: the only place that sends messages.
//!
//! One loop starts sends, at most one for each chat and not more than the pace allows; each send does its own
//! bookkeeping before its chat is free again. A message whose result was seen is never sent twice.

mod fate;
mod send;

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use teloxide::Bot;
use tokio::task::{Id, JoinError, JoinSet};

use self::fate::Fate;
use crate::{
    app::{App, pause_until},
    jobs::pace::Pace,
    metrics::Count,
    outgoing::{ChatId, Priority},
    store::{DeadReason, OutboxItem, Postponed, Receipt, StoreError},
};

const MOST_AT_ONCE: usize = 16;
const LONGEST_BACKOFF: SignedDuration = SignedDuration::from_secs(60);
/// What a chat waits when carrying out its item panicked.
const AFTER_PANIC: SignedDuration = SignedDuration::from_secs(60);

/// Delivers until the bot stops; what is under way then is finished.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App, bot: Bot) -> Result<(), StoreError> {
    let mut deliverer = Deliverer {
        app: app.clone(),
        bot,
        pace: Pace::default(),
        under_way: JoinSet::new(),
        busy: HashMap::new(),
    };
    loop {
        let round = app.delivery().round();
        let next = deliverer.start_what_may_go().await?;
        if deliverer.under_way.is_empty() {
            app.delivery().settled(round);
        }
        tokio::select! {
            () = app.stopping() => break,
            () = app.delivery().after(round) => {}
            () = pause_until(app.clock(), next) => {}
            Some(ended) = deliverer.under_way.join_next_with_id() => deliverer.finish(ended)?,
        }
    }
    while let Some(ended) = deliverer.under_way.join_next_with_id().await {
        deliverer.finish(ended)?;
    }
    Ok(())
}

struct Deliverer {
    app: App,
    bot: Bot,
    pace: Pace,
    under_way: JoinSet<Result<Told, StoreError>>,
    /// The chat each send belongs to.
    busy: HashMap<Id, ChatId>,
}

/// What a send taught about the pace.
enum Told {
    Nothing,
    Wait { chat: ChatId, until: Timestamp },
}

impl Deliverer {
    /// Starts every send that may start now; tells when to look again.
    async fn start_what_may_go(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let now = self.app.clock().now();
        let busy: Vec<ChatId> = self.busy.values().copied().collect();
        let mut paced: Option<Timestamp> = None;
        let pace = &self.pace;
        let free = |chat: ChatId, priority: Priority| {
            !busy.contains(&chat)
                && pace
                    .may(chat, priority, now)
                    .inspect_err(|again| paced = Some(paced.map_or(*again, |first| first.min(*again))))
                    .is_ok()
        };
        let room = MOST_AT_ONCE.saturating_sub(self.under_way.len());
        let found = self.app.store().deliverable(now, room, free).await?;
        for item in found.items {
            let Err(again) = self.pace.may(item.outgoing.chat, item.outgoing.priority, now) else {
                self.start(item, now);
                continue;
            };
            paced = Some(paced.map_or(again, |first| first.min(again)));
        }
        Ok([found.next_due, paced].into_iter().flatten().min())
    }

    fn start(&mut self, item: OutboxItem, now: Timestamp) {
        let chat = item.outgoing.chat;
        self.pace.went(chat, now);
        let (app, bot) = (self.app.clone(), self.bot.clone());
        let send = self
            .under_way
            .spawn(async move { deliver(&app, &bot, item).await });
        self.busy.insert(send.id(), chat);
    }

    fn finish(&mut self, ended: Result<(Id, Result<Told, StoreError>), JoinError>) -> Result<(), StoreError> {
        let now = self.app.clock().now();
        match ended {
            Ok((id, told)) => {
                self.busy.remove(&id);
                if let Told::Wait { chat, until } = told? {
                    self.pace.told_to_wait(chat, until, now);
                }
            }
            Err(error) => {
                tracing::error!("a delivery panicked; its chat waits a minute");
                if let Some(chat) = self.busy.remove(&error.id()) {
                    self.pace.told_to_wait(chat, now + AFTER_PANIC, now);
                }
            }
        }
        Ok(())
    }
}

/// Carries out one item and keeps what became of it.
async fn deliver(app: &App, bot: &Bot, item: OutboxItem) -> Result<Told, StoreError> {
    let fate = send::carry_out(app.store(), bot, &item).await?;
    let now = app.clock().now();
    match fate {
        Fate::Done(message) => {
            app.metrics().count(Count::Delivered);
            app.store().delivered(item.id, Receipt { message }).await?;
        }
        Fate::Wait(wait) => {
            app.metrics().count(Count::FloodWait);
            let until = now + wait;
            app.store().postponed(item.id, until, Postponed::AsTold).await?;
            let chat = item.outgoing.chat;
            return Ok(Told::Wait { chat, until });
        }
        Fate::Blocked => {
            app.metrics().count(Count::Blocked);
            let dropped = app.store().unreachable(item.outgoing.chat).await?;
            app.metrics().add(Count::DeadLetter, dropped);
        }
        Fate::Refused(words) => {
            app.metrics().count(Count::DeadLetter);
            tracing::error!(item = item.id.0, telegram = %words, "a message was refused and is a dead letter now");
            app.store()
                .dead_letter(item.id, DeadReason::Refused(words))
                .await?;
        }
        Fate::Failed { unseen } => {
            app.metrics().count(Count::DeliveryFailed);
            app.metrics().add(Count::UnseenResult, usize::from(unseen));
            let until = now + backoff(item.attempts);
            app.store()
                .postponed(item.id, until, Postponed::AfterFailure)
                .await?;
        }
    }
    Ok(Told::Nothing)
}

/// 1, 2, 4 … 60 seconds.
fn backoff(attempts: u32) -> SignedDuration {
    SignedDuration::from_secs(1 << attempts.min(6)).min(LONGEST_BACKOFF)
}

#[cfg(test)]
mod stories;
