//! The concierge desk, as pure steps: cases, who speaks, what waits, and what staff see of it.
//!
//! [`case`] is what is kept of a mover's case, [`changes`] how it may change. Steps come from three sides: the mover
//! ([`from_mover`]), the staff in their group ([`from_staff`]) and time ([`from_time`]). Each turns the case and what
//! happened into the next case and what to send.

pub mod afterwards;
pub mod button;
pub mod card;
pub mod case;
pub mod changes;
pub mod commands;
pub mod draft;
pub mod from_mover;
pub mod from_staff;
pub mod happening;
pub mod hours;
pub mod listing;
pub mod operation;
pub mod said;
pub mod senses;
pub mod signups;
pub mod timer;
pub mod unanswered;

mod closing;
mod holding;
mod in_topic;
mod learning;
mod opening;
mod owning;

pub use button::{CaseFilter, DeskButton};
pub use case::{Answered, Case, Closing, Face, Held, Rating, Reason, Stage};
pub use changes::Refusal;
pub use commands::commands;
pub use draft::Draft;
pub use from_mover::{FromMover, from_mover};
pub use from_staff::{Mentioned, Staff, StaffDid, TopicCommand, from_staff};
pub use happening::{Happened, Happening};
pub use hours::DeskHours;
pub use in_topic::{InTopic, Reached};
pub use operation::OperationButton;
pub use owning::owner_left;
pub use said::{Content, Said};
pub use senses::{DESK_LANG, DeskSenses, DeskStep};
pub use signups::{Decision, decide};
pub use timer::from_time;

#[cfg(test)]
mod stories;
