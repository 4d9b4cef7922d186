//! What could not be delivered or handled is not forgotten: owners hear of it in the morning, staff see it listed.

use annaka_concierge::crashpoints::Boundary;
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::harness::{Plan, Town, town_with};

/// What Ben taps and what he writes end the process three times each, and are set aside.
async fn bens_updates_are_set_aside(t: &Town) {
    let _ = (t.ben().asks("/menu").await, t.yuki().asks("/help").await);
    let poison = || t.ben().says("my secret plan");
    assert!(
        t.dies_at(Boundary::Handling, 0, || {
            poison();
        })
        .await
    );
    for _ in 0..2 {
        assert!(t.dies_at(Boundary::Handling, 0, || t.start()).await);
    }
    t.start();
    let _ = (t.ben().hears().await, t.yuki().hears().await);
    let _ = t.general_reads().await;
}

#[tokio::test]
async fn owners_hear_each_morning_of_the_desk_what_is_left_over_and_nothing_when_nothing_is() {
    town_with(Plan::owned(), async |t| {
        bens_updates_are_set_aside(t).await;
        t.clock_shows("2026-11-23T09:00");
        assert_eq!(t.yuki().hears().await, "", "a holiday");
        t.clock_shows("2026-11-24T08:29");
        assert_eq!(t.yuki().hears().await, "");
        t.clock_shows("2026-11-24T08:30");
        assert_snapshot!(t.yuki().hears().await, @"処理できず取り分けた更新が1件残っています。グループの /deadletters で確認できます。");
        t.restart().await;
        t.clock_shows("2026-11-24T17:00");
        assert_eq!(t.yuki().hears().await, "", "once a day");
        t.clock_shows("2026-11-25T08:30");
        assert!(t.yuki().hears().await.starts_with("処理できず取り分けた更新が1件"));
        // After thirty days it is thrown away.
        for _ in 0..6 {
            t.advance(SignedDuration::from_hours(6 * 24));
            // What a bot began before it was stopped is done.
            t.restart().await;
            t.restart().await;
            t.idle().await;
        }
        let _ = t.yuki().hears().await;
        assert_eq!(t.app().store().quarantined_count(), 0);
        t.clock_shows("2027-01-12T09:00");
        assert_eq!(t.yuki().hears().await, "", "nothing is left");
    })
    .await;
}

#[tokio::test]
async fn owners_hear_in_the_morning_that_the_holidays_run_out() {
    town_with(Plan::owned(), async |t| {
        let _ = t.yuki().asks("/help").await;
        t.clock_shows("2027-09-24T08:30");
        let _leap = t.yuki().hears().await;
        t.clock_shows("2027-09-27T08:30");
        let heard = t.yuki().hears().await;
        assert!(heard.contains("見直しが必要なところが1件"), "{heard}");
        assert!(
            heard.contains("holidays.csv: the table ends on 2027-11-23"),
            "{heard}"
        );
    })
    .await;
}

#[tokio::test]
async fn staff_see_what_was_set_aside_without_a_word_of_it() {
    town_with(Plan::owned(), async |t| {
        bens_updates_are_set_aside(t).await;
        t.mio().says_in_general("/deadletters");
        t.idle().await;
        let shown = t.general_reads().await;
        assert!(!shown.contains("secret"), "{shown}");
        assert_snapshot!(shown, @r"
        届けられなかったものはありません。

        処理できず取り分けた更新：1件

        番号730100003　11月21日(土)19:00　メッセージ
        理由：処理中にプログラムが、くり返し停止しました
        ");
    })
    .await;
}
