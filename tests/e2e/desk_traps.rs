//! Traps of the desk that were found by reading it again, each with the way out.

use annaka_concierge::emulator::{Fault, Kind, Method};
use jiff::SignedDuration;

use crate::{
    harness::{Plan, QUESTION, town, town_with},
    mover::done,
};

#[tokio::test]
async fn a_rest_of_days_does_not_end_in_a_warning_and_a_farewell_at_once() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("来週ご連絡します。");
        mio.says("/snooze 2026-12-01 10:00");
        let _ = anna.hears().await;
        t.clock_shows("2026-12-01T10:00");
        assert_eq!(anna.hears().await, "");
        t.clock_shows("2026-12-03T10:00");
        let warned = anna.hears().await;
        assert!(warned.contains("12月4日(金)10:00までに何もなければ"), "{warned}");
        t.clock_shows("2026-12-04T09:59");
        assert_eq!(anna.hears().await, "");
        t.clock_shows("2026-12-04T10:00");
        let ended = anna.hears().await;
        assert!(ended.contains("担当者への相談を終えました"), "{ended}");
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_was_away_for_days_warns_before_it_closes() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("どちらの地区ですか。");
        let _ = anna.hears().await;
        t.stop().await;
        t.clock_shows("2026-12-10T12:00");
        t.start();
        let heard = anna.hears().await;
        assert!(heard.contains("12月11日(金)12:00までに何もなければ"), "{heard}");
        assert!(!heard.contains("終えました"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_long_story_reaches_staff_to_its_last_word() {
    town(async |t| {
        let story = format!(
            "人と話したいです。{}おわり",
            "東京から移りたいのですが、".repeat(100)
        );
        let _ = t.anna().asks(&story).await;
        let news = t.desk_reads().await;
        assert!(news.contains("おわり"), "{news}");
    })
    .await;
}

#[tokio::test]
async fn a_story_too_long_for_the_bot_reaches_staff_by_the_button_below() {
    town(async |t| {
        let anna = t.anna();
        let story = format!("{}おわり", "東京から移りたいのですが、".repeat(200));
        let _ = anna.asks(&story).await;
        let _ = anna.chooses("担当者に聞く").await;
        let news = t.desk_reads().await;
        assert!(news.contains("おわり"), "{news}");
    })
    .await;
}

#[tokio::test]
async fn held_words_that_become_a_note_can_no_longer_be_sent() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let said = mio.says("前にも苦情の方");
        let _ = t.desk_reads().await;
        mio.edits(said, "// 前にも苦情の方");
        assert_eq!(t.ken().taps("引き受けて送る").await, "古いボタンです。");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn words_on_their_way_that_become_a_note_stay_here() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 30 });
        let said = mio.says("前にも苦情の方");
        t.idle().await;
        mio.edits(said, "// 前にも苦情の方");
        t.idle().await;
        t.advance(SignedDuration::from_secs(30));
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn without_a_group_the_bot_goes_on_answering_after_a_wish() {
    let plan = Plan {
        connected: false,
        ..Plan::default()
    };
    town_with(plan, async |t| {
        let anna = t.anna();
        let _ = anna.asks("人と話したい").await;
        anna.sends(Kind::Photo);
        assert_ne!(anna.hears().await, "", "nobody else reads it");
        assert_ne!(anna.asks("ほにゃららら").await, "");
    })
    .await;
}

#[tokio::test]
async fn reminders_do_not_pile_up_while_the_group_is_out_of_reach() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, _mio) = t.mio_has_anna().await;
        done(
            t.emulator
                .set_bot_membership(annaka_concierge::emulator::Membership::Kicked),
        );
        anna.says("まだいますか");
        t.idle().await;
        for _ in 0..10 {
            t.advance(SignedDuration::from_mins(30));
            t.idle().await;
        }
        let waiting = t.app().store().depth();
        assert!(waiting < 5, "{waiting}");
        done(
            t.emulator
                .set_bot_membership(annaka_concierge::emulator::Membership::Administrator),
        );
        assert!(t.desk_reads().await.contains("👤 まだいますか"));
        t.advance(SignedDuration::from_mins(30));
        assert!(t.desk_reads().await.contains("⏰"), "and then they come again");
    })
    .await;
}

#[tokio::test]
async fn a_question_that_is_silenced_by_a_case_opened_again_reaches_the_person() {
    town(async |t| {
        let (anna, mio) = t.mio_had_anna().await;
        t.next(Method::SendMessage, Fault::Flood { seconds: 30 });
        anna.says(QUESTION);
        t.idle().await;
        mio.taps_now("再開する");
        t.idle().await;
        t.advance(SignedDuration::from_secs(30));
        t.idle().await;
        assert!(t.desk_reads().await.contains(QUESTION));
        assert!(!anna.hears().await.contains("安中市移住支援金は"));
    })
    .await;
}

#[tokio::test]
async fn an_ordinary_wish_after_a_crisis_raises_no_alarm() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks("死にたい").await;
        t.mio().taps("引き受ける").await;
        t.mio().says("/close 解決した");
        t.idle().await;
        let alarms = t.general().len();
        t.advance(SignedDuration::from_hours(48));
        let _ = anna.asks("家を買うと補助金は出ますか").await;
        let _ = anna.asks("人と話したい").await;
        t.idle().await;
        assert_eq!(t.general().len(), alarms);
        assert_eq!(t.title(), "⏳ アンナ");
    })
    .await;
}

#[tokio::test]
async fn a_case_given_back_is_waited_for() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("担当を代わります。");
        let _ = anna.hears().await;
        mio.says("/release");
        t.idle().await;
        t.advance(SignedDuration::from_mins(10));
        assert!(
            t.desk_reads()
                .await
                .contains("⏰ 返事をお待たせして、開庁時間で10分になります")
        );
    })
    .await;
}

#[tokio::test]
async fn goodbyes_after_the_talk_are_read_and_begin_nothing() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        anna.sends(Kind::Sticker);
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.desk_reads().await, "<sticker>");
        let words = anna
            .chat()
            .into_iter()
            .find(|shown| shown.text.contains("お役に立てて"))
            .unwrap();
        anna.replies_to(words.id, "ありがとうございました");
        assert_eq!(anna.hears().await, "");
        assert!(t.desk_reads().await.contains("ありがとうございました"));
        assert_eq!(t.title(), "✅ アンナ");
    })
    .await;
}

#[tokio::test]
async fn words_that_begin_with_a_stroke_are_words_while_a_person_listens() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        assert_eq!(anna.asks("/3月でも可").await, "");
        assert_eq!(t.desk_reads().await, "👤 /3月でも可");
    })
    .await;
}

#[tokio::test]
async fn staff_learn_that_a_suggestion_did_not_arrive() {
    town(async |t| {
        let _ = t.anna().asks(QUESTION).await;
        let (anna, mio) = t.mio_has_anna().await;
        anna.blocks_bot();
        t.idle().await;
        let _ = t.desk_reads().await;
        let label = t
            .card_in(t.topic())
            .unwrap()
            .buttons
            .into_iter()
            .flatten()
            .find(|button| button.label.starts_with('💡'))
            .unwrap()
            .label;
        let _ = mio.taps(&label).await;
        assert!(t.desk_reads().await.contains("送った答えは届きませんでした。"));
        t.expects_dead_letters(1);
    })
    .await;
}
