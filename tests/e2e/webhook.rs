//! Updates by webhook instead of polling.

use annaka_concierge::{emulator::town as ids, metrics::Count};
use serde_json::{Value, json};

use crate::{
    harness::{Plan, QUESTION, Town, town, town_with},
    life::SECRET,
};

const HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

fn hooked() -> Plan {
    Plan {
        webhook: true,
        ..Plan::default()
    }
}

/// Delivers to the webhook as Telegram, or somebody who would like to be it, does.
async fn deliver(t: &Town, secret: Option<&str>, body: impl Into<reqwest::Body>) -> u16 {
    let mut request = reqwest::Client::new().post(t.http("/hook")).body(body);
    if let Some(secret) = secret {
        request = request.header(HEADER, secret);
    }
    request.send().await.unwrap().status().as_u16()
}

async fn webhook_info(t: &Town) -> Value {
    let url = format!("{}/bot{}/getWebhookInfo", t.emulator.url(), ids::TOKEN);
    reqwest::get(url).await.unwrap().json().await.unwrap()
}

fn help() -> String {
    let update = json!({"update_id": 730_300_000, "message": {
        "message_id": 7000, "date": 1_790_000_000, "text": "/help",
        "from": {"id": 1001, "is_bot": false, "first_name": "アンナ", "language_code": "ja"},
        "chat": {"id": 1001, "type": "private", "first_name": "アンナ"},
    }});
    update.to_string()
}

#[tokio::test]
async fn questions_that_come_by_webhook_are_answered() {
    town_with(hooked(), async |t| {
        assert!(t.anna().asks(QUESTION).await.starts_with("安中市移住支援金は"));
        let _ = t.anna().asks("子育て").await;
        assert!(
            t.anna()
                .chooses("どれでもない")
                .await
                .contains("担当者に聞くことができます。")
        );
        assert_eq!(t.calls("getUpdates"), 0);
    })
    .await;
}

#[tokio::test]
async fn only_who_shows_the_secret_is_heard() {
    town_with(hooked(), async |t| {
        let _ = t.anna().asks("/menu").await;
        assert_eq!(deliver(t, None, help()).await, 401);
        assert_eq!(
            deliver(t, Some("a-secret-only-telegram-knowz"), help()).await,
            401
        );
        assert_eq!(t.anna().hears().await, "");
        assert_eq!(deliver(t, Some(SECRET), help()).await, 200);
        assert!(t.anna().hears().await.starts_with("知りたいことを"));
        assert_eq!(
            deliver(t, Some(SECRET), help()).await,
            200,
            "Telegram repeats what it is not sure of"
        );
        assert_eq!(t.anna().hears().await, "");
        t.restart().await;
        t.idle().await;
        assert_eq!(
            deliver(t, Some(SECRET), help()).await,
            200,
            "also across a restart"
        );
        assert_eq!(t.anna().hears().await, "");
        assert_eq!(t.count(Count::UpdateRepeated), 1);
    })
    .await;
}

#[tokio::test]
async fn a_delivery_that_is_no_update_is_refused() {
    town_with(hooked(), async |t| {
        t.idle().await;
        for junk in [
            "",
            "junk",
            "[]",
            "{}",
            "{\"update_id\":-1}",
            "{\"update_id\":\"1\"}",
            "{\"update_id\":99999999999}",
            "\0",
        ] {
            assert_eq!(deliver(t, Some(SECRET), junk).await, 400, "{junk:?}");
        }
        assert_eq!(deliver(t, Some(SECRET), vec![0xff; 64]).await, 400);
        assert_eq!(deliver(t, Some(SECRET), vec![b' '; 2_000_000]).await, 413);
        assert!(t.anna().asks("/help").await.starts_with("知りたいことを"));
    })
    .await;
}

#[tokio::test]
async fn the_webhook_stays_set_when_the_bot_stops_and_what_comes_meanwhile_is_answered() {
    town_with(hooked(), async |t| {
        let _ = t.anna().asks("/menu").await;
        let before = webhook_info(t).await["result"]["url"].clone();
        t.stop().await;
        assert_eq!(webhook_info(t).await["result"]["url"], before);
        t.anna().says(QUESTION);
        t.start();
        assert!(t.anna().hears().await.starts_with("安中市移住支援金は"));
        assert_eq!(t.anna().answers(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_polling_bot_has_no_webhook() {
    town(async |t| {
        t.idle().await;
        assert_eq!(deliver(t, Some(SECRET), help()).await, 404);
        assert_eq!(webhook_info(t).await["result"]["url"], "");
    })
    .await;
}
