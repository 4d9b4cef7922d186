//! Whatever comes from outside is read without a panic, and what is read holds what it promises.
//!
//! Each reader gets text made of the pieces its format is made of, in any order, beside text of any kind, and the seeds
//! of `tests/corpus/`. `PROPTEST_CASES` says how many.

#![expect(clippy::unwrap_used, reason = "a seed that cannot be read stops the test")]

use std::{fs, path::Path};

use annaka_concierge::{
    conversation::Button,
    events::{EventId, csv, ics, said_when},
    handover::DeskButton,
    knowledge::{EntryId, load_jsonl, parse::parse_entry},
    lang::Lang,
    outgoing::{
        Html,
        html::{MESSAGE_LIMIT, split},
    },
    publishing::PublishButton,
    signups::SignUpButton,
    understanding::normalize,
};
use jiff::{Timestamp, civil};
use proptest::{collection::vec, prelude::*, sample::select};

fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

/// The seeds of one reader, with what is written out in them put back.
fn seeds(target: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(target);
    let text = fs::read_to_string(file.join("seeds.txt")).unwrap();
    text.lines().map(put_back).collect()
}

fn put_back(line: &str) -> String {
    let mut text = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        text.push(match (c, c == '\\') {
            (_, false) => c,
            (_, true) => match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('u') => {
                    let hex: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    u32::from_str_radix(&hex, 16)
                        .ok()
                        .and_then(char::from_u32)
                        .unwrap()
                }
                other => other.unwrap(),
            },
        });
    }
    text
}

/// Pieces of a format in any order, with anything between.
fn made_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(pieces).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<String>().prop_map(|text| text.chars().take(12).collect::<String>()),
        1 => "[0-9]{1,20}",
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A button is read by at most one decoder, and is then exactly what that one writes.
fn check_button(data: &str) {
    let read = [
        Button::decode(data).ok().map(|button| button.encode()),
        DeskButton::decode(data).ok().map(|button| button.encode()),
        PublishButton::decode(data).ok().map(|button| button.encode()),
        SignUpButton::decode(data).ok().map(|button| button.encode()),
    ];
    let read: Vec<String> = read.into_iter().flatten().collect();
    assert!(read.is_empty() || read == [data], "{data:?}: {read:?}");
}

fn check_entry(text: &str) {
    let (entry, problems) = parse_entry("subsidy/a-b.md", text);
    let lines = text.matches('\n').count() + 4;
    assert!(entry.is_some() || !problems.is_empty(), "{text:?}");
    assert!(
        problems.iter().all(|problem| problem.line <= lines),
        "{problems:?}"
    );
}

fn check_jsonl(text: &str) {
    if let Err(problems) = load_jsonl("x.jsonl", text) {
        assert!(!problems.is_empty(), "{text:?}");
    }
}

fn check_table(bytes: &[u8]) {
    let reading = csv::read(bytes, now());
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 2;
    assert!(reading.problems.iter().all(|problem| problem.line <= lines));
}

/// What was taken can be written as a file of our own and read again, and no rule runs without end.
fn check_calendar(text: &str) {
    let reading = ics::read(text, now());
    for taken in &reading.events {
        let event = &taken.event;
        if let Some(rule) = &event.rule {
            let first = civil::date(2027, 3, 6).at(10, 0, 0, 0);
            assert!(rule.faces(first).take(30).count() <= 30);
        }
        let again = ics::read(&ics::one(event, Lang::Ja), now());
        assert!(again.problems.is_empty(), "{text:?}: {:?}", again.problems);
        assert_eq!(again.events.len(), 1, "{text:?}");
    }
}

fn check_time(text: &str) {
    let _date = said_when::read_date(text);
    let _time = said_when::read_time(text);
    if let Ok(when) = said_when::read(text, now()) {
        let written = said_when::written(&when);
        assert_eq!(
            said_when::read(&written, now()),
            Ok(when),
            "{text:?} → {written:?}"
        );
    }
}

/// Pieces each fit a message, lose no word, and stay text.
fn check_splitting(text: &str) {
    let pieces = split(text, MESSAGE_LIMIT);
    for piece in &pieces {
        assert!(piece.encode_utf16().count() <= MESSAGE_LIMIT);
        let html = Html::text(piece);
        assert_eq!(html.plain(), piece.replace('\0', ""));
        assert!(!html.as_str().contains('<') && !html.as_str().contains('>'));
    }
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(bare(&pieces.concat()), bare(text));
}

#[test]
fn the_seeds_are_read() {
    seeds("buttons").iter().for_each(|seed| check_button(seed));
    seeds("entries").iter().for_each(|seed| check_entry(seed));
    seeds("jsonl").iter().for_each(|seed| check_jsonl(seed));
    seeds("tables")
        .iter()
        .for_each(|seed| check_table(seed.as_bytes()));
    seeds("calendars").iter().for_each(|seed| check_calendar(seed));
    seeds("times").iter().for_each(|seed| check_time(seed));
}

/// What outsiders send in the hostile set goes through the readers of staff's files too.
#[test]
fn hostile_texts_are_read_by_every_reader() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/texts.jsonl");
    for line in fs::read_to_string(file).unwrap().lines() {
        let input: serde_json::Value = serde_json::from_str(line).unwrap();
        let times = input["times"].as_u64().unwrap_or(1);
        let text = input["text"]
            .as_str()
            .unwrap()
            .repeat(usize::try_from(times).unwrap());
        check_button(&text);
        check_entry(&text);
        check_jsonl(&text);
        check_table(text.as_bytes());
        check_calendar(&text);
        check_time(&text);
        check_splitting(&text);
    }
}

proptest! {
    #[test]
    fn callback_data_never_panics(data in prop_oneof![
        any::<String>().prop_map(|text| text.chars().take(20).collect::<String>()),
        made_of(&["1:", "d1:", "p1:", "s1:", "s:", "c:", "k:", "v:", "0", "05", "+1", "-1", "_", ".", ":", "a-b", "p2", "w:", "k.", "x"]),
    ]) {
        check_button(&data);
    }

    #[test]
    fn ids_never_panic(text in prop_oneof![any::<String>(), "[a-zA-Z0-9_.:/-]{0,70}"]) {
        if let Ok(id) = text.parse::<EntryId>() {
            prop_assert_eq!(id.as_str(), &text);
            prop_assert!(!text.contains(['/', ':', '\\']));
        }
        if let Ok(id) = text.parse::<EventId>() {
            prop_assert_eq!(id.to_string(), text.clone());
            prop_assert!(!text.contains(['/', '.', ':', '\\']));
        }
        let _lang = Lang::negotiate(Some(&text));
    }

    #[test]
    fn entries_never_panic(text in prop_oneof![any::<String>(), made_of(&[
        "+++\n", "\n+++\n", "municipality = \"annaka\"\n", "status = \"current\"\n", "as_of = \"2023-10-31\"\n",
        "sources = [{ ref = \"x\" }]\n", "handover = \"offer\"\n", "[questions]\n", "ja = [\"家\"]\n", "[event]\n",
        "when = \"2027-03-06\"\n", "rule = \"FREQ=DAILY\"\n", "## ja\n", "## en\n", "## xx\n", "[[", "]]", "\"\"\"", "=", "\n",
        "valid_until = \"", "0000-00-00", "\r\n", "# ", "\0",
    ])]) {
        check_entry(&text);
        check_entry(&format!("+++\n{text}\n+++\n## ja\n{text}\n"));
    }

    #[test]
    fn json_lines_never_panic(text in prop_oneof![any::<String>(), made_of(&[
        "{", "}", "[", "]", ":", ",", "\"id\"", "\"kind\"", "\"entry\"", "\"questions\"", "\"ja\"", "null", "1e400", "\n", "\\ud800", "\"", "\u{feff}",
    ])]) {
        check_jsonl(&text);
    }

    #[test]
    fn tables_never_panic(bytes in prop_oneof![
        vec(any::<u8>(), 0..300),
        made_of(&[
            "都道府県コード又は市区町村コード", "NO", "イベント名", "開始日", "終了日", "開始時間", "終了時間", "市区町村名", ",", ",", ",", "\n", "\n", "\r\n",
            "\"", "102113", "安中市", "2027-03-06", "令和9年3月6日", "24:00", "10時半", "=1+1", "\u{feff}", "緯度", "36.3", "URL", "https://example.org",
        ]).prop_map(String::into_bytes),
    ]) {
        check_table(&bytes);
        let head = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,開始日,終了日,開始時間,終了時間\n102113,1,群馬県,安中市,";
        check_table(&[head.as_bytes(), &bytes].concat());
    }

    #[test]
    fn calendars_never_panic(text in prop_oneof![any::<String>(), made_of(&[
        "BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "BEGIN:VTIMEZONE\r\n", "END:VTIMEZONE\r\n",
        "UID:x\r\n", "UID:y@z\r\n", "SUMMARY:祭り\r\n", "SUMMARY;LANGUAGE=en:Fair\r\n", "DTSTART:20270306T100000\r\n", "DTSTART;VALUE=DATE:20270306\r\n",
        "DTSTART;TZID=Asia/Tokyo:20270306T100000\r\n", "DTEND:20270306T110000Z\r\n", "DURATION:PT1H\r\n", "DURATION:-P9999W\r\n",
        "RRULE:FREQ=WEEKLY;BYDAY=SU\r\n", "RRULE:FREQ=DAILY;COUNT=999999999\r\n", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2\r\n", "RRULE:",
        "STATUS:CANCELLED\r\n", "GEO:36.3;138.9\r\n", "GEO:nan;inf\r\n", "LOCATION:市役所\\n安中1-23-13\r\n", "URL:https://example.org\r\n", "SEQUENCE:7\r\n",
        "TZID:x\r\n", "TZOFFSETTO:+0900\r\n", " folded", "\r\n", ";", ":", "=", "\"", "\\", "\0", "METHOD:CANCEL\r\n",
    ])]) {
        check_calendar(&text);
        check_calendar(&format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20270306T100000\r\nSUMMARY:祭り\r\n{text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn times_never_panic(text in prop_oneof![any::<String>(), made_of(&[
        "2027", "9999", "0000", "令和", "平成", "元年", "年", "月", "日", "(日)", "（土）", "2", "14", "29", "31", "-", "/", "〜", "~", "から", "まで", " ", "　", ":", "時", "半", "分",
        "午前", "午後", "24", "00", "T", "Z", "+09:00", "終日", "２", "９",
    ])]) {
        check_time(&text);
    }

    #[test]
    fn splitting_never_panics(text in prop_oneof![
        any::<String>(),
        (made_of(&["家", "😀", "👨‍👩‍👧", "。", "\n\n", "\n", " ", "&", "<b>", "&amp;", "\u{301}", ". ", "\0"]), 1_usize..200)
            .prop_map(|(text, times)| text.repeat(times).chars().take(20_000).collect::<String>()),
    ]) {
        check_splitting(&text);
    }

    #[test]
    fn normalizing_never_panics(text in any::<String>()) {
        let cleaned = normalize::clean(&text);
        let _folded = normalize::fold(&cleaned);
        let once = normalize::normalize(&text);
        prop_assert!(once.chars().count() <= text.chars().count() * 20 + 20);
    }
}
