//! The coming events by kind and month, page by page.

use crate::{
    conversation::{
        button::{Button, EventsPage},
        events::card,
        keyboards::{self, rows, said},
        turn::{Place, Turn},
    },
    events::{Coming, Filter, Kind},
    knowledge::Entry,
    outgoing::{ButtonFace, Buttons},
    phrases::Text,
    reminders::Subject,
};

const EVENTS_A_PAGE: usize = 6;
const BUTTONS_A_ROW: usize = 3;
/// At most this many months ahead can be chosen.
const MONTHS: usize = 6;
/// At most this many entries on events are shown where nothing is coming.
const ENTRIES: usize = 4;

/// What movers call the kind.
#[must_use]
pub fn kind_name(kind: Kind) -> Text<'static> {
    match kind {
        Kind::Farming => Text::KindFarming,
        Kind::VacantHome => Text::KindVacantHome,
        Kind::Community => Text::KindCommunity,
        Kind::Festival => Text::KindFestival,
        Kind::Seminar => Text::KindSeminar,
    }
}

/// One page of the list; where nothing is coming, what is known of past events, and the offer to tell of new ones.
pub(crate) fn list(turn: &mut Turn<'_>, place: Place, wanted: EventsPage) {
    let filter = Filter {
        kind: wanted.kind,
        month: wanted.month,
    };
    let calendar = turn.senses.calendar;
    let coming = calendar.coming(turn.now, &filter);
    let pages = coming.len().div_ceil(EVENTS_A_PAGE).max(1);
    let page = usize::from(wanted.page).min(pages - 1);
    let first = page * EVENTS_A_PAGE;
    let shown = &coming[first..coming.len().min(first + EVENTS_A_PAGE)];

    let mut rows: Vec<Vec<ButtonFace>> = shown.iter().map(|date| vec![line(turn, date)]).collect();
    if coming.is_empty() && wanted.is_whole() {
        rows.extend(known_entries(turn));
    }
    rows.extend(turning(turn, &wanted, page, pages));
    rows.extend(months(turn, &wanted));
    rows.extend(kinds(turn, &wanted));
    rows.push(vec![follow_button(turn, wanted.kind)]);
    rows.push(vec![
        said(turn, &Text::ButtonReminders, &Button::reminders()),
        keyboards::menu(turn),
    ]);
    let certain = coming.iter().any(|date| date.certain);
    let text = head(turn, &wanted, certain, page, pages);
    turn.tell_plain(place, &text, Buttons(rows));
}

/// Where no date is certain, that is what is said first.
fn head(turn: &Turn<'_>, wanted: &EventsPage, certain: bool, page: usize, pages: usize) -> String {
    if !certain {
        let none = if wanted.is_whole() {
            Text::EventsNone
        } else {
            Text::EventsNoneSo
        };
        return format!("{}\n{}", turn.say(&none), turn.say(&Text::EventsOffer));
    }
    let lang = turn.conversation.lang;
    let named = [
        wanted.kind.map(|kind| turn.say(&kind_name(kind))),
        wanted
            .month
            .map(|month| turn.senses.phrases.month_of_year(lang, month.first())),
    ];
    let named: Vec<String> = named.into_iter().flatten().collect();
    let head = if named.is_empty() {
        turn.say(&Text::EventsHead)
    } else {
        let kind = &named.join(&turn.say(&Text::ListComma));
        turn.say(&Text::EventsHeadKind { kind })
    };
    if pages == 1 {
        return head;
    }
    let page = page + 1;
    turn.say(&Text::EventsPage {
        head: &head,
        page,
        pages,
    })
}

/// One date of an event, as a button that opens it.
fn line(turn: &Turn<'_>, date: &Coming<'_>) -> ButtonFace {
    let label = card::words(turn).dated_title(date);
    Button::Event(date.event.id.clone()).face(label)
}

fn turning(turn: &Turn<'_>, wanted: &EventsPage, page: usize, pages: usize) -> Option<Vec<ButtonFace>> {
    let to = |page: usize| {
        Button::Events(EventsPage {
            page: u8::try_from(page).unwrap_or(u8::MAX),
            ..*wanted
        })
    };
    let mut row = Vec::new();
    if page > 0 {
        row.push(said(turn, &Text::ButtonPrevious, &to(page - 1)));
    }
    if page + 1 < pages {
        row.push(said(turn, &Text::ButtonNext, &to(page + 1)));
    }
    (!row.is_empty()).then_some(row)
}

/// The months in which something comes, where there is more than one.
fn months(turn: &Turn<'_>, wanted: &EventsPage) -> Vec<Vec<ButtonFace>> {
    let months = turn.senses.calendar.months(turn.now, wanted.kind);
    if months.len() < 2 {
        return Vec::new();
    }
    let lang = turn.conversation.lang;
    let faces: Vec<ButtonFace> = months
        .into_iter()
        .take(MONTHS)
        .filter(|(month, _)| wanted.month != Some(*month))
        .map(|(month, _)| {
            let label = turn.senses.phrases.month_of_year(lang, month.first());
            Button::Events(EventsPage {
                month: Some(month),
                page: 0,
                ..*wanted
            })
            .face(label)
        })
        .collect();
    faces.chunks(BUTTONS_A_ROW).map(<[_]>::to_vec).collect()
}

/// The kinds of which something comes; all of them, once one was chosen.
fn kinds(turn: &Turn<'_>, wanted: &EventsPage) -> Vec<Vec<ButtonFace>> {
    let coming = turn.senses.calendar.coming(turn.now, &Filter::default());
    let mut faces: Vec<ButtonFace> = Kind::ALL
        .into_iter()
        .filter(|kind| wanted.kind != Some(*kind) && coming.iter().any(|date| date.event.kind == *kind))
        .map(|kind| {
            let page = EventsPage {
                kind: Some(kind),
                ..EventsPage::default()
            };
            said(turn, &kind_name(kind), &Button::Events(page))
        })
        .collect();
    if !wanted.is_whole() {
        faces.push(said(
            turn,
            &Text::ButtonEventsAll,
            &Button::Events(EventsPage::default()),
        ));
    }
    faces.chunks(BUTTONS_A_ROW).map(<[_]>::to_vec).collect()
}

/// To be told of everything, or of one kind; or no longer.
fn follow_button(turn: &Turn<'_>, kind: Option<Kind>) -> ButtonFace {
    let subject = kind.map_or(Subject::All, Subject::Kind);
    let follows = turn
        .subscriber
        .as_ref()
        .is_some_and(|subscriber| subscriber.follows.contains_key(&subject));
    match kind {
        None if follows => said(turn, &Text::ButtonUnfollowAll, &Button::Unfollow(subject)),
        None => said(turn, &Text::ButtonFollowAll, &Button::Follow(subject)),
        Some(kind) => {
            let kind = &turn.say(&kind_name(kind));
            if follows {
                said(
                    turn,
                    &Text::ButtonUnfollowKind { kind },
                    &Button::Unfollow(subject),
                )
            } else {
                said(turn, &Text::ButtonFollowKind { kind }, &Button::Follow(subject))
            }
        }
    }
}

/// What the papers say of events that come every year.
fn known_entries(turn: &Turn<'_>) -> Vec<Vec<ButtonFace>> {
    let known: Vec<&Entry> = turn
        .senses
        .revision
        .entries
        .values()
        .filter(|entry| entry.category == "event" && !entry.is_other_city())
        .take(ENTRIES)
        .collect();
    rows(turn, &known, |entry| Button::Show(entry.id.clone()))
}
