//! What runs beside the chat: delivering, watching the time of cases, answering what people asked to be told, reminding
//! of events, telling many what staff wrote, telling staff the figures of the week and owners what is left over, taking
//! the knowledge anew, and clearing away.
//!
//! Most loops have one form: a step that looks at the store and says when to look again, then a wait for that moment, a
//! wake-up or the end. Waits go through [`crate::app::pause_until`], so that a test can move the clock.

pub mod broadcast;
pub mod deliver;
pub mod desk;
mod leap;
mod left_over;
mod lost_days;
pub mod pace;
pub mod reload;
pub mod remind;
pub mod sweep;
pub mod wanted;
pub mod weekly;
