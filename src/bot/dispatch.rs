//! Has stored updates handled: one after another for each chat, many chats at a time.
//!
//! A panic in a step is caught; the update is tried again and, after the third time, set aside, so that one message
//! can neither end the process nor hold up its chat for ever. A step that does end the process counts as well: what was
//! in hand then is found at the next start, and handled alone, so that it shows whose fault it is.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    panic::AssertUnwindSafe,
};

use futures_util::FutureExt;
use teloxide::Bot;
use tokio::task::JoinSet;

use crate::{
    app::App,
    bot::{
        handle::{Context, answer_tap, handle},
        input::{self, Heard, Ignored},
        members::Members,
        passing, plain, set_aside,
    },
    crashpoints::Boundary,
    metrics::Count,
    outgoing::{ChatId, Passing, ThreadId, UpdateId},
    store::{RawUpdate, StoreError},
};

const MOST_AT_ONCE: usize = 32;
/// Updates read ahead, so that a busy chat does not hide the others.
const MOST_IN_HAND: usize = 256;
const MOST_ERRANDS: usize = 64;
const TRIES: u8 = 3;

/// Handles updates until the bot stops; those under way then are finished.
pub(super) async fn run(app: &App, bot: &Bot) -> Result<(), StoreError> {
    let mut dispatcher = Dispatcher::new(app, bot);
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
    context: Context,
    queues: HashMap<Turn, Queue>,
    in_hand: HashSet<UpdateId>,
    under_way: JoinSet<Ended>,
    /// What is under way has failed before: nothing else begins meanwhile.
    alone: bool,
    /// Things that go straight out.
    errands: JoinSet<()>,
}

/// What is handled in order among itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Turn {
    Chat(ChatId),
    /// A topic of a group, or what is outside all topics.
    Topic(ChatId, Option<ThreadId>),
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
    /// How often handling it has failed, in this process or by ending another.
    tries: u8,
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
    fn new(app: &App, bot: &Bot) -> Self {
        Self {
            app: app.clone(),
            context: Context {
                app: app.clone(),
                bot: bot.clone(),
                members: Members::default(),
            },
            queues: HashMap::new(),
            in_hand: HashSet::new(),
            under_way: JoinSet::new(),
            alone: false,
            errands: JoinSet::new(),
        }
    }

    async fn take_in(&mut self) -> Result<(), StoreError> {
        if self.in_hand.len() >= MOST_IN_HAND {
            return Ok(());
        }
        for raw in self.app.store().pending(MOST_IN_HAND).await? {
            if !self.in_hand.insert(raw.id) {
                continue;
            }
            let tries = self.app.store().failed_tries(raw.id);
            if tries >= TRIES {
                self.set_aside(raw.id, &read_carefully(&raw), "handling it ended the process")
                    .await?;
                self.in_hand.remove(&raw.id);
                continue;
            }
            let reading = self.app.store().handling(raw.id)?;
            let heard = input::read_json(&raw.json);
            reading.ended();
            let turn = turn_of(&heard).unwrap_or(Turn::Alone(raw.id));
            let job = Job {
                update: raw.id,
                heard,
                tries,
            };
            self.queues.entry(turn).or_default().waiting.push_back(job);
        }
        Ok(())
    }

    fn start(&mut self) {
        if self.alone || self.start_alone() {
            return;
        }
        for (turn, queue) in &mut self.queues {
            if self.under_way.len() >= MOST_AT_ONCE {
                return;
            }
            if queue.busy {
                continue;
            }
            if let Some(job) = queue.waiting.pop_front() {
                queue.busy = true;
                self.under_way.spawn(work(self.context.clone(), *turn, job));
            }
        }
    }

    /// Sees to what has failed before, if anything has: it waits until all else is done, and all else waits for it.
    fn start_alone(&mut self) -> bool {
        let failed = |queue: &Queue| !queue.busy && queue.waiting.front().is_some_and(|job| job.tries > 0);
        let Some((turn, queue)) = self.queues.iter_mut().find(|(_, queue)| failed(queue)) else {
            return false;
        };
        if self.under_way.is_empty()
            && let Some(job) = queue.waiting.pop_front()
        {
            queue.busy = true;
            self.alone = true;
            self.under_way.spawn(work(self.context.clone(), *turn, job));
        }
        true
    }

    async fn finish(&mut self, ended: Option<Ended>) -> Result<(), StoreError> {
        // A task that was aborted is only possible while the process ends.
        let Some(Ended { turn, mut job, how }) = ended else {
            return Ok(());
        };
        self.alone &= job.tries == 0;
        match how {
            How::Handled(passing) => self.send_out(passing),
            How::Failed(error) => return Err(error),
            How::Panicked => {
                self.app.metrics().count(Count::HandlerPanic);
                job.tries = self.app.store().handling_failed(job.update).await?;
                if (1..TRIES).contains(&job.tries) {
                    let queue = self.queues.entry(turn).or_default();
                    queue.waiting.push_front(job);
                    queue.busy = false;
                    return Ok(());
                }
                self.set_aside(job.update, &job.heard, "handling it panicked")
                    .await?;
            }
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

    fn is_done(&self) -> bool {
        self.queues.is_empty() && self.under_way.is_empty() && self.errands.is_empty()
    }
}

fn turn_of(heard: &Heard) -> Option<Turn> {
    let chat = heard.chat().map(Turn::Chat);
    chat.or_else(|| heard.topic().map(|(chat, thread)| Turn::Topic(chat, thread)))
}

/// Who sent an update that may have ended the process when it was read.
fn read_carefully(raw: &RawUpdate) -> Heard {
    let read = std::panic::catch_unwind(|| plain::read(&raw.json));
    read.ok().flatten().unwrap_or(Heard::nothing(Ignored::Unknown))
}

async fn work(context: Context, turn: Turn, job: Job) -> Ended {
    let how = caught(marked(&context, &job)).await;
    Ended { turn, job, how }
}

/// Handles an update, and says meanwhile where a killed process leaves it that it is in hand.
async fn marked(context: &Context, job: &Job) -> Result<Vec<Passing>, StoreError> {
    let store = context.app.store();
    let mark = store.handling(job.update)?;
    store.crashpoints().reach(Boundary::Handling).await;
    let passing = handle(context, job.update, &job.heard).await?;
    mark.ended();
    Ok(passing)
}

async fn caught(handling: impl Future<Output = Result<Vec<Passing>, StoreError>>) -> How {
    match AssertUnwindSafe(handling).catch_unwind().await {
        Ok(Ok(passing)) => How::Handled(passing),
        Ok(Err(error)) => How::Failed(error),
        Err(_panic) => How::Panicked,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::{
        app::test_app,
        clock::Clock,
        outgoing::{Act, To, UserId},
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
        let updates = (1..=60)
            .map(|n| says(n, i64::from(n % 3) + 1, "空き家はありますか"))
            .collect();
        let app = town(data.path(), updates).await;
        for chat in 1..=3 {
            let answered = answered(&app, chat).await;
            assert_eq!(answered.len(), 20);
            assert!(answered.is_sorted(), "{answered:?}");
        }
        assert_eq!(app.metrics().get(Count::UpdateHandled), 60);
    }

    #[tokio::test]
    async fn a_panic_is_caught() {
        let how = caught(async { panic!("told to") }).await;
        assert!(matches!(how, How::Panicked));
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
        let next = |dispatcher: &mut Dispatcher| dispatcher.queues.get_mut(&turn)?.waiting.pop_front();
        for _ in 0..TRIES {
            let job = next(&mut dispatcher).unwrap();
            assert_eq!(job.update, UpdateId(1));
            let how = How::Panicked;
            dispatcher.finish(Some(Ended { turn, job, how })).await.unwrap();
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
