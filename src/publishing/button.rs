//! The buttons under what staff write, and their callback data.
//!
//! A button under something being written names who writes it and which edition it shows, so that nothing is published
//! but what stands above the button.

use crate::{
    events::{EventId, Kind, Standing},
    outgoing::{BroadcastId, ButtonFace, Callback, UserId},
    publishing::{
        broadcast::{BroadcastTap, Change},
        event::Field,
    },
};

/// Told apart from all other buttons by what they begin with.
const CALLBACK: Callback = Callback("p1");

/// A button of what staff publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishButton {
    /// A page of the events.
    Events(u8),
    NewEvent,
    /// Looks at an event, to change it.
    Open(EventId),
    /// About what somebody is writing.
    Writing {
        by: UserId,
        edition: u32,
        tap: WritingTap,
    },
    /// About what is being told to many.
    Broadcast {
        id: BroadcastId,
        change: Change,
    },
}

/// What is done about something being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WritingTap {
    /// Asks for one of the details of an event.
    Ask(Field),
    /// Shows the kinds of events.
    Kinds,
    Kind(Kind),
    /// The bot takes the names, or not.
    InChat(bool),
    Standing(Standing),
    Publish,
    /// Back from a question to what is being written.
    Back,
    Discard,
    Broadcast(BroadcastTap),
}

/// Callback data that is none of these buttons, or no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the button is not one of those for publishing, or too old")]
pub struct StalePublishButton;

impl PublishButton {
    /// The button with its words.
    #[must_use]
    pub fn face(&self, label: impl Into<String>) -> ButtonFace {
        ButtonFace::callback(label, self.encode())
    }

    /// The callback data, at most 64 bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        CALLBACK.write(match self {
            Self::Events(page) => format!("l:{page}"),
            Self::NewEvent => "n".to_owned(),
            Self::Open(event) => format!("o:{event}"),
            Self::Writing { by, edition, tap } => format!("w:{}:{edition}:{}", by.0, tap.encode()),
            Self::Broadcast { id, change } => format!("b:{}:{}", id.0, change_name(*change)),
        })
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StalePublishButton`] for everything that is no button of this kind.
    pub fn decode(data: &str) -> Result<Self, StalePublishButton> {
        CALLBACK
            .read(data, Self::read, Self::encode)
            .ok_or(StalePublishButton)
    }

    fn read(fields: &[&str]) -> Option<Self> {
        Some(match *fields {
            ["l", page] => Self::Events(page.parse().ok()?),
            ["n"] => Self::NewEvent,
            ["o", event] => Self::Open(event.parse().ok()?),
            ["w", by, edition, tap] => Self::Writing {
                by: UserId(by.parse().ok()?),
                edition: edition.parse().ok()?,
                tap: WritingTap::decode(tap)?,
            },
            ["b", id, change] => Self::Broadcast {
                id: BroadcastId(id.parse().ok()?),
                change: CHANGES.into_iter().find(|known| change_name(*known) == change)?,
            },
            _ => return None,
        })
    }
}

const CHANGES: [Change; 3] = [Change::Pause, Change::Resume, Change::Cancel];

fn change_name(change: Change) -> &'static str {
    match change {
        Change::Pause => "p",
        Change::Resume => "r",
        Change::Cancel => "x",
    }
}

impl WritingTap {
    fn encode(self) -> String {
        match self {
            Self::Ask(field) => format!("a.{}", field.as_str()),
            Self::Kinds => "k".to_owned(),
            Self::Kind(kind) => format!("k.{kind}"),
            Self::InChat(true) => "c.y".to_owned(),
            Self::InChat(false) => "c.n".to_owned(),
            Self::Standing(standing) => format!("s.{}", standing_name(standing)),
            Self::Publish => "p".to_owned(),
            Self::Back => "b".to_owned(),
            Self::Discard => "x".to_owned(),
            Self::Broadcast(tap) => format!("b.{}", tap.encode()),
        }
    }

    fn decode(text: &str) -> Option<Self> {
        let (what, of) = text.split_once('.').unwrap_or((text, ""));
        Some(match (what, of) {
            ("a", field) => Self::Ask(Field::ALL.into_iter().find(|known| known.as_str() == field)?),
            ("k", "") => Self::Kinds,
            ("k", kind) => Self::Kind(kind.parse().ok()?),
            ("c", "y") => Self::InChat(true),
            ("c", "n") => Self::InChat(false),
            ("s", standing) => Self::Standing(
                STANDINGS
                    .into_iter()
                    .find(|known| standing_name(*known) == standing)?,
            ),
            ("p", "") => Self::Publish,
            ("b", "") => Self::Back,
            ("x", "") => Self::Discard,
            ("b", tap) => Self::Broadcast(BroadcastTap::decode(tap)?),
            _ => return None,
        })
    }
}

const STANDINGS: [Standing; 3] = [Standing::Confirmed, Standing::Unconfirmed, Standing::Cancelled];

fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Confirmed => "yes",
        Standing::Unconfirmed => "open",
        Standing::Cancelled => "off",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{conversation::Button, handover::DeskButton, outgoing::CALLBACK_LIMIT};

    fn broadcast_tap() -> impl Strategy<Value = BroadcastTap> {
        prop_oneof![
            proptest::sample::select(vec![
                BroadcastTap::Words,
                BroadcastTap::Link,
                BroadcastTap::Segments,
                BroadcastTap::Everybody,
                BroadcastTap::Trial,
                BroadcastTap::Send,
                BroadcastTap::Confirm,
            ]),
            proptest::sample::select(Kind::ALL.to_vec()).prop_map(BroadcastTap::Kind),
            any::<u8>().prop_map(BroadcastTap::Events),
            any::<u8>().prop_map(BroadcastTap::Event),
        ]
    }

    fn tap() -> impl Strategy<Value = WritingTap> {
        prop_oneof![
            proptest::sample::select(Field::ALL.to_vec()).prop_map(WritingTap::Ask),
            Just(WritingTap::Kinds),
            proptest::sample::select(Kind::ALL.to_vec()).prop_map(WritingTap::Kind),
            any::<bool>().prop_map(WritingTap::InChat),
            proptest::sample::select(STANDINGS.to_vec()).prop_map(WritingTap::Standing),
            Just(WritingTap::Publish),
            Just(WritingTap::Back),
            Just(WritingTap::Discard),
            broadcast_tap().prop_map(WritingTap::Broadcast),
        ]
    }

    fn button() -> impl Strategy<Value = PublishButton> {
        let event = "[a-z0-9]{1,8}(-[a-z0-9]{1,7}){0,4}".prop_map(|text| text.parse().unwrap());
        prop_oneof![
            any::<u8>().prop_map(PublishButton::Events),
            Just(PublishButton::NewEvent),
            event.prop_map(PublishButton::Open),
            (any::<i64>(), any::<u32>(), tap()).prop_map(|(by, edition, tap)| PublishButton::Writing {
                by: UserId(by),
                edition,
                tap
            }),
            (any::<u64>(), proptest::sample::select(CHANGES.to_vec())).prop_map(|(id, change)| {
                PublishButton::Broadcast {
                    id: BroadcastId(id),
                    change,
                }
            }),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_comes_back_and_is_nobody_elses(button in button()) {
            let data = button.encode();
            prop_assert!(data.len() <= CALLBACK_LIMIT, "{data}");
            prop_assert!(Button::decode(&data).is_err() && DeskButton::decode(&data).is_err(), "{data}");
            prop_assert_eq!(PublishButton::decode(&data), Ok(button));
        }

        #[test]
        fn forged_data_is_refused_or_is_exactly_a_button(data in "(p1:)?\\PC{0,70}") {
            if let Ok(button) = PublishButton::decode(&data) {
                prop_assert_eq!(button.encode(), data);
            }
        }
    }
}
