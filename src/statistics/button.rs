//! The buttons below the figures, and their callback data.

use crate::{
    outgoing::{ButtonFace, Callback},
    statistics::period::Span,
};

/// Told apart from every other kind of button, and from older ones of this kind, by what they begin with.
const CALLBACK: Callback = Callback("t1");

/// Shows a week or a month: this one, or the one `back` periods ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatsButton {
    pub span: Span,
    pub back: u8,
}

/// Callback data that is no button of these, or no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the button is not one of the figures', or too old")]
pub struct StaleStatsButton;

impl StatsButton {
    /// The button with its words.
    #[must_use]
    pub fn face(self, label: String) -> ButtonFace {
        ButtonFace::callback(label, self.encode())
    }

    /// The callback data, at most 64 bytes.
    #[must_use]
    pub fn encode(self) -> String {
        let span = match self.span {
            Span::Week => 'w',
            Span::Month => 'm',
        };
        CALLBACK.write(format_args!("{span}:{}", self.back))
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StaleStatsButton`] for everything else.
    pub fn decode(data: &str) -> Result<Self, StaleStatsButton> {
        CALLBACK
            .read(data, Self::read, |button| button.encode())
            .ok_or(StaleStatsButton)
    }

    fn read(fields: &[&str]) -> Option<Self> {
        let (span, back) = match *fields {
            ["w", back] => (Span::Week, back),
            ["m", back] => (Span::Month, back),
            _ => return None,
        };
        let back = back.parse().ok()?;
        Some(Self { span, back })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{conversation::Button, handover::DeskButton};

    proptest! {
        #[test]
        fn every_button_comes_back_and_is_nobody_elses(weekly in any::<bool>(), back in any::<u8>()) {
            let span = if weekly { Span::Week } else { Span::Month };
            let button = StatsButton { span, back };
            let data = button.encode();
            prop_assert!(data.len() <= 64, "{data}");
            prop_assert!(Button::decode(&data).is_err() && DeskButton::decode(&data).is_err(), "{data}");
            prop_assert_eq!(StatsButton::decode(&data), Ok(button));
        }

        #[test]
        fn forged_data_is_refused_or_is_exactly_a_button(data in "(t1:)?([wm]:)?\\PC{0,70}") {
            if let Ok(button) = StatsButton::decode(&data) {
                prop_assert_eq!(button.encode(), data);
            }
        }
    }
}
