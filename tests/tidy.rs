//! Holds the plan of the house: who may import whom, where foreign crates stop, how long a file may get.

#![expect(
    clippy::unwrap_used,
    reason = "a tidy test that cannot read the tree has failed"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The layers, lowest first. A room may use every room of the layers below it, and none of its own or above.
const LAYERS: &[&[&str]] = &[
    &["lang", "clock", "outgoing", "metrics", "crashpoints", "emulator"],
    &[
        "knowledge",
        "understanding",
        "phrases",
        "conversation",
        "handover",
        "events",
        "reminders",
        "publishing",
        "signups",
        "privacy",
        "statistics",
        "picture",
    ],
    &["config"],
    &["store"],
    &["app"],
    &["bot", "jobs", "http"],
    &["cli"],
];

/// What tells of people's talks, cases and requests knows them all.
const WHAT_PEOPLE_LEFT: &[&str] = &[
    "lang",
    "clock",
    "outgoing",
    "knowledge",
    "phrases",
    "signups",
    "conversation",
    "handover",
];

/// Within the pure core, who may use whom is said room by room.
const CORE: &[(&str, &[&str])] = &[
    ("knowledge", &["lang"]),
    ("understanding", &["lang", "knowledge"]),
    ("phrases", &["lang", "clock", "knowledge"]),
    ("reminders", &["clock", "outgoing", "knowledge", "events"]),
    (
        "conversation",
        &[
            "lang",
            "clock",
            "outgoing",
            "knowledge",
            "understanding",
            "phrases",
            "events",
            "reminders",
            "signups",
        ],
    ),
    (
        "handover",
        &[
            "lang",
            "clock",
            "outgoing",
            "knowledge",
            "understanding",
            "phrases",
            "events",
            "reminders",
            "signups",
            "conversation",
        ],
    ),
    ("events", &["lang", "clock", "knowledge"]),
    (
        "publishing",
        &[
            "lang",
            "clock",
            "outgoing",
            "phrases",
            "events",
            "reminders",
            "conversation",
            "handover",
        ],
    ),
    ("signups", &["lang", "clock", "outgoing", "phrases", "events"]),
    ("privacy", WHAT_PEOPLE_LEFT),
    ("statistics", WHAT_PEOPLE_LEFT),
    ("picture", &["outgoing"]),
];

/// Telegram's side stands aside: only the shell may play with it.
const ASIDE: (&str, &str) = ("emulator", "cli");

/// Whether the table allows a room to use another; nothing for a room that is not in it.
fn may_use(room: &str, used: &str) -> Option<bool> {
    let layer_of = |name: &str| LAYERS.iter().position(|layer| layer.contains(&name));
    let (layer, used_layer) = (layer_of(room)?, layer_of(used)?);
    let said = CORE
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, allowed)| allowed.contains(&used));
    let aside = used != ASIDE.0 || room == ASIDE.1;
    Some(aside && said.unwrap_or(used_layer < layer))
}

/// Rooms without tokio, sled, teloxide or files.
const PURE: [&str; 16] = [
    "privacy",
    "picture",
    "statistics",
    "publishing",
    "reminders",
    "signups",
    "lang",
    "clock",
    "outgoing",
    "metrics",
    "knowledge",
    "understanding",
    "phrases",
    "conversation",
    "handover",
    "events",
];

/// Foreign crates and the only places that may name them.
const STOPS: &[(&str, &[&str])] = &[
    ("sled", &["store"]),
    ("teloxide", &["bot", "jobs", "cli"]),
    ("fluent_bundle", &["phrases"]),
    ("chrono", &["knowledge"]),
    ("rrule", &["knowledge"]),
    ("icalendar", &["events"]),
    ("resvg", &["picture"]),
];

/// Files that are tests through and through, declared under `#[cfg(test)]`.
const TEST_FILES: [&str; 3] = ["stories.rs", "sample.rs", "fixtures.rs"];

/// A room's stories, where they are too many for one file.
const TEST_FOLDER: &str = "stories";

/// The most lines a file has, its tests not counted.
const FILE_LIMIT: usize = 330;
/// A table of one line a thing is as long as there are things.
const TABLES: [&str; 1] = ["phrases/text.rs"];

struct File {
    path: PathBuf,
    room: String,
    /// Without its tests.
    code: String,
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut waiting = vec![root.clone()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.extend(Some(path).filter(|path| !path.ends_with(TEST_FOLDER)));
            } else if TEST_FILES.iter().any(|name| path.ends_with(name)) {
                continue;
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let relative = path.strip_prefix(&root).unwrap().to_path_buf();
                let room = relative
                    .iter()
                    .next()
                    .unwrap()
                    .to_string_lossy()
                    .trim_end_matches(".rs")
                    .to_owned();
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
                files.push(File {
                    path: relative,
                    room,
                    code,
                });
            }
        }
    }
    files
}

/// The rooms a file names after `crate::`, also within braces.
fn imports(code: &str) -> BTreeSet<String> {
    let ident = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut rooms = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => drop(rooms.insert(ident(rest))),
            Some(list) => {
                let mut depth = 1;
                let mut at_start = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => at_start = true,
                        c if at_start && depth == 1 && c.is_alphabetic() => {
                            rooms.insert(ident(&list[at..]));
                            at_start = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    rooms
}

#[test]
fn every_room_imports_only_what_the_table_allows() {
    let rooms: Vec<&str> = LAYERS.concat();
    let mut wrong = Vec::new();
    for file in sources()
        .iter()
        .filter(|file| !matches!(file.room.as_str(), "lib" | "main"))
    {
        if !rooms.contains(&file.room.as_str()) {
            wrong.push(format!(
                "{}: the room `{}` is not in the table",
                file.path.display(),
                file.room
            ));
        }
        for used in imports(&file.code).iter().filter(|used| **used != file.room) {
            if may_use(&file.room, used) == Some(false) {
                wrong.push(format!(
                    "{}: `{}` may not use `{used}`",
                    file.path.display(),
                    file.room
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn foreign_crates_stop_at_their_rooms() {
    let mut wrong = Vec::new();
    for file in sources() {
        let names = |word: &str| {
            file.code.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("{word}::")) || line.contains(&format!("use {word}")))
            })
        };
        for (word, rooms) in STOPS {
            if names(word) && !rooms.contains(&file.room.as_str()) && file.room != "main" {
                wrong.push(format!(
                    "{} names {word}, which stops at {rooms:?}",
                    file.path.display()
                ));
            }
        }
        if PURE.contains(&file.room.as_str()) {
            for word in ["tokio", "axum", "reqwest"] {
                if names(word) {
                    wrong.push(format!("{} is pure and names {word}", file.path.display()));
                }
            }
            if names("fs") && !file.path.ends_with("knowledge/folder.rs") {
                wrong.push(format!("{} is pure and touches files", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short_enough_to_read() {
    let long: Vec<String> = sources()
        .iter()
        .map(|file| (file.path.display().to_string(), file.code.lines().count()))
        .filter(|(path, lines)| *lines > FILE_LIMIT && !TABLES.contains(&path.as_str()))
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .iter()
        .filter(|file| !file.code.starts_with("//!"))
        .map(|file| file.path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no `//!` header: {}", silent.join(", "));
}

/// Greetings and thanks are taught word for word: whoever labels questions cannot write them differently.
const SAID_ALIKE: &str = "rule-smalltalk";

/// The labelled questions measure the bot; the moment one stands in what it learns from, they measure nothing.
#[test]
fn no_labelled_question_is_taught() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bare = |text: &str| {
        text.to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let mut questions = BTreeSet::new();
    for file in fs::read_dir(root.join("tests/questions")).unwrap() {
        let labelled = fs::read_to_string(file.unwrap().path()).unwrap();
        for line in labelled.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let turns = line["turns"].as_array().into_iter().flatten();
            let asked = turns.map(|turn| &turn["user"]).chain([&line["q"]]);
            let asked = asked.filter_map(|words| words.as_str().map(bare));
            questions.extend(asked.filter(|question| question.chars().count() > 6));
        }
    }
    assert!(questions.len() > 100, "the labelled questions could not be read");
    let mut taught = Vec::new();
    for file in fs::read_dir(root.join("knowledge/phrasings")).unwrap() {
        for line in fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            let mut cells = line.split('\t');
            let (asks, text) = (cells.next(), cells.nth(1));
            if asks != Some(SAID_ALIKE) && text.is_some_and(|text| questions.contains(&bare(text))) {
                taught.push(line.to_owned());
            }
        }
    }
    assert!(taught.is_empty(), "{}", taught.join("\n"));
}
