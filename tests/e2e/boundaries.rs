//! The process dies at every boundary an update meets, by the list of `crashpoints`, through the same scene: a question, a
//! mover's words to a person, a person's words to a mover. Nothing is lost, and what comes twice is counted.

use annaka_concierge::{
    crashpoints::Boundary,
    emulator::{Fault, Limits, Method},
};
use jiff::SignedDuration;

use crate::harness::{Plan, Town, town, town_with};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// The process dies when something comes to a boundary for the first time, the second, the third.
const DEATHS: u32 = 3;

/// Has the process die at a boundary three times over, and tells what came twice.
async fn dies_and_lives(t: &Town, boundary: Boundary) -> usize {
    let (anna, mio) = t.mio_has_anna().await;
    let ben = t.ben();
    let mut repeated = 0;
    for passes in 0..DEATHS {
        let (asked, helped) = (format!("あ{passes}。"), format!("い{passes}。"));
        let before = ben.times_heard("Write what");
        let scene = || {
            ben.says("/help");
            anna.says(&asked);
            mio.says(&helped);
        };
        let died = t.dies_at(boundary, passes, scene).await;
        assert!(
            died || passes > 0,
            "nothing comes to {boundary:?}\n{}",
            t.transcript()
        );
        if died {
            t.start();
        }
        t.settles().await;
        let came = [
            ben.times_heard("Write what") - before,
            t.times_in_group(&format!("👤 {asked}")),
            anna.times_heard(&helped),
        ];
        assert!(
            came.iter().all(|times| (1..=2).contains(times)),
            "{boundary:?} after {passes}: {came:?}\n{}",
            t.transcript()
        );
        repeated += came.iter().sum::<usize>() - came.len();
    }
    let counted = usize::try_from(t.app().store().unseen_results()).unwrap();
    assert!(
        repeated <= counted,
        "{boundary:?}: {repeated} came twice, {counted} are counted"
    );
    let _read = (anna.hears().await, ben.hears().await);
    repeated
}

#[tokio::test]
async fn at_every_boundary_nothing_is_lost_and_only_what_was_sent_unseen_comes_twice() {
    for boundary in Boundary::OF_UPDATES {
        town(async |t| {
            let repeated = dies_and_lives(t, boundary).await;
            assert!(
                repeated > 0 || boundary != Boundary::Sent,
                "what was sent just before a kill cannot be known"
            );
        })
        .await;
    }
}

#[tokio::test]
async fn a_message_that_ends_the_process_is_set_aside_at_the_third_time_and_people_are_told() {
    town_with(Plan::owned(), async |t| {
        let _ = (t.ben().asks("/help").await, t.yuki().asks("/help").await);
        let poison = || {
            t.ben().says("What is this");
        };
        assert!(t.dies_at(Boundary::Handling, 0, poison).await);
        for _ in 0..2 {
            assert!(t.dies_at(Boundary::Handling, 0, || t.start()).await);
        }
        t.anna().says("/help");
        t.start();
        assert_eq!(
            t.ben().hears().await,
            "Sorry, your message could not be processed. Our staff have been told. If it is urgent, please send it again in other words."
        );
        assert!(t.anna().hears().await.starts_with("知りたいことを"), "the rest goes on");
        let set_aside = t.app().store().quarantined().await.unwrap();
        let number = set_aside[0].0.0;
        let told = format!("⚠ Benさんからの更新を1件処理できず、取り分けて保管しました（番号 {number}）。");
        let heard = t.yuki().hears().await;
        assert!(heard.starts_with(&told) && !heard.contains("What is this"), "{heard}");
        assert!(t.general_reads().await.contains(&told));
        assert!(t.ben().asks("/help").await.starts_with("Write what"));
        t.restart().await;
        assert_eq!((t.ben().hears().await, t.yuki().hears().await), (String::new(), String::new()));
    })
    .await;
}

#[tokio::test]
async fn who_was_only_near_a_message_that_ends_the_process_is_answered() {
    town(async |t| {
        let _ = t.ben().asks("/help").await;
        let scene = || {
            t.anna().says("/help");
            t.ben().says("/menu");
        };
        // The second to be handled ends the process while the first is in hand; then it is handled alone, and well.
        assert!(t.dies_at(Boundary::Handling, 1, scene).await);
        assert!(t.dies_at(Boundary::Computed, 0, || t.start()).await);
        t.start();
        assert!(t.anna().hears().await.starts_with("知りたいことを"));
        assert!(t.ben().hears().await.contains("topic"));
        assert!(t.app().store().quarantined().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_wait_of_a_day_silences_one_chat_and_a_clock_set_back_silences_nobody() {
    // Telegram's own clock is not set back, so its limits are left out.
    let plan = Plan {
        limits: Limits::off(),
        ..Plan::default()
    };
    town_with(plan, async |t| {
        let day = Fault::Flood { seconds: 86_400 };
        t.next(Method::SendMessage, day);
        t.anna().says("/help");
        t.idle().await;
        t.ben().says("/help");
        t.idle().await;
        assert_eq!(t.ben().answers(), 0, "it may have meant everybody");
        t.advance(MINUTE * 10);
        assert!(t.ben().hears().await.starts_with("Write what"));
        assert_eq!(t.anna().answers(), 0, "Telegram said a day");
        let year = SignedDuration::from_hours(365 * 24);
        t.advance(year);
        assert!(t.anna().hears().await.starts_with("知りたいことを"));
        t.next(Method::SendMessage, day);
        t.anna().says("/help");
        t.idle().await;
        t.advance(-year);
        for mover in [t.anna(), t.ben()] {
            mover.says("/help");
            let _heard = mover.hears().await;
        }
        t.advance(MINUTE);
        t.idle().await;
        assert_eq!((t.anna().answers(), t.ben().answers()), (3, 2));
        let _read = t.anna().hears().await;
    })
    .await;
}
