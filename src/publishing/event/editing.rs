//! Entering an event, and changing one: asked for one detail after the other, shown in every language, published.

use crate::{
    conversation::events::kind_name,
    events::{Event, EventId, Kind, Origin, SignUp, Standing},
    handover::DESK_LANG,
    outgoing::{ButtonFace, Buttons, Html, MessageId},
    phrases::Text,
    publishing::{
        button::{PublishButton, WritingTap},
        event::{
            draft::{EventDraft, WholeEvent},
            field::{self, Field},
            preview::preview,
            problems::Say,
        },
        step::AtWork,
        writing::{Piece, Writing},
    },
    reminders::news_of,
};

/// Begins a new event.
pub(in crate::publishing) fn begin(at: &mut AtWork<'_>) {
    let draft = EventDraft::Begun {
        title: None,
        when: None,
    };
    ask_on(at, draft);
}

/// Opens an event of the calendar to be changed.
pub(in crate::publishing) fn open(at: &mut AtWork<'_>, id: &EventId) {
    let Some(event) = at.senses.calendar.get(id) else {
        return at.note(&Text::EventNoLonger);
    };
    let draft = EventDraft::of(event);
    show(at, draft, None);
}

/// Words that were waited for.
pub(in crate::publishing) fn answered(at: &mut AtWork<'_>, draft: EventDraft, words: &str) {
    let say = Say(at.senses.phrases);
    let now = at.now;
    let read = match draft {
        EventDraft::Begun { title: None, when } => field::title(words, say).map(|title| EventDraft::Begun {
            title: Some(title),
            when,
        }),
        EventDraft::Begun { title, when: _ } => field::when(words, say, now).map(|when| EventDraft::Begun {
            title,
            when: Some(when),
        }),
        EventDraft::Whole(mut whole) => match whole.asks {
            None => return,
            Some(field) => field.write(&mut whole.event, words, say, now).map(|()| {
                whole.asks = None;
                EventDraft::Whole(whole)
            }),
        },
    };
    match read {
        Ok(draft @ EventDraft::Begun { .. }) => ask_on(at, draft),
        Ok(draft @ EventDraft::Whole(_)) => show(at, draft, None),
        // What was asked for is still awaited.
        Err(why) => at.show(Html::text(&why), Buttons::default(), None),
    }
}

/// A button under the event being written.
pub(in crate::publishing) fn tapped(
    at: &mut AtWork<'_>,
    draft: EventDraft,
    tap: WritingTap,
    message: Option<MessageId>,
) {
    if tap == WritingTap::Discard {
        at.done();
        let html = Html::text(&at.say(&Text::PublishDiscarded));
        return at.show(html, Buttons::default(), message);
    }
    let mut whole = match draft {
        EventDraft::Begun {
            title: Some(title),
            when: Some(when),
        } => match tap {
            WritingTap::Kind(kind) => {
                Box::new(WholeEvent::new(title, when, kind, at.senses.calendar, at.now))
            }
            _ => return at.note(&Text::PublishOld),
        },
        EventDraft::Begun { .. } => return at.note(&Text::PublishOld),
        EventDraft::Whole(whole) => whole,
    };
    match tap {
        WritingTap::Ask(field) => return ask(at, whole, field),
        WritingTap::Kinds => return kinds(at, EventDraft::Whole(whole), message),
        WritingTap::Publish => return publish(at, whole, message),
        WritingTap::Kind(kind) => whole.event.kind = kind,
        WritingTap::InChat(yes) => {
            field::sign_up(&mut whole.event).in_chat = yes;
            whole.event.sign_up = whole
                .event
                .sign_up
                .take()
                .filter(|known| *known != SignUp::default());
        }
        WritingTap::Standing(standing) => whole.event.standing = standing,
        WritingTap::Broadcast(_) => return at.note(&Text::PublishOld),
        WritingTap::Back => whole.asks = None,
        WritingTap::Discard => {}
    }
    show(at, EventDraft::Whole(whole), message);
}

/// Asks for what a new event lacks.
fn ask_on(at: &mut AtWork<'_>, draft: EventDraft) {
    let asks = draft.asks();
    let writing = at.keep(Piece::Event(draft));
    let discard = vec![tap_button(
        at,
        &writing,
        &Text::ButtonDiscard,
        WritingTap::Discard,
    )];
    match asks {
        Some(field) => at.tell(&field.question(), Buttons(vec![discard])),
        None => {
            let mut rows = kind_rows(at, &writing);
            rows.push(discard);
            at.tell(&Text::AskKind, Buttons(rows));
        }
    }
}

fn ask(at: &mut AtWork<'_>, mut whole: Box<WholeEvent>, field: Field) {
    let needs_place = matches!(field, Field::Address | Field::Map) && whole.event.place.is_none();
    if needs_place {
        return at.note(&Text::WrongNoPlace);
    }
    whole.asks = Some(field);
    let writing = at.keep(Piece::Event(EventDraft::Whole(whole)));
    let ways_out = vec![
        tap_button(at, &writing, &Text::ButtonBack, WritingTap::Back),
        tap_button(at, &writing, &Text::ButtonDiscard, WritingTap::Discard),
    ];
    at.tell(&field.question(), Buttons(vec![ways_out]));
}

fn kinds(at: &mut AtWork<'_>, draft: EventDraft, message: Option<MessageId>) {
    let writing = at.keep(Piece::Event(draft));
    let buttons = Buttons(kind_rows(at, &writing));
    let html = Html::text(&at.say(&Text::AskKind));
    at.show(html, buttons, message);
}

fn kind_rows(at: &AtWork<'_>, writing: &Writing) -> Vec<Vec<ButtonFace>> {
    let button = |kind: &Kind| tap_button(at, writing, &kind_name(*kind), WritingTap::Kind(*kind));
    let buttons: Vec<ButtonFace> = Kind::ALL.iter().map(button).collect();
    buttons.chunks(2).map(<[_]>::to_vec).collect()
}

/// Shows the event as it will be seen, with everything that can be done about it.
fn show(at: &mut AtWork<'_>, draft: EventDraft, over: Option<MessageId>) {
    let EventDraft::Whole(whole) = &draft else {
        return ask_on(at, draft);
    };
    let (event, changed, is_new) = (whole.event.clone(), whole.is_changed(), whole.before.is_none());
    let mut pieces = preview(at, &event);
    let told = told(at, whole);
    let writing = at.keep(Piece::Event(draft));
    let buttons = Buttons(rows(at, &writing, &event, changed, is_new));
    let last = pieces.pop().unwrap_or_default().paragraph(&told);
    // Several messages are never put in the place of one.
    let over = over.filter(|_| pieces.is_empty());
    for piece in pieces {
        at.show(piece, Buttons::default(), None);
    }
    at.show(last, buttons, over);
}

/// How many would be told, so that nobody publishes to hundreds by mistake.
fn told(at: &AtWork<'_>, whole: &WholeEvent) -> Html {
    if !whole.is_changed() {
        return Html::default();
    }
    let text = match news_of(whole.before.as_ref(), &whole.event, at.now) {
        None => Text::PublishTellsNobody,
        Some(news) => match (at.senses.hear_of)(&whole.event, news) {
            Some(count) => Text::PublishTells { count },
            None => Text::PublishTellsSome,
        },
    };
    Html::text(&at.say(&text)).in_italics()
}

fn rows(
    at: &AtWork<'_>,
    writing: &Writing,
    event: &Event,
    changed: bool,
    is_new: bool,
) -> Vec<Vec<ButtonFace>> {
    let button = |text: &Text<'_>, tap| tap_button(at, writing, text, tap);
    let mut fields: Vec<ButtonFace> = Field::ALL
        .iter()
        .map(|field| button(&field.label(), WritingTap::Ask(*field)))
        .collect();
    fields.push(button(&Text::ButtonFieldKind, WritingTap::Kinds));
    let in_chat = event.sign_up.as_ref().is_some_and(|sign_up| sign_up.in_chat);
    fields.push(if in_chat {
        button(&Text::ButtonNotInChat, WritingTap::InChat(false))
    } else {
        button(&Text::ButtonInChat, WritingTap::InChat(true))
    });
    let mut rows: Vec<Vec<ButtonFace>> = fields.chunks(3).map(<[_]>::to_vec).collect();
    let standings = [
        (Standing::Confirmed, Text::ButtonConfirmDate),
        (Standing::Unconfirmed, Text::ButtonUnconfirmDate),
        (Standing::Cancelled, Text::ButtonCancelEvent),
    ];
    rows.push(
        standings
            .iter()
            .filter(|(standing, _)| {
                *standing != event.standing && !(is_new && *standing == Standing::Cancelled)
            })
            .map(|(standing, text)| button(text, WritingTap::Standing(*standing)))
            .collect(),
    );
    let discard = button(&Text::ButtonDiscard, WritingTap::Discard);
    rows.push(if changed {
        vec![button(&Text::ButtonPublish, WritingTap::Publish), discard]
    } else {
        vec![discard]
    });
    rows
}

fn publish(at: &mut AtWork<'_>, whole: Box<WholeEvent>, message: Option<MessageId>) {
    if !whole.is_up_to_date(at.senses.calendar) {
        return at.note(&Text::PublishChangedMeanwhile);
    }
    if !whole.is_changed() {
        return at.note(&Text::PublishOld);
    }
    let mut event = whole.event;
    // What staff changed stays as they left it, whatever its entry or file says later.
    event.origin = Origin::Staff;
    let title = event.title.in_lang(DESK_LANG).map_or("", |(_, title)| title);
    let html = Html::text(&at.say(&Text::Published { title }));
    let again = PublishButton::Open(event.id.clone()).face(at.say(&Text::ButtonChangeEvent));
    at.show(html, Buttons(vec![vec![again]]), message);
    at.step.events = vec![event];
    at.done();
}

pub(super) fn tap_button(at: &AtWork<'_>, writing: &Writing, text: &Text<'_>, tap: WritingTap) -> ButtonFace {
    let button = PublishButton::Writing {
        by: writing.by,
        edition: writing.edition,
        tap,
    };
    button.face(at.say(text))
}
