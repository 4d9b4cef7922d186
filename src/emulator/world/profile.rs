//! A person as Telegram knows them.

use serde::{Deserialize, Serialize};

/// The account Telegram shows in place of an administrator who writes as the group.
pub const ANONYMOUS_ADMIN: i64 = 1_087_968_824;

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub id: i64,
    pub name: String,
    pub username: Option<String>,
    /// The language of the person's app, as Telegram passes it on.
    pub language: Option<String>,
    pub role: Role,
}

/// A person's role for the concierge; staff are members of the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Mover,
    Staff,
}
