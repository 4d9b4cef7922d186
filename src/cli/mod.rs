//! The shell.

pub mod ask;
pub mod eval;
pub mod kb;
pub mod knowledge;
