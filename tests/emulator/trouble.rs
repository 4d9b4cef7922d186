//! Limits and faults.

use annaka_concierge::emulator::{Aim, Fault, Limits, Method, PrivateAccess, town};
use jiff::SignedDuration;
use serde_json::json;
use teloxide::{RequestError, payloads::GetUpdatesSetters, requests::Requester, types::ChatId};

use crate::stage::{ANNA, GROUP, Stage};

async fn limited() -> Stage {
    Stage::with(|setup| setup.limits = Limits::telegram()).await
}

/// After how many seconds a call may be tried again.
#[track_caller]
fn wait_told<T: std::fmt::Debug>(answer: Result<T, RequestError>) -> u32 {
    match answer {
        Err(RequestError::RetryAfter(after)) => after.seconds(),
        other => panic!("not a flood limit: {other:?}"),
    }
}

#[tokio::test]
async fn a_burst_is_followed_by_a_wait_on_the_worlds_clock() {
    let stage = limited().await;
    for _ in 0..5 {
        stage.bot.send_message(ANNA, "hi").await.unwrap();
    }
    assert_eq!(wait_told(stage.bot.send_message(ANNA, "hi").await), 1);
    assert_eq!(
        wait_told(stage.bot.send_message(ANNA, "hi").await),
        2,
        "impatience costs"
    );
    stage.clock.advance(SignedDuration::from_secs(2));
    stage.bot.send_message(ANNA, "hi").await.unwrap();
}

#[tokio::test]
async fn a_group_takes_twenty_messages_a_minute() {
    let stage = limited().await;
    for _ in 0..20 {
        stage.bot.send_message(GROUP, "hi").await.unwrap();
    }
    assert_eq!(wait_told(stage.bot.send_message(GROUP, "hi").await), 60);
    stage.clock.advance(SignedDuration::from_mins(1));
    stage.bot.send_message(GROUP, "hi").await.unwrap();
}

#[tokio::test]
async fn a_fault_can_wait_for_one_chat() {
    let stage = Stage::open().await;
    stage.emulator.person(town::BEN).starts("").unwrap();
    let ben = ChatId(town::BEN);
    let (fault, aim) = (Fault::Flood { seconds: 7 }, Aim::Chat(ben.0));
    stage.emulator.disturb(fault, aim, Some(1));
    stage.bot.send_message(ANNA, "hi").await.unwrap();
    assert_eq!(wait_told(stage.bot.send_message(ben, "hi").await), 7);
    stage.bot.send_message(ben, "hi").await.unwrap();
}

#[tokio::test]
async fn many_can_move_in_at_once_and_the_bot_is_not_told() {
    let stage = Stage::open().await;
    let pending = || stage.emulator.look(|world| world.pending_updates());
    let before = pending();
    let there = stage.emulator.add_people(3, PrivateAccess::Open);
    let gone = stage.emulator.add_people(2, PrivateAccess::Blocked);
    assert_eq!((there.len(), gone.len(), pending()), (3, 2, before));
    stage.bot.send_message(ChatId(there[2]), "hi").await.unwrap();
    let refused = stage.bot.send_message(ChatId(gone[0]), "hi").await;
    let words = refused.unwrap_err().to_string();
    assert!(words.contains("blocked"), "{words}");
}

#[tokio::test]
async fn a_flood_hits_as_many_calls_as_it_was_told_to() {
    let stage = Stage::open().await;
    stage
        .emulator
        .disturb(Fault::Flood { seconds: 7 }, Aim::AllButPolling, Some(2));
    stage.bot.get_updates().await.unwrap();
    assert_eq!(wait_told(stage.bot.send_message(ANNA, "hi").await), 7);
    assert_eq!(wait_told(stage.bot.send_message(ANNA, "hi").await), 7);
    stage.bot.send_message(ANNA, "hi").await.unwrap();
}

#[tokio::test]
async fn a_cut_before_loses_the_call() {
    let stage = Stage::open().await;
    stage
        .emulator
        .disturb(Fault::CutBefore, Aim::Only(Method::SendMessage), Some(1));
    let lost = stage.bot.send_message(ANNA, "hi").await;
    assert!(matches!(lost, Err(RequestError::Network(_))), "{lost:?}");
    assert!(!stage.last_to_anna().from.bot);
}

#[tokio::test]
async fn a_cut_after_loses_only_the_answer() {
    let stage = Stage::open().await;
    stage
        .emulator
        .disturb(Fault::CutAfter, Aim::Only(Method::SendMessage), Some(1));
    let lost = stage.bot.send_message(ANNA, "hi").await;
    assert!(matches!(lost, Err(RequestError::Network(_))), "{lost:?}");
    assert_eq!(stage.last_to_anna().text, "hi");
    let logged = stage
        .emulator
        .look(|world| world.calls().next_back().cloned())
        .unwrap();
    assert!(logged.ok && logged.description.unwrap().contains("cut before the answer"));
}

#[tokio::test]
async fn an_update_whose_answer_was_lost_comes_again() {
    let stage = Stage::open().await;
    stage.anna().says("hello").unwrap();
    stage
        .emulator
        .disturb(Fault::CutAfter, Aim::Only(Method::GetUpdates), Some(1));
    assert!(stage.bot.get_updates().await.is_err());
    assert_eq!(stage.bot.get_updates().offset(0).await.unwrap().len(), 1);
}

#[tokio::test]
async fn faults_last_until_healed() {
    let stage = Stage::open().await;
    stage
        .emulator
        .disturb(Fault::ServerError { status: 502 }, Aim::Every, None);
    for _ in 0..3 {
        assert_eq!(stage.call("getMe", json!({})).await.0, 502);
    }
    stage.emulator.heal();
    assert_eq!(stage.call("getMe", json!({})).await.0, 200);
}

#[tokio::test]
async fn a_group_that_moved_says_where() {
    let stage = Stage::open().await;
    stage.emulator.disturb(
        Fault::Migrated { to: -100 },
        Aim::Only(Method::SendMessage),
        Some(1),
    );
    let moved = stage.bot.send_message(GROUP, "hi").await;
    assert!(
        matches!(moved, Err(RequestError::MigrateToChatId(chat)) if chat.0 == -100),
        "{moved:?}"
    );
}

#[tokio::test]
async fn every_call_is_logged_as_it_went() {
    let stage = Stage::open().await;
    stage.bot.send_message(ANNA, "hi").await.unwrap();
    stage.bot.send_message(ANNA, " ").await.unwrap_err();
    let (sent, refused) = stage.emulator.look(|world| {
        let mut calls = world.calls().rev().cloned();
        let refused = calls.next().unwrap();
        (calls.next().unwrap(), refused)
    });
    assert_eq!(
        (sent.method.as_str(), sent.chat, sent.ok),
        ("sendMessage", Some(town::ANNA), true)
    );
    assert_eq!(
        refused.description.as_deref(),
        Some("Bad Request: message text is empty")
    );
}
