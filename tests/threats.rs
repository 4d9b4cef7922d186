//! The threat model names tests that exist, and HTML is built in one place.

#![expect(clippy::unwrap_used, reason = "a tree that cannot be read stops the test")]

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder, with what is in them.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    files
}

#[test]
fn every_test_the_threat_model_names_exists() {
    let model = fs::read_to_string(root().join("docs/threat-model.md")).unwrap();
    let all = [sources("src"), sources("tests")].concat();
    let rows = model.lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut missing = Vec::new();
    let mut count = 0;
    for row in rows {
        let shown_by = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let names: Vec<&str> = shown_by.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test: {row}");
        count += names.len();
        let exists = |name: &&str| {
            let function = format!("fn {name}(");
            all.iter().any(|(_, text)| text.contains(&function))
        };
        missing.extend(names.into_iter().filter(|name| !exists(name)).map(str::to_owned));
    }
    assert!(count > 30, "the table could not be read");
    assert!(missing.is_empty(), "no such tests: {}", missing.join(", "));
}

#[test]
fn the_hostile_set_is_as_large_as_it_is_said_to_be() {
    let mut kinds = std::collections::BTreeSet::new();
    let mut count = 0;
    for file in fs::read_dir(root().join("tests/hostile")).unwrap() {
        for line in fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            let input: serde_json::Value = serde_json::from_str(line).unwrap();
            kinds.insert(input["kind"].as_str().unwrap().to_owned());
            count += 1;
        }
    }
    let model = fs::read_to_string(root().join("docs/threat-model.md")).unwrap();
    let said = format!("{count} hostile inputs of\n{} kinds", kinds.len());
    assert!(model.contains(&said), "the threat model should say “{said}”");
}

/// Outside these files nothing is handed to Telegram as marked text, and nothing unescaped becomes [`Html`].
#[test]
fn html_is_built_in_one_place() {
    let marked = [
        "src/jobs/deliver/send.rs",
        "src/jobs/deliver/editing.rs",
        "src/jobs/deliver/picture.rs",
        "src/bot/inline.rs",
    ];
    let rendered = ["src/bot/message.rs"];
    let html = fs::read_to_string(root().join("src/outgoing/html.rs")).unwrap();
    assert!(
        html.contains("pub struct Html(String);"),
        "its text must stay private"
    );
    for (path, text) in sources("src") {
        let path = path.to_string_lossy().replace('\\', "/");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        if path.starts_with("src/emulator/") || path == "src/outgoing/html.rs" || path.ends_with("stories.rs")
        {
            continue;
        }
        let sets_mode = code.contains(".parse_mode(");
        assert!(
            !sets_mode || marked.contains(&path.as_str()),
            "{path} sets a parse mode"
        );
        assert!(!code.contains("ParseMode::Markdown"), "{path} writes Markdown");
        let renders = code.contains("Html::rendered");
        assert!(
            !renders || rendered.contains(&path.as_str()),
            "{path} makes HTML of raw text"
        );
    }
}
