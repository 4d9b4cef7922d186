//! Events as staff enter and change them, one detail after the other, or by a file.

mod draft;
mod editing;
mod field;
mod importing;
mod listing;
mod preview;
mod problems;

pub use draft::EventDraft;
pub(super) use editing::{answered, begin, open, tapped};
pub use field::Field;
pub use importing::Import;
pub(super) use importing::{sent, taken};
pub(super) use listing::list;
