//! One row of the table as an event.
//!
//! A row is read to its end, so that all that is wrong with it is named at once. Labels in the text are the names of the
//! file's own columns: nothing here is worded by us.

use std::num::NonZeroU32;

use jiff::{Timestamp, civil::Date};
use unicode_normalization::UnicodeNormalization;

use crate::{
    events::{
        Coordinates, Event, EventId, Kind, Link, Origin, Place, SignUp, Standing, Texts, When,
        csv::{
            columns::Column,
            row::{Cell, Row},
        },
        kinds::kind_of,
        problem::{Wrong, too_long},
        said_when::{BadSaid, DayTime, read_date, read_time},
        when::midnight_after,
    },
    lang::Lang,
};

/// Annaka's code among Japan's municipalities, and the same without its check digit.
const CODES: [&str; 2] = ["102113", "10211"];
/// Annaka's name.
const CITY: &str = "安中市";

/// Columns without a field of their own; they go into the text, each under its name.
const TOLD: [Column; 5] = [
    Column::WhenNote,
    Column::Host,
    Column::Access,
    Column::Parking,
    Column::Remark,
];

impl<'a> Row<'a> {
    /// The event, if nothing is wrong with the row.
    pub(super) fn event(&mut self, now: Timestamp) -> Option<Event> {
        self.check_city();
        self.check_lengths();
        let name = self.required(Column::Name);
        let when = self.when();
        let place = self.place();
        let sign_up = self.sign_up();
        let (when, told) = when?;
        let name = name?.text;
        let title = [
            Some((Lang::Ja, name)),
            self.cell(Column::NameEn).map(|cell| (Lang::En, cell.text)),
        ];
        let title = title
            .into_iter()
            .flatten()
            .map(|(lang, text)| (lang, text.to_owned()));
        let event = Event {
            id: self.id(name, &when),
            origin: Origin::Csv,
            kind: self
                .cell(Column::Category)
                .and_then(|cell| kind_of(cell.text))
                .unwrap_or(Kind::Community),
            title: Texts::new(title).ok()?,
            text: self.text(&told),
            entry: None,
            when,
            rule: None,
            place,
            audience: japanese(&self.joined(&[Column::Audience], "\n")),
            fee: japanese(&self.joined(&[Column::FeeBasic, Column::FeeDetail], "\n")),
            contact: self.contact(),
            sign_up,
            standing: Standing::Confirmed,
            sequence: 0,
            news_sequence: 0,
            news_at: None,
            file_sequence: None,
            changed: now,
            moved_from: None,
        };
        self.problems.is_empty().then_some(event)
    }

    /// Rows of other municipalities are no events here; a row that names none is taken at its sender's word.
    fn check_city(&mut self) {
        let elsewhere = |cell: Cell<'_>| Wrong::Elsewhere {
            read: cell.text.chars().take(40).collect(),
        };
        if let Some(cell) = self.cell(Column::Code)
            && !CODES.contains(&plain(cell.text).as_str())
        {
            self.find(cell, elsewhere(cell));
        } else if let Some(cell) = self.cell(Column::City)
            && !plain(cell.text).ends_with(CITY)
        {
            self.find(cell, elsewhere(cell));
        }
    }

    fn check_lengths(&mut self) {
        for (cell, column) in self.filled() {
            if let Some(wrong) = too_long(cell.text, column == Column::About) {
                self.find(cell, wrong);
            }
        }
    }

    fn id(&self, name: &str, when: &When) -> EventId {
        match self.cell(Column::Number) {
            Some(number) => EventId::of_row(CODES[0], &[&plain(number.text)]),
            None => EventId::of_row(CODES[0], &[name, &when.days().start().to_string()]),
        }
    }

    /// When it is, and the cells of times that belong to each of several days and so go into the text.
    fn when(&mut self) -> Option<(When, Vec<Cell<'a>>)> {
        let first_cell = self.required(Column::FirstDay)?;
        let problems = self.problems.len();
        let first = self.said(Column::FirstDay, read_date).map(|(_, day)| day);
        let last = self.said(Column::LastDay, read_date);
        let starts = self.said(Column::Starts, read_time);
        let ends = self.said(Column::Ends, read_time);
        if self.problems.len() > problems {
            return None;
        }
        let first = first?;
        let (last_cell, last) = last.unwrap_or((first_cell, first));
        let night = self.night(first, last, starts, ends);
        let (when, at, told) = match (starts, night) {
            (Some((starts_cell, starts)), Some(end_day)) => {
                let ends_cell = ends.map_or(starts_cell, |(cell, _)| cell);
                let ends = ends.map(|(_, ends)| moment(ends, end_day)).transpose();
                let timed = moment(starts, first).and_then(|starts| Ok(When::timed(starts, ends?)?));
                (timed, ends_cell, Vec::new())
            }
            _ => {
                let told = [starts, ends]
                    .into_iter()
                    .flatten()
                    .map(|(cell, _)| cell)
                    .collect();
                (When::all_day(first, last).map_err(Wrong::When), last_cell, told)
            }
        };
        self.taken(at, when).map(|when| (when, told))
    }

    /// The day on which it ends, if its times are those of one day or of one night.
    fn night(
        &self,
        first: Date,
        last: Date,
        starts: Option<(Cell<'_>, DayTime)>,
        ends: Option<(Cell<'_>, DayTime)>,
    ) -> Option<Date> {
        let next = first.tomorrow().is_ok_and(|next| next == last);
        let over_night = matches!((starts, ends), (Some((_, starts)), Some((_, ends))) if ends < starts);
        (last == first || next && over_night).then_some(last)
    }

    fn place(&mut self) -> Option<Place> {
        let at = self.coordinates();
        let address = self.joined(&[Column::Address, Column::AddressMore], " ");
        let name = self.joined(&[Column::PlaceName], " ");
        let (name, address) = if name.is_empty() {
            (address, String::new())
        } else {
            (name, address)
        };
        Some(Place {
            name: japanese(&name)?,
            address: Some(address).filter(|address| !address.is_empty()),
            at,
        })
    }

    fn coordinates(&mut self) -> Option<Coordinates> {
        let degrees = |cell: Cell<'_>| {
            plain(cell.text)
                .parse::<f64>()
                .map_err(|_| Wrong::not_understood(cell.text))
        };
        let (latitude, longitude) = (self.cell(Column::Latitude)?, self.cell(Column::Longitude)?);
        let north = self.taken(latitude, degrees(latitude));
        let east = self.taken(longitude, degrees(longitude));
        self.taken(
            latitude,
            Coordinates::of_degrees(north?, east?).map_err(Wrong::Coordinates),
        )
    }

    fn sign_up(&mut self) -> Option<SignUp> {
        let link = self
            .cell(Column::Url)
            .and_then(|cell| self.taken(cell, cell.text.parse::<Link>().map_err(Wrong::Link)));
        let capacity = self
            .cell(Column::Capacity)
            .and_then(|cell| self.taken(cell, people(cell.text)));
        let sign_up = SignUp {
            link,
            deadline: self.deadline(),
            capacity,
            how: japanese(&self.joined(&[Column::SignUpHow], "\n")),
            in_chat: false,
        };
        (sign_up != SignUp::default()).then_some(sign_up)
    }

    /// The last moment of the last day, if no time is said.
    fn deadline(&mut self) -> Option<Timestamp> {
        let day = self.said(Column::DeadlineDay, read_date);
        let time = self.said(Column::DeadlineTime, read_time);
        match (day, time) {
            (Some((cell, day)), Some((_, time))) => self.taken(cell, moment(time, day)),
            (Some((_, day)), None) => Some(midnight_after(day) - jiff::SignedDuration::from_secs(1)),
            (None, Some((cell, _))) => {
                if self.cell(Column::DeadlineDay).is_none() {
                    let read = cell.text.to_owned();
                    self.find(cell, Wrong::Said(BadSaid::NoDay { read }));
                }
                None
            }
            (None, None) => None,
        }
    }

    fn contact(&self) -> Option<Texts> {
        let extension = self
            .cell(Column::Extension)
            .map(|cell| format!("({})", cell.text));
        let known = self.joined(&[Column::ContactName, Column::Phone], " ");
        japanese(&[known, extension.unwrap_or_default()].join(" "))
    }

    fn text(&self, told: &[Cell<'_>]) -> Option<Texts> {
        let labelled = |cell: &Cell<'_>| format!("{}：{}", cell.name, cell.text);
        let about = self.cells(Column::About).map(|cell| cell.text.to_owned());
        let rest: Vec<Cell<'_>> = TOLD.iter().flat_map(|column| self.cells(*column)).collect();
        let lines: Vec<String> = about.chain(told.iter().chain(&rest).map(labelled)).collect();
        japanese(&lines.join("\n"))
    }
}

fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

fn japanese(text: &str) -> Option<Texts> {
    Texts::only(Lang::Ja, text).ok()
}

fn moment(time: DayTime, day: Date) -> Result<Timestamp, Wrong> {
    time.on(day)
        .ok_or_else(|| Wrong::not_understood(&day.to_string()))
}

/// `20`, `20名`, `20人`; anything longer says more than a number.
fn people(text: &str) -> Result<NonZeroU32, Wrong> {
    let plain = plain(text);
    let number = plain.trim_end_matches(['名', '人']);
    number.trim().parse().map_err(|_| Wrong::not_understood(text))
}
