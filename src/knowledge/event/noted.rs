//! An event as an entry notes it.

use std::{collections::BTreeMap, num::NonZeroU32};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    knowledge::event::{BadWhen, Coordinates, Kind, Link, Rule, Texts, When},
    lang::Lang,
};

/// The event of an entry, as its `[event]` table says. What is not said is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Kept")]
pub struct Event {
    pub when: When,
    /// Every entry names it; only revisions kept by earlier programs do not.
    pub kind: Option<Kind>,
    /// Every entry has one; only revisions kept by earlier programs do not.
    pub title: Option<Texts>,
    pub place: Option<Texts>,
    pub address: Option<String>,
    pub at: Option<Coordinates>,
    /// Whom it is for.
    pub audience: Option<Texts>,
    pub fee: Option<Texts>,
    pub contact: Option<Texts>,
    pub sign_up: Option<SignUp>,
    /// By which it comes again.
    pub rule: Option<Rule>,
    /// A date derived from a rule is not confirmed, and is never pushed.
    pub confirmed: bool,
    pub cancelled: bool,
}

/// How one signs up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignUp {
    pub link: Option<Link>,
    /// The last moment at which one can.
    pub deadline: Option<Timestamp>,
    /// How many can take part.
    pub capacity: Option<NonZeroU32>,
    /// In words: by telephone, at the counter.
    pub how: Option<Texts>,
    /// The bot itself takes the names.
    pub in_chat: bool,
}

impl Event {
    /// An event of which nothing but its time is known; not confirmed.
    #[must_use]
    pub fn at(when: When) -> Self {
        Self {
            when,
            kind: None,
            title: None,
            place: None,
            address: None,
            at: None,
            audience: None,
            fee: None,
            contact: None,
            sign_up: None,
            rule: None,
            confirmed: false,
            cancelled: false,
        }
    }
}

/// As it lies in the store: today's form, or the one of programs that knew only moments, a place and whether it is
/// confirmed.
#[derive(Deserialize)]
struct Kept {
    when: Option<When>,
    starts: Option<Timestamp>,
    ends: Option<Timestamp>,
    kind: Option<Kind>,
    title: Option<Texts>,
    #[serde(default)]
    place: Option<BTreeMap<Lang, String>>,
    address: Option<String>,
    at: Option<Coordinates>,
    audience: Option<Texts>,
    fee: Option<Texts>,
    contact: Option<Texts>,
    sign_up: Option<SignUp>,
    rule: Option<Rule>,
    confirmed: bool,
    #[serde(default)]
    cancelled: bool,
}

#[derive(Debug, thiserror::Error)]
enum BadKept {
    #[error("an event without a time")]
    NoTime,
    #[error(transparent)]
    When(#[from] BadWhen),
}

impl TryFrom<Kept> for Event {
    type Error = BadKept;

    fn try_from(kept: Kept) -> Result<Self, Self::Error> {
        let when = match (kept.when, kept.starts) {
            (Some(when), _) => when,
            // Those programs took an end at the very start for an end.
            (None, Some(starts)) => When::timed(starts, kept.ends.filter(|ends| *ends > starts))?,
            (None, None) => return Err(BadKept::NoTime),
        };
        Ok(Self {
            when,
            kind: kept.kind,
            title: kept.title,
            place: kept.place.and_then(|place| Texts::new(place).ok()),
            address: kept.address,
            at: kept.at,
            audience: kept.audience,
            fee: kept.fee,
            contact: kept.contact,
            sign_up: kept.sign_up,
            rule: kept.rule,
            confirmed: kept.confirmed,
            cancelled: kept.cancelled,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_kept_by_an_earlier_program_is_still_read() {
        let kept = r#"{"starts":"2026-02-19T00:30:00Z","ends":"2026-02-19T02:30:00Z","place":{"ja":"安中市観光機構"},"confirmed":true}"#;
        let event: Event = serde_json::from_str(kept).unwrap();
        let at = |text: &str| text.parse().unwrap();
        let when = When::timed(at("2026-02-19T00:30:00Z"), Some(at("2026-02-19T02:30:00Z"))).unwrap();
        let wanted = Event {
            place: Some(Texts::only(Lang::Ja, "安中市観光機構").unwrap()),
            confirmed: true,
            ..Event::at(when)
        };
        assert_eq!(event, wanted);
        let again = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&again).unwrap(), event);
        let bare = kept
            .replace(r#"{"ja":"安中市観光機構"}"#, "{}")
            .replace("02:30:00Z", "00:30:00Z");
        let event: Event = serde_json::from_str(&bare).unwrap();
        assert_eq!(event.place, None);
    }
}
