//! Updates that are unknown, damaged, repeated, or many at once.

use annaka_concierge::metrics::Count;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::harness::town;

const GRANT: (&str, &str) = ("安中市移住支援金はだれが対象ですか", "安中市移住支援金は");
const HOUSE: (&str, &str) = (
    "マイホーム取得支援金の金額と対象は",
    "安中市マイホーム取得支援金は",
);
const HELP: (&str, &str) = ("/help", "知りたいことを、ふつうの言葉で書いてください。");

fn anna_says(update: Option<u32>, text: &str) -> Value {
    let mut json = json!({"message": {
        "message_id": 7000, "date": 1_790_000_000, "text": text,
        "from": {"id": 1001, "is_bot": false, "first_name": "アンナ", "language_code": "ja"},
        "chat": {"id": 1001, "type": "private", "first_name": "アンナ"},
    }});
    if let Some(id) = update {
        json["update_id"] = json!(id);
    }
    json
}

#[tokio::test]
async fn updates_of_unknown_kinds_are_passed_over_and_the_next_is_answered() {
    town(async |t| {
        let chat = json!({"id": -5, "type": "group", "title": "x"});
        let person = json!({"id": 1001, "is_bot": false, "first_name": "アンナ"});
        let private = json!({"id": 1001, "type": "private", "first_name": "アンナ"});
        let message = |more: Value| {
            let mut message = json!({"message_id": 7, "date": 1_790_000_000, "chat": private, "from": person});
            message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            message
        };
        for update in [
            json!({"novelty": {"from": "the future"}}),
            json!({}),
            json!({"message": 5}),
            json!({"message": {"message_id": 1}}),
            json!({"callback_query": {"id": "1"}}),
            json!({"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": false,
                "is_anonymous": true, "type": "regular", "allows_multiple_answers": false}}),
            json!({"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -6, "type": "channel", "title": "x"}, "text": "x"}}),
            json!({"message": {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "補助金"}}),
            json!({"message": message(json!({"from": {"id": 5, "is_bot": true, "first_name": "B"}, "text": "補助金"}))}),
            json!({"message": message(json!({"pinned_message": message(json!({"text": "x"}))}))}),
            json!({"edited_message": message(json!({"location": {"latitude": 1.0, "longitude": 1.0}, "edit_date": 5}))}),
            json!({"my_chat_member": {"chat": chat, "from": person, "date": 1}}),
        ] {
            t.inject(update);
        }
        let heard = t.anna().asks(GRANT.0).await;
        assert!(heard.starts_with(GRANT.1), "{heard}");
        assert_eq!(t.anna().answers(), 1);
        assert!(t.count(Count::IgnoredUnknown) >= 4);
        assert!(t.app().store().quarantined().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn content_of_a_new_kind_is_met_kindly() {
    town(async |t| {
        let mut update = anna_says(None, "");
        update["message"].as_object_mut().unwrap().remove("text");
        update["message"]["hologram"] = json!({"file_id": "x"});
        let _ = t.anna().asks("/help").await;
        t.inject(update);
        let heard = t.anna().hears().await;
        assert!(
            heard.starts_with("この種類のメッセージは読み取れません。"),
            "{heard}"
        );
    })
    .await;
}

/// Telegram adds marks and fields whenever it likes; the words are there all the same.
#[tokio::test]
async fn words_are_read_whatever_else_a_message_carries() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        for more in [
            json!({"entities": [{"type": "hologram", "offset": 0, "length": 2}]}),
            json!({"forward_origin": {"type": "hologram", "date": 1}, "forward_date": 1}),
            json!({"external_reply": {"origin": {"type": "hologram", "date": 1}}}),
            json!({"quote": {"text": "x", "position": "here"}}),
            json!({"link_preview_options": 5, "effect_id": 5}),
            json!({"reply_to_message": {"message_id": 1, "hologram": true}}),
            json!({"from": {"id": 1001, "is_bot": false, "first_name": "アンナ", "language_code": "ja", "moods": [1]}}),
            json!({"chat": {"id": 1001, "type": "private", "moods": [1]}}),
        ] {
            let mut update = anna_says(None, GRANT.0);
            update["message"].as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            t.inject(update);
            let heard = t.anna().hears().await;
            assert!(heard.starts_with(GRANT.1), "{more}: {heard}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_update_that_comes_twice_is_answered_once() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        t.inject(anna_says(Some(730_200_000), GRANT.0));
        assert!(t.anna().hears().await.starts_with(GRANT.1));
        t.inject(anna_says(Some(730_200_000), GRANT.0));
        assert_eq!(t.anna().hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn many_messages_at_once_are_answered_in_their_order() {
    town(async |t| {
        let asked: Vec<_> = [GRANT, HOUSE, HELP].into_iter().cycle().take(8).collect();
        for (question, _) in &asked {
            t.anna().says(question);
        }
        let mut heard = t.anna().hears().await;
        while t.anna().answers() < asked.len() {
            t.advance(SignedDuration::from_secs(1));
            heard = format!("{heard}\n----\n{}", t.anna().hears().await);
        }
        let answers: Vec<&str> = heard.split("\n----\n").collect();
        assert_eq!(answers.len(), asked.len());
        for (answer, (_, begins)) in answers.iter().zip(&asked) {
            assert!(answer.starts_with(begins), "{begins}: {answer}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_writes_much_does_not_hold_up_others() {
    town(async |t| {
        for _ in 0..8 {
            t.anna().says(HELP.0);
        }
        t.ben().says("/help");
        t.idle().await;
        assert_eq!(t.ben().answers(), 1);
        assert_eq!(
            t.anna().answers(),
            5,
            "Telegram takes five at once, then one a second"
        );
        t.advance(SignedDuration::from_secs(3));
        t.idle().await;
        assert_eq!(t.anna().answers(), 8);
        let (_anna, _ben) = (t.anna().hears().await, t.ben().hears().await);
    })
    .await;
}
