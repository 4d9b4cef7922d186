//! How the concierge is used, in figures: for staff who ask (`/stats`), and once a week as a picture.
//!
//! Counted is what was asked and what came of it ([`crate::conversation::Note`]) and what happened to cases
//! ([`crate::handover::Happening`]). Neither knows a person.

pub mod button;
pub mod figures;
pub mod page;
pub mod period;
pub mod weekly;

pub use button::{StaleStatsButton, StatsButton};
pub use figures::{Figures, Outcomes, count};
pub use page::{Miss, Movers, Told, page};
pub use period::{Period, Span};
pub use weekly::{due, weekly};
