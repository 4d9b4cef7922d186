//! The figures a run is told by: what each counts, and of what.

use crate::cli::eval::{
    judge::Mark,
    scored::{Came, Scored},
    stats::Rate,
};

/// A share of a run's questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    Precision,
    Direct,
    AnsweredRight,
    Assisted,
    OneTap,
    HandedOver,
    FalseAnswers,
    OthersRight,
    Right,
}

impl Figure {
    /// In the order they are told.
    pub const ALL: [Self; 9] = [
        Self::Precision,
        Self::Direct,
        Self::AnsweredRight,
        Self::Assisted,
        Self::OneTap,
        Self::HandedOver,
        Self::FalseAnswers,
        Self::OthersRight,
        Self::Right,
    ];

    /// As floors, JSON and tables name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Precision => "precision",
            Self::Direct => "direct",
            Self::AnsweredRight => "answered-right",
            Self::Assisted => "assisted",
            Self::OneTap => "one-tap",
            Self::HandedOver => "handed-over",
            Self::FalseAnswers => "false-answers",
            Self::OthersRight => "others-right",
            Self::Right => "right",
        }
    }

    /// What it counts.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Precision => "right answers, of all answers",
            Self::Direct => "as wanted at once (some handed over), of what an entry answers",
            Self::AnsweredRight => "answered, and right, of what an entry answers",
            Self::Assisted => "a right one among the choices, of what an entry answers",
            Self::OneTap => "direct or assisted",
            Self::HandedOver => "handed over, of all questions",
            Self::FalseAnswers => "answered, of what only a person may answer",
            Self::OthersRight => "as wanted, of what no entry answers",
            Self::Right => "as wanted at once, of all questions",
        }
    }

    /// Whether the question is a hit; nothing where the figure does not count it.
    #[must_use]
    pub fn counts(self, scored: &Scored) -> Option<bool> {
        let answerable = scored.wanted.expect.is_answerable();
        let right = scored.is_right();
        let assisted = scored.mark() == Mark::OneTap;
        match self {
            Self::Precision => scored.is_answered().then_some(right),
            Self::Direct => answerable.then_some(right),
            Self::AnsweredRight => answerable.then_some(right && scored.is_answered()),
            Self::Assisted => answerable.then_some(assisted),
            Self::OneTap => answerable.then_some(right || assisted),
            Self::HandedOver => Some(matches!(scored.came, Came::Handover { .. })),
            Self::FalseAnswers => scored
                .wanted
                .expect
                .is_for_people()
                .then_some(scored.is_answered()),
            Self::OthersRight => (!answerable).then_some(right),
            Self::Right => Some(right),
        }
    }

    /// What two runs are compared by, question by question. Precision counts other questions in each run; what can be
    /// paired is whether a question got a wrong answer.
    #[must_use]
    pub fn pairs(self, scored: &Scored) -> Option<bool> {
        match self {
            Self::Precision => Some(!scored.is_answered() || scored.is_right()),
            other => other.counts(scored),
        }
    }

    /// The share of the hits among those the figure counts.
    pub fn rate<'a>(self, questions: impl IntoIterator<Item = &'a Scored>) -> Rate {
        Rate::of(questions.into_iter().filter_map(|scored| self.counts(scored)))
    }
}
