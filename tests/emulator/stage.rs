//! A town, a clock that stands still, and the bot's client.

#![expect(
    clippy::unwrap_used,
    reason = "a stage that cannot be set up must stop the test"
)]

use std::{sync::Arc, time::Duration};

use annaka_concierge::{
    clock::Clock,
    emulator::{Emulator, Limits, Person, Setup, Shown, town},
};
use reqwest::Url;
use serde_json::Value;
use teloxide::{
    Bot, RequestError,
    payloads::GetUpdatesSetters,
    requests::Requester,
    types::{ChatId, ThreadId, Update},
};
use tokio::net::TcpListener;

pub(crate) const ANNA: ChatId = ChatId(town::ANNA);
pub(crate) const GROUP: ChatId = ChatId(town::GROUP);

/// Real time no wait in these tests comes near to.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Stage {
    pub(crate) emulator: Emulator,
    pub(crate) bot: Bot,
    pub(crate) clock: Clock,
}

impl Stage {
    /// The demo's town without flood limits; Anna has pressed Start, and nothing waits for the bot.
    pub(crate) async fn open() -> Self {
        Self::with(|setup| setup.limits = Limits::off()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Setup)) -> Self {
        let clock = Clock::standing_at("2026-02-10T00:00:00Z".parse().unwrap());
        let reader = clock.clone();
        let mut setup = Setup::town(Arc::new(move || reader.now()));
        change(&mut setup);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let emulator = Emulator::start(setup, listener, std::future::pending())
            .await
            .unwrap();
        let bot = Bot::new(town::TOKEN).set_api_url(Url::parse(&emulator.url()).unwrap());
        let stage = Self { emulator, bot, clock };
        stage.anna().starts("").unwrap();
        stage.confirm_all().await;
        stage
    }

    pub(crate) fn anna(&self) -> Person {
        self.emulator.person(town::ANNA)
    }

    pub(crate) fn mio(&self) -> Person {
        self.emulator.person(town::MIO)
    }

    pub(crate) fn ken(&self) -> Person {
        self.emulator.person(town::KEN)
    }

    /// Somebody who is in the group without any rights.
    pub(crate) fn plain_member(&self) -> Person {
        let member = self.emulator.add_person("はな", "ja");
        member.joins_group().unwrap();
        member
    }

    /// What Anna's chat with the bot shows last.
    #[track_caller]
    pub(crate) fn last_to_anna(&self) -> Shown {
        self.emulator
            .look(|world| world.chat(town::ANNA).pop())
            .expect("Anna's chat is empty")
    }

    /// Calls a method without any client's help; status and body come back.
    pub(crate) async fn call(&self, method: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/bot{}/{method}", self.emulator.url(), town::TOKEN);
        let response = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Why a call was refused.
    #[track_caller]
    pub(crate) fn refusal(answer: (u16, Value)) -> String {
        assert_eq!(answer.1["ok"], false, "{answer:?} was not refused");
        assert_eq!(answer.1["error_code"], answer.0);
        answer.1["description"].as_str().unwrap().to_owned()
    }

    /// The updates a long poll brings.
    pub(crate) async fn next_updates(&self) -> Vec<Update> {
        self.bot.get_updates().timeout(15).await.unwrap()
    }

    /// The updates that wait, as they are on the wire; they are confirmed.
    pub(crate) async fn heard(&self) -> Vec<Value> {
        let (_, answer) = self.call("getUpdates", serde_json::json!({})).await;
        let updates = answer["result"].as_array().unwrap().clone();
        self.confirm_all().await;
        updates
    }

    /// The kinds of the updates that wait; they are confirmed.
    pub(crate) async fn heard_kinds(&self) -> Vec<String> {
        let kind_of = |update: Value| {
            let fields = update.as_object().unwrap().clone();
            fields
                .into_iter()
                .map(|(name, _)| name)
                .find(|name| name != "update_id")
                .unwrap()
        };
        self.heard().await.into_iter().map(kind_of).collect()
    }

    /// Opens a topic by the bot's hand, and lets nothing of it wait.
    pub(crate) async fn topic(&self, name: &str) -> ThreadId {
        let topic = self.bot.create_forum_topic(GROUP, name).await.unwrap();
        self.confirm_all().await;
        topic.thread_id
    }

    /// From now on the bot hears of everything.
    pub(crate) async fn ask_for_all(&self) {
        let kinds = [
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
            "chat_member",
            "message_reaction",
        ];
        let body = serde_json::json!({ "allowed_updates": kinds });
        assert_eq!(self.call("getUpdates", body).await.0, 200);
    }

    pub(crate) async fn confirm_all(&self) {
        while let Some(last) = self.bot.get_updates().await.unwrap().last() {
            self.bot.get_updates().offset(after(last)).await.unwrap();
        }
    }
}

/// The offset that confirms an update.
pub(crate) fn after(update: &Update) -> i32 {
    i32::try_from(update.id.0).unwrap() + 1
}

/// The words of a refusal as the client passes them on.
#[track_caller]
pub(crate) fn words<T: std::fmt::Debug>(answer: Result<T, RequestError>) -> String {
    match answer.unwrap_err() {
        RequestError::Api(error) => error.to_string(),
        other => other.to_string(),
    }
}
