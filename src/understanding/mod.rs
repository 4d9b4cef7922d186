//! From a mover's words to what was meant.

pub mod verdict;

pub use verdict::{Candidate, Handover, Outcome, Setting, Trace, Verdict};
