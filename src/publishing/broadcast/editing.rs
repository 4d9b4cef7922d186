//! Writing a broadcast: asked for its words, shown in every language with how many it reaches, tried out, sent.

use crate::{
    events::Link,
    outgoing::{Act, BroadcastId, Buttons, Html, MessageId, Outgoing, Priority, Trial, UserId, Voice},
    phrases::Text,
    publishing::{
        broadcast::{
            BadNotice, Broadcast, BroadcastDraft, BroadcastStep, BroadcastTap, Change, Course, Notice,
            Segment, State, Worded,
            draft::{Asks, Audience},
            notice::{self, LONGEST},
            sheet::{Sheet, addressed, back, button, count, discard, offer, show, words_of},
        },
        button::WritingTap,
        languages,
        step::AtWork,
        writing::Piece,
    },
};

/// Asks for the words of a new one.
pub(in crate::publishing) fn begin(at: &mut AtWork<'_>) {
    let writing = at.keep(Piece::Broadcast(BroadcastDraft::Begun));
    let rows = vec![vec![discard(at, &writing)]];
    at.tell(&Text::AskBroadcast { limit: LONGEST }, Buttons(rows));
}

/// Words that were waited for, as text and with their marks.
pub(in crate::publishing) fn answered(at: &mut AtWork<'_>, draft: BroadcastDraft, text: &str, html: &Html) {
    let asks = draft.asks();
    let (before, audience) = match draft {
        BroadcastDraft::Begun => (None, Audience::Open),
        BroadcastDraft::Written { notice, audience, .. } => (Some(notice), audience),
        BroadcastDraft::Handed { .. } => return,
    };
    let notice = match (asks, before) {
        (None, _) | (Some(Asks::Link), None) => return,
        (Some(Asks::Words), before) => words(before, text, html),
        (Some(Asks::Link), Some(before)) => page(before, text),
    };
    match notice {
        Ok(notice) => show(at, Sheet { notice, audience }, None),
        // What was asked for is still awaited.
        Err(why) => at.tell(&why, Buttons::default()),
    }
}

fn words(before: Option<Notice>, text: &str, html: &Html) -> Result<Notice, Text<'static>> {
    let words = Worded::read(before.as_ref().map(|before| &before.words), text, html);
    let link: Option<Link> = before.and_then(|before| before.link);
    words
        .map(|words| Notice { words, link })
        .map_err(|bad| match bad {
            BadNotice::NoWords => Text::WrongNoText,
            BadNotice::TooLong => Text::WrongTooLong { limit: LONGEST },
        })
}

fn page(before: Notice, text: &str) -> Result<Notice, Text<'static>> {
    let link = if languages::is_nothing(text) {
        None
    } else {
        Some(notice::link(text).ok_or(Text::WrongLink)?)
    };
    Ok(Notice { link, ..before })
}

/// A button under what is being written. Only [`BroadcastTap::Confirm`] comes from somebody else.
pub(in crate::publishing) fn tapped(
    at: &mut AtWork<'_>,
    draft: BroadcastDraft,
    tap: WritingTap,
    message: Option<MessageId>,
) {
    let tap = match tap {
        WritingTap::Discard => {
            at.done();
            let html = Html::text(&at.say(&Text::PublishDiscarded));
            return at.show(html, Buttons::default(), message);
        }
        WritingTap::Back => return return_to(at, draft),
        WritingTap::Broadcast(tap) => tap,
        _ => return at.note(&Text::PublishOld),
    };
    match (draft, tap) {
        (BroadcastDraft::Handed { notice, segment }, BroadcastTap::Confirm) => {
            let confirmed_by = Some(at.who).filter(|who| *who != at.writer());
            send(at, notice, segment, confirmed_by, message);
        }
        (BroadcastDraft::Handed { notice, segment }, BroadcastTap::Words) => {
            let audience = Audience::Chosen(segment);
            ask(at, Sheet { notice, audience }, Asks::Words);
        }
        (BroadcastDraft::Written { notice, audience, .. }, tap) => {
            change(at, Sheet { notice, audience }, tap, message);
        }
        (BroadcastDraft::Begun | BroadcastDraft::Handed { .. }, _) => at.note(&Text::PublishOld),
    }
}

/// Back from a question, or from sending, to the sheet.
fn return_to(at: &mut AtWork<'_>, draft: BroadcastDraft) {
    match draft {
        BroadcastDraft::Written { notice, audience, .. } => show(at, Sheet { notice, audience }, None),
        BroadcastDraft::Handed { notice, segment } => {
            let audience = Audience::Chosen(segment);
            show(at, Sheet { notice, audience }, None);
        }
        BroadcastDraft::Begun => at.note(&Text::PublishOld),
    }
}

fn change(at: &mut AtWork<'_>, sheet: Sheet, tap: BroadcastTap, message: Option<MessageId>) {
    let to = |sheet: Sheet, audience| Sheet { audience, ..sheet };
    let chosen = |sheet: Sheet, segment| to(sheet, Audience::Chosen(segment));
    let sheet = match (tap, &sheet.audience) {
        (BroadcastTap::Words, _) => return ask(at, sheet, Asks::Words),
        (BroadcastTap::Link, _) => return ask(at, sheet, Asks::Link),
        (BroadcastTap::Segments, _) => to(sheet, Audience::Open),
        (BroadcastTap::Everybody, _) => chosen(sheet, Segment::Everybody),
        (BroadcastTap::Kind(kind), _) => chosen(sheet, Segment::Kind(kind)),
        (BroadcastTap::Events(page), _) => return offer(at, sheet.notice, page, message),
        (BroadcastTap::Event(shown), Audience::Offered(events)) => {
            match events.get(usize::from(shown)).cloned() {
                Some(event) => chosen(sheet, Segment::Event(event)),
                None => return at.note(&Text::PublishOld),
            }
        }
        (BroadcastTap::Trial, _) => return try_out(at, &sheet.notice),
        (BroadcastTap::Send, Audience::Chosen(segment)) => {
            let segment = segment.clone();
            return hand_over(at, sheet.notice, segment, message);
        }
        _ => return at.note(&Text::PublishOld),
    };
    show(at, sheet, message);
}

fn ask(at: &mut AtWork<'_>, Sheet { notice, audience }: Sheet, asks: Asks) {
    let draft = BroadcastDraft::Written {
        notice,
        audience,
        asks: Some(asks),
    };
    let writing = at.keep(Piece::Broadcast(draft));
    let question = match asks {
        Asks::Words => Text::AskBroadcastAgain { limit: LONGEST },
        Asks::Link => Text::AskBroadcastLink,
    };
    let ways_out = vec![back(at, &writing), discard(at, &writing)];
    at.tell(&question, Buttons(vec![ways_out]));
}

/// Sends it to whoever writes it, once in each language it has words in.
fn try_out(at: &mut AtWork<'_>, notice: &Notice) {
    let trials: Vec<Outgoing> = notice
        .words
        .langs()
        .enumerate()
        .map(|(number, lang)| {
            let told = notice.told(lang, at.senses.phrases);
            let trial = Trial {
                html: told.html,
                buttons: told.buttons,
                first: number == 0,
            };
            let trial = Outgoing::to_person(at.who, Voice::Needed, Act::Trial(trial));
            trial.with_priority(Priority::Staff)
        })
        .collect();
    at.step.outgoing.extend(trials);
    at.note(&Text::BroadcastTried);
}

/// It is to be sent: once whoever writes it has said so again, or a colleague has looked at it.
fn hand_over(at: &mut AtWork<'_>, notice: Notice, segment: Segment, message: Option<MessageId>) {
    let (asks, confirm) = if at.senses.needs_second {
        (Text::BroadcastAsksSecond, Text::ButtonBroadcastConfirm)
    } else {
        (Text::BroadcastAsksSure, Text::ButtonBroadcastSure)
    };
    let words = words_of(at);
    let last = words.preview(&notice).pop().unwrap_or_default();
    let html = last
        .paragraph(&addressed(at, &segment))
        .paragraph(&words.html(&asks));
    let writing = at.keep(Piece::Broadcast(BroadcastDraft::Handed { notice, segment }));
    let rows = vec![
        vec![button(at, &writing, &confirm, BroadcastTap::Confirm)],
        vec![back(at, &writing), discard(at, &writing)],
    ];
    at.show(html, Buttons(rows), message);
}

fn send(
    at: &mut AtWork<'_>,
    notice: Notice,
    segment: Segment,
    confirmed_by: Option<UserId>,
    message: Option<MessageId>,
) {
    let Some(receivers) = count(at, &segment) else {
        return at.note(&Text::BroadcastNotCounted);
    };
    if receivers.total() == 0 {
        return at.note(&Text::BroadcastToNobody);
    }
    let broadcast = Broadcast {
        notice,
        segment,
        by: at.writer(),
        confirmed_by,
        at: at.now,
    };
    let course = Course::new(receivers.total(), message);
    at.step.broadcast = Some(BroadcastStep::Start(Box::new((broadcast, course))));
    at.done();
    at.note(&Text::BroadcastStarted);
}

/// A button under the message that shows how far a broadcast is.
pub(in crate::publishing) fn steered(at: &mut AtWork<'_>, id: BroadcastId, change: Change) {
    let Some(course) = at.senses.course else {
        return at.note(&Text::PublishOld);
    };
    let mut changed = course.clone();
    if !changed.change(change) {
        return at.note(&match course.state {
            State::Cancelled | State::Done => Text::BroadcastOver,
            State::Sending | State::Paused(_) => Text::BroadcastAlready,
        });
    }
    at.step.broadcast = Some(BroadcastStep::Change(id, change));
    at.note(&match change {
        Change::Pause => Text::BroadcastNotePaused,
        Change::Resume => Text::BroadcastNoteResumed,
        Change::Cancel => Text::BroadcastNoteCancelled,
    });
}
