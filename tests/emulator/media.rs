//! Files, reactions, pins, commands, inline mode.

use annaka_concierge::emulator::{CommandScope, Kind};
use serde_json::json;
use teloxide::{
    net::Download,
    payloads::{
        AnswerInlineQuerySetters, SendDocumentSetters, SetMessageReactionSetters, SetMyCommandsSetters,
    },
    requests::Requester,
    types::{
        BotCommand, BotCommandScope, FileId, InlineQueryResult, InlineQueryResultArticle, InputFile,
        InputMedia, InputMediaPhoto, InputMessageContent, InputMessageContentText, MessageId, ReactionType,
        UpdateKind,
    },
};

use crate::stage::{ANNA, GROUP, Stage, words};

#[tokio::test]
async fn a_document_sent_up_can_be_fetched_and_sent_again() {
    let stage = Stage::open().await;
    let file = InputFile::memory("ICS").file_name("予定.ics");
    let sent = stage
        .bot
        .send_document(ANNA, file)
        .caption("カレンダー")
        .await
        .unwrap();
    let document = sent.document().unwrap();
    assert_eq!(document.file_name.as_deref(), Some("予定.ics"));

    let found = stage.bot.get_file(document.file.id.clone()).await.unwrap();
    let mut fetched = Vec::new();
    stage.bot.download_file(&found.path, &mut fetched).await.unwrap();
    assert_eq!(fetched, b"ICS");

    let again = InputFile::file_id(document.file.id.clone());
    assert!(stage.bot.send_document(ANNA, again).await.is_ok());
    let unknown = InputFile::file_id(FileId("nothing".to_owned()));
    assert!(words(stage.bot.send_document(ANNA, unknown).await).contains("wrong file identifier"));
}

#[tokio::test]
async fn what_people_send_is_understood_by_the_client() {
    let stage = Stage::open().await;
    let kinds = [
        Kind::Photo,
        Kind::Voice,
        Kind::Sticker,
        Kind::Document,
        Kind::Video,
        Kind::Location,
        Kind::Contact,
    ];
    for kind in kinds {
        stage.anna().sends(kind, Some("これは？")).unwrap();
    }
    let updates = stage.bot.get_updates().await.unwrap();
    let messages = updates.iter().map(|update| match &update.kind {
        UpdateKind::Message(message) => message,
        other => panic!("{other:?}"),
    });
    let seen: Vec<_> = messages
        .map(|message| {
            (
                message.photo().is_some(),
                message.voice().is_some(),
                message.sticker().is_some(),
                message.caption(),
            )
        })
        .collect();
    let caption = Some("これは？");
    assert_eq!(
        seen[..3],
        [
            (true, false, false, caption),
            (false, true, false, caption),
            (false, false, true, None)
        ]
    );
    assert_eq!(seen.len(), kinds.len());
}

#[tokio::test]
async fn an_album_is_sent_as_one() {
    let stage = Stage::open().await;
    let photo = |bytes: &'static str| InputMedia::Photo(InputMediaPhoto::new(InputFile::memory(bytes)));
    let sent = stage
        .bot
        .send_media_group(ANNA, [photo("a"), photo("b")])
        .await
        .unwrap();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].media_group_id(), sent[1].media_group_id());
    assert!(stage.bot.send_media_group(ANNA, [photo("a")]).await.is_err());
}

#[tokio::test]
async fn a_location_is_checked() {
    let stage = Stage::open().await;
    assert!(stage.bot.send_location(ANNA, 36.3, 138.9).await.is_ok());
    assert!(words(stage.bot.send_location(ANNA, 91.0, 0.0).await).contains("out of range"));
}

#[tokio::test]
async fn a_reaction_replaces_the_one_before() {
    let stage = Stage::open().await;
    let message = MessageId(stage.anna().says("ありがとう").unwrap());
    for emoji in ["👍", "👨\u{200d}💻", "❤"] {
        let reaction = ReactionType::Emoji {
            emoji: emoji.to_owned(),
        };
        stage
            .bot
            .set_message_reaction(ANNA, message)
            .reaction([reaction])
            .await
            .unwrap();
    }
    assert_eq!(stage.last_to_anna().reactions, ["❤"]);
    let odd = ReactionType::Emoji {
        emoji: "🛁".to_owned(),
    };
    let refused = stage
        .bot
        .set_message_reaction(ANNA, message)
        .reaction([odd])
        .await;
    assert!(words(refused).contains("REACTION_INVALID"));
}

#[tokio::test]
async fn a_bot_reacts_once_and_to_an_album_at_its_first() {
    let stage = Stage::open().await;
    let album = stage.anna().sends_album(&[Kind::Photo; 3], None).unwrap();
    let react = async |message: i32, emoji: &[&str]| {
        let reaction: Vec<_> = emoji
            .iter()
            .map(|emoji| json!({ "type": "emoji", "emoji": emoji }))
            .collect();
        let body = json!({ "chat_id": ANNA.0, "message_id": message, "reaction": reaction });
        stage.call("setMessageReaction", body).await
    };
    assert_eq!(react(album[2], &["👀"]).await.0, 200);
    let shown = stage.emulator.look(|world| world.chat(ANNA.0));
    let reactions: Vec<_> = shown
        .iter()
        .rev()
        .take(3)
        .map(|message| message.reactions.len())
        .collect();
    assert_eq!(reactions, [0, 0, 1]);
    let told = Stage::refusal(react(album[0], &["👀", "👍"]).await);
    assert_eq!(told, "Bad Request: REACTION_INVALID");
    for emoji in ["", " ", "👍👍", "x"] {
        assert_eq!(
            Stage::refusal(react(album[0], &[emoji]).await),
            "Bad Request: REACTION_INVALID",
            "{emoji}"
        );
    }
    assert_eq!(react(album[0], &[]).await.0, 200);
}

#[tokio::test]
async fn a_pin_is_shown_and_can_be_taken_off() {
    let stage = Stage::open().await;
    let message = stage.bot.send_message(GROUP, "お知らせ").await.unwrap().id;
    let is_pinned = || stage.emulator.look(|world| world.chat(GROUP.0)[0].pinned);
    stage.bot.pin_chat_message(GROUP, message).await.unwrap();
    assert!(is_pinned());
    stage.bot.unpin_chat_message(GROUP).await.unwrap();
    assert!(!is_pinned());
}

#[tokio::test]
async fn deleted_messages_are_gone() {
    let stage = Stage::open().await;
    let message = stage.bot.send_message(ANNA, "oops").await.unwrap().id;
    stage.bot.delete_message(ANNA, message).await.unwrap();
    assert!(words(stage.bot.delete_message(ANNA, message).await).contains("message to delete not found"));
}

#[tokio::test]
async fn commands_are_kept_by_scope_and_language() {
    let stage = Stage::open().await;
    let commands = [BotCommand::new("help", "使い方")];
    let scope = BotCommandScope::AllPrivateChats;
    stage
        .bot
        .set_my_commands(commands.clone())
        .scope(scope)
        .language_code("ja")
        .await
        .unwrap();
    assert!(stage.bot.get_my_commands().await.unwrap().is_empty());
    let list = stage
        .emulator
        .look(|world| world.bot().command_lists()[0].clone());
    assert_eq!(
        (list.scope, list.language.as_str()),
        (CommandScope::AllPrivateChats, "ja")
    );
    let refused = stage.bot.set_my_commands([BotCommand::new("Hilfe!", "x")]).await;
    assert!(words(refused).contains("BOT_COMMAND_INVALID"));
}

fn article(id: &str) -> InlineQueryResult {
    let content = InputMessageContent::Text(InputMessageContentText::new("ゴミは月曜"));
    InlineQueryResult::Article(InlineQueryResultArticle::new(id, "ゴミの日", content))
}

#[tokio::test]
async fn an_inline_result_is_offered_chosen_and_posted() {
    let stage = Stage::open().await;
    let anna = stage.anna();
    let answer = async {
        let updates = stage.next_updates().await;
        let UpdateKind::InlineQuery(query) = &updates[0].kind else {
            panic!("{updates:?}")
        };
        stage
            .bot
            .answer_inline_query(query.id.clone(), [article("1")])
            .is_personal(true)
            .await
            .unwrap();
    };
    let (offered, ()) = tokio::join!(anna.inline("ゴミ"), answer);
    let offered = offered.unwrap();
    assert_eq!(
        (offered[0].title.as_str(), offered[0].text.as_str()),
        ("ゴミの日", "ゴミは月曜")
    );
    anna.chooses(&offered[0].id).unwrap();
    assert_eq!(stage.last_to_anna().text, "ゴミは月曜");
    assert!(anna.chooses("2").is_err());
}

#[tokio::test]
async fn inline_results_are_limited_and_told_apart() {
    let stage = Stage::open().await;
    let raw = |id: &str| json!({ "type": "article", "id": id, "title": "t", "input_message_content": { "message_text": "x" } });
    let check = async |results: Vec<serde_json::Value>, wanted: &str| {
        let body = json!({ "inline_query_id": "1", "results": results });
        assert_eq!(
            Stage::refusal(stage.call("answerInlineQuery", body).await),
            wanted
        );
    };
    check(
        (0..51).map(|id| raw(&id.to_string())).collect(),
        "Bad Request: RESULTS_TOO_MUCH",
    )
    .await;
    check(vec![raw("1"), raw("1")], "Bad Request: RESULT_ID_DUPLICATE").await;
    check(vec![raw(&"x".repeat(65))], "Bad Request: RESULT_ID_INVALID").await;
    let old = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    check(vec![raw("1")], old).await;
}
