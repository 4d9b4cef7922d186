//! A clock that is a year ahead for a while: nothing goes that would have stayed, and nothing is left out for it.

use annaka_concierge::emulator::Limits;
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    broadcast::follows,
    calendar::consultation,
    harness::{Plan, Town, town_with},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const YEAR: SignedDuration = SignedDuration::from_hours(400 * 24);
const QUESTION: &str = "安中市移住支援金はだれが対象ですか";

/// Whether the bot still knows Anna.
async fn knows_anna(t: &Town) -> bool {
    let who = annaka_concierge::outgoing::UserId(t.anna().id());
    t.app().store().conversation(who).await.unwrap().is_some()
}

/// Lets the hourly look come, whatever the clock shows: what a bot began before it was stopped is done.
async fn sweeps(t: &Town) {
    t.restart().await;
    t.restart().await;
    t.idle().await;
}

#[tokio::test]
async fn a_clock_that_is_a_year_ahead_and_right_again_deletes_nobody() {
    town_with(Plan::owned(), async |t| {
        let _ = (t.anna().asks(QUESTION).await, t.yuki().asks("/help").await);
        sweeps(t).await;
        t.advance(YEAR);
        sweeps(t).await;
        assert!(knows_anna(t).await);
        assert_snapshot!(t.yuki().hears().await, @"⚠ サーバーの時計が進みました。前回の確認は2026年11月21日(土)19:00、いまの時計は2027年12月26日(日)19:00です。古い記録の削除を止めています。時計が正しければ、24時間後に再開します。正しくなければ、それまでに直してください。");
        t.advance(SignedDuration::from_hours(23));
        sweeps(t).await;
        assert!(knows_anna(t).await);
        let heard = t.yuki().hears().await;
        assert!(!heard.contains("サーバーの時計"), "it is told once: {heard}");
        assert!(heard.contains("holidays.csv"), "by that clock the holidays end: {heard}");
        t.advance(-YEAR);
        sweeps(t).await;
        t.advance(DAY);
        sweeps(t).await;
        assert!(knows_anna(t).await);
        assert_eq!(t.yuki().hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_was_off_for_a_year_deletes_what_is_old_a_day_later() {
    town_with(Plan::owned(), async |t| {
        let _ = (t.anna().asks(QUESTION).await, t.yuki().asks("/help").await);
        sweeps(t).await;
        t.advance(YEAR);
        sweeps(t).await;
        assert!(knows_anna(t).await);
        t.advance(DAY);
        sweeps(t).await;
        assert!(!knows_anna(t).await);
        assert!(
            t.yuki()
                .hears()
                .await
                .starts_with("⚠ サーバーの時計が進みました。")
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_clock_ahead_passed_over_is_still_reminded_of_when_it_is_right_again() {
    // Telegram's own clock is not set back, so its limits are left out.
    let plan = Plan {
        limits: Limits::off(),
        ..Plan::default()
    };
    town_with(plan, async |t| {
        t.announces(&[consultation()]).await;
        let anna = t.anna();
        let _ = anna.asks("/help").await;
        follows(t, &[anna.id()]).await;
        t.advance(YEAR);
        assert_eq!(anna.hears().await, "", "by this clock it is over");
        t.advance(-YEAR);
        t.idle().await;
        t.clock_shows("2027-02-07T09:30");
        assert!(anna.hears().await.starts_with("あと7日です：空き家相談会"));
        t.advance(SignedDuration::from_hours(1));
        assert_eq!(anna.hears().await, "", "once");
    })
    .await;
}
