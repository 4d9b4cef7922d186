//! `/deadletters`: what could not be delivered, why, and what to do about it; and updates that could not be handled.

use jiff::Timestamp;

use crate::{
    handover::{case::Face, listing, operation::button::OperationButton, senses::DeskSenses},
    outgoing::{Act, Body, ButtonFace, Buttons, ChatId, Html, Outgoing, ThreadId, To},
    phrases::{Text, shortened},
};

/// Letters on one page.
pub const PAGE: usize = 5;
/// How much of the words is shown, in characters.
const SHOWN_WORDS: usize = 80;

/// Something that could not be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub number: u64,
    pub outgoing: Outgoing,
    /// Telegram's words; `None` if the other side cannot be written to.
    pub refused: Option<String>,
    pub at: Timestamp,
    /// The mover it is for or about, as the desk knows them, with their topic.
    pub mover: Option<(Face, Option<ThreadId>)>,
}

/// An update that could not be handled, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    pub number: u32,
    pub what: AsideKind,
    /// It ended the process each time; otherwise handling it panicked.
    pub crashed: bool,
    pub at: Timestamp,
}

/// What kind of update was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideKind {
    Message,
    Tap,
    Other,
}

/// The page to show when this one is asked for and this many letters are left.
#[must_use]
pub fn page_of(asked: u8, all: usize) -> usize {
    usize::from(asked).min(all.div_ceil(PAGE).saturating_sub(1))
}

/// One page of the list; `shown` are the letters on it, newest first.
#[must_use]
pub fn page(
    shown: &[Letter],
    (page, all): (usize, usize),
    aside: &[SetAside],
    group: Option<ChatId>,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> (Html, Buttons) {
    if all == 0 {
        let none = senses.html(&Text::LettersNone);
        return (with_aside(none, aside, senses, now), Buttons::default());
    }
    let first = page * PAGE + 1;
    let head = Html::bold(&senses.say(&Text::LettersHead { count: all }));
    let html = (first..).zip(shown).fold(head, |html, (place, letter)| {
        html.paragraph(&entry(place, letter, group, senses, now))
    });
    let html = match page {
        0 => with_aside(html, aside, senses, now),
        _ => html,
    };
    let here = u8::try_from(page).unwrap_or(u8::MAX);
    let decide = (first..).zip(shown).map(|(number, letter)| {
        let again = OperationButton::Again(letter.number, here);
        let drop = OperationButton::Drop(letter.number, here);
        vec![
            again.face(senses.say(&Text::ButtonLetterAgain { number })),
            drop.face(senses.say(&Text::ButtonLetterDrop { number })),
        ]
    });
    let rows = decide.chain([turning(page, all, senses)]);
    (html, Buttons(rows.filter(|row| !row.is_empty()).collect()))
}

/// Adds the newest of what was set aside.
fn with_aside(html: Html, aside: &[SetAside], senses: &DeskSenses<'_>, now: Timestamp) -> Html {
    if aside.is_empty() {
        return html;
    }
    let head = Html::bold(&senses.say(&Text::AsideHead { count: aside.len() }));
    let newest = aside.iter().rev().take(PAGE);
    newest.fold(html.paragraph(&head), |html, one| {
        let (number, moment) = (&one.number.to_string(), &senses.moment(one.at, now));
        let what = senses.html(&match one.what {
            AsideKind::Message => Text::AsideMessage { number, moment },
            AsideKind::Tap => Text::AsideTap { number, moment },
            AsideKind::Other => Text::AsideOther { number, moment },
        });
        let why = senses.html(&match one.crashed {
            true => Text::AsideCrashed,
            false => Text::AsidePanicked,
        });
        html.paragraph(&what.line(&why))
    })
}

fn entry(
    number: usize,
    letter: &Letter,
    group: Option<ChatId>,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> Html {
    let moment = &senses.moment(letter.at, now);
    let known = letter
        .mover
        .as_ref()
        .map(|(face, _)| senses.shown_name(face, Text::SomeMover));
    let to = senses.say(&match (letter.outgoing.to, known.as_deref()) {
        (To::Group, _) => Text::LettersToGroup { number, moment },
        (_, None) => Text::LettersToUnknown { number, moment },
        (To::Person(_), Some(name)) => Text::LettersToPerson { number, moment, name },
        (To::Topic(_) | To::TopicAside(_), Some(name)) => Text::LettersToTopic { number, moment, name },
    });
    let thread = letter.mover.as_ref().and_then(|(_, thread)| *thread);
    let address = group
        .zip(thread)
        .and_then(|(group, thread)| listing::address(group, thread));
    let to = match &address {
        Some(address) => Html::link(&to, address),
        None => Html::text(&to),
    };
    let why = senses.html(&match &letter.refused {
        Some(words) => Text::LettersRefused { words },
        None => Text::LettersBlocked,
    });
    let said = match (first_words(&letter.outgoing.act), &letter.outgoing.act) {
        (Some(words), _) => senses.html(&Text::LettersWords { words: &words }),
        // What staff wrote still stands in their topic.
        (None, Act::Relay(relay)) => match address.filter(|_| letter.outgoing.to.person().is_some()) {
            Some(topic) => {
                let original = senses.say(&Text::LettersOriginal);
                Html::link(&original, &format!("{topic}/{}", relay.from.0))
            }
            None => senses.html(&Text::LettersNoWords),
        },
        (None, _) => senses.html(&Text::LettersNoWords),
    };
    to.line(&said).line(&why)
}

/// The beginning of what it says, on one line; `None` if it has no words of its own.
fn first_words(act: &Act) -> Option<String> {
    let html = match act {
        Act::Send { html, .. }
        | Act::EditAnswer { html, .. }
        | Act::Edit { html, .. }
        | Act::SendFile { html, .. }
        | Act::SendPicture { html, .. }
        | Act::Remark { html, .. } => html,
        Act::Relay(relay) => match &relay.body {
            Body::Words(html) => html,
            Body::Whole | Body::Album(_) => return None,
        },
        Act::RelayEdit(edit) => &edit.html,
        Act::Pin(_)
        | Act::Push(_)
        | Act::Trial(_)
        | Act::Progress(_)
        | Act::React { .. }
        | Act::Card
        | Act::Title
        | Act::DropTopic(_) => return None,
    };
    let line = html.plain().split_whitespace().collect::<Vec<_>>().join(" ");
    Some(shortened(&line, SHOWN_WORDS)).filter(|line| !line.is_empty())
}

fn turning(page: usize, all: usize, senses: &DeskSenses<'_>) -> Vec<ButtonFace> {
    let go = |page: usize, text: &Text<'_>| {
        OperationButton::Letters(u8::try_from(page).unwrap_or(u8::MAX)).face(senses.say(text))
    };
    let before = (page > 0).then(|| go(page - 1, &Text::ButtonPrevious));
    let after = ((page + 1) * PAGE < all).then(|| go(page + 1, &Text::ButtonNext));
    before.into_iter().chain(after).collect()
}
