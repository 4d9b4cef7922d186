//! Has stored updates handled: one after another for each chat, many chats at a time.
//!
//! A panic in a step is caught; the update is tried again and, after the third time, set aside, so that one message
//! can neither end the process nor hold up its chat for ever.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    panic::AssertUnwindSafe,
    sync::Arc,
};

use futures_util::FutureExt;
use teloxide::Bot;
use tokio::task::JoinSet;

use crate::{
    app::App,
    bot::{
        handle::handle,
        input::{self, Heard},
        passing,
    },
    metrics::Count,
    outgoing::{ChatId, Passing, UpdateId},
    store::StoreError,
};

const MOST_AT_ONCE: usize = 32;
/// Updates read ahead, so that a busy chat does not hide the others.
const MOST_IN_HAND: usize = 256;
const MOST_ERRANDS: usize = 64;
const TRIES: u8 = 3;

/// Handles updates until the bot stops; those under way then are finished.
pub(super) async fn run(app: &App, bot: &Bot, bot_name: Arc<str>) -> Result<(), StoreError> {
    let mut dispatcher = Dispatcher {
        app: app.clone(),
        bot: bot.clone(),
        bot_name,
        queues: HashMap::new(),
        in_hand: HashSet::new(),
        under_way: JoinSet::new(),
        errands: JoinSet::new(),
    };
    loop {
        let round = app.handling().round();
        dispatcher.take_in().await?;
        dispatcher.start();
        if dispatcher.is_done() {
            app.handling().settled(round);
        }
        tokio::select! {
            () = app.stopping() => break,
            () = app.handling().after(round) => {}
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
    bot: Bot,
    bot_name: Arc<str>,
    queues: HashMap<Turn, Queue>,
    in_hand: HashSet<UpdateId>,
    under_way: JoinSet<Ended>,
    /// Things that go straight out.
    errands: JoinSet<()>,
}

/// What is handled in order among itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Turn {
    Chat(ChatId),
    Alone(UpdateId),
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Job>,
    busy: bool,
}

struct Job {
    update: UpdateId,
    heard: Heard,
    panics: u8,
}

struct Ended {
    turn: Turn,
    job: Job,
    how: How,
}

enum How {
    Handled(Vec<Passing>),
    Failed(StoreError),
    Panicked,
}

impl Dispatcher {
    async fn take_in(&mut self) -> Result<(), StoreError> {
        if self.in_hand.len() >= MOST_IN_HAND {
            return Ok(());
        }
        for raw in self.app.store().pending(MOST_IN_HAND).await? {
            if !self.in_hand.insert(raw.id) {
                continue;
            }
            let heard = input::read_json(&raw.json);
            let turn = heard.chat().map_or(Turn::Alone(raw.id), Turn::Chat);
            let job = Job {
                update: raw.id,
                heard,
                panics: 0,
            };
            self.queues.entry(turn).or_default().waiting.push_back(job);
        }
        Ok(())
    }

    fn start(&mut self) {
        for (turn, queue) in &mut self.queues {
            if self.under_way.len() >= MOST_AT_ONCE {
                return;
            }
            if queue.busy {
                continue;
            }
            if let Some(job) = queue.waiting.pop_front() {
                queue.busy = true;
                let (app, bot, name) = (self.app.clone(), self.bot.clone(), Arc::clone(&self.bot_name));
                self.under_way.spawn(work(app, bot, name, *turn, job));
            }
        }
    }

    async fn finish(&mut self, ended: Option<Ended>) -> Result<(), StoreError> {
        // A task that was aborted is only possible while the process ends.
        let Some(Ended { turn, mut job, how }) = ended else {
            return Ok(());
        };
        match how {
            How::Handled(passing) => self.send_out(passing),
            How::Failed(error) => return Err(error),
            How::Panicked if job.panics + 1 < TRIES => {
                job.panics += 1;
                self.app.metrics().count(Count::HandlerPanic);
                let queue = self.queues.entry(turn).or_default();
                queue.waiting.push_front(job);
                queue.busy = false;
                return Ok(());
            }
            How::Panicked => self.set_aside(job.update).await?,
        }
        self.in_hand.remove(&job.update);
        if let Some(queue) = self.queues.get_mut(&turn) {
            queue.busy = false;
            if queue.waiting.is_empty() {
                self.queues.remove(&turn);
            }
        }
        Ok(())
    }

    fn send_out(&mut self, passing: Vec<Passing>) {
        for one in passing {
            if self.errands.len() >= MOST_ERRANDS {
                tracing::debug!("too much goes straight out; something that does not last was left out");
                return;
            }
            self.errands.spawn(passing::send(self.bot.clone(), one));
        }
    }

    async fn set_aside(&self, update: UpdateId) -> Result<(), StoreError> {
        tracing::error!(
            update = update.0,
            "an update panicked {TRIES} times and was set aside"
        );
        self.app.metrics().count(Count::HandlerPanic);
        self.app.metrics().count(Count::UpdateQuarantined);
        let reason = format!("handling it panicked {TRIES} times");
        self.app.store().quarantine(update, &reason).await
    }

    fn is_done(&self) -> bool {
        self.queues.is_empty() && self.under_way.is_empty() && self.errands.is_empty()
    }
}

async fn work(app: App, bot: Bot, bot_name: Arc<str>, turn: Turn, job: Job) -> Ended {
    let handling = handle(&app, &bot, &bot_name, job.update, &job.heard);
    let how = match AssertUnwindSafe(handling).catch_unwind().await {
        Ok(Ok(passing)) => How::Handled(passing),
        Ok(Err(error)) => How::Failed(error),
        Err(_panic) => How::Panicked,
    };
    Ended { turn, job, how }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::{
        app::test_app,
        clock::Clock,
        outgoing::{Act, UserId},
        store::RawUpdate,
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
        let (ran, ()) = tokio::join!(run(&app, &bot, "bot".into()), stop);
        ran.unwrap();
        app
    }

    async fn texts(app: &App, chat: i64) -> Vec<String> {
        let mut texts = Vec::new();
        loop {
            let now = app.clock().now();
            let found = app
                .store()
                .deliverable(now, 1, |to, _| to == ChatId(chat))
                .await
                .unwrap();
            let Some(item) = found.items.into_iter().next() else {
                return texts;
            };
            if let Act::Send { html, .. } = &item.outgoing.act {
                texts.push(html.plain());
            }
            let receipt = crate::store::Receipt { message: None };
            app.store().delivered(item.id, receipt).await.unwrap();
        }
    }

    #[tokio::test]
    async fn each_chat_is_handled_in_order() {
        let data = tempfile::tempdir().unwrap();
        let updates = (1..=60)
            .map(|n| says(n, i64::from(n % 3) + 1, &n.to_string()))
            .collect();
        let app = town(data.path(), updates).await;
        for chat in 1..=3 {
            let heard: Vec<i64> = texts(&app, chat)
                .await
                .iter()
                .map(|text| text.parse().unwrap())
                .collect();
            assert_eq!(heard.len(), 20);
            assert!(heard.is_sorted(), "{heard:?}");
        }
        assert_eq!(app.metrics().get(Count::UpdateHandled), 60);
    }

    #[tokio::test]
    async fn a_message_that_panics_is_set_aside_and_the_next_is_answered() {
        let data = tempfile::tempdir().unwrap();
        let app = town(data.path(), vec![says(1, 1, "panic"), says(2, 1, "hello")]).await;
        assert_eq!(texts(&app, 1).await, ["hello"]);
        assert_eq!(app.store().quarantined().await.unwrap()[0].0, UpdateId(1));
        assert_eq!(app.metrics().get(Count::HandlerPanic), 3);
        assert!(app.store().conversation(UserId(1)).await.unwrap().is_some());
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
