//! What is counted of a case: that it was opened, answered, closed, rated. Only the day is kept, and not whose case it
//! was, so the figures stay right when a mover's data is deleted and lead back to nobody.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    clock::in_city,
    conversation::WishReason,
    handover::{case::Case, hours::DeskHours},
};

/// Something that happened to somebody's case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// The city's date.
    pub on: Date,
    pub what: Happened,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happened {
    /// A mover wants a person, for the first time or after an earlier case was closed.
    Opened {
        why: WishReason,
    },
    /// A person's words went out for the first time since it was opened.
    FirstReply {
        /// Since the mover asked, counting only desk hours.
        desk_minutes: u32,
        /// The same by the clock.
        minutes: u32,
    },
    Closed,
    /// The last rating counts.
    Rated {
        stars: u8,
        instead_of: Option<u8>,
    },
}

/// What happened between two states of a case, as far as it is counted.
#[must_use]
pub fn between(before: Option<&Case>, after: &Case, hours: &DeskHours<'_>, now: Timestamp) -> Vec<Happening> {
    let was_live = before.is_some_and(Case::is_live);
    let wished = before.is_none_or(|case| (case.number, case.opened) != (after.number, after.opened));
    let mut happened = Vec::new();
    if after.is_live() && !was_live && wished {
        happened.push(Happened::Opened { why: after.why });
    }
    if let Some(before) = before {
        let waited_first = was_live && before.waiting_since == Some(before.opened);
        if waited_first && after.is_live() && after.waiting_since.is_none() {
            happened.push(Happened::FirstReply {
                desk_minutes: counted(hours.desk_minutes_between(before.opened, now)),
                minutes: counted(now.duration_since(before.opened).as_mins()),
            });
        }
        if was_live && !after.is_live() {
            happened.push(Happened::Closed);
        }
    }
    let stars = |case: &Case| case.rating.as_ref().map(|rating| rating.stars);
    let instead_of = before.and_then(stars);
    if let Some(stars) = stars(after).filter(|stars| Some(*stars) != instead_of) {
        happened.push(Happened::Rated { stars, instead_of });
    }
    let on = in_city(now).date();
    happened.into_iter().map(|what| Happening { on, what }).collect()
}

fn counted(minutes: i64) -> u32 {
    u32::try_from(minutes.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::{
        conversation::Wish,
        handover::{Face, Rating, Reason, changes::Refusal},
        knowledge::Holidays,
        lang::Lang,
        outgoing::UserId,
    };

    /// A Tuesday, five minutes before the desk closes.
    fn start() -> Timestamp {
        "2026-11-24T08:10:00Z".parse().unwrap()
    }

    fn wish(at: Timestamp) -> Wish {
        Wish {
            at,
            why: WishReason::Asked,
            question: None,
        }
    }

    fn kinds(before: Option<&Case>, after: &Case, now: Timestamp) -> Vec<Happened> {
        let holidays = Holidays::default();
        let hours = DeskHours { holidays: &holidays };
        let all = between(before, after, &hours, now);
        all.into_iter().map(|one| one.what).collect()
    }

    #[test]
    fn a_case_is_counted_from_its_opening_to_its_stars() -> Result<(), Refusal> {
        let mio = UserId(10);
        let opened = Case::first(UserId(1), Lang::Ja, Face::default(), &wish(start()));
        let why = WishReason::Asked;
        assert_eq!(kinds(None, &opened, start()), [Happened::Opened { why }]);

        let morning = start() + SignedDuration::from_mins(16 * 60);
        let mut answered = opened.clone();
        answered.take(mio, morning)?;
        assert_eq!(
            kinds(Some(&opened), &answered, morning),
            [],
            "taking says nothing yet"
        );
        answered.person_spoke(morning);
        let first = Happened::FirstReply {
            desk_minutes: 45,
            minutes: 960,
        };
        assert_eq!(kinds(Some(&opened), &answered, morning), [first]);

        let mut again = answered.clone();
        again.mover_spoke(None, morning + SignedDuration::from_mins(1));
        let mut second = again.clone();
        second.person_spoke(morning + SignedDuration::from_mins(2));
        assert_eq!(
            kinds(Some(&again), &second, morning),
            [],
            "only the first wait is counted"
        );

        let mut closed = second.clone();
        closed.close(mio, Reason::Solved, morning)?;
        assert_eq!(kinds(Some(&second), &closed, morning), [Happened::Closed]);
        let rated = |stars| Case {
            rating: Some(Rating { stars, line: None }),
            ..closed.clone()
        };
        let said = |stars, instead_of| [Happened::Rated { stars, instead_of }];
        assert_eq!(kinds(Some(&closed), &rated(4), morning), said(4, None));
        assert_eq!(kinds(Some(&rated(4)), &rated(5), morning), said(5, Some(4)));
        assert_eq!(kinds(Some(&rated(5)), &rated(5), morning), []);
        Ok(())
    }

    #[test]
    fn a_case_opened_again_by_its_mover_counts_again_and_one_closed_unanswered_has_no_wait()
    -> Result<(), Refusal> {
        let opened = Case::first(UserId(1), Lang::Ja, Face::default(), &wish(start()));
        let mut closed = opened.clone();
        closed.close_by_mover(start())?;
        assert_eq!(kinds(Some(&opened), &closed, start()), [Happened::Closed]);
        let later = start() + SignedDuration::from_hours(1);
        let mut by_mover = closed.clone();
        by_mover.wished_again(&wish(later));
        let why = WishReason::Asked;
        assert_eq!(kinds(Some(&closed), &by_mover, later), [Happened::Opened { why }]);
        let mut by_staff = closed.clone();
        by_staff.reopen_by(UserId(10), later)?;
        assert_eq!(kinds(Some(&closed), &by_staff, later), []);
        Ok(())
    }
}
