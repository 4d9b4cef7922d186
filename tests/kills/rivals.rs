//! Two programs on one token.

use crate::{
    house::{House, heard},
    talk::{Answers, Asker, Chance},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_programs_on_one_token_one_stops_loudly_and_the_other_answers() {
    let house = House::new().await;
    let first = house.starts("first");
    let anna = Asker::new(&house, "住民").await.person;
    let second = house.starts("second");
    let (gone, other) = tokio::select! {
        () = first.is_silent() => (first, second),
        () = second.is_silent() => (second, first),
    };
    let ended = gone.ends().await;
    assert_eq!(ended.code, Some(1), "{}", ended.log);
    assert!(
        ended.log.contains("Another process takes this bot's updates"),
        "{}",
        ended.log
    );
    let before = house.heard(anna.id()).len();
    anna.says("/help").unwrap();
    house
        .until("the other answers", |world| {
            heard(world, anna.id()).len() > before
        })
        .await;
    other.stops();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_overlap_of_old_and_new_ends_neither() {
    let house = House::new().await;
    let old = house.starts("old");
    let answers = Answers::learn(&house).await;
    let polls = house.polls();
    let new = house.starts("new");
    house.until_polled(polls).await;
    old.says("another process takes the updates").await;
    old.stops();
    let mut anna = Asker::new(&house, "住民").await;
    anna.asks(&mut Chance::new(7), "");
    house
        .until("the new one answers", |world| anna.is_served(world, &answers))
        .await;
    new.stops();
}
