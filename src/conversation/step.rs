//! Stand-in until the conversation is merged: says back what it hears.

use jiff::Timestamp;

use crate::{
    conversation::{input::Input, note::Note, state::Conversation},
    knowledge::{EntryId, Revision},
    outgoing::{Act, Buttons, Html, Outgoing, Passing, Priority},
    phrases::Phrases,
    understanding::Verdict,
};

/// What follows from one thing that happened.
pub struct Step {
    pub conversation: Conversation,
    pub outgoing: Vec<Outgoing>,
    /// The callback id is filled in by the caller.
    pub passing: Vec<Passing>,
    pub notes: Vec<Note>,
}

/// All a step may look at.
pub struct Senses<'a> {
    pub revision: &'a Revision,
    pub phrases: &'a Phrases,
    pub bot_name: &'a str,
    pub understand: &'a dyn Fn(&str, Option<&EntryId>) -> Verdict,
}

#[must_use]
pub fn step(mut conversation: Conversation, input: &Input, _senses: &Senses<'_>, now: Timestamp) -> Step {
    conversation.last_seen = now;
    let (mut outgoing, mut passing) = (Vec::new(), Vec::new());
    let html = |text: &str| Html::text(text);
    let send = |act| Outgoing {
        chat: conversation.mover.private_chat(),
        thread: None,
        priority: Priority::Reply,
        act,
    };
    match input {
        Input::Question { text, .. } if text == "panic" => panic!("told to"),
        Input::Question {
            text,
            message,
            edited: false,
        } => outgoing.push(send(Act::Send {
            html: html(text),
            buttons: Buttons::default(),
            answers: Some(*message),
        })),
        Input::Question {
            text,
            message,
            edited: true,
        } => outgoing.push(send(Act::EditAnswer {
            html: html(text),
            buttons: Buttons::default(),
            answers: *message,
        })),
        Input::Tap { .. } => passing.push(Passing::AnswerTap {
            callback: String::new(),
            note: None,
        }),
        Input::Left => conversation.reachable = false,
        Input::Returned => conversation.reachable = true,
        other => outgoing.push(send(Act::Send {
            html: html(&format!("{other:?}")),
            buttons: Buttons::default(),
            answers: None,
        })),
    }
    Step {
        conversation,
        outgoing,
        passing,
        notes: Vec::new(),
    }
}
