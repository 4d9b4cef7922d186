//! What an entry says of an event: the values of its `[event]` table, each checked when it was read.
//!
//! The room of events builds on the same values; what they mean on the city's clocks is said there.

mod coordinates;
mod id;
mod kind;
mod link;
mod noted;
mod rule;
mod table;
mod texts;
mod when;

pub use coordinates::{BadCoordinates, Coordinates};
pub use id::{BadEventId, EventId};
pub use kind::{BadKind, Kind};
pub use link::{BadLink, Link};
pub use noted::{Event, SignUp};
pub use rule::{BadRule, Rule, Until};
pub(super) use table::read_event;
pub use texts::{NoText, Texts};
pub use when::{BadWhen, Days, Hours, When};
