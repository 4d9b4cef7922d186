//! Messages as the Bot API's JSON.

use serde_json::{Value, json};

use super::{bot, chat, content::content, put, user};
use crate::emulator::{
    text::{EntityKind, Formatted},
    world::{ANONYMOUS_ADMIN, Chat, Message, Quote, World},
};

/// A link with this prefix names a person; Telegram turns it into a mention.
const PERSON_LINK: &str = "tg://user?id=";

/// A message with the one it replies to, which comes without its own.
pub(crate) fn message(world: &World, message: &Message) -> Value {
    let mut value = lone_message(world, message);
    // In a topic, Telegram shows a message that replies to nothing as a reply to the topic's first.
    let answered = message
        .reply_to
        .as_ref()
        .map(|reply| reply.message)
        .or(message.thread);
    let answered = answered
        .filter(|id| *id != message.id)
        .and_then(|id| world.message(message.chat, id));
    if let Some(answered) = answered {
        put(
            &mut value,
            "reply_to_message",
            Some(lone_message(world, answered)),
        );
        let quote = message.reply_to.as_ref().and_then(|reply| reply.quote.as_ref());
        put(&mut value, "quote", quote.map(shown_quote));
    }
    value
}

/// What is left of a message that the bot cannot see.
pub(crate) fn placeholder(world: &World, chat_id: i64, message: i32) -> Value {
    let known = world.chats.get(&chat_id).map(|found| chat(world, found));
    let kind = if chat_id > 0 { "private" } else { "supergroup" };
    let unknown = || json!({ "id": chat_id, "type": kind, "title": "?" });
    json!({ "chat": known.unwrap_or_else(unknown), "message_id": message, "date": 0 })
}

fn shown_quote(quote: &Quote) -> Value {
    let mut value = json!({ "text": quote.words.text, "position": quote.position, "is_manual": true });
    let marks = &quote.words.entities;
    put(&mut value, "entities", (!marks.is_empty()).then_some(marks));
    value
}

pub(super) fn lone_message(world: &World, message: &Message) -> Value {
    let place = world.chats.get(&message.chat);
    let shown_chat = place.map(|found| chat(world, found));
    let from = if message.anonymous {
        ANONYMOUS_ADMIN
    } else {
        message.from
    };
    let mut value = json!({
        "message_id": message.id,
        "from": user(world, from),
        "chat": shown_chat,
        "date": message.date.as_second(),
    });
    put(
        &mut value,
        "sender_chat",
        message.anonymous.then_some(shown_chat).flatten(),
    );
    let topic = message.thread.filter(|_| place.is_some_and(Chat::is_forum));
    put(
        &mut value,
        "message_thread_id",
        topic.or_else(|| reply_thread(place?, message)),
    );
    put(&mut value, "is_topic_message", topic.map(|_| true));
    let protected = place.is_some_and(|chat| chat.protected);
    put(&mut value, "has_protected_content", protected.then_some(true));
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

/// Outside topics, replies in a group form a thread named by its first message; the id looks like a topic's but is not
/// one.
fn reply_thread(chat: &Chat, message: &Message) -> Option<i32> {
    if !chat.is_group() {
        return None;
    }
    let above = |message: &Message| {
        message
            .reply_to
            .as_ref()
            .and_then(|reply| chat.messages.get(&reply.message))
    };
    let mut first = above(message)?;
    while let Some(earlier) = above(first) {
        first = earlier;
    }
    Some(first.id)
}

pub(super) fn put_words(world: &World, value: &mut Value, text: &str, entities: &str, words: &Formatted) {
    let words = resolved(world, words);
    put(value, text, Some(&words.text));
    put(
        value,
        entities,
        (!words.entities.is_empty()).then(|| json!(words.entities)),
    );
}

/// Turns links to people Telegram knows into mentions, and drops such links to anybody else.
pub(crate) fn resolved(world: &World, words: &Formatted) -> Formatted {
    let mut words = words.clone();
    words.entities.retain_mut(|entity| {
        let link = entity
            .url
            .as_deref()
            .and_then(|url| url.strip_prefix(PERSON_LINK));
        let Some(id) = link.map(str::parse::<i64>) else {
            return true;
        };
        let person = id.ok().filter(|id| world.people.contains_key(id));
        entity.kind = EntityKind::TextMention;
        entity.url = None;
        entity.user = person.map(|id| user(world, id));
        entity.user.is_some()
    });
    words
}
