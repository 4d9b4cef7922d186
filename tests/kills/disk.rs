//! A disk that takes no more, or can only be read.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    house::House,
    talk::{Answers, Asker, Chance},
};

/// Runs the program so that no file of its can grow beyond this size: what it writes then fails, as on a full disk.
fn with_largest_file(kilobytes: u64) -> Command {
    let mut shell = Command::new("bash");
    shell.args([
        "-c",
        "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"",
        &kilobytes.to_string(),
        env!("CARGO_BIN_EXE_concierge"),
    ]);
    shell
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_the_bot_loudly_and_nothing_that_was_confirmed_is_lost() {
    let house = House::new().await;
    let bot = house.starts("data");
    let answers = Answers::learn(&house).await;
    let mut askers = Vec::new();
    for number in 0..24 {
        askers.push(Asker::new(&house, &format!("住民{number}")).await);
    }
    bot.stops();

    let size = fs::metadata(house.path("data/store/db")).unwrap().len();
    let full = house.starts_as(
        with_largest_file(size / 1024 + 1024),
        "data",
        &house.emulator.url(),
    );
    let (mut chance, padding) = (Chance::new(7), format!(" {}", "水".repeat(3000)));
    // No more than people write at their pace: what is faster is read together.
    for _ in 0..6 {
        askers
            .iter_mut()
            .for_each(|asker| asker.asks(&mut chance, &padding));
    }
    let ended = full.ends().await;
    assert!(
        ended.code.is_some_and(|code| code != 0),
        "{:?}\n{}",
        ended.code,
        ended.log
    );
    assert!(ended.log.contains("could not write to its disk"), "{}", ended.log);
    assert!(ended.log.contains("free space or mend the disk"), "{}", ended.log);

    let bot = house.starts("data");
    let served = |world: &annaka_concierge::emulator::World| {
        askers.iter().all(|asker| asker.is_served(world, &answers))
    };
    house.until("everything is answered", served).await;
    let repeated: usize = askers.iter().map(|asker| asker.repeats(&house, &answers)).sum();
    let unseen = usize::try_from(bot.measure("concierge_unseen_results_total").await).unwrap();
    assert!(repeated <= unseen, "{repeated} came twice, {unseen} are counted");
    bot.stops();
}

#[tokio::test]
async fn a_data_folder_that_is_none_is_named_with_what_is_wrong() {
    let house = House::new().await;
    fs::write(house.path("file"), "no folder").unwrap();
    let ended = house.starts("file").ends().await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.log.contains("Cannot create"), "{}", ended.log);
    assert!(
        ended.log.contains(&house.path("file").display().to_string()),
        "{}",
        ended.log
    );
}

/// Runs the program where this folder can only be read; none where this machine gives nobody mounts of their own.
fn with_read_only(folder: &Path) -> Option<Command> {
    let mounts = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\"";
    let unshared = |then: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["--map-root-user", "--mount", "bash", "-c"])
            .arg(format!("{mounts} && {then}"))
            .arg(folder);
        command
    };
    let tried = unshared("true").stderr(Stdio::null()).status();
    if !tried.is_ok_and(|tried| tried.success()) {
        println!("not looked at: no mounts of one's own on this machine");
        return None;
    }
    let mut program = unshared("exec \"$@\"");
    program.arg(env!("CARGO_BIN_EXE_concierge"));
    Some(program)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_can_only_be_read_is_named_and_nothing_is_taken_in() {
    let house = House::new().await;
    let bot = house.starts("data");
    let answers = Answers::learn(&house).await;
    let mut anna = Asker::new(&house, "住民").await;
    bot.stops();
    let Some(program) = with_read_only(&house.path("data")) else {
        return;
    };
    anna.asks(&mut Chance::new(7), "");
    let ended = house
        .starts_as(program, "data", &house.emulator.url())
        .ends()
        .await;
    assert_eq!(ended.code, Some(1), "{}", ended.log);
    assert!(ended.log.contains("Read-only file system"), "{}", ended.log);
    assert!(
        ended.log.contains(&house.path("data").display().to_string()),
        "{}",
        ended.log
    );

    let bot = house.starts("data");
    house
        .until("it is answered", |world| anna.is_served(world, &answers))
        .await;
    bot.stops();
}
