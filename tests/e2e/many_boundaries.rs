//! The process dies at every boundary of what goes to many: reminders, news of events, broadcasts. Nobody is left out,
//! and what comes twice was sent unseen.

use annaka_concierge::{crashpoints::Boundary, emulator::PrivateAccess, events::said_when};
use jiff::SignedDuration;

use crate::{
    broadcast::{follows, mio_writes, progress},
    broadcast_course::{check_once, followers},
    calendar::consultation,
    harness::{Town, town},
    mover::Actor,
};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const TITLE: &str = "空き家相談会";
const REMINDING: [Boundary; 2] = [Boundary::Planned, Boundary::Queued];
const TELLING: [Boundary; 2] = [Boundary::Worded, Boundary::Announced];
const SENDING: [Boundary; 3] = [Boundary::Found, Boundary::Taken, Boundary::Shown];
/// More than are taken up in one go.
const RECEIVERS: usize = 310;

/// How many messages in a mover's chat name the event.
fn named(mover: &Actor<'_>) -> usize {
    let chat = mover.chat();
    let bots = chat.iter().filter(|shown| shown.from.bot);
    bots.filter(|shown| shown.text.contains(TITLE)).count()
}

/// Time enough for everything that is tried again.
async fn settles(t: &Town) {
    for _ in 0..3 {
        t.idle().await;
        t.advance(MINUTE);
    }
    t.idle().await;
}

/// Anna and Ben follow all events, one of which is coming; the process dies in the deed. Each hears of it once.
async fn each_hears_once(t: &Town, boundary: Boundary, deed: impl AsyncFnOnce(&Town)) {
    t.announces(&[consultation()]).await;
    let (anna, ben) = (t.anna(), t.ben());
    let _ = (anna.asks("/help").await, ben.asks("/help").await);
    follows(t, &[anna.id(), ben.id()]).await;
    let before = [named(&anna), named(&ben)];
    let died = t.dies_at_last(boundary, 0, async || deed(t).await).await;
    assert!(died, "nothing comes to {boundary:?}\n{}", t.transcript());
    t.start();
    settles(t).await;
    let unseen = usize::try_from(t.app().store().unseen_results()).unwrap();
    let heard = [named(&anna) - before[0], named(&ben) - before[1]];
    assert!(heard.iter().all(|times| *times >= 1), "{boundary:?}: {heard:?}");
    assert!(
        heard.iter().sum::<usize>() - 2 <= unseen,
        "{boundary:?}: {heard:?}, {unseen} unseen"
    );
    let _read = (anna.hears().await, ben.hears().await);
}

#[tokio::test]
async fn a_power_cut_between_what_is_planned_and_what_is_kept_reminds_everybody_once() {
    for boundary in REMINDING {
        town(async |t| {
            let a_week_before = async |t: &Town| t.clock_shows("2027-02-07T09:30");
            each_hears_once(t, boundary, a_week_before).await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_power_cut_while_news_are_told_tells_everybody_once() {
    for boundary in TELLING {
        town(async |t| {
            let moved = async |t: &Town| {
                let mut moved = consultation();
                moved.when = said_when::read("2027-02-21 9:30-11:30", t.clock.now()).unwrap();
                assert!(t.app().set_events(vec![moved]).await.unwrap());
            };
            each_hears_once(t, boundary, moved).await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_power_cut_between_a_page_of_receivers_and_its_progress_leaves_nobody_out() {
    for boundary in SENDING {
        town(async |t| {
            let all = followers(t, RECEIVERS, PrivateAccess::Open).await;
            let mio = mio_writes(t, "明日は大雪です。").await;
            t.forgives_taps();
            let _ = mio.taps_in_general("送る").await;
            let sends = async || mio.taps_in_general_now("はい、送ります");
            let mut died = t.dies_at_last(boundary, 0, sends).await;
            assert!(died, "nothing comes to {boundary:?}\n{}", t.transcript());
            let mut deaths = 0;
            while died {
                deaths += 1;
                // The next time it dies at the second page, or the second news to the group.
                died = deaths < 3 && t.dies_at_last(boundary, 1, async || t.start()).await;
            }
            if deaths == 3 {
                t.start();
            }
            t.runs_until_left(0).await;
            settles(t).await;
            check_once(
                t,
                &all,
                usize::try_from(t.app().store().unseen_results()).unwrap(),
            );
            assert_eq!(
                progress(t).await,
                format!("送信が終わりました：届いた {RECEIVERS}人"),
                "{boundary:?}"
            );
        })
        .await;
    }
}

#[test]
fn every_boundary_is_in_a_story() {
    let told: Vec<Boundary> = REMINDING.into_iter().chain(TELLING).chain(SENDING).collect();
    assert_eq!(told, Boundary::OF_MANY);
}
