//! Events for the tests of this room.

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{DateTime, date},
};
use proptest::prelude::*;

use crate::{
    clock::from_city,
    events::{Coordinates, Event, EventId, Kind, Origin, Place, SignUp, Standing, Texts, When, said_when},
    lang::Lang,
};

/// A moment as the city's clocks show it.
pub(crate) fn at(shown: &str) -> Timestamp {
    from_city(shown.parse::<DateTime>().unwrap()).unwrap()
}

/// A time as staff type it, long before it.
#[track_caller]
pub(crate) fn when(typed: &str) -> When {
    said_when::read(typed, at("2000-01-01T00:00")).unwrap()
}

pub(crate) fn ja(text: &str) -> Texts {
    Texts::only(Lang::Ja, text).unwrap()
}

/// A confirmed event of which only its name and time are known.
#[track_caller]
pub(crate) fn event(id: &str, typed: &str) -> Event {
    let id = id.parse().unwrap();
    Event {
        standing: Standing::Confirmed,
        ..Event::of_staff(
            id,
            Kind::Community,
            ja("交流会"),
            when(typed),
            at("2026-11-01T09:00"),
        )
    }
}

/// Any time in the present half century, to the second.
pub(crate) fn any_when() -> impl Strategy<Value = When> {
    let start = at("2001-01-01T00:00");
    let timed = (0_i64..50 * 366 * 24 * 3600, proptest::option::of(1_i64..400_000)).prop_map(
        move |(offset, length)| {
            let starts = start + SignedDuration::from_secs(offset);
            When::timed(
                starts,
                length.map(|length| starts + SignedDuration::from_secs(length)),
            )
            .unwrap()
        },
    );
    let days = (0_i64..50 * 366, 0_i64..100).prop_map(|(offset, length)| {
        let first = date(2001, 1, 1).checked_add(offset.days()).unwrap();
        When::all_day(first, first.checked_add(length.days()).unwrap()).unwrap()
    });
    prop_oneof![timed, days]
}

/// Any short text, with the signs that calendar files escape.
fn any_texts() -> impl Strategy<Value = Texts> {
    let lang = prop_oneof![Just(Lang::Ja), Just(Lang::JaSimple), Just(Lang::En)];
    (lang, "[ -~ぁ-んァ-ヶ一-龠、。〜\n\t]{1,120}")
        .prop_filter_map("blank", |(lang, text)| Texts::only(lang, &text).ok())
}

fn any_place() -> impl Strategy<Value = Place> {
    let name = any_texts().prop_filter("a name is one line", |texts| {
        texts.all().all(|(_, name)| !name.contains('\n'))
    });
    let at =
        (-90_000_000..90_000_000_i32, -180_000_000..180_000_000_i32).prop_map(|(latitude, longitude)| {
            Coordinates::of_degrees(f64::from(latitude) / 1e6, f64::from(longitude) / 1e6).unwrap()
        });
    let address = proptest::option::of("松井田町[一-龠]{1,9}[1-9]{1,3}");
    (name, address, proptest::option::of(at)).prop_map(|(name, address, at)| Place { name, address, at })
}

/// Any event of which nothing is known that a calendar file cannot hold.
pub(crate) fn any_event() -> impl Strategy<Value = Event> {
    let some = proptest::option::of::<BoxedStrategy<Texts>>;
    let known = (
        any_texts(),
        some(any_texts().boxed()),
        some(any_texts().boxed()),
        proptest::option::of(any_place()),
    );
    let rule = prop_oneof![
        Just(None),
        Just(Some("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU")),
        Just(Some("FREQ=WEEKLY;UNTIL=20400331T145959Z")),
    ];
    let standing = prop_oneof![
        Just(Standing::Confirmed),
        Just(Standing::Unconfirmed),
        Just(Standing::Cancelled)
    ];
    let kind = proptest::sample::select(&Kind::ALL[..]);
    let link = proptest::option::of("https://www\\.city\\.annaka\\.lg\\.jp/[a-z0-9/?=&;,]{0,80}");
    (
        any_when(),
        known,
        rule,
        (standing, kind, link),
        (0_u64..1000, 0_u32..50, 0_i64..800_000_000),
    )
        .prop_map(
            |(
                when,
                (title, text, contact, place),
                rule,
                (standing, kind, link),
                (number, sequence, changed),
            )| Event {
                id: EventId::of_staff(number),
                origin: Origin::Ics,
                kind,
                title,
                text,
                contact,
                place,
                when,
                rule: rule.map(|rule| rule.parse().unwrap()),
                standing,
                sign_up: link.map(|link| SignUp {
                    link: Some(link.parse().unwrap()),
                    ..SignUp::default()
                }),
                sequence,
                news_sequence: 0,
                news_at: None,
                file_sequence: Some(sequence),
                changed: at("2001-01-01T00:00") + SignedDuration::from_secs(changed),
                ..event("s-0", "2027-02-14")
            },
        )
}
