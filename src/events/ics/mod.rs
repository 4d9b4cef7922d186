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

/// By which a confirmed event is likely to come again; other calendars would take those dates for confirmed as well.
const OUR_RULE: &str = "X-ANNAKA-LIKELY";

#[cfg(test)]
mod stories;
