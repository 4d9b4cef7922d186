//! Mixed load for a while: questions, a talk with staff, faults of the line. Nothing is lost, and neither memory nor the
//! store grows with what is done with.

use std::{
    fs,
    time::{Duration, Instant},
};

use annaka_concierge::emulator::{Aim, Fault, World};

use tokio::time::MissedTickBehavior;

use crate::{
    house::{Bot, House, PATIENCE},
    talk::{Answers, Asker, Chance, DeskTalk},
};

/// More by the environment: `SOAK_SECONDS=1800` for half an hour.
const SECONDS: u64 = 20;
/// They ask in turn, and are so many that nobody writes faster than people do; what is faster is read together.
const ASKERS: usize = 120;
/// Between two things that happen.
const BEAT: Duration = Duration::from_millis(60);
/// One beat of so many has a line of Anna's, one a line of Mio's: less than the line a second that may go to one chat.
const TALK: usize = 24;
/// One beat of so many has a fault; with many more, what waits would grow faster than it can go out.
const FAULTS: usize = 60;
/// After this share of the time everything that is ever kept in memory is there.
const WARM: f64 = 0.4;
/// From so long on the growth is held to what it may be; less is too short to tell.
const TELLING: u64 = 600;
/// What memory may grow by after the warm-up, in percent.
const MOST_GROWTH: f64 = 10.0;
/// The store's size is bounded by what lies in it: so many bytes a thing that was said is plenty.
const MOST_BYTES: u64 = 40_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mixed_load_loses_nothing_and_memory_stays_flat() {
    let seconds = std::env::var("SOAK_SECONDS").map_or(SECONDS, |given| given.parse().unwrap());
    let house = House::new().await;
    let bot = house.starts("data");
    let answers = Answers::learn(&house).await;
    let mut askers = Vec::new();
    for number in 0..ASKERS {
        askers.push(Asker::new(&house, &format!("住民{number}")).await);
    }
    let mut talk = DeskTalk::begin(&house).await;

    let warm = load(&house, &bot, &mut askers, &mut talk, Duration::from_secs(seconds)).await;
    let at_end = bot.resident_kilobytes();
    house.emulator.heal();
    let served =
        |world: &World| talk.is_served(world) && askers.iter().all(|asker| asker.is_served(world, &answers));
    drains(&house, &bot, served).await;
    let repeats = |asker: &Asker| asker.repeats(&house, &answers);
    let repeated = talk.repeats(&house) + askers.iter().map(repeats).sum::<usize>();
    let unseen = usize::try_from(bot.measure("concierge_unseen_results_total").await).unwrap();
    let dead = bot.measure("concierge_dead_letters").await;
    bot.stops();
    let said = talk.said() + askers.iter().map(Asker::asked).sum::<usize>();
    let kept = size_of(&house.path("data/store"));
    let growth = (at_end as f64 / warm as f64 - 1.0) * 100.0;
    println!(
        "{seconds} s of mixed load (SOAK_SECONDS): {said} questions and lines, 0 lost, {repeated} repeated ({unseen} unseen), \
         memory {} MB, {growth:+.1} % since the warm-up, store {} KB",
        at_end / 1024,
        kept / 1024
    );
    assert!(repeated <= unseen, "{repeated} came twice, {unseen} are counted");
    assert_eq!(dead, 0);
    assert!(
        kept < 4_000_000 + MOST_BYTES * said as u64,
        "the store has {kept} bytes"
    );
    assert!(
        seconds < TELLING || growth <= MOST_GROWTH,
        "memory grew by {growth:.1} %"
    );
}

/// Lets everybody say something for so long. Returns the memory, in kilobytes, when the bot was warm.
async fn load(house: &House, bot: &Bot, askers: &mut [Asker], talk: &mut DeskTalk, lasts: Duration) -> u64 {
    let (begun, mut chance) = (Instant::now(), Chance::new(11));
    // The pace of the load itself: nothing is waited for here.
    let mut beat = tokio::time::interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut warm = None;
    for who in (0..ASKERS).cycle() {
        if begun.elapsed() >= lasts {
            break;
        }
        askers[who].asks(&mut chance, "");
        match chance.below(TALK) {
            0 => talk.anna_says(),
            1 => talk.mio_says(),
            _ => {}
        }
        if chance.below(FAULTS) == 0 {
            house
                .emulator
                .disturb(fault(&mut chance), Aim::AllButPolling, Some(1));
        }
        beat.tick().await;
        if warm.is_none() && begun.elapsed() > lasts.mul_f64(WARM) {
            warm = Some(bot.resident_kilobytes());
        }
    }
    warm.unwrap()
}

/// Waits until everybody is served.
async fn drains(house: &House, bot: &Bot, served: impl Fn(&World) -> bool) {
    let drained = house
        .emulator
        .wait(PATIENCE, |world| served(world).then_some(()))
        .await;
    if drained.is_none() {
        let (inbox, outbox) = (
            bot.measure("concierge_inbox_updates").await,
            bot.measure("concierge_outbox_messages").await,
        );
        eprintln!("{PATIENCE:?} after the load {inbox} updates and {outbox} messages still wait");
    }
}

/// What a line does now and then.
fn fault(chance: &mut Chance) -> Fault {
    match chance.below(4) {
        0 => Fault::Flood { seconds: 1 },
        1 => Fault::CutAfter,
        2 => Fault::CutBefore,
        _ => Fault::Late { millis: 300 },
    }
}

/// All files below a folder, in bytes.
fn size_of(folder: &std::path::Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| match entry.file_type().unwrap().is_dir() {
            true => size_of(&entry.path()),
            false => entry.metadata().unwrap().len(),
        })
        .sum()
}
