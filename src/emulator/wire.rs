//! The world's things as the Bot API's JSON.

use serde_json::{Map, Value, json};

use super::{
    text::Formatted,
    world::{Chat, ChatKind, Content, Media, Membership, Message, Profile, Service, StoredFile, World},
};

/// A user, be it a person or the bot.
pub(crate) fn user(world: &World, id: i64) -> Value {
    match world.people.get(&id) {
        Some(person) => profile(person),
        None => bot(world),
    }
}

fn profile(person: &Profile) -> Value {
    let mut user = json!({ "id": person.id, "is_bot": false, "first_name": person.name });
    put(&mut user, "username", person.username.as_ref());
    put(&mut user, "language_code", person.language.as_ref());
    user
}

fn bot(world: &World) -> Value {
    let bot = &world.bot;
    json!({ "id": bot.id, "is_bot": true, "first_name": bot.name(), "username": bot.username })
}

/// A chat as it stands in messages.
pub(crate) fn chat(world: &World, chat: &Chat) -> Value {
    match &chat.kind {
        ChatKind::Forum { title, .. } => {
            json!({ "id": chat.id, "type": "supergroup", "title": title, "is_forum": true })
        }
        ChatKind::Private { .. } => {
            let person = world.people.get(&chat.id);
            let mut value = json!({ "id": chat.id, "type": "private" });
            put(&mut value, "first_name", person.map(|person| &person.name));
            put(
                &mut value,
                "username",
                person.and_then(|person| person.username.as_ref()),
            );
            value
        }
    }
}

/// A message with the one it answers; that one comes without its own.
pub(crate) fn message(world: &World, message: &Message) -> Value {
    let mut value = lone_message(world, message);
    // In a topic, Telegram shows a message that answers nothing as an answer to the topic's first.
    let answered = message
        .reply_to
        .as_ref()
        .map(|reply| reply.message)
        .or(message.thread);
    let answered = answered.filter(|id| *id != message.id);
    let chat = world.chats.get(&message.chat);
    if let Some(answered) = answered.and_then(|id| chat?.messages.get(&id)) {
        put(
            &mut value,
            "reply_to_message",
            Some(lone_message(world, answered)),
        );
    }
    if let Some(quote) = message.reply_to.as_ref().and_then(|reply| reply.quote.as_ref()) {
        put(
            &mut value,
            "quote",
            Some(json!({ "text": quote, "position": 0, "is_manual": true })),
        );
    }
    value
}

fn lone_message(world: &World, message: &Message) -> Value {
    let mut value = json!({
        "message_id": message.id,
        "from": user(world, message.from),
        "chat": world.chats.get(&message.chat).map(|found| chat(world, found)),
        "date": message.date.as_second(),
    });
    put(&mut value, "message_thread_id", message.thread);
    put(&mut value, "is_topic_message", message.thread.map(|_| true));
    put(&mut value, "edit_date", message.edited.map(|at| at.as_second()));
    put(
        &mut value,
        "reply_markup",
        message.keyboard.as_ref().map(|keyboard| json!(keyboard)),
    );
    put(&mut value, "media_group_id", message.album.as_ref());
    put(&mut value, "via_bot", message.via_bot.then(|| bot(world)));
    put(&mut value, "forward_origin", message.origin.map(|(from, date)| {
        json!({ "type": "user", "sender_user": user(world, from), "date": date.as_second() })
    }));
    for (name, extra) in &message.extras {
        put(&mut value, name, Some(extra));
    }
    content(world, message, &mut value);
    value
}

fn content(world: &World, message: &Message, value: &mut Value) {
    match &message.content {
        Content::Text(text) => put_words(value, "text", "entities", text),
        Content::Media {
            kind,
            file,
            file_name,
            caption,
        } => {
            let stored = world.files.get(file);
            put(
                value,
                kind.field(),
                Some(media(*kind, file, file_name.as_ref(), stored)),
            );
            if !caption.is_empty() {
                put_words(value, "caption", "caption_entities", caption);
            }
        }
        Content::Location { latitude, longitude } => {
            put(
                value,
                "location",
                Some(json!({ "latitude": latitude, "longitude": longitude })),
            );
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
        Content::Service(event) => service(world, message, event, value),
    }
}

fn service(world: &World, message: &Message, event: &Service, value: &mut Value) {
    let (name, detail) = match event {
        Service::TopicCreated { name, icon_color } => (
            "forum_topic_created",
            json!({ "name": name, "icon_color": icon_color }),
        ),
        Service::TopicEdited { name } => ("forum_topic_edited", json!({ "name": name })),
        Service::TopicClosed => ("forum_topic_closed", json!({})),
        Service::TopicReopened => ("forum_topic_reopened", json!({})),
        Service::Left { user: id } => ("left_chat_member", user(world, *id)),
        Service::Pinned { message: pinned } => {
            let found = world
                .chats
                .get(&message.chat)
                .and_then(|chat| chat.messages.get(pinned));
            (
                "pinned_message",
                found.map(|found| lone_message(world, found)).unwrap_or_default(),
            )
        }
    };
    put(value, name, Some(detail));
}

fn put_words(value: &mut Value, text: &str, entities: &str, words: &Formatted) {
    put(value, text, Some(&words.text));
    put(
        value,
        entities,
        (!words.entities.is_empty()).then(|| json!(words.entities)),
    );
}

fn media(kind: Media, id: &str, name: Option<&String>, stored: Option<&StoredFile>) -> Value {
    let mut file = json!({ "file_id": id, "file_unique_id": format!("u{id}") });
    put(&mut file, "file_size", stored.map(|stored| stored.bytes.len()));
    let details = match kind {
        Media::Photo => json!({ "width": 640, "height": 480 }),
        Media::Voice => json!({ "duration": 3, "mime_type": "audio/ogg" }),
        Media::Audio => json!({ "duration": 3 }),
        Media::Sticker => {
            let kind = json!({ "type": "regular", "emoji": "🙂", "is_animated": false, "is_video": false });
            merged(kind, json!({ "width": 512, "height": 512 }))
        }
        Media::Video | Media::Animation => json!({ "width": 640, "height": 480, "duration": 3 }),
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

/// A file ready to be fetched.
pub(crate) fn file(file: &StoredFile) -> Value {
    json!({
        "file_id": file.id,
        "file_unique_id": format!("u{}", file.id),
        "file_size": file.bytes.len(),
        "file_path": file.path(),
    })
}

/// A member of the group; none for those who never were.
pub(crate) fn member(world: &World, id: i64, membership: Membership) -> Value {
    let user = user(world, id);
    match membership {
        Membership::Creator => json!({ "status": "creator", "user": user, "is_anonymous": false }),
        Membership::Administrator => merged(json!({ "status": "administrator", "user": user }), rights()),
        Membership::Member => json!({ "status": "member", "user": user }),
        Membership::Left => json!({ "status": "left", "user": user }),
        Membership::Kicked => json!({ "status": "kicked", "user": user, "until_date": 0 }),
    }
}

fn rights() -> Value {
    let granted = [
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_pin_messages",
        "can_manage_topics",
    ];
    let refused = ["can_be_edited", "is_anonymous", "can_promote_members"];
    let granted = granted.map(|right| (right, true)).into_iter();
    granted
        .chain(refused.map(|right| (right, false)))
        .map(|(right, has)| (right.to_owned(), json!(has)))
        .collect()
}

fn put(value: &mut Value, name: &str, content: Option<impl serde::Serialize>) {
    if let (Value::Object(fields), Some(content)) = (value, content) {
        fields.insert(name.to_owned(), json!(content));
    }
}

fn merged(value: Value, more: Value) -> Value {
    let mut fields = Map::new();
    for part in [value, more] {
        if let Value::Object(part) = part {
            fields.extend(part);
        }
    }
    Value::Object(fields)
}
