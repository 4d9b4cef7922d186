//! What staff tell many at once: written, looked at, sent, and steered while it goes out.

mod course;
mod draft;
mod editing;
mod notice;
mod preview;
mod progress;
mod segment;
mod sheet;
mod tap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use course::{Change, Course, Next, Outcome, Reached, State, Tally, Why};
pub use draft::BroadcastDraft;
pub(super) use editing::{answered, begin, steered, tapped};
pub use notice::{BadNotice, Notice, Worded};
pub use progress::{progress, stopped_by_itself};
pub use segment::{Receivers, Segment};
pub use tap::BroadcastTap;

use crate::outgoing::{BroadcastId, UserId};

/// Something that was decided to be told to many. It never changes; how far it is stands in its [`Course`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broadcast {
    pub notice: Notice,
    pub segment: Segment,
    pub by: UserId,
    /// The colleague who looked at it too, where that is wanted.
    pub confirmed_by: Option<UserId>,
    pub at: Timestamp,
}

/// What a step does about a broadcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BroadcastStep {
    Start(Box<(Broadcast, Course)>),
    Change(BroadcastId, Change),
}
