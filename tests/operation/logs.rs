//! What the program logs: a line for each update, and of people nothing at all.
//!
//! The program itself runs, as loud as it can be told to, through everything that has words in it.

use std::{
    fs::{self, File},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use annaka_concierge::emulator::{Aim, Emulator, Fault, Method, Shown, World, town};
use serde_json::Value;

use crate::program::{TOKEN, small_knowledge, telegram, town_by_the_clock, without_settings};

const PATIENCE: Duration = Duration::from_secs(60);
/// What is said in the story, and by whom: nothing of it may be logged.
const SAID: [&str; 10] = [
    "イトウアンナ",
    "hanako_ito",
    "むらさきいろの屋根",
    "090-4444-5555",
    "violet.roof@example.org",
    "緑いろの返事",
    "だいだい色のメモ",
    "demo-bold-word",
    "a-token-for-the-tests",
    "a-secret-nobody-shows",
];
/// Numbers that are no person's.
const NUMBERS: [&str; 6] = ["micros", "update", "item", "tries", "seconds", "bytes"];

/// A running program; killed when the test is over.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _gone_already = self.0.kill();
        let _gone_already = self.0.wait();
    }
}

impl Running {
    fn start(folder: &Path, settings: &[(&str, &str)], log: &str) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_concierge"));
        without_settings(&mut program);
        let log = File::create(folder.join(log)).unwrap();
        let program = program
            .arg("run")
            .current_dir(folder)
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        Self(program.unwrap())
    }

    fn ends(mut self) {
        let id = self.0.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        let status = self.0.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

/// Waits until a message of the bot's that fits stands in a chat.
async fn reads(telegram: &Emulator, chat: i64, fits: impl Fn(&Shown) -> bool) -> Shown {
    let found = |world: &World| {
        let mut all = world.chat(chat).into_iter();
        all.find(|shown| shown.from.bot && fits(shown))
    };
    let found = telegram.wait(PATIENCE, found).await;
    found.unwrap_or_else(|| {
        let all = telegram.look(|world| world.chat(chat));
        let all: Vec<String> = all.into_iter().map(|shown| shown.text).collect();
        panic!("nothing of that kind was said:\n{}", all.join("\n"))
    })
}

/// Waits until so many calls of this method came.
async fn calls(telegram: &Emulator, method: &str, count: usize) {
    let came = |world: &World| {
        let of = world.calls().filter(|call| call.method == method);
        (of.count() >= count).then_some(())
    };
    telegram.wait(PATIENCE, came).await.expect("no such call");
}

/// Somebody asks, writes to a person, is answered, and almost everything goes wrong on the way.
async fn story(telegram: &Emulator, bot: impl Fn(&str) -> Running) -> i64 {
    let running = bot("first.log");
    let anna = telegram.add_person("イトウアンナ hanako_ito", "ja");
    let id = anna.id();
    let next = |method, fault| telegram.disturb(fault, Aim::Only(method), Some(1));

    anna.says("むらさきいろの屋根の家を買いたい 090-4444-5555 violet.roof@example.org")
        .unwrap();
    reads(telegram, id, |_| true).await;
    next(Method::SendMessage, Fault::CutAfter);
    anna.says("/start むらさきいろの屋根").unwrap();
    calls(telegram, "sendMessage", 2).await;
    next(Method::SendMessage, Fault::ServerError { status: 502 });
    anna.says("/むらさきいろの屋根 090-4444-5555").unwrap();
    calls(telegram, "sendMessage", 4).await;
    next(Method::SendMessage, Fault::Refused);
    anna.says("/help むらさきいろの屋根").unwrap();
    calls(telegram, "sendMessage", 6).await;
    next(Method::GetUpdates, Fault::ServerError { status: 500 });

    anna.says("人と話したい。むらさきいろの屋根 090-4444-5555")
        .unwrap();
    let card = reads(telegram, town::GROUP, |shown| shown.text.contains("イトウアンナ")).await;
    let mio = telegram.person(town::MIO).in_group(card.thread);
    mio.taps(card.id, "引き受ける").unwrap();
    reads(telegram, id, |shown| shown.text.contains("お話を伺います")).await;
    mio.says("緑いろの返事です。<demo-bold-word>").unwrap();
    reads(telegram, id, |shown| shown.text.contains("緑いろの返事")).await;
    mio.says("//だいだい色のメモ").unwrap();
    next(Method::CopyMessage, Fault::Refused);
    mio.says("緑いろの返事の二つ目").unwrap();
    reads(telegram, town::GROUP, |shown| {
        shown.text.contains("届きませんでした")
    })
    .await;
    telegram
        .person(town::MIO)
        .in_group(None)
        .says("/deadletters")
        .unwrap();
    reads(telegram, town::GROUP, |shown| {
        shown.text.contains("もとのメッセージを見る")
    })
    .await;
    mio.says("/close 解決した").unwrap();
    reads(telegram, id, |shown| shown.text.contains("終了しました")).await;
    anna.blocks_bot().unwrap();
    anna.unblocks_bot().unwrap();
    telegram.inject(
        serde_json::from_str(
            r#"{"message": {"message_id": 9, "text": "むらさきいろの屋根", "from": "イトウアンナ"}}"#,
        )
        .unwrap(),
    );
    anna.says("/menu").unwrap();
    reads(telegram, id, |shown| {
        shown.text.contains("話題") && !shown.buttons.is_empty()
    })
    .await;
    running.ends();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_anybody_is_logged_however_much_is_asked_for() {
    let (folder, telegram) = (tempfile::tempdir().unwrap(), telegram(town_by_the_clock()).await);
    small_knowledge(&folder.path().join("knowledge"));
    let (api, group, owners) = (telegram.url(), town::GROUP.to_string(), town::KEN.to_string());
    let settings = [
        ("TELOXIDE_TOKEN", TOKEN),
        ("TELOXIDE_API_URL", api.as_str()),
        ("CONCIERGE_STAFF_CHAT", &group),
        ("CONCIERGE_OWNERS", &owners),
        ("CONCIERGE_HTTP", "127.0.0.1:0"),
        ("CONCIERGE_WEBHOOK_SECRET", "a-secret-nobody-shows"),
        ("CONCIERGE_LOG", "trace"),
        ("CONCIERGE_LOG_FORMAT", "json"),
    ];
    let bot = |log: &str| Running::start(folder.path(), &settings, log);
    let anna = story(&telegram, bot).await;

    let log = fs::read_to_string(folder.path().join("first.log")).unwrap();
    let people = [anna, town::MIO, town::KEN, town::GROUP];
    let mut kinds = Vec::new();
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        assert!(
            line["level"].is_string() && line["timestamp"].is_string(),
            "{line}"
        );
        looked_through(&line, "", &people);
        if line["fields"]["message"] == "handled" {
            assert!(
                line["fields"]["micros"].is_u64() && line["span"]["update"].is_u64(),
                "{line}"
            );
            let span = &line["span"];
            let outcome = span["outcome"].as_str().unwrap_or("-");
            kinds.push(format!("{} {outcome}", span["kind"].as_str().unwrap()));
        }
    }
    for kind in [
        "command -",
        "question person",
        "group_tap -",
        "group_words -",
        "nothing unknown",
    ] {
        assert!(kinds.iter().any(|found| found == kind), "no {kind} in {kinds:?}");
    }
    for event in [
        "a message was refused and is a dead letter now",
        "a message could not be sent; it is tried again",
    ] {
        assert!(log.contains(event), "“{event}” did not happen:\n{log}");
    }
}

/// No word and no number of the story's people stands anywhere in a line.
fn looked_through(value: &Value, name: &str, people: &[i64]) {
    match value {
        Value::String(text) => {
            for said in SAID {
                assert!(!text.contains(said), "“{said}” was logged as {name}: {text}");
            }
            let group = town::GROUP.to_string();
            assert!(!text.contains(&group), "the group was logged as {name}: {text}");
        }
        Value::Number(number) => {
            let known = number.as_i64().is_some_and(|number| people.contains(&number));
            assert!(!known || NUMBERS.contains(&name), "{number} was logged as {name}");
        }
        Value::Array(all) => all.iter().for_each(|one| looked_through(one, name, people)),
        Value::Object(all) => all
            .iter()
            .for_each(|(name, one)| looked_through(one, name, people)),
        Value::Null | Value::Bool(_) => {}
    }
}
