//! Files of others are read, ours are read back.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::{
    clock::{CITY_ZONE, in_city},
    events::{
        BadWhen, Event, Kind, Origin, Place, Reading, Standing,
        problem::Wrong,
        sample::{any_event, at, event, ja, when},
    },
    lang::Lang,
};

fn now() -> Timestamp {
    at("2026-11-21T10:00")
}

/// A file with these lines in it.
fn file(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{lines}\nEND:VCALENDAR\n").replace('\n', "\r\n")
}

/// A file with one event of these lines; the first of them is the fifth of the file.
fn file_of_one(lines: &str) -> String {
    file(&format!("BEGIN:VEVENT\nUID:a@city\n{lines}\nEND:VEVENT"))
}

#[track_caller]
fn the_event(text: &str) -> Event {
    let Reading { mut events, problems } = read(text, now());
    assert_eq!(problems, []);
    assert_eq!(events.len(), 1);
    events.remove(0).event
}

fn problems(text: &str) -> Vec<String> {
    read(text, now())
        .problems
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn an_event_is_written_for_every_calendar() {
    let toge = Event {
        kind: Kind::VacantHome,
        title: ja("空き家相談会, 峠のまち; 第2回"),
        text: Some(ja("持ち物は\nありません。")),
        place: Some(Place {
            name: ja("安中市観光機構"),
            address: Some("松井田町横川441".to_owned()),
            at: crate::events::Coordinates::of_degrees(36.336, 138.739).ok(),
        }),
        sequence: 3,
        ..event("vacant-home-consultation-toge", "2027-02-14 9:30-11:30")
    };
    let written = one(&toge, Lang::En);
    insta::assert_snapshot!(written.replace("\r\n", "\n"), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//Annaka//Concierge//JA
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    BEGIN:VTIMEZONE
    TZID:Asia/Tokyo
    BEGIN:STANDARD
    DTSTART:19700101T000000
    TZOFFSETFROM:+0900
    TZOFFSETTO:+0900
    TZNAME:JST
    END:STANDARD
    END:VTIMEZONE
    BEGIN:VEVENT
    UID:vacant-home-consultation-toge@annaka-concierge
    DTSTAMP:20261101T000000Z
    LAST-MODIFIED:20261101T000000Z
    SEQUENCE:3
    STATUS:CONFIRMED
    DTSTART;TZID=Asia/Tokyo:20270214T093000
    DTEND;TZID=Asia/Tokyo:20270214T113000
    SUMMARY;LANGUAGE=ja:空き家相談会\, 峠のまち\; 第2回
    DESCRIPTION;LANGUAGE=ja:持ち物は\nありません。
    LOCATION;LANGUAGE=ja:安中市観光機構\n松井田町横川441
    GEO:36.336000;138.739000
    CATEGORIES:vacant-home
    END:VEVENT
    END:VCALENDAR
    ");
    assert_eq!(one(&toge, Lang::En), written, "the same every time");
}

#[test]
fn whole_days_end_on_the_first_free_day_and_need_no_zone() {
    let festival = Event {
        rule: "FREQ=YEARLY".parse().ok(),
        standing: Standing::Unconfirmed,
        ..event("s-1", "2027-02-14〜2027-02-28")
    };
    let written = one(&festival, Lang::Ja);
    assert!(
        written.contains("DTSTART;VALUE=DATE:20270214\r\nDTEND;VALUE=DATE:20270301\r\nRRULE:FREQ=YEARLY\r\n")
    );
    assert!(!written.contains("VTIMEZONE"));
}

#[test]
fn dates_that_only_follow_from_a_rule_are_not_given_out_as_confirmed() {
    let festival = Event {
        rule: "FREQ=YEARLY".parse().ok(),
        ..event("s-1", "2027-02-14")
    };
    let written = one(&festival, Lang::Ja);
    assert!(written.contains("STATUS:CONFIRMED") && !written.contains("RRULE"));
    let again = read(&written, now());
    assert_eq!(
        again.events[0].event.rule, festival.rule,
        "and the rule is not lost"
    );
}

#[test]
fn a_cancelled_event_cancels_only_when_it_goes_alone() {
    let cancelled = Event {
        standing: Standing::Cancelled,
        ..event("s-1", "2027-02-14 9:30")
    };
    assert!(one(&cancelled, Lang::Ja).contains("METHOD:CANCEL\r\n"));
    let together = all([&cancelled, &event("s-2", "2027-02-15")], Lang::Ja);
    assert!(together.contains("METHOD:PUBLISH\r\n") && together.contains("STATUS:CANCELLED\r\n"));
    assert_eq!(together.matches("BEGIN:VEVENT").count(), 2);
    assert_eq!(read(&all([], Lang::Ja), now()), Reading::default());
}

#[test]
fn what_is_too_long_for_a_card_is_named_with_its_limit() {
    let long = Event {
        title: ja(&"梅".repeat(301)),
        text: Some(ja(&"祭".repeat(1501))),
        ..event("s-1", "2027-02-14 9:30")
    };
    let read = read(&one(&long, Lang::Ja), now());
    let problems: Vec<String> = read
        .problems
        .iter()
        .map(|problem| format!("{}: {}", problem.at.as_deref().unwrap_or_default(), problem.wrong))
        .collect();
    assert_eq!(
        problems,
        [
            "SUMMARY: is longer than 300 characters",
            "DESCRIPTION: is longer than 1500 characters",
        ]
    );
}

#[test]
fn long_japanese_is_folded_at_75_bytes_between_characters() {
    let long = Event {
        text: Some(ja(&"梅の花が咲いたら、山へ行きましょう。 ".repeat(60))),
        ..event("s-1", "2027-02-14 9:30")
    };
    let written = one(&long, Lang::Ja);
    assert!(written.split("\r\n").all(|line| line.len() <= 75));
    assert!(
        written
            .split("\r\n")
            .any(|line| line.len() > 70 && line.starts_with(' '))
    );
    assert_eq!(the_event(&written).text, long.text);
}

#[test]
fn the_zone_written_is_the_zone_of_the_city() {
    for shown in ["1970-01-01T00:00", "2027-07-01T00:00", "2100-01-01T00:00"] {
        let zoned = in_city(at(shown));
        assert_eq!(zoned.offset().seconds(), 9 * 3600, "{CITY_ZONE}");
    }
}

#[test]
fn times_come_in_every_form() {
    let check = |lines: &str, wanted: &str| {
        let read = the_event(&file_of_one(&format!("SUMMARY:x\n{lines}")));
        assert_eq!(read.when, when(wanted), "{lines}");
    };
    let morning = "2027-02-14 9:30-11:30";
    check("DTSTART:20270214T003000Z\nDTEND:20270214T023000Z", morning);
    check("DTSTART:20270214T093000\nDTEND:20270214T113000", morning);
    check("DTSTART;TZID=Asia/Tokyo:20270214T093000\nDURATION:PT2H", morning);
    check(
        "DTSTART;TZID=\"Tokyo Standard Time\":20270214T093000\nDURATION:PT1H60M",
        morning,
    );
    check(
        "DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Tokyo:20270214T093000\nDURATION:PT2H",
        morning,
    );
    check(
        "DTSTART;TZID=Europe/Berlin:20270214T013000\nDTEND:20270214T023000Z",
        morning,
    );
    check("DTSTART:20270214T003000Z", "2027-02-14 9:30");
    check(
        "DTSTART:20270214T003000Z\nDTEND:20270214T003000Z",
        "2027-02-14 9:30",
    );
    check("DTSTART;VALUE=DATE:20270214", "2027-02-14");
    check(
        "DTSTART;VALUE=DATE:20270214\nDTEND;VALUE=DATE:20270214",
        "2027-02-14",
    );
    check(
        "DTSTART;value=date:20270227\nDTEND;VALUE=DATE:20270303",
        "2027-02-27〜2027-03-02",
    );
    check(
        "DTSTART;VALUE=DATE:20280228\nDURATION:P2D",
        "2028-02-28〜2028-02-29",
    );
    check(
        "DTSTART;VALUE=DATE:20270214\nDURATION:P1W",
        "2027-02-14〜2027-02-20",
    );
}

#[test]
fn a_zone_may_be_explained_by_the_file() {
    let zone = |offsets: &str| format!("BEGIN:VTIMEZONE\nTZID:JST\n{offsets}END:VTIMEZONE");
    let standard = "BEGIN:STANDARD\nTZOFFSETTO:+0900\nEND:STANDARD\n";
    let daylight = "BEGIN:DAYLIGHT\nTZOFFSETTO:+1000\nEND:DAYLIGHT\n";
    let event = "BEGIN:VEVENT\nUID:a\nSUMMARY:x\nDTSTART;TZID=JST:20270214T093000\nEND:VEVENT";
    // The zones may stand after the events.
    let one = file(&format!("{event}\n{}", zone(standard)));
    assert_eq!(the_event(&one).when, when("2027-02-14 9:30"));
    let two = file(&format!("{}\n{event}", zone(&format!("{standard}{daylight}"))));
    assert_eq!(problems(&two), ["line 15, DTSTART: “JST” is no known time zone"]);
}

#[test]
fn all_that_a_calendar_says_is_taken() {
    let read = the_event(&file_of_one(
        "dtstart:20270214T093000\nSummary;language=en-GB:Plum\n  festival\nDESCRIPTION:a\\, b\\nc\nLOCATION:秋間梅林\\n西上秋間\n\
        GEO:36.36;138.87\nURL:https://a.example/x,y;z\nCONTACT:観光課\nSTATUS:TENTATIVE\nSEQUENCE:7\n\
        RRULE:FREQ=YEARLY\nCATEGORIES:お知らせ\nCATEGORIES:春,祭り\nLAST-MODIFIED:20261101T000000Z\nX-OTHER;A=b:c\n\
        BEGIN:VALARM\nDESCRIPTION:alarm\nDURATION:PT1H\nEND:VALARM",
    ));
    assert_eq!(
        read.title.all().collect::<Vec<_>>(),
        [(Lang::En, "Plum festival")]
    );
    assert_eq!(read.text, Some(ja("a, b\nc")));
    let place = read.place.unwrap();
    assert_eq!(
        (place.name, place.address.as_deref()),
        (ja("秋間梅林"), Some("西上秋間"))
    );
    assert_eq!(place.at.unwrap().to_string(), "36.360000,138.870000");
    assert_eq!(
        read.sign_up.unwrap().link.unwrap().as_str(),
        "https://a.example/x,y;z"
    );
    assert_eq!(
        (read.standing, read.kind, read.origin),
        (Standing::Unconfirmed, Kind::Festival, Origin::Ics)
    );
    assert_eq!((read.sequence, read.file_sequence), (7, Some(7)));
    assert_eq!(read.rule.unwrap().as_str(), "FREQ=YEARLY");
    assert_eq!(read.changed, at("2026-11-01T09:00"));
}

#[test]
fn line_ends_a_mark_at_the_beginning_and_what_comes_from_tomorrow_do_no_harm() {
    let text = file_of_one("SUMMARY:x\nDTSTART:20270214T093000\nDTSTAMP:20991231T000000Z");
    let read = the_event(&text);
    assert_eq!(read.changed, now());
    assert_eq!(the_event(&text.replace("\r\n", "\n")), read);
    assert_eq!(the_event(&format!("\u{feff}{text}\r\n\r\n")), read);
}

#[test]
fn a_bad_event_is_named_and_the_others_go_on() {
    let text = file(
        "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:20270230T093000\nRRULE:FREQ=HOURLY\nURL:tel:1\nGEO:1\nSTATUS:MAYBE\nSEQUENCE:-1\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:1\nSUMMARY:good\nDTSTART:20270214T093000\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:1\nSUMMARY:again\nDTSTART:20270214T093000\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:2\nSUMMARY:open\nDTSTART:20270214T093000\n\
        BEGIN:VEVENT\nUID:3\nno property\nSUMMARY:two\nSUMMARY:titles\nDTSTART:20270214T093000\nDTEND:20270214T083000\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:4\nSUMMARY:series\nDTSTART:20270214T093000\nRRULE:FREQ=DAILY\nEXDATE:20270215T093000\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:5\nSUMMARY:uneven\nDTSTART:20270214T093000\nDTEND;VALUE=DATE:20270215\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:6\nSUMMARY: \nDTSTART:20270214T093000\nDTEND:20270214T103000\nDURATION:PT1H\nEND:VEVENT",
    );
    assert_eq!(
        problems(&text),
        [
            "line 3, UID: is missing",
            "line 5, DTSTART: “20270230T093000” is not understood",
            "line 6, RRULE: `FREQ=HOURLY` would come several times a day: a rule is daily or rarer",
            "line 7, URL: “tel:1” is no web address: write one that begins with https:// or http://, with a full host name, without a user name, at most 2048 bytes",
            "line 8, GEO: “1” is not understood",
            "line 9, STATUS: “MAYBE” is not understood",
            "line 10, SEQUENCE: “-1” is not understood",
            "line 18, UID: already stands on line 12",
            "line 22: the event is not closed by END:VEVENT",
            "line 28: this is no line of a calendar file: a name, a colon and a value",
            "line 30, SUMMARY: already stands on line 29",
            "line 32, DTEND: it ends at 2027-02-13T23:30:00Z, which is not after its start at 2027-02-14T00:30:00Z",
            "line 39, EXDATE: single dates of a series cannot be kept: make them events of their own",
            "line 45, DTEND: “20270215” is not understood",
            "line 47, SUMMARY: is missing",
            "line 52, DURATION: already stands on line 51",
        ]
    );
    let good = read(&text, now()).events;
    assert_eq!(good.iter().map(|good| good.line).collect::<Vec<_>>(), [12]);
}

#[test]
fn what_is_no_calendar_says_so() {
    for text in ["", "イベント名,開始日", "BEGIN:VEVENT\nEND:VEVENT", "<html>"] {
        assert_eq!(
            problems(text),
            ["line 1: this is no calendar file: the first line has to be BEGIN:VCALENDAR"]
        );
    }
    assert_eq!(read(&file(""), now()), Reading::default());
    let cut = file_of_one("SUMMARY:x").replace("END:VEVENT\r\nEND:VCALENDAR\r\n", "");
    assert_eq!(problems(&cut), ["line 3: the event is not closed by END:VEVENT"]);
}

#[test]
fn a_file_that_cancels_cancels() {
    let text = file_of_one("SUMMARY:x\nDTSTART:20270214T093000").replace("VERSION:2.0", "METHOD:CANCEL");
    assert_eq!(the_event(&text).standing, Standing::Cancelled);
}

#[test]
fn years_out_of_reach_are_refused() {
    let text = file_of_one("SUMMARY:x\nDTSTART;VALUE=DATE:99990101");
    let found = read(&text, now()).problems.remove(0).wrong;
    assert_eq!(found, Wrong::When(BadWhen::TooFar { year: 9999 }));
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(event in any_event()) {
        let written = one(&event, Lang::Ja);
        prop_assert!(written.split("\r\n").all(|line| line.len() <= 75), "{}", written);
        let later = at("2060-01-01T00:00");
        let Reading { events, problems } = read(&written, later);
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(&events[0].event, &event, "{}", written);
        let together = read(&all([&event], Lang::Ja), later);
        prop_assert_eq!(&together.events[0].event, &event);
    }

    #[test]
    fn no_file_makes_it_fall(text in "(BEGIN:VEVENT\n|END:VEVENT\n|DTSTART[;:=A-Z0-9+-]{0,20}\n|DURATION:[-+PTYMWDHS0-9.]{0,8}\n|DTEND:[0-9TZ]{0,16}\n|RRULE:FREQ=DAILY;[A-Z0-9=,-]{0,12}\n|[A-Z;:=\"あ\n ]{0,12}){0,12}") {
        drop(read(&format!("BEGIN:VCALENDAR\n{text}"), now()));
        drop(read(&file_of_one(&text), now()));
    }
}
