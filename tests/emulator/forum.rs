//! The staff's group and its topics.

use annaka_concierge::emulator::{Membership, town};
use serde_json::json;
use teloxide::{
    payloads::SendMessageSetters,
    requests::Requester,
    types::{ForumTopic, MessageId, ThreadId, UpdateKind, UserId},
};

use crate::stage::{ANNA, GROUP, Stage, words};

async fn topic(stage: &Stage, name: &str) -> ForumTopic {
    stage
        .bot
        .create_forum_topic(GROUP, name)
        .await
        .expect("a topic can be opened")
}

#[tokio::test]
async fn a_topic_is_opened_written_in_and_read_by_the_staff() {
    let stage = Stage::open().await;
    let thread = topic(&stage, "アンナさん").await.thread_id;
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
    let thread = topic(&stage, "x").await.thread_id;
    stage.bot.close_forum_topic(GROUP, thread).await.unwrap();
    assert!(words(stage.bot.close_forum_topic(GROUP, thread).await).contains("TOPIC_NOT_MODIFIED"));
    assert_eq!(
        stage.mio().says_in(thread.0.0, "hi").unwrap_err().to_string(),
        format!("topic {} is closed", thread.0)
    );
    stage.bot.reopen_forum_topic(GROUP, thread).await.unwrap();
    assert!(stage.mio().says_in(thread.0.0, "hi").is_ok());
}

#[tokio::test]
async fn a_deleted_topic_is_gone_with_its_messages() {
    let stage = Stage::open().await;
    let thread = topic(&stage, "x").await.thread_id;
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
    stage.emulator.set_bot_membership(Membership::Member).unwrap();
    let refused = stage.bot.create_forum_topic(GROUP, "x").await;
    assert!(words(refused).contains("not enough rights to create a topic"));
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
