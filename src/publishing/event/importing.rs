//! A calendar file or a municipality's table, read, shown, and taken when somebody says so.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    events::{Event, Imported, Kept, Merged, Origin, Problem, Reading, WhyKept, Wrong, csv, ics, merge},
    handover::DESK_LANG,
    outgoing::{Act, Buttons, File, Html, MessageId},
    phrases::Text,
    publishing::{
        button::WritingTap,
        event::{
            editing::tap_button,
            problems::{self, Say},
        },
        step::{AtWork, NotFetched},
        writing::Piece,
    },
    reminders::news_of,
};

/// At most this many problems are shown in the message; all of them are in a file below it.
const SHOWN: usize = 10;

/// A file of events that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// Its good events, each with its line.
    events: Vec<(usize, Event)>,
}

/// The two forms that are understood.
#[derive(Clone, Copy)]
enum Form {
    Ics,
    Csv,
}

/// A file was sent.
pub(in crate::publishing) fn sent(at: &mut AtWork<'_>, name: &str, content: Result<Vec<u8>, NotFetched>) {
    let Some(form) = form_of(name) else {
        return at.tell(&Text::FileOtherKind, Buttons::default());
    };
    let bytes = match content {
        Ok(bytes) => bytes,
        Err(NotFetched::TooLarge) => return at.tell(&Text::FileTooLarge, Buttons::default()),
        Err(NotFetched::Failed) => return at.tell(&Text::FileNotFetched, Buttons::default()),
    };
    let reading = read(form, &bytes, at.now);
    let import = Import {
        events: reading
            .events
            .iter()
            .map(|read| (read.line, read.event.clone()))
            .collect(),
    };
    let merged = merge(at.senses.calendar, reading.events, at.now);
    let say = Say(at.senses.phrases);
    let found: Vec<String> = reading
        .problems
        .iter()
        .map(|problem| problems::of_file(problem, say))
        .collect();
    show(at, name, import, &merged, &found);
    if found.len() > SHOWN {
        at.act(Act::SendFile {
            file: File {
                name: "problems.txt".to_owned(),
                text: found.join("\n"),
            },
            html: Html::text(&at.say(&Text::FileAllProblems)),
            buttons: Buttons::default(),
        });
    }
}

/// What a file would change, and what is wrong with it.
fn show(at: &mut AtWork<'_>, name: &str, import: Import, merged: &Merged, found: &[String]) {
    let (new, changed, same) = (merged.new.len(), merged.changed.len(), merged.same);
    let mut html = Html::text(&at.say(&Text::FileRead {
        name,
        new,
        changed,
        same,
    }));
    let titles = merged.new.iter().chain(&merged.changed).take(SHOWN).map(|event| {
        let (_, title) = event.title.in_lang(DESK_LANG).unwrap_or((DESK_LANG, ""));
        let when = &at.senses.phrases.when(DESK_LANG, &event.when);
        at.say(&Text::FileLine { when, title })
    });
    let titles: Vec<String> = titles.collect();
    html = html.line(&Html::text(&titles.join("\n")));
    if let Some(count) = messages(at, merged).filter(|count| *count > 0) {
        html = html.line(&Html::text(&at.say(&Text::FileTells { count })));
    }
    for kept in merged.kept.iter().take(SHOWN) {
        html = html.line(&Html::text(&at.say(&why_kept(kept))));
    }
    if !found.is_empty() {
        let head = Html::text(&at.say(&Text::FileProblems { count: found.len() }));
        let shown: Vec<&str> = found.iter().take(SHOWN).map(String::as_str).collect();
        html = html.paragraph(&head).line(&Html::text(&shown.join("\n")));
    }
    if new + changed == 0 {
        return at.show(html, Buttons::default(), None);
    }
    html = html.paragraph(&Html::text(&at.say(&Text::FileQuietly)).in_italics());
    let writing = at.keep(Piece::Import(import));
    let buttons = Buttons(vec![vec![
        tap_button(at, &writing, &Text::ButtonTakeFile, WritingTap::Publish),
        tap_button(at, &writing, &Text::ButtonDiscard, WritingTap::Discard),
    ]]);
    at.show(html, buttons, None);
}

/// How many messages go out when it is taken; new events are not told one by one.
fn messages(at: &AtWork<'_>, merged: &Merged) -> Option<usize> {
    let told = merged.changed.iter().filter_map(|event| {
        let news = news_of(at.senses.calendar.get(&event.id), event, at.now)?;
        Some((at.senses.hear_of)(event, news))
    });
    told.sum()
}

fn why_kept(kept: &Kept) -> Text<'static> {
    let line = kept.line;
    match kept.why {
        WhyKept::SaidBy(Origin::Knowledge) => Text::FileKeptByEntry { line },
        WhyKept::SaidBy(_) => Text::FileKeptByStaff { line },
        WhyKept::OlderFile => Text::FileKeptNewer { line },
        WhyKept::Twice => Text::FileKeptOnce { line },
    }
}

/// A button under the file that was read. It is compared once more with what is in the calendar by now.
pub(in crate::publishing) fn taken(
    at: &mut AtWork<'_>,
    import: Import,
    tap: WritingTap,
    message: Option<MessageId>,
) {
    let text = match tap {
        WritingTap::Publish => {
            let read = import
                .events
                .into_iter()
                .map(|(line, event)| Imported { line, event });
            let merged = merge(at.senses.calendar, read.collect(), at.now);
            let (new, changed) = (merged.new.len(), merged.changed.len());
            at.step.events = merged.new.into_iter().chain(merged.changed).collect();
            at.step.quietly = true;
            Text::FileTaken { new, changed }
        }
        WritingTap::Discard => Text::PublishDiscarded,
        _ => return at.note(&Text::PublishOld),
    };
    at.done();
    let html = Html::text(&at.say(&text));
    at.show(html, Buttons::default(), message);
}

fn form_of(name: &str) -> Option<Form> {
    let name = name.to_lowercase();
    if name.ends_with(".ics") {
        Some(Form::Ics)
    } else if name.ends_with(".csv") {
        Some(Form::Csv)
    } else {
        None
    }
}

fn read(form: Form, bytes: &[u8], now: Timestamp) -> Reading {
    match form {
        Form::Ics => match std::str::from_utf8(bytes) {
            Ok(text) => ics::read(text, now),
            // Calendar files are UTF-8 (RFC 5545, section 3.1.4).
            Err(wrong) => {
                let line = 1 + bytes[..wrong.valid_up_to()]
                    .iter()
                    .filter(|byte| **byte == b'\n')
                    .count();
                Reading {
                    events: Vec::new(),
                    problems: vec![Problem::new(line, None, Wrong::NoText)],
                }
            }
        },
        Form::Csv => csv::read(bytes, now),
    }
}
