//! What becomes of requests when events end, move or are called off, and when people stay away.

use annaka_concierge::events::{Event, EventId, Kind, Standing};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    calendar::event,
    harness::town,
    mover::Actor,
    signups::{news, opens_form, signs_up, three_days, tour},
};

#[tokio::test]
async fn a_cancelled_event_is_told_to_everybody_who_signed_up() {
    town(async |t| {
        t.announces(&[tour(2)]).await;
        let (anna, taro, mio) = (t.anna(), t.newcomer("太郎", "ja"), t.mio());
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = mio.taps_in_general("確定する").await;
        let _ = anna.hears().await;
        let _ = signs_up(&taro, "太郎", "1").await;
        let cancelled = Event {
            standing: Standing::Cancelled,
            ..tour(2)
        };
        t.announces(&[cancelled]).await;
        for mover in [&anna, &taro] {
            let heard = mover.hears().await;
            assert!(heard.starts_with("中止になりました：農業体験ツアー"), "{heard}");
        }
        assert_eq!(
            mio.taps_in_general("確定する").await,
            "この行事は中止になったか、終わっています。"
        );
        assert_eq!(taro.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn who_signed_up_hears_of_the_end_also_without_reminders() {
    town(async |t| {
        let unsure = Event {
            standing: Standing::Unconfirmed,
            ..tour(2)
        };
        t.announces(std::slice::from_ref(&unsure)).await;
        let (anna, ben) = (t.anna(), t.newcomer("太郎", "ja"));
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("すべての通知をやめる").await;
        let _ = ben.asks("/events").await;
        let _ = ben.chooses("新しい行事の通知を受ける").await;
        let cancelled = Event {
            standing: Standing::Cancelled,
            ..unsure
        };
        t.announces(&[cancelled]).await;
        t.advance(SignedDuration::from_secs(1));
        let heard = anna.hears().await;
        assert!(heard.starts_with("中止になりました：農業体験ツアー"), "{heard}");
        assert_eq!(
            ben.hears().await,
            "",
            "who never heard of it does not hear of its end"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_asked_is_forgotten_thirty_days_after_the_event() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let _ = signs_up(&t.anna(), "花子", "2").await;
        let event = EventId::of_staff(7);
        let swept = async || {
            // Whatever a bot began before it was stopped is done.
            t.restart().await;
            t.restart().await;
            t.idle().await;
        };
        // A clock that leapt by months is believed after a day.
        t.clock_shows("2027-04-04T14:00");
        swept().await;
        t.clock_shows("2027-04-05T14:59");
        swept().await;
        assert!(t.app().store().sign_ups(&event).await.unwrap().is_some());
        let _ = t.anna().hears().await;
        t.clock_shows("2027-04-05T15:00");
        swept().await;
        let left = t.app().store().sign_ups(&event).await.unwrap();
        assert_eq!(left, None);
    })
    .await;
}

#[tokio::test]
async fn a_reminder_of_an_event_with_places_leads_to_the_form_and_then_to_withdrawing() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        anna.starts("ev_s-7");
        let _ = anna.hears().await;
        let _ = anna.chooses("この行事の通知を受ける").await;
        let yuki = t.yuki();
        let _ = signs_up(&yuki, "ゆき", "2").await;
        let _ = t.mio().taps_in_general("確定する").await;
        let _ = yuki.hears().await;
        t.clock_shows("2027-02-27T10:05");
        let (invited, reminded) = (anna.hears().await, yuki.hears().await);
        assert!(invited.contains("\n[申し込む] [この通知をやめる]"), "{invited}");
        let row = "\n[申し込みを取り消す] [この通知をやめる]";
        assert!(reminded.contains(row), "{reminded}");
        t.clock_shows("2027-03-05T10:05");
        let too_late = anna.hears().await;
        assert!(too_late.contains("\n[この通知をやめる]"), "{too_late}");
        assert!(
            yuki.hears().await.contains(row),
            "a place can be given back to the last"
        );
    })
    .await;
}

#[tokio::test]
async fn a_place_that_is_given_does_not_end_a_pause() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("通知を休む").await;
        let _ = mio.taps_in_general("確定する").await;
        assert!(anna.hears().await.contains("確定しました"));
        t.clock_shows("2027-03-05T12:00");
        assert_eq!(anna.hears().await, "", "they wanted no reminders");
    })
    .await;
}

#[tokio::test]
async fn a_day_that_is_gone_is_told_to_staff_once_and_its_place_is_not_given_twice() {
    town(async |t| {
        t.announces(&[three_days(2)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let taro = t.newcomer("太郎", "ja");
        let asks_for = async |mover: &Actor<'_>, name: &str, people: &str, day: &str| {
            let _ = opens_form(mover).await;
            let _ = mover.asks(name).await;
            let _ = mover.asks(people).await;
            let _ = mover.asks(day).await;
            let _ = mover.chooses("ありません").await;
            mover.chooses("この内容で申し込む").await
        };
        let _ = asks_for(&anna, "花子", "2", "3月8日").await;
        let _ = mio.taps_in_general("確定する").await;
        let _ = anna.hears().await;
        anna.starts("ev_s-7");
        let card = anna.hears().await;
        assert!(
            card.contains("お申し込み：2人（3月8日(月)）で確定しています。"),
            "{card}"
        );
        let two_days = Event {
            when: event(7, "x", "2027-03-06〜2027-03-07", Kind::Farming).when,
            ..three_days(2)
        };
        t.announces(&[two_days]).await;
        assert_snapshot!(news(t).await, @"「農業体験ツアー」の日程が変わり、選んだ日がなくなった申し込みがあります：花子さん（2人）");
        t.idle().await;
        t.restart().await;
        t.idle().await;
        assert_eq!(t.times_in_group("選んだ日がなくなった"), 1);
        let told = anna.hears().await;
        assert!(told.starts_with("日時や場所が変わりました"), "{told}");
        let told = asks_for(&taro, "太郎", "1", "3月7日").await;
        assert!(told.contains("今は満員です。"), "{told}");
        let note = mio.taps_in_general("確定する").await;
        assert!(note.starts_with("満員です。"), "{note}");
    })
    .await;
}

#[tokio::test]
async fn who_stays_away_is_not_kept_by_name() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = mio.taps_in_general("お断りする").await;
        let card = news(t).await;
        assert!(
            card.contains("名前：花子"),
            "whoever decided sees on whom: {card}"
        );
        let kept = t.app().store().sign_ups(&EventId::of_staff(7)).await.unwrap();
        let kept = format!("{kept:?}");
        assert!(!kept.contains("花子"), "{kept}");
        let _ = anna.hears().await;
    })
    .await;
}
