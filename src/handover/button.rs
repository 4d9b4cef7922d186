//! The buttons staff tap, and their callback data.
//!
//! Whose case a button is about follows from the topic it stands in, so no button carries a mover's number, and one
//! that was forwarded elsewhere is about nobody.

use crate::{
    handover::case::Reason,
    knowledge::EntryId,
    outgoing::{ButtonDoes, ButtonFace, MessageId, UserId},
};

/// Told apart from a mover's buttons, and from older ones of this kind, by what they begin with.
const VERSION: &str = "d1";
/// Telegram's limit for callback data, in bytes.
const CALLBACK_LIMIT: usize = 64;

/// A button of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskButton {
    Take,
    /// From an owner who lets the mover wait.
    TakeOver,
    Release,
    /// Shows to whom the case can be handed.
    Colleagues,
    HandOn(UserId),
    /// Shows the reasons for closing.
    Reasons,
    Close(Reason),
    Reopen,
    /// Shows until when the case can rest.
    Rests,
    Snooze(Rest),
    /// Back from a choice to the card.
    Back,
    /// Sends an entry's text to the mover.
    Suggest(EntryId),
    /// Takes the case and passes these words on.
    TakeAndSend(MessageId),
    /// These words stay among staff.
    KeepAsNote(MessageId),
    /// Makes the draft of an entry out of these words.
    Learn(MessageId),
    /// A page of the list of cases.
    Cases(CaseFilter, u8),
    /// A page of the questions nobody could answer.
    Unanswered(u8),
}

/// Until when a case rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    Hour,
    /// Until the desk opens again.
    NextDeskDay,
    /// For three days of the desk's.
    ThreeDays,
}

impl Rest {
    pub const ALL: [Self; 3] = [Self::Hour, Self::NextDeskDay, Self::ThreeDays];
}

/// Which cases a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseFilter {
    /// Everything that is not closed.
    Live,
    /// Nobody has taken them, or their mover waits.
    Waiting,
    /// Those of whoever looks.
    Mine,
    Closed,
}

impl CaseFilter {
    pub const ALL: [Self; 4] = [Self::Live, Self::Waiting, Self::Mine, Self::Closed];
}

/// Callback data that is none of the desk's buttons, or no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the button is not one of the desk's, or too old")]
pub struct StaleDeskButton;

impl DeskButton {
    /// The button with its words.
    #[must_use]
    pub fn face(&self, label: String) -> ButtonFace {
        ButtonFace {
            label,
            does: ButtonDoes::Callback(self.encode()),
        }
    }

    /// The callback data, at most 64 bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        let body = match self {
            Self::Take => "t".to_owned(),
            Self::TakeOver => "o".to_owned(),
            Self::Release => "r".to_owned(),
            Self::Colleagues => "h".to_owned(),
            Self::HandOn(to) => format!("h:{}", to.0),
            Self::Reasons => "c".to_owned(),
            Self::Close(reason) => format!("c:{}", place(&Reason::ALL, reason)),
            Self::Reopen => "e".to_owned(),
            Self::Rests => "z".to_owned(),
            Self::Snooze(rest) => format!("z:{}", place(&Rest::ALL, rest)),
            Self::Back => "b".to_owned(),
            Self::Suggest(entry) => format!("g:{entry}"),
            Self::TakeAndSend(message) => format!("s:{}", message.0),
            Self::KeepAsNote(message) => format!("n:{}", message.0),
            Self::Learn(message) => format!("k:{}", message.0),
            Self::Cases(filter, page) => format!("l:{}:{page}", place(&CaseFilter::ALL, filter)),
            Self::Unanswered(page) => format!("u:{page}"),
        };
        format!("{VERSION}:{body}")
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StaleDeskButton`] for everything that is no button of the desk.
    pub fn decode(data: &str) -> Result<Self, StaleDeskButton> {
        if data.len() > CALLBACK_LIMIT {
            return Err(StaleDeskButton);
        }
        let mut parts = data.splitn(4, ':');
        if parts.next() != Some(VERSION) {
            return Err(StaleDeskButton);
        }
        let read = match (parts.next(), parts.next(), parts.next()) {
            (Some("t"), None, None) => Some(Self::Take),
            (Some("o"), None, None) => Some(Self::TakeOver),
            (Some("r"), None, None) => Some(Self::Release),
            (Some("h"), None, None) => Some(Self::Colleagues),
            (Some("h"), Some(to), None) => number(to).map(|to| Self::HandOn(UserId(to))),
            (Some("c"), None, None) => Some(Self::Reasons),
            (Some("c"), Some(reason), None) => at(&Reason::ALL, reason).map(Self::Close),
            (Some("e"), None, None) => Some(Self::Reopen),
            (Some("z"), None, None) => Some(Self::Rests),
            (Some("z"), Some(rest), None) => at(&Rest::ALL, rest).map(Self::Snooze),
            (Some("b"), None, None) => Some(Self::Back),
            (Some("g"), Some(entry), None) => entry.parse().ok().map(Self::Suggest),
            (Some("s"), Some(id), None) => message(id).map(Self::TakeAndSend),
            (Some("n"), Some(id), None) => message(id).map(Self::KeepAsNote),
            (Some("k"), Some(id), None) => message(id).map(Self::Learn),
            (Some("l"), Some(filter), Some(page)) => at(&CaseFilter::ALL, filter)
                .zip(number(page))
                .map(|(filter, page)| Self::Cases(filter, page)),
            (Some("u"), Some(page), None) => number(page).map(Self::Unanswered),
            _ => None,
        };
        // Numbers have several spellings; only the one we write is ours.
        read.filter(|button| button.encode() == data)
            .ok_or(StaleDeskButton)
    }
}

fn place<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|other| other == one).unwrap_or_default()
}

fn at<T: Copy>(all: &[T], place: &str) -> Option<T> {
    all.get(number::<usize>(place)?).copied()
}

fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.parse().ok()
}

fn message(text: &str) -> Option<MessageId> {
    number(text).map(MessageId)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::conversation::Button;

    fn button() -> impl Strategy<Value = DeskButton> {
        let message = || any::<i32>().prop_map(MessageId);
        let entry = "[a-z0-9]{1,8}(-[a-z0-9]{1,7}){0,4}".prop_map(|text| text.parse().unwrap());
        prop_oneof![
            Just(DeskButton::Take),
            Just(DeskButton::TakeOver),
            Just(DeskButton::Release),
            Just(DeskButton::Colleagues),
            any::<i64>().prop_map(|to| DeskButton::HandOn(UserId(to))),
            Just(DeskButton::Reasons),
            proptest::sample::select(Reason::ALL.to_vec()).prop_map(DeskButton::Close),
            Just(DeskButton::Reopen),
            Just(DeskButton::Rests),
            proptest::sample::select(Rest::ALL.to_vec()).prop_map(DeskButton::Snooze),
            Just(DeskButton::Back),
            entry.prop_map(DeskButton::Suggest),
            message().prop_map(DeskButton::TakeAndSend),
            message().prop_map(DeskButton::KeepAsNote),
            message().prop_map(DeskButton::Learn),
            (proptest::sample::select(CaseFilter::ALL.to_vec()), any::<u8>())
                .prop_map(|(filter, page)| DeskButton::Cases(filter, page)),
            any::<u8>().prop_map(DeskButton::Unanswered),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_comes_back_and_is_no_movers(button in button()) {
            let data = button.encode();
            prop_assert!(data.len() <= CALLBACK_LIMIT, "{data}");
            prop_assert!(Button::decode(&data).is_err(), "{data}");
            prop_assert_eq!(DeskButton::decode(&data), Ok(button));
        }

        #[test]
        fn forged_data_is_refused_or_is_exactly_a_button(data in "(d1:)?\\PC{0,70}") {
            if let Ok(button) = DeskButton::decode(&data) {
                prop_assert_eq!(button.encode(), data);
            }
        }
    }
}
