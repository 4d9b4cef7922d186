//! What staff write for many, outside the movers' topics: events and what is told to everybody.
//!
//! Each of the staff writes one thing at a time ([`Writing`]): the bot asks, shows how it will look in every language, and
//! nothing is published before they say so. One pure step takes what they did ([`Did`]) and says what follows.

pub mod broadcast;
pub mod button;
pub mod event;
mod languages;
pub mod step;
pub mod writing;

pub use button::{PublishButton, WritingTap};
pub use step::{Did, NotFetched, PublishSenses, PublishStep, publish};
pub use writing::{Piece, Writing};
