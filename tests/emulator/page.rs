//! The control API behind the page.

use std::sync::Arc;

use annaka_concierge::emulator::{Limits, town};
use serde_json::{Value, json};
use teloxide::{
    payloads::{AnswerCallbackQuerySetters, SendMessageSetters},
    requests::Requester,
    types::{InlineKeyboardButton, InlineKeyboardMarkup, UpdateKind},
};

use crate::stage::{ANNA, GROUP, Stage};

async fn with_page() -> Stage {
    Stage::with(|setup| {
        setup.limits = Limits::off();
        setup.page = true;
    })
    .await
}

impl Stage {
    async fn acts(&self, act: Value) -> (u16, Value) {
        let url = format!("{}/demo/act", self.emulator.url());
        let response = reqwest::Client::new()
            .post(url)
            .json(&act)
            .send()
            .await
            .expect("the page is served");
        (
            response.status().as_u16(),
            response.json().await.expect("the answer is JSON"),
        )
    }

    async fn state(&self, path: &str) -> Value {
        let response = reqwest::get(format!("{}/demo/{path}", self.emulator.url())).await;
        response
            .expect("the page is served")
            .json()
            .await
            .expect("the state is JSON")
    }
}

fn texts(state: &Value, chat: i64) -> Vec<&str> {
    let chats = state["chats"].as_array().expect("there are chats");
    let chat = chats
        .iter()
        .find(|found| found["id"] == chat)
        .expect("the chat is there");
    let messages = chat["messages"].as_array().expect("there are messages");
    messages
        .iter()
        .filter_map(|message| message["text"].as_str())
        .collect()
}

#[tokio::test]
async fn what_is_said_on_the_page_is_shown_and_told_to_the_bot() {
    let stage = with_page().await;
    let before = stage.emulator.revision();
    let path = format!("wait?revision={before}");
    let waiting = stage.state(&path);
    let say =
        stage.acts(json!({ "do": "say", "person": ANNA.0, "chat": ANNA.0, "thread": null, "text": "やあ" }));
    let (state, said) = tokio::join!(waiting, say);
    assert_eq!(said, (200, json!({ "ok": true })));
    assert_eq!(texts(&state, ANNA.0).last(), Some(&"やあ"));
    assert_eq!(
        (&state["now"], &state["zone"]),
        (&json!("2026-02-10T09:00:00+09:00"), &json!("Asia/Tokyo"))
    );
    assert_eq!(stage.bot.get_updates().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_tap_on_the_page_waits_for_the_bots_note() {
    let stage = with_page().await;
    let keyboard = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("はい", "yes")]]);
    let message = stage
        .bot
        .send_message(ANNA, "?")
        .reply_markup(keyboard)
        .await
        .unwrap()
        .id
        .0;
    let tap = json!({ "do": "tap", "person": ANNA.0, "chat": ANNA.0, "message": message, "data": "yes" });
    let answer = async {
        let updates = stage.next_updates().await;
        let UpdateKind::CallbackQuery(query) = &updates[0].kind else {
            panic!("{updates:?}")
        };
        stage
            .bot
            .answer_callback_query(query.id.clone())
            .text("了解")
            .await
            .unwrap();
    };
    let (tapped, ()) = tokio::join!(stage.acts(tap), answer);
    assert_eq!(tapped, (200, json!({ "ok": true, "note": "了解" })));
}

#[tokio::test]
async fn staff_write_in_the_group_from_the_page() {
    let stage = with_page().await;
    let thread = stage
        .bot
        .create_forum_topic(GROUP, "x")
        .await
        .unwrap()
        .thread_id
        .0
        .0;
    let say = json!({ "do": "say", "person": town::MIO, "chat": GROUP.0, "thread": thread, "text": "はい" });
    assert_eq!(stage.acts(say).await.0, 200);
    let state = stage.state("state").await;
    assert_eq!(texts(&state, GROUP.0).last(), Some(&"はい"));
    assert_eq!(
        stage
            .acts(json!({ "do": "topic_delete", "thread": thread }))
            .await
            .0,
        200
    );
    assert!(texts(&stage.state("state").await, GROUP.0).is_empty());
}

#[tokio::test]
async fn trouble_is_made_and_healed_from_the_page() {
    let stage = with_page().await;
    stage
        .acts(json!({ "do": "flood", "calls": 3, "seconds": 5 }))
        .await;
    stage
        .acts(json!({ "do": "cut", "calls": 2, "after": true }))
        .await;
    assert_eq!(
        stage.state("state").await["faults"],
        json!({ "flood": 3, "cut_after": 2 })
    );
    stage.acts(json!({ "do": "heal" })).await;
    assert_eq!(stage.state("state").await["faults"], json!({}));
}

#[tokio::test]
async fn the_clock_moves_only_if_it_can() {
    let stage = with_page().await;
    let act = json!({ "do": "clock", "advance_seconds": 3600 });
    assert_eq!(
        stage.acts(act.clone()).await,
        (400, json!({ "error": "this clock cannot be moved" }))
    );

    let clock = annaka_concierge::clock::Clock::standing_at("2026-02-10T00:00:00Z".parse().unwrap());
    let moved = clock.clone();
    let stage = Stage::with(|setup| {
        setup.page = true;
        setup.move_clock = Some(Arc::new(move |step| moved.advance(step)));
    })
    .await;
    assert_eq!(stage.acts(act).await.0, 200);
    assert_eq!(clock.now().to_string(), "2026-02-10T01:00:00Z");
}

#[tokio::test]
async fn a_newcomer_can_be_added_and_blocks_are_shown() {
    let stage = with_page().await;
    let (_, added) = stage
        .acts(json!({ "do": "new_person", "name": "Chi", "language": "vi" }))
        .await;
    stage
        .acts(json!({ "do": "block", "person": ANNA.0, "blocked": true }))
        .await;
    let state = stage.state("state").await;
    let people = state["people"].as_array().unwrap();
    let find = |id: &Value| people.iter().find(|person| person["id"] == *id).unwrap();
    assert_eq!(find(&added["person"])["name"], "Chi");
    assert_eq!(find(&json!(ANNA.0))["blocked"], true);
}

#[tokio::test]
async fn nonsense_is_refused_with_a_reason() {
    let stage = with_page().await;
    let check = async |act: Value, wanted: &str| {
        let (status, answer) = stage.acts(act).await;
        let error = answer["error"].as_str().unwrap_or_default().to_owned();
        assert!(status == 400 && error.contains(wanted), "{status} {error}");
    };
    check(json!({ "do": "dance" }), "unknown variant `dance`").await;
    check(json!({ "do": "heal", "how": 1 }), "unknown field `how`").await;
    check(
        json!({ "do": "say", "person": 1001, "chat": 1002, "text": "x" }),
        "no chat 1002 for this person",
    )
    .await;
    check(
        json!({ "do": "say", "person": 1001, "chat": 1001, "text": "  " }),
        "nothing to say",
    )
    .await;
    check(
        json!({ "do": "tap", "person": 1001, "chat": 1001, "message": 99, "data": "x" }),
        "no message 99",
    )
    .await;
}

#[tokio::test]
async fn the_page_is_only_there_if_asked_for() {
    let get = async |stage: &Stage, path: &str| {
        let response = reqwest::get(format!("{}{path}", stage.emulator.url()))
            .await
            .expect("it is served");
        let kind = response
            .headers()
            .get("content-type")
            .map(|kind| kind.to_str().unwrap_or_default().to_owned());
        (response.status().as_u16(), kind)
    };
    let stage = with_page().await;
    assert_eq!(
        get(&stage, "/").await,
        (200, Some("text/html; charset=utf-8".to_owned()))
    );
    assert_eq!(get(&stage, "/assets/nothing.js").await.0, 404);
    assert_eq!(get(&Stage::open().await, "/").await.0, 404);
}
