//! Has stored updates handled: one after another for each chat, many chats at a time.
//!
//! A panic in a step is caught; the update is tried again and, after the third time, set aside, so that one message
//! can neither end the process nor hold up its chat for ever. What one person sends faster than people write is read
//! together, and however much it is, others find their turn.

use std::{
    collections::{BTreeSet, HashMap, HashSet, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind},
};

use futures_util::FutureExt;
use jiff::Timestamp;
use teloxide::Bot;
use tokio::task::JoinSet;

use crate::{
    app::{App, pause_until},
    bot::{
        flood::{Recent, Sent},
        handle::{self, Context},
        input::{self, FromMover, Heard},
        members::Members,
        passing, together,
    },
    conversation::Input,
    metrics::Count,
    outgoing::{ChatId, Passing, ThreadId, UpdateId, UserId},
    store::{RawUpdate, StoreError},
};

const MOST_AT_ONCE: usize = 32;
/// Updates read ahead, so that a busy chat does not hide the others.
const MOST_IN_HAND: usize = 2048;
/// One chat's share of them; what is beyond it stays in the store until its turn comes.
const SHARE: usize = 100;
/// Read from the store in one go.
const AT_A_TIME: usize = 256;
const MOST_ERRANDS: usize = 64;
const TRIES: u8 = 3;
/// Of so many people it is remembered how much they sent before those who are quiet again are forgotten.
const REMEMBERED: usize = 1024;

/// Handles updates until the bot stops; those under way then are finished.
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
    queues: HashMap<Turn, Queue>,
    in_hand: HashSet<UpdateId>,
    /// Beyond their chat's share.
    parked: HashSet<UpdateId>,
    recent: HashMap<Turn, Recent>,
    under_way: JoinSet<Ended>,
    /// Things that go straight out.
    errands: JoinSet<()>,
}

/// What is handled in order among itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Turn {
    Chat(ChatId),
    /// A topic of a group, or what is outside all topics.
    Topic(ChatId, Option<ThreadId>),
    /// What one person types after the bot's name.
    Inline(UserId),
    Alone(UpdateId),
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Job>,
    parked: BTreeSet<UpdateId>,
    busy: bool,
}

struct Job {
    update: UpdateId,
    heard: Heard,
    sent: Sent,
    panics: u8,
}

struct Ended {
    turn: Turn,
    jobs: Vec<Job>,
    how: How,
}

enum How {
    Handled(Vec<Passing>),
    Failed(StoreError),
    Panicked,
}

/// When a queue's next work can be done, and how much of it at once.
enum Ready {
    Now(usize),
    At(Timestamp),
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
            parked: HashSet::new(),
            recent: HashMap::new(),
            under_way: JoinSet::new(),
            errands: JoinSet::new(),
        }
    }

    async fn take_in(&mut self) -> Result<(), StoreError> {
        while self.in_hand.len() < MOST_IN_HAND {
            let (in_hand, parked) = (&self.in_hand, &self.parked);
            let known = |id| in_hand.contains(&id) || parked.contains(&id);
            let new = self.app.store().pending_but(AT_A_TIME, known).await?;
            if new.is_empty() {
                break;
            }
            for raw in new {
                self.sort_in(raw).await?;
            }
        }
        if self.recent.len() > REMEMBERED {
            let now = self.app.clock().now();
            self.recent.retain(|_, recent| !recent.is_old(now));
        }
        Ok(())
    }

    /// To the end of its queue; what cannot even be read is set aside at once.
    async fn sort_in(&mut self, raw: RawUpdate) -> Result<(), StoreError> {
        let Ok(heard) = catch_unwind(|| input::read_json(&raw.json)) else {
            return self.set_aside(raw.id, "reading it panicked").await;
        };
        let turn = turn_of(&heard).unwrap_or(Turn::Alone(raw.id));
        let queue = self.queues.entry(turn).or_default();
        let others_first = queue.parked.first().is_some_and(|first| *first < raw.id);
        if others_first || queue.waiting.len() >= SHARE {
            queue.parked.insert(raw.id);
            self.parked.insert(raw.id);
            return Ok(());
        }
        self.in_hand.insert(raw.id);
        queue.waiting.push_back(Job {
            update: raw.id,
            sent: sent(&heard, self.app.clock().now()),
            heard,
            panics: 0,
        });
        Ok(())
    }

    /// Sets everybody to work who can; tells when somebody who rests can go on.
    async fn start(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let now = self.app.clock().now();
        let waits = |queue: &Queue| !queue.busy && !queue.waiting.is_empty();
        let turns = self.queues.iter().filter(|(_, queue)| waits(queue));
        let turns: Vec<Turn> = turns.map(|(turn, _)| *turn).collect();
        let mut next = None;
        for turn in turns {
            if self.under_way.len() >= MOST_AT_ONCE {
                break;
            }
            match self.ready(turn, now).await? {
                Ready::Now(count) => self.set_to_work(turn, count, now),
                Ready::At(at) => next = Some(next.map_or(at, |next: Timestamp| next.min(at))),
            }
        }
        Ok(next)
    }

    async fn ready(&self, turn: Turn, now: Timestamp) -> Result<Ready, StoreError> {
        let Some(queue) = self.queues.get(&turn) else {
            return Ok(Ready::Now(0));
        };
        if queue.waiting.front().is_some_and(|job| job.panics > 0) {
            return Ok(Ready::Now(1));
        }
        let chat = match turn {
            Turn::Chat(chat) => chat,
            Turn::Inline(_) => return Ok(Ready::Now(queue.waiting.len())),
            Turn::Topic(..) | Turn::Alone(_) => return Ok(Ready::Now(1)),
        };
        let fresh = Recent::default();
        let recent = self.recent.get(&turn).unwrap_or(&fresh);
        let waiting: Vec<Sent> = queue.waiting.iter().map(|job| job.sent).collect();
        let Some(count) = recent.together(&waiting) else {
            return Ok(Ready::Now(1));
        };
        if self.person_listens(chat).await? {
            return Ok(Ready::Now(1));
        }
        Ok(recent.rests_until(now).map_or(Ready::Now(count), Ready::At))
    }

    /// Whether a person has the conversation: the bot says nothing then, and what goes to staff is put together where
    /// it is delivered.
    async fn person_listens(&self, chat: ChatId) -> Result<bool, StoreError> {
        let case = match chat.person() {
            Some(mover) => self.app.store().case(mover).await?,
            None => None,
        };
        Ok(case.is_some_and(|case| case.owner().is_some()))
    }

    fn set_to_work(&mut self, turn: Turn, count: usize, now: Timestamp) {
        let Some(queue) = self.queues.get_mut(&turn) else {
            return;
        };
        let count = count.min(queue.waiting.len());
        let jobs: Vec<Job> = queue.waiting.drain(..count).collect();
        queue.busy = true;
        if matches!(turn, Turn::Chat(_)) {
            let sent = jobs.iter().map(|job| job.sent);
            self.recent.entry(turn).or_default().note(sent, now);
        }
        self.under_way.spawn(work(self.context.clone(), turn, jobs));
    }

    async fn finish(&mut self, ended: Option<Ended>) -> Result<(), StoreError> {
        // A task that was aborted is only possible while the process ends.
        let Some(Ended { turn, mut jobs, how }) = ended else {
            return Ok(());
        };
        match how {
            How::Handled(passing) => self.send_out(passing),
            How::Failed(error) => return Err(error),
            How::Panicked => {
                self.app.metrics().count(Count::HandlerPanic);
                jobs.iter_mut().for_each(|job| job.panics += 1);
                match &jobs[..] {
                    [job] if job.panics >= TRIES => {
                        let reason = format!("handling it panicked {TRIES} times");
                        self.set_aside(job.update, &reason).await?;
                    }
                    // From now on each by itself: only one of them is to blame.
                    _ => {
                        let queue = self.queues.entry(turn).or_default();
                        jobs.into_iter()
                            .rev()
                            .for_each(|job| queue.waiting.push_front(job));
                        queue.busy = false;
                        return Ok(());
                    }
                }
            }
        }
        for job in jobs {
            self.in_hand.remove(&job.update);
        }
        self.go_on(turn);
        Ok(())
    }

    /// A queue is free again: what is parked comes into hand when nothing waits any more.
    fn go_on(&mut self, turn: Turn) {
        let Some(queue) = self.queues.get_mut(&turn) else {
            return;
        };
        queue.busy = false;
        if !queue.waiting.is_empty() {
            return;
        }
        for _ in 0..SHARE {
            let Some(id) = queue.parked.pop_first() else { break };
            self.parked.remove(&id);
        }
        if queue.parked.is_empty() {
            self.queues.remove(&turn);
        }
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

    async fn set_aside(&self, update: UpdateId, reason: &str) -> Result<(), StoreError> {
        tracing::error!(update = update.0, reason, "an update was set aside");
        self.app.metrics().count(Count::UpdateQuarantined);
        self.app.store().quarantine(update, reason).await
    }

    /// Nothing is in hand but what rests for a while.
    fn rests(&self) -> bool {
        self.under_way.is_empty() && self.errands.is_empty()
    }
}

fn turn_of(heard: &Heard) -> Option<Turn> {
    match heard {
        Heard::Mover(from) => Some(Turn::Chat(from.who.private_chat())),
        Heard::Group(from) => Some(Turn::Topic(from.chat, from.thread)),
        Heard::Inline(ask) => Some(Turn::Inline(ask.who)),
        Heard::Nothing { .. } => None,
    }
}

/// What has no time of its own was sent now.
fn sent(heard: &Heard, now: Timestamp) -> Sent {
    match heard {
        Heard::Mover(from) => Sent {
            at: from.sent.unwrap_or(now),
            tap: matches!(from.input, Input::Tap { .. }),
        },
        Heard::Group(_) | Heard::Inline(_) | Heard::Nothing { .. } => Sent { at: now, tap: false },
    }
}

async fn work(context: Context, turn: Turn, jobs: Vec<Job>) -> Ended {
    let how = caught(handle_all(&context, &jobs)).await;
    Ended { turn, jobs, how }
}

async fn handle_all(context: &Context, jobs: &[Job]) -> Result<Vec<Passing>, StoreError> {
    let Some((last, before)) = jobs.split_last() else {
        return Ok(Vec::new());
    };
    if before.is_empty() {
        return handle::handle(context, last.update, &last.heard).await;
    }
    let movers: Vec<(UpdateId, &FromMover)> = jobs
        .iter()
        .filter_map(|job| match &job.heard {
            Heard::Mover(from) => Some((job.update, from)),
            Heard::Group(_) | Heard::Inline(_) | Heard::Nothing { .. } => None,
        })
        .collect();
    if movers.len() == jobs.len() {
        return together::handle(context, &movers).await;
    }
    // Of what somebody types after the bot's name, only the last is still on their screen.
    let before = before.iter().map(|job| job.update).collect();
    handle::pass_over(&context.app, before).await?;
    handle::handle(context, last.update, &last.heard).await
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
            let (jobs, how) = (vec![job], How::Panicked);
            dispatcher.finish(Some(Ended { turn, jobs, how })).await.unwrap();
        }
        assert_eq!(next(&mut dispatcher).unwrap().update, UpdateId(2));
        assert_eq!(app.store().quarantined().await.unwrap()[0].0, UpdateId(1));
        assert_eq!(app.metrics().get(Count::HandlerPanic), 3);
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
