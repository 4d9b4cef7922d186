//! Stops, restarts and power cuts: every question is answered, and none without end.

use annaka_concierge::emulator::{Fault, Method};
use jiff::SignedDuration;

use crate::harness::{QUESTION, town};

const BEGINS: &str = "安中市移住支援金は";

#[tokio::test]
async fn what_was_asked_while_the_bot_was_away_is_answered_once() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        t.stop().await;
        t.anna().says(QUESTION);
        t.anna().says("/menu");
        t.ben().says("/help");
        t.start();
        let heard = t.anna().hears().await;
        assert!(heard.starts_with(BEGINS), "{heard}");
        assert_eq!(t.anna().answers(), 3);
        assert!(t.ben().hears().await.starts_with("Write what"));
        t.restart().await;
        assert_eq!(t.anna().hears().await, "");
        assert_eq!(t.ben().hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn what_waits_in_the_outbox_survives_a_restart_and_its_wait() {
    town(async |t| {
        t.next(Method::SendMessage, Fault::Flood { seconds: 600 });
        t.anna().says(QUESTION);
        t.anna().says("/menu");
        t.idle().await;
        t.restart().await;
        assert_eq!(t.anna().hears().await, "", "Telegram said ten minutes");
        t.advance(SignedDuration::from_mins(10));
        let heard = t.anna().hears().await;
        assert!(heard.starts_with(BEGINS), "{heard}");
        assert_eq!(t.anna().answers(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_right_after_a_message_went_out_repeats_it_once_at_most() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        t.crash_after(Method::SendMessage, || t.anna().says(QUESTION))
            .await;
        assert_eq!(t.anna().answers(), 2);
        t.start();
        t.idle().await;
        t.advance(SignedDuration::from_mins(1));
        let heard = t.anna().hears().await;
        assert!((2..=3).contains(&t.anna().answers()), "{heard}");
        t.restart().await;
        t.advance(SignedDuration::from_mins(10));
        assert_eq!(t.anna().hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_while_updates_are_handed_over_loses_none() {
    town(async |t| {
        t.idle().await;
        t.crash_after(Method::GetUpdates, || t.anna().says(QUESTION))
            .await;
        t.start();
        assert!(t.anna().hears().await.starts_with(BEGINS));
        assert_eq!(t.anna().answers(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_right_after_an_edit_leaves_one_message() {
    town(async |t| {
        let _ = t.anna().asks(QUESTION).await;
        t.crash_after(Method::EditMessageText, || t.anna().taps("ほかの答えを見る"))
            .await;
        t.start();
        t.idle().await;
        t.advance(SignedDuration::from_mins(1));
        let heard = t.anna().hears().await;
        assert_eq!(heard.matches("edited: ").count(), 1, "{heard}");
        assert_eq!(
            heard.matches("知りたいことに近いものを選んでください。").count(),
            1,
            "{heard}"
        );
    })
    .await;
}

#[tokio::test]
async fn power_cuts_at_any_moment_lose_no_question() {
    town(async |t| {
        let _ = t.anna().asks("/help").await;
        for round in 1..=8 {
            t.anna().says(QUESTION);
            t.happenings(round).await;
            t.crash().await;
            t.start();
            t.idle().await;
            t.advance(SignedDuration::from_secs(5));
        }
        t.idle().await;
        let heard = t.anna().hears().await;
        let answers = heard
            .split("\n----\n")
            .filter(|answer| answer.starts_with(BEGINS))
            .count();
        assert!((8..=16).contains(&answers), "{answers} answers to 8 questions");
    })
    .await;
}

#[tokio::test]
async fn a_conversation_goes_on_after_a_restart() {
    town(async |t| {
        let _ = t.ben().asks("/language").await;
        let _ = t.ben().chooses("日本語").await;
        let _ = t.ben().asks(QUESTION).await;
        t.restart().await;
        let rated = t.ben().chooses("ほかの答えを見る").await;
        assert!(
            rated.contains("知りたいことに近いものを選んでください。"),
            "{rated}"
        );
        assert!(
            t.ben()
                .asks("Who can get the Relocation Grant?")
                .await
                .starts_with(BEGINS)
        );
    })
    .await;
}
