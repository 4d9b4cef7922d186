//! Networks that give no answer, or one that is not Telegram's: the bot lives, says so once, and goes on by itself.

use std::process::Command;

use annaka_concierge::emulator::{Aim, Fault, Method};
use tokio::{io::AsyncReadExt, net::TcpListener};

use crate::{
    house::House,
    talk::{Answers, Asker, Chance},
};

/// Lives with an API at this address, until it says what is wrong twice over.
async fn struggles(house: &House, data: &str, api: &str, words: &str) {
    let bot = house.starts_as(Command::new(env!("CARGO_BIN_EXE_concierge")), data, api);
    bot.says(words).await;
    assert_eq!(bot.measure("concierge_ready").await, 0);
    let log = bot.stops();
    assert_eq!(log.matches("cannot introduce").count(), 1, "{log}");
    assert!(
        !log.contains(crate::program::TOKEN),
        "the token stands in the log"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_is_none_and_a_port_without_tls_are_waited_for() {
    let house = House::new().await;
    let plain = house.emulator.url().replace("http://", "https://");
    tokio::join!(
        struggles(&house, "dns", "http://api.telegram.invalid", "cannot introduce"),
        struggles(&house, "tls", &plain, "cannot introduce"),
    );
}

/// Takes every connection and never says a word.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_never_answers_is_given_up_and_tried_again() {
    let house = House::new().await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = format!("http://{}", silent.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut line, _) = silent.accept().await.unwrap();
            tokio::spawn(async move {
                let mut bytes = [0; 1024];
                while line.read(&mut bytes).await.is_ok_and(|read| read > 0) {}
            });
        }
    });
    struggles(&house, "silent", &api, "cannot introduce").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_a_proxy_and_cut_lines_are_said_once_and_overcome() {
    let house = House::new().await;
    let bot = house.starts("data");
    let answers = Answers::learn(&house).await;
    let mut anna = Asker::new(&house, "住民").await;
    house.emulator.disturb(
        Fault::Page { status: 502 },
        Aim::Only(Method::GetUpdates),
        Some(2),
    );
    house
        .emulator
        .disturb(Fault::CutBefore, Aim::Only(Method::GetUpdates), Some(1));
    anna.asks(&mut Chance::new(7), "");
    house
        .until("it is answered", |world| anna.is_served(world, &answers))
        .await;
    bot.says("Telegram answers again").await;
    let failures = bot.measure("concierge_poll_failures_total").await;
    let log = bot.stops();
    assert_eq!(failures, 3, "{log}");
    assert_eq!(log.matches("cannot ask Telegram for updates").count(), 2, "{log}");
}
