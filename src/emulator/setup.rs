//! What a world is created from.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{
    limits::Limits,
    world::{Profile, Role},
};

/// Tells the time.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Moves the clock that [`Now`] reads; the page has a button for it.
pub type MoveClock = Arc<dyn Fn(SignedDuration) + Send + Sync>;

/// Everything an emulator is started with.
#[derive(Clone)]
pub struct Setup {
    /// The bot's token; the number before the colon is the bot's id.
    pub token: String,
    pub bot_name: String,
    pub bot_username: String,
    pub now: Now,
    pub move_clock: Option<MoveClock>,
    /// The IANA name of the zone the page shows times in.
    pub zone: String,
    pub limits: Limits,
    pub people: Vec<Profile>,
    pub group: Option<GroupSetup>,
    /// How many of the bot's calls are remembered.
    pub calls_kept: usize,
    /// Whether to serve the page and its control API too.
    pub page: bool,
}

/// The forum group of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSetup {
    pub id: i64,
    pub title: String,
}

/// The ids of the demo's town.
pub mod town {
    pub const ANNA: i64 = 1001;
    pub const BEN: i64 = 1002;
    pub const MIO: i64 = 2001;
    pub const KEN: i64 = 2002;
    pub const GROUP: i64 = -1_001_000_000_001;
    pub const TOKEN: &str = "7000000001:demo-token-that-opens-nothing";
}

impl Setup {
    /// The demo's town: two movers, two of the staff, the concierge group.
    #[must_use]
    pub fn town(now: Now) -> Self {
        Self {
            token: town::TOKEN.to_owned(),
            bot_name: "安中コンシェルジュ".to_owned(),
            bot_username: "annaka_concierge_demo_bot".to_owned(),
            now,
            move_clock: None,
            zone: "Asia/Tokyo".to_owned(),
            limits: Limits::telegram(),
            people: vec![
                person(town::ANNA, "アンナ", "anna", "ja", Role::Mover),
                person(town::BEN, "Ben", "ben", "en", Role::Mover),
                person(town::MIO, "みお", "mio", "ja", Role::Staff),
                person(town::KEN, "けん", "ken", "ja", Role::Staff),
            ],
            group: Some(GroupSetup {
                id: town::GROUP,
                title: "安中 移住相談デスク".to_owned(),
            }),
            calls_kept: 5000,
            page: false,
        }
    }

    pub(crate) fn bot_id(&self) -> i64 {
        self.token
            .split(':')
            .next()
            .and_then(|id| id.parse().ok())
            .unwrap_or_default()
    }
}

fn person(id: i64, name: &str, username: &str, language: &str, role: Role) -> Profile {
    Profile {
        id,
        name: name.to_owned(),
        username: Some(username.to_owned()),
        language: Some(language.to_owned()),
        role,
    }
}
