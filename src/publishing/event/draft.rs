//! An event that one of the staff is entering or changing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    events::{Calendar, Event, EventId, Kind, Texts, When},
    publishing::event::Field,
};

/// An event being entered or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventDraft {
    /// A new one, of which the least is not known yet: title, time and kind, asked for in this order.
    Begun {
        title: Option<Texts>,
        when: Option<When>,
    },
    Whole(Box<WholeEvent>),
}

/// An event of which enough is known to publish it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeEvent {
    /// As it stands in the calendar; none for a new one.
    pub before: Option<Event>,
    pub event: Event,
    /// What the next words are.
    pub asks: Option<Field>,
}

impl EventDraft {
    /// What the next words are.
    #[must_use]
    pub fn asks(&self) -> Option<Field> {
        match self {
            Self::Begun { title: None, .. } => Some(Field::Title),
            Self::Begun { when: None, .. } => Some(Field::When),
            Self::Begun { .. } => None,
            Self::Whole(whole) => whole.asks,
        }
    }

    /// An event to be changed.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        Self::Whole(Box::new(WholeEvent {
            before: Some(event.clone()),
            event: event.clone(),
            asks: None,
        }))
    }
}

impl WholeEvent {
    /// A new event of which only the least is known; not confirmed.
    #[must_use]
    pub fn new(title: Texts, when: When, kind: Kind, calendar: &Calendar, now: Timestamp) -> Self {
        let event = Event::of_staff(new_id(calendar, now), kind, title, when, now);
        Self {
            before: None,
            event,
            asks: None,
        }
    }

    /// Whether a subscriber would see another event than the one in the calendar.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.before
            .as_ref()
            .is_none_or(|before| !before.looks_like(&self.event))
    }

    /// Whether the calendar still has it as it was when the change was begun.
    #[must_use]
    pub fn is_up_to_date(&self, calendar: &Calendar) -> bool {
        let kept = calendar.get(&self.event.id);
        match (&self.before, kept) {
            (None, None) => true,
            (Some(before), Some(kept)) => before.sequence == kept.sequence && before.looks_like(kept),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }
}

/// A name nobody else has: the second, and the next free one if two begin within it.
fn new_id(calendar: &Calendar, now: Timestamp) -> EventId {
    let first = u64::try_from(now.as_second()).unwrap_or_default();
    (first..)
        .map(EventId::of_staff)
        .find(|id| calendar.get(id).is_none())
        .unwrap_or_else(|| EventId::of_staff(first))
}
