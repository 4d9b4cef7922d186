//! From a mover's words to what was meant.

pub mod engine;
pub mod verdict;

pub use engine::{BuildError, Understanding};
pub use verdict::{Candidate, Handover, Outcome, Setting, Trace, Verdict};
