//! Reminders come when they were wished for, once, and stop when they are told to.

use annaka_concierge::{
    emulator::{Fault, Method},
    events::{Event, Kind, Standing},
    metrics::Count,
};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    calendar::{consultation, event, in_full},
    harness::{Town, town},
    mover::Actor,
};

/// Anna follows the consultation.
async fn anna_follows(t: &Town) -> Actor<'_> {
    t.announces(&[consultation()]).await;
    let anna = t.anna();
    anna.starts("ev_s-1");
    let _ = anna.hears().await;
    let told = anna.chooses("この行事の通知を受ける").await;
    assert_eq!(
        told,
        "2027年2月7日(日)9:30、2027年2月13日(土)9:30（日本時間）に、ここでお知らせします。\n[通知の設定を見る]"
    );
    anna
}

#[tokio::test]
async fn a_reminder_comes_a_week_and_a_day_before() {
    town(async |t| {
        let anna = anna_follows(t).await;
        t.clock_shows("2027-02-07T09:29");
        assert_eq!(anna.hears().await, "");
        t.clock_shows("2027-02-07T09:30");
        assert_snapshot!(anna.hears().await, @r"
        あと7日です：空き家相談会

        日時：2027年2月14日(日)9:30〜11:30
        場所：不明
        対象：不明
        料金：不明
        申し込み：不明
        問い合わせ：不明
        [行きます] [この通知をやめる]
        [詳しく見る] [通知の設定を見る]
        ");
        t.clock_shows("2027-02-13T09:30");
        assert!(anna.hears().await.starts_with("明日です：空き家相談会"));
        t.clock_shows("2027-02-20T09:30");
        assert_eq!(anna.hears().await, "", "and nothing after the event");
    })
    .await;
}

#[tokio::test]
async fn one_tap_under_a_reminder_stops_it() {
    town(async |t| {
        let anna = anna_follows(t).await;
        t.clock_shows("2027-02-07T09:30");
        let _ = anna.hears().await;
        assert_snapshot!(anna.chooses("この通知をやめる").await, @r"
        通知をやめました。
        [通知の設定を見る]
        ");
        t.clock_shows("2027-02-13T12:00");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_reminder_that_waits_is_not_sent_to_somebody_who_has_stopped_it_meanwhile() {
    town(async |t| {
        let anna = anna_follows(t).await;
        let _ = anna.asks("/reminders").await;
        t.next(Method::SendMessage, Fault::Flood { seconds: 600 });
        t.clock_shows("2027-02-07T09:30");
        assert_eq!(anna.hears().await, "");
        anna.taps("すべての通知をやめる");
        t.idle().await;
        t.advance(SignedDuration::from_mins(10));
        let heard = anna.hears().await;
        assert!(heard.contains("通知を受けている行事はありません。"), "{heard}");
        assert!(!heard.contains("あと7日です"), "{heard}");
        assert_eq!(t.count(Count::PushOutdated), 1);
    })
    .await;
}

#[tokio::test]
async fn a_weekly_list_comes_on_monday_where_something_is_coming() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        let anna = t.anna();
        let _ = anna.asks("/reminders").await;
        let heard = anna.chooses("週のまとめを受け取る").await;
        assert!(heard.contains("毎週月曜日に"), "{heard}");
        t.clock_shows("2026-11-23T12:00");
        assert_eq!(anna.hears().await, "", "nothing comes within two weeks");
        t.clock_shows("2027-02-01T08:59");
        assert_eq!(anna.hears().await, "");
        t.clock_shows("2027-02-01T09:00");
        assert_snapshot!(anna.hears().await, @r"
        これからの行事です。
        [2月14日(日) 空き家相談会]
        [通知の設定を見る]
        ");
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("週のまとめをやめる").await;
        t.clock_shows("2027-02-08T09:00");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn at_night_nobody_is_woken() {
    town(async |t| {
        let early = event(5, "朝市", "2027-02-14 6:00-8:00", Kind::Community);
        t.announces(&[early]).await;
        let anna = t.anna();
        anna.starts("ev_s-5");
        let _ = anna.hears().await;
        let _ = anna.chooses("この行事の通知を受ける").await;
        t.clock_shows("2027-02-12T20:29");
        let _week = anna.hears().await;
        t.clock_shows("2027-02-12T20:30");
        assert!(
            anna.hears().await.starts_with("あと2日です：朝市"),
            "the evening before, and it counts right"
        );
        t.clock_shows("2027-02-13T08:00");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_reminder_missed_while_the_bot_was_away_says_that_it_is_late() {
    town(async |t| {
        let anna = anna_follows(t).await;
        t.clock_shows("2027-02-07T09:30");
        let _ = anna.hears().await;
        t.stop().await;
        t.clock_shows("2027-02-13T20:00");
        t.start();
        t.idle().await;
        t.advance(SignedDuration::from_secs(2));
        let heard = anna.hears().await;
        assert!(
            heard.starts_with("明日です：空き家相談会\nお知らせが遅くなりました。"),
            "{heard}"
        );
        t.restart().await;
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn of_several_reminders_missed_the_last_comes() {
    town(async |t| {
        let anna = anna_follows(t).await;
        t.stop().await;
        t.clock_shows("2027-02-13T10:00");
        t.start();
        t.idle().await;
        t.advance(SignedDuration::from_secs(2));
        let heard = anna.hears().await;
        assert_eq!(heard.matches("空き家相談会").count(), 1, "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_reminder_missed_until_the_event_began_is_dropped() {
    town(async |t| {
        let anna = anna_follows(t).await;
        t.stop().await;
        t.clock_shows("2027-02-14T09:30");
        t.start();
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_moved_event_is_told_at_once_with_its_new_time_and_reminded_of_by_it() {
    town(async |t| {
        let anna = anna_follows(t).await;
        t.clock_shows("2027-02-13T10:00");
        let _ = anna.hears().await;
        t.announces(&[event(
            1,
            "空き家相談会",
            "2027-02-21 13:00-15:00",
            Kind::VacantHome,
        )])
        .await;
        t.advance(SignedDuration::from_secs(2));
        assert_snapshot!(anna.hears().await, @r"
        日時や場所が変わりました：空き家相談会
        変更前：2027年2月14日(日)9:30〜11:30

        日時：2027年2月21日(日)13:00〜15:00
        場所：不明
        対象：不明
        料金：不明
        申し込み：不明
        問い合わせ：不明
        [行きます] [この通知をやめる]
        [詳しく見る] [通知の設定を見る]
        ");
        assert_eq!(anna.last().media.unwrap().file_name.as_deref(), Some("s-1.ics"));
        t.clock_shows("2027-02-20T13:00");
        let heard = anna.hears().await;
        assert!(heard.contains("明日です：空き家相談会"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_event_is_told_to_everybody_and_never_reminded_of() {
    town(async |t| {
        let anna = anna_follows(t).await;
        let cancelled = Event {
            standing: Standing::Cancelled,
            ..consultation()
        };
        t.announces(&[cancelled]).await;
        let heard = anna.hears().await;
        assert!(heard.starts_with("中止になりました：空き家相談会"), "{heard}");
        assert_eq!(t.ben().hears().await, "", "who does not follow it hears nothing");
        t.clock_shows("2027-02-13T12:00");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn whoever_follows_a_kind_hears_of_a_new_event_of_it_and_of_no_other() {
    town(async |t| {
        let (anna, ben) = (t.anna(), t.ben());
        let _ = anna.asks("/events").await;
        let _ = anna.chooses("新しい行事の通知を受ける").await;
        let _ = ben.asks("/help").await;
        let expected = Event {
            standing: Standing::Unconfirmed,
            ..in_full(consultation())
        };
        t.announces(&[expected]).await;
        assert_eq!(anna.hears().await, "", "what is not certain is never pushed");
        t.announces(&[in_full(consultation())]).await;
        assert!(anna.hears().await.starts_with("日程が決まりました：空き家相談会"));
        assert_eq!(ben.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn settings_are_changed_by_taps_and_in_ones_own_words() {
    town(async |t| {
        let anna = anna_follows(t).await;
        assert_snapshot!(anna.asks("/reminders").await, @r"
        通知する行事：空き家相談会
        お知らせする時：7日前、1日前
        お知らせしない時間：21:00〜8:00。この時間に当たるときは、その前の晩にお知らせします。
        [空き家相談会の通知をやめる]
        [✓ 7日前] [✓ 1日前] [3時間前]
        [ほかの時を選ぶ]
        [静かな時間を変える] [静かな時間をなくす]
        [時間帯を変える]
        [週のまとめを受け取る]
        [通知を休む] [すべての通知をやめる]
        [行事の一覧を見る] [メニューを開く]
        ");
        assert_snapshot!(anna.chooses("✓ 7日前").await, @r"
        (変更しました。)
        ----
        edited: 通知する行事：空き家相談会
        お知らせする時：1日前
        お知らせしない時間：21:00〜8:00。この時間に当たるときは、その前の晩にお知らせします。
        [空き家相談会の通知をやめる]
        [7日前] [✓ 1日前] [3時間前]
        [ほかの時を選ぶ]
        [静かな時間を変える] [静かな時間をなくす]
        [時間帯を変える]
        [週のまとめを受け取る]
        [通知を休む] [すべての通知をやめる]
        [行事の一覧を見る] [メニューを開く]
        ");
        assert_snapshot!(anna.chooses("ほかの時を選ぶ").await, @"何日前、何時間前にお知らせしますか。「3日前」「12時間前」のように書いてください。");
        let heard = anna.asks("2時間前").await;
        assert!(heard.contains("お知らせする時：1日前、2時間前"), "{heard}");
        let _ = anna.chooses("静かな時間を変える").await;
        assert_snapshot!(anna.asks("99時から").await, @"16時間までの時間を、「22:00-7:00」のように書いてください。");
        let heard = anna.asks("22:00-6:30").await;
        assert!(heard.contains("お知らせしない時間：22:00〜6:30"), "{heard}");
        let _ = anna.chooses("時間帯を変える").await;
        let heard = anna.asks("Taipei").await;
        assert!(heard.contains("時間帯：Asia/Taipei"), "{heard}");
        let heard = anna.chooses("通知を休む").await;
        assert!(heard.contains("通知を休んでいます。"), "{heard}");
        t.clock_shows("2027-02-13T12:00");
        assert_eq!(anna.hears().await, "");
        let _ = anna.chooses("通知を再開する").await;
        t.clock_shows("2027-02-14T07:30");
        assert!(anna.hears().await.starts_with("今日です：空き家相談会"));
    })
    .await;
}

#[tokio::test]
async fn a_question_is_a_question_also_while_something_else_was_asked() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("ほかの時を選ぶ").await;
        let heard = anna.asks("安中市移住支援金はだれが対象ですか").await;
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn somebody_who_has_blocked_the_bot_hears_again_once_they_are_back() {
    town(async |t| {
        let anna = anna_follows(t).await;
        anna.blocks_bot();
        t.clock_shows("2027-02-07T09:30");
        assert_eq!(anna.hears().await, "");
        anna.unblocks_bot();
        t.idle().await;
        t.clock_shows("2027-02-13T09:30");
        assert!(anna.hears().await.contains("明日です：空き家相談会"));
        assert_eq!(t.count(Count::Unreachable), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_goes_hears_of_changes() {
    town(async |t| {
        let anna = anna_follows(t).await;
        t.clock_shows("2027-02-07T09:30");
        let _ = anna.hears().await;
        let _ = anna.chooses("行きます").await;
        t.announces(&[Event {
            standing: Standing::Cancelled,
            ..consultation()
        }])
        .await;
        assert!(anna.hears().await.contains("中止になりました"));
    })
    .await;
}
