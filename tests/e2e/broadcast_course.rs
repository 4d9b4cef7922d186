//! A broadcast under way: paused, cancelled, cut off, and never twice to anybody.

use annaka_concierge::{
    emulator::{Aim, Fault, PrivateAccess},
    lang::Lang,
    metrics::Count,
    outgoing::UserId,
};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    broadcast::{SECOND, WORDS, anna_and_ben, follows, mio_writes, progress, sends_it},
    crowd::arrivals,
    harness::{Town, town},
    interleavings::Dice,
    mover::done,
    staff::Staff,
};

/// So many people who follow all events.
pub(crate) async fn followers(t: &Town, count: usize, access: PrivateAccess) -> Vec<i64> {
    let ids = t.crowd(count, access).await;
    follows(t, &ids).await;
    ids
}

/// Mio writes something and sends it to everybody.
async fn mio_sends(t: &Town) -> Staff<'_> {
    let mio = mio_writes(t, WORDS).await;
    assert_eq!(sends_it(&mio).await, "送信を始めました。");
    mio
}

#[tokio::test]
async fn it_is_paused_goes_on_and_reaches_everybody_once() {
    town(async |t| {
        let all = followers(t, 700, PrivateAccess::Open).await;
        let mio = mio_sends(t).await;
        t.runs_until(t.clock.now() + SECOND * 5).await;
        let before = arrivals(&t.sends()).len();
        assert!(t.app().store().depth() <= 310, "only some wait at a time");
        assert_eq!(mio.taps_in_general("一時停止").await, "一時停止しました。");
        assert_eq!(mio.taps_in_general("再開する").await, "再開しました。");
        assert_eq!(mio.taps_in_general("一時停止").await, "一時停止しました。");
        t.runs_until(t.clock.now() + SECOND * 60).await;
        let paused = arrivals(&t.sends()).len();
        assert!(
            paused <= before + 2,
            "{before} before the pause, {paused} after it"
        );
        assert_eq!(
            t.app().store().depth(),
            0,
            "nobody's other messages wait behind it"
        );
        let shown = progress(t).await;
        assert!(shown.starts_with("一時停止中 "), "{shown}");
        t.restart().await;
        t.idle().await;
        assert_eq!(progress(t).await, shown, "it stays paused");

        // What somebody asks in the meantime is answered.
        let asks = t.newcomer("Dan", "ja");
        assert!(asks.asks("/help").await.starts_with("知りたいことを"));
        assert_eq!(mio.taps_in_general("再開する").await, "再開しました。");
        t.runs_until_left(0).await;
        check_once(t, &all, 0);
        assert_snapshot!(progress(t).await, @"送信が終わりました：届いた 700人");
        let edits = t.calls("editMessageText");
        assert!(edits <= 12, "{edits} edits");
    })
    .await;
}

#[tokio::test]
async fn it_is_cancelled_midway_and_nobody_else_hears_it() {
    town(async |t| {
        let all = followers(t, 400, PrivateAccess::Open).await;
        let mio = mio_sends(t).await;
        t.runs_until(t.clock.now() + SECOND * 5).await;
        let _ = mio.taps_in_general("一時停止").await;
        t.runs_until(t.clock.now() + SECOND * 2).await;
        assert_eq!(mio.taps_in_general("中止する").await, "中止しました。");
        let before = arrivals(&t.sends());
        t.runs_until_left(0).await;
        t.restart().await;
        t.runs_until(t.clock.now() + SECOND * 60).await;
        let after = arrivals(&t.sends());
        let heard = all.iter().filter(|id| after.contains_key(id)).count();
        assert_eq!(after.len(), before.len());
        assert!((50..300).contains(&heard), "{heard}");
        assert_eq!(progress(t).await, format!("中止しました：届いた {heard}人"));
        let over = format!("p1:b:{}:r", t.app().store().courses().await.unwrap()[0].0.0);
        let message = t.in_general().pop().unwrap().id;
        let note = mio.forges_tap(t.group(), message, &over).await;
        assert_eq!(note, "この送信は、もう終わっています。");
    })
    .await;
}

/// Everybody got it, and nobody more often than was unavoidable.
pub(crate) fn check_once(t: &Town, all: &[i64], unseen: usize) {
    let arrived = arrivals(&t.sends());
    let mut repeated = 0;
    for id in all {
        let times = arrived.get(id).copied().unwrap_or_default();
        assert!(times > 0, "{id} was left out");
        repeated += times - 1;
    }
    assert!(repeated <= unseen, "{repeated} repeated, {unseen} unseen");
}

#[tokio::test]
async fn power_cuts_in_the_middle_leave_nobody_out_and_count_everybody_once() {
    const CRASHES: usize = 5;
    town(async |t| {
        let all = followers(t, 600, PrivateAccess::Open).await;
        let _mio = mio_sends(t).await;
        let mut dice = Dice(7);
        for _ in 0..CRASHES {
            t.runs_until(t.clock.now() + SECOND * 3).await;
            t.skips(t.clock.now() + SignedDuration::from_hours(1));
            t.happenings(dice.roll(5)).await;
            t.crash().await;
            t.start();
        }
        t.runs_until_left(0).await;
        t.idle().await;
        check_once(t, &all, CRASHES);
        assert_eq!(progress(t).await, "送信が終わりました：届いた 600人");
    })
    .await;
}

#[tokio::test]
async fn who_stops_before_their_turn_hears_nothing() {
    town(async |t| {
        let _all = followers(t, 150, PrivateAccess::Open).await;
        // They have the highest numbers, so their turn comes last.
        let (emi, fumi) = (t.newcomer("Emi", "ja"), t.newcomer("Fumi", "ja"));
        let _ = (emi.asks("/help").await, fumi.asks("/help").await);
        follows(t, &[emi.id(), fumi.id()]).await;
        let _mio = mio_sends(t).await;
        t.runs_until(t.clock.now() + SECOND).await;
        let _ = (emi.says("/reminders"), fumi.says("/reminders"));
        // A reply waits for the next free place beside the broadcast.
        t.runs_until(t.clock.now() + SECOND / 5).await;
        let _ = (emi.taps("すべての通知をやめる"), fumi.taps("通知を休む"));
        t.idle().await;
        let _ = (emi.hears().await, fumi.hears().await);
        t.runs_until_left(0).await;
        assert_eq!(
            (emi.hears().await, fumi.hears().await),
            (String::new(), String::new())
        );
        assert_snapshot!(progress(t).await, @"送信が終わりました：届いた 150人、対象から外れた 2人");
        assert_eq!(t.count(Count::BroadcastDropped), 2);
    })
    .await;
}

#[tokio::test]
async fn a_receiver_who_asks_is_answered_before_the_broadcast_reaches_them() {
    town(async |t| {
        let _all = followers(t, 200, PrivateAccess::Open).await;
        let late = t.newcomer("Fumi", "ja");
        let _ = late.asks("/help").await;
        follows(t, &[late.id()]).await;
        let _mio = mio_sends(t).await;
        t.runs_until(t.clock.now() + SECOND * 3).await;
        late.says("安中市移住支援金はだれが対象ですか");
        t.runs_until(t.clock.now() + SignedDuration::from_millis(200))
            .await;
        let heard = late.reads();
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
        assert!(!heard.contains("大雪"), "{heard}");
        t.runs_until_left(0).await;
        assert!(late.hears().await.starts_with("明日は大雪です。"));
    })
    .await;
}

#[tokio::test]
async fn one_tap_under_it_stops_everything_and_leaves_the_words() {
    town(async |t| {
        let (anna, ben) = anna_and_ben(t).await;
        let _mio = mio_sends(t).await;
        t.runs_until_left(0).await;
        let _ = (anna.hears().await, ben.hears().await);
        let heard = anna.chooses("すべての通知をやめる").await;
        assert!(
            heard.starts_with("(すべての通知をやめました。)\n----\n通知を受けている行事はありません。"),
            "{heard}"
        );
        let told = anna
            .chat()
            .into_iter()
            .filter(|shown| shown.text.starts_with("明日は大雪です。"));
        assert_eq!(told.count(), 1);
        let subscriber = t.app().store().subscriber(UserId(anna.id())).await.unwrap();
        assert!(!subscriber.unwrap().hears_anything());
    })
    .await;
}

#[tokio::test]
async fn who_has_blocked_the_bot_is_counted_and_not_tried_again() {
    town(async |t| {
        let gone = followers(t, 3, PrivateAccess::Blocked).await;
        let there = followers(t, 20, PrivateAccess::Open).await;
        let _mio = mio_sends(t).await;
        t.runs_until_left(0).await;
        check_once(t, &there, 0);
        assert_snapshot!(progress(t).await, @"送信が終わりました：届いた 20人、届かない 3人");
        let tried = t
            .sends()
            .iter()
            .filter(|call| call.chat.is_some_and(|chat| gone.contains(&chat)))
            .count();
        assert_eq!(tried, 3);
        assert_eq!(t.count(Count::BroadcastUnreachable), 3);

        let mio = mio_writes(t, "もう一度").await;
        let shown = t.general().pop().unwrap();
        assert!(shown.contains("届く人：20人"), "{shown}");
        assert!(shown.contains("ほかの3人には届きません"), "{shown}");
        let _ = mio.taps_in_general("やめる").await;
    })
    .await;
}

#[tokio::test]
async fn what_telegram_refuses_to_everybody_stops_by_itself_and_says_why() {
    town(async |t| {
        let all = followers(t, 40, PrivateAccess::Open).await;
        let mio = mio_writes(t, WORDS).await;
        for id in &all {
            t.emulator.disturb(Fault::Refused, Aim::Chat(*id), None);
        }
        let _ = sends_it(&mio).await;
        t.runs_until(t.clock.now() + SECOND * 30).await;
        assert_snapshot!(t.general().pop().unwrap(), @"送信を一時停止しました。Telegramが続けて受け付けませんでした：Bad Request: BUTTON_URL_INVALID");
        assert_snapshot!(progress(t).await, @r"
        Telegramが受け付けないため停止中 5 / 40人、送れなかった 5人
        [再開する] [中止する]
        ");
        assert!(t.count(Count::BroadcastFailed) < 10);

        t.emulator.heal();
        assert_eq!(mio.taps_in_general("再開する").await, "再開しました。");
        t.runs_until_left(0).await;
        let shown = progress(t).await;
        assert_eq!(shown, "送信が終わりました：届いた 35人、送れなかった 5人");
    })
    .await;
}

#[tokio::test]
async fn a_progress_somebody_deletes_is_shown_once_more() {
    town(async |t| {
        let _all = followers(t, 1200, PrivateAccess::Open).await;
        let mio = mio_sends(t).await;
        let shown = t.in_general().pop().unwrap().id;
        done(mio.person.in_group(None).deletes(shown));
        t.runs_until_left(0).await;
        let shown = t.general();
        let progress = shown.iter().filter(|shown| shown.contains("届いた 1,200人"));
        assert_eq!(progress.count(), 1);
        assert!(!shown.iter().any(|shown| shown.contains("送信中")), "{shown:?}");
    })
    .await;
}

#[tokio::test]
async fn a_language_chosen_in_the_middle_is_the_one_it_comes_in() {
    town(async |t| {
        let _all = followers(t, 100, PrivateAccess::Open).await;
        let late = t.newcomer("Gina", "ja");
        let _ = late.asks("/help").await;
        follows(t, &[late.id()]).await;
        let _mio = mio_sends(t).await;
        let _ = late.asks("/language").await;
        let _ = late.chooses("English").await;
        let known = t.app().store().conversation(UserId(late.id())).await.unwrap();
        assert_eq!(known.unwrap().lang, Lang::En);
        t.runs_until_left(0).await;
        assert!(late.hears().await.contains("Heavy snow tomorrow."));
    })
    .await;
}
