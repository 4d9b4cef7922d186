//! Tables as they come.

use encoding_rs::SHIFT_JIS;
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::{
    events::{
        Event, Kind, Origin, Reading, Standing,
        sample::{at, ja, when},
    },
    lang::Lang,
};

/// The columns of the standard, as municipalities publish them.
const HEADER: &str = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,イベント名_カナ,イベント名_英語,\
    開始日,終了日,開始時間,終了時間,開始日時特記事項,説明,料金(基本),料金(詳細),連絡先名称,連絡先電話番号,連絡先内線番号,主催者,\
    場所名称,住所,方書,緯度,経度,アクセス方法,駐車場情報,定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考,カテゴリー,区,\
    公開日,更新日,画像,画像_ライセンス,共催・協力,参加条件_詳細";

const ROW: &str = "102113,7,群馬県,安中市,秋間梅林祭 開花祭,アキマバイリンサイ,Plum blossom opening,2027/02/27,2027/02/27,10:00,15:00,\
    荒天中止,\"和太鼓と\n野点\",無料,茶席は500円,観光課,027-382-1111,12,梅林祭実行委員会,秋間梅林,西上秋間,観光案内所前,36.3602,138.8701,\
    バス,有,30名,令和9年2月10日,17:00,電話,https://www.city.annaka.lg.jp/ume,雨具持参,祭り,,2027-01-05,,,,,どなたでも";

fn now() -> Timestamp {
    at("2026-11-21T10:00")
}

fn table(text: &str) -> Reading {
    read(text.as_bytes(), now())
}

#[track_caller]
fn the_event(text: &str) -> Event {
    let Reading { mut events, problems } = table(text);
    assert_eq!(problems, []);
    assert_eq!(events.len(), 1);
    events.remove(0).event
}

fn problems(text: &str) -> Vec<String> {
    table(text).problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_too_long_for_a_card_is_named_with_its_limit() {
    let row = ROW
        .replace("秋間梅林祭 開花祭", &"祭".repeat(301))
        .replace("和太鼓と", &"鼓".repeat(1501));
    assert_eq!(
        problems(&format!("{HEADER}\n{ROW}\n{row}\n")),
        [
            "line 4, イベント名: is longer than 300 characters",
            "line 4, 説明: is longer than 1500 characters",
        ]
    );
}

#[test]
fn a_full_row_is_taken_whole() {
    let event = the_event(&format!("{HEADER}\n{ROW}\n"));
    assert_eq!(event.when, when("2027-02-27 10:00-15:00"));
    let titles: Vec<_> = event.title.all().collect();
    assert_eq!(
        titles,
        [
            (Lang::Ja, "秋間梅林祭 開花祭"),
            (Lang::En, "Plum blossom opening")
        ]
    );
    assert_eq!(
        event.text,
        Some(ja(
            "和太鼓と\n野点\n開始日時特記事項：荒天中止\n主催者：梅林祭実行委員会\nアクセス方法：バス\n駐車場情報：有\n備考：雨具持参"
        ))
    );
    assert_eq!(event.fee, Some(ja("無料\n茶席は500円")));
    assert_eq!(event.contact, Some(ja("観光課 027-382-1111 (12)")));
    assert_eq!(event.audience, Some(ja("どなたでも")));
    let place = event.place.unwrap();
    assert_eq!(
        (place.name, place.address.as_deref()),
        (ja("秋間梅林"), Some("西上秋間 観光案内所前"))
    );
    assert_eq!(place.at.unwrap().to_string(), "36.360200,138.870100");
    let sign_up = event.sign_up.unwrap();
    assert_eq!(sign_up.deadline, Some(at("2027-02-10T17:00")));
    assert_eq!(sign_up.capacity.unwrap().get(), 30);
    assert_eq!((sign_up.how, sign_up.in_chat), (Some(ja("電話")), false));
    assert_eq!(
        sign_up.link.unwrap().as_str(),
        "https://www.city.annaka.lg.jp/ume"
    );
    assert_eq!(
        (event.kind, event.origin, event.standing),
        (Kind::Festival, Origin::Csv, Standing::Confirmed)
    );
    assert!(event.id.as_str().starts_with("c-"));
}

#[test]
fn a_table_is_the_same_in_every_encoding_and_with_every_line_end() {
    let text = format!("{HEADER}\n{ROW}\n");
    let wanted = table(&text);
    let (shift_jis, _, lossy) = SHIFT_JIS.encode(&text);
    assert!(!lossy && std::str::from_utf8(&shift_jis).is_err());
    assert_eq!(read(&shift_jis, now()), wanted);
    assert_eq!(table(&format!("\u{feff}{text}")), wanted);
    let windows = format!("{HEADER}\r\n{}\r\n", ROW.replace('\n', "\r\n"));
    assert_eq!(table(&windows), wanted);
}

#[test]
fn columns_come_in_any_order_under_any_of_their_names() {
    let event = the_event(
        "メモ,開始日,ＩＤ,地方公共団体名, イベント名 ,料金（基本）,全国地方公共団体コード,対象\nx,令和９年２月１４日（日）,7,群馬県安中市,交流会,500円,10211,移住者\n",
    );
    assert_eq!(event.when, when("2027-02-14"));
    assert_eq!(
        (event.fee, event.audience),
        (Some(ja("500円")), Some(ja("移住者")))
    );
    assert_eq!(
        (event.kind, event.place, event.sign_up),
        (Kind::Community, None, None)
    );
    let full = the_event(&format!("{HEADER}\n{ROW}\n"));
    assert_eq!(event.id, full.id, "the number names the row");
}

#[test]
fn without_a_number_title_and_day_name_the_row() {
    let id = |row: &str| the_event(&format!("イベント名,開始日,終了日\n{row}")).id;
    let plum = id("梅林祭,2027-02-14,");
    assert_eq!(id("梅林祭,2027年2月14日,2027-02-15"), plum);
    assert_ne!(id("梅林祭,2027-02-15,"), plum);
}

#[test]
fn times_are_of_a_day_of_a_night_or_of_every_day() {
    let check = |row: &str, wanted: &str, told: Option<&str>| {
        let event = the_event(&format!("イベント名,開始日,終了日,開始時間,終了時間\nx,{row}"));
        assert_eq!((event.when, event.text), (when(wanted), told.map(ja)), "{row}");
    };
    check("2027-02-14,,9:30,", "2027-02-14 9:30", None);
    check("2027-02-14,,09:30:00,9時45分", "2027-02-14 9:30-9:45", None);
    check(
        "2027-02-14,2027-02-14,22:00,24:00",
        "2027-02-14 22:00-24:00",
        None,
    );
    check("2027-02-14,2027-02-15,22:00,1:30", "2027-02-14 22:00-25:30", None);
    check("2027-02-27,2027-03-02,,", "2027-02-27〜2027-03-02", None);
    check(
        "2027-02-27,2027-03-02,9:00,17:00",
        "2027-02-27〜2027-03-02",
        Some("開始時間：9:00\n終了時間：17:00"),
    );
    check("2027-02-14,,,17:00", "2027-02-14", Some("終了時間：17:00"));
}

#[test]
fn a_deadline_without_a_time_is_the_end_of_its_day() {
    let event = the_event("イベント名,開始日,参加申込終了日\nx,2027-02-14,2027-02-10");
    assert_eq!(event.sign_up.unwrap().deadline, Some(at("2027-02-10T23:59:59")));
}

#[test]
fn every_bad_row_is_named_and_the_good_ones_are_taken() {
    let text = "NO,市区町村コード,市区町村名,イベント名,開始日,終了日,開始時間,終了時間,緯度,経度,定員,URL,参加申込終了時間,説明\n\
        1,102113,安中市,良い行事,2027-02-14,,,,,,,,,\"二\n行\"\n\
        2,102105,富岡市,他市,2027-02-14,,,,,,,,,\n\
        \n\
        ,,,,,,,,,,,,,\n\
        3,,富岡市,他市,2027-02-14,,,,,,,,,\n\
        4,,,,2027-02-29,,25時,,91,x,数名,tel:1,17:00,\n\
        5,,,題,,,,,,,,,,\n\
        6,,,題,2027-02-19(木),,,,,,,,,\n\
        7,,,題,2027-02-14,2027-02-13,,,,,,,,\n\
        8,,,題,2027-02-14,,11:30,9:30,,,,,,\n\
        1,,,同じ番号,2027-02-14,,,,,,,,,\n\
        9,,,短い行,2027-02-14\n";
    assert_eq!(
        problems(text),
        [
            "line 4, 市区町村コード: “102105” is another municipality",
            "line 7, 市区町村名: “富岡市” is another municipality",
            "line 8, イベント名: is missing",
            "line 8, 開始日: there is no day “2027-02-29”",
            "line 8, 経度: “x” is not understood",
            "line 8, URL: “tel:1” is no web address: write one that begins with https:// or http://, with a full host name, without a user name, at most 2048 bytes",
            "line 8, 定員: “数名” is not understood",
            "line 8, 参加申込終了時間: “17:00” has no day",
            "line 9, 開始日: is missing",
            "line 10, 開始日: 2027-02-19 is a Friday, not a Thursday; it would fit in 2026 or 2032",
            "line 11, 終了日: its last day 2027-02-13 is before its first day 2027-02-14",
            "line 12, 終了時間: it ends at 2027-02-14T00:30:00Z, which is not after its start at 2027-02-14T02:30:00Z",
            "line 13: already stands on line 2",
        ]
    );
    let good = table(text).events;
    let lines: Vec<usize> = good.iter().map(|good| good.line).collect();
    assert_eq!(lines, [2, 14]);
}

#[test]
fn what_is_no_table_says_so() {
    let none =
        "line 1: this is no table of events: the first line has to name the columns イベント名 and 開始日";
    for text in ["", "\n\n", "BEGIN:VCALENDAR\n", "イベント名,終了日\nx,2027-02-14"] {
        assert_eq!(problems(text), [none], "{text}");
    }
    assert_eq!(table(HEADER), Reading::default());
    let broken = b"\xe3\x82\xa4,x\nabc\n\xff\xff\n";
    let said: Vec<String> = read(broken, now())
        .problems
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        ["line 3: this is neither UTF-8 nor Shift_JIS: save the file in one of them"]
    );
}

proptest! {
    #[test]
    fn no_bytes_make_it_fall(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        drop(read(&bytes, now()));
        drop(read(&[format!("{HEADER}\n").as_bytes(), &bytes].concat(), now()));
    }

    #[test]
    fn a_row_stays_on_its_line(cells in proptest::collection::vec("[a-z,\"\n\r ]{0,6}", 1..6), blanks in 0_usize..4) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let mut text = "イベント名,開始日,説明\n".to_owned();
        let mut wanted = Vec::new();
        for cell in &cells {
            text.push_str(&"\r\n".repeat(blanks));
            wanted.push(1 + text.matches('\n').count());
            text.push_str(&format!("題,いつ,{}\n", quoted(cell)));
        }
        let lines: Vec<usize> = table(&text).problems.iter().map(|problem| problem.line).collect();
        prop_assert_eq!(lines, wanted);
    }
}
