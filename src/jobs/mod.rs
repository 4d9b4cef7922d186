//! What runs beside the chat: delivering, watching the time of cases, telling what is
//! known now, reminding of events, telling many what staff wrote, telling staff the
//! figures of the week, and clearing away.
//!
//! Every loop has one form: a step that looks at the store and says when to look again, then a wait for that moment,
//! a wake-up or the end. Nothing sleeps for a time that a standing clock would never reach.

pub mod broadcast;
mod days;
pub mod deliver;
pub mod desk;
mod leap;
mod left_over;
pub mod news;
pub mod pace;
pub mod reload;
pub mod remind;
pub mod sweep;
pub mod weekly;
