//! The staff's group and its topics.

use annaka_concierge::emulator::{ActError, Membership, town};
use serde_json::json;
use teloxide::{
    payloads::SendMessageSetters,
    requests::Requester,
    types::{MessageId, ThreadId, UpdateKind, UserId},
};

use crate::stage::{ANNA, GROUP, Stage, words};

#[tokio::test]
async fn a_topic_is_opened_written_in_and_read_by_the_staff() {
    let stage = Stage::open().await;
    let thread = stage.topic("アンナさん").await;
    stage
        .bot
        .send_message(GROUP, "質問です")
        .message_thread_id(thread)
        .await
        .unwrap();
    stage.mio().says_in(thread.0.0, "任せて").unwrap();

    let shown = stage.emulator.look(|world| world.topic(GROUP.0, thread.0.0));
    let texts: Vec<_> = shown.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["", "質問です", "任せて"]);
    assert_eq!(shown[0].system.as_deref(), Some("topic created: アンナさん"));

    let updates = stage.bot.get_updates().await.unwrap();
    let UpdateKind::Message(message) = &updates[0].kind else {
        panic!("{updates:?}")
    };
    assert_eq!(
        (message.thread_id, message.is_topic_message),
        (Some(thread), true)
    );
    let opening = message
        .reply_to_message()
        .expect("Telegram quotes the topic's first message");
    assert_eq!(opening.id, thread.0);
}

#[tokio::test]
async fn a_topic_is_closed_and_reopened_once() {
    let stage = Stage::open().await;
    let thread = stage.topic("x").await;
    stage.bot.close_forum_topic(GROUP, thread).await.unwrap();
    assert!(words(stage.bot.close_forum_topic(GROUP, thread).await).contains("TOPIC_NOT_MODIFIED"));
    let member = stage.plain_member();
    assert_eq!(
        member.says_in(thread.0.0, "hi").unwrap_err(),
        ActError::TopicClosed(thread.0.0)
    );
    assert!(
        stage.mio().says_in(thread.0.0, "hi").is_ok(),
        "administrators may"
    );
    let refused = stage
        .bot
        .send_message(GROUP, "hi")
        .message_thread_id(thread)
        .await;
    assert!(words(refused).contains("TOPIC_CLOSED"));
    stage.bot.reopen_forum_topic(GROUP, thread).await.unwrap();
    assert!(member.says_in(thread.0.0, "hi").is_ok());
}

#[tokio::test]
async fn a_deleted_topic_is_gone_with_its_messages() {
    let stage = Stage::open().await;
    let thread = stage.topic("x").await;
    stage.emulator.delete_topic(thread.0.0).unwrap();
    assert!(
        stage
            .emulator
            .look(|world| world.topic(GROUP.0, thread.0.0))
            .is_empty()
    );
    let refused = stage
        .bot
        .send_message(GROUP, "hi")
        .message_thread_id(thread)
        .await;
    assert!(words(refused).contains("message thread not found"));
    let refused = stage.bot.edit_forum_topic(GROUP, thread).await;
    assert!(words(refused).contains("TOPIC_ID_INVALID"));
}

#[tokio::test]
async fn what_happens_to_topics_is_told_to_the_bot_whoever_did_it() {
    let stage = Stage::open().await;
    let opened = stage
        .bot
        .create_forum_topic(GROUP, "<b> & 🙂")
        .await
        .unwrap()
        .thread_id;
    stage.bot.close_forum_topic(GROUP, opened).await.unwrap();
    stage.mio().sets_topic_closed(opened.0.0, false).unwrap();
    stage.mio().renames_topic(opened.0.0, "済").unwrap();
    let updates = stage.heard().await;
    let check = |at: usize, field: &str, from: i64| {
        let message = &updates[at]["message"];
        assert!(message[field].is_object(), "{message}");
        assert_eq!(
            (&message["from"]["id"], &message["message_thread_id"]),
            (&json!(from), &json!(opened))
        );
    };
    let bot = stage.emulator.look(|world| world.bot().id);
    check(0, "forum_topic_created", bot);
    check(1, "forum_topic_closed", bot);
    check(2, "forum_topic_reopened", town::MIO);
    check(3, "forum_topic_edited", town::MIO);
    assert_eq!(updates[3]["message"]["forum_topic_edited"]["name"], "済");
    let member = stage.plain_member();
    assert_eq!(
        member.sets_topic_closed(opened.0.0, true).unwrap_err(),
        ActError::NotAdministrator(member.id())
    );
}

#[tokio::test]
async fn a_topic_is_edited_only_to_something_new() {
    let stage = Stage::open().await;
    let thread = stage.topic("x").await;
    let edit = async |change: serde_json::Value| {
        let mut body = json!({ "chat_id": GROUP.0, "message_thread_id": thread });
        body.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        stage.call("editForumTopic", body).await
    };
    let unchanged = "Bad Request: TOPIC_NOT_MODIFIED";
    assert_eq!(Stage::refusal(edit(json!({})).await), unchanged);
    assert_eq!(Stage::refusal(edit(json!({ "name": "" })).await), unchanged);
    assert_eq!(Stage::refusal(edit(json!({ "name": "x" })).await), unchanged);
    assert_eq!(edit(json!({ "icon_custom_emoji_id": "5" })).await.0, 200);
    assert_eq!(
        Stage::refusal(edit(json!({ "name": "x", "icon_custom_emoji_id": "5" })).await),
        unchanged
    );
    assert_eq!(
        edit(json!({ "name": "y", "icon_custom_emoji_id": "" })).await.0,
        200
    );
    let topic = stage
        .emulator
        .look(|world| world.group().unwrap().find_topic(thread.0.0).cloned())
        .unwrap();
    assert_eq!((topic.title.as_str(), topic.icon), ("y", None));
    assert!(Stage::refusal(edit(json!({ "name": "x".repeat(129) })).await).contains("TOPIC_TITLE_EMPTY"));
}

#[tokio::test]
async fn an_answer_goes_to_the_topic_of_its_question() {
    let stage = Stage::open().await;
    let (thread, other) = (stage.topic("x").await, stage.topic("y").await);
    let question = stage.mio().says_in(thread.0.0, "だれか？").unwrap();
    let answer =
        json!({ "chat_id": GROUP.0, "text": "はい", "reply_parameters": { "message_id": question } });
    let (_, sent) = stage.call("sendMessage", answer.clone()).await;
    assert_eq!(sent["result"]["message_thread_id"], json!(thread));
    let mut elsewhere = answer;
    elsewhere["message_thread_id"] = json!(other);
    elsewhere["reply_parameters"]["allow_sending_without_reply"] = json!(true);
    let told = Stage::refusal(stage.call("sendMessage", elsewhere).await);
    assert_eq!(told, "Bad Request: message to be replied not found");
    let by_hand = stage.ken().in_group(None).replies_to(question, "私も").unwrap();
    let shown = stage.emulator.look(|world| world.topic(GROUP.0, thread.0.0));
    assert_eq!(shown.last().map(|message| message.id), Some(by_hand));
}

#[tokio::test]
async fn an_answer_in_general_has_a_thread_that_is_no_topic() {
    let stage = Stage::open().await;
    let general = stage.mio().in_group(None);
    let question = general.says("だれか？").unwrap();
    let answer = general.replies_to(question, "はい").unwrap();
    general.replies_to(answer, "どうも").unwrap();
    let updates = stage.heard().await;
    for update in &updates[1..] {
        assert_eq!(update["message"]["message_thread_id"], json!(question));
        assert!(update["message"].get("is_topic_message").is_none());
    }
    let body = json!({ "chat_id": GROUP.0, "message_thread_id": question, "text": "x" });
    let told = Stage::refusal(stage.call("sendMessage", body).await);
    assert_eq!(told, "Bad Request: message thread not found");
}

#[tokio::test]
async fn general_is_no_thread_to_write_to() {
    let stage = Stage::open().await;
    stage.mio().in_group(None).says("朝礼です").unwrap();
    let refused = stage
        .bot
        .send_message(GROUP, "hi")
        .message_thread_id(ThreadId(MessageId(1)))
        .await;
    assert!(words(refused).contains("message thread not found"));
}

#[tokio::test]
async fn only_an_administrator_manages_topics() {
    let stage = Stage::open().await;
    let thread = stage.topic("x").await;
    stage.emulator.set_bot_membership(Membership::Member).unwrap();
    let refused = stage.bot.create_forum_topic(GROUP, "x").await;
    assert!(words(refused).contains("not enough rights to create a topic"));
    let refused = stage.bot.edit_forum_topic(GROUP, thread).await;
    assert!(words(refused).contains("not enough rights to edit the topic"));
    let refused = stage.bot.close_forum_topic(GROUP, thread).await;
    assert!(words(refused).contains("not enough rights to close or open the topic"));
    let refused = stage.bot.delete_forum_topic(GROUP, thread).await;
    assert!(words(refused).contains("not enough rights to delete the topic"));
    assert!(words(stage.bot.create_forum_topic(ANNA, "x").await).contains("the chat is not a forum"));
}

#[tokio::test]
async fn a_bot_thrown_out_learns_it_and_hears_nothing_more() {
    let stage = Stage::open().await;
    stage.emulator.set_bot_membership(Membership::Kicked).unwrap();
    stage.mio().in_group(None).says("静かになった").unwrap();
    let updates = stage.bot.get_updates().await.unwrap();
    let [UpdateKind::MyChatMember(change)] = &updates
        .iter()
        .map(|update| update.kind.clone())
        .collect::<Vec<_>>()[..]
    else {
        panic!("{updates:?}")
    };
    assert!(change.new_chat_member.is_banned());
    let refused = stage.bot.send_message(GROUP, "hi").await;
    assert_eq!(
        words(refused),
        "Forbidden: bot was kicked from the supergroup chat"
    );
}

#[tokio::test]
async fn the_group_and_its_members_are_known() {
    let stage = Stage::open().await;
    let chat = stage.bot.get_chat(GROUP).await.unwrap();
    assert_eq!(chat.title(), Some("安中 移住相談デスク"));
    let administrators = stage.bot.get_chat_administrators(GROUP).await.unwrap();
    assert_eq!(administrators.len(), 3);
    let anna = stage
        .bot
        .get_chat_member(GROUP, UserId(town::ANNA.unsigned_abs()))
        .await
        .unwrap();
    assert!(anna.is_left());
    let told = Stage::refusal(
        stage
            .call("getChatMember", json!({ "chat_id": GROUP.0, "user_id": 5 }))
            .await,
    );
    assert_eq!(told, "Bad Request: user not found");
}

#[tokio::test]
async fn an_answer_quotes_what_it_answers() {
    let stage = Stage::open().await;
    let question = stage.mio().in_group(None).says("だれか？").unwrap();
    stage
        .emulator
        .person(town::KEN)
        .in_group(None)
        .replies_to(question, "はい")
        .unwrap();
    let updates = stage.bot.get_updates().await.unwrap();
    let UpdateKind::Message(answer) = &updates[1].kind else {
        panic!("{updates:?}")
    };
    assert_eq!(
        answer.reply_to_message().and_then(|message| message.text()),
        Some("だれか？")
    );
    let body = json!({ "chat_id": GROUP.0, "text": "x", "reply_parameters": { "message_id": 999 } });
    let told = Stage::refusal(stage.call("sendMessage", body).await);
    assert_eq!(told, "Bad Request: message to be replied not found");
}
