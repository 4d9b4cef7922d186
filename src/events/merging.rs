//! What a file changes in the calendar.
//!
//! The same file taken twice changes nothing the second time. Events stay with their source: a file changes only what
//! came from a file of its kind, and neither what staff entered or took over nor what an entry says.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::events::{Calendar, Event, EventId, Origin, problem::Imported};

/// What a file changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    pub new: Vec<Event>,
    /// Each with its number raised.
    pub changed: Vec<Event>,
    /// How many are unchanged.
    pub same: usize,
    /// Events that stay although the file says something else.
    pub kept: Vec<Kept>,
}

/// An event that stays as it is although the file says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The line of the file.
    pub line: usize,
    pub id: EventId,
    pub why: WhyKept,
}

/// Why an event stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyKept {
    /// It comes from this source, not from a file of this kind.
    SaidBy(Origin),
    /// A newer state of the file is already known (RFC 5545's `SEQUENCE`).
    OlderFile,
    /// The file has it twice; the first is taken.
    Twice,
}

/// Compares what was read with what is known. Nothing is removed: an event missing from a file may just be outside the
/// period it covers.
#[must_use]
pub fn merge(calendar: &Calendar, read: Vec<Imported>, now: Timestamp) -> Merged {
    let mut merged = Merged::default();
    let mut seen: BTreeSet<EventId> = BTreeSet::new();
    for Imported { line, event } in read {
        let event = named(calendar, event);
        let id = event.id.clone();
        let mut keep = |why| {
            merged.kept.push(Kept {
                line,
                id: id.clone(),
                why,
            })
        };
        if !seen.insert(id.clone()) {
            keep(WhyKept::Twice);
            continue;
        }
        let Some(known) = calendar.get(&id) else {
            merged.new.push(event);
            continue;
        };
        let rewinds =
            matches!((known.file_sequence, event.file_sequence), (Some(known), Some(new)) if new < known);
        if known.looks_like(&Event {
            entry: known.entry.clone(),
            ..event.clone()
        }) {
            merged.same += 1;
        } else if known.origin != event.origin {
            keep(WhyKept::SaidBy(known.origin));
        } else if rewinds {
            keep(WhyKept::OlderFile);
        } else {
            merged.changed.extend(revised(known, event, now));
        }
    }
    merged
}

/// Files we wrote use our event ids. An id that is unknown here comes from another concierge, whose numbering of
/// staff's events is not ours, so the event gets an id of its own.
fn named(calendar: &Calendar, event: Event) -> Event {
    let is_file_name = |id: &str| id.starts_with("i-") || id.starts_with("c-");
    if is_file_name(event.id.as_str()) || calendar.get(&event.id).is_some() {
        return event;
    }
    Event {
        id: EventId::of_uid(event.id.as_str()),
        ..event
    }
}

/// The event as the file has it; the number rises even if the file forgot to raise its own.
fn revised(known: &Event, event: Event, now: Timestamp) -> Option<Event> {
    let theirs = event.sequence;
    let event = Event {
        entry: known.entry.clone(),
        ..event
    };
    let revised = known.clone().revised(event, now)?;
    Some(Event {
        sequence: revised.sequence.max(theirs),
        ..revised
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        events::{
            Standing, csv, ics,
            sample::{any_event, at, event, ja},
        },
        lang::Lang,
    };

    fn now() -> Timestamp {
        at("2026-11-21T10:00")
    }

    fn imported(event: Event) -> Imported {
        Imported { line: 3, event }
    }

    fn of_file(id: &str, sequence: u32) -> Event {
        Event {
            origin: Origin::Ics,
            sequence,
            file_sequence: Some(sequence),
            ..event(id, "2027-02-14 9:30-11:30")
        }
    }

    #[test]
    fn the_same_table_twice_changes_nothing() {
        let table = "NO,イベント名,開始日\n1,梅林祭,2027-02-14\n2,交流会,2027-03-01\n";
        let first = merge(
            &Calendar::default(),
            csv::read(table.as_bytes(), now()).events,
            now(),
        );
        assert_eq!((first.new.len(), first.changed.len(), first.same), (2, 0, 0));
        let calendar = Calendar::new(first.new);
        let later = at("2026-12-01T00:00");
        let second = merge(&calendar, csv::read(table.as_bytes(), later).events, later);
        assert_eq!(
            second,
            Merged {
                same: 2,
                ..Merged::default()
            }
        );
        let moved = table.replace("2027-02-14", "2027-02-15");
        let third = merge(&calendar, csv::read(moved.as_bytes(), later).events, later);
        assert_eq!((third.changed.len(), third.same), (1, 1));
        assert_eq!((third.changed[0].sequence, third.changed[0].changed), (1, later));
    }

    #[test]
    fn an_older_state_of_a_file_does_not_overwrite_a_newer_one() {
        let calendar = Calendar::new(vec![of_file("i-1", 3)]);
        let other = |sequence| Event {
            title: ja("交流会 (延期)"),
            ..of_file("i-1", sequence)
        };
        let older = merge(&calendar, vec![imported(other(2))], now());
        assert_eq!(older.kept[0].why, WhyKept::OlderFile);
        let newer = merge(&calendar, vec![imported(other(7))], now());
        assert_eq!(
            (newer.changed[0].sequence, newer.changed[0].file_sequence),
            (7, Some(7))
        );
    }

    #[test]
    fn a_file_that_forgets_to_raise_its_number_is_followed_every_time() {
        let mut calendar = Calendar::new(vec![of_file("i-1", 0)]);
        for (title, wanted) in [("一", 1), ("二", 2), ("三", 3)] {
            let read = Event {
                title: ja(title),
                ..of_file("i-1", 0)
            };
            let merged = merge(&calendar, vec![imported(read)], now());
            assert_eq!(merged.changed[0].sequence, wanted);
            calendar = Calendar::new(merged.changed);
        }
    }

    #[test]
    fn staff_and_entries_keep_their_word() {
        for origin in [Origin::Staff, Origin::Knowledge, Origin::Csv] {
            let known = Event {
                origin,
                ..event("plum-festival", "2027-02-14")
            };
            let calendar = Calendar::new(vec![known.clone()]);
            let read = Event {
                standing: Standing::Cancelled,
                ..of_file("plum-festival", 9)
            };
            let merged = merge(&calendar, vec![imported(read)], now());
            let kept = Kept {
                line: 3,
                id: known.id,
                why: WhyKept::SaidBy(origin),
            };
            assert_eq!(
                merged,
                Merged {
                    kept: vec![kept],
                    ..Merged::default()
                }
            );
        }
    }

    #[test]
    fn another_concierges_numbers_are_not_ours() {
        let read = ics::read(&ics::one(&event("s-1", "2027-02-14"), Lang::Ja), now()).events;
        let merged = merge(&Calendar::default(), read.clone(), now());
        assert!(merged.new[0].id.as_str().starts_with("i-"));
        let again = merge(&Calendar::new(merged.new), read, now());
        assert_eq!(
            again,
            Merged {
                same: 1,
                ..Merged::default()
            }
        );
    }

    #[test]
    fn an_event_that_stands_twice_is_taken_once() {
        let merged = merge(
            &Calendar::default(),
            vec![imported(of_file("i-1", 0)), imported(of_file("i-1", 1))],
            now(),
        );
        assert_eq!((merged.new.len(), merged.kept[0].why), (1, WhyKept::Twice));
    }

    proptest! {
        #[test]
        fn what_was_merged_merges_into_itself(events in proptest::collection::vec(any_event(), 0..6)) {
            let file = ics::all(&events, Lang::Ja);
            let read = ics::read(&file, now()).events;
            let first = merge(&Calendar::default(), read.clone(), now());
            prop_assert_eq!(first.new.len(), read.len());
            let calendar = Calendar::new(first.new);
            let second = merge(&calendar, read, at("2040-01-01T00:00"));
            prop_assert_eq!((second.new.len(), second.changed.len()), (0, 0));
            prop_assert_eq!(second.same + second.kept.len(), calendar.all().count());
            prop_assert!(second.kept.is_empty());
        }
    }
}
