//! A broadcast being written, as its writer sees it: in every language, who is told and how many they are, and what can be
//! done about it.

use crate::{
    conversation::events::{kind_name, line_of},
    events::{EventId, Filter, Kind},
    handover::DESK_LANG,
    outgoing::{ButtonFace, Buttons, Html, MessageId},
    phrases::Text,
    publishing::{
        broadcast::{
            BroadcastDraft, BroadcastTap, Notice, Receivers, Segment,
            draft::Audience,
            preview::{Words, grouped},
        },
        button::{PublishButton, WritingTap},
        step::AtWork,
        writing::{Piece, Writing},
    },
};

/// Events shown at a time.
const ON_A_PAGE: usize = 8;

/// Something written, and who is to read it.
pub(super) struct Sheet {
    pub(super) notice: Notice,
    pub(super) audience: Audience,
}

/// Shows it as it will be read, with everything that can be done about it.
pub(super) fn show(at: &mut AtWork<'_>, Sheet { notice, audience }: Sheet, over: Option<MessageId>) {
    let words = words_of(at);
    let mut pieces = words.preview(&notice);
    let has_link = notice.link.is_some();
    let writing = at.keep(Piece::Broadcast(BroadcastDraft::Written {
        notice,
        audience: audience.clone(),
        asks: None,
    }));
    let (below, mut rows) = match &audience {
        Audience::Chosen(segment) => (addressed(at, segment), sending_rows(at, &writing)),
        Audience::Open | Audience::Offered(_) => (words.html(&Text::AskSegment), segment_rows(at, &writing)),
    };
    let link = if has_link {
        Text::ButtonBroadcastOtherLink
    } else {
        Text::ButtonBroadcastLink
    };
    rows.push(vec![
        button(at, &writing, &Text::ButtonBroadcastWords, BroadcastTap::Words),
        button(at, &writing, &link, BroadcastTap::Link),
    ]);
    rows.push(vec![discard(at, &writing)]);
    let last = pieces.pop().unwrap_or_default().paragraph(&below);
    // What stands above the message with the buttons has not changed, if that is still there.
    for piece in pieces.into_iter().filter(|_| over.is_none()) {
        at.show(piece, Buttons::default(), None);
    }
    at.show(last, Buttons(rows), over);
}

pub(super) fn words_of<'a>(at: &AtWork<'a>) -> Words<'a> {
    Words {
        phrases: at.senses.phrases,
        calendar: at.senses.calendar,
    }
}

/// Who is told, and how many they are.
pub(super) fn addressed(at: &AtWork<'_>, segment: &Segment) -> Html {
    let words = words_of(at);
    let name = &words.segment(segment);
    let to = words.html(&Text::BroadcastTo { segment: name });
    let Some(receivers) = count(at, segment) else {
        return to.line(&words.html(&Text::BroadcastNotCounted));
    };
    let [total, ja, ja_simple, en, others] = &[
        receivers.total(),
        receivers.ja,
        receivers.ja_simple,
        receivers.en,
        receivers.others,
    ]
    .map(grouped);
    let html = to.line(&words.html(&Text::BroadcastReceivers {
        total,
        ja,
        simple: ja_simple,
        en,
    }));
    match receivers.others {
        0 => html,
        _ => html.line(&words.html(&Text::BroadcastOthers { count: others })),
    }
}

pub(super) fn count(at: &AtWork<'_>, segment: &Segment) -> Option<Receivers> {
    (at.senses.receivers)(std::slice::from_ref(segment))?.pop()
}

fn sending_rows(at: &AtWork<'_>, writing: &Writing) -> Vec<Vec<ButtonFace>> {
    vec![
        vec![button(
            at,
            writing,
            &Text::ButtonBroadcastTrial,
            BroadcastTap::Trial,
        )],
        vec![button(
            at,
            writing,
            &Text::ButtonBroadcastSend,
            BroadcastTap::Send,
        )],
        vec![button(
            at,
            writing,
            &Text::ButtonBroadcastSegments,
            BroadcastTap::Segments,
        )],
    ]
}

/// Who can be told, each with how many they are.
fn segment_rows(at: &AtWork<'_>, writing: &Writing) -> Vec<Vec<ButtonFace>> {
    let mut choices = vec![(
        Segment::Everybody,
        Text::ButtonBroadcastAll,
        BroadcastTap::Everybody,
    )];
    choices.extend(
        Kind::ALL
            .into_iter()
            .map(|kind| (Segment::Kind(kind), kind_name(kind), BroadcastTap::Kind(kind))),
    );
    let segments: Vec<Segment> = choices.iter().map(|(segment, ..)| segment.clone()).collect();
    let counts = (at.senses.receivers)(&segments);
    let face = |(at_choice, (_, label, tap)): (usize, &(Segment, Text<'static>, BroadcastTap))| {
        let name = &at.say(label);
        let receivers = counts.as_ref().and_then(|counts| counts.get(at_choice));
        let label = match receivers {
            Some(receivers) => at.say(&Text::BroadcastChoice {
                name,
                count: &grouped(receivers.total()),
            }),
            None => name.clone(),
        };
        tap_button(writing, *tap).face(label)
    };
    let mut faces: Vec<ButtonFace> = choices.iter().enumerate().map(face).collect();
    faces.push(button(
        at,
        writing,
        &Text::ButtonBroadcastEvents,
        BroadcastTap::Events(0),
    ));
    let (first, rest) = faces.split_at(1);
    let mut rows = vec![first.to_vec()];
    rows.extend(rest.chunks(2).map(<[_]>::to_vec));
    rows
}

/// Shows a page of the coming events, to choose one whose hearers are told.
pub(super) fn offer(at: &mut AtWork<'_>, notice: Notice, page: u8, over: Option<MessageId>) {
    let mut lines: Vec<(EventId, String)> = Vec::new();
    for date in at.senses.calendar.coming(at.now, &Filter::default()) {
        if lines.iter().all(|(id, _)| *id != date.event.id) {
            let line = line_of(&date, at.senses.phrases, DESK_LANG, at.now);
            lines.push((date.event.id.clone(), line));
        }
    }
    if lines.is_empty() {
        return at.note(&Text::EventsStaffNone);
    }
    let last_page = (lines.len() - 1) / ON_A_PAGE;
    let page = usize::from(page).min(last_page);
    let shown = &lines[page * ON_A_PAGE..lines.len().min((page + 1) * ON_A_PAGE)];
    let last = words_of(at).preview(&notice).pop().unwrap_or_default();
    let writing = at.keep(Piece::Broadcast(BroadcastDraft::Written {
        notice,
        audience: Audience::Offered(shown.iter().map(|(id, _)| id.clone()).collect()),
        asks: None,
    }));
    let mut rows: Vec<Vec<ButtonFace>> = (0_u8..)
        .zip(shown)
        .map(|(number, (_, line))| {
            vec![tap_button(&writing, BroadcastTap::Event(number)).face(line.as_str())]
        })
        .collect();
    let turn = |to: usize, text: &Text<'_>| {
        u8::try_from(to)
            .ok()
            .map(|to| button(at, &writing, text, BroadcastTap::Events(to)))
    };
    let back = page.checked_sub(1).and_then(|to| turn(to, &Text::ButtonPrevious));
    let on = Some(page + 1).filter(|to| *to <= last_page);
    let on = on.and_then(|to| turn(to, &Text::ButtonNext));
    rows.push(back.into_iter().chain(on).collect());
    rows.push(vec![
        button(
            at,
            &writing,
            &Text::ButtonBroadcastSegments,
            BroadcastTap::Segments,
        ),
        discard(at, &writing),
    ]);
    rows.retain(|row| !row.is_empty());
    let html = last.paragraph(&Html::text(&at.say(&Text::AskSegmentEvent)));
    at.show(html, Buttons(rows), over);
}

fn tap_button(writing: &Writing, tap: BroadcastTap) -> PublishButton {
    PublishButton::Writing {
        by: writing.by,
        edition: writing.edition,
        tap: WritingTap::Broadcast(tap),
    }
}

pub(super) fn button(at: &AtWork<'_>, writing: &Writing, text: &Text<'_>, tap: BroadcastTap) -> ButtonFace {
    tap_button(writing, tap).face(at.say(text))
}

pub(super) fn back(at: &AtWork<'_>, writing: &Writing) -> ButtonFace {
    let button = PublishButton::Writing {
        by: writing.by,
        edition: writing.edition,
        tap: WritingTap::Back,
    };
    button.face(at.say(&Text::ButtonBack))
}

pub(super) fn discard(at: &AtWork<'_>, writing: &Writing) -> ButtonFace {
    let button = PublishButton::Writing {
        by: writing.by,
        edition: writing.edition,
        tap: WritingTap::Discard,
    };
    button.face(at.say(&Text::ButtonDiscard))
}
