//! Events: browsing them, following them, being told of them.

pub mod applying;
mod asked;
mod asks;
mod card;
mod following;
mod listing;
pub mod pushed;
mod quiet;
mod settings;

pub use applying::{ApplyTap, Deed, event_in_view};
pub(super) use applying::{
    goes_on as form_goes_on, heard as form_heard, is_awaited as is_for_form, tapped as form_tapped,
};
pub(super) use asked::asked;
pub(super) use asks::{answered, is_awaited};
pub(super) use card::{calendar_file, open, opened_by_link, place_on_map};
pub use card::{card_of, line_of};
pub(super) use following::{follow, going, mute, unfollow};
pub use listing::kind_name;
pub(super) use listing::list;
pub use pushed::{Pushed, PushedTo, is_late, is_told, pushed};
pub(super) use settings::{show as settings, tapped as setting_tapped};
