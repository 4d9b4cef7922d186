//! A message's content as the Bot API's JSON.

use serde_json::{Value, json};

use super::{
    merged,
    message::{lone_message, put_words},
    put, user,
};
use crate::emulator::world::{Content, Media, Message, NotCopied, Service, StoredFile, World};

pub(super) fn content(world: &World, message: &Message, value: &mut Value) {
    match &message.content {
        Content::Text(text) => put_words(world, value, "text", "entities", text),
        Content::Media {
            kind,
            file,
            file_name,
            caption,
        } => {
            let stored = world.files.get(file);
            let shown = media(*kind, file, file_name.as_ref(), stored);
            // Telegram adds a document, for bots that do not know animations.
            put(value, "document", (*kind == Media::Animation).then_some(&shown));
            put(value, kind.field(), Some(&shown));
            if !caption.is_empty() {
                put_words(world, value, "caption", "caption_entities", caption);
            }
        }
        Content::Location {
            latitude,
            longitude,
            live_period,
        } => {
            let mut location = json!({ "latitude": latitude, "longitude": longitude });
            put(&mut location, "live_period", *live_period);
            put(value, "location", Some(location));
        }
        Content::Contact {
            phone_number,
            first_name,
            last_name,
        } => {
            let mut contact = json!({ "phone_number": phone_number, "first_name": first_name });
            put(&mut contact, "last_name", last_name.as_ref());
            put(value, "contact", Some(contact));
        }
        Content::Dice { value: thrown } => {
            put(value, "dice", Some(json!({ "emoji": "🎲", "value": thrown })));
        }
        Content::Poll {
            question,
            options,
            quiz,
        } => put(value, "poll", Some(poll(message, question, options, *quiz))),
        Content::NotCopied(what) => put(value, what.field(), Some(not_copied(*what, message))),
        Content::Service(event) => service(world, message, event, value),
    }
}

fn poll(message: &Message, question: &str, options: &[String], quiz: bool) -> Value {
    let option = |(at, text): (usize, &String)| json!({ "persistent_id": at.to_string(), "text": text, "voter_count": 0 });
    json!({
        "id": format!("{}{:09}", message.chat.unsigned_abs(), message.id),
        "question": question,
        "options": options.iter().enumerate().map(option).collect::<Value>(),
        "total_voter_count": 0,
        "is_closed": false,
        "is_anonymous": true,
        "type": if quiz { "quiz" } else { "regular" },
        "allows_multiple_answers": false,
        "allows_revoting": !quiz,
        "members_only": false,
    })
}

fn not_copied(what: NotCopied, message: &Message) -> Value {
    match what {
        NotCopied::Giveaway => json!({
            "chats": [{ "id": -1_001_000_000_077_i64, "type": "channel", "title": "抽選チャンネル" }],
            "winners_selection_date": message.date.as_second() + 24 * 3600,
            "winner_count": 1,
            "premium_subscription_month_count": 3,
        }),
        NotCopied::PaidMedia => json!({
            "star_count": 5,
            "paid_media": [{ "type": "preview", "width": 640, "height": 480, "duration": 0 }],
        }),
        NotCopied::Invoice => json!({
            "title": "チケット",
            "description": "一枚",
            "start_parameter": "",
            "currency": "JPY",
            "total_amount": 500,
        }),
    }
}

fn service(world: &World, message: &Message, event: &Service, value: &mut Value) {
    let (name, detail) = match event {
        Service::TopicCreated {
            name,
            icon_color,
            icon,
        } => {
            let mut topic = json!({ "name": name, "icon_color": icon_color });
            put(&mut topic, "icon_custom_emoji_id", icon.as_ref());
            ("forum_topic_created", topic)
        }
        Service::TopicEdited { name, icon } => {
            let mut change = json!({});
            put(&mut change, "name", name.as_ref());
            put(&mut change, "icon_custom_emoji_id", icon.as_ref());
            ("forum_topic_edited", change)
        }
        Service::TopicClosed => ("forum_topic_closed", json!({})),
        Service::TopicReopened => ("forum_topic_reopened", json!({})),
        Service::Joined { user: id } => ("new_chat_members", json!([user(world, *id)])),
        Service::Left { user: id } => ("left_chat_member", user(world, *id)),
        Service::MigratedTo { chat } => ("migrate_to_chat_id", json!(chat)),
        Service::MigratedFrom { chat } => ("migrate_from_chat_id", json!(chat)),
        Service::Pinned { message: pinned } => {
            let found = world.message(message.chat, *pinned);
            (
                "pinned_message",
                found.map(|found| lone_message(world, found)).unwrap_or_default(),
            )
        }
    };
    put(value, name, Some(detail));
}

fn media(kind: Media, id: &str, name: Option<&String>, stored: Option<&StoredFile>) -> Value {
    let mut file = json!({ "file_id": id, "file_unique_id": format!("u{id}") });
    put(&mut file, "file_size", stored.map(|stored| stored.bytes.len()));
    let details = match kind {
        Media::Photo => json!({ "width": 640, "height": 480 }),
        Media::Voice => json!({ "duration": 3, "mime_type": "audio/ogg" }),
        Media::Audio => json!({ "duration": 3, "mime_type": "audio/mpeg" }),
        Media::Sticker => {
            let kind = json!({ "type": "regular", "emoji": "🙂", "is_animated": false, "is_video": false });
            merged(kind, json!({ "width": 512, "height": 512 }))
        }
        Media::Video | Media::Animation => {
            json!({ "width": 640, "height": 480, "duration": 3, "mime_type": "video/mp4" })
        }
        Media::VideoNote => json!({ "length": 240, "duration": 3 }),
        Media::Document => {
            let mut details = json!({});
            put(&mut details, "file_name", name);
            put(
                &mut details,
                "mime_type",
                stored.and_then(|stored| stored.mime_type.as_ref()),
            );
            details
        }
    };
    let file = merged(file, details);
    if kind == Media::Photo { json!([file]) } else { file }
}
