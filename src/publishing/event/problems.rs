//! What is wrong with a time or a file, in the words of staff.

use crate::{
    events::{Problem, Wrong, said_when::BadSaid},
    handover::DESK_LANG,
    phrases::{Phrases, Text},
};

/// Says texts in the language of the staff.
#[derive(Clone, Copy)]
pub(super) struct Say<'a>(pub(super) &'a Phrases);

impl Say<'_> {
    pub(super) fn say(self, text: &Text<'_>) -> String {
        self.0.say(DESK_LANG, text)
    }
}

pub(super) fn bad_time(bad: &BadSaid, say: Say<'_>) -> String {
    match bad {
        BadSaid::WeekdayDoesNotFit { date, .. } => say.say(&Text::WrongWeekday {
            day: &say.0.day_of_week(DESK_LANG, *date),
        }),
        BadSaid::NoSuchDay { read } => say.say(&Text::WrongDay { read }),
        BadSaid::NoSuchTime { read } => say.say(&Text::WrongHour { read }),
        BadSaid::NoonOrMidnight { read } => say.say(&Text::WrongNoon { read }),
        BadSaid::YearsDiffer { read } => say.say(&Text::WrongYears { read }),
        BadSaid::NoYear { read } => say.say(&Text::WrongNoYear { read }),
        BadSaid::NoDay { read } => say.say(&Text::WrongNoDay { read }),
        BadSaid::EndBeforeStart { read } => say.say(&Text::WrongEnd { read }),
        BadSaid::Past { when } => say.say(&Text::WrongPast { when }),
        BadSaid::TooFar { read } => say.say(&Text::WrongTooFar { read }),
        BadSaid::NotUnderstood { read } => say.say(&Text::WrongTime { read }),
    }
}

/// One line of what is wrong with a file.
pub(super) fn of_file(problem: &Problem, say: Say<'_>) -> String {
    let line = problem.line;
    let what = &wrong(&problem.wrong, say);
    match &problem.at {
        Some(at) => say.say(&Text::FileProblemAt { line, at, what }),
        None => say.say(&Text::FileProblem { line, what }),
    }
}

fn wrong(wrong: &Wrong, say: Say<'_>) -> String {
    match wrong {
        Wrong::NoCalendar => say.say(&Text::WrongNoCalendar),
        Wrong::NoTable => say.say(&Text::WrongNoTable),
        Wrong::NoText => say.say(&Text::WrongEncoding),
        Wrong::NoProperty => say.say(&Text::WrongNoProperty),
        Wrong::Unclosed => say.say(&Text::WrongUnclosed),
        Wrong::Missing => say.say(&Text::WrongMissing),
        Wrong::Twice { first } => say.say(&Text::WrongTwice { first: *first }),
        Wrong::NotUnderstood { read } => say.say(&Text::WrongRead { read }),
        Wrong::UnknownZone { name } => say.say(&Text::WrongZone { name }),
        Wrong::SingleDates => say.say(&Text::WrongSingleDates),
        Wrong::TooLong { limit } => say.say(&Text::WrongTooLong { limit: *limit }),
        Wrong::Elsewhere { read } => say.say(&Text::WrongElsewhere { read }),
        Wrong::Said(bad) => bad_time(bad, say),
        Wrong::When(_) => say.say(&Text::WrongSpan),
        Wrong::Rule(_) => say.say(&Text::WrongRule),
        Wrong::Link(_) => say.say(&Text::WrongLink),
        Wrong::Coordinates(_) => say.say(&Text::WrongMap),
    }
}
