//! What time alone does to a case: staff are reminded, a put-off case comes back, an idle one is closed.

use jiff::{SignedDuration, Timestamp};

use crate::{
    handover::{
        card,
        case::{Case, Closing},
        closing, happening,
        hours::DeskHours,
        senses::{DeskSenses, DeskStep},
    },
    outgoing::{Act, Buttons, Html, Outgoing, Priority, Voice},
    phrases::Text,
};

/// In minutes of desk hours.
const FIRST_ALERT: i64 = 10;
const NEXT_ALERTS: i64 = 30;
/// Somebody in danger must not wait for the morning: this many reminders ignore the desk's hours.
const URGENT_ALERTS: u32 = 3;
/// Without a word from either side for two days, of which two are desk days, the mover is told that the case will be
/// closed …
const WARNED_AFTER: SignedDuration = SignedDuration::from_hours(2 * 24);
const WARNED_ON_DESK_DAY: usize = 2;
/// … and this long after the warning it is closed. Neither happens while the desk is shut.
const CLOSED_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// When time changes the case next, if ever.
#[must_use]
pub fn due(case: &Case, hours: &DeskHours<'_>) -> Option<Timestamp> {
    next(case, hours).map(|(at, _)| at)
}

/// Does what is due by now.
#[must_use]
pub fn from_time(case: Case, senses: &DeskSenses<'_>, now: Timestamp) -> DeskStep {
    let mut step = DeskStep::default();
    let before = case.clone();
    let mut case = case;
    match next(&case, &senses.hours) {
        Some((at, occasion)) if at <= now => occasion.meet(&mut case, &mut step, senses, now),
        // Nothing is due, but the case is kept with a new moment: the old one has passed, or the holidays have changed.
        _ => {}
    }
    step.happened = happening::between(Some(&before), &case, &senses.hours, now);
    step.keep(case, senses);
    step
}

/// What is due in a case.
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
        None => match case.warned_at {
            Some(warned) => (closes(warned, hours), Occasion::Close),
            None => (warns(case.last_words, hours), Occasion::Warning),
        },
    })
}

fn warns(last_words: Timestamp, hours: &DeskHours<'_>) -> Timestamp {
    let by_clock = hours.opens_after(last_words + WARNED_AFTER);
    by_clock.max(hours.next_day(last_words, WARNED_ON_DESK_DAY))
}

fn closes(warned: Timestamp, hours: &DeskHours<'_>) -> Timestamp {
    hours.opens_after(warned + CLOSED_AFTER)
}

impl Occasion {
    fn meet(self, case: &mut Case, step: &mut DeskStep, senses: &DeskSenses<'_>, now: Timestamp) {
        match self {
            Self::Alert => alert(case, step, senses, now),
            Self::RestOver => {
                case.snoozed_until = None;
                if case.waiting_since.is_none() {
                    // A case that was put off is not idle.
                    case.last_words = now;
                }
                count_due(case, senses, now);
                let html = addressed(case, senses).line(&senses.html(&Text::DeskRestOver));
                remind(case, html, step, senses);
                closing::show(case, step);
            }
            Self::Warning => {
                case.warned_at = Some(now);
                let until = closes(now, &senses.hours);
                let moment = &senses.talk.phrases.moment(case.lang, until, now);
                let html = senses.say_to(case, &Text::CaseIdle { moment });
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
    count_due(case, senses, now);
    // No reminders pile up for a group that cannot be written to.
    if !senses.in_reach {
        return;
    }
    let html = addressed(case, senses).line(&senses.html(&waited(case, since, senses, now)));
    remind(case, html, step, senses);
    closing::show(case, step);
}

/// How long the mover has waited: by the clock if somebody may be in danger, otherwise in desk hours.
fn waited(case: &Case, since: Timestamp, senses: &DeskSenses<'_>, now: Timestamp) -> Text<'static> {
    let by_clock = case.is_urgent() && case.alerts <= URGENT_ALERTS;
    let minutes = if by_clock {
        now.duration_since(since).as_mins()
    } else {
        senses.hours.desk_minutes_between(since, now)
    };
    let minutes = usize::try_from(minutes).unwrap_or_default();
    match (by_clock, minutes) {
        (true, minutes) => Text::DeskWaitsUrgent { minutes },
        (false, 0..=119) => Text::DeskWaits { minutes },
        (false, minutes) => Text::DeskWaitsHours { hours: minutes / 60 },
    }
}

/// Counts every reminder that is due; those that came due together, while the bot was off or the case put off, go out
/// as one.
fn count_due(case: &mut Case, senses: &DeskSenses<'_>, now: Timestamp) {
    while case.waiting_since.is_some()
        && case.alerts < u32::MAX
        && due(case, &senses.hours).is_some_and(|at| at <= now)
    {
        case.alerts += 1;
    }
}

/// Mentions the owner, so that their phone rings.
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
