//! Days and moments in calendar files.

use std::collections::BTreeMap;

use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};

use crate::{
    clock::{CITY_ZONE, from_city, in_city},
    events::{When, ics::property::Line, problem::Wrong},
};

const DAY: &str = "%Y%m%d";
const FACE: &str = "%Y%m%dT%H%M%S";

/// Windows' name for the city's zone.
const WINDOWS_ZONE: &str = "Tokyo Standard Time";

/// A day or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    Day(Date),
    Moment(Timestamp),
}

/// In UTC.
pub(super) fn written_utc(at: Timestamp) -> String {
    format!("{}Z", at.to_zoned(TimeZone::UTC).strftime(FACE))
}

/// On the city's clocks.
pub(super) fn written_here(at: Timestamp) -> String {
    in_city(at).strftime(FACE).to_string()
}

pub(super) fn written_day(day: Date) -> String {
    day.strftime(DAY).to_string()
}

/// Reads a day, or a moment in UTC, in a named zone, or otherwise on the city's clocks.
pub(super) fn read_stamp(line: &Line, zones: &BTreeMap<String, Option<Offset>>) -> Result<Stamp, Wrong> {
    let value = line.value().trim();
    let bad = || Wrong::not_understood(value);
    if line
        .parameter("VALUE")
        .is_some_and(|value| value.eq_ignore_ascii_case("DATE"))
        || value.len() == 8
    {
        return Date::strptime(DAY, value).map(Stamp::Day).map_err(|_| bad());
    }
    let face = |text: &str| DateTime::strptime(FACE, text).map_err(|_| bad());
    let moment = if let Some(utc) = value.strip_suffix(['Z', 'z']) {
        face(utc)?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp())
    } else if let Some(name) = line.parameter("TZID") {
        let zone = zone(name, zones).ok_or_else(|| Wrong::UnknownZone {
            name: name.chars().take(60).collect(),
        })?;
        face(value)?.to_zoned(zone).ok().map(|at| at.timestamp())
    } else {
        from_city(face(value)?)
    };
    moment.map(Stamp::Moment).ok_or_else(bad)
}

/// A moment in UTC, such as the time a file was written.
pub(super) fn read_utc(value: &str) -> Option<Timestamp> {
    let face = DateTime::strptime(FACE, value.trim().strip_suffix('Z')?).ok()?;
    face.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp())
}

/// `+0900`.
pub(super) fn read_offset(value: &str) -> Option<Offset> {
    let value = value.trim();
    let (sign, digits) = value
        .strip_prefix('-')
        .map_or((1, value.trim_start_matches('+')), |rest| (-1, rest));
    let plain = matches!(digits.len(), 4 | 6) && digits.bytes().all(|b| b.is_ascii_digit());
    let part = |at: usize| digits.get(at..at + 2).and_then(|two| two.parse::<i32>().ok());
    let (hours, minutes) = part(0).zip(part(2)).filter(|_| plain)?;
    let seconds = (hours * 60 + minutes) * 60 + part(4).unwrap_or_default();
    Offset::from_seconds(sign * seconds).ok()
}

/// A zone by its name in the time-zone database, even at the end of a longer name, by Windows' name for the city's
/// zone, or by the file's own definition.
fn zone(name: &str, zones: &BTreeMap<String, Option<Offset>>) -> Option<TimeZone> {
    let name = name.trim();
    let ending = name.rmatch_indices('/').nth(1).map(|(at, _)| &name[at + 1..]);
    let by_name = TimeZone::get(name)
        .ok()
        .or_else(|| ending.and_then(|ending| TimeZone::get(ending).ok()));
    by_name
        .or_else(|| {
            (name == WINDOWS_ZONE)
                .then(|| TimeZone::get(CITY_ZONE).ok())
                .flatten()
        })
        .or_else(|| zones.get(name).copied().flatten().map(TimeZone::fixed))
}

/// The time from a start to an end. Calendars write an end equal to the start for an event without a length: that does
/// not count as an end.
pub(super) fn from_to(start: Stamp, end: Option<Stamp>) -> Result<When, Wrong> {
    let when = match (start, end) {
        (Stamp::Moment(starts), None) => When::timed(starts, None),
        (Stamp::Moment(starts), Some(Stamp::Moment(ends))) => {
            When::timed(starts, Some(ends).filter(|ends| *ends != starts))
        }
        (Stamp::Day(first), None) => When::all_day(first, first),
        (Stamp::Day(first), Some(Stamp::Day(after))) => {
            let last = if after == first {
                first
            } else {
                after.yesterday().unwrap_or(after)
            };
            When::all_day(first, last)
        }
        (Stamp::Day(_), Some(Stamp::Moment(at))) => return Err(Wrong::not_understood(&written_utc(at))),
        (Stamp::Moment(_), Some(Stamp::Day(day))) => return Err(Wrong::not_understood(&written_day(day))),
    };
    Ok(when?)
}

/// A start plus a duration (`PT1H30M`, `P1D`).
pub(super) fn after(start: Stamp, duration: &str) -> Result<Stamp, Wrong> {
    let bad = || Wrong::not_understood(duration);
    let duration = duration.trim();
    let span: Span = duration
        .parse()
        .ok()
        .filter(|_| duration.trim_start_matches(['+', '-']).starts_with('P'))
        .ok_or_else(bad)?;
    match start {
        Stamp::Moment(starts) => {
            let ends = in_city(starts).checked_add(span).map_err(|_| bad())?;
            Ok(Stamp::Moment(ends.timestamp()))
        }
        Stamp::Day(first) => {
            let end = first
                .to_datetime(Time::midnight())
                .checked_add(span)
                .map_err(|_| bad())?;
            let whole = end.time() == Time::midnight();
            whole.then_some(Stamp::Day(end.date())).ok_or_else(bad)
        }
    }
}
