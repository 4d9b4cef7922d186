//! The whole world as the page draws it.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::emulator::{
    Emulator,
    world::{Call, Chat, ChatKind, PrivateAccess, Profile, Topic, World},
};

/// How many calls the page lists.
const CALLS_SHOWN: usize = 50;

/// The state and its revision. The revision is read first, so what happens in between is at worst drawn twice.
pub(crate) fn of(emulator: &Emulator) -> Value {
    let revision = emulator.revision();
    emulator.look(|world| {
        let bot = world.bot();
        json!({
            "revision": revision,
            "now": now(world),
            "zone": world.zone,
            "bot": { "id": bot.id, "username": bot.username, "name": bot.name() },
            "people": world.people().map(|person| shown_person(world, person)).collect::<Value>(),
            "chats": chats(world),
            "commands": bot.command_lists(),
            "faults": faults(world),
            "calls": calls(world),
            "links": { "deep": format!("https://t.me/{}?start=", bot.username) },
        })
    })
}

fn now(world: &World) -> String {
    let zone = TimeZone::get(&world.zone).unwrap_or(TimeZone::UTC);
    world
        .now()
        .to_zoned(zone)
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

fn shown_person(world: &World, person: &Profile) -> Value {
    let access = world.chats.get(&person.id).and_then(Chat::access);
    json!({
        "id": person.id,
        "name": person.name,
        "username": person.username,
        "language": person.language,
        "role": person.role,
        "blocked": access == Some(PrivateAccess::Blocked),
    })
}

/// All chats except those a group left behind when it moved.
fn chats(world: &World) -> Value {
    let alive = world.chats().filter(|chat| chat.moved_to().is_none());
    alive.map(|chat| shown_chat(world, chat)).collect()
}

fn shown_chat(world: &World, chat: &Chat) -> Value {
    let (kind, title, person) = match &chat.kind {
        ChatKind::Group { title, .. } => ("supergroup", Some(title), None),
        ChatKind::Private { .. } => (
            "private",
            world.people.get(&chat.id).map(|person| &person.name),
            Some(chat.id),
        ),
    };
    let topic = |topic: &Topic| json!({ "id": topic.id, "title": topic.title, "closed": topic.closed });
    json!({
        "id": chat.id,
        "type": kind,
        "title": title,
        "person": person,
        "typing": chat.typing_until.is_some_and(|until| world.now() < until),
        "forum": chat.is_forum(),
        "topics": chat.topics().map(topic).collect::<Value>(),
        "members": chat.members().map(|(id, standing)| json!({ "id": id, "standing": standing })).collect::<Value>(),
        "messages": world.chat(chat.id),
    })
}

/// Each kind of fault still to come, with how many calls it will hit.
fn faults(world: &World) -> Map<String, Value> {
    let waiting = world.faults.waiting();
    waiting
        .map(|(fault, calls)| {
            (
                fault.name().to_owned(),
                calls.map_or(json!("all"), |calls| json!(calls)),
            )
        })
        .collect()
}

/// The last calls, without successful polls, which would drown the others.
fn calls(world: &World) -> Vec<&Call> {
    let worth_a_line = |call: &&Call| !call.ok || call.method != "getUpdates";
    let mut calls: Vec<_> = world
        .calls()
        .rev()
        .filter(worth_a_line)
        .take(CALLS_SHOWN)
        .collect();
    calls.reverse();
    calls
}
