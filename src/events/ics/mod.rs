//! Calendar files (RFC 5545): events as other calendars read and write them.

mod lines;
mod property;
mod read;
mod stamp;
mod write;

pub use read::read;
pub use write::{all, one};

/// What stands after an event's id in the UID of a file of ours.
const OURS: &str = "@annaka-concierge";

#[cfg(test)]
mod stories;
