//! What the bot sends on, and what it answers.

use annaka_concierge::emulator::{Kind, Shown, town};
use serde_json::{Value, json};
use teloxide::{
    payloads::{CopyMessageSetters, SendMessageSetters},
    requests::Requester,
    types::{
        InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, MessageId, ReplyParameters, ThreadId,
    },
};

use crate::stage::{ANNA, GROUP, Stage, words};

impl Stage {
    /// Copies what Anna sent into a topic of the group; the ids of the copies come back.
    async fn copies(&self, messages: &[i32], thread: ThreadId) -> (u16, Value) {
        let body = json!({
            "chat_id": GROUP.0,
            "message_thread_id": thread,
            "from_chat_id": ANNA.0,
            "message_ids": messages,
            "disable_notification": true,
        });
        self.call("copyMessages", body).await
    }

    fn shown_in(&self, thread: ThreadId) -> Vec<Shown> {
        let mut shown = self.emulator.look(|world| world.topic(GROUP.0, thread.0.0));
        shown.remove(0);
        shown
    }
}

#[tokio::test]
async fn a_copy_hides_its_author_and_a_forward_names_them() {
    let stage = Stage::open().await;
    let question = MessageId(stage.anna().says("ゴミの日は？").unwrap());
    let copy = stage.bot.copy_message(GROUP, ANNA, question).await.unwrap();
    let forward = stage.bot.forward_message(GROUP, ANNA, question).await.unwrap();
    assert_eq!(
        forward.forward_from_user().map(|user| user.first_name.as_str()),
        Some("アンナ")
    );
    let shown = stage.emulator.look(|world| world.chat(GROUP.0));
    assert_eq!(
        (shown[0].id, shown[0].text.as_str(), shown[0].from.bot),
        (copy.0, "ゴミの日は？", true)
    );
    let missing = stage.bot.copy_message(GROUP, ANNA, MessageId(999)).await;
    assert!(words(missing).contains("message to copy not found"));
}

#[tokio::test]
async fn a_copy_answers_and_carries_buttons_and_other_words() {
    let stage = Stage::open().await;
    let thread = stage.topic("アンナさん").await;
    let card = stage
        .bot
        .send_message(GROUP, "月曜と木曜です")
        .message_thread_id(thread)
        .await
        .unwrap();
    let photo = stage.anna().sends(Kind::Photo, Some("これは？")).unwrap();
    let buttons = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("受ける", "claim")]]);
    let copy = stage
        .bot
        .copy_message(GROUP, ANNA, MessageId(photo))
        .message_thread_id(thread)
        .caption("ごみ？")
        .reply_markup(buttons)
        .reply_parameters(ReplyParameters::new(card.id).quote("木曜".to_owned()))
        .disable_notification(true)
        .await
        .unwrap();
    let shown = stage.shown_in(thread).pop().unwrap();
    assert_eq!(
        (shown.id, shown.text.as_str(), shown.reply_to),
        (copy.0, "ごみ？", Some(card.id.0))
    );
    assert_eq!(shown.quote.as_deref(), Some("木曜"));
    assert_eq!(shown.buttons[0][0].data, "claim");
    let sticker = stage.anna().sends(Kind::Sticker, None).unwrap();
    stage
        .bot
        .copy_message(GROUP, ANNA, MessageId(sticker))
        .caption("x")
        .await
        .unwrap();
    let shown = stage.emulator.look(|world| world.chat(GROUP.0).pop()).unwrap();
    assert_eq!(shown.text, "", "nothing stands below a sticker");
}

#[tokio::test]
async fn an_album_stays_one_when_it_is_copied() {
    let stage = Stage::open().await;
    let thread = stage.topic("アンナさん").await;
    let first = stage
        .anna()
        .sends_album(&[Kind::Photo, Kind::Video], Some((1, "庭です")))
        .unwrap();
    let second = stage
        .anna()
        .sends_album(&[Kind::Document, Kind::Document], None)
        .unwrap();
    let all = [first, second].concat();
    let (_, copied) = stage.copies(&all, thread).await;
    assert_eq!(copied["result"].as_array().map(Vec::len), Some(4));
    let shown = stage.shown_in(thread);
    let albums: Vec<_> = shown
        .iter()
        .map(|message| message.album.clone().unwrap())
        .collect();
    assert_eq!((&albums[0], &albums[2]), (&albums[1], &albums[3]));
    assert_ne!(albums[0], albums[2]);
    let anna = stage.emulator.look(|world| world.chat(ANNA.0));
    assert!(
        anna.iter()
            .all(|message| message.album.as_ref() != Some(&albums[0]))
    );
    assert_eq!(shown[1].text, "庭です");

    stage.copies(&all[1..3], thread).await;
    let halves = stage.shown_in(thread).split_off(4);
    assert!(
        halves.iter().all(|message| message.album.is_none()),
        "one alone is no album"
    );
}

#[tokio::test]
async fn what_cannot_be_copied_is_refused_alone_and_skipped_among_others() {
    let stage = Stage::open().await;
    let thread = stage.topic("アンナさん").await;
    let anna = stage.anna();
    let send = |kind| anna.sends(kind, None).unwrap();
    for kind in [Kind::Giveaway, Kind::Quiz] {
        let message = send(kind);
        let refused = stage.bot.copy_message(GROUP, ANNA, MessageId(message)).await;
        assert!(words(refused).contains("Bad Request: the message can't be copied"));
        let told = Stage::refusal(stage.copies(&[message], thread).await);
        assert_eq!(told, "Bad Request: there are no messages to forward");
    }
    let pinned = anna.says("x").unwrap();
    stage.bot.pin_chat_message(ANNA, MessageId(pinned)).await.unwrap();
    let service = MessageId(stage.last_to_anna().id);
    let refused = stage.bot.copy_message(GROUP, ANNA, service).await;
    assert!(words(refused).contains("Bad Request: the message can't be copied"));

    let mixed = [
        send(Kind::Dice),
        send(Kind::Giveaway),
        send(Kind::Poll),
        send(Kind::Quiz),
        anna.says("以上").unwrap(),
    ];
    let (_, copied) = stage.copies(&mixed, thread).await;
    assert_eq!(copied["result"].as_array().map(Vec::len), Some(3));
    let shown = stage.shown_in(thread);
    let kinds: Vec<_> = shown
        .iter()
        .map(|message| message.media.as_ref().map_or("text", |media| media.kind.as_str()))
        .collect();
    assert_eq!(kinds, ["dice", "poll", "text"]);
}

#[tokio::test]
async fn a_batch_keeps_its_answers_and_its_order() {
    let stage = Stage::open().await;
    let thread = stage.topic("アンナさん").await;
    let question = stage.anna().says("いつ？").unwrap();
    let answer = stage.anna().replies_to(question, "いつですか？").unwrap();
    stage.copies(&[question, answer], thread).await;
    let shown = stage.shown_in(thread);
    assert_eq!(shown[1].reply_to, Some(shown[0].id));
    let told = Stage::refusal(stage.copies(&[answer, question], thread).await);
    assert_eq!(
        told,
        "Bad Request: message identifiers must be in a strictly increasing order"
    );
}

#[tokio::test]
async fn a_quote_must_stand_in_the_message() {
    let stage = Stage::open().await;
    let question = stage
        .anna()
        .says_formatted("🙂 ごみは<b>月曜</b>ですか？")
        .unwrap();
    let reply = async |parameters: Value| {
        let body = json!({ "chat_id": ANNA.0, "text": "はい", "reply_parameters": parameters });
        stage.call("sendMessage", body).await
    };
    let (_, sent) = reply(json!({ "message_id": question, "quote": "ごみ" })).await;
    assert_eq!(sent["result"]["quote"]["position"], 3);
    let bold = json!({ "message_id": question, "quote": "は<b>月曜</b>", "quote_parse_mode": "HTML" });
    let (_, sent) = reply(bold).await;
    assert_eq!(sent["result"]["quote"]["entities"][0]["type"], "bold");
    for wrong in ["火曜", "月曜"] {
        let told = Stage::refusal(reply(json!({ "message_id": question, "quote": wrong })).await);
        assert_eq!(told, "Bad Request: QUOTE_TEXT_INVALID", "{wrong}");
    }
}

#[tokio::test]
async fn an_answer_to_what_is_gone_is_refused_unless_it_may_stand_alone() {
    let stage = Stage::open().await;
    let question = stage.anna().says("いつ？").unwrap();
    stage.anna().deletes(question).unwrap();
    assert_eq!(stage.heard().await.len(), 1, "a deletion is not told");
    let reply = async |method: &str, alone: bool| {
        let source = stage.anna().says("x").unwrap();
        let parameters =
            json!({ "message_id": question, "quote": "いつ", "allow_sending_without_reply": alone });
        let mut body = json!({ "chat_id": ANNA.0, "reply_parameters": parameters });
        match method {
            "sendMessage" => body["text"] = json!("はい"),
            _ => {
                body["from_chat_id"] = json!(ANNA.0);
                body["message_id"] = json!(source);
            }
        }
        stage.call(method, body).await
    };
    for method in ["sendMessage", "copyMessage"] {
        let told = Stage::refusal(reply(method, false).await);
        assert_eq!(told, "Bad Request: message to be replied not found");
        assert_eq!(reply(method, true).await.0, 200);
        assert_eq!(stage.last_to_anna().reply_to, None);
    }
}

#[tokio::test]
async fn a_person_without_a_username_can_be_mentioned() {
    let stage = Stage::open().await;
    let mention = format!("<a href=\"tg://user?id={}\">みお</a>さん", town::MIO);
    stage.ken().in_group(None).says_formatted(&mention).unwrap();
    stage
        .ken()
        .in_group(None)
        .says("@mio さん https://annaka.example/a。")
        .unwrap();
    let updates = stage.heard().await;
    let named = &updates[0]["message"]["entities"][0];
    assert_eq!(
        (&named["type"], &named["user"]["id"]),
        (&json!("text_mention"), &json!(town::MIO))
    );
    let kinds: Vec<_> = updates[1]["message"]["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mark| mark["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["mention", "url"]);
    let parsed: MessageEntity = serde_json::from_value(named.clone()).unwrap();
    assert_eq!(parsed.length, 2);
}
