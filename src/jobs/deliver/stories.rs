//! The deliverer against a small stand-in for Telegram, on a standing clock.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Json, Router, extract::State, http::Uri};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::*;
use crate::store::DeadReason;
use crate::{
    app::test_app,
    clock::Clock,
    conversation::state::Conversation,
    lang::Lang,
    outgoing::{Act, Buttons, Html, MessageId, Outgoing, Priority, UserId, Voice},
    store::Step,
};

/// Answers each call with the next of the prepared answers, or with success.
#[derive(Clone, Default)]
struct Telegram {
    answers: Arc<Mutex<Vec<(u16, Value)>>>,
    calls: Arc<Mutex<Vec<(String, Value)>>>,
    /// How many calls came in.
    came: watch::Sender<usize>,
    /// While this is set, no call is answered.
    hangs: watch::Sender<bool>,
}

impl Telegram {
    async fn start(answers: Vec<(u16, Value)>) -> (Self, Bot) {
        let telegram = Self {
            answers: Arc::new(Mutex::new(answers)),
            ..Self::default()
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let bot = Bot::new("1:token").set_api_url(url.parse().unwrap());
        (telegram, bot)
    }

    /// Waits until this many calls have come in.
    async fn gets(&self, calls: usize) {
        let mut came = self.came.subscribe();
        let reached = came.wait_for(|came| *came >= calls);
        tokio::time::timeout(Duration::from_secs(20), reached)
            .await
            .unwrap()
            .unwrap();
    }

    /// Method and text of each call.
    fn heard(&self) -> Vec<(String, String)> {
        let calls = self.calls.lock().unwrap();
        let texts = calls.iter().map(|(method, body)| {
            (
                method.clone(),
                body["text"].as_str().unwrap_or_default().to_owned(),
            )
        });
        texts.collect()
    }
}

async fn answer(
    State(telegram): State<Telegram>,
    uri: Uri,
    Json(body): Json<Value>,
) -> (axum::http::StatusCode, Json<Value>) {
    let method = uri.path().rsplit('/').next().unwrap().to_owned();
    telegram.calls.lock().unwrap().push((method, body.clone()));
    telegram.came.send_modify(|came| *came += 1);
    let mut hangs = telegram.hangs.subscribe();
    hangs.wait_for(|hangs| !hangs).await.unwrap();
    let calls = telegram.calls.lock().unwrap();
    let mut answers = telegram.answers.lock().unwrap();
    if !answers.is_empty() {
        let (code, answer) = answers.remove(0);
        return (axum::http::StatusCode::from_u16(code).unwrap(), Json(answer));
    }
    let message = json!({"message_id": 100 + calls.len(), "date": 1, "text": body["text"],
        "chat": {"id": body["chat_id"], "type": "private", "first_name": "A"}});
    (
        axum::http::StatusCode::OK,
        Json(json!({"ok": true, "result": message})),
    )
}

fn refusal(code: u16, description: &str) -> (u16, Value) {
    (
        code,
        json!({"ok": false, "error_code": code, "description": description}),
    )
}

fn flood(seconds: u32) -> (u16, Value) {
    let description = format!("Too Many Requests: retry after {seconds}");
    (
        429,
        json!({"ok": false, "error_code": 429, "description": description, "parameters": {"retry_after": seconds}}),
    )
}

fn act(chat: i64, act: Act) -> Outgoing {
    Outgoing::to_person(UserId(chat), Voice::Needed, act)
}

fn send(chat: i64, text: &str) -> Outgoing {
    act(
        chat,
        Act::Send {
            html: Html::text(text),
            buttons: Buttons::default(),
            answers: Some(MessageId(9)),
        },
    )
}

struct Town {
    app: App,
    telegram: Telegram,
    clock: Clock,
    _running: JoinSet<Result<(), StoreError>>,
}

impl Town {
    async fn start(data: &Path, answers: Vec<(u16, Value)>) -> Self {
        let clock = Clock::standing_at("2026-02-10T00:00:00Z".parse().unwrap());
        let app = test_app(data, clock.clone());
        let (telegram, bot) = Telegram::start(answers).await;
        let mut running = JoinSet::new();
        running.spawn(run(app.clone(), bot));
        app.handling().settled(app.handling().round());
        app.desk_watch().settled(app.desk_watch().round());
        app.wanted().settled(app.wanted().round());
        app.reminding().settled(app.reminding().round());
        app.broadcasting().settled(app.broadcasting().round());
        app.figures_and_left_over()
            .settled(app.figures_and_left_over().round());
        app.reloading().settled(app.reloading().round());
        Self {
            app,
            telegram,
            clock,
            _running: running,
        }
    }

    async fn says(&self, outgoing: Vec<Outgoing>) {
        let step = Step {
            outgoing,
            ..Step::default()
        };
        self.app.store().commit_step(step).await.unwrap();
        self.app.delivery().wake();
        self.idle().await;
    }

    async fn later(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
        self.app.delivery().wake();
        self.idle().await;
    }

    async fn idle(&self) {
        tokio::time::timeout(Duration::from_secs(20), self.app.idle())
            .await
            .unwrap();
    }

    fn heard(&self) -> Vec<String> {
        self.telegram.heard().into_iter().map(|(_, text)| text).collect()
    }
}

#[tokio::test]
async fn a_chat_hears_everything_in_order() {
    let data = tempfile::tempdir().unwrap();
    let town = Town::start(data.path(), vec![]).await;
    town.says(vec![send(1, "a"), send(1, "b"), send(1, "c")]).await;
    assert_eq!(town.heard(), ["a", "b", "c"]);
    assert_eq!(town.app.store().depth(), 0);
    let answer = town
        .app
        .store()
        .answer_message(ChatId(1), MessageId(9))
        .await
        .unwrap();
    assert_eq!(answer, Some(MessageId(103)));
}

#[tokio::test]
async fn too_fast_waits_as_long_as_told_and_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let town = Town::start(data.path(), vec![flood(5)]).await;
    town.says(vec![send(1, "a"), send(1, "b")]).await;
    assert_eq!(town.heard(), ["a"]);
    town.later(4).await;
    assert_eq!(town.heard(), ["a"]);
    town.later(1).await;
    assert_eq!(town.heard(), ["a", "a", "b"]);
}

#[tokio::test]
async fn a_burst_beyond_the_limit_waits_for_the_clock() {
    let data = tempfile::tempdir().unwrap();
    let town = Town::start(data.path(), vec![]).await;
    town.says((0..7).map(|n| send(1, &n.to_string())).collect()).await;
    assert_eq!(town.heard().len(), 5);
    town.later(2).await;
    assert_eq!(town.heard().len(), 7);
}

#[tokio::test]
async fn who_blocked_the_bot_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let blocked = refusal(403, "Forbidden: bot was blocked by the user");
    let town = Town::start(data.path(), vec![blocked]).await;
    let now = town.clock.now();
    let step = Step {
        conversation: Some(Conversation::new(UserId(1), Lang::Ja, now)),
        ..Step::default()
    };
    town.app.store().commit_step(step).await.unwrap();
    town.says(vec![send(1, "a"), send(1, "b")]).await;
    assert_eq!(town.heard(), ["a"]);
    assert_eq!(town.app.store().dead_letter_count(), 2);
    let mover = town.app.store().conversation(UserId(1)).await.unwrap();
    assert!(!mover.unwrap().reachable);
}

#[tokio::test]
async fn what_is_refused_does_not_hold_up_the_rest() {
    let data = tempfile::tempdir().unwrap();
    let town = Town::start(
        data.path(),
        vec![refusal(400, "Bad Request: message is too long")],
    )
    .await;
    town.says(vec![send(1, "long"), send(1, "short")]).await;
    assert_eq!(town.heard(), ["long", "short"]);
    let dead = town.app.store().dead_letters(5).await.unwrap();
    assert!(matches!(&dead[0].1.reason, DeadReason::Refused(words) if words.contains("too long")));
}

#[tokio::test]
async fn a_vanished_message_is_sent_anew_and_an_unchanged_one_is_done() {
    let data = tempfile::tempdir().unwrap();
    let gone = refusal(400, "Bad Request: message to edit not found");
    let unchanged = refusal(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
    let town = Town::start(data.path(), vec![unchanged, gone]).await;
    let edit = |text: &str| {
        act(
            1,
            Act::Edit {
                message: MessageId(3),
                html: Html::text(text),
                buttons: Buttons::default(),
            },
        )
    };
    town.says(vec![edit("same"), edit("new")]).await;
    let methods: Vec<String> = town
        .telegram
        .heard()
        .into_iter()
        .map(|(method, _)| method)
        .collect();
    assert_eq!(methods, ["EditMessageText", "EditMessageText", "SendMessage"]);
    assert_eq!(
        (town.app.store().depth(), town.app.store().dead_letter_count()),
        (0, 0)
    );
}

fn notice(chat: i64) -> Outgoing {
    send(chat, "notice").with_priority(Priority::Broadcast)
}

/// A person who has talked with the bot before.
async fn met(town: &Town, who: i64) {
    let step = Step {
        conversation: Some(Conversation::new(UserId(who), Lang::Ja, town.clock.now())),
        ..Step::default()
    };
    town.app.store().commit_step(step).await.unwrap();
}

#[tokio::test]
async fn what_is_sent_to_many_goes_evenly_and_a_reply_goes_before_it() {
    let data = tempfile::tempdir().unwrap();
    let town = Town::start(data.path(), vec![]).await;
    town.says((1..=60).map(notice).collect()).await;
    assert_eq!(town.heard().len(), 0, "who knows what the life before has sent");
    town.clock.advance(SignedDuration::from_millis(1005));
    town.app.delivery().wake();
    town.idle().await;
    assert_eq!(town.heard().len(), 1);
    for seen in 2..=31 {
        let next = town.app.next_due().unwrap();
        let step = next.duration_since(town.clock.now());
        assert_eq!(step, SignedDuration::from_micros(33_500));
        town.clock.advance(step);
        town.app.delivery().wake();
        town.idle().await;
        assert_eq!(town.heard().len(), seen);
    }
    town.says(vec![send(99, "reply")]).await;
    assert_eq!(town.heard().len(), 31, "the limit is used up");
    town.clock
        .advance(town.app.next_due().unwrap().duration_since(town.clock.now()));
    town.app.delivery().wake();
    town.idle().await;
    assert_eq!(town.heard().last().unwrap(), "reply");
}

#[tokio::test]
async fn a_line_that_hangs_holds_up_no_reply() {
    let data = tempfile::tempdir().unwrap();
    let town = Town::start(data.path(), vec![]).await;
    town.idle().await;
    town.telegram.hangs.send_replace(true);
    let step = Step {
        outgoing: (1..=60).map(notice).collect(),
        ..Step::default()
    };
    town.app.store().commit_step(step).await.unwrap();
    for seen in 1..=12 {
        town.clock.advance(SignedDuration::from_secs(2));
        town.app.delivery().wake();
        town.telegram.gets(seen).await;
    }
    town.clock.advance(SignedDuration::from_secs(2));
    let step = Step {
        outgoing: vec![send(99, "reply")],
        ..Step::default()
    };
    town.app.store().commit_step(step).await.unwrap();
    town.app.delivery().wake();
    town.telegram.gets(13).await;
    assert_eq!(town.heard().last().unwrap(), "reply");
    town.telegram.hangs.send_replace(false);
    town.later(2).await;
    assert_eq!(town.heard().len(), 14, "the next of the many follows");
}

#[tokio::test]
async fn who_is_gone_leaves_no_letter_of_what_was_sent_to_many_and_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let gone = refusal(403, "Forbidden: user is deactivated");
    let never_there = refusal(400, "Bad Request: chat not found");
    let town = Town::start(data.path(), vec![gone, never_there]).await;
    met(&town, 1).await;
    met(&town, 2).await;
    let reminder = notice(1).with_priority(Priority::Reminder);
    town.says(vec![notice(1), reminder, notice(2)]).await;
    town.later(2).await;
    town.later(2).await;
    assert_eq!(town.heard().len(), 2);
    town.says(vec![notice(1), notice(2)]).await;
    town.later(2).await;
    town.later(2).await;
    assert_eq!(town.heard().len(), 2, "they are known to be gone");
    let store = town.app.store();
    assert_eq!((store.depth(), store.dead_letter_count()), (0, 0));
    assert_eq!(town.app.metrics().get(Count::Unreachable), 5);
}

#[tokio::test]
async fn what_never_gets_through_is_given_up_after_days_and_only_if_others_do() {
    let data = tempfile::tempdir().unwrap();
    let broken = || (200, json!("no answer"));
    let town = Town::start(data.path(), (0..200).map(|_| broken()).collect()).await;
    town.says(vec![send(1, "poison")]).await;
    for _ in 0..130 {
        town.later(60).await;
    }
    assert_eq!(
        town.app.store().dead_letter_count(),
        0,
        "nothing gets through at all"
    );
    assert_eq!(town.heard().len(), 131);
    town.telegram.answers.lock().unwrap().clear();
    town.says(vec![send(2, "fine")]).await;
    let fails = (0..200).map(|_| broken()).collect();
    *town.telegram.answers.lock().unwrap() = fails;
    let mut hours = 0;
    while town.app.store().dead_letter_count() == 0 && hours < 120 {
        let answers = std::mem::take(&mut *town.telegram.answers.lock().unwrap());
        town.says(vec![send(2, "fine")]).await;
        *town.telegram.answers.lock().unwrap() = answers;
        town.later(3600).await;
        hours += 1;
    }
    assert!((72..100).contains(&hours), "{hours}");
    assert!(town.app.metrics().get(Count::UnseenResult) > 200);
    assert_eq!(
        town.app.store().unseen_results(),
        town.app.metrics().get(Count::UnseenResult)
    );
}
