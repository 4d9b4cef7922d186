//! Small worlds for this room's tests.

use std::path::Path;

use jiff::Timestamp;

use crate::{
    clock::Clock,
    conversation::{Came, Conversation, Note},
    lang::Lang,
    outgoing::{Act, Buttons, Html, MessageId, Outgoing, UpdateId, UserId, Voice},
    store::{RawUpdate, Store},
};

pub(super) fn now() -> Timestamp {
    "2026-02-10T00:00:00Z".parse().unwrap()
}

pub(super) fn open(data: &Path) -> Store {
    Store::open(data, Clock::standing_at(now())).unwrap()
}

pub(super) fn update(id: u32) -> RawUpdate {
    RawUpdate {
        id: UpdateId(id),
        json: format!("{{\"update_id\":{id}}}"),
    }
}

pub(super) fn conversation(mover: i64) -> Conversation {
    Conversation::new(UserId(mover), Lang::Ja, now())
}

pub(super) fn message(chat: i64, text: &str) -> Outgoing {
    send(chat, text, None)
}

pub(super) fn answer(chat: i64, question: i32, text: &str) -> Outgoing {
    send(chat, text, Some(MessageId(question)))
}

fn send(chat: i64, text: &str, answers: Option<MessageId>) -> Outgoing {
    let act = Act::Send {
        html: Html::text(text),
        buttons: Buttons::default(),
        answers,
    };
    Outgoing::to_person(UserId(chat), Voice::Needed, act)
}

pub(super) fn text_of(outgoing: &Outgoing) -> String {
    match &outgoing.act {
        Act::Send { html, .. } | Act::EditAnswer { html, .. } | Act::Edit { html, .. } => html.plain(),
        _ => String::new(),
    }
}

pub(super) fn asked(question: &str) -> Note {
    Note::Asked {
        question: question.to_owned(),
        lang: Lang::Ja,
        outcome: Came::Smalltalk,
        entry: None,
        at: now(),
    }
}

/// What a kill would leave of the files at this moment.
pub(super) fn copy_dir(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let target = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy_dir(&file.path(), &target);
        } else {
            match std::fs::copy(file.path(), target) {
                Ok(_) => {}
                // sled renames its files and takes them away while they are copied.
                Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => panic!("cannot copy {}: {error}", file.path().display()),
            }
        }
    }
}
