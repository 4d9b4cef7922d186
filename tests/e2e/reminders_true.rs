//! What is said of reminders is what comes: nothing beside it, nothing else, and nothing later.

use annaka_concierge::events::{Event, Kind, Standing};
use jiff::SignedDuration;

use crate::{
    calendar::{consultation, event},
    harness::{Town, town},
    mover::Actor,
    signups::{opens_form, signs_up, three_days, tour},
};

/// Anna follows the consultation, and every event.
async fn anna_follows_all(t: &Town) -> Actor<'_> {
    t.announces(&[consultation()]).await;
    let anna = t.anna();
    let _ = anna.asks("/events").await;
    let _ = anna.chooses("新しい行事の通知を受ける").await;
    anna.starts("ev_s-1");
    let _ = anna.hears().await;
    anna
}

/// Taps the newest button of this name, and reads what comes of it.
async fn unfollows(anna: &Actor<'_>, label: &str) -> String {
    let _ = anna.asks("/reminders").await;
    anna.chooses(label).await
}

#[tokio::test]
async fn what_is_past_when_somebody_follows_does_not_come_late() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        t.clock_shows("2027-02-13T09:00");
        let (anna, ben) = (t.anna(), t.newcomer("太郎", "ja"));
        for mover in [&anna, &ben] {
            let _ = mover.asks("/help").await;
        }
        t.clock_shows("2027-02-13T15:00");
        anna.starts("ev_s-1");
        let _ = anna.hears().await;
        let told = anna.chooses("この行事の通知を受ける").await;
        assert!(told.starts_with("お知らせの時刻は、もう過ぎています。"), "{told}");
        t.advance(SignedDuration::from_mins(5));
        assert_eq!(anna.hears().await, "");
        let _ = unfollows(&anna, "3時間前").await;
        let _ = anna.chooses("ほかの時を選ぶ").await;
        let _ = anna.asks("20時間前").await;
        t.advance(SignedDuration::from_mins(5));
        assert_eq!(anna.hears().await, "", "13:30 is past");
        t.clock_shows("2027-02-14T06:30");
        assert!(anna.hears().await.starts_with("今日です：空き家相談会"));
    })
    .await;
}

#[tokio::test]
async fn who_was_just_told_of_a_new_event_is_not_reminded_of_it_as_well() {
    town(async |t| {
        let anna = anna_follows_all(t).await;
        t.clock_shows("2027-03-05T15:00");
        let _ = anna.hears().await;
        t.announces(&[event(2, "交流会", "2027-03-06 12:00", Kind::Community)])
            .await;
        t.advance(SignedDuration::from_mins(5));
        let heard = anna.hears().await;
        assert!(heard.starts_with("新しい行事です：交流会"), "{heard}");
        assert!(!heard.contains("明日です"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn who_lets_a_single_event_go_does_not_hear_of_it_by_its_kind() {
    town(async |t| {
        let anna = anna_follows_all(t).await;
        anna.starts("s");
        let _ = anna.hears().await;
        let _ = anna.asks("/reminders").await;
        let ben = t.newcomer("太郎", "ja");
        ben.starts("ev_s-1");
        let _ = ben.hears().await;
        let _ = ben.chooses("この行事の通知を受ける").await;
        let _ = ben.asks("/events").await;
        let _ = ben.chooses("新しい行事の通知を受ける").await;
        let told = unfollows(&ben, "空き家相談会の通知をやめる").await;
        assert!(told.starts_with("通知をやめました。"), "{told}");
        t.clock_shows("2027-02-13T12:00");
        assert_eq!(ben.hears().await, "");
        assert!(anna.hears().await.contains("明日です"));
    })
    .await;
}

#[tokio::test]
async fn who_lets_all_events_go_is_told_what_still_comes() {
    town(async |t| {
        t.announces(&[tour(20), consultation()]).await;
        let anna = t.anna();
        let _ = anna.asks("/events").await;
        let _ = anna.chooses("新しい行事の通知を受ける").await;
        anna.starts("ev_s-7");
        let _ = anna.hears().await;
        let _ = signs_up(&anna, "花子", "2").await;
        let settings = anna.asks("/reminders").await;
        assert!(
            settings.starts_with("通知する行事：すべての行事、農業体験ツアー\n"),
            "{settings}"
        );
        let told = anna.chooses("すべての行事の通知をやめる").await;
        assert!(
            told.starts_with("通知をやめました。\n通知する行事：農業体験ツアー\n"),
            "{told}"
        );
    })
    .await;
}

#[tokio::test]
async fn who_says_that_they_go_hears_of_it_also_after_they_had_let_it_go() {
    town(async |t| {
        let anna = anna_follows_all(t).await;
        t.clock_shows("2027-02-07T09:30");
        assert!(anna.hears().await.contains("[行きます] [この通知をやめる]"));
        let _ = anna.chooses("この通知をやめる").await;
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

#[tokio::test]
async fn a_promise_of_a_few_hours_before_a_whole_day_is_kept_in_the_evening_before() {
    town(async |t| {
        t.announces(&[event(5, "梅林祭", "2027-02-14〜2027-03-31", Kind::Festival)])
            .await;
        let anna = t.anna();
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("3時間前").await;
        anna.starts("ev_s-5");
        let _ = anna.hears().await;
        let told = anna.chooses("この行事の通知を受ける").await;
        assert!(told.contains("2027年2月13日(土)20:30（日本時間）に"), "{told}");
        t.clock_shows("2027-02-13T20:29");
        let _ = anna.hears().await;
        t.clock_shows("2027-02-13T20:30");
        assert!(anna.hears().await.starts_with("明日です：梅林祭"));
        t.clock_shows("2027-02-14T10:00");
        anna.starts("ev_s-5");
        let card = anna.hears().await;
        assert!(card.contains("[この行事の通知をやめる]"), "{card}");
        let ben = t.newcomer("太郎", "ja");
        ben.starts("ev_s-5");
        let _ = ben.hears().await;
        let told = ben.chooses("この行事の通知を受ける").await;
        assert!(told.starts_with("お知らせの時刻は、もう過ぎています。"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn who_comes_on_the_last_day_is_reminded_of_the_last_day() {
    town(async |t| {
        t.announces(&[three_days(20)]).await;
        let anna = t.anna();
        let _ = opens_form(&anna).await;
        let _ = anna.asks("花子").await;
        let _ = anna.asks("2").await;
        let _ = anna.chooses("3月8日(月)").await;
        let _ = anna.chooses("ありません").await;
        let _ = anna.chooses("この内容で申し込む").await;
        let _ = t.mio().taps_in_general("確定する").await;
        let _ = anna.hears().await;
        t.clock_shows("2027-02-28T09:00");
        assert_eq!(anna.hears().await, "");
        t.clock_shows("2027-03-01T09:00");
        let heard = anna.hears().await;
        assert!(
            heard.starts_with("あと7日です：農業体験ツアー\n\n日時：2027年3月8日(月)\n"),
            "{heard}"
        );
        t.clock_shows("2027-03-06T12:00");
        assert_eq!(anna.hears().await, "");
        t.clock_shows("2027-03-07T09:00");
        assert!(anna.hears().await.starts_with("明日です：農業体験ツアー"));
    })
    .await;
}

#[tokio::test]
async fn last_years_sign_ups_are_not_those_of_this_year() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = t.mio().taps_in_general("確定する").await;
        let _ = anna.hears().await;
        t.clock_shows("2027-03-20T10:00");
        let _ = anna.hears().await;
        let mut again = Event {
            when: event(7, "x", "2028-03-04 10:00-15:00", Kind::Farming).when,
            ..tour(20)
        };
        if let Some(sign_up) = &mut again.sign_up {
            sign_up.deadline = None;
        }
        t.announces(&[again]).await;
        t.advance(SignedDuration::from_secs(2));
        let heard = anna.hears().await;
        assert!(heard.starts_with("日程が決まりました：農業体験ツアー"), "{heard}");
        assert!(heard.contains("[申し込む]") && !heard.contains("確定"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn words_that_are_no_answer_to_a_setting_are_a_question() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("時間帯を変える").await;
        let is_asked_again = |heard: &str| heard.contains("時間帯") || heard.contains("time zone");
        assert!(is_asked_again(&anna.asks("Atlantis").await));
        for words in ["I want to buy a house", "thank you"] {
            let heard = anna.asks(words).await;
            assert!(!is_asked_again(&heard), "{words}: {heard}");
        }
        let heard = anna.asks("Taipei").await;
        assert!(heard.contains("Time zone: Asia/Taipei"), "{heard}");
    })
    .await;
}
