//! Finds out what a mover's words mean.

mod asked_for;
pub mod bm25;
pub mod check;
pub mod concepts;
pub mod danger;
pub mod denial;
pub mod engine;
pub mod evidence;
pub mod features;
pub mod followup;
pub mod index;
pub mod kept;
pub mod language;
pub mod likeness;
pub mod linear;
mod listed;
pub mod nearest;
pub mod normalize;
pub mod numbers;
pub mod offering;
pub mod parts;
pub mod patterns;
mod ranking;
pub mod required;
pub mod romaji;
pub mod rows;
pub mod rules;
pub mod threads;
pub mod tokens;
pub mod town_hall;
pub mod verdict;

pub use engine::{BuildError, Understanding};
pub use verdict::{Candidate, Handover, Outcome, Setting, Trace, Verdict};
