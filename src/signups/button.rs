//! The buttons by which staff decide on requests, and their callback data.
//!
//! A request is named by its event and its number, so no button carries a mover's number, and one under a card whose
//! request was changed since decides nothing.

use crate::{
    events::EventId,
    outgoing::{ButtonFace, Callback},
    signups::list::Number,
};

/// Told apart from movers' buttons and the desk's by what they begin with.
const CALLBACK: Callback = Callback("s1");

/// A button about requests, for staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignUpButton {
    Confirm(EventId, Number),
    /// Puts them on the waiting list.
    Wait(EventId, Number),
    Decline(EventId, Number),
    /// Shows the card of a request again.
    Card(EventId, Number),
    /// The events for which somebody asked.
    List,
    /// How things stand for one event.
    Event(EventId),
    /// All requests for it as a table.
    Table(EventId),
}

/// Callback data of no button here, or of one that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the button is none about requests, or too old")]
pub struct StaleSignUpButton;

impl SignUpButton {
    /// The button with its words.
    #[must_use]
    pub fn face(&self, label: String) -> ButtonFace {
        ButtonFace::callback(label, self.encode())
    }

    /// The callback data, at most 64 bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        CALLBACK.write(match self {
            Self::Confirm(event, number) => format!("c:{event}:{}", number.0),
            Self::Wait(event, number) => format!("w:{event}:{}", number.0),
            Self::Decline(event, number) => format!("d:{event}:{}", number.0),
            Self::Card(event, number) => format!("k:{event}:{}", number.0),
            Self::List => "l".to_owned(),
            Self::Event(event) => format!("e:{event}"),
            Self::Table(event) => format!("t:{event}"),
        })
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StaleSignUpButton`] for everything that is no such button.
    pub fn decode(data: &str) -> Result<Self, StaleSignUpButton> {
        CALLBACK
            .read(data, Self::read, Self::encode)
            .ok_or(StaleSignUpButton)
    }

    fn read(fields: &[&str]) -> Option<Self> {
        let event = |id: &str| id.parse().ok();
        let number = |number: &str| number.parse().ok().map(Number);
        Some(match *fields {
            ["c", id, n] => Self::Confirm(event(id)?, number(n)?),
            ["w", id, n] => Self::Wait(event(id)?, number(n)?),
            ["d", id, n] => Self::Decline(event(id)?, number(n)?),
            ["k", id, n] => Self::Card(event(id)?, number(n)?),
            ["l"] => Self::List,
            ["e", id] => Self::Event(event(id)?),
            ["t", id] => Self::Table(event(id)?),
            _ => return None,
        })
    }

    /// The event it is about.
    #[must_use]
    pub fn event(&self) -> Option<&EventId> {
        match self {
            Self::Confirm(event, _)
            | Self::Wait(event, _)
            | Self::Decline(event, _)
            | Self::Card(event, _)
            | Self::Event(event)
            | Self::Table(event) => Some(event),
            Self::List => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::outgoing::CALLBACK_LIMIT;

    fn button() -> impl Strategy<Value = SignUpButton> {
        let event = || "[A-Za-z0-9-]{1,40}".prop_map(|text| text.parse::<EventId>().unwrap());
        let both = || (event(), any::<u32>().prop_map(Number));
        prop_oneof![
            both().prop_map(|(event, number)| SignUpButton::Confirm(event, number)),
            both().prop_map(|(event, number)| SignUpButton::Wait(event, number)),
            both().prop_map(|(event, number)| SignUpButton::Decline(event, number)),
            both().prop_map(|(event, number)| SignUpButton::Card(event, number)),
            Just(SignUpButton::List),
            event().prop_map(SignUpButton::Event),
            event().prop_map(SignUpButton::Table),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_and_comes_back(button in button()) {
            let data = button.encode();
            prop_assert!(data.len() <= CALLBACK_LIMIT, "{data}");
            prop_assert_eq!(SignUpButton::decode(&data), Ok(button));
        }

        #[test]
        fn forged_data_is_refused_or_is_exactly_a_button(data in "(s1:[cwdklet]:)?[a-z0-9:+-]{0,70}") {
            if let Ok(button) = SignUpButton::decode(&data) {
                prop_assert_eq!(button.encode(), data);
            }
        }
    }

    #[test]
    fn only_the_spelling_we_write_is_ours() {
        assert!(SignUpButton::decode("s1:c:s-1:7").is_ok());
        for data in [
            "s1:c:s-1:07",
            "s1:c:s-1:+7",
            "s1:c:s-1:-7",
            "s1:c:s-1",
            "s2:c:s-1:7",
            "d1:c:s-1:7",
            "s1:l:",
            "",
        ] {
            assert_eq!(SignUpButton::decode(data), Err(StaleSignUpButton), "{data}");
        }
    }
}
