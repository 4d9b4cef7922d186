//! Every button a mover can tap, and its callback data.
//!
//! Callback data is at most 64 bytes, begins with a version, and comes back from outside: decoding trusts nothing.

use crate::{
    knowledge::EntryId,
    lang::Lang,
    outgoing::{ButtonDoes, ButtonFace},
};

/// Telegram's limit for callback data, in bytes.
pub const CALLBACK_LIMIT: usize = 64;

/// Written first; buttons under old messages may carry an older one.
const VERSION: &str = "1";

/// A button of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// Shows an entry (a related topic, a menu line).
    Show(EntryId),
    /// One of the choices under "which of these did you mean".
    Choose(EntryId),
    /// None of the choices.
    NoneOfThese,
    /// "Was this right?": yes.
    Right(EntryId),
    /// "Was this right?": no.
    NotThis(EntryId),
    /// Wants to hear when more is known than this entry says.
    TellMe(EntryId),
    /// Wants a person.
    Human,
    /// A page of a category in the menu, or of the categories.
    Menu {
        category: Option<String>,
        page: u8,
    },
    Language(Lang),
    /// Shows the languages.
    Languages,
    /// How the talk with a person was, 1 to 5.
    Rate(u8),
    /// Wants to write a line about it.
    RatingLine,
    /// Has what they wanted from the person.
    EndCase,
}

/// The best rating there is; the worst is 1.
pub const MOST_STARS: u8 = 5;

/// Callback data that is not, or no longer, one of our buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the button is not one of ours, or too old")]
pub struct StaleButton;

impl Button {
    /// The button as a mover sees it.
    #[must_use]
    pub fn face(&self, label: impl Into<String>) -> ButtonFace {
        ButtonFace {
            label: label.into(),
            does: ButtonDoes::Callback(self.encode()),
        }
    }

    /// The callback data, at most [`CALLBACK_LIMIT`] bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        let body = match self {
            Self::Show(entry) => format!("s:{entry}"),
            Self::Choose(entry) => format!("c:{entry}"),
            Self::NoneOfThese => "n".to_owned(),
            Self::Right(entry) => format!("r:{entry}"),
            Self::NotThis(entry) => format!("x:{entry}"),
            Self::TellMe(entry) => format!("w:{entry}"),
            Self::Human => "h".to_owned(),
            Self::Menu { category: None, page } => format!("m:{page}"),
            Self::Menu {
                category: Some(category),
                page,
            } => format!("m:{page}:{category}"),
            Self::Language(lang) => format!("l:{lang}"),
            Self::Languages => "l".to_owned(),
            Self::Rate(stars) => format!("k:{stars}"),
            Self::RatingLine => "k".to_owned(),
            Self::EndCase => "e".to_owned(),
        };
        format!("{VERSION}:{body}")
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StaleButton`] for other versions, forged or damaged data.
    pub fn decode(data: &str) -> Result<Self, StaleButton> {
        if data.len() > CALLBACK_LIMIT {
            return Err(StaleButton);
        }
        let mut parts = data.splitn(4, ':');
        if parts.next() != Some(VERSION) {
            return Err(StaleButton);
        }
        let entry = |text: &str| text.parse::<EntryId>().map_err(|_| StaleButton);
        match (parts.next(), parts.next(), parts.next()) {
            (Some("s"), Some(id), None) => entry(id).map(Self::Show),
            (Some("c"), Some(id), None) => entry(id).map(Self::Choose),
            (Some("n"), None, None) => Ok(Self::NoneOfThese),
            (Some("r"), Some(id), None) => entry(id).map(Self::Right),
            (Some("x"), Some(id), None) => entry(id).map(Self::NotThis),
            (Some("w"), Some(id), None) => entry(id).map(Self::TellMe),
            (Some("h"), None, None) => Ok(Self::Human),
            (Some("m"), Some(page), category) => Ok(Self::Menu {
                page: page.parse().map_err(|_| StaleButton)?,
                category: category.map(|name| entry(name).map(String::from)).transpose()?,
            }),
            (Some("l"), Some(tag), None) => Lang::from_tag(tag).map(Self::Language).ok_or(StaleButton),
            (Some("l"), None, None) => Ok(Self::Languages),
            (Some("k"), Some(stars), None) => stars_of(stars).map(Self::Rate),
            (Some("k"), None, None) => Ok(Self::RatingLine),
            (Some("e"), None, None) => Ok(Self::EndCase),
            _ => Err(StaleButton),
        }
    }
}

fn stars_of(text: &str) -> Result<u8, StaleButton> {
    let stars = text.parse().map_err(|_| StaleButton)?;
    (1..=MOST_STARS)
        .contains(&stars)
        .then_some(stars)
        .ok_or(StaleButton)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry_id() -> impl Strategy<Value = EntryId> {
        "[a-z0-9]{1,8}(-[a-z0-9]{1,7}){0,4}".prop_map(|text| text.parse().unwrap())
    }

    fn button() -> impl Strategy<Value = Button> {
        prop_oneof![
            entry_id().prop_map(Button::Show),
            entry_id().prop_map(Button::Choose),
            Just(Button::NoneOfThese),
            entry_id().prop_map(Button::Right),
            entry_id().prop_map(Button::NotThis),
            entry_id().prop_map(Button::TellMe),
            Just(Button::Human),
            (proptest::option::of("[a-z]{1,20}"), any::<u8>())
                .prop_map(|(category, page)| Button::Menu { category, page }),
            proptest::sample::select(Lang::ALL.to_vec()).prop_map(Button::Language),
            Just(Button::Languages),
            (1..=MOST_STARS).prop_map(Button::Rate),
            Just(Button::RatingLine),
            Just(Button::EndCase),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_and_comes_back(button in button()) {
            let data = button.encode();
            prop_assert!(data.len() <= CALLBACK_LIMIT, "{data}");
            prop_assert_eq!(Button::decode(&data), Ok(button));
        }

        #[test]
        fn forged_data_is_refused_or_is_exactly_a_button(data in "\\PC{0,80}") {
            if let Ok(button) = Button::decode(&data) {
                prop_assert_eq!(Button::decode(&button.encode()), Ok(button));
            }
        }
    }

    #[test]
    fn a_button_of_another_version_is_stale() {
        assert_eq!(Button::decode("0:h"), Err(StaleButton));
        assert_eq!(Button::decode("1:s:../../etc"), Err(StaleButton));
        assert_eq!(Button::decode(""), Err(StaleButton));
    }
}
