//! Signing up for an event: a mover is asked for as little as can be, one question at a time, and hears how it stands.
//!
//! Questions of another kind, commands and other buttons leave the form alone.

mod asking;
mod hearing;
mod questions;
mod said;
mod standing;
mod tap;
mod told;
mod words;

use crate::{
    conversation::{
        button::Button,
        input::{Command, Input},
        state::Conversation,
    },
    events::EventId,
};

pub(in crate::conversation) use asking::{goes_on, heard, tapped};
pub(in crate::conversation) use hearing::is_awaited;
pub(super) use standing::{add_to_card, buttons};
pub use tap::{ApplyTap, Deed};
pub use told::told;
pub use words::{facts, standing};

/// The event whose requests a step has to look at: the one whose card is opened, or whose form is filled in. An ordinary
/// question looks at none.
#[must_use]
pub fn event_in_view(conversation: &Conversation, input: &Input) -> Option<EventId> {
    match input {
        Input::Tap {
            button: Ok(Button::Event(id)),
            ..
        } => Some(id.clone()),
        Input::Tap {
            button: Ok(Button::Apply(tap)),
            ..
        } => Some(tap.event.clone()),
        Input::Command(Command::Start(Some(payload))) => payload.strip_prefix("ev_")?.parse().ok(),
        Input::Question { .. } => conversation.form.as_ref().map(|form| form.event.clone()),
        _ => None,
    }
}
