//! What one person chose to hear of. Kept by the store as it is here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    events::{Event, EventId, Kind},
    outgoing::UserId,
    reminders::{Lead, QuietHours, Zone},
};

/// Somebody has at most this many lead times.
pub const MOST_LEADS: usize = 5;
/// And follows at most this many single events; whoever wants more follows their kind.
pub const MOST_EVENTS: usize = 100;

/// What can be followed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Subject {
    /// Every event of the city.
    All,
    Kind(Kind),
    Event(EventId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing by this name can be followed")]
pub struct BadSubject;

/// One person's choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscriber {
    pub mover: UserId,
    /// What they follow, and since when.
    pub follows: BTreeMap<Subject, Timestamp>,
    /// Events they do not want to hear of although they follow their kind.
    pub muted: BTreeSet<EventId>,
    /// Events they said they go to.
    pub going: BTreeSet<EventId>,
    /// How long before an event they are told.
    pub leads: BTreeSet<Lead>,
    pub quiet: Option<QuietHours>,
    pub zone: Zone,
    /// On Mondays they get the events of the coming weeks.
    pub weekly: bool,
    /// They hear nothing until they say otherwise; what they follow is kept.
    pub paused: bool,
    /// When they last chose when they are told: what was due before is not made up for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Timestamp>,
}

impl Subscriber {
    /// Somebody who follows nothing yet.
    #[must_use]
    pub fn new(mover: UserId) -> Self {
        Self {
            mover,
            follows: BTreeMap::new(),
            muted: BTreeSet::new(),
            going: BTreeSet::new(),
            leads: BTreeSet::from([Lead::WEEK, Lead::DAY]),
            quiet: Some(QuietHours::usual()),
            zone: Zone::city(),
            weekly: false,
            paused: false,
            chosen: None,
        }
    }

    /// Whether they follow this event, by itself, by its kind or with all others, and have not muted it.
    #[must_use]
    pub fn follows(&self, event: &Event) -> bool {
        self.wishes().include(event)
    }

    /// Whether they are to be told of this event now.
    #[must_use]
    pub fn hears_of(&self, event: &Event) -> bool {
        !self.paused && self.follows(event)
    }

    /// Whether they follow just this event, or go there, and not only its kind.
    #[must_use]
    pub fn waits_for(&self, event: &Event) -> bool {
        let by_itself = self.follows.contains_key(&Subject::Event(event.id.clone()));
        (by_itself || self.going.contains(&event.id)) && self.hears_of(event)
    }

    /// What they follow, made ready to be compared with many events.
    #[must_use]
    pub fn wishes(&self) -> Wishes<'_> {
        let mut wishes = Wishes {
            all: None,
            kinds: Vec::new(),
            events: self.going.iter().map(|event| (event, Timestamp::MIN)).collect(),
            muted: &self.muted,
            chosen: self.chosen,
        };
        for (subject, since) in &self.follows {
            match subject {
                Subject::All => wishes.all = Some(*since),
                Subject::Kind(kind) => wishes.kinds.push((*kind, *since)),
                Subject::Event(event) => {
                    wishes.events.entry(event).or_insert(*since);
                }
            }
        }
        wishes
    }

    /// Follows something more. To follow again is to want to hear again.
    ///
    /// # Errors
    /// When they follow [`MOST_EVENTS`] single events already.
    pub fn follow(&mut self, subject: Subject, now: Timestamp) -> Result<(), TooMany> {
        if let Subject::Event(event) = &subject {
            let single = |subject: &&Subject| matches!(subject, Subject::Event(_));
            let known = self.follows.contains_key(&subject);
            if !known && self.follows.keys().filter(single).count() >= MOST_EVENTS {
                return Err(TooMany);
            }
            if self.muted.remove(event) {
                self.chosen = Some(now);
            }
        }
        if self.paused {
            self.paused = false;
            self.chosen = Some(now);
        }
        self.follows.entry(subject).or_insert(now);
        Ok(())
    }

    /// Goes to an event, or asked to take part: they hear of what becomes of it.
    pub fn goes_to(&mut self, event: &EventId, now: Timestamp) {
        let wanted_it_not = self.muted.remove(event);
        if self.going.insert(event.clone()) || wanted_it_not {
            self.chosen = Some(now);
        }
    }

    /// Takes part in an event: they are reminded of it, unless they have paused; others decided this, so the pause goes
    /// on. Those who follow very many go there all the same.
    pub fn takes_part(&mut self, event: &EventId, now: Timestamp) {
        let paused = self.paused;
        self.goes_to(event, now);
        let _too_many = self.follow(Subject::Event(event.clone()), now);
        self.paused = paused;
    }

    /// Does not take part in an event after all; what they hear of its kind stays.
    pub fn stays_away(&mut self, event: &EventId) {
        self.going.remove(event);
        self.unfollow(&Subject::Event(event.clone()));
    }

    /// Follows something no more.
    pub fn unfollow(&mut self, subject: &Subject) {
        self.follows.remove(subject);
    }

    /// Wants to hear nothing more of this event, however they came to hear of it.
    pub fn mute(&mut self, event: &EventId) {
        self.follows.remove(&Subject::Event(event.clone()));
        self.going.remove(event);
        if !self.follows.is_empty() {
            self.muted.insert(event.clone());
        }
    }

    /// Chooses a lead time, or no longer; somebody who follows something has at least one.
    ///
    /// # Errors
    /// When they have [`MOST_LEADS`] already, or this is the last one.
    pub fn toggle_lead(&mut self, lead: Lead) -> Result<(), LeadRefused> {
        if !self.leads.contains(&lead) {
            return self.add_lead(lead);
        }
        if self.leads.len() == 1 {
            return Err(LeadRefused::Last);
        }
        self.leads.remove(&lead);
        Ok(())
    }

    /// # Errors
    /// When they have [`MOST_LEADS`] already.
    pub fn add_lead(&mut self, lead: Lead) -> Result<(), LeadRefused> {
        if self.leads.len() >= MOST_LEADS && !self.leads.contains(&lead) {
            return Err(LeadRefused::TooMany);
        }
        self.leads.insert(lead);
        Ok(())
    }

    /// Follows nothing and hears nothing more; lead times, quiet hours and zone are kept for another time.
    pub fn stop(&mut self) {
        self.follows.clear();
        self.muted.clear();
        self.going.clear();
        self.weekly = false;
        self.paused = false;
    }

    /// Whether anything at all is ever sent.
    #[must_use]
    pub fn hears_anything(&self) -> bool {
        !self.paused && (!self.follows.is_empty() || !self.going.is_empty() || self.weekly)
    }

    /// Forgets single events that are over, as `is_over` tells.
    pub fn forget_past(&mut self, is_over: impl Fn(&EventId) -> bool) {
        self.follows
            .retain(|subject, _| !matches!(subject, Subject::Event(event) if is_over(event)));
        self.muted.retain(|event| !is_over(event));
        self.going.retain(|event| !is_over(event));
    }
}

/// What somebody follows. See [`Subscriber::wishes`].
pub struct Wishes<'s> {
    all: Option<Timestamp>,
    kinds: Vec<(Kind, Timestamp)>,
    events: BTreeMap<&'s EventId, Timestamp>,
    muted: &'s BTreeSet<EventId>,
    chosen: Option<Timestamp>,
}

impl Wishes<'_> {
    /// Whether this event is one of those.
    #[must_use]
    pub fn include(&self, event: &Event) -> bool {
        self.since(event).is_some()
    }

    /// Since when they wish to hear of this event as they do now; none if they do not.
    #[must_use]
    pub fn since(&self, event: &Event) -> Option<Timestamp> {
        if self.muted.contains(&event.id) {
            return None;
        }
        let by_kind = self.kinds.iter().filter(|(kind, _)| *kind == event.kind);
        let all = by_kind.map(|(_, since)| *since).chain(self.all);
        let followed = all.chain(self.events.get(&event.id).copied()).min();
        followed.map(|since| self.chosen.map_or(since, |chosen| chosen.max(since)))
    }
}

/// Too many single events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("at most {MOST_EVENTS} single events can be followed")]
pub struct TooMany;

/// Why a lead time is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeadRefused {
    #[error("at most {MOST_LEADS} lead times")]
    TooMany,
    #[error("one lead time has to stay")]
    Last,
}

/// The name of a subject in buttons and in the store.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Kind(kind) => write!(f, "kind.{kind}"),
            Self::Event(event) => write!(f, "ev.{event}"),
        }
    }
}

impl FromStr for Subject {
    type Err = BadSubject;

    fn from_str(name: &str) -> Result<Self, BadSubject> {
        match name.split_once('.') {
            None if name == "all" => Ok(Self::All),
            Some(("kind", kind)) => kind.parse().map(Self::Kind).map_err(|_| BadSubject),
            Some(("ev", event)) => event.parse().map(Self::Event).map_err(|_| BadSubject),
            _ => Err(BadSubject),
        }
    }
}

impl TryFrom<String> for Subject {
    type Error = BadSubject;

    fn try_from(name: String) -> Result<Self, BadSubject> {
        name.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::sample::{at, event};

    fn anna() -> Subscriber {
        Subscriber::new(UserId(1))
    }

    #[test]
    fn an_event_is_heard_of_by_itself_by_its_kind_or_with_all_others() {
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        let now = at("2026-11-21T10:00");
        assert!(!anna().hears_of(&fair));
        for subject in [
            Subject::All,
            Subject::Kind(Kind::Community),
            Subject::Event(fair.id.clone()),
        ] {
            let mut anna = anna();
            anna.follow(subject, now).unwrap();
            assert!(anna.hears_of(&fair));
            anna.mute(&fair.id);
            assert!(!anna.hears_of(&fair));
            anna.follow(Subject::Event(fair.id.clone()), now).unwrap();
            assert!(anna.hears_of(&fair), "to follow again is to want to hear again");
            anna.paused = true;
            assert!(!anna.hears_of(&fair) && anna.follows(&fair));
            anna.stop();
            assert!(!anna.hears_anything());
        }
        let mut other = anna();
        other.follow(Subject::Kind(Kind::Farming), now).unwrap();
        assert!(!other.hears_of(&fair));
    }

    #[test]
    fn a_pause_goes_on_when_somebody_is_given_a_place() {
        let mut anna = anna();
        anna.paused = true;
        anna.takes_part(&EventId::of_staff(1), at("2026-11-21T10:00"));
        assert!(anna.paused && anna.going.contains(&EventId::of_staff(1)));
    }

    #[test]
    fn somebody_who_follows_has_one_to_five_lead_times() {
        let mut anna = anna();
        anna.toggle_lead(Lead::WEEK).unwrap();
        assert_eq!(anna.toggle_lead(Lead::DAY), Err(LeadRefused::Last));
        for hours in 2..6 {
            anna.toggle_lead(Lead::try_from(hours).unwrap()).unwrap();
        }
        assert_eq!(anna.toggle_lead(Lead::WEEK), Err(LeadRefused::TooMany));
        assert_eq!(anna.leads.len(), MOST_LEADS);
    }

    #[test]
    fn single_events_that_are_over_are_forgotten() {
        let now = at("2026-11-21T10:00");
        let mut anna = anna();
        for id in ["s-1", "s-2"] {
            anna.follow(Subject::Event(id.parse().unwrap()), now).unwrap();
        }
        anna.follow(Subject::All, now).unwrap();
        anna.forget_past(|event| event.as_str() == "s-1");
        let left: Vec<String> = anna.follows.keys().map(Subject::to_string).collect();
        assert_eq!(left, ["all", "ev.s-2"]);
    }

    #[test]
    fn nobody_follows_more_single_events_than_can_be_shown() {
        let now = at("2026-11-21T10:00");
        let mut anna = anna();
        for number in 0..MOST_EVENTS as u64 {
            anna.follow(Subject::Event(EventId::of_staff(number)), now)
                .unwrap();
        }
        let one_more = Subject::Event(EventId::of_staff(999));
        assert_eq!(anna.follow(one_more, now), Err(TooMany));
        assert_eq!(anna.follow(Subject::Event(EventId::of_staff(5)), now), Ok(()));
    }

    #[test]
    fn what_was_kept_is_read_back() {
        let mut anna = anna();
        let now = at("2026-11-21T10:00");
        for subject in ["all", "kind.vacant-home", "ev.s-1"] {
            anna.follow(subject.parse().unwrap(), now).unwrap();
        }
        let json = serde_json::to_string(&anna).unwrap();
        assert_eq!(serde_json::from_str::<Subscriber>(&json).unwrap(), anna);
        for nonsense in ["", "kind.", "kind.x", "ev.a_b", "ev", "All"] {
            assert!(nonsense.parse::<Subject>().is_err(), "{nonsense}");
        }
    }
}
