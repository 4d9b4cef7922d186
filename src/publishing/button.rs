//! The buttons under what staff write, and their callback data.
//!
//! A button under something being written names who writes it and which edition it shows, so that nothing is published
//! but what stands above the button.

use std::str::FromStr;

use crate::{
    events::{EventId, Kind, Standing},
    outgoing::{BroadcastId, ButtonDoes, ButtonFace, UserId},
    publishing::{
        broadcast::{BroadcastTap, Change},
        event::Field,
    },
};

/// Told apart from all other buttons by what they begin with.
const VERSION: &str = "p1";
/// Telegram's limit for callback data, in bytes.
const CALLBACK_LIMIT: usize = 64;

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
        ButtonFace {
            label: label.into(),
            does: ButtonDoes::Callback(self.encode()),
        }
    }

    /// The callback data, at most 64 bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        let body = match self {
            Self::Events(page) => format!("l:{page}"),
            Self::NewEvent => "n".to_owned(),
            Self::Open(event) => format!("o:{event}"),
            Self::Writing { by, edition, tap } => format!("w:{}:{edition}:{}", by.0, tap.encode()),
            Self::Broadcast { id, change } => format!("b:{}:{}", id.0, change_name(*change)),
        };
        format!("{VERSION}:{body}")
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StalePublishButton`] for everything that is no button of this kind.
    pub fn decode(data: &str) -> Result<Self, StalePublishButton> {
        if data.len() > CALLBACK_LIMIT {
            return Err(StalePublishButton);
        }
        let mut parts = data.splitn(5, ':');
        if parts.next() != Some(VERSION) {
            return Err(StalePublishButton);
        }
        let rest = [parts.next(), parts.next(), parts.next(), parts.next()];
        let read = match rest {
            [Some("l"), Some(page), None, None] => number(page).map(Self::Events),
            [Some("n"), None, None, None] => Some(Self::NewEvent),
            [Some("o"), Some(event), None, None] => event.parse().ok().map(Self::Open),
            [Some("b"), Some(id), Some(change), None] => Self::read_broadcast(id, change),
            [Some("w"), Some(by), Some(edition), Some(tap)] => Self::read_writing(by, edition, tap),
            _ => None,
        };
        // Numbers have several spellings; only the one we write is ours.
        read.filter(|button| button.encode() == data)
            .ok_or(StalePublishButton)
    }

    fn read_broadcast(id: &str, change: &str) -> Option<Self> {
        Some(Self::Broadcast {
            id: BroadcastId(number(id)?),
            change: CHANGES.into_iter().find(|known| change_name(*known) == change)?,
        })
    }

    fn read_writing(by: &str, edition: &str, tap: &str) -> Option<Self> {
        Some(Self::Writing {
            by: UserId(number(by)?),
            edition: number(edition)?,
            tap: WritingTap::decode(tap)?,
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

fn number<N: FromStr>(text: &str) -> Option<N> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{conversation::Button, handover::DeskButton};

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
