//! Requests for the tests of this room and its neighbours.

use std::num::NonZeroU32;

use jiff::Timestamp;

use crate::{
    events::{Event, SignUp as HowToSignUp, sample::at},
    outgoing::UserId,
    signups::{By, CallName, Filled, People, SignUpList},
};

pub(crate) fn now() -> Timestamp {
    at("2026-11-21T10:00")
}

pub(crate) fn by() -> By {
    By {
        who: UserId(2001),
        at: now(),
    }
}

pub(crate) fn list() -> SignUpList {
    SignUpList::new("s-1".parse().unwrap(), now())
}

#[track_caller]
pub(crate) fn filled(name: &str, people: u8) -> Filled {
    Filled {
        name: CallName::read(name).ok(),
        people: People::try_from(people).unwrap(),
        day: None,
        note: None,
    }
}

/// The same event, with room for this many people, signing up in the chat.
pub(crate) fn open_to(capacity: u32, event: Event) -> Event {
    Event {
        sign_up: Some(HowToSignUp {
            in_chat: true,
            capacity: NonZeroU32::new(capacity),
            ..HowToSignUp::default()
        }),
        ..event
    }
}
