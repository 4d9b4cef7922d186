//! The city's events: what is known of each, when they are, reading and writing them.
//!
//! [`Event`] is the one form; it comes from entries ([`of_entry`]), from staff, from calendar files ([`ics`]) and from
//! the tables that municipalities publish ([`csv`]). [`Calendar`] is all of them at one moment. Dates that only follow
//! from a rule ("every second Sunday of May") are never certain, and nothing here claims that they are.

pub mod calendar;
pub mod csv;
pub mod event;
pub mod ics;
mod kinds;
pub mod merging;
pub mod month;
pub mod of_entry;
pub mod problem;
mod rule;
pub mod said_when;
#[cfg(test)]
pub(crate) mod sample;
mod when;

pub use crate::knowledge::event::{
    BadEventId, BadWhen, Coordinates, Days, EventId, Hours, Kind, Link, Rule, SignUp, Texts, When,
};
pub use calendar::{Calendar, Coming, Filter};
pub use event::{Event, Origin, Place, Standing};
pub use merging::{Kept, Merged, WhyKept, merge};
pub use month::YearMonth;
pub use of_entry::of_entry;
pub use problem::{Imported, Problem, Reading, Wrong};
