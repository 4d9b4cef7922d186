//! Flood limits, lines that break, and movers who block the bot.

use annaka_concierge::{
    emulator::{Aim, Fault, Method},
    metrics::Count,
};
use jiff::SignedDuration;

use crate::harness::{QUESTION, town};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[tokio::test]
async fn who_is_told_to_wait_at_the_first_message_is_not_the_reason_and_all_wait_as_told() {
    town(async |t| {
        t.next(Method::SendMessage, Fault::Flood { seconds: 7 });
        t.anna().says(QUESTION);
        t.idle().await;
        t.ben().says("/help");
        t.advance(SECOND * 3);
        t.idle().await;
        // Telegram's word outlives the process that heard it.
        t.restart().await;
        t.idle().await;
        t.advance(SECOND * 3);
        t.idle().await;
        assert_eq!(
            (t.anna().answers(), t.ben().answers()),
            (0, 0),
            "Telegram said seven seconds"
        );
        t.advance(SECOND);
        assert!(t.anna().hears().await.starts_with("安中市移住支援金は"));
        assert!(t.ben().hears().await.starts_with("Write what"));
        assert_eq!((t.anna().answers(), t.ben().answers()), (1, 1));
        assert_eq!(t.calls("sendMessage"), 2);
    })
    .await;
}

#[tokio::test]
async fn who_is_told_to_wait_after_too_much_waits_alone() {
    town(async |t| {
        let _ = t.anna().asks("/menu").await;
        // Each tap changes a message, which no limit of ours counts.
        for _ in 0..4 {
            for label in ["子育て", "話題に戻る"] {
                t.anna().taps(label);
                t.idle().await;
            }
        }
        t.next(Method::SendMessage, Fault::Flood { seconds: 7 });
        t.anna().says(QUESTION);
        t.idle().await;
        assert!(
            t.ben().asks("/help").await.starts_with("Write what"),
            "others need not wait"
        );
        t.advance(SECOND);
        t.idle().await;
        assert_eq!(t.anna().answers(), 1, "Telegram said seven seconds");
        t.advance(SECOND);
        assert!(t.anna().hears().await.contains("安中市移住支援金は"));
        assert_eq!(t.anna().answers(), 2);
        assert_eq!(t.count(Count::FloodWait), 1);
    })
    .await;
}

#[tokio::test]
async fn a_line_cut_before_the_message_went_out_loses_nothing() {
    town(async |t| {
        t.next(Method::SendMessage, Fault::CutBefore);
        t.anna().says(QUESTION);
        t.idle().await;
        t.advance(SECOND);
        assert!(t.anna().hears().await.starts_with("安中市移住支援金は"));
        assert_eq!(t.anna().answers(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_line_cut_after_the_message_went_out_repeats_it_once_at_most() {
    town(async |t| {
        t.next(Method::SendMessage, Fault::CutAfter);
        t.anna().says(QUESTION);
        t.idle().await;
        t.advance(SECOND * 60);
        let heard = t.anna().hears().await;
        assert!((1..=2).contains(&t.anna().answers()), "{heard}");
        assert_eq!(t.count(Count::UnseenResult), 1);
        t.advance(SECOND * 600);
        assert_eq!(t.anna().hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn an_edit_whose_answer_was_lost_is_made_once() {
    town(async |t| {
        let _ = t.anna().asks(QUESTION).await;
        t.next(Method::EditMessageText, Fault::CutAfter);
        t.anna().taps("役に立った");
        t.idle().await;
        t.advance(SECOND * 60);
        let heard = t.anna().hears().await;
        assert_eq!(heard.matches("edited: ").count(), 1, "{heard}");
        assert_eq!(t.anna().answers(), 1);
    })
    .await;
}

#[tokio::test]
async fn updates_whose_delivery_was_cut_are_answered_once() {
    town(async |t| {
        t.idle().await;
        t.next(Method::GetUpdates, Fault::CutAfter);
        t.anna().says(QUESTION);
        assert!(t.anna().hears().await.starts_with("安中市移住支援金は"));
        assert_eq!(t.anna().answers(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_long_outage_delays_answers_and_keeps_their_order() {
    town(async |t| {
        t.idle().await;
        t.emulator
            .disturb(Fault::CutBefore, Aim::Only(Method::SendMessage), None);
        for question in [QUESTION, "/help", "/menu"] {
            t.anna().says(question);
        }
        for _ in 0..20 {
            t.idle().await;
            t.advance(SECOND * 60);
        }
        assert_eq!(t.anna().answers(), 0);
        t.emulator.heal();
        t.advance(SECOND * 60);
        let heard = t.anna().hears().await;
        let begins: Vec<&str> = heard.split("\n----\n").map(|answer| &answer[..12]).collect();
        assert_eq!(begins, ["安中市移", "知りたい", "知りたい"], "{heard}");
    })
    .await;
}

#[tokio::test]
async fn who_blocks_the_bot_and_returns_is_answered_and_nothing_is_lost() {
    town(async |t| {
        t.next(Method::SendMessage, Fault::Flood { seconds: 30 });
        t.anna().says(QUESTION);
        t.idle().await;
        t.anna().blocks_bot();
        t.advance(SECOND * 30);
        assert_eq!(t.anna().hears().await, "");
        let who = annaka_concierge::outgoing::UserId(t.anna().id());
        let reachable = async || {
            t.app()
                .store()
                .conversation(who)
                .await
                .unwrap()
                .unwrap()
                .reachable
        };
        assert!(!reachable().await);
        assert_eq!(t.app().store().depth(), 0, "nothing is tried again and again");
        t.expects_dead_letters(1);

        t.anna().unblocks_bot();
        assert_eq!(t.anna().hears().await, "");
        assert!(reachable().await);
        assert!(t.anna().asks(QUESTION).await.starts_with("安中市移住支援金は"));
    })
    .await;
}
