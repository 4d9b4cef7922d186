//! What the Bot API takes and refuses.

use serde_json::json;
use teloxide::{
    payloads::{AnswerCallbackQuerySetters, EditMessageTextSetters, SendMessageSetters},
    requests::Requester,
    types::{
        InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageId, ParseMode,
        ReplyParameters, ThreadId, UpdateKind,
    },
};

use crate::stage::{ANNA, GROUP, Stage, words};

fn keyboard(data: &str) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("はい", data)]])
}

#[tokio::test]
async fn the_client_understands_who_the_bot_is() {
    let stage = Stage::open().await;
    let me = stage.bot.get_me().await.unwrap();
    assert_eq!(me.username(), "annaka_concierge_demo_bot");
    assert!(me.supports_inline_queries);
}

#[tokio::test]
async fn a_message_arrives_with_its_marks() {
    let stage = Stage::open().await;
    let html = "<b>市役所</b> &amp; <a href=\"https://annaka.example\">地図</a>";
    let sent = stage
        .bot
        .send_message(ANNA, html)
        .parse_mode(ParseMode::Html)
        .await
        .unwrap();
    assert_eq!(sent.text(), Some("市役所 & 地図"));
    assert_eq!(sent.date.timestamp(), stage.clock.now().as_second());
    let shown = stage.last_to_anna();
    assert!(shown.from.bot);
    assert!(
        shown
            .html
            .starts_with("<b>市役所</b> &amp; <a href=\"https://annaka.example\""),
        "{}",
        shown.html
    );
}

#[tokio::test]
async fn the_clients_own_options_are_understood() {
    let stage = Stage::open().await;
    let question = MessageId(stage.anna().says("ゴミの日は？").unwrap());
    let preview = LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    };
    let request = stage
        .bot
        .send_message(ANNA, "月曜です")
        .link_preview_options(preview.clone());
    let reply = ReplyParameters::new(question).quote("ゴミ".to_owned());
    let sent = request
        .reply_parameters(reply)
        .disable_notification(true)
        .protect_content(true)
        .await
        .unwrap();
    assert_eq!(sent.link_preview_options(), Some(&preview));
    assert_eq!(sent.reply_to_message().map(|message| message.id), Some(question));
    assert_eq!(sent.quote().map(|quote| quote.text.as_str()), Some("ゴミ"));
    assert!(sent.has_protected_content());
}

#[tokio::test]
async fn broken_html_is_refused_in_telegrams_words() {
    let stage = Stage::open().await;
    let answer = stage
        .bot
        .send_message(ANNA, "安<foo>x</foo>")
        .parse_mode(ParseMode::Html)
        .await;
    assert_eq!(
        words(answer),
        "Bad Request: can't parse entities: Unsupported start tag \"foo\" at byte offset 3"
    );
}

#[tokio::test]
async fn text_is_limited_to_4096_units_and_may_not_be_empty() {
    let stage = Stage::open().await;
    assert!(stage.bot.send_message(ANNA, "🙂".repeat(2048)).await.is_ok());
    let too_long = stage.bot.send_message(ANNA, "🙂".repeat(2049)).await;
    assert_eq!(words(too_long), "Bad Request: message is too long");
    assert_eq!(
        words(stage.bot.send_message(ANNA, " \n").await),
        "Bad Request: message text is empty"
    );
}

#[tokio::test]
async fn callback_data_is_limited_to_64_bytes() {
    let stage = Stage::open().await;
    let send = |data: String| {
        stage
            .bot
            .send_message(ANNA, "?")
            .reply_markup(keyboard(&data))
            .into_future()
    };
    assert!(send("あ".repeat(21)).await.is_ok());
    assert_eq!(
        words(send("あ".repeat(22)).await),
        "Bad Request: BUTTON_DATA_INVALID"
    );
    assert_eq!(
        words(send(String::new()).await),
        "Bad Request: BUTTON_DATA_INVALID"
    );
}

#[tokio::test]
async fn an_edit_must_change_something() {
    let stage = Stage::open().await;
    let sent = stage
        .bot
        .send_message(ANNA, "はい")
        .reply_markup(keyboard("yes"))
        .await
        .unwrap();
    let same = stage
        .bot
        .edit_message_text(ANNA, sent.id, "はい")
        .reply_markup(keyboard("yes"))
        .await;
    assert!(words(same).contains("message is not modified"));
    stage.bot.edit_message_text(ANNA, sent.id, "はい").await.unwrap();
    let shown = stage.last_to_anna();
    assert!(shown.edited && shown.buttons.is_empty());
}

#[tokio::test]
async fn only_the_bots_own_messages_can_be_edited() {
    let stage = Stage::open().await;
    let theirs = MessageId(stage.anna().says("mine").unwrap());
    let refused = stage.bot.edit_message_text(ANNA, theirs, "yours").await;
    assert_eq!(words(refused), "Bad Request: message can't be edited");
    let missing = stage.bot.edit_message_text(ANNA, MessageId(999), "x").await;
    assert_eq!(words(missing), "Bad Request: message to edit not found");
}

#[tokio::test]
async fn a_tap_is_answered_once_and_in_time() {
    let stage = Stage::open().await;
    let sent = stage
        .bot
        .send_message(ANNA, "?")
        .reply_markup(keyboard("yes"))
        .await
        .unwrap();
    let tap = stage.anna().taps(sent.id.0, "はい").unwrap();
    let updates = stage.bot.get_updates().await.unwrap();
    let UpdateKind::CallbackQuery(query) = &updates[0].kind else {
        panic!("{updates:?}")
    };
    assert_eq!(
        (query.data.as_deref(), query.from.id.0),
        (Some("yes"), ANNA.0.unsigned_abs())
    );

    stage
        .bot
        .answer_callback_query(query.id.clone())
        .text("できました")
        .await
        .unwrap();
    let answer = stage
        .emulator
        .look(|world| world.tap(&tap)?.answer.clone())
        .unwrap();
    assert_eq!(answer.text.as_deref(), Some("できました"));
    let again = stage.bot.answer_callback_query(query.id.clone()).await;
    assert!(words(again).contains("query is too old"));
}

#[tokio::test]
async fn a_tap_is_forgotten_after_fifteen_minutes() {
    let stage = Stage::open().await;
    let sent = stage
        .bot
        .send_message(ANNA, "?")
        .reply_markup(keyboard("yes"))
        .await
        .unwrap();
    let tap = stage.anna().taps(sent.id.0, "yes").unwrap();
    stage.clock.advance(jiff::SignedDuration::from_mins(16));
    let late = stage
        .call("answerCallbackQuery", json!({ "callback_query_id": tap }))
        .await;
    let told = Stage::refusal(late);
    assert_eq!(
        told,
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    );
}

#[tokio::test]
async fn a_button_that_is_not_there_cannot_be_tapped() {
    let stage = Stage::open().await;
    let message = stage
        .bot
        .send_message(ANNA, "?")
        .reply_markup(keyboard("yes"))
        .await
        .unwrap();
    let error = stage.anna().taps(message.id.0, "いいえ").unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("message {} has no callback button \"いいえ\"", message.id)
    );
}

#[tokio::test]
async fn who_never_wrote_or_does_not_exist_cannot_be_written_to() {
    let stage = Stage::open().await;
    let told = Stage::refusal(
        stage
            .call("sendMessage", json!({ "chat_id": 1002, "text": "hi" }))
            .await,
    );
    assert_eq!(told, "Forbidden: bot can't initiate conversation with a user");
    let told = Stage::refusal(
        stage
            .call("sendMessage", json!({ "chat_id": 999, "text": "hi" }))
            .await,
    );
    assert_eq!(told, "Bad Request: chat not found");
}

#[tokio::test]
async fn a_block_is_told_and_felt_until_it_is_lifted() {
    let stage = Stage::open().await;
    stage.anna().blocks_bot().unwrap();
    let updates = stage.bot.get_updates().await.unwrap();
    let UpdateKind::MyChatMember(change) = &updates[0].kind else {
        panic!("{updates:?}")
    };
    assert!(change.new_chat_member.is_banned());
    let refused = stage.bot.send_message(ANNA, "hi").await;
    assert_eq!(words(refused), "Forbidden: bot was blocked by the user");
    stage.anna().starts("").unwrap();
    assert!(stage.bot.send_message(ANNA, "hi").await.is_ok());
}

#[tokio::test]
async fn a_thread_that_is_not_there_is_not_found() {
    let stage = Stage::open().await;
    let thread = ThreadId(MessageId(77));
    let refused = stage
        .bot
        .send_message(GROUP, "hi")
        .message_thread_id(thread)
        .await;
    assert!(words(refused).contains("message thread not found"));
}

#[tokio::test]
async fn methods_and_fields_nobody_knows_are_refused_by_name() {
    let stage = Stage::open().await;
    let (status, body) = stage.call("sendTelepathy", json!({})).await;
    assert_eq!(
        (status, body["description"].as_str()),
        (404, Some("Not Found: method sendTelepathy not found"))
    );
    let unknown = stage
        .call(
            "SENDmessage",
            json!({ "chat_id": 1001, "text": "hi", "loud": true }),
        )
        .await;
    assert_eq!(Stage::refusal(unknown), "Bad Request: unknown field `loud`");
    let missing = stage.call("sendMessage", json!({ "chat_id": 1001 })).await;
    assert!(Stage::refusal(missing).contains("missing field `text`"));
    let nested =
        json!({ "chat_id": 1001, "text": "hi", "reply_markup": { "inline_keyboard": [], "rows": 1 } });
    assert!(Stage::refusal(stage.call("sendMessage", nested).await).contains("unknown field `rows`"));
}

#[tokio::test]
async fn a_wrong_token_opens_nothing() {
    let stage = Stage::open().await;
    let url = format!("{}/bot1:wrong/getMe", stage.emulator.url());
    let response = reqwest::get(url).await.unwrap();
    assert_eq!(response.status(), 401);
}

#[tokio::test]
async fn forms_and_query_strings_are_taken_too() {
    let stage = Stage::open().await;
    let url = format!(
        "{}/bot{}/sendMessage?chat_id=1001",
        stage.emulator.url(),
        annaka_concierge::emulator::town::TOKEN
    );
    let markup = "%7B%22inline_keyboard%22%3A%5B%5B%7B%22text%22%3A%22a%22%2C%22callback_data%22%3A%22b%22%7D%5D%5D%7D";
    let request = reqwest::Client::new()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded");
    let response = request
        .body(format!("text=12+%E5%80%8B&reply_markup={markup}"))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let shown = stage.last_to_anna();
    assert_eq!(
        (shown.text.as_str(), shown.buttons[0][0].data.as_str()),
        ("12 個", "b")
    );
}
