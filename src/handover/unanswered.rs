//! `/unanswered`: what the bot could not answer lately, similar questions together, the most frequent first.

use jiff::{SignedDuration, Timestamp};

use crate::{
    conversation::{Came, Note},
    handover::{button::DeskButton, senses::DeskSenses},
    outgoing::{Buttons, Html},
    phrases::{Text, shortened},
};

/// How far the list looks back.
pub const LOOKS_BACK: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Groups on one page.
const PAGE: usize = 8;
/// How much of a question is shown, in characters.
const SHOWN_QUESTION: usize = 120;

/// A question that was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    pub question: String,
    pub at: Timestamp,
}

/// The unanswered questions, in the order of the notes. Messages too long to be read do not count as questions.
#[must_use]
pub fn of_notes(notes: Vec<Note>) -> Vec<Unanswered> {
    let open = notes.into_iter().filter_map(|note| match note {
        Note::Asked {
            question,
            outcome: Came::Gap | Came::NotUnderstood,
            at,
            ..
        }
        | Note::NoneFit { question, at } => Some(Unanswered { question, at }),
        Note::Asked { .. } | Note::Tapped { .. } => None,
    });
    open.collect()
}

/// One page of the list. `groups` are indices into `all`, which is ordered by time, newest first.
#[must_use]
pub fn page(
    all: &[Unanswered],
    mut groups: Vec<Vec<usize>>,
    page: u16,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> (Html, Buttons) {
    if all.is_empty() {
        return (senses.html(&Text::UnansweredNone), Buttons::default());
    }
    // Among equally frequent ones, the one asked last stays first.
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let pages = groups.len().div_ceil(PAGE).max(1);
    let page = usize::from(page).min(pages - 1);
    let head = Html::bold(&senses.say(&Text::UnansweredHead {
        count: all.len(),
        groups: groups.len(),
    }));
    let lines = groups.iter().skip(page * PAGE).take(PAGE).filter_map(|group| {
        let newest = all.get(*group.first()?)?;
        let question = newest.question.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(senses.html(&Text::UnansweredLine {
            count: group.len(),
            question: &shortened(&question, SHOWN_QUESTION),
            moment: &senses.moment(newest.at, now),
        }))
    });
    let html = lines.fold(head, |list, line| list.line(&line));
    (html, buttons(page, pages, senses))
}

fn buttons(page: usize, pages: usize, senses: &DeskSenses<'_>) -> Buttons {
    let go = |page: usize, text: &Text<'_>| {
        DeskButton::Unanswered(u16::try_from(page).unwrap_or(u16::MAX)).face(senses.say(text))
    };
    let mut turning = Vec::new();
    if page > 0 {
        turning.push(go(page - 1, &Text::ButtonPrevious));
    }
    if page + 1 < pages {
        turning.push(go(page + 1, &Text::ButtonNext));
    }
    Buttons([turning].into_iter().filter(|row| !row.is_empty()).collect())
}
