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
    types::{ChatId, Update},
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

    async fn confirm_all(&self) {
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
