//! Events as a calendar file.
//!
//! Times are given on the city's clocks with the zone's name, never in universal time: a rule such as "the second Sunday"
//! would otherwise count the Sundays of Greenwich. What a calendar has no property for (fee, audience, deadline, capacity)
//! is not written; the event's page in the chat says it.

use icalendar::Property;

use crate::{
    clock::CITY_ZONE,
    events::{
        Event, Place, Standing, Texts, When,
        ics::{
            OUR_RULE, OURS,
            stamp::{written_day, written_here, written_utc},
        },
    },
    lang::Lang,
};

/// The city's zone as calendars that know no names need it; Japan has had one offset since 1951.
const ZONE: [(&str, &str); 9] = [
    ("BEGIN", "VTIMEZONE"),
    ("TZID", CITY_ZONE),
    ("BEGIN", "STANDARD"),
    ("DTSTART", "19700101T000000"),
    ("TZOFFSETFROM", "+0900"),
    ("TZOFFSETTO", "+0900"),
    ("TZNAME", "JST"),
    ("END", "STANDARD"),
    ("END", "VTIMEZONE"),
];

/// The most bytes of a line, without its end.
const LINE_BYTES: usize = 75;

/// One event as a file, with its texts in the language or the nearest there is; a cancelled one is a file that cancels.
#[must_use]
pub fn one(event: &Event, lang: Lang) -> String {
    let method = match event.standing {
        Standing::Cancelled => "CANCEL",
        Standing::Confirmed | Standing::Unconfirmed => "PUBLISH",
    };
    file(&[event], method, lang)
}

/// All of these events as one file, in their order.
#[must_use]
pub fn all<'a>(events: impl IntoIterator<Item = &'a Event>, lang: Lang) -> String {
    let events: Vec<&Event> = events.into_iter().collect();
    file(&events, "PUBLISH", lang)
}

fn file(events: &[&Event], method: &str, lang: Lang) -> String {
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Annaka//Concierge//JA");
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", method);
    if events.iter().any(|event| !event.when.is_all_day()) {
        for (name, value) in ZONE {
            lines.put(name, value);
        }
    }
    for event in events {
        put_event(&mut lines, event, lang);
    }
    lines.put("END", "VCALENDAR");
    lines.0
}

fn put_event(lines: &mut Lines, event: &Event, lang: Lang) {
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}{OURS}", event.id));
    lines.put("DTSTAMP", &written_utc(event.changed));
    lines.put("LAST-MODIFIED", &written_utc(event.changed));
    lines.put("SEQUENCE", &event.sequence.to_string());
    lines.put(
        "STATUS",
        match event.standing {
            Standing::Confirmed => "CONFIRMED",
            Standing::Unconfirmed => "TENTATIVE",
            Standing::Cancelled => "CANCELLED",
        },
    );
    put_when(lines, &event.when);
    if let Some(rule) = &event.rule {
        // Every date of a rule has the standing of the event, and only the announced one is confirmed.
        let name = match event.standing {
            Standing::Confirmed => OUR_RULE,
            Standing::Unconfirmed | Standing::Cancelled => "RRULE",
        };
        lines.put(name, rule.as_str());
    }
    lines.put_text("SUMMARY", Some(&event.title), lang);
    lines.put_text("DESCRIPTION", event.text.as_ref(), lang);
    if let Some(place) = &event.place {
        put_place(lines, place, lang);
    }
    lines.put_text("CONTACT", event.contact.as_ref(), lang);
    if let Some(link) = event.sign_up.as_ref().and_then(|sign_up| sign_up.link.as_ref()) {
        lines.put("URL", link.as_str());
    }
    lines.put("CATEGORIES", event.kind.as_str());
    lines.put("END", "VEVENT");
}

fn put_when(lines: &mut Lines, when: &When) {
    match when {
        When::Timed(hours) => {
            let zone = Some(("TZID", CITY_ZONE));
            lines.put_with("DTSTART", zone, &written_here(hours.starts()));
            if let Some(ends) = hours.ends() {
                lines.put_with("DTEND", zone, &written_here(ends));
            }
        }
        When::AllDay(days) => {
            let date = Some(("VALUE", "DATE"));
            // The end is the first day that is free again.
            let after = days.last().tomorrow().unwrap_or(days.last());
            lines.put_with("DTSTART", date, &written_day(days.first()));
            lines.put_with("DTEND", date, &written_day(after));
        }
    }
}

/// The name, and the address on a line of its own, as Apple's and Google's calendars take it.
fn put_place(lines: &mut Lines, place: &Place, lang: Lang) {
    if let Some((found, name)) = nearest(&place.name, lang) {
        let name = name.replace('\n', " ");
        let location = match &place.address {
            Some(address) => format!("{name}\n{address}"),
            None => name,
        };
        lines.put_with("LOCATION", Some(("LANGUAGE", found.tag())), &location);
    }
    if let Some(at) = place.at {
        lines.put("GEO", &at.to_string().replace(',', ";"));
    }
}

/// The text in the language, in one it falls back to, or in any.
fn nearest(texts: &Texts, lang: Lang) -> Option<(Lang, &str)> {
    texts.in_lang(lang).or_else(|| texts.all().next())
}

/// The lines written so far.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn put(&mut self, name: &str, value: &str) {
        self.put_with(name, None, value);
    }

    fn put_text(&mut self, name: &str, texts: Option<&Texts>, lang: Lang) {
        if let Some((found, text)) = texts.and_then(|texts| nearest(texts, lang)) {
            self.put_with(name, Some(("LANGUAGE", found.tag())), text);
        }
    }

    fn put_with(&mut self, name: &str, parameter: Option<(&str, &str)>, value: &str) {
        let mut property = Property::new(name, value);
        if let Some(parameter) = parameter {
            property.append_parameter(parameter);
        }
        // Writing to memory does not fail.
        let line: String = property.try_into().unwrap_or_default();
        // The crate's own folding lets a last line be one byte too long.
        let line = line.replace("\r\n ", "");
        self.fold(line.trim_end_matches("\r\n"));
    }

    /// Ends a line, and goes on in the next wherever it would grow too long; characters stay whole.
    fn fold(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE_BYTES {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
