//! Chooses what to send now, by the pace, by what is already under way, and by whether there is a group.

use std::collections::HashSet;

use jiff::Timestamp;
use tracing::Instrument;

use super::{Deliverer, LineState, TROUBLE_RETRY, UnderWay, chat_of, deliver, failing};
use crate::{
    jobs::pace::{Pace, Wait},
    outgoing::{ChatId, To},
    store::{DeskTrouble, Head, May, OutboxItem, StoreError},
};

/// At most this many sends are under way at a time. One takes about 0.3 s where Telegram is an ocean away.
const MOST_AT_ONCE: usize = 24;
/// At most this many of them are bulk sends. A connection that hangs (a call can take 17 s to fail) must not hold every
/// place, and what is under way when the process dies may be sent twice. This is still enough for 30 a second as long
/// as each takes less than 0.4 s.
const MOST_BULK_AT_ONCE: usize = 12;

/// The earliest of the moments it was given.
#[derive(Default)]
struct Earliest(Option<Timestamp>);

impl Earliest {
    fn or(&mut self, at: Timestamp) {
        self.0 = Some(self.0.map_or(at, |first| first.min(at)));
    }
}

/// Decides item by item; what may go is counted at once.
struct Selection<'d> {
    now: Timestamp,
    pace: &'d mut Pace,
    group: Option<ChatId>,
    group_rests_until: Option<Timestamp>,
    busy: HashSet<To>,
    /// How many bulk sends may still start.
    bulk_left: usize,
    /// Something is for the group, but there is none.
    homeless: bool,
    again: Earliest,
}

impl Selection<'_> {
    fn may(&mut self, head: Head) -> May {
        let Some(chat) = chat_of(head.to, self.group) else {
            self.homeless = true;
            return May::Nobody;
        };
        let private = head.to.person().is_some();
        if let Some(until) = self.group_rests_until.filter(|_| !private) {
            self.again.or(until);
            return May::Nobody;
        }
        if self.busy.contains(&head.to) {
            return May::NotThere;
        }
        let bulk = head.priority.is_bulk();
        if bulk && self.bulk_left == 0 {
            return May::Nobody;
        }
        match self.take(chat, head) {
            Ok(()) => {
                self.bulk_left -= usize::from(bulk);
                May::Go
            }
            Err(Wait::Chat(free)) if private => {
                self.again.or(free);
                May::NotThere
            }
            // All topics of the group share one chat.
            Err(Wait::Chat(free) | Wait::All(free)) => {
                self.again.or(free);
                May::Nobody
            }
        }
    }

    fn take(&mut self, chat: ChatId, head: Head) -> Result<(), Wait> {
        if head.sends {
            self.pace.may(chat, head.priority, self.now)?;
            self.pace.went(chat, self.now);
        } else {
            self.pace.may_without_message(chat, self.now)?;
            self.pace.went_without_message(chat, self.now);
        }
        Ok(())
    }
}

impl Deliverer {
    /// Starts every send that may start now; returns when to look again.
    pub(super) async fn start_what_may_go(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let now = self.app.clock().now();
        self.pace.clock_shows(now);
        let not_now = |until: Timestamp| until <= now || until > now + TROUBLE_RETRY;
        if self.app.takes_desk_retry() || self.group_rests_until.is_some_and(not_now) {
            self.group_rests_until = None;
        }
        let group = self.app.group();
        let bulk = self.busy.values().filter(|send| send.bulk).count();
        let mut selection = Selection {
            now,
            pace: &mut self.pace,
            group,
            group_rests_until: self.group_rests_until,
            busy: self.busy.values().map(|send| send.to).collect(),
            bulk_left: MOST_BULK_AT_ONCE.saturating_sub(bulk),
            homeless: false,
            again: Earliest::default(),
        };
        let room = MOST_AT_ONCE.saturating_sub(self.under_way.len());
        let found = self
            .app
            .store()
            .deliverable(now, room, |head| selection.may(head))
            .await?;
        let Selection {
            homeless, mut again, ..
        } = selection;
        if homeless {
            self.app.report_trouble(Some(DeskTrouble::NotSet)).await?;
        }
        for item in found.items {
            if let Some(chat) = chat_of(item.outgoing.to, group) {
                self.start(item, chat, now);
            }
        }
        found.next_due.into_iter().for_each(|due| again.or(due));
        Ok(again.0)
    }

    fn start(&mut self, item: OutboxItem, chat: ChatId, now: Timestamp) {
        if item.is_album() {
            // Every message of an album counts; words joined into one message count once.
            item.joined.iter().for_each(|_| self.pace.went(chat, now));
        }
        let send = UnderWay {
            to: item.outgoing.to,
            chat,
            bulk: item.outgoing.priority.is_bulk(),
        };
        let line = LineState {
            meant: self.pace.whom_a_wait_would_mean(chat, now),
            works: failing::works(self.delivered, now),
        };
        let (app, bot) = (self.app.clone(), self.bot.clone());
        let span = tracing::info_span!("delivery", item = item.id.0, tries = item.attempts + 1);
        let task = async move { deliver(&app, &bot, chat, item, line).await }.instrument(span);
        self.busy.insert(self.under_way.spawn(task).id(), send);
    }
}
