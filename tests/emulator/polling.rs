//! Updates by long polling.

use std::pin::pin;

use futures_util::future::{Either, select};
use serde_json::json;
use teloxide::{
    payloads::GetUpdatesSetters,
    requests::Requester,
    types::{Update, UpdateKind},
};

use crate::stage::{Stage, after, words};

fn texts(updates: &[Update]) -> Vec<&str> {
    updates.iter().map(text).collect()
}

fn text(update: &Update) -> &str {
    let UpdateKind::Message(message) = &update.kind else {
        return "?";
    };
    message.text().unwrap_or("?")
}

#[tokio::test]
async fn updates_come_again_until_a_later_offset_confirms_them() {
    let stage = Stage::open().await;
    stage.anna().says("one").unwrap();
    stage.anna().says("two").unwrap();

    let first = stage.bot.get_updates().await.unwrap();
    assert_eq!(texts(&first), ["one", "two"]);
    assert_eq!(stage.bot.get_updates().await.unwrap(), first);

    let rest = stage.bot.get_updates().offset(after(&first[0])).await.unwrap();
    assert_eq!(texts(&rest), ["two"]);
    assert!(
        stage
            .bot
            .get_updates()
            .offset(after(&first[1]))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(stage.emulator.look(|world| world.pending_updates()), 0);
}

#[tokio::test]
async fn a_long_poll_ends_as_soon_as_somebody_writes() {
    let stage = Stage::open().await;
    let (updates, _) = tokio::join!(stage.next_updates(), async {
        stage.anna().says("hello").unwrap()
    });
    assert_eq!(texts(&updates), ["hello"]);
}

#[tokio::test]
async fn of_two_pollers_one_is_told_of_the_conflict() {
    let stage = Stage::open().await;
    let poll = || async { stage.bot.get_updates().timeout(15).await };
    let (first, second) = (pin!(poll()), pin!(poll()));
    let (conflict, other) = match select(first, second).await {
        Either::Left((conflict, other)) | Either::Right((conflict, other)) => (conflict, other),
    };
    let told = words(conflict);
    assert!(
        told.starts_with("Conflict: terminated by other getUpdates request"),
        "{told}"
    );
    stage.anna().says("hello").unwrap();
    assert_eq!(texts(&other.await.unwrap()), ["hello"]);
}

#[tokio::test]
async fn only_the_kinds_asked_for_are_queued() {
    let stage = Stage::open().await;
    let answer = stage
        .call("getUpdates", json!({ "allowed_updates": ["edited_message"] }))
        .await;
    assert_eq!(answer.0, 200);
    let message = stage.anna().says("draft").unwrap();
    stage.anna().edits(message, "final").unwrap();
    let updates = stage.bot.get_updates().await.unwrap();
    assert!(
        matches!(
            updates[..],
            [Update {
                kind: UpdateKind::EditedMessage(_),
                ..
            }]
        ),
        "{updates:?}"
    );
}

#[tokio::test]
async fn an_injected_update_keeps_its_own_id() {
    let stage = Stage::open().await;
    let update = json!({ "update_id": 5, "poll": { "id": "unheard of" } });
    stage.emulator.inject(update.as_object().unwrap().clone());
    assert_eq!(
        stage.call("getUpdates", json!({})).await.1["result"],
        json!([update])
    );
}
