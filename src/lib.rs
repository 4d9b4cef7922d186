//! A relocation concierge for Annaka, in Telegram.
//!
//! The rooms in reading order; `tests/tidy.rs` holds who may import whom.
//!
//! | layer | rooms |
//! |---|---|
//! | values | [`lang`], [`clock`], [`outgoing`], [`metrics`], [`crashpoints`] |
//! | pure core | [`knowledge`], [`understanding`], [`phrases`], [`events`], [`reminders`], [`signups`], [`conversation`], [`handover`], [`publishing`], [`privacy`], [`statistics`], [`picture`] |
//! | io | [`config`], [`store`] |
//! | context | [`app`] |
//! | drivers | [`bot`], [`jobs`], [`http`] |
//! | shell | [`cli`] |
//! | aside | `emulator`: Telegram's side, for the demo and the tests; knows nothing of ours |
//!
//! A message's way: an update is stored by [`bot`] before Telegram is told that it arrived; it becomes one
//! [`conversation::Input`]; a pure step turns state and input into a new state and [`outgoing`] messages; one
//! transaction of [`store`] keeps all of that; [`jobs`] delivers.

pub mod app;
pub mod bot;
pub mod cli;
pub mod clock;
pub mod config;
pub mod conversation;
pub mod crashpoints;
#[cfg(feature = "demo")]
pub mod emulator;
pub mod events;
pub mod handover;
pub mod http;
pub mod jobs;
pub mod knowledge;
pub mod lang;
pub mod metrics;
pub mod outgoing;
pub mod phrases;
pub mod picture;
pub mod privacy;
pub mod publishing;
pub mod reminders;
pub mod signups;
pub mod statistics;
pub mod store;
pub mod understanding;
