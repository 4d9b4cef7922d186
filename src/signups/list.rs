//! All requests for one event, and how they may change.

use std::{collections::BTreeSet, num::NonZeroU32};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    events::EventId,
    lang::Lang,
    outgoing::UserId,
    signups::{
        change::What,
        terms::Terms,
        values::{CallName, People, Remark},
    },
};

/// Names one request of an event. A request that is changed gets another, so that nobody decides on what they do not
/// see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Number(pub u32);

/// What a mover asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Kept until it is settled that they stay away.
    pub name: Option<CallName>,
    pub people: People,
    /// Where the event is on several days.
    pub day: Option<Date>,
    pub note: Option<Remark>,
}

/// One mover's request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    pub number: Number,
    pub mover: UserId,
    /// The language they asked in.
    pub lang: Lang,
    pub filled: Filled,
    pub asked: Timestamp,
    pub state: State,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Nobody has decided yet.
    Asked,
    Confirmed(By),
    /// Waits for a place.
    Waiting(By),
    Declined(By),
    /// The mover has cancelled it.
    Withdrawn,
}

/// Who of the staff decided, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub who: UserId,
    pub at: Timestamp,
}

/// Everybody who asked to take part in one event, in the order of asking. Kept by the store as it is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpList {
    pub event: EventId,
    /// Raised by the store with each change; a change made from an older one is refused.
    pub version: u64,
    /// When it was changed last.
    pub changed: Timestamp,
    last_number: u32,
    all: Vec<SignUp>,
    /// Requests for a day that is gone of which staff were told.
    #[serde(default)]
    pub told_lost: BTreeSet<Number>,
}

/// Why a request stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("there is no such request, or it was changed")]
    Unknown,
    #[error("the mover has cancelled it")]
    Withdrawn,
    #[error("they take part already")]
    Confirmed,
    #[error("that is what it is already")]
    Same,
    #[error("{taken} of {capacity} places are taken, they are {people}")]
    Full { taken: u32, capacity: u32, people: u32 },
}

impl Filled {
    /// The name, if it is still kept.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_ref().map_or("", CallName::as_str)
    }

    /// Who stays away need not be known by name, nor what they wanted to say.
    fn forget_who(&mut self) {
        self.name = None;
        self.note = None;
    }
}

impl State {
    /// It is not settled that they stay away.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Asked | Self::Confirmed(_) | Self::Waiting(_))
    }

    #[must_use]
    pub fn is_confirmed(self) -> bool {
        matches!(self, Self::Confirmed(_))
    }
}

impl SignUpList {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new(event: EventId, now: Timestamp) -> Self {
        Self {
            event,
            version: 0,
            changed: now,
            last_number: 0,
            all: Vec::new(),
            told_lost: BTreeSet::new(),
        }
    }

    /// Every request, in the order of asking.
    #[must_use]
    pub fn all(&self) -> &[SignUp] {
        &self.all
    }

    /// A mover's request.
    #[must_use]
    pub fn of(&self, mover: UserId) -> Option<&SignUp> {
        self.all.iter().find(|one| one.mover == mover)
    }

    /// The request of this number.
    #[must_use]
    pub fn get(&self, number: Number) -> Option<&SignUp> {
        self.all.iter().find(|one| one.number == number)
    }

    /// How many people are confirmed for a day, or for the event where it is on one day. Who was promised a day that is
    /// gone counts on each of those there are now: they may come on any.
    #[must_use]
    pub fn taken(&self, day: Option<Date>, terms: &Terms<'_>) -> u32 {
        let counts = |one: &&SignUp| one.filled.day == day || !terms.has_day(one.filled.day);
        let there = self.all.iter().filter(|one| one.state.is_confirmed());
        there.filter(counts).map(|one| one.filled.people.count()).sum()
    }

    /// The requests for a day that is gone, of those not settled to stay away; staff are told of each once. None if
    /// there is nothing new to be told.
    #[must_use]
    pub fn lost_days(&self, terms: &Terms<'_>) -> Option<BTreeSet<Number>> {
        let lost = |one: &&SignUp| one.state.is_live() && !terms.has_day(one.filled.day);
        let numbers: BTreeSet<Number> = self.all.iter().filter(lost).map(|one| one.number).collect();
        (!numbers.is_subset(&self.told_lost)).then_some(numbers)
    }

    /// The first who waits for this day and for whom there is room now.
    #[must_use]
    pub fn first_that_fits(&self, day: Option<Date>, terms: &Terms<'_>) -> Option<&SignUp> {
        let free = terms.capacity().map_or(u32::MAX, |capacity| {
            capacity.get().saturating_sub(self.taken(day, terms))
        });
        self.all.iter().find(|one| {
            matches!(one.state, State::Waiting(_))
                && one.filled.day == day
                && one.filled.people.count() <= free
        })
    }

    /// A mover asks to take part. Before it is confirmed, to ask again is to change one's request, which keeps its
    /// place; after it was declined or cancelled, to ask again is to ask last.
    ///
    /// # Errors
    /// When theirs is confirmed already.
    pub fn ask(
        &mut self,
        mover: UserId,
        lang: Lang,
        filled: Filled,
        now: Timestamp,
    ) -> Result<What, AlreadyConfirmed> {
        let before = self.all.iter().position(|one| one.mover == mover);
        let was = before.and_then(|at| self.all.get(at)).map(|one| one.state);
        if was.is_some_and(State::is_confirmed) {
            return Err(AlreadyConfirmed);
        }
        self.last_number = self.last_number.saturating_add(1);
        let number = Number(self.last_number);
        let new = SignUp {
            number,
            mover,
            lang,
            filled,
            asked: now,
            state: State::Asked,
        };
        self.changed = now;
        match before {
            Some(at) if was.is_some_and(State::is_live) => {
                self.all[at] = new;
                Ok(What::Changed(number))
            }
            before => {
                if let Some(at) = before {
                    self.all.remove(at);
                }
                self.all.push(new);
                Ok(What::Asked(number))
            }
        }
    }

    /// They take part.
    ///
    /// # Errors
    /// When there is no room for them, or nothing to be confirmed.
    pub fn confirm(&mut self, number: Number, terms: &Terms<'_>, by: By) -> Result<(), Refused> {
        let one = self.undecided_as(number, State::is_confirmed)?;
        let (day, people) = (one.filled.day, one.filled.people.count());
        let taken = self.taken(day, terms);
        if let Some(capacity) = terms.capacity().map(NonZeroU32::get)
            && taken.saturating_add(people) > capacity
        {
            return Err(Refused::Full {
                taken,
                capacity,
                people,
            });
        }
        self.decide(number, State::Confirmed(by), by.at);
        Ok(())
    }

    /// They wait until there is room.
    ///
    /// # Errors
    /// When there is nothing to be put on the waiting list. A place that was promised is not taken away so.
    pub fn put_on_waiting(&mut self, number: Number, by: By) -> Result<(), Refused> {
        let one = self.undecided_as(number, |state| matches!(state, State::Waiting(_)))?;
        if one.state.is_confirmed() {
            return Err(Refused::Confirmed);
        }
        self.decide(number, State::Waiting(by), by.at);
        Ok(())
    }

    /// They do not take part.
    ///
    /// # Errors
    /// When there is nothing to be declined.
    pub fn decline(&mut self, number: Number, by: By) -> Result<(), Refused> {
        self.undecided_as(number, |state| matches!(state, State::Declined(_)))?;
        self.decide(number, State::Declined(by), by.at);
        Ok(())
    }

    /// A mover cancels their request; returns it as it was, or `None` if there is nothing to cancel.
    pub fn withdraw(&mut self, mover: UserId, now: Timestamp) -> Option<SignUp> {
        let one = self
            .all
            .iter_mut()
            .find(|one| one.mover == mover && one.state.is_live())?;
        let before = one.clone();
        one.state = State::Withdrawn;
        one.filled.forget_who();
        self.changed = now;
        Some(before)
    }

    /// A mover's request leaves the list without a trace; gives it as it was.
    pub fn forget(&mut self, mover: UserId, now: Timestamp) -> Option<SignUp> {
        let at = self.all.iter().position(|one| one.mover == mover)?;
        let gone = self.all.remove(at);
        self.told_lost.remove(&gone.number);
        self.changed = now;
        Some(gone)
    }

    /// A request on which can be decided, and for which this would be a change.
    fn undecided_as(&self, number: Number, is_so: impl Fn(State) -> bool) -> Result<&SignUp, Refused> {
        let one = self.get(number).ok_or(Refused::Unknown)?;
        match one.state {
            State::Withdrawn => Err(Refused::Withdrawn),
            state if is_so(state) => Err(Refused::Same),
            _ => Ok(one),
        }
    }

    fn decide(&mut self, number: Number, state: State, now: Timestamp) {
        if let Some(one) = self.all.iter_mut().find(|one| one.number == number) {
            one.state = state;
            if !state.is_live() {
                one.filled.forget_who();
            }
            self.changed = now;
        }
    }
}

/// A request that is confirmed is cancelled first, and only then made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request is confirmed already")]
pub struct AlreadyConfirmed;

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        events::{Event, sample::event},
        signups::sample::{by, filled, list, now, open_to},
    };

    /// An event with this many places, or no limit if `None`; on one day, or on two.
    fn places(count: u32) -> Event {
        open_to(count, event("s-1", "2027-02-27 9:30-11:30"))
    }

    fn two_days(count: u32) -> Event {
        open_to(count, event("s-1", "2027-02-27〜2027-02-28"))
    }

    fn asks(list: &mut SignUpList, mover: i64, people: u8) -> What {
        list.ask(UserId(mover), Lang::Ja, filled("花子", people), now())
            .unwrap()
    }

    #[test]
    fn beyond_the_capacity_nobody_is_confirmed_and_staff_hear_why() {
        let mut list = list();
        asks(&mut list, 1, 18);
        asks(&mut list, 2, 4);
        assert_eq!(list.confirm(Number(1), &Terms::of(&places(20)), by()), Ok(()));
        let full = Refused::Full {
            taken: 18,
            capacity: 20,
            people: 4,
        };
        assert_eq!(list.confirm(Number(2), &Terms::of(&places(20)), by()), Err(full));
        assert_eq!(
            list.confirm(Number(2), &Terms::of(&places(0)), by()),
            Ok(()),
            "no limit is known"
        );
        assert_eq!(list.taken(None, &Terms::of(&places(20))), 22);
    }

    #[test]
    fn the_first_who_fits_is_offered_a_free_place() {
        let mut list = list();
        for (mover, people) in [(1, 4), (2, 5), (3, 2), (4, 1)] {
            asks(&mut list, mover, people);
        }
        list.confirm(Number(1), &Terms::of(&places(4)), by()).unwrap();
        for number in 2..=4 {
            list.put_on_waiting(Number(number), by()).unwrap();
        }
        assert_eq!(list.first_that_fits(None, &Terms::of(&places(4))), None);
        assert!(list.withdraw(UserId(1), now()).is_some());
        let first = list.first_that_fits(None, &Terms::of(&places(4))).unwrap();
        assert_eq!(first.mover, UserId(3), "five do not fit into four places");
    }

    #[test]
    fn each_day_has_places_of_its_own() {
        let mut list = list();
        let on = |day: i8| Filled {
            day: Some(date(2027, 2, day)),
            ..filled("花子", 3)
        };
        for (mover, day) in [(1, 27), (2, 27), (3, 28)] {
            list.ask(UserId(mover), Lang::Ja, on(day), now()).unwrap();
        }
        assert!(list.confirm(Number(1), &Terms::of(&two_days(3)), by()).is_ok());
        assert!(list.confirm(Number(2), &Terms::of(&two_days(3)), by()).is_err());
        assert!(list.confirm(Number(3), &Terms::of(&two_days(3)), by()).is_ok());
    }

    #[test]
    fn who_was_promised_a_day_that_is_gone_counts_on_every_day() {
        let mut list = list();
        let gone = Filled {
            day: Some(date(2027, 3, 8)),
            ..filled("花子", 3)
        };
        list.ask(UserId(1), Lang::Ja, gone, now()).unwrap();
        let before = open_to(4, event("s-1", "2027-03-07〜2027-03-08"));
        list.confirm(Number(1), &Terms::of(&before), by()).unwrap();
        assert_eq!(list.lost_days(&Terms::of(&before)), None);
        for now in [places(4), two_days(4)] {
            let terms = Terms::of(&now);
            let day = terms.has_days().then_some(date(2027, 2, 28));
            assert_eq!(list.taken(day, &terms), 3);
            assert_eq!(list.lost_days(&terms), Some(BTreeSet::from([Number(1)])));
        }
        list.told_lost = BTreeSet::from([Number(1)]);
        assert_eq!(list.lost_days(&Terms::of(&places(4))), None, "once is enough");
    }

    #[test]
    fn asking_again_changes_ones_own_request_until_it_is_confirmed() {
        let mut list = list();
        asks(&mut list, 1, 2);
        asks(&mut list, 2, 2);
        assert_eq!(asks(&mut list, 1, 3), What::Changed(Number(3)));
        assert_eq!(list.all()[0].filled.people.count(), 3, "it keeps its place");
        assert_eq!(
            list.confirm(Number(1), &Terms::of(&places(0)), by()),
            Err(Refused::Unknown)
        );
        list.confirm(Number(3), &Terms::of(&places(0)), by()).unwrap();
        let again = list.ask(UserId(1), Lang::Ja, filled("花子", 9), now());
        assert_eq!(again, Err(AlreadyConfirmed));
        list.decline(Number(3), by()).unwrap();
        assert_eq!(asks(&mut list, 1, 1), What::Asked(Number(4)));
        assert_eq!(list.all()[1].mover, UserId(1), "and is the last then");
    }

    #[test]
    fn what_is_cancelled_cannot_be_decided_on() {
        let mut list = list();
        asks(&mut list, 1, 2);
        assert!(list.withdraw(UserId(1), now()).is_some());
        assert_eq!(list.withdraw(UserId(1), now()), None);
        assert_eq!(
            list.confirm(Number(1), &Terms::of(&places(0)), by()),
            Err(Refused::Withdrawn)
        );
        assert_eq!(list.decline(Number(1), by()), Err(Refused::Withdrawn));
        assert_eq!(
            (list.all()[0].filled.name(), &list.all()[0].filled.note),
            ("", &None)
        );
    }

    #[test]
    fn a_kept_list_is_read_back() {
        let mut list = list();
        asks(&mut list, 1, 2);
        list.confirm(Number(1), &Terms::of(&places(0)), by()).unwrap();
        let json = serde_json::to_string(&list).unwrap();
        assert_eq!(serde_json::from_str::<SignUpList>(&json).unwrap(), list);
    }

    /// One thing somebody does.
    #[derive(Debug, Clone, Copy)]
    enum Deed {
        Ask(i64, u8, i8),
        Confirm(u32),
        Wait(u32),
        Decline(u32),
        Withdraw(i64),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        prop_oneof![
            (1_i64..8, 1_u8..=20, 27_i8..=28).prop_map(|(mover, people, day)| Deed::Ask(mover, people, day)),
            (1_u32..30).prop_map(Deed::Confirm),
            (1_u32..30).prop_map(Deed::Wait),
            (1_u32..30).prop_map(Deed::Decline),
            (1_i64..8).prop_map(Deed::Withdraw),
        ]
    }

    fn does(list: &mut SignUpList, deed: Deed, terms: &Terms<'_>) {
        match deed {
            Deed::Ask(mover, people, day) => {
                let filled = Filled {
                    day: Some(date(2027, 2, day)),
                    ..filled("花子", people)
                };
                drop(list.ask(UserId(mover), Lang::En, filled, now()));
            }
            Deed::Confirm(number) => drop(list.confirm(Number(number), terms, by())),
            Deed::Wait(number) => drop(list.put_on_waiting(Number(number), by())),
            Deed::Decline(number) => drop(list.decline(Number(number), by())),
            Deed::Withdraw(mover) => drop(list.withdraw(UserId(mover), now())),
        }
    }

    fn waiting(list: &SignUpList) -> Vec<UserId> {
        let waiting = list
            .all()
            .iter()
            .filter(|one| matches!(one.state, State::Waiting(_)));
        waiting.map(|one| one.mover).collect()
    }

    proptest! {
        #[test]
        fn places_are_never_given_twice_and_nobody_is_lost(
            deeds in proptest::collection::vec(deed(), 0..60), places in 1_u32..30
        ) {
            let event = two_days(places);
            let terms = Terms::of(&event);
            let mut list = list();
            let mut asked: BTreeSet<UserId> = BTreeSet::new();
            for deed in deeds {
                let before = waiting(&list);
                does(&mut list, deed, &terms);
                if let Deed::Ask(mover, ..) = deed {
                    asked.insert(UserId(mover));
                }
                for day in 27..=28 {
                    prop_assert!(list.taken(Some(date(2027, 2, day)), &terms) <= places);
                }
                let movers: Vec<UserId> = list.all().iter().map(|one| one.mover).collect();
                let once: BTreeSet<UserId> = movers.iter().copied().collect();
                prop_assert_eq!(once.len(), movers.len(), "one request a mover");
                prop_assert_eq!(&once, &asked, "nobody is lost");
                let after = waiting(&list);
                let kept: Vec<UserId> = before.iter().copied().filter(|one| after.contains(one)).collect();
                let still: Vec<UserId> = after.iter().copied().filter(|one| before.contains(one)).collect();
                prop_assert_eq!(kept, still, "the order of waiting stays");
            }
        }
    }
}
