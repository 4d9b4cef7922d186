//! Hands stored updates to the handlers: one after another within a chat, many chats at a time.
//!
//! A panic in a step is caught; the update is tried again and set aside after the third time, so that one message can
//! neither end the process nor block its chat for ever. Steps that do end the process count too: what was in hand is
//! found at the next start and handled alone, which shows which update is to blame. What one person sends faster than
//! people write is read together, and others still get their turn however much it is.

use std::panic::catch_unwind;

use jiff::Timestamp;
use teloxide::Bot;
use tokio::task::JoinSet;

use crate::{
    app::{App, pause_until},
    bot::{
        handle::{Context, answer_tap},
        input::{self, Heard, Ignored},
        members::Members,
        passing, plain,
        queues::{Queues, Ready, Turn},
        set_aside,
        work::{Ended, How, work},
    },
    metrics::Count,
    outgoing::{Passing, UpdateId},
    store::{RawUpdate, StoreError},
};

const MOST_AT_ONCE: usize = 32;
/// Read from the store in one go.
const AT_A_TIME: usize = 256;
const MOST_ERRANDS: usize = 128;
const TRIES: u8 = 3;

/// Handles updates until the bot stops; those already under way are finished.
pub(super) async fn run(app: &App, bot: &Bot) -> Result<(), StoreError> {
    let mut dispatcher = Dispatcher::new(app, bot);
    loop {
        let round = app.handling().round();
        dispatcher.take_in().await?;
        let next = dispatcher.start().await?;
        if dispatcher.rests() {
            app.handling().settled_until(round, next);
        }
        tokio::select! {
            () = app.stopping() => break,
            () = app.handling().after(round) => {}
            () = pause_until(app.clock(), next) => {}
            Some(ended) = dispatcher.under_way.join_next() => dispatcher.finish(ended.ok()).await?,
            Some(_) = dispatcher.errands.join_next() => {}
        }
    }
    while let Some(ended) = dispatcher.under_way.join_next().await {
        dispatcher.finish(ended.ok()).await?;
    }
    while dispatcher.errands.join_next().await.is_some() {}
    Ok(())
}

struct Dispatcher {
    app: App,
    context: Context,
    queues: Queues,
    under_way: JoinSet<Ended>,
    /// What is under way has failed before, so nothing else starts meanwhile.
    alone: bool,
    /// Calls to Telegram that are sent at once and not stored.
    errands: JoinSet<()>,
}

impl Dispatcher {
    fn new(app: &App, bot: &Bot) -> Self {
        Self {
            app: app.clone(),
            context: Context {
                app: app.clone(),
                bot: bot.clone(),
                members: Members::default(),
            },
            queues: Queues::default(),
            under_way: JoinSet::new(),
            alone: false,
            errands: JoinSet::new(),
        }
    }

    async fn take_in(&mut self) -> Result<(), StoreError> {
        let now = self.app.clock().now();
        while !self.queues.are_full() {
            let queues = &self.queues;
            let new = self
                .app
                .store()
                .pending_but(AT_A_TIME, |id| queues.know(id))
                .await?;
            if new.is_empty() {
                break;
            }
            for raw in new {
                self.read(raw, now).await?;
            }
        }
        self.queues.forget_the_quiet(now);
        Ok(())
    }

    /// Queues an update. One that has ended the process too often, or cannot be read, is set aside.
    async fn read(&mut self, raw: RawUpdate, now: Timestamp) -> Result<(), StoreError> {
        let tries = self.app.store().failed_tries(raw.id);
        if tries >= TRIES {
            let heard = read_carefully(&raw);
            return self.set_aside(raw.id, &heard, set_aside::CRASHED).await;
        }
        let reading = self.app.store().handling(raw.id)?;
        let read = catch_unwind(|| input::read_json(&raw.json));
        reading.ended();
        match read {
            Ok(heard) => {
                self.queues.put(raw.id, heard, tries, now);
                Ok(())
            }
            Err(_panic) => {
                let heard = read_carefully(&raw);
                self.set_aside(raw.id, &heard, "reading it panicked").await
            }
        }
    }

    /// Starts every queue that can start; returns when the next resting one can go on.
    async fn start(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let now = self.app.clock().now();
        if self.alone || self.start_alone(now) {
            return Ok(None);
        }
        let mut next: Option<Timestamp> = None;
        for turn in self.queues.idle() {
            if self.under_way.len() >= MOST_AT_ONCE {
                break;
            }
            let ready = self.queues.ready(turn, now);
            let listens = matches!(ready, Ready::Flood(..)) && self.person_listens(turn).await?;
            let count = match ready {
                Ready::Now(count) => count,
                Ready::Flood(..) if listens => 1,
                Ready::Flood(count, None) => count,
                Ready::Flood(_, Some(at)) => {
                    next = Some(next.map_or(at, |next| next.min(at)));
                    continue;
                }
            };
            let jobs = self.queues.take(turn, count, now);
            self.under_way.spawn(work(self.context.clone(), turn, jobs));
        }
        Ok(next)
    }

    /// Whether a person has the conversation. Then the bot is silent, and messages for staff are joined when they are
    /// delivered.
    async fn person_listens(&self, turn: Turn) -> Result<bool, StoreError> {
        let mover = match turn {
            Turn::Chat(chat) => chat.person(),
            Turn::Topic(..) | Turn::Inline(_) | Turn::Alone(_) => None,
        };
        let case = match mover {
            Some(mover) => self.app.store().case(mover).await?,
            None => None,
        };
        Ok(case.is_some_and(|case| case.owner().is_some()))
    }

    /// Handles an update that has failed before, if there is one, by itself: it waits for all others, and they wait for
    /// it.
    fn start_alone(&mut self, now: Timestamp) -> bool {
        let Some(turn) = self.queues.suspect() else {
            return false;
        };
        if self.under_way.is_empty() {
            self.alone = true;
            let jobs = self.queues.take(turn, 1, now);
            self.under_way.spawn(work(self.context.clone(), turn, jobs));
        }
        true
    }

    async fn finish(&mut self, ended: Option<Ended>) -> Result<(), StoreError> {
        // Tasks are aborted only while the process ends.
        let Some(Ended { turn, mut jobs, how }) = ended else {
            return Ok(());
        };
        self.alone &= jobs.iter().all(|job| job.tries == 0);
        match how {
            How::Handled(passing) => self.send_out(passing),
            How::Failed(error) => return Err(error),
            How::Panicked => {
                self.app.metrics().count(Count::HandlerPanic);
                for job in &mut jobs {
                    job.tries = self.app.store().handling_failed(job.update).await?;
                }
                match &jobs[..] {
                    [job] if !(1..TRIES).contains(&job.tries) => {
                        self.set_aside(job.update, &job.heard, set_aside::PANICKED)
                            .await?;
                    }
                    // From now on one by one: only one of them is to blame.
                    _ => {
                        self.queues.give_back(turn, jobs);
                        return Ok(());
                    }
                }
            }
        }
        self.queues.done(turn, &jobs);
        Ok(())
    }

    fn send_out(&mut self, passing: Vec<Passing>) {
        for one in passing {
            if self.errands.len() >= MOST_ERRANDS {
                tracing::debug!("too much goes straight out; something that does not last was left out");
                return;
            }
            self.errands.spawn(passing::send(self.context.bot.clone(), one));
        }
    }

    async fn set_aside(&mut self, update: UpdateId, heard: &Heard, why: &str) -> Result<(), StoreError> {
        tracing::error!(
            update = update.0,
            why,
            "an update failed {TRIES} times and was set aside"
        );
        self.app.metrics().count(Count::UpdateQuarantined);
        let told = set_aside::told(&self.app, update, heard).await?;
        let reason = format!("{why}, {TRIES} times");
        self.app.store().quarantine(update, &reason, told).await?;
        self.app.delivery().wake();
        self.send_out(
            heard
                .callback()
                .map(|tap| answer_tap(tap, None))
                .into_iter()
                .collect(),
        );
        Ok(())
    }

    /// Whether nothing is under way; floods may be resting.
    fn rests(&self) -> bool {
        self.under_way.is_empty() && self.errands.is_empty()
    }
}

/// Reads an update that may have ended the process when it was last read.
fn read_carefully(raw: &RawUpdate) -> Heard {
    let read = std::panic::catch_unwind(|| plain::read(&raw.json));
    read.ok().flatten().unwrap_or(Heard::nothing(Ignored::Unknown))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::{
        app::test_app,
        clock::Clock,
        outgoing::{Act, ChatId, To, UserId},
        store::{May, RawUpdate},
    };

    fn says(update: u32, who: i64, text: &str) -> RawUpdate {
        let json = json!({"update_id": update, "message": {"message_id": update, "date": 1_700_000_000, "text": text,
            "from": {"id": who, "is_bot": false, "first_name": "A"},
            "chat": {"id": who, "type": "private", "first_name": "A"}}});
        RawUpdate {
            id: UpdateId(update),
            json: json.to_string(),
        }
    }

    /// Runs the dispatcher over the updates until it has nothing left to do.
    async fn town(data: &std::path::Path, updates: Vec<RawUpdate>) -> App {
        let app = test_app(data, Clock::standing_at("2026-02-10T00:00:00Z".parse().unwrap()));
        app.store().accept(updates).await.unwrap();
        let bot = Bot::new("1:token").set_api_url("http://127.0.0.1:9".parse().unwrap());
        let stopper = app.clone();
        let stop = async move {
            let handled = async {
                while stopper.store().pending_count() > 0 {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(Duration::from_secs(20), handled)
                .await
                .unwrap();
            stopper.shutdown();
        };
        let (ran, ()) = tokio::join!(run(&app, &bot), stop);
        ran.unwrap();
        app
    }

    /// Which messages were answered, in the order of the answers.
    async fn answered(app: &App, chat: i64) -> Vec<i32> {
        let mut answered = Vec::new();
        loop {
            let now = app.clock().now();
            let found = app
                .store()
                .deliverable(now, 1, |head| match head.to {
                    To::Person(UserId(to)) if to == chat => May::Go,
                    _ => May::NotThere,
                })
                .await
                .unwrap();
            let Some(item) = found.items.into_iter().next() else {
                return answered;
            };
            if let Act::Send {
                answers: Some(message),
                ..
            } = &item.outgoing.act
            {
                answered.push(message.0);
            }
            let receipt = crate::store::Receipt::default();
            app.store().delivered(&item, &receipt, Vec::new()).await.unwrap();
        }
    }

    #[tokio::test]
    async fn each_chat_is_handled_in_order() {
        let data = tempfile::tempdir().unwrap();
        let updates = (1..=24)
            .map(|n| says(n, i64::from(n % 3) + 1, "空き家はありますか"))
            .collect();
        let app = town(data.path(), updates).await;
        for chat in 1..=3 {
            let answered = answered(&app, chat).await;
            assert_eq!(answered.len(), 8);
            assert!(answered.is_sorted(), "{answered:?}");
        }
        assert_eq!(app.metrics().get(Count::UpdateHandled), 24);
    }

    #[tokio::test]
    async fn an_update_that_panics_is_tried_thrice_and_set_aside_and_the_next_has_its_turn() {
        let data = tempfile::tempdir().unwrap();
        let app = test_app(data.path(), Clock::system());
        app.store()
            .accept(vec![says(1, 7, "a"), says(2, 7, "b")])
            .await
            .unwrap();
        let mut dispatcher = Dispatcher::new(&app, &Bot::new("1:token"));
        dispatcher.take_in().await.unwrap();
        let turn = Turn::Chat(ChatId(7));
        let now = app.clock().now();
        let next = |dispatcher: &mut Dispatcher| dispatcher.queues.take(turn, 1, now).pop();
        for _ in 0..TRIES {
            let job = next(&mut dispatcher).unwrap();
            assert_eq!(job.update, UpdateId(1));
            let (jobs, how) = (vec![job], How::Panicked);
            dispatcher.finish(Some(Ended { turn, jobs, how })).await.unwrap();
        }
        assert_eq!(next(&mut dispatcher).unwrap().update, UpdateId(2));
        assert_eq!(app.store().quarantined().await.unwrap()[0].0, UpdateId(1));
        assert_eq!(app.metrics().get(Count::HandlerPanic), 3);
        assert_eq!(
            app.store().waiting_for(To::Person(UserId(7))),
            1,
            "who wrote it is told"
        );
    }

    #[tokio::test]
    async fn an_unknown_update_is_passed_over() {
        let data = tempfile::tempdir().unwrap();
        let unknown = RawUpdate {
            id: UpdateId(1),
            json: "{\"update_id\":1,\"novelty\":{}}".to_owned(),
        };
        let app = town(data.path(), vec![unknown]).await;
        assert_eq!(app.metrics().get(Count::IgnoredUnknown), 1);
    }
}
