//! What owners hear about a reload of the knowledge: what changed, or what is wrong with it, and which revisions they
//! can go back to.

use jiff::Timestamp;

use crate::{
    clock::in_city,
    events::Event,
    handover::{
        operation::button::OperationButton,
        senses::{DESK_LANG, DeskSenses},
    },
    knowledge::{EntryId, Problem, Revision, RevisionId, check::notices},
    outgoing::{Buttons, Html},
    phrases::Text,
};

/// At most this many entries of each kind are named.
const MOST_NAMED: usize = 10;
/// At most this many problems are shown.
const MOST_PROBLEMS: usize = 10;
/// A problem is cut off after this many characters.
const LONGEST_PROBLEM: usize = 240;
/// How much of a revision's name people need to tell it apart.
const SHORT: usize = 8;

/// A revision that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub id: RevisionId,
    pub at: Timestamp,
    pub entries: usize,
    pub in_force: bool,
}

/// The folder was taken: what is new, changed and gone. `back` is the revision one can go back to.
#[must_use]
pub fn taken(
    before: &Revision,
    after: &Revision,
    back: Option<&RevisionId>,
    senses: &DeskSenses<'_>,
) -> (Html, Buttons) {
    let revision = short(&after.id);
    let entries = after.entries.len();
    if before.id == after.id {
        let same = senses.html(&Text::ReloadSame { revision, entries });
        return (same, Buttons::default());
    }
    let new = after
        .entries
        .keys()
        .filter(|id| !before.entries.contains_key(*id));
    let gone = before
        .entries
        .keys()
        .filter(|id| !after.entries.contains_key(*id));
    let changed = after
        .entries
        .iter()
        .filter(|(id, entry)| before.entries.get(*id).is_some_and(|was| was != *entry))
        .map(|(id, _)| id);
    let head = senses.html(&Text::ReloadTaken { revision, entries });
    let told = [
        named(new, senses, |count, list| Text::ReloadNew { count, list }),
        named(changed, senses, |count, list| Text::ReloadChanged { count, list }),
        named(gone, senses, |count, list| Text::ReloadGone { count, list }),
    ];
    let mut told: Vec<Html> = told.into_iter().flatten().collect();
    if told.is_empty() {
        told.push(senses.html(&Text::ReloadOtherwise));
    }
    let html = told.iter().fold(head, Html::line);
    (html, going_back(back, senses))
}

/// With the events that are not in the knowledge any more and stayed in the calendar, since people rely on them.
#[must_use]
pub fn with_left_behind(html: Html, left: &[Event], senses: &DeskSenses<'_>) -> Html {
    let titles = left.iter().filter_map(|event| event.title.in_lang(DESK_LANG));
    let titles: Vec<&str> = titles.map(|(_, title)| title).take(MOST_NAMED).collect();
    if titles.is_empty() {
        return html;
    }
    let list = &titles.join(&senses.say(&Text::ListComma));
    html.line(&senses.html(&Text::ReloadEventsStay { list }))
}

/// What of the knowledge should be seen to, though it is in force; nothing where there is nothing.
#[must_use]
pub fn to_be_seen_to(revision: &Revision, senses: &DeskSenses<'_>, now: Timestamp) -> Option<Html> {
    let notices = notices(revision, in_city(now).date());
    let head = senses.html(&Text::KnowledgeNotices { count: notices.len() });
    (!notices.is_empty()).then(|| listed(head, &notices, senses))
}

/// The folder has problems, and what was in force stays.
#[must_use]
pub fn refused(problems: &[Problem], senses: &DeskSenses<'_>) -> Html {
    let head = senses.html(&Text::ReloadRefused {
        count: problems.len(),
    });
    listed(head, problems, senses)
}

fn listed(head: Html, problems: &[Problem], senses: &DeskSenses<'_>) -> Html {
    let shown = problems.iter().take(MOST_PROBLEMS).map(|problem| {
        let line: String = problem.to_string().chars().take(LONGEST_PROBLEM).collect();
        Html::text(&line)
    });
    let html = shown.fold(head, |html, line| html.line(&line));
    match problems.len().saturating_sub(MOST_PROBLEMS) {
        0 => html,
        count => html.line(&senses.html(&Text::ReloadMore { count })),
    }
}

/// It could not be read at all, for this reason.
#[must_use]
pub fn failed(reason: &str, senses: &DeskSenses<'_>) -> Html {
    senses.html(&Text::ReloadFailed { reason })
}

/// An earlier revision is in force again. `back` is the one it replaced.
#[must_use]
pub fn went_back(after: &Revision, back: Option<&RevisionId>, senses: &DeskSenses<'_>) -> (Html, Buttons) {
    let html = senses.html(&Text::ReloadWentBack {
        revision: short(&after.id),
        entries: after.entries.len(),
    });
    (html, going_back(back, senses))
}

/// The revision asked for is no longer kept.
#[must_use]
pub fn not_kept(senses: &DeskSenses<'_>) -> Html {
    senses.html(&Text::ReloadNotKept)
}

/// The revisions one can go back to, newest first.
#[must_use]
pub fn revisions(kept: &[Kept], senses: &DeskSenses<'_>, now: Timestamp) -> (Html, Buttons) {
    let others = kept.iter().filter(|one| !one.in_force);
    let rows: Vec<_> = others
        .map(|one| {
            let label = senses.say(&Text::RevisionChoice {
                moment: &senses.moment(one.at, now),
                revision: short(&one.id),
                entries: one.entries,
            });
            vec![OperationButton::GoBack(one.id.clone()).face(label)]
        })
        .collect();
    let text = if rows.is_empty() {
        Text::ReloadNoOther
    } else {
        Text::ReloadChoose
    };
    (senses.html(&text), Buttons(rows))
}

fn going_back(back: Option<&RevisionId>, senses: &DeskSenses<'_>) -> Buttons {
    let button = back.map(|id| OperationButton::GoBack(id.clone()).face(senses.say(&Text::ButtonGoBack)));
    Buttons(button.into_iter().map(|button| vec![button]).collect())
}

fn named<'e>(
    ids: impl Iterator<Item = &'e EntryId>,
    senses: &DeskSenses<'_>,
    text: impl for<'t> Fn(usize, &'t str) -> Text<'t>,
) -> Option<Html> {
    let ids: Vec<&str> = ids.map(EntryId::as_str).collect();
    let mut list = ids
        .iter()
        .take(MOST_NAMED)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    let more = ids.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        list = format!("{list}, {}", senses.say(&Text::ReloadMore { count: more }));
    }
    (!ids.is_empty()).then(|| senses.html(&text(ids.len(), &list)))
}

fn short(id: &RevisionId) -> &str {
    id.0.get(..SHORT).unwrap_or(&id.0)
}
