//! Which colleagues were seen in the concierge group: their names, so that a case can be handed to them, and what they
//! are writing there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    handover::Face,
    outgoing::UserId,
    publishing::Writing,
    store::{Store, error::Result, record::Record},
};

/// A colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub id: UserId,
    pub face: Face,
    pub seen: Timestamp,
    /// Left the group, or was removed.
    pub gone: bool,
}

impl Record for Colleague {
    const WHAT: &'static str = "member of the staff";
}

impl Record for Writing {
    const WHAT: &'static str = "what one of the staff is writing";
}

impl Store {
    /// All colleagues the bot has seen, including those who have left.
    pub async fn staff(&self) -> Result<Vec<Colleague>> {
        let staff = self.trees().staff.iter();
        staff.map(|found| found.map(|(_, one)| one)).collect()
    }

    /// What a colleague is writing outside the movers' topics, if anything.
    pub async fn writing(&self, by: UserId) -> Result<Option<Writing>> {
        self.trees().writings.get(&by)
    }
}
