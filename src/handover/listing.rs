//! `/cases`: all cases at a glance, with filters and pages.

use std::cmp::Reverse;

use jiff::Timestamp;

use crate::{
    handover::{
        button::{CaseFilter, DeskButton},
        card,
        case::{Case, Stage},
        senses::DeskSenses,
    },
    outgoing::{Buttons, ChatId, Html, ThreadId, UserId},
    phrases::Text,
};

/// Cases on one page.
const PAGE: usize = 8;

/// A case and where its topic is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub case: Case,
    pub topic: Option<ThreadId>,
}

/// One page of the list, with buttons to turn and filter it. Whoever waits longest comes first; closed cases are
/// ordered by when they were closed, newest first.
#[must_use]
pub fn cases(
    all: Vec<Listed>,
    filter: CaseFilter,
    page: u16,
    viewer: Option<UserId>,
    group: ChatId,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> (Html, Buttons) {
    let mut shown: Vec<Listed> = all
        .into_iter()
        .filter(|listed| fits(&listed.case, filter, viewer))
        .collect();
    shown.sort_by_key(|listed| {
        let case = &listed.case;
        (
            closed_at(case).map(Reverse),
            !case.is_urgent(),
            case.waiting_since.is_none(),
            case.waiting_since,
            Reverse(case.last_words),
        )
    });
    let pages = shown.len().div_ceil(PAGE).max(1);
    let page = usize::from(page).min(pages - 1);
    let count = shown.len();
    let head = senses.say(&Text::CasesHead {
        filter: &senses.say(&label(filter)),
        count,
    });
    let lines = shown
        .iter()
        .skip(page * PAGE)
        .take(PAGE)
        .map(|listed| line(listed, group, senses, now));
    let html = lines.fold(Html::bold(&head), |list, line| list.line(&line));
    (html, buttons(filter, page, pages, senses))
}

fn closed_at(case: &Case) -> Option<Timestamp> {
    match case.stage {
        Stage::Closed { at, .. } => Some(at),
        Stage::Open | Stage::Claimed { .. } => None,
    }
}

fn fits(case: &Case, filter: CaseFilter, viewer: Option<UserId>) -> bool {
    match filter {
        CaseFilter::Live => case.is_live(),
        CaseFilter::Waiting => case.is_live() && case.waiting_since.is_some(),
        CaseFilter::Mine => case.owner().is_some() && case.owner() == viewer,
        CaseFilter::Closed => !case.is_live(),
    }
}

fn line(listed: &Listed, group: ChatId, senses: &DeskSenses<'_>, now: Timestamp) -> Html {
    let title = card::title(&listed.case, senses, now);
    let title = match listed.topic.and_then(|thread| address(group, thread)) {
        Some(address) => Html::link(&title, &address),
        None => Html::text(&title),
    };
    let moment = match listed.case.waiting_since {
        Some(since) => senses.say(&Text::CasesWaiting {
            moment: &senses.moment(since, now),
        }),
        None => senses.say(&Text::CasesLast {
            moment: &senses.moment(listed.case.last_words, now),
        }),
    };
    title.then(&Html::text(" ")).then(&Html::text(&moment))
}

/// Telegram's address of a topic in a private supergroup.
pub(super) fn address(group: ChatId, thread: ThreadId) -> Option<String> {
    let number = group.0.to_string();
    let number = number.strip_prefix("-100")?;
    Some(format!("https://t.me/c/{number}/{}", thread.0))
}

fn buttons(filter: CaseFilter, page: usize, pages: usize, senses: &DeskSenses<'_>) -> Buttons {
    let go = |filter, page: usize, text: &Text<'_>| {
        DeskButton::Cases(filter, u16::try_from(page).unwrap_or(u16::MAX)).face(senses.say(text))
    };
    let filters = CaseFilter::ALL
        .into_iter()
        .filter(|other| *other != filter)
        .map(|other| go(other, 0, &label(other)))
        .collect();
    let mut turning = Vec::new();
    if page > 0 {
        turning.push(go(filter, page - 1, &Text::ButtonPrevious));
    }
    if page + 1 < pages {
        turning.push(go(filter, page + 1, &Text::ButtonNext));
    }
    Buttons(
        [filters, turning]
            .into_iter()
            .filter(|row: &Vec<_>| !row.is_empty())
            .collect(),
    )
}

fn label(filter: CaseFilter) -> Text<'static> {
    match filter {
        CaseFilter::Live => Text::CasesLive,
        CaseFilter::Waiting => Text::CasesWaitingOnly,
        CaseFilter::Mine => Text::CasesMine,
        CaseFilter::Closed => Text::CasesClosed,
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::{
        conversation::{Wish, WishReason, sample},
        handover::{Closing, DeskHours, Face},
        knowledge::Holidays,
        lang::Lang,
    };

    #[test]
    fn closed_cases_stand_by_when_they_were_closed_newest_first() {
        let begin = sample::at("2026-11-24T09:00:00+09:00");
        let closed = |name: &str, why, spoke: i64, closed: i64| {
            let (at, question) = (begin, None);
            let face = Face {
                name: name.to_owned(),
                username: None,
            };
            let mut case = Case::first(UserId(1), Lang::Ja, face, &Wish { at, why, question });
            case.mover_spoke(None, begin + SignedDuration::from_hours(spoke));
            case.end(Closing::Mover, begin + SignedDuration::from_hours(closed));
            Listed { case, topic: None }
        };
        let holidays = Holidays::default();
        let senses = DeskSenses {
            talk: sample::senses(),
            hours: DeskHours { holidays: &holidays },
            colleagues: &[],
            connected: true,
            in_reach: true,
        };
        let all = vec![
            closed("Anna", WishReason::Crisis, 1, 2),
            closed("Ben", WishReason::Asked, 1, 5),
            closed("Clara", WishReason::Asked, 3, 4),
        ];
        let now = begin + SignedDuration::from_hours(9);
        let (html, _) = cases(all, CaseFilter::Closed, 0, None, ChatId(-100), &senses, now);
        let plain = html.plain();
        let places = ["Ben", "Clara", "Anna"].map(|name| plain.find(name).unwrap());
        assert!(places.is_sorted(), "{plain}");
    }
}
