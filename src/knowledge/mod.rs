//! What the concierge knows: entries, sources, rules, ways of asking; and the checks that keep them honest.

pub mod as_of;
pub mod check;
pub mod decision;
pub mod entry;
pub mod event;
pub mod folder;
pub mod holidays;
pub mod jsonl;
pub mod load;
pub mod parse;
pub mod problem;
pub mod revision;
pub mod rules;
mod table;
pub mod tables;

pub use as_of::AsOf;
pub use decision::{Decision, First, products};
pub use entry::{Citation, Entry, EntryId, HandoverOffer, SourceRef, Status};
pub use event::Event;
pub use holidays::Holidays;
pub use jsonl::load_jsonl;
pub use load::load;
pub use problem::Problem;
pub use revision::{Asks, Concept, Phrasing, Reliability, Revision, RevisionId, RuleKind, Source};
pub use rules::{Example, Rule};
