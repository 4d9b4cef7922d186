//! Reads the `[event]` table of an entry; whatever is wrong with it is named with its line.

use std::{collections::BTreeMap, fmt, num::NonZeroU32, str::FromStr};

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use toml::value::Datetime;

use crate::{
    knowledge::{
        entry::EntryId,
        event::{Coordinates, Event, EventId, Kind, NoText, SignUp, Texts, When},
        table::Table,
    },
    lang::Lang,
};

/// Every event is named in these languages; plain Japanese falls back to Japanese.
const TITLED: [Lang; 2] = [Lang::Ja, Lang::En];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignUpTable {
    link: Option<String>,
    deadline: Option<Datetime>,
    capacity: Option<NonZeroU32>,
    how: Option<BTreeMap<Lang, String>>,
    #[serde(default)]
    in_chat: bool,
}

/// Reads the table to its end: what is wrong with one key does not hide what is wrong with another.
pub(in crate::knowledge) fn read_event(mut table: Table<'_>, id: &EntryId) -> Option<Event> {
    if let Err(error) = EventId::of_entry(id) {
        let begins = table.begins();
        table.problem(
            begins,
            format!("the entry of an event is named for a link: {error}"),
        );
    }
    let when = when(&mut table);
    let kind = kind(&mut table);
    let title = title(&mut table);
    let place_line = table.line("address").max(table.line("latitude"));
    let place = texts(&mut table, "place");
    let address = checked::<Words>(&mut table, "address").map(|words| words.0);
    let at = coordinates(&mut table);
    if place.is_none() && (address.is_some() || at.is_some()) {
        table.problem(
            place_line,
            "an address or a point on the map needs the name of the `event.place`",
        );
    }
    let audience = texts(&mut table, "audience");
    let fee = texts(&mut table, "fee");
    let contact = texts(&mut table, "contact");
    let sign_up = sign_up(&mut table);
    let rule = checked(&mut table, "rule");
    let confirmed = table.required("confirmed");
    let cancelled = table.optional("cancelled").unwrap_or_default();
    table.finish();
    Some(Event {
        when: when?,
        kind: Some(kind?),
        title: Some(title?),
        place,
        address,
        at,
        audience,
        fee,
        contact,
        sign_up,
        rule,
        confirmed: confirmed?,
        cancelled,
    })
}

/// Either `starts`, and `ends` where it is known; or `first`, and `last` where it is another day.
fn when(table: &mut Table<'_>) -> Option<When> {
    let (start_line, end_line) = (table.line("starts"), table.line("ends"));
    let (first_line, last_line) = (table.line("first"), table.line("last"));
    let [starts, ends] = ["starts", "ends"].map(|key| table.optional::<Datetime>(key));
    let [first, last] = ["first", "last"].map(|key| table.optional::<Datetime>(key));
    let (read, line) = match (starts, ends, first, last) {
        (Some(starts), ends, None, None) => {
            let starts = moment(table, start_line, "starts", starts)?;
            let ends = match ends {
                Some(ends) => Some(moment(table, end_line, "ends", ends)?),
                None => None,
            };
            (When::timed(starts, ends), end_line)
        }
        (None, None, Some(first), last) => {
            let first = day(table, first_line, "first", first)?;
            let last = match last {
                Some(last) => day(table, last_line, "last", last)?,
                None => first,
            };
            (When::all_day(first, last), last_line)
        }
        _ => {
            let begins = table.begins();
            table.problem(
                begins,
                "an event has either `starts` (and `ends`), or `first` (and `last`) if it is on whole days",
            );
            return None;
        }
    };
    read.map_err(|error| table.problem(line, format!("`event`: {error}")))
        .ok()
}

fn moment(table: &mut Table<'_>, line: usize, key: &str, at: Datetime) -> Option<Timestamp> {
    let needed = "needs date, time and offset, such as 2026-02-19T09:30:00+09:00";
    at.to_string()
        .parse()
        .map_err(|_| table.problem(line, format!("`event.{key}` {needed}")))
        .ok()
}

fn day(table: &mut Table<'_>, line: usize, key: &str, at: Datetime) -> Option<Date> {
    let bare = at.time.is_none() && at.offset.is_none();
    let needed = "needs a day without a time, such as 2027-02-14";
    at.to_string().parse().ok().filter(|_| bare).or_else(|| {
        table.problem(line, format!("`event.{key}` {needed}"));
        None
    })
}

fn kind(table: &mut Table<'_>) -> Option<Kind> {
    let line = table.line("kind");
    let name = table.required::<String>("kind")?;
    name.parse()
        .map_err(|error| table.problem(line, format!("`event.kind`: {error}")))
        .ok()
}

fn title(table: &mut Table<'_>) -> Option<Texts> {
    let line = table.line("title");
    let title = table.required::<BTreeMap<Lang, String>>("title")?;
    let missing = |title: &Texts| TITLED.into_iter().find(|lang| !title.has(*lang));
    match Texts::new(title).map(|title| (missing(&title), title)) {
        Ok((None, title)) => return Some(title),
        Ok((Some(lang), _)) => table.problem(line, format!("`event.title` is missing in {lang}")),
        Err(error) => table.problem(line, format!("`event.title`: {error}")),
    }
    None
}

fn texts(table: &mut Table<'_>, key: &'static str) -> Option<Texts> {
    let line = table.line(key);
    let texts = table.optional::<BTreeMap<Lang, String>>(key)?;
    Texts::new(texts)
        .map_err(|error| table.problem(line, format!("`event.{key}`: {error}")))
        .ok()
}

/// Words that are not empty.
struct Words(String);

impl FromStr for Words {
    type Err = NoText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned())).ok_or(NoText)
    }
}

fn checked<T: FromStr<Err: fmt::Display>>(table: &mut Table<'_>, key: &str) -> Option<T> {
    let line = table.line(key);
    let text = table.optional::<String>(key)?;
    text.parse()
        .map_err(|error| table.problem(line, format!("`event.{key}`: {error}")))
        .ok()
}

fn coordinates(table: &mut Table<'_>) -> Option<Coordinates> {
    let line = table.line("latitude").max(table.line("longitude"));
    let [latitude, longitude] = ["latitude", "longitude"].map(|key| table.optional::<f64>(key));
    let problem = match (latitude, longitude) {
        (None, None) => return None,
        (Some(latitude), Some(longitude)) => match Coordinates::of_degrees(latitude, longitude) {
            Ok(at) => return Some(at),
            Err(error) => error.to_string(),
        },
        _ => "`latitude` and `longitude` go together".to_owned(),
    };
    table.problem(line, format!("`event`: {problem}"));
    None
}

fn sign_up(table: &mut Table<'_>) -> Option<SignUp> {
    let line = table.line("sign_up");
    let said = table.optional::<SignUpTable>("sign_up")?;
    let link = said.link.and_then(|link| {
        link.parse()
            .map_err(|error| table.problem(line, format!("`event.sign_up.link`: {error}")))
            .ok()
    });
    let deadline = said
        .deadline
        .and_then(|at| moment(table, line, "sign_up.deadline", at));
    let how = said.how.and_then(|how| {
        Texts::new(how)
            .map_err(|error| table.problem(line, format!("`event.sign_up.how`: {error}")))
            .ok()
    });
    Some(SignUp {
        link,
        deadline,
        capacity: said.capacity,
        how,
        in_chat: said.in_chat,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::knowledge::parse::parse_entry;

    use super::*;

    /// An entry with this event; the first line of the event is the eighth.
    fn read(event: &str) -> (Option<Event>, Vec<(usize, String)>) {
        let text = format!(
            "+++\nmunicipality = \"annaka\"\nstatus = \"current\"\nas_of = \"2026\"\nsources = []\n\
            handover = \"offer\"\n[event]\n{event}\n[questions]\nja = [\"いつ\"]\n+++\n## ja\n本文。\n"
        );
        let (entry, problems) = parse_entry("event/plum-festival.md", &text);
        let said = problems.into_iter().map(|problem| (problem.line, problem.what));
        (entry.and_then(|entry| entry.event), said.collect())
    }

    const KNOWN: &str =
        "kind = \"festival\"\ntitle = { ja = \"梅林祭\", en = \"Plum festival\" }\nconfirmed = true\n";

    #[test]
    fn all_that_is_known_is_read() {
        let (event, problems) = read(&format!(
            "{KNOWN}starts = 2027-02-14T09:30:00+09:00\nends = 2027-02-14T11:30:00+09:00\n\
            place = {{ ja = \"秋間梅林\" }}\naddress = \"西上秋間\"\nlatitude = 36.36\nlongitude = 138.87\n\
            audience = {{ ja = \"どなたでも\" }}\nfee = {{ ja = \"無料\" }}\ncontact = {{ ja = \"観光課\" }}\n\
            rule = \"FREQ=YEARLY\"\ncancelled = true\n\
            sign_up = {{ link = \"https://a.example\", deadline = 2027-02-10T17:00:00+09:00, capacity = 20, how = {{ ja = \"電話\" }}, in_chat = true }}"
        ));
        assert_eq!(problems, []);
        let event = event.unwrap();
        assert_eq!(event.kind, Some(Kind::Festival));
        assert_eq!(event.at, Coordinates::of_degrees(36.36, 138.87).ok());
        assert!(event.confirmed && event.cancelled);
        let sign_up = event.sign_up.unwrap();
        assert_eq!(sign_up.capacity, NonZeroU32::new(20));
        assert_eq!(sign_up.link.unwrap().as_str(), "https://a.example/");
        assert!(sign_up.in_chat);
    }

    #[test]
    fn what_is_not_said_is_not_known() {
        let (event, problems) = read(&format!("{KNOWN}first = 2027-02-14"));
        assert_eq!(problems, []);
        let day = date(2027, 2, 14);
        let known = event.unwrap();
        let wanted = Event {
            kind: Some(Kind::Festival),
            title: known.title.clone(),
            confirmed: true,
            ..Event::at(When::all_day(day, day).unwrap())
        };
        assert_eq!(known, wanted);
    }

    #[track_caller]
    fn refused(event: &str, wanted: &[(usize, &str)]) {
        let (_, problems) = read(event);
        let said: Vec<(usize, &str)> = problems
            .iter()
            .map(|(line, what)| (*line, what.as_str()))
            .collect();
        assert_eq!(said, wanted);
    }

    #[test]
    fn every_problem_is_named_with_its_line() {
        refused(
            "first = 2027-02-14\nlast = 2027-02-13\nkind = \"party\"\ntitle = { ja = \"祭\" }\nconfirmed = true\n\
            rule = \"FREQ=HOURLY\"\nlatitude = 91.0\nlongitude = 0.0\nsign_up = { link = \"tel:1\" }\ncolour = 1",
            &[
                (
                    9,
                    "`event`: its last day 2027-02-13 is before its first day 2027-02-14",
                ),
                (
                    10,
                    "`event.kind`: “party” is no kind of event: write farming, vacant-home, community, festival or seminar",
                ),
                (11, "`event.title` is missing in en"),
                (
                    15,
                    "`event`: 91, 0 is no place: latitudes go from -90 to 90, longitudes from -180 to 180 degrees",
                ),
                (
                    16,
                    "`event.sign_up.link`: “tel:1” is no web address: write one that begins with https:// or http://, with a full host name, without a user name, at most 2048 bytes",
                ),
                (
                    13,
                    "`event.rule`: `FREQ=HOURLY` would come several times a day: a rule is daily or rarer",
                ),
                (17, "unknown key `event.colour`"),
            ],
        );
        refused(
            "starts = 2027-02-14T09:30:00\nplace = { ja = \" \" }",
            &[
                (
                    8,
                    "`event.starts` needs date, time and offset, such as 2026-02-19T09:30:00+09:00",
                ),
                (7, "`event.kind` is missing"),
                (7, "`event.title` is missing"),
                (9, "`event.place`: there is no text in any language"),
                (7, "`event.confirmed` is missing"),
            ],
        );
    }

    #[test]
    fn a_place_has_a_name() {
        let wanted = "an address or a point on the map needs the name of the `event.place`";
        refused(
            &format!("{KNOWN}first = 2027-02-14\naddress = \"横川441\""),
            &[(12, wanted)],
        );
    }

    #[test]
    fn a_time_is_given_in_one_way() {
        let either =
            "an event has either `starts` (and `ends`), or `first` (and `last`) if it is on whole days";
        refused(KNOWN, &[(7, either)]);
        refused(
            &format!("{KNOWN}ends = 2027-02-14T09:30:00+09:00"),
            &[(7, either)],
        );
        refused(
            &format!("{KNOWN}starts = 2027-02-14T09:30:00+09:00\nlast = 2027-02-15"),
            &[(7, either)],
        );
        refused(
            &format!("{KNOWN}first = 2027-02-14T09:30:00"),
            &[(11, "`event.first` needs a day without a time, such as 2027-02-14")],
        );
    }

    #[test]
    fn the_name_of_an_entry_with_an_event_fits_a_link() {
        let text = "+++\n[event]\nfirst = 2027-02-14\n+++\n";
        let (_, problems) = parse_entry("event/plum_festival.md", text);
        assert_eq!(
            (problems[0].line, problems[0].what.as_str()),
            (
                2,
                "the entry of an event is named for a link: “plum_festival” is no event id: use letters, digits and hyphens, at most 40 bytes"
            )
        );
    }
}
