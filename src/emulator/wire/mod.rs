//! The world as the Bot API's JSON.

mod content;
mod message;

pub(crate) use message::{message, placeholder, resolved};

use serde_json::{Map, Value, json};

use super::world::{ANONYMOUS_ADMIN, Chat, ChatKind, Membership, Profile, StoredFile, World};

/// A user: a person, the bot, or the account Telegram shows for anonymous administrators.
pub(crate) fn user(world: &World, id: i64) -> Value {
    match world.people.get(&id) {
        Some(person) => profile(person),
        None if id == ANONYMOUS_ADMIN => {
            json!({ "id": id, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot" })
        }
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

/// A chat as messages contain it.
pub(crate) fn chat(world: &World, chat: &Chat) -> Value {
    match &chat.kind {
        ChatKind::Group {
            title,
            moved_to: Some(_),
            ..
        } => json!({ "id": chat.id, "type": "group", "title": title }),
        ChatKind::Group { title, forum, .. } => {
            let mut value = json!({ "id": chat.id, "type": "supergroup", "title": title });
            put(&mut value, "is_forum", forum.then_some(true));
            value
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

/// A file ready to fetch.
pub(crate) fn file(file: &StoredFile) -> Value {
    json!({
        "file_id": file.id,
        "file_unique_id": format!("u{}", file.id),
        "file_size": file.bytes.len(),
        "file_path": file.path(),
    })
}

/// A member of the group; `None` for those who never were.
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
