//! What has to hold between entries, sources, rules and ways of asking before the bot may answer from them.

use crate::knowledge::{problem::Problem, revision::Revision};

/// Every problem of a revision.
#[must_use]
pub fn all(_revision: &Revision) -> Vec<Problem> {
    Vec::new()
}
