//! What time alone does to a case: staff are reminded, a rest ends, an idle case is closed.

use jiff::{SignedDuration, Timestamp};

use crate::{
    handover::{
        card,
        case::{Case, Closing},
        closing,
        hours::DeskHours,
        senses::{DeskSenses, DeskStep},
    },
    outgoing::{Act, Buttons, Html, Outgoing, Priority, Voice},
    phrases::Text,
};

/// In minutes of the desk's own time.
const FIRST_ALERT: i64 = 10;
const NEXT_ALERTS: i64 = 30;
/// Somebody in danger does not wait for the morning: so many reminders go by the clock alone.
const URGENT_ALERTS: u32 = 3;
/// Without a word from either side, the mover is told that the case will be closed …
const WARNED_AFTER: SignedDuration = SignedDuration::from_hours(2 * 24);
/// … and it is.
const CLOSED_AFTER: SignedDuration = SignedDuration::from_hours(3 * 24);

/// When time changes the case next, if ever.
#[must_use]
pub fn due(case: &Case, hours: &DeskHours<'_>) -> Option<Timestamp> {
    next(case, hours).map(|(at, _)| at)
}

/// Does what is due by now.
#[must_use]
pub fn from_time(case: Case, senses: &DeskSenses<'_>, now: Timestamp) -> DeskStep {
    let mut step = DeskStep::default();
    let mut case = case;
    match next(&case, &senses.hours) {
        Some((at, occasion)) if at <= now => occasion.meet(&mut case, &mut step, senses, now),
        // Kept all the same: the moment it was kept under has passed, or the holidays have changed.
        _ => {}
    }
    step.keep(case, senses);
    step
}

/// What becomes of a case by waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occasion {
    /// The mover waits for an answer.
    Alert,
    RestOver,
    /// Nobody writes any more.
    Warning,
    Close,
}

fn next(case: &Case, hours: &DeskHours<'_>) -> Option<(Timestamp, Occasion)> {
    if !case.is_live() {
        return None;
    }
    if let Some(until) = case.snoozed_until {
        return Some((until, Occasion::RestOver));
    }
    Some(match case.waiting_since {
        Some(since) => {
            let minutes = FIRST_ALERT + NEXT_ALERTS * i64::from(case.alerts);
            let at = if case.is_urgent() && case.alerts < URGENT_ALERTS {
                since + SignedDuration::from_mins(minutes)
            } else {
                hours.after_desk_minutes(since, minutes)
            };
            (at, Occasion::Alert)
        }
        None if case.warned => (case.last_words + CLOSED_AFTER, Occasion::Close),
        None => (case.last_words + WARNED_AFTER, Occasion::Warning),
    })
}

impl Occasion {
    fn meet(self, case: &mut Case, step: &mut DeskStep, senses: &DeskSenses<'_>, now: Timestamp) {
        match self {
            Self::Alert => alert(case, step, senses, now),
            Self::RestOver => {
                case.snoozed_until = None;
                count_due(case, senses, now);
                let html = addressed(case, senses).line(&senses.html(&Text::DeskRestOver));
                remind(case, html, step, senses);
                closing::show(case, step);
            }
            Self::Warning => {
                case.warned = true;
                let html = senses.say_to(case, &Text::CaseIdle);
                step.outgoing
                    .push(Outgoing::to_person(case.mover, Voice::Needed, Act::say(html)));
            }
            Self::Close => {
                case.end(Closing::Idle, now);
                closing::tell(case, Closing::Idle, step, senses);
            }
        }
    }
}

fn alert(case: &mut Case, step: &mut DeskStep, senses: &DeskSenses<'_>, now: Timestamp) {
    let since = case.waiting_since.unwrap_or(now);
    let minutes = usize::try_from(senses.hours.desk_minutes_between(since, now)).unwrap_or_default();
    count_due(case, senses, now);
    let html = addressed(case, senses).line(&senses.html(&Text::DeskWaits { minutes }));
    remind(case, html, step, senses);
    closing::show(case, step);
}

/// Reminders that came due together, while the bot was away or the case rested, are one.
fn count_due(case: &mut Case, senses: &DeskSenses<'_>, now: Timestamp) {
    while case.waiting_since.is_some()
        && case.alerts < u32::MAX
        && due(case, &senses.hours).is_some_and(|at| at <= now)
    {
        case.alerts += 1;
    }
}

/// The owner is called by name, so that their phone rings.
fn addressed(case: &Case, senses: &DeskSenses<'_>) -> Html {
    case.owner()
        .map(|owner| Html::mention(&senses.name_of(owner), owner.0))
        .unwrap_or_default()
}

fn remind(case: &Case, html: Html, step: &mut DeskStep, senses: &DeskSenses<'_>) {
    let act = Act::Send {
        html,
        buttons: if case.waiting_since.is_some() {
            card::alert_buttons(case, senses)
        } else {
            Buttons::default()
        },
        answers: None,
    };
    step.outgoing
        .push(Outgoing::to_topic(case.mover, act).with_priority(Priority::Alert));
}
