//! Splits a calendar file into unfolded content lines, each with the line it begins on, and finds the events among
//! them.

use std::collections::BTreeMap;

use jiff::tz::Offset;

use crate::events::{
    ics::{property::Line, stamp::read_offset},
    problem::{Problem, Wrong},
};

/// What a calendar file consists of.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) events: Vec<Block>,
    /// The time zones that the file itself defines; `None` for those without one offset all year.
    pub(super) zones: BTreeMap<String, Option<Offset>>,
    /// `METHOD`: the purpose of the file.
    pub(super) method: Option<String>,
}

/// The properties of one event, without those of its alarms.
pub(super) struct Block {
    /// The line of its `BEGIN`.
    pub(super) begins: usize,
    pub(super) lines: Vec<Line>,
}

/// The position in the file.
#[derive(Default)]
struct Place {
    /// The enclosing components, outermost first.
    within: Vec<String>,
    event: Option<Block>,
    zone: Option<String>,
}

/// Splits a file. Lines that are not properties, and events that are not closed, become problems.
pub(super) fn take_apart(text: &str, problems: &mut Vec<Problem>) -> Parts {
    let mut parts = Parts::default();
    let mut place = Place::default();
    let lines = unfolded(text);
    if lines
        .first()
        .is_none_or(|(_, line)| !line.trim().eq_ignore_ascii_case("BEGIN:VCALENDAR"))
    {
        problems.push(Problem::new(1, None, Wrong::NoCalendar));
        return parts;
    }
    for (at, line) in lines {
        let Some(line) = Line::read(at, &line) else {
            problems.push(Problem::new(at, None, Wrong::NoProperty));
            continue;
        };
        match line.name() {
            "BEGIN" => begin(&line, &mut place, problems),
            "END" => end(&line, &mut place, &mut parts, problems),
            _ => inside(line, &mut place, &mut parts),
        }
    }
    unclosed(&mut place, problems);
    parts
}

fn begin(line: &Line, place: &mut Place, problems: &mut Vec<Problem>) {
    let component = line.value().trim().to_uppercase();
    if component == "VEVENT" {
        unclosed(place, problems);
        place.within.truncate(1);
        place.event = Some(Block {
            begins: line.at,
            lines: Vec::new(),
        });
    }
    place.within.push(component);
}

fn end(line: &Line, place: &mut Place, parts: &mut Parts, problems: &mut Vec<Problem>) {
    let component = line.value().trim().to_uppercase();
    match component.as_str() {
        "VEVENT" => parts.events.extend(place.event.take()),
        "VCALENDAR" => unclosed(place, problems),
        _ => {}
    }
    if let Some(depth) = place.within.iter().rposition(|open| *open == component) {
        place.within.truncate(depth);
    }
}

fn inside(line: Line, place: &mut Place, parts: &mut Parts) {
    match (place.within.last().map(String::as_str), line.name()) {
        (Some("VEVENT"), _) => {
            if let Some(event) = &mut place.event {
                event.lines.push(line);
            }
        }
        (Some("VTIMEZONE"), "TZID") => place.zone = Some(line.value().to_owned()),
        (Some("STANDARD" | "DAYLIGHT"), "TZOFFSETTO") => {
            if let Some(name) = place.zone.clone() {
                let offset = read_offset(line.value());
                let known = parts.zones.entry(name).or_insert(offset);
                *known = known.filter(|known| Some(*known) == offset);
            }
        }
        (Some("VCALENDAR"), "METHOD") => parts.method = Some(line.value().trim().to_uppercase()),
        _ => {}
    }
}

fn unclosed(place: &mut Place, problems: &mut Vec<Problem>) {
    if let Some(event) = place.event.take() {
        problems.push(Problem::new(event.begins, None, Wrong::Unclosed));
    }
}

/// The content lines; a line that begins with a space continues the one before it.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (at, line) in (1..).zip(text.split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, before))) => before.push_str(more),
            _ if line.trim().is_empty() => {}
            _ => lines.push((at, line.to_owned())),
        }
    }
    lines
}
