//! What is counted and logged of a handled update: its kind and its outcome, never whose it was.

use std::time::Duration;

use jiff::Timestamp;
use tracing::Span;

use crate::{
    app::App,
    bot::{
        group::GroupDid,
        input::{Heard, Ignored},
    },
    conversation::{Came, Input, Note, WishReason},
    handover::{Case, StaffDid},
    metrics::{Count, Spread},
};

/// What has to be known of a case before a step to see what the step did to it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Glance {
    live: bool,
    opened: Option<Timestamp>,
    waiting_since: Option<Timestamp>,
}

impl Glance {
    pub(super) fn of(case: Option<&Case>) -> Self {
        Self {
            live: case.is_some_and(Case::is_live),
            opened: case.map(|case| case.opened),
            waiting_since: case.and_then(|case| case.waiting_since),
        }
    }

    /// How long the mover waited, if this step sent a person's first words since the case was opened.
    fn first_waited(self, after: &Case, now: Timestamp) -> Option<Duration> {
        let since = self.waiting_since.filter(|since| Some(*since) == self.opened)?;
        let answered = after.is_live() && after.waiting_since.is_none();
        answered.then(|| now.duration_since(since).unsigned_abs())
    }
}

/// The log span of one update; its step fills in the outcome.
pub(super) fn span(update: u32, heard: &Heard) -> Span {
    tracing::info_span!(
        "update",
        update,
        kind = kind(heard),
        outcome = tracing::field::Empty
    )
}

/// Counts what a committed step did.
pub(super) fn kept(app: &App, before: Option<Glance>, after: Option<&Case>, notes: &[Came]) {
    for came in notes {
        app.metrics().count(counted(*came));
        Span::current().record("outcome", outcome(*came));
    }
    let (Some(before), Some(after)) = (before, after) else {
        return;
    };
    if after.is_live() && !before.live {
        app.metrics().count(opened(after.why));
    }
    if let Some(waited) = before.first_waited(after, app.clock().now()) {
        app.metrics().took(Spread::FirstReply, waited);
    }
}

/// The outcomes of a step's questions.
pub(super) fn came_of(notes: &[Note]) -> Vec<Came> {
    let asked = notes.iter().filter_map(|note| match note {
        Note::Asked { outcome, .. } => Some(*outcome),
        _ => None,
    });
    asked.collect()
}

pub(super) fn passed_over(why: Ignored) {
    Span::current().record(
        "outcome",
        match why {
            Ignored::Group => "other_group",
            Ignored::Service => "service",
            Ignored::Sender => "no_person",
            Ignored::Kind => "no_use",
            Ignored::Unknown => "unknown",
        },
    );
}

fn kind(heard: &Heard) -> &'static str {
    match heard {
        Heard::Mover(from) => match &from.input {
            Input::Command(_) => "command",
            Input::Question { edited: false, .. } => "question",
            Input::Question { edited: true, .. } | Input::Corrected => "edit",
            Input::Tap { .. } => "tap",
            Input::Disliked { .. } => "reaction",
            Input::Unreadable { .. } => "media",
            Input::Shared => "shared",
            Input::Left | Input::Returned => "membership",
        },
        Heard::Group(from) => match &from.did {
            GroupDid::Case(StaffDid::Said(_)) => "group_words",
            GroupDid::Case(StaffDid::Tapped { .. }) | GroupDid::StaleTap => "group_tap",
            GroupDid::Left(_) | GroupDid::BotChanged { .. } | GroupDid::MovedTo(_) => "group_change",
            _ if from.callback.is_some() => "group_tap",
            _ => "group_command",
        },
        Heard::Inline(_) => "inline",
        Heard::Nothing { .. } => "nothing",
    }
}

fn outcome(came: Came) -> &'static str {
    match came {
        Came::Answer => "answer",
        Came::Clarify => "clarify",
        Came::Gap => "gap",
        Came::Person => "person",
        Came::NotUnderstood => "not_understood",
        Came::Smalltalk => "smalltalk",
        Came::Refuse => "refuse",
        Came::Setting => "setting",
        Came::TooLong => "too_long",
    }
}

fn counted(came: Came) -> Count {
    match came {
        Came::Answer => Count::CameAnswer,
        Came::Clarify => Count::CameClarify,
        Came::Gap => Count::CameGap,
        Came::Person => Count::CamePerson,
        Came::NotUnderstood => Count::CameNotUnderstood,
        Came::Smalltalk => Count::CameSmalltalk,
        Came::Refuse => Count::CameRefuse,
        Came::Setting => Count::CameSetting,
        Came::TooLong => Count::CameTooLong,
    }
}

fn opened(why: WishReason) -> Count {
    match why {
        WishReason::Asked => Count::CaseAsked,
        WishReason::Crisis => Count::CaseCrisis,
        WishReason::Complaint => Count::CaseComplaint,
        WishReason::Individual => Count::CaseIndividual,
        WishReason::Gap => Count::CaseGap,
        WishReason::NotHelped => Count::CaseNotHelped,
    }
}
