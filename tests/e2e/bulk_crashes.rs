//! Power cuts while something is sent to many: nobody is left out, and what is repeated is what nobody saw arrive.
//!
//! A send whose result was not yet on disk when the process died is made again by the next one; Telegram gives a bot no
//! way to ask whether it arrived. So the promise is about how many can be in the air at that moment. One at a time would
//! mean at most one repetition a crash, but a call to Telegram takes 50 to 300 ms, and that would be 3 to 20 messages a
//! second instead of 30. Therefore sends begin evenly, one each 1/30 s, whether or not the last has ended: in the air
//! are as many as a call takes thirtieths of a second (one here, two or three on a near line, ten across an ocean, and
//! never more than `MOST_BULK_AT_ONCE` of the deliverer). What was in the air at each crash is counted here; nothing
//! else is ever repeated.
//!
//! `CONCIERGE_CRASHES=1000 cargo test --release --test e2e bulk -- --nocapture` makes a thousand; `CONCIERGE_SEED` plays
//! the same moments again.

use std::collections::BTreeMap;

use annaka_concierge::{
    emulator::PrivateAccess,
    outgoing::{To, UserId},
};
use jiff::SignedDuration;

use crate::{
    crowd::arrivals,
    harness::{Town, town},
    interleavings::Dice,
};

const RECEIVERS: usize = 500;
/// Of one push.
const CRASHES_A_PUSH: usize = 50;
const USUAL_CRASHES: usize = 6;

/// What became of some crashes.
#[derive(Default)]
struct Tally {
    crashes: usize,
    /// Messages that arrived without the bot having seen it, at the moments it died.
    unseen: usize,
    /// The most at one crash.
    most_unseen: usize,
    repeated: usize,
}

async fn cut_push(t: &Town, crashes: usize, dice: &mut Dice, tally: &mut Tally) {
    let all = t.crowd(RECEIVERS, PrivateAccess::Open).await;
    t.pushes(&all, "今週のイベントのお知らせです。").await;
    let mut unseen: BTreeMap<i64, usize> = BTreeMap::new();
    for crash in 0..crashes {
        t.runs_until_left(RECEIVERS - RECEIVERS * crash / crashes).await;
        // The next one is on its way: sent and unheard, heard and not noted down, or noted down.
        t.skips(t.clock.now() + SignedDuration::from_hours(1));
        t.happenings(dice.roll(5)).await;
        t.crash().await;
        t.start();
        t.idle().await;
        let arrived = arrivals(&t.sends());
        let app = t.app();
        let waits = |id: &&i64| app.store().waiting_for(To::Person(UserId(**id))) > 0;
        let in_the_air: Vec<i64> = arrived.keys().filter(waits).copied().collect();
        tally.most_unseen = tally.most_unseen.max(in_the_air.len());
        for id in in_the_air {
            *unseen.entry(id).or_default() += 1;
        }
    }
    t.runs_until_left(0).await;
    let arrived = arrivals(&t.sends());
    for id in &all {
        let times = arrived.get(id).copied().unwrap_or_default();
        let seen_late = unseen.get(id).copied().unwrap_or_default();
        assert!(times > 0, "{id} was left out");
        assert!(
            times <= 1 + seen_late,
            "{id} got it {times} times, unseen {seen_late} times"
        );
        tally.repeated += times - 1;
    }
    tally.crashes += crashes;
    tally.unseen += unseen.values().sum::<usize>();
}

#[tokio::test]
async fn bulk_survives_power_cuts_at_any_moment() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let crashes = number("CONCIERGE_CRASHES").map_or(USUAL_CRASHES, |count| usize::try_from(count).unwrap());
    let seed = number("CONCIERGE_SEED").unwrap_or(28);
    println!("the moments of these crashes: CONCIERGE_SEED={seed}");
    let (mut tally, mut dice) = (Tally::default(), Dice(seed));
    while tally.crashes < crashes {
        let some = CRASHES_A_PUSH.min(crashes - tally.crashes);
        let (tally, dice) = (&mut tally, &mut dice);
        town(async |t| cut_push(t, some, dice, tally).await).await;
    }
    assert!(
        tally.most_unseen <= 1,
        "one is in the air at a time, where a call takes no time"
    );
    println!(
        "{} crashes in pushes to {RECEIVERS}: 0 lost; {} messages had arrived unseen, at most {} a crash, and of those \
         {} were repeated; nothing else was",
        tally.crashes, tally.unseen, tally.most_unseen, tally.repeated
    );
}
