//! Who takes part in an event: requests made in the chat, decided by staff, counted against the places there are.
//!
//! [`SignUpList`] is all requests for one event and how they may change; [`Form`] is a request in the making; [`terms`]
//! says whether an event takes requests at all. Nothing is asked for that is not needed on the day.

pub mod button;
pub mod change;
pub mod csv;
pub mod form;
pub mod list;
#[cfg(test)]
pub(crate) mod sample;
pub mod terms;
pub mod values;

pub use button::SignUpButton;
pub use change::{Change, What};
pub use form::{Form, Stage};
pub use list::{By, Filled, Number, Refused, SignUp, SignUpList, State};
pub use terms::{Closed, Terms};
pub use values::{CallName, People, Remark};
