//! Updates by webhook.

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use serde_json::{Value, json};
use teloxide::requests::Requester;
use tokio::{net::TcpListener, sync::mpsc};

use crate::stage::{PATIENCE, Stage, words};

/// A bot's webhook that refuses the first deliveries with 503.
struct Receiver {
    url: String,
    deliveries: mpsc::Receiver<Delivery>,
}

struct Delivery {
    secret: Option<String>,
    update: Value,
    taken: bool,
}

impl Receiver {
    async fn refusing_first(refused: usize) -> Self {
        let (sender, deliveries) = mpsc::channel(16);
        let counter = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let take = async move |headers: HeaderMap, update: axum::Json<Value>| {
            let taken = counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst) >= refused;
            let secret = headers.get("x-telegram-bot-api-secret-token");
            let secret = secret.map(|secret| secret.to_str().expect("the secret is ASCII").to_owned());
            let delivery = Delivery {
                secret,
                update: update.0,
                taken,
            };
            sender.send(delivery).await.expect("the test still listens");
            if taken {
                StatusCode::OK
            } else {
                StatusCode::SERVICE_UNAVAILABLE
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}/hook", listener.local_addr().expect("it is bound"));
        tokio::spawn(axum::serve(listener, Router::new().route("/hook", post(take))).into_future());
        Self { url, deliveries }
    }

    async fn next(&mut self) -> Delivery {
        let delivery = tokio::time::timeout(PATIENCE, self.deliveries.recv()).await;
        delivery
            .expect("nothing was delivered in time")
            .expect("the receiver still serves")
    }
}

async fn point_at(stage: &Stage, url: &str) {
    let body = json!({ "url": url, "secret_token": "s3cret", "allowed_updates": ["message"] });
    assert_eq!(stage.call("setWebhook", body).await.0, 200);
}

#[tokio::test]
async fn updates_are_delivered_in_order_with_the_secret() {
    let stage = Stage::open().await;
    let mut receiver = Receiver::refusing_first(0).await;
    point_at(&stage, &receiver.url).await;
    stage.anna().says("one").unwrap();
    stage.anna().says("two").unwrap();
    for text in ["one", "two"] {
        let delivery = receiver.next().await;
        assert_eq!(delivery.secret.as_deref(), Some("s3cret"));
        assert_eq!(delivery.update["message"]["text"], text);
    }
    let none_left = |world: &annaka_concierge::emulator::World| (world.pending_updates() == 0).then_some(());
    assert!(stage.emulator.wait(PATIENCE, none_left).await.is_some());
}

#[tokio::test]
async fn a_refused_delivery_comes_again_before_the_next() {
    let stage = Stage::open().await;
    let mut receiver = Receiver::refusing_first(2).await;
    point_at(&stage, &receiver.url).await;
    stage.anna().says("one").unwrap();
    stage.anna().says("two").unwrap();
    let mut seen = Vec::new();
    for _ in 0..4 {
        let Delivery { update, taken, .. } = receiver.next().await;
        seen.push((
            update["message"]["text"].as_str().unwrap_or_default().to_owned(),
            taken,
        ));
    }
    let wanted = [("one", false), ("one", false), ("one", true), ("two", true)];
    assert_eq!(seen, wanted.map(|(text, taken)| (text.to_owned(), taken)));
    let info = stage.bot.get_webhook_info().await.unwrap();
    assert!(info.last_error_message.is_some_and(|error| error.contains("503")));
}

#[tokio::test]
async fn polling_and_a_webhook_exclude_each_other() {
    let stage = Stage::open().await;
    let receiver = Receiver::refusing_first(0).await;
    point_at(&stage, &receiver.url).await;
    let told = words(stage.bot.get_updates().await);
    assert!(
        told.contains("can't use getUpdates method while webhook is active"),
        "{told}"
    );
    stage.bot.delete_webhook().await.unwrap();
    assert!(stage.bot.get_updates().await.is_ok());
}

#[tokio::test]
async fn a_webhook_needs_an_address_and_a_plain_secret() {
    let stage = Stage::open().await;
    let told = Stage::refusal(stage.call("setWebhook", json!({ "url": "ftp://x" })).await);
    assert!(told.starts_with("Bad Request: bad webhook"), "{told}");
    let body = json!({ "url": "http://x", "secret_token": "with space" });
    let told = Stage::refusal(stage.call("setWebhook", body).await);
    assert!(told.contains("unallowed characters"), "{told}");
}
