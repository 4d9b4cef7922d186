//! The buttons for running the bot, and their callback data, in the concierge group and in owners' private chats.

use crate::{
    knowledge::RevisionId,
    outgoing::{ButtonFace, Callback},
};

/// The prefix tells these buttons from all others and from older versions.
const CALLBACK: Callback = Callback("o1");
/// A revision's name is this many hexadecimal digits.
const REVISION_DIGITS: usize = 16;

/// A button for running the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationButton {
    /// A page of what could not be delivered.
    Letters(u8),
    /// Tries one of them again; shows the page again.
    Again(u64, u8),
    /// Puts one of them away; shows the page again.
    Drop(u64, u8),
    /// Puts a kept revision of the knowledge in force.
    GoBack(RevisionId),
}

/// Callback data of no button here, or of one that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the button is none of operation, or too old")]
pub struct StaleOperationButton;

impl OperationButton {
    /// The button with its words.
    #[must_use]
    pub fn face(&self, label: String) -> ButtonFace {
        ButtonFace::callback(label, self.encode())
    }

    /// The callback data, at most 64 bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        CALLBACK.write(match self {
            Self::Letters(page) => format!("l:{page}"),
            Self::Again(letter, page) => format!("a:{letter}:{page}"),
            Self::Drop(letter, page) => format!("x:{letter}:{page}"),
            Self::GoBack(revision) => format!("r:{revision}"),
        })
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StaleOperationButton`] for everything that is no button of operation.
    pub fn decode(data: &str) -> Result<Self, StaleOperationButton> {
        CALLBACK
            .read(data, Self::read, Self::encode)
            .ok_or(StaleOperationButton)
    }

    fn read(fields: &[&str]) -> Option<Self> {
        Some(match *fields {
            ["l", page] => Self::Letters(page.parse().ok()?),
            ["a", letter, page] => Self::Again(letter.parse().ok()?, page.parse().ok()?),
            ["x", letter, page] => Self::Drop(letter.parse().ok()?, page.parse().ok()?),
            ["r", revision] if is_revision(revision) => Self::GoBack(RevisionId(revision.to_owned())),
            _ => return None,
        })
    }
}

fn is_revision(name: &str) -> bool {
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    name.len() == REVISION_DIGITS && name.bytes().all(is_digit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{conversation::Button, handover::DeskButton, outgoing::CALLBACK_LIMIT};

    fn button() -> impl Strategy<Value = OperationButton> {
        prop_oneof![
            any::<u8>().prop_map(OperationButton::Letters),
            any::<(u64, u8)>().prop_map(|(letter, page)| OperationButton::Again(letter, page)),
            any::<(u64, u8)>().prop_map(|(letter, page)| OperationButton::Drop(letter, page)),
            "[0-9a-f]{16}".prop_map(|name| OperationButton::GoBack(RevisionId(name))),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_comes_back_and_is_nobody_elses(button in button()) {
            let data = button.encode();
            prop_assert!(data.len() <= CALLBACK_LIMIT, "{data}");
            prop_assert!(Button::decode(&data).is_err() && DeskButton::decode(&data).is_err(), "{data}");
            prop_assert_eq!(OperationButton::decode(&data), Ok(button));
        }

        #[test]
        fn forged_data_is_refused_or_is_exactly_a_button(data in "(o1:[laxr]:)?\\PC{0,70}") {
            if let Ok(button) = OperationButton::decode(&data) {
                prop_assert_eq!(button.encode(), data);
            }
        }
    }
}
