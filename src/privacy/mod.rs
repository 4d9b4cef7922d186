//! What is kept of one person, all of it: shown to them as a file, and forgotten when they wish so. Pure.

pub mod leaving;
pub mod record;

mod fields;
mod file;

pub use file::file;
pub use leaving::{Leaving, leave};
pub use record::{PersonalRecord, Unsent};
