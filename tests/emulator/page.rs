//! The control API behind the page.

use std::sync::Arc;

use annaka_concierge::emulator::{Kind, Limits, town};
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

    /// The group as the page is told of it.
    async fn group(&self) -> Value {
        let state = self.state("state").await;
        let chats = state["chats"].as_array().expect("there are chats");
        let group = chats.iter().find(|chat| chat["type"] == "supergroup");
        group.expect("there is a group").clone()
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

/// A stranger's file that is served as a page could do on the demo's page whatever it likes.
#[tokio::test]
async fn pictures_are_shown_on_the_page_and_no_other_file_is() {
    let stage = with_page().await;
    let anna = stage.anna();
    anna.sends(Kind::Photo, None).unwrap();
    anna.sends_file("scan.html", b"\x89PNG\r\n\x1a\n<script>".to_vec())
        .unwrap();
    anna.sends_file("photo.png", b"<script>".to_vec()).unwrap();
    anna.sends(Kind::Location, None).unwrap();
    let shown = stage.emulator.look(|world| world.chat(ANNA.0));
    let pictures: Vec<_> = shown
        .into_iter()
        .map(|shown| shown.media.and_then(|media| media.picture))
        .collect();
    let [_hello, Some(photo), Some(scan), None, None] = &pictures[..] else {
        panic!("{pictures:?}")
    };
    for file in [photo, scan] {
        assert_eq!(fetched(&stage, file).await, (200, "image/png nosniff".to_owned()));
    }
    let (status, _) = fetched(&stage, "file3").await;
    assert_eq!(status, 404, "what only calls itself a picture is none");
}

/// How the page is answered when it asks for a picture, and as what.
async fn fetched(stage: &Stage, file: &str) -> (u16, String) {
    let url = format!("{}/demo/picture/{file}", stage.emulator.url());
    let answer = reqwest::get(url).await.expect("the page is served");
    let told = ["content-type", "x-content-type-options"]
        .into_iter()
        .filter_map(|name| answer.headers().get(name)?.to_str().ok())
        .collect::<Vec<_>>();
    (answer.status().as_u16(), told.join(" "))
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
async fn the_group_is_led_from_the_page() {
    let stage = with_page().await;
    let done = async |act: Value| {
        let (status, answer) = stage.acts(act).await;
        assert_eq!(status, 200, "{answer}");
        answer
    };
    let opened = done(json!({ "do": "topic_open", "person": town::MIO, "title": "アンナさん" })).await;
    let thread = &opened["thread"];
    done(json!({ "do": "topic_rename", "person": town::MIO, "thread": thread, "title": "済" })).await;
    done(json!({ "do": "topic_close", "person": town::MIO, "thread": thread, "closed": true })).await;
    done(json!({ "do": "member", "person": town::KEN, "standing": "left" })).await;
    done(json!({ "do": "bot_standing", "standing": "member" })).await;
    let group = stage.group().await;
    assert_eq!(
        group["topics"],
        json!([{ "id": thread, "title": "済", "closed": true }])
    );
    let standing = |group: &Value, id: i64| {
        let members = group["members"].as_array().unwrap();
        members.iter().find(|member| member["id"] == id).unwrap()["standing"].clone()
    };
    let bot = stage.emulator.look(|world| world.bot().id);
    assert_eq!(
        [town::MIO, town::KEN, bot].map(|id| standing(&group, id)),
        ["creator", "left", "member"]
    );
    done(json!({ "do": "member", "person": town::KEN, "standing": "member" })).await;
    done(json!({ "do": "member", "person": town::KEN, "standing": "administrator" })).await;
    done(json!({ "do": "forum", "on": false })).await;
    let group = stage.group().await;
    assert_eq!((&group["forum"], &group["topics"]), (&json!(false), &json!([])));
    assert_eq!(standing(&group, town::KEN), "administrator");
    done(json!({ "do": "move_group" })).await;
    assert_ne!(
        stage.group().await["id"],
        GROUP.0,
        "what was left behind is not shown"
    );
}

#[tokio::test]
async fn albums_quotes_and_hidden_words_are_sent_from_the_page() {
    let stage = with_page().await;
    let says = |text: &str| json!({ "do": "say", "person": town::MIO, "chat": GROUP.0, "text": text, "anonymous": true });
    assert_eq!(stage.acts(says("月曜と木曜です")).await.0, 200);
    let first = stage.group().await["messages"][0].clone();
    assert_eq!(first["from"]["id"], 1_087_968_824);
    let mut quoting = says("木曜に");
    quoting["reply_to"] = first["id"].clone();
    quoting["quote"] = json!("木曜");
    stage.acts(quoting).await;
    let album = json!({
        "do": "album", "person": town::KEN, "chat": GROUP.0, "kinds": ["photo", "video"], "caption": "庭です",
    });
    assert_eq!(stage.acts(album).await.0, 200);
    let messages = stage.group().await["messages"].clone();
    assert_eq!(messages[1]["quote"], "木曜");
    assert_eq!(messages[2]["text"], "庭です");
    assert!(messages[2]["album"].is_string() && messages[2]["album"] == messages[3]["album"]);
    let act = |what: &str| json!({ "do": what, "person": town::MIO, "chat": GROUP.0, "message": messages[3]["id"] });
    assert_eq!(stage.acts(act("delete")).await.0, 200);
    let pin = json!({ "do": "pin", "person": town::MIO, "message": first["id"] });
    assert_eq!(stage.acts(pin).await.0, 200);
    let messages = stage.group().await["messages"].clone();
    assert_eq!(
        (&messages[0]["pinned"], &messages[3]["system"]),
        (&json!(true), &json!("message pinned"))
    );
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
        json!({ "do": "topic_open", "person": 2001, "title": " " }),
        "a topic needs a title",
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
