//! A conversation with one mover, as a pure step.

pub mod button;
pub mod inline;
pub mod input;
pub mod note;
pub mod state;
pub mod step;
