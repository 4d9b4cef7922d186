//! Restarts and power cuts at the desk: nothing is lost, and nothing comes twice but a send nobody saw the end of.

use annaka_concierge::emulator::{Method, World};
use jiff::SignedDuration;

use crate::{
    harness::{PATIENCE, town},
    mover,
};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[tokio::test]
async fn a_restart_forgets_nothing_of_the_desk() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        anna.says("一");
        mio.says("二");
        t.stop().await;
        anna.says("三");
        mio.says("四");
        t.start();
        let heard = anna.hears().await;
        assert_eq!(heard, "二\n----\n四");
        assert!(t.desk_reads().await.ends_with("👤 三"));
        let note = t.ken().says("五");
        assert_eq!(t.ken().reactions(note).await, ["✍"]);
        assert_eq!(t.title(), "💬 アンナ（みお）");
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_while_a_case_is_taken_leaves_one_owner() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        t.forgives_taps();
        t.crash_after(Method::SendMessage, || mio.taps_now("引き受ける"))
            .await;
        t.start();
        t.settles().await;
        assert_eq!(t.title(), "💬 アンナ（みお）");
        let _ = anna.hears().await;
        assert!((1..=2).contains(&anna.times_heard("担当者がお話を伺います")));
        assert_eq!(t.ken().taps_card("d1:t").await, "みおさんが引き受けています。");
    })
    .await;
}

#[tokio::test]
async fn a_tap_handed_over_in_a_power_cut_is_not_lost() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        t.crash_after(Method::GetUpdates, || mio.taps_now("引き受ける"))
            .await;
        t.start();
        t.settles().await;
        assert_eq!(t.title(), "💬 アンナ（みお）");
        let _ = anna.hears().await;
        assert_eq!(anna.times_heard("担当者がお話を伺います"), 1);
    })
    .await;
}

#[tokio::test]
async fn words_of_a_mover_survive_a_power_cut_on_their_way() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.crash_after(Method::SendMessage, || anna.says("まだいますか"))
            .await;
        t.start();
        t.settles().await;
        assert!((1..=2).contains(&t.times_in_group("👤 まだいますか")));
        mio.says("はい。");
        assert_eq!(anna.hears().await, "はい。");
    })
    .await;
}

#[tokio::test]
async fn words_of_the_owner_survive_a_power_cut_on_their_way() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.crash_after(Method::CopyMessage, || mio.says("こんにちは。"))
            .await;
        t.start();
        t.settles().await;
        let _ = anna.hears().await;
        assert!((1..=2).contains(&anna.times_heard("こんにちは。")));
        let words = t
            .in_topic(t.topic())
            .into_iter()
            .find(|shown| shown.text == "こんにちは。");
        assert_eq!(words.unwrap().reactions, ["👌"]);
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_while_a_topic_is_made_leaves_one_with_the_case_in_it() {
    town(async |t| {
        let anna = t.anna();
        t.crash_after(Method::CreateForumTopic, || anna.says("人と話したい"))
            .await;
        t.start();
        t.settles().await;
        let _ = anna.hears().await;
        assert!((1..=2).contains(&t.topics().len()), "{:?}", t.topics());
        assert_eq!(t.times_in_group("アンナ 相談1回目"), 1);
        let mio = t.mio();
        let mio = mio.at(t.newest_topic());
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        mio.says("こんにちは。");
        assert!(anna.hears().await.ends_with("----\nこんにちは。"));
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_between_topic_and_card_leaves_no_topic_without_a_card() {
    town(async |t| {
        let anna = t.anna();
        anna.says("人と話したい");
        let created = |world: &World| {
            let group = world.group()?;
            group.topics().next().map(|_| ())
        };
        let _seen = t.emulator.wait(PATIENCE, created).await;
        t.crash().await;
        t.start();
        t.settles().await;
        let _ = anna.hears().await;
        let topic = t.newest_topic();
        assert!(t.card_in(topic).unwrap().text.starts_with("アンナ 相談1回目"));
    })
    .await;
}

#[tokio::test]
async fn power_cuts_at_any_moment_lose_no_words_on_either_side() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        for round in 1..=8_u64 {
            anna.says(&format!("問い{round}。"));
            mio.says(&format!("答え{round}。"));
            t.happenings(round).await;
            t.crash().await;
            t.start();
            t.idle().await;
            t.advance(MINUTE);
        }
        t.settles().await;
        let _ = anna.hears().await;
        for round in 1..=8 {
            assert!(
                (1..=2).contains(&anna.times_heard(&format!("答え{round}。"))),
                "{round}"
            );
            assert!(
                (1..=2).contains(&t.times_in_group(&format!("👤 問い{round}。"))),
                "{round}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn held_words_and_rests_outlive_a_power_cut() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        mio.says("明日お電話します。");
        t.idle().await;
        let _ = mio.at(t.topic()).taps_card("d1:z:1").await;
        t.crash().await;
        t.start();
        t.idle().await;
        assert_eq!(t.title(), "💤 アンナ");
        let _ = t.desk_reads().await;
        t.clock_shows("2026-11-24T08:30");
        assert!(t.desk_reads().await.starts_with("後回しの時間が過ぎました。"));
        assert_eq!(mio.taps("引き受けて送る").await, "引き受けて、送りました。");
        assert!(anna.hears().await.ends_with("----\n明日お電話します。"));
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_while_staff_are_reminded_reminds_them_once() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, _mio) = t.mio_has_anna().await;
        anna.says("まだいますか");
        t.idle().await;
        t.crash_after(Method::SendMessage, || t.clock_shows("2026-11-24T09:10"))
            .await;
        t.start();
        t.settles().await;
        let reminders = t.times_in_group("⏰ 返事をお待たせして、開庁時間で10分になります");
        assert!((1..=2).contains(&reminders), "{reminders}");
        t.clock_shows("2026-11-24T09:40");
        assert_eq!(
            t.desk_reads()
                .await
                .matches("⏰ 返事をお待たせして、開庁時間で40分になります")
                .count(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_while_a_case_is_closed_tells_both_sides() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.crash_after(Method::SendMessage, || mio.says("/close 解決した"))
            .await;
        t.start();
        t.settles().await;
        let _ = anna.hears().await;
        assert!((1..=2).contains(&anna.times_heard("担当者との相談を終了しました。")));
        assert_eq!(t.title(), "✅ アンナ");
        let thanked = anna.chooses("5").await;
        assert!(thanked.contains("5 / 5"), "{thanked}");
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_while_the_group_moves_keeps_case_and_words() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.crash_after(Method::GetUpdates, || {
            mover::done(t.emulator.migrate_group(-1_001_000_000_777));
            anna.says("まだいますか")
        })
        .await;
        t.start();
        t.settles().await;
        assert_eq!(t.title(), "💬 アンナ（みお）");
        assert_eq!(t.times_in_group("👤 まだいますか"), 1);
        mio.says("はい。");
        assert_eq!(anna.hears().await, "はい。");
    })
    .await;
}
