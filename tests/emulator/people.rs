//! What people write and send, as the bot's client reads it.

use annaka_concierge::emulator::{ActError, Kind};
use serde_json::json;
use teloxide::{
    requests::Requester,
    types::{Message, MessageEntityKind, UpdateKind},
};

use crate::stage::{ANNA, Stage};

async fn messages(stage: &Stage) -> Vec<Message> {
    let updates = stage.bot.get_updates().await.expect("updates can be read");
    let message = |update: teloxide::types::Update| match update.kind {
        UpdateKind::Message(message) | UpdateKind::EditedMessage(message) => message,
        other => panic!("{other:?}"),
    };
    updates.into_iter().map(message).collect()
}

#[tokio::test]
async fn an_album_comes_as_one_update_each_with_a_common_id() {
    let stage = Stage::open().await;
    let ids = stage
        .anna()
        .sends_album(&[Kind::Photo, Kind::Video, Kind::Photo], Some((1, "庭です")))
        .unwrap();
    let album = messages(&stage).await;
    let seen: Vec<_> = album.iter().map(|message| message.id.0).collect();
    assert_eq!(seen, ids);
    assert!(
        album
            .iter()
            .all(|message| message.media_group_id() == album[0].media_group_id())
    );
    let captions: Vec<_> = album.iter().map(Message::caption).collect();
    assert_eq!(captions, [None, Some("庭です"), None]);
    let (_, split) = stage.call("getUpdates", json!({ "limit": 2 })).await;
    assert_eq!(
        split["result"].as_array().map(Vec::len),
        Some(2),
        "a poll may split it"
    );

    let other = stage.anna().sends_album(&[Kind::Audio; 2], None).unwrap();
    let shown = stage.emulator.look(|world| world.chat(ANNA.0));
    let album_of = |id: i32| {
        shown
            .iter()
            .find(|message| message.id == id)
            .unwrap()
            .album
            .clone()
    };
    assert_ne!(album_of(ids[0]), album_of(other[0]));
    stage.anna().edits(ids[1], "前庭です").unwrap();
    let edited = messages(&stage).await.pop().unwrap();
    assert_eq!(
        (edited.caption(), edited.media_group_id()),
        (Some("前庭です"), album[1].media_group_id())
    );
}

#[tokio::test]
async fn what_no_app_lets_be_an_album_is_none() {
    let stage = Stage::open().await;
    let check = |kinds: &[Kind]| {
        assert_eq!(
            stage.anna().sends_album(kinds, None),
            Err(ActError::NoAlbum),
            "{kinds:?}"
        );
    };
    check(&[Kind::Photo]);
    check(&[Kind::Photo; 11]);
    check(&[Kind::Photo, Kind::Document]);
    check(&[Kind::Sticker, Kind::Sticker]);
    check(&[Kind::Location, Kind::Location]);
    assert!(messages(&stage).await.is_empty());
}

#[tokio::test]
async fn everything_people_send_is_understood_by_the_client() {
    let stage = Stage::open().await;
    let question = stage.anna().says("?").unwrap();
    let send = |kind| {
        stage.anna().replies_with(question, kind, Some("これ")).unwrap();
    };
    send(Kind::VideoNote);
    send(Kind::Animation);
    send(Kind::Audio);
    send(Kind::LiveLocation);
    send(Kind::Dice);
    send(Kind::Poll);
    send(Kind::Quiz);
    send(Kind::Giveaway);
    let seen = messages(&stage).await.split_off(1);
    assert!(seen[0].video_note().is_some() && seen[0].caption().is_none());
    assert!(seen[1].animation().is_some() && seen[1].caption() == Some("これ"));
    assert!(seen[2].audio().is_some());
    assert!(
        seen[3]
            .location()
            .is_some_and(|place| place.live_period.is_some())
    );
    assert!(seen[4].dice().is_some());
    assert!(seen[5].poll().is_some() && seen[6].poll().is_some());
    assert_ne!(
        seen[5].poll().map(|poll| &poll.id),
        seen[6].poll().map(|poll| &poll.id)
    );
    let raw = stage.heard().await;
    assert!(raw[8]["message"]["giveaway"].is_object());
    for update in &raw[1..] {
        assert_eq!(update["message"]["reply_to_message"]["message_id"], question);
    }
}

#[tokio::test]
async fn a_selected_part_is_quoted() {
    let stage = Stage::open().await;
    let sent = stage.bot.send_message(ANNA, "🙂 月曜と木曜です").await.unwrap();
    stage.anna().replies_quoting(sent.id.0, "木曜", "なぜ？").unwrap();
    let answer = messages(&stage).await.pop().unwrap();
    let quote = answer.quote().unwrap();
    assert_eq!((quote.text.as_str(), quote.position), ("木曜", 6));
    assert_eq!(answer.reply_to_message().map(|message| message.id), Some(sent.id));
    let shown = stage.last_to_anna();
    assert_eq!(
        (shown.quote.as_deref(), shown.reply_to),
        (Some("木曜"), Some(sent.id.0))
    );
    let refused = stage.anna().replies_quoting(sent.id.0, "金曜", "?");
    assert_eq!(
        refused.unwrap_err().to_string(),
        format!("message {} does not say \"金曜\"", sent.id)
    );
}

#[tokio::test]
async fn words_are_marked_when_written_and_when_changed() {
    let stage = Stage::open().await;
    let message = stage.anna().says_formatted("<b>急ぎ</b> です").unwrap();
    stage
        .anna()
        .edits_formatted(message, "<i>急ぎ</i> でした")
        .unwrap();
    let photo = stage.anna().sends(Kind::Photo, Some("庭")).unwrap();
    stage.anna().edits(photo, "前庭").unwrap();
    let sticker = stage.anna().sends(Kind::Sticker, None).unwrap();
    assert_eq!(
        stage.anna().edits(sticker, "x"),
        Err(ActError::NotEditable(sticker))
    );
    assert!(stage.anna().says_formatted("<b>x").is_err());
    let seen = messages(&stage).await;
    assert_eq!(seen[0].entities().unwrap()[0].kind, MessageEntityKind::Bold);
    assert_eq!(seen[1].entities().unwrap()[0].kind, MessageEntityKind::Italic);
    assert_eq!(seen[3].caption(), Some("前庭"));
}

#[tokio::test]
async fn a_message_is_deleted_without_a_word_to_the_bot() {
    let stage = Stage::open().await;
    let message = stage.anna().says("x").unwrap();
    stage.confirm_all().await;
    stage.anna().deletes(message).unwrap();
    assert!(stage.heard().await.is_empty());
    assert_eq!(
        stage.anna().deletes(message),
        Err(ActError::NoSuchMessage(message))
    );
    let member = stage.plain_member();
    let theirs = stage.mio().in_group(None).says("朝礼").unwrap();
    assert_eq!(
        member.in_group(None).deletes(theirs),
        Err(ActError::NotAdministrator(member.id()))
    );
    assert!(stage.ken().in_group(None).deletes(theirs).is_ok());
}
