//! `kill -9`, again and again, while people write: nothing is lost, and what came twice was on its way at a kill.

use std::{
    hash::{BuildHasher, RandomState},
    time::{Duration, Instant},
};

use annaka_concierge::emulator::{Aim, Fault, World};

use crate::{
    house::House,
    talk::{Answers, Asker, Chance, DeskTalk},
};

/// More of them by the environment, for a night.
const KILLS: usize = 100;
/// So many that nobody writes faster than people do; what is faster is read together.
const ASKERS: usize = 64;
/// Each call is carried out at once and answered so much later, as over an ocean: many are on their way at a kill.
const OCEAN: Fault = Fault::Late { millis: 60 };
/// If nothing happens for so long, it is killed all the same.
const CALM: Duration = Duration::from_millis(400);

fn of_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Lets so many things happen in the town, or a while pass.
async fn happenings(house: &House, count: usize) {
    let until = house.emulator.revision() + count as u64;
    let reached = |_: &World| (house.emulator.revision() >= until).then_some(());
    let _reached = house.emulator.wait(CALM, reached).await;
}

/// Some people write something.
fn bustle(askers: &mut [Asker], talk: &mut DeskTalk, chance: &mut Chance) {
    for _ in 0..chance.below(6) {
        let who = chance.below(askers.len());
        askers[who].asks(chance, "");
    }
    if chance.below(3) == 0 {
        talk.anna_says();
    }
    if chance.below(3) == 0 {
        talk.mio_says();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_at_any_moment_lose_nothing_and_repeat_only_what_was_on_its_way() {
    let kills = of_environment("STORM_KILLS").map_or(KILLS, |kills| usize::try_from(kills).unwrap());
    let seed = of_environment("STORM_SEED").unwrap_or_else(|| RandomState::new().hash_one(0) >> 32);
    println!("seed {seed} (STORM_SEED), {kills} kills (STORM_KILLS)");
    let mut chance = Chance::new(seed);
    let house = House::new().await;

    let bot = house.starts("data");
    let answers = Answers::learn(&house).await;
    let mut askers = Vec::new();
    for number in 0..ASKERS {
        askers.push(Asker::new(&house, &format!("住民{number}")).await);
    }
    let mut talk = DeskTalk::begin(&house).await;
    assert_eq!(bot.measure("concierge_unseen_results_total").await, 0);
    bot.stops();

    let (begun, mut early) = (Instant::now(), 0);
    house.emulator.disturb(OCEAN, Aim::AllButPolling, None);
    for _ in 0..kills {
        bustle(&mut askers, &mut talk, &mut chance);
        let polls = house.polls();
        let bot = house.starts("data");
        if chance.below(4) == 0 {
            // Somewhere in its start: while it reads, opens, introduces itself.
            let moment = Duration::from_millis(chance.below(400) as u64);
            let started = tokio::time::timeout(moment, house.until_polled(polls)).await;
            early += usize::from(started.is_err());
        } else {
            house.until_polled(polls).await;
            bustle(&mut askers, &mut talk, &mut chance);
            happenings(&house, chance.below(40)).await;
        }
        bot.dies();
    }
    let lasted = begun.elapsed();
    house.emulator.heal();

    let polls = house.polls();
    let bot = house.starts("data");
    house.until_polled(polls).await;
    let served =
        |world: &World| talk.is_served(world) && askers.iter().all(|asker| asker.is_served(world, &answers));
    let drained = house
        .emulator
        .wait(crate::house::PATIENCE, |world| served(world).then_some(()))
        .await;
    let repeated = talk.repeats(&house)
        + askers
            .iter()
            .map(|asker| asker.repeats(&house, &answers))
            .sum::<usize>();
    assert!(drained.is_some());
    let unseen = usize::try_from(bot.measure("concierge_unseen_results_total").await).unwrap();
    let asked = talk.said() + askers.iter().map(Asker::asked).sum::<usize>();
    bot.stops();
    println!(
        "{kills} kills ({early} before the first request) in {lasted:.0?}, {asked} questions and lines, 0 lost, \
         {repeated} repeated ({unseen} sends were on their way at a kill, and are counted)"
    );
    assert!(repeated <= unseen, "{repeated} came twice, {unseen} are counted");
    assert!(unseen > 0, "no kill hit a send on its way: this proves nothing");
}
