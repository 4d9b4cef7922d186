//! Who comes into the group, who goes, who hides, and what can befall the group as a whole.

use annaka_concierge::emulator::{ANONYMOUS_ADMIN, ActError, Membership, town};
use serde_json::{Value, json};
use teloxide::{
    RequestError,
    payloads::SendMessageSetters,
    requests::Requester,
    types::{
        InlineKeyboardButton, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message, UpdateKind, UserId,
    },
};

use crate::stage::{ANNA, GROUP, Stage, words};

/// Where the group goes when it moves.
const ELSEWHERE: i64 = -1_001_000_000_009;

fn user(id: i64) -> UserId {
    UserId(id.unsigned_abs())
}

fn claim() -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("受ける", "claim")]])
}

/// A stage where the bot has sent a card with a button to the group.
async fn with_card() -> (Stage, Message) {
    let stage = Stage::open().await;
    stage.ask_for_all().await;
    let card = stage
        .bot
        .send_message(GROUP, "?")
        .reply_markup(claim())
        .await
        .expect("the group takes a card");
    (stage, card)
}

#[tokio::test]
async fn who_leaves_is_told_of_and_has_no_more_say() {
    let (stage, card) = with_card().await;
    let ken = stage.ken().in_group(None);
    ken.leaves_group().unwrap();
    let updates = stage.heard().await;
    let change = &updates[0]["chat_member"];
    assert_eq!(
        (&change["from"]["id"], &change["old_chat_member"]["status"]),
        (&json!(town::KEN), &json!("administrator"))
    );
    assert_eq!(change["new_chat_member"]["status"], "left");
    assert_eq!(updates[1]["message"]["left_chat_member"]["id"], town::KEN);
    let gone = ActError::NotMember(town::KEN);
    assert_eq!(ken.says("まだいます").unwrap_err(), gone);
    assert_eq!(ken.taps(card.id.0, "claim").unwrap_err(), gone);
    assert_eq!(ken.leaves_group().unwrap_err(), gone);
    assert!(
        stage
            .bot
            .get_chat_member(GROUP, user(town::KEN))
            .await
            .unwrap()
            .is_left()
    );
    assert_eq!(stage.bot.get_chat_administrators(GROUP).await.unwrap().len(), 2);

    ken.joins_group().unwrap();
    let updates = stage.heard().await;
    assert_eq!(updates[0]["chat_member"]["new_chat_member"]["status"], "member");
    assert_eq!(updates[1]["message"]["new_chat_members"][0]["id"], town::KEN);
    assert!(ken.says("戻りました").is_ok());
}

#[tokio::test]
async fn who_is_removed_is_removed_by_somebody() {
    let stage = Stage::open().await;
    stage.ask_for_all().await;
    let member = stage.plain_member();
    stage.confirm_all().await;
    assert_eq!(
        member.in_group(None).removes_from_group(town::MIO),
        Err(ActError::NotAdministrator(member.id()))
    );
    stage.mio().removes_from_group(member.id()).unwrap();
    let updates = stage.heard().await;
    let change = &updates[0]["chat_member"];
    assert_eq!(
        (&change["from"]["id"], &change["new_chat_member"]["status"]),
        (&json!(town::MIO), &json!("kicked"))
    );
    assert_eq!(updates[1]["message"]["from"]["id"], town::MIO);
    assert_eq!(updates[1]["message"]["left_chat_member"]["id"], member.id());
}

#[tokio::test]
async fn changes_of_members_are_told_to_an_administrator_who_asked() {
    let stage = Stage::open().await;
    stage.plain_member();
    assert_eq!(stage.heard_kinds().await, ["message"], "not asked for");
    stage.ask_for_all().await;
    stage
        .emulator
        .set_membership(town::KEN, Membership::Member)
        .unwrap();
    assert_eq!(
        stage.heard_kinds().await,
        ["chat_member"],
        "a demotion is no coming or going"
    );
    stage.emulator.set_bot_membership(Membership::Member).unwrap();
    stage.confirm_all().await;
    stage.plain_member();
    assert_eq!(stage.heard_kinds().await, ["message"]);
}

#[tokio::test]
async fn who_hides_writes_as_the_group_and_taps_as_themselves() {
    let (stage, card) = with_card().await;
    let hidden = stage.mio().anonymously().in_group(None);
    let written = hidden.says("了解").unwrap();
    hidden.edits(written, "了解です").unwrap();
    hidden.taps(card.id.0, "claim").unwrap();
    hidden.reacts(card.id.0, "👍").unwrap();
    let updates = stage.heard().await;
    for message in [&updates[0]["message"], &updates[1]["edited_message"]] {
        assert_eq!(
            message["from"],
            json!({ "id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot" })
        );
        assert_eq!(message["sender_chat"]["id"], GROUP.0);
    }
    assert_eq!(updates[2]["callback_query"]["from"]["id"], town::MIO);
    let reaction = &updates[3]["message_reaction"];
    assert_eq!(
        (&reaction["actor_chat"]["id"], &reaction["user"]),
        (&json!(GROUP.0), &Value::Null)
    );
    let shown = stage.emulator.look(|world| world.chat(GROUP.0).pop()).unwrap();
    assert_eq!(
        (shown.from.id, shown.from.name.as_str()),
        (ANONYMOUS_ADMIN, "安中 移住相談デスク")
    );
    let member = stage
        .bot
        .get_chat_member(GROUP, user(ANONYMOUS_ADMIN))
        .await
        .unwrap();
    assert!(member.is_left());
    let plain = stage.plain_member();
    assert_eq!(
        plain.anonymously().in_group(None).says("x"),
        Err(ActError::NotAdministrator(plain.id()))
    );
}

#[tokio::test]
async fn a_forged_tap_comes_from_where_no_button_is() {
    let stage = Stage::open().await;
    let card = stage
        .bot
        .send_message(GROUP, "?")
        .reply_markup(claim())
        .await
        .unwrap();
    let forge = |chat, message| {
        stage
            .emulator
            .forge_tap(town::BEN, chat, message, "claim")
            .unwrap()
    };
    let taps = [
        forge(GROUP.0, card.id.0),
        forge(town::BEN, 77),
        forge(ELSEWHERE, 5),
    ];
    let updates = stage.bot.get_updates().await.unwrap();
    let queries: Vec<_> = updates
        .iter()
        .map(|update| match &update.kind {
            UpdateKind::CallbackQuery(query) => query,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(queries.iter().all(|query| query.from.id == user(town::BEN)));
    let is_there = |at: usize| matches!(queries[at].message, Some(MaybeInaccessibleMessage::Regular(_)));
    assert!(is_there(0) && !is_there(1) && !is_there(2));
    let chats: Vec<_> = queries
        .iter()
        .map(|query| query.message.as_ref().unwrap().chat().id.0)
        .collect();
    assert_eq!(chats, [GROUP.0, town::BEN, ELSEWHERE]);
    stage
        .bot
        .answer_callback_query(queries[1].id.clone())
        .await
        .unwrap();
    let answered = |tap: &str| {
        stage
            .emulator
            .look(|world| world.tap(tap).unwrap().answer.is_some())
    };
    assert_eq!(taps.map(|tap| answered(&tap)), [false, true, false]);
    assert!(stage.emulator.forge_tap(5, GROUP.0, 1, "x").is_err());
}

#[tokio::test]
async fn without_topics_the_group_is_a_chat_like_others() {
    let stage = Stage::open().await;
    let thread = stage.topic("x").await;
    let inside = stage.mio().says_in(thread.0.0, "はい").unwrap();
    stage.confirm_all().await;
    stage.emulator.set_forum(false).unwrap();
    assert!(stage.heard().await.is_empty(), "Telegram tells nobody");

    let refused = stage.bot.create_forum_topic(GROUP, "y").await;
    assert!(words(refused).contains("Bad Request: the chat is not a forum"));
    let refused = stage.bot.close_forum_topic(GROUP, thread).await;
    assert!(words(refused).contains("Bad Request: the chat is not a forum"));
    let refused = stage.bot.send_message(GROUP, "x").message_thread_id(thread).await;
    assert!(words(refused).contains("Bad Request: message thread not found"));
    assert_eq!(
        stage.mio().says_in(thread.0.0, "x").unwrap_err(),
        ActError::NoSuchTopic(thread.0.0)
    );
    assert_eq!(stage.mio().opens_topic("y").unwrap_err(), ActError::NoTopics);
    stage.mio().in_group(None).replies_to(inside, "ここに？").unwrap();
    let message = stage.heard().await.pop().unwrap()["message"].clone();
    assert!(message["chat"].get("is_forum").is_none() && message.get("is_topic_message").is_none());

    stage.emulator.set_forum(true).unwrap();
    assert!(
        stage
            .bot
            .send_message(GROUP, "x")
            .message_thread_id(thread)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_group_that_moves_leaves_everything_behind_and_says_where_it_is() {
    let stage = Stage::open().await;
    let thread = stage.topic("x").await;
    stage.emulator.migrate_group(ELSEWHERE).unwrap();
    let updates = stage.bot.get_updates().await.unwrap();
    let messages: Vec<_> = updates
        .iter()
        .map(|update| match &update.kind {
            UpdateKind::Message(message) => message,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        (
            messages[0].chat.id,
            messages[0].migrate_to_chat_id().map(|chat| chat.0)
        ),
        (GROUP, Some(ELSEWHERE))
    );
    assert_eq!(
        (messages[1].chat.id.0, messages[1].migrate_from_chat_id()),
        (ELSEWHERE, Some(&GROUP))
    );

    let refused = stage.bot.send_message(GROUP, "x").await;
    assert!(
        matches!(refused, Err(RequestError::MigrateToChatId(to)) if to.0 == ELSEWHERE),
        "{refused:?}"
    );
    let body = json!({ "chat_id": GROUP.0, "message_thread_id": thread });
    let (status, told) = stage.call("closeForumTopic", body).await;
    assert_eq!(
        (status, &told["description"]),
        (
            400,
            &json!("Bad Request: group chat was upgraded to a supergroup chat")
        )
    );
    assert_eq!(told["parameters"]["migrate_to_chat_id"], ELSEWHERE);
    let new = teloxide::types::ChatId(ELSEWHERE);
    let refused = stage.bot.send_message(new, "x").message_thread_id(thread).await;
    assert!(words(refused).contains("message thread not found"));
    assert!(
        stage.bot.create_forum_topic(new, "x").await.is_ok(),
        "the bot kept its rights"
    );
    stage.mio().in_group(None).says("ここです").unwrap();
    let last = stage.emulator.look(|world| world.chat(ELSEWHERE).pop()).unwrap();
    assert_eq!(last.text, "ここです");
    assert_eq!(
        stage.emulator.migrate_group(ANNA.0),
        Err(ActError::ChatExists(ANNA.0))
    );
}

#[tokio::test]
async fn a_group_that_ended_is_not_found() {
    let stage = Stage::open().await;
    stage.emulator.remove_group().unwrap();
    let refused = stage.bot.send_message(GROUP, "x").await;
    assert!(words(refused).contains("chat not found"));
    assert_eq!(stage.mio().in_group(None).says("x"), Err(ActError::NoGroup));
    assert_eq!(stage.emulator.remove_group(), Err(ActError::NoGroup));
}

#[tokio::test]
async fn a_pin_is_told_whoever_did_it() {
    let stage = Stage::open().await;
    let thread = stage.topic("x").await;
    let by_mio = stage.mio().says_in(thread.0.0, "決まり").unwrap();
    let by_bot = stage.bot.send_message(GROUP, "お知らせ").await.unwrap().id;
    stage.confirm_all().await;
    stage.mio().pins(by_mio).unwrap();
    stage.bot.pin_chat_message(GROUP, by_bot).await.unwrap();
    let updates = stage.heard().await;
    let pinned = |at: usize| &updates[at]["message"]["pinned_message"]["message_id"];
    assert_eq!((pinned(0), pinned(1)), (&json!(by_mio), &json!(by_bot.0)));
    assert_eq!(updates[0]["message"]["message_thread_id"], json!(thread));
    stage.bot.unpin_chat_message(GROUP).await.unwrap();
}
