//! A conversation with one mover, as a pure step.
//!
//! [`step::step`] turns what is remembered and what happened into what is remembered next and what is sent. One file
//! holds what is done about one kind of input; `turn.rs` is what they share.

pub mod answer;
pub mod button;
pub mod commands;
pub mod desk;
pub mod events;
pub mod inline;
pub mod input;
pub mod masking;
pub mod note;
pub mod privacy;
pub mod state;
pub mod step;
pub mod wanted;

mod asking;
mod held;
mod keyboards;
mod menu;
mod settings;
mod starting;
mod tapping;
mod turn;
mod wishing;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod stories;

pub use answer::{Answer, Cited, Notice, compose};
pub use asking::LONGEST_QUESTION;
pub use button::{Button, StaleButton};
pub use commands::{command_named, commands};
pub use desk::{Desk, ForDesk, Hands};
pub use events::{ApplyTap, Deed, Pushed, PushedTo, event_in_view, is_late, is_told, pushed};
pub use inline::{InlineResult, inline_results};
pub use input::{Command, Input, Unreadable};
pub use masking::masked;
pub use note::{Came, Note};
pub use privacy::{Keeping, PrivacyTap, Privately, Retention};
pub use state::{Asked, Conversation, Tried, Wish, WishReason};
pub use step::{Senses, Step, step};
pub use wanted::{Wanted, answer_wanted};
