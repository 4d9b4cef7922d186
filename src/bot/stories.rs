//! Whatever looks like an update is read without a panic, and nothing that is not a person in their own chat is taken
//! for one.

use std::{fs, path::Path};

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use crate::{
    bot::{
        group::GroupDid,
        input::{Heard, read_json},
    },
    handover::Staff,
};

const KEYS: [&str; 48] = [
    "update_id",
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_id",
    "date",
    "edit_date",
    "chat",
    "from",
    "sender_chat",
    "id",
    "type",
    "title",
    "is_forum",
    "is_bot",
    "first_name",
    "username",
    "language_code",
    "text",
    "caption",
    "entities",
    "offset",
    "length",
    "url",
    "user",
    "data",
    "reply_to_message",
    "quote",
    "message_thread_id",
    "is_topic_message",
    "media_group_id",
    "photo",
    "document",
    "file_id",
    "file_unique_id",
    "file_name",
    "location",
    "latitude",
    "longitude",
    "via_bot",
    "new_chat_member",
    "old_chat_member",
    "status",
    "migrate_to_chat_id",
];

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-3_i64..50).prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<String>().prop_map(|text| json!(text.chars().take(20).collect::<String>())),
        select(vec![
            "private",
            "supergroup",
            "channel",
            "bold",
            "text_link",
            "/start",
            "/take",
            "1:h",
            "d1:t",
            "member",
            "left",
            "👎"
        ])
        .prop_map(Value::from),
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((select(KEYS.to_vec()), inner), 0..8).prop_map(|fields| {
                let fields = fields.into_iter().map(|(key, value)| (key.to_owned(), value));
                Value::Object(fields.collect::<Map<_, _>>())
            }),
        ]
    })
}

/// A message as Telegram sends it, in a private chat or in a group.
fn message(group: bool, text: &str) -> Value {
    let chat = if group {
        json!({"id": -100, "type": "supergroup", "title": "g", "is_forum": true})
    } else {
        json!({"id": 7, "type": "private", "first_name": "A"})
    };
    json!({"message_id": 5, "date": 1_700_000_000, "text": text, "chat": chat, "message_thread_id": 9,
        "is_topic_message": true, "from": {"id": 7, "is_bot": false, "first_name": "A", "language_code": "ja"}})
}

/// Puts a value somewhere into another one, at the place `at` leads to.
fn bent(value: &mut Value, mut at: usize, new: Value) {
    let children = match value {
        Value::Object(fields) => fields.len(),
        Value::Array(all) => all.len(),
        _ => 0,
    };
    if children == 0 {
        *value = new;
        return;
    }
    let child = at % (children + 1);
    at /= children + 1;
    let inner = match value {
        Value::Object(fields) => fields.values_mut().nth(child),
        Value::Array(all) => all.get_mut(child),
        _ => None,
    };
    match inner {
        Some(inner) => bent(inner, at, new),
        None => *value = new,
    }
}

/// What holds of everything that was read.
fn check(json: &str) {
    match read_json(json) {
        Heard::Mover(from) => {
            let update: Value = serde_json::from_str(json).unwrap();
            let text = update.to_string();
            assert!(
                text.contains(&from.who.0.to_string()),
                "nobody of that number: {text}"
            );
        }
        Heard::Group(from) => assert!(
            from.who != Staff::Anonymous || !matches!(from.did, GroupDid::StaleTap),
            "who taps has a number"
        ),
        Heard::Inline(_) | Heard::Nothing { .. } => {}
    }
}

#[test]
fn the_hostile_set_and_the_seeds_are_read() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for file in [
        "hostile/updates.jsonl",
        "hostile/bodies.jsonl",
        "corpus/updates/seeds.txt",
    ] {
        for line in fs::read_to_string(tests.join(file)).unwrap().lines() {
            let input: Value = serde_json::from_str(line).unwrap();
            check(&input.get("update").unwrap_or(&input).to_string());
            check(input["body"].as_str().unwrap_or_default());
        }
    }
}

#[test]
fn nobody_speaks_for_the_desk_in_a_channels_name() {
    let channel = json!({"id": -5, "type": "channel", "title": "市役所"});
    for (more, is_heard) in [
        (channel.clone(), false),
        (json!({"id": -100, "type": "supergroup", "title": "g"}), true),
    ] {
        for hologram in [false, true] {
            let mut said = message(true, "お答えします");
            said["sender_chat"] = more.clone();
            if hologram {
                said["entities"] = json!([{"type": "hologram", "offset": 0, "length": 1}]);
            }
            let heard = read_json(&json!({"update_id": 1, "message": said}).to_string());
            assert_eq!(matches!(heard, Heard::Group(_)), is_heard, "{heard:?}");
        }
    }
}

proptest! {
    #[test]
    fn bytes_of_any_kind(bytes in vec(any::<u8>(), 0..200)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn trees_of_telegrams_words(kind in select(KEYS[1..8].to_vec()), content in tree()) {
        check(&json!({"update_id": 1, kind: content}).to_string());
    }

    #[test]
    fn messages_with_one_thing_bent(group in any::<bool>(), edited in any::<bool>(), at in any::<usize>(), new in tree()) {
        let mut said = message(group, "補助金");
        bent(&mut said, at, new);
        let kind = if edited { "edited_message" } else { "message" };
        check(&json!({"update_id": 1, kind: said}).to_string());
    }

    #[test]
    fn messages_with_one_thing_more(group in any::<bool>(), key in select(KEYS.to_vec()), new in tree()) {
        let mut said = message(group, "補助金");
        said[key] = new;
        check(&json!({"update_id": 1, "message": said}).to_string());
    }

    /// Entities may begin and end anywhere, even inside a character.
    #[test]
    fn marks_anywhere(
        text in "(😀|家|a|<|&|\n|👨‍👩‍👧){0,12}",
        marks in vec((select(vec!["bold", "italic", "underline", "spoiler", "code", "pre", "text_link", "blockquote", "mention", "url"]),
            0_usize..40, 0_usize..40), 0..6),
    ) {
        let marks: Vec<Value> = marks
            .into_iter()
            .map(|(kind, offset, length)| json!({"type": kind, "offset": offset, "length": length, "url": "https://e.org/\"<"}))
            .collect();
        let mut said = message(false, &text);
        said["entities"] = json!(marks);
        check(&json!({"update_id": 1, "message": said}).to_string());
    }
}
