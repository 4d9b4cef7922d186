//! Reads the table's rows as events.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::events::{
    EventId, Reading,
    csv::{columns::Header, decoding::decode, row::Row},
    problem::{Imported, Problem, Wrong},
};

/// Reads a table in UTF-8 or Shift-JIS. A row that is not an event of the city becomes problems that name its line and
/// column; the others are taken. A row keeps its id as long as its `NO` stays the same, or, without one, its title and
/// first day.
#[must_use]
pub fn read(bytes: &[u8], now: Timestamp) -> Reading {
    let mut reading = Reading::default();
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(line) => {
            reading.problems.push(Problem::new(line, None, Wrong::NoText));
            return reading;
        }
    };
    let mut records = records(&text).into_iter();
    let header = records
        .next()
        .and_then(|(_, names)| Header::read(names.iter().map(String::as_str)));
    let Some(header) = header else {
        reading.problems.push(Problem::new(1, None, Wrong::NoTable));
        return reading;
    };
    let mut seen: BTreeMap<EventId, usize> = BTreeMap::new();
    for (line, cells) in records {
        // Spreadsheets leave rows of commas behind.
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut row = Row::new(line, &cells, &header);
        let event = row.event(now);
        reading.problems.append(&mut row.problems);
        let Some(event) = event else { continue };
        match seen.get(&event.id) {
            Some(&first) => reading
                .problems
                .push(Problem::new(line, None, Wrong::Twice { first })),
            None => {
                seen.insert(event.id.clone(), line);
                reading.events.push(Imported { line, event });
            }
        }
    }
    reading
}

/// The records, each with the line it begins on. A record may span lines; empty lines do not count.
fn records(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    let (mut counted, mut line) = (0, 1);
    for record in reader.records().flatten() {
        let begins = record
            .position()
            .map_or(counted, |at| usize::try_from(at.byte()).unwrap_or(counted));
        // The reader's position is where the record before ended: empty lines may lie between.
        let passed = text.as_bytes().get(begins..).unwrap_or_default();
        let begins = begins
            + passed
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
        let between = text.as_bytes().get(counted..begins).unwrap_or_default();
        line += between.iter().filter(|byte| **byte == b'\n').count();
        counted = begins.max(counted);
        records.push((line, record.iter().map(str::to_owned).collect()));
    }
    records
}
