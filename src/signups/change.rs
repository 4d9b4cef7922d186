//! What a mover did about taking part.

use crate::signups::list::{Number, SignUp, SignUpList};

/// What a mover did to a list, and the list as it is then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub list: SignUpList,
    pub what: What,
}

/// What a mover did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Asked(Number),
    /// In place of a request of theirs that was not confirmed yet.
    Changed(Number),
    /// The request as it was before.
    Withdrew(SignUp),
}
