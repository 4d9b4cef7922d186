//! Carries out what is in the outbox: the only place that sends messages.
//!
//! One loop starts sends, at most one per chat and no more than the pace allows; each send does its own bookkeeping
//! before its chat is free again. A message whose result was seen is never sent twice.

mod broadcast;
mod copy;
mod editing;
mod failing;
mod fate;
mod group;
mod lost;
mod measured;
mod picture;
mod send;
mod starting;
mod staying;

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use teloxide::Bot;
use tokio::task::{Id, JoinError, JoinSet};

use self::fate::Fate;
use crate::{
    app::{App, pause_until},
    crashpoints::Boundary,
    handover::afterwards,
    jobs::pace::{Pace, Whom},
    metrics::Count,
    outgoing::{ChatId, MessageId, To},
    store::{DeskTrouble, OutboxItem, Postponed, Receipt, StoreError},
};

/// Longest flood wait we honour; after that we try again.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);
/// How long a chat waits after carrying out one of its items panicked.
const AFTER_PANIC: SignedDuration = SignedDuration::from_secs(60);
/// How often a group the bot cannot write in is tried again; at once when Telegram reports a change there.
const TROUBLE_RETRY: SignedDuration = SignedDuration::from_secs(60);

/// Delivers until the bot stops; what is under way is finished.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App, bot: Bot) -> Result<(), StoreError> {
    tell_unseen(&app);
    let mut deliverer = Deliverer {
        pace: Pace::starting(app.clock().now(), app.store().all_wait_until()),
        app: app.clone(),
        bot,
        under_way: JoinSet::new(),
        busy: HashMap::new(),
        group_rests_until: None,
        delivered: None,
    };
    loop {
        let round = app.delivery().round();
        let next = deliverer.start_what_may_go().await?;
        if deliverer.under_way.is_empty() {
            app.delivery().settled_until(round, next);
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

/// Logs how many sends of the previous process may arrive twice, because it died before their results were seen.
fn tell_unseen(app: &App) {
    match app.store().left_unseen() {
        0 => {}
        sends => tracing::warn!(
            sends,
            "the last process died while it sent; these go out again and may arrive twice"
        ),
    }
}

struct Deliverer {
    app: App,
    bot: Bot,
    pace: Pace,
    under_way: JoinSet<Result<Told, StoreError>>,
    busy: HashMap<Id, UnderWay>,
    /// Until then the group is not tried, because the bot cannot write there.
    group_rests_until: Option<Timestamp>,
    /// When something last got through.
    delivered: Option<Timestamp>,
}

/// A send that is under way.
struct UnderWay {
    to: To,
    chat: ChatId,
    /// Part of a bulk send.
    bulk: bool,
}

/// What a send told us about the pace.
enum Told {
    Nothing,
    /// It got through.
    Delivered,
    Wait {
        chat: ChatId,
        whom: Whom,
        until: Timestamp,
    },
    /// The group cannot be written to.
    GroupRests {
        until: Timestamp,
    },
}

impl Deliverer {
    fn finish(&mut self, ended: Result<(Id, Result<Told, StoreError>), JoinError>) -> Result<(), StoreError> {
        let now = self.app.clock().now();
        match ended {
            Ok((id, told)) => {
                self.busy.remove(&id);
                match told? {
                    Told::Nothing => {}
                    Told::Delivered => self.delivered = Some(now),
                    Told::Wait { chat, whom, until } => self.pace.told_to_wait(chat, whom, until, now),
                    Told::GroupRests { until } => self.group_rests_until = Some(until),
                }
            }
            Err(error) => {
                tracing::error!("a delivery panicked; its chat waits a minute");
                if let Some(UnderWay { chat, .. }) = self.busy.remove(&error.id()) {
                    self.pace.told_to_wait(chat, Whom::Chat, now + AFTER_PANIC, now);
                }
            }
        }
        Ok(())
    }
}

/// The chat a place is in, as things stand now; `None` without a group.
fn chat_of(to: To, group: Option<ChatId>) -> Option<ChatId> {
    match to {
        To::Person(who) => Some(who.private_chat()),
        To::Topic(_) | To::TopicAside(_) | To::Group => group,
    }
}

/// What is known of the connection as an item goes out.
#[derive(Clone, Copy)]
struct LineState {
    /// Who would have to wait if Telegram said so.
    meant: Whom,
    /// Whether others got through lately.
    works: bool,
}

/// Carries out one item and keeps what became of it.
async fn deliver(
    app: &App,
    bot: &Bot,
    chat: ChatId,
    item: OutboxItem,
    line: LineState,
) -> Result<Told, StoreError> {
    if staying::stays(app, &item).await? {
        return Ok(Told::Nothing);
    }
    app.metrics().add(Count::Retry, usize::from(item.attempts > 0));
    let (store, points) = (app.store(), app.store().crashpoints());
    let mark = store.sending(item.id)?;
    points.reach(Boundary::Sending).await;
    let fate = send::carry_out(app, bot, chat, &item).await?;
    points.reach(Boundary::Sent).await;
    let told = keep(app, chat, item, line, fate).await?;
    points.reach(Boundary::Kept).await;
    mark.ended();
    Ok(told)
}

/// Keeps what became of an item.
async fn keep(
    app: &App,
    chat: ChatId,
    item: OutboxItem,
    line: LineState,
    fate: Fate,
) -> Result<Told, StoreError> {
    let (to, now) = (item.outgoing.to, app.clock().now());
    let mut told = Told::Nothing;
    if broadcast::dealt_with(app, &item, &fate).await? {
        return Ok(Told::Nothing);
    }
    match fate {
        Fate::Done(messages) => {
            done(app, chat, &item, messages).await?;
            told = Told::Delivered;
        }
        Fate::Instead(outgoing) => {
            let then = vec![*outgoing];
            app.store().delivered(&item, &Receipt::default(), then).await?;
        }
        Fate::Prepared | Fate::Outdated => {}
        Fate::Wait(wait) => {
            app.metrics().count(Count::FloodWait);
            let (whom, until) = (line.meant, now + wait.min(LONGEST_WAIT));
            let why = match whom {
                Whom::Chat => Postponed::AsTold,
                Whom::Everybody => Postponed::AllAsTold,
            };
            tracing::warn!(seconds = wait.as_secs(), ?whom, "Telegram says to wait");
            app.store().postponed(item.id, until, why).await?;
            return Ok(Told::Wait { chat, whom, until });
        }
        Fate::Moved(group) => {
            tracing::warn!("the concierge group has a new id");
            app.group_moved(group).await?;
        }
        Fate::Trouble(trouble) => return group_rests(app, &item, trouble, now).await,
        Fate::Blocked => match to.person() {
            Some(who) => lost::give_up_on(app, who).await?,
            None => return group_rests(app, &item, DeskTrouble::NotInside, now).await,
        },
        Fate::Refused(words) => lost::refused(app, &item, words).await?,
        Fate::Failed { unseen } => failing::failed(app, &item, unseen, line.works, now).await?,
    }
    // What follows from this delivery is waiting in the store.
    app.delivery().wake();
    broadcast::wake(app, &item);
    Ok(told)
}

/// Keeps what was carried out, and what follows from it.
async fn done(
    app: &App,
    chat: ChatId,
    item: &OutboxItem,
    messages: Vec<MessageId>,
) -> Result<(), StoreError> {
    let to = item.outgoing.to;
    app.metrics().count(Count::Delivered);
    tracing::debug!("delivered");
    measured::reminded(app, &item.outgoing.act);
    let of_broadcast = item.outgoing.act.broadcast().is_some();
    app.metrics().add(Count::BroadcastSent, usize::from(of_broadcast));
    // Copies for a mover are read from the group.
    let at_group = to.person().is_none() || item.relays().next().is_some();
    if at_group && !messages.is_empty() {
        app.group_answers().await?;
    }
    let mut then = if messages.is_empty() {
        Vec::new()
    } else {
        afterwards::delivered(to, item.relays())
    };
    let missing = item.relays().count().saturating_sub(messages.len());
    if item.is_album() && missing > 0 && !messages.is_empty() {
        then.extend(lost::partly(app, item, missing).await?);
    }
    let receipt = Receipt {
        chat: Some(chat),
        messages,
        group: app.group(),
    };
    app.store().delivered(item, &receipt, then).await
}

/// Leaves the group alone for a while and postpones the item, even one for a mover, since its words come from the
/// group.
async fn group_rests(
    app: &App,
    item: &OutboxItem,
    trouble: DeskTrouble,
    now: Timestamp,
) -> Result<Told, StoreError> {
    app.report_trouble(Some(trouble)).await?;
    let until = now + TROUBLE_RETRY;
    if item.outgoing.to.person().is_some() {
        app.store().postponed(item.id, until, Postponed::AsTold).await?;
        app.store().hold_up(item.outgoing.to);
    }
    Ok(Told::GroupRests { until })
}

#[cfg(test)]
mod stories;
