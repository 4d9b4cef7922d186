//! Who wants to hear of which events, and when they are told.
//!
//! A [`Subscriber`] is what one person chose. A [`Planner`] turns what is known of events and people into what is due
//! between two moments; nothing waits for a time by itself, so a restart, a moved event or a changed mind needs no care.

pub mod lead;
pub mod news;
pub mod plan;
pub mod quiet;
pub mod subscriber;
pub mod told;
pub mod week;
pub mod zone;

pub use lead::Lead;
pub use news::{holds, news_of};
pub use plan::{Due, OwnDays, Planner, moments};
pub use quiet::QuietHours;
pub use subscriber::{Subject, Subscriber};
pub use told::{ReminderId, Told};
pub use zone::Zone;
