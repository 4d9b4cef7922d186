//! Buttons that are old, forged, tapped twice, or under messages that are gone.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::{Town, town};

/// A tap Telegram would deliver, made by hand.
fn tap(id: &str, message: &Value, data: Option<&str>) -> Value {
    let mut query = json!({
        "id": id,
        "from": {"id": 1001, "is_bot": false, "first_name": "アンナ", "language_code": "ja"},
        "chat_instance": "1",
        "message": message,
    });
    if let Some(data) = data {
        query["data"] = json!(data);
    }
    json!({ "callback_query": query })
}

fn message(id: i32, chat: i64) -> Value {
    let kind = if chat > 0 { "private" } else { "supergroup" };
    json!({
        "message_id": id, "date": 1_790_000_000, "text": "before",
        "chat": {"id": chat, "type": kind, "first_name": "アンナ", "title": "x"},
    })
}

async fn forged(t: &Town, data: Option<&str>) -> String {
    t.inject(tap("1", &message(1, 1001), data));
    t.anna().hears().await
}

#[tokio::test]
async fn old_and_forged_buttons_are_said_to_be_old() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        let old = forged(t, Some("0:h")).await;
        assert_snapshot!(old, @r"
        このボタンは古くなりました。メニューから選び直してください。
        [メニューを開く]
        ");
        let long = format!("1:s:{}", "a".repeat(100));
        for data in [
            "",
            "1",
            "1:",
            "1:s:",
            "1:s:../../etc",
            "1:s:no-such-entry",
            "1:c:no-such-entry",
            "1:m:256",
            "1:m:-1:work",
            "1:l:xx",
            "1:n:n",
            "2:n",
            "家",
            "\0",
            "1:h ",
            &long,
        ] {
            assert_eq!(forged(t, Some(data)).await, old, "{data:?}");
        }
        assert_eq!(forged(t, None).await, old, "no data at all");
    })
    .await;
}

#[tokio::test]
async fn a_page_or_topic_that_is_gone_leads_to_the_nearest() {
    town(async |t| {
        let topics = t.anna().asks("/menu").await;
        let last = forged(t, Some("1:m:255:childcare")).await;
        assert!(
            last.contains("子育て(") && last.contains("[前のページを見る]"),
            "{last}"
        );
        let gone = forged(t, Some("1:m:0:no-such-topic")).await;
        assert!(gone.ends_with(&topics), "{gone}");
    })
    .await;
}

#[tokio::test]
async fn a_button_under_a_message_that_is_gone_still_works() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        t.inject(tap("1", &message(9999, 1001), Some("1:l:ja")));
        assert!(
            t.anna()
                .hears()
                .await
                .starts_with("これからは日本語でお答えします。")
        );
        let inaccessible = json!({"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}});
        t.inject(tap("2", &inaccessible, Some("1:n")));
        assert!(t.anna().hears().await.contains("担当者に聞くことができます。"));
    })
    .await;
}

#[tokio::test]
async fn a_tap_in_a_group_or_in_somebody_elses_chat_does_nothing() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        t.inject(tap("1", &message(1, -1_001_000_000_001), Some("1:h")));
        t.inject(tap("2", &message(1, 1002), Some("1:h")));
        assert_eq!(t.anna().hears().await, "");
        assert_eq!(t.ben().hears().await, "");
        assert!(t.app().store().cases().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_button_tapped_three_times_is_answered_each_time_and_changes_the_message_once() {
    town(async |t| {
        let _ = t.anna().asks("安中市移住支援金はだれが対象ですか").await;
        for _ in 0..3 {
            t.anna().taps("役に立った");
        }
        let heard = t.anna().hears().await;
        assert_eq!(heard.matches("(ありがとうございます。)").count(), 3, "{heard}");
        assert_eq!(heard.matches("edited: ").count(), 1, "{heard}");
        assert_eq!(t.anna().answers(), 1);
    })
    .await;
}
