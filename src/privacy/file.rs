//! A person's record as a file they can read: every field by a name in their language, every time as the city's clocks
//! show it, every topic by its question.

use jiff::Timestamp;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value, json};

use super::{
    fields::{KEPT_BACK, NAMES},
    record::{PersonalRecord, Unsent},
};
use crate::{clock::in_city, conversation::Senses, knowledge::EntryId, lang::Lang, outgoing::File};

/// How the file is called.
const NAME: &str = "annaka-concierge-my-data.json";

/// The record as a file in this language.
#[must_use]
pub fn file(record: &PersonalRecord, lang: Lang, senses: &Senses<'_>, now: Timestamp) -> File {
    let words = Words { lang, senses };
    let readable = words.readable(&whole(record, now));
    // A tree of names and values has no part that cannot be written.
    let text = serde_json::to_string_pretty(&readable).unwrap_or_default();
    File {
        name: NAME.to_owned(),
        text: text + "\n",
    }
}

/// All of it, by the names of the store.
fn whole(record: &PersonalRecord, now: Timestamp) -> Value {
    let own_requests: Vec<Value> = record
        .sign_ups
        .iter()
        .filter_map(|list| {
            let mut request = kept(list.of(record.who)?);
            request["event"] = json!(list.event);
            Some(request)
        })
        .collect();
    let unsent = |all: &[Unsent]| -> Vec<Value> {
        let own = all.iter().filter_map(|one| {
            let words = one.words(record.who)?;
            Some(json!({ "at": one.at, "words": words }))
        });
        own.collect()
    };
    let passed_on: Vec<String> = record.passed_on.iter().map(|html| html.plain()).collect();
    json!({
        "made": now,
        "mover": record.who,
        "conversation": record.conversation.as_ref().map(kept),
        "case": record.case.as_ref().map(kept),
        // Its title names the colleague who has it.
        "topic": record.topic.as_ref().map(|(thread, _)| thread),
        "subscriber": record.subscriber,
        "reminded": record.reminded,
        "sign_ups": own_requests,
        "wanted": kept(&record.wanted),
        "drafts": kept(&record.drafts),
        "passed_on": passed_on,
        "linked": counted(record.linked),
        "waiting": unsent(&record.waiting),
        "undelivered": unsent(&record.undelivered),
        "set_aside": record.set_aside,
        "held_back": counted(record.held_back),
        "colleague": record.colleague.as_ref().map(kept),
        "writing": record.writing,
    })
}

/// None is not worth a line.
fn counted(count: usize) -> Option<usize> {
    Some(count).filter(|count| *count > 0)
}

/// As the store keeps it; what it keeps can always be written so.
fn kept(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

struct Words<'a> {
    lang: Lang,
    senses: &'a Senses<'a>,
}

/// A value with its fields in the order a person reads them.
enum Readable {
    Plain(Value),
    List(Vec<Readable>),
    Fields(Vec<(String, Readable)>),
}

impl Words<'_> {
    fn readable(&self, value: &Value) -> Readable {
        match value {
            Value::Object(fields) => self.fields(fields),
            Value::Array(all) => Readable::List(all.iter().map(|one| self.readable(one)).collect()),
            Value::String(text) => Readable::Plain(Value::String(self.said(text))),
            other => Readable::Plain(other.clone()),
        }
    }

    fn fields(&self, fields: &Map<String, Value>) -> Readable {
        let place = |name: &str| NAMES.iter().position(|(known, _)| *known == name);
        let says_something = |value: &Value| match value {
            Value::Null => false,
            Value::Array(all) => !all.is_empty(),
            Value::Object(all) => !all.is_empty(),
            _ => true,
        };
        let mut shown: Vec<(&String, &Value)> = fields
            .iter()
            .filter(|(name, value)| !KEPT_BACK.contains(&name.as_str()) && says_something(value))
            .collect();
        shown.sort_by_key(|(name, _)| place(name).unwrap_or(NAMES.len()));
        let named = shown.into_iter().map(|(name, value)| {
            let label = place(name).map(|at| self.senses.phrases.say(self.lang, &NAMES[at].1));
            (label.unwrap_or_else(|| name.clone()), self.readable(value))
        });
        Readable::Fields(named.collect())
    }

    /// Times in the city's zone, topics and events by what they are called.
    fn said(&self, text: &str) -> String {
        if let Ok(at) = text.parse::<Timestamp>() {
            return in_city(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        }
        if let Ok(id) = text.parse::<EntryId>()
            && let Some(entry) = self.senses.revision.entries.get(&id)
        {
            return entry.label_in(self.lang).to_owned();
        }
        let event = text.parse().ok().and_then(|id| self.senses.calendar.get(&id));
        match event.and_then(|event| event.title.in_lang(self.lang)) {
            Some((_, title)) => title.to_owned(),
            None => text.to_owned(),
        }
    }
}

impl Serialize for Readable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => value.serialize(serializer),
            Self::List(all) => all.serialize(serializer),
            Self::Fields(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
