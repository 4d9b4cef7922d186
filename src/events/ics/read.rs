//! A calendar file as events.
//!
//! Each event is read to its end, so that all that is wrong with it is named at once; one bad event does not keep the
//! others out. A series of which single dates are changed or left out is refused: its dates would be wrong here.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::Offset};

use crate::{
    events::{
        Coordinates, Event, EventId, Kind, Origin, Place, Reading, Rule, SignUp, Standing, Texts, When,
        ics::{
            OUR_RULE, OURS,
            lines::{Block, Parts, take_apart},
            property::Line,
            stamp::{after, from_to, read_stamp, read_utc},
        },
        kinds::kind_of,
        problem::{Imported, Problem, Wrong, too_long},
    },
    lang::Lang,
};

/// What changes single dates of a series.
const SINGLE_DATES: [&str; 4] = ["RECURRENCE-ID", "EXDATE", "RDATE", "EXRULE"];

/// Reads a calendar file. Times without a zone are the city's; an event without a status is confirmed.
#[must_use]
pub fn read(text: &str, now: Timestamp) -> Reading {
    let mut reading = Reading::default();
    let parts = take_apart(text, &mut reading.problems);
    let mut seen: BTreeMap<EventId, usize> = BTreeMap::new();
    for block in &parts.events {
        let mut desk = Desk {
            block,
            problems: Vec::new(),
        };
        let event = desk.event(&parts, now);
        reading.problems.append(&mut desk.problems);
        let Some(event) = event else { continue };
        match seen.get(&event.id) {
            Some(&first) => {
                let at = desk.block.line("UID").map_or(block.begins, |line| line.at);
                reading
                    .problems
                    .push(Problem::new(at, Some("UID"), Wrong::Twice { first }));
            }
            None => {
                seen.insert(event.id.clone(), block.begins);
                reading.events.push(Imported {
                    line: block.begins,
                    event,
                });
            }
        }
    }
    reading.problems.sort_by_key(|problem| problem.line);
    reading
}

impl Block {
    fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name() == name)
    }
}

/// One event under reading, and what was found to be wrong with it.
struct Desk<'a> {
    block: &'a Block,
    problems: Vec<Problem>,
}

impl<'a> Desk<'a> {
    /// The event, if nothing is wrong with it.
    fn event(&mut self, parts: &Parts, now: Timestamp) -> Option<Event> {
        for line in self
            .block
            .lines
            .iter()
            .filter(|line| SINGLE_DATES.contains(&line.name()))
        {
            self.find(line, Wrong::SingleDates);
        }
        for line in &self.block.lines {
            let length = match line.name() {
                "DESCRIPTION" => too_long(line.value(), true),
                "SUMMARY" | "LOCATION" | "CONTACT" => too_long(line.value(), false),
                _ => None,
            };
            if let Some(wrong) = length {
                self.find(line, wrong);
            }
        }
        let id = self.required("UID").map(|line| id(line.value()));
        let when = self.when(&parts.zones);
        let title = self.required("SUMMARY").and_then(|line| self.texts(line));
        let rule = self.rule();
        let link = self
            .single("URL")
            .and_then(|line| self.taken(line, line.value().parse().map_err(Wrong::Link)));
        let sequence = self
            .single("SEQUENCE")
            .and_then(|line| self.taken(line, number(line.value())));
        let standing = self.standing(parts);
        let place = self.place();
        let [text, contact] = ["DESCRIPTION", "CONTACT"].map(|name| self.optional_texts(name));
        let changed = ["LAST-MODIFIED", "DTSTAMP"]
            .into_iter()
            .find_map(|name| self.block.line(name).and_then(|line| read_utc(line.value())));
        let event = Event {
            id: id?,
            origin: Origin::Ics,
            kind: self.kind(),
            title: title?,
            text,
            entry: None,
            when: when?,
            rule,
            place,
            audience: None,
            fee: None,
            contact,
            sign_up: link.map(|link| SignUp {
                link: Some(link),
                ..SignUp::default()
            }),
            standing: standing?,
            sequence: sequence.unwrap_or_default(),
            news_sequence: 0,
            news_at: None,
            file_sequence: sequence,
            changed: changed.unwrap_or(now).min(now),
            moved_from: None,
        };
        self.problems.is_empty().then_some(event)
    }

    fn find(&mut self, line: &Line, wrong: Wrong) {
        self.problems
            .push(Problem::new(line.at, Some(line.name()), wrong));
    }

    fn taken<T>(&mut self, line: &Line, read: Result<T, Wrong>) -> Option<T> {
        read.map_err(|wrong| self.find(line, wrong)).ok()
    }

    /// The property, of which there may be one.
    fn single(&mut self, name: &str) -> Option<&'a Line> {
        let mut lines = self.block.lines.iter().filter(|line| line.name() == name);
        let first = lines.next()?;
        if let Some(second) = lines.next() {
            self.find(second, Wrong::Twice { first: first.at });
        }
        Some(first)
    }

    fn required(&mut self, name: &str) -> Option<&'a Line> {
        let line = self.single(name).filter(|line| !line.value().trim().is_empty());
        if line.is_none() {
            let missing = Problem::new(self.block.begins, Some(name), Wrong::Missing);
            self.problems.push(missing);
        }
        line
    }

    fn when(&mut self, zones: &BTreeMap<String, Option<Offset>>) -> Option<When> {
        let line = self.required("DTSTART")?;
        let start = self.taken(line, read_stamp(line, zones))?;
        let (end, duration) = (self.single("DTEND"), self.single("DURATION"));
        let ends = match (end, duration) {
            (Some(end), Some(duration)) => {
                self.find(duration, Wrong::Twice { first: end.at });
                return None;
            }
            (Some(end), None) => Some((end, self.taken(end, read_stamp(end, zones))?)),
            (None, Some(duration)) => Some((duration, self.taken(duration, after(start, duration.value()))?)),
            (None, None) => None,
        };
        let at = ends.map_or(line, |(line, _)| line);
        self.taken(at, from_to(start, ends.map(|(_, end)| end)))
    }

    fn rule(&mut self) -> Option<Rule> {
        let line = self.single("RRULE").or_else(|| self.single(OUR_RULE))?;
        self.taken(line, line.value().parse().map_err(Wrong::Rule))
    }

    fn standing(&mut self, parts: &Parts) -> Option<Standing> {
        let line = self.single("STATUS");
        let said = line.map(|line| line.value().trim().to_uppercase());
        match (parts.method.as_deref(), said.as_deref(), line) {
            (Some("CANCEL"), ..) | (_, Some("CANCELLED"), _) => Some(Standing::Cancelled),
            (_, Some("CONFIRMED") | None, _) | (_, _, None) => Some(Standing::Confirmed),
            (_, Some("TENTATIVE"), _) => Some(Standing::Unconfirmed),
            (_, Some(other), Some(line)) => self.taken(line, Err(Wrong::not_understood(other))),
        }
    }

    fn texts(&mut self, line: &Line) -> Option<Texts> {
        self.taken(
            line,
            Texts::only(lang(line), line.value()).map_err(|_| Wrong::Missing),
        )
    }

    /// A text that may be there; an empty one is none.
    fn optional_texts(&mut self, name: &str) -> Option<Texts> {
        let line = self.single(name)?;
        Texts::only(lang(line), line.value()).ok()
    }

    /// The name on the first line, and the address below it. A point on the map without a name is no place.
    fn place(&mut self) -> Option<Place> {
        let at = self
            .single("GEO")
            .and_then(|line| self.taken(line, coordinates(line.value())));
        let line = self.single("LOCATION")?;
        let location = line.value().trim();
        let (name, address) = location.split_once('\n').unwrap_or((location, ""));
        Some(Place {
            name: Texts::only(lang(line), name).ok()?,
            address: Some(address.trim().to_owned()).filter(|address| !address.is_empty()),
            at,
        })
    }

    fn kind(&self) -> Kind {
        let categories = self.block.lines.iter().filter(|line| line.name() == "CATEGORIES");
        categories
            .filter_map(|line| kind_of(line.value()))
            .next()
            .unwrap_or(Kind::Community)
    }
}

/// The id that one of our own files names, or one made from the UID.
fn id(uid: &str) -> EventId {
    let uid = uid.trim();
    let ours = uid.strip_suffix(OURS).and_then(|id| id.parse().ok());
    ours.unwrap_or_else(|| EventId::of_uid(uid))
}

/// The language the file names, if the concierge speaks it; without one the city's.
fn lang(line: &Line) -> Lang {
    let tag = line.parameter("LANGUAGE").unwrap_or_default();
    let primary = tag.split('-').next().unwrap_or_default();
    Lang::from_tag(tag)
        .or_else(|| Lang::from_tag(primary))
        .unwrap_or(Lang::Ja)
}

fn number(value: &str) -> Result<u32, Wrong> {
    value.trim().parse().map_err(|_| Wrong::not_understood(value))
}

fn coordinates(value: &str) -> Result<Coordinates, Wrong> {
    let (latitude, longitude) = value
        .split_once([';', ','])
        .ok_or_else(|| Wrong::not_understood(value))?;
    let degrees = |text: &str| {
        text.trim()
            .parse::<f64>()
            .map_err(|_| Wrong::not_understood(value))
    };
    Ok(Coordinates::of_degrees(degrees(latitude)?, degrees(longitude)?)?)
}
