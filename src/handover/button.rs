//! The buttons staff tap, and their callback data.
//!
//! The topic a button stands in tells whose case it is about. So no button carries a mover's id, and one that was
//! forwarded elsewhere is about nobody.

use crate::{
    handover::case::Reason,
    knowledge::EntryId,
    outgoing::{ButtonFace, Callback, MessageId, UserId},
};

/// The prefix tells these buttons from movers' buttons and from older versions.
const CALLBACK: Callback = Callback("d1");

/// A button of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskButton {
    Take,
    /// From an owner who keeps the mover waiting.
    TakeOver,
    Release,
    /// Shows who the case can be handed to.
    Colleagues,
    HandOn(UserId),
    /// Shows the reasons for closing.
    Reasons,
    Close(Reason),
    Reopen,
    /// Shows how long the case can be put off.
    Rests,
    Snooze(Rest),
    /// Goes back from a choice to the card.
    Back,
    /// Sends an entry's text to the mover.
    Suggest(EntryId),
    /// Takes the case and passes these words on.
    TakeAndSend(MessageId),
    /// These words stay among staff.
    KeepAsNote(MessageId),
    /// Keeps these words as the draft of an entry.
    Learn(MessageId),
    /// A page of the list of cases.
    Cases(CaseFilter, u16),
    /// A page of the unanswered questions.
    Unanswered(u16),
}

/// Until when a case rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    Hour,
    /// Until the desk opens again.
    NextDeskDay,
    /// For three desk days.
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
    /// Those nobody has taken, or whose mover waits.
    Waiting,
    /// Those of whoever looks.
    Mine,
    Closed,
}

impl CaseFilter {
    pub const ALL: [Self; 4] = [Self::Live, Self::Waiting, Self::Mine, Self::Closed];
}

/// Callback data of no button of the desk, or of one that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the button is not one of the desk's, or too old")]
pub struct StaleDeskButton;

impl DeskButton {
    /// The button with its words.
    #[must_use]
    pub fn face(&self, label: String) -> ButtonFace {
        ButtonFace::callback(label, self.encode())
    }

    /// The callback data, at most 64 bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        CALLBACK.write(match self {
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
        })
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StaleDeskButton`] for everything that is no button of the desk.
    pub fn decode(data: &str) -> Result<Self, StaleDeskButton> {
        CALLBACK
            .read(data, Self::read, Self::encode)
            .ok_or(StaleDeskButton)
    }

    fn read(fields: &[&str]) -> Option<Self> {
        Some(match *fields {
            ["t"] => Self::Take,
            ["o"] => Self::TakeOver,
            ["r"] => Self::Release,
            ["h"] => Self::Colleagues,
            ["h", to] => Self::HandOn(UserId(to.parse().ok()?)),
            ["c"] => Self::Reasons,
            ["c", reason] => Self::Close(at(&Reason::ALL, reason)?),
            ["e"] => Self::Reopen,
            ["z"] => Self::Rests,
            ["z", rest] => Self::Snooze(at(&Rest::ALL, rest)?),
            ["b"] => Self::Back,
            ["g", entry] => Self::Suggest(entry.parse().ok()?),
            ["s", id] => Self::TakeAndSend(message(id)?),
            ["n", id] => Self::KeepAsNote(message(id)?),
            ["k", id] => Self::Learn(message(id)?),
            ["l", filter, page] => Self::Cases(at(&CaseFilter::ALL, filter)?, page.parse().ok()?),
            ["u", page] => Self::Unanswered(page.parse().ok()?),
            _ => return None,
        })
    }
}

fn place<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|other| other == one).unwrap_or_default()
}

fn at<T: Copy>(all: &[T], place: &str) -> Option<T> {
    all.get(place.parse::<usize>().ok()?).copied()
}

fn message(text: &str) -> Option<MessageId> {
    text.parse().ok().map(MessageId)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{conversation::Button, outgoing::CALLBACK_LIMIT};

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
            (proptest::sample::select(CaseFilter::ALL.to_vec()), any::<u16>())
                .prop_map(|(filter, page)| DeskButton::Cases(filter, page)),
            any::<u16>().prop_map(DeskButton::Unanswered),
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
