//! The whole conversation: state and input in, state and words out. Pure.

use jiff::Timestamp;

use crate::{
    conversation::{
        asking, commands, input::Input, note::Note, settings, state::Conversation, tapping, turn::Turn,
    },
    knowledge::{EntryId, Revision},
    outgoing::Outgoing,
    phrases::Phrases,
    understanding::Verdict,
};

/// What came of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub conversation: Conversation,
    pub outgoing: Vec<Outgoing>,
    /// What to show on the tapped button; every tap has to be answered, with or without it.
    pub tap_note: Option<String>,
    pub notes: Vec<Note>,
}

/// What a step may look at besides the conversation.
#[derive(Clone, Copy)]
pub struct Senses<'a> {
    pub revision: &'a Revision,
    pub phrases: &'a Phrases,
    /// Without the `@`.
    pub bot_name: &'a str,
    /// What a question means, given the entry shown last.
    pub understand: &'a dyn Fn(&str, Option<&EntryId>) -> Verdict,
}

/// Answers one input.
#[must_use]
pub fn step(conversation: Conversation, input: &Input, senses: &Senses<'_>, now: Timestamp) -> Step {
    let mut turn = Turn::begin(conversation, senses, now);
    match input {
        Input::Command(command) => commands::commanded(&mut turn, command),
        Input::Question {
            text,
            message,
            edited,
        } => asking::asked(&mut turn, text, *message, *edited),
        Input::Tap { button, message } => tapping::tapped(&mut turn, button, *message),
        Input::Unreadable { kind, message } => asking::unreadable(&mut turn, *kind, *message),
        Input::Left => turn.conversation.reachable = false,
        Input::Returned => {}
    }
    settings::say_other_language_once(&mut turn);
    turn.finish()
}
