//! What is understood, and what is refused.

use jiff::civil::{Weekday, date};
use proptest::prelude::*;

use super::*;
use crate::events::sample::{any_when, at};

const NOW: &str = "2026-11-21T10:00";

fn hours(starts: &str, ends: &str) -> When {
    When::timed(at(starts), Some(at(ends))).unwrap()
}

#[track_caller]
fn understood(texts: &[&str], wanted: When) {
    for text in texts {
        assert_eq!(read(text, at(NOW)), Ok(wanted), "{text}");
    }
}

#[track_caller]
fn refused(text: &str, wanted: &BadSaid) {
    assert_eq!(read(text, at(NOW)).as_ref(), Err(wanted), "{text}");
}

fn no_such_day(read: &str) -> BadSaid {
    BadSaid::NoSuchDay {
        read: read.to_owned(),
    }
}

fn not_understood(read: &str) -> BadSaid {
    BadSaid::NotUnderstood {
        read: read.to_owned(),
    }
}

fn end_before_start(read: &str) -> BadSaid {
    BadSaid::EndBeforeStart {
        read: read.to_owned(),
    }
}

#[test]
fn one_morning_is_typed_in_many_ways() {
    understood(
        &[
            "2027-02-14 9:30-11:30",
            "2027/2/14 9:30〜11:30",
            "2027.2.14 09:30:00 - 11:30:00",
            "20270214 9:30～11:30",
            "2027年2月14日（日）午前9時30分から午前11時30分まで",
            "令和9年2月14日(日) 9時半〜11時半",
            "R9.2.14 9:30ー11:30",
            "２０２７年２月１４日　９：３０－１１：３０",
            "2027年(令和9年)2月14日(日・祝) 9時30分〜11時30分",
            "2027-02-14 Sun. 9:30AM - 11:30am",
            "2/14 9:30-11:30",
            "2月14日（日曜日）、9:30→11:30",
            "2027-02-14 9:30〜2027-02-14 11:30",
            "2027-02-14T09:30:00+09:00〜2027-02-14T11:30:00+09:00",
            "2027-02-14T00:30:00Z〜2027-02-14T11:30",
        ],
        hours("2027-02-14T09:30", "2027-02-14T11:30"),
    );
}

#[test]
fn an_end_on_another_day_has_nothing_of_the_afternoon_before() {
    let wanted = hours("2027-02-14T13:00", "2027-02-16T10:00");
    understood(
        &[
            "2027-02-14 午後1時〜2027-02-16 10時",
            "2/14 午後1時から2/16 10:00まで",
        ],
        wanted,
    );
    let same_day = hours("2027-02-14T13:00", "2027-02-14T15:00");
    understood(&["2027-02-14 午後1時〜2027-02-14 3時"], same_day);
}

#[test]
fn an_end_may_be_unknown() {
    let wanted = When::timed(at("2027-02-14T09:30"), None).unwrap();
    understood(
        &[
            "2027/2/14 9:30",
            "2027-02-14T09:30:00+09:00",
            "2027-02-14 9:30から",
            "2月14日 9時半〜",
        ],
        wanted,
    );
}

#[test]
fn days_go_without_a_time() {
    let one = When::all_day(date(2027, 2, 14), date(2027, 2, 14)).unwrap();
    understood(&["2027-02-14", "2月14日", "令和9年2月14日(日)"], one);
    let many = When::all_day(date(2027, 2, 14), date(2027, 3, 31)).unwrap();
    understood(
        &[
            "2027-02-14〜2027-03-31",
            "2027年2月14日から3月31日まで",
            "2/14-3/31",
            "2027-02-14 - 2027-03-31",
        ],
        many,
    );
    let weekend = When::all_day(date(2027, 2, 27), date(2027, 2, 28)).unwrap();
    understood(&["2月27日(土)〜28日(日)"], weekend);
}

#[test]
fn hours_count_on_past_midnight() {
    understood(
        &["2027-02-14 22:00-24:00", "2027-02-14 22:00-翌0:00"],
        hours("2027-02-14T22:00", "2027-02-15T00:00"),
    );
    understood(
        &[
            "2027-02-14 22:00-25:30",
            "2027-02-14 22時〜翌日1時半",
            "2027-02-14 22:00〜2/15 1:30",
        ],
        hours("2027-02-14T22:00", "2027-02-15T01:30"),
    );
    understood(
        &["2026-12-31 24:00"],
        When::timed(at("2027-01-01T00:00"), None).unwrap(),
    );
}

#[test]
fn an_afternoon_stays_one() {
    let wanted = hours("2027-02-14T13:00", "2027-02-14T15:00");
    understood(
        &[
            "2/14 午後1時から3時",
            "2/14 午後1時〜午後3時",
            "2/14 1:00 PM - 3:00 PM",
            "2/14 13-15時",
        ],
        wanted,
    );
    understood(
        &["2/14 正午〜15時"],
        hours("2027-02-14T12:00", "2027-02-14T15:00"),
    );
    let noon = |read: &str| BadSaid::NoonOrMidnight {
        read: read.to_owned(),
    };
    refused("2/14 午後12時", &noon("午後12時"));
    refused("2/14 午前12時30分", &noon("午前12時30分"));
    refused(
        "2/14 午後13時",
        &BadSaid::NoSuchTime {
            read: "午後13時".to_owned(),
        },
    );
}

#[test]
fn a_day_without_a_year_is_the_next_one() {
    let day = |year, month, day| When::all_day(date(year, month, day), date(year, month, day)).unwrap();
    understood(&["11/21"], day(2026, 11, 21));
    understood(&["11/20"], day(2027, 11, 20));
    understood(&["2/29"], day(2028, 2, 29));
    understood(
        &["12月28日〜1月3日"],
        When::all_day(date(2026, 12, 28), date(2027, 1, 3)).unwrap(),
    );
    refused("2/30", &no_such_day("2/30"));
    refused("今日", &not_understood("今日"));
}

#[test]
fn a_weekday_that_does_not_fit_is_always_refused() {
    let wrong = BadSaid::WeekdayDoesNotFit {
        date: date(2027, 2, 19),
        said: Weekday::Thursday,
        is: Weekday::Friday,
        fits: vec![2026, 2032],
    };
    for text in [
        "2027-02-19(木) 9:30",
        "2月19日（木）",
        "R9.2.19 木曜 9:30-11:30",
        "2027/2/19 Thu",
    ] {
        refused(text, &wrong);
    }
    assert_eq!(
        wrong.to_string(),
        "2027-02-19 is a Friday, not a Thursday; it would fit in 2026 or 2032"
    );
    let leap = BadSaid::WeekdayDoesNotFit {
        date: date(2028, 2, 29),
        said: Weekday::Monday,
        is: Weekday::Tuesday,
        fits: vec![2016, 2044],
    };
    refused("2028-02-29(月)", &leap);
    assert!(read("2027-02-14〜2027-03-31(月)", at(NOW)).is_err());
}

#[test]
fn days_and_times_that_do_not_exist_are_refused() {
    refused("2027-02-29", &no_such_day("2027-02-29"));
    refused("2027年4月31日 9:30", &no_such_day("2027年4月31日"));
    refused("2027-13-01", &no_such_day("2027-13-01"));
    refused(
        "2027-02-14 9:60",
        &BadSaid::NoSuchTime {
            read: "9:60".to_owned(),
        },
    );
    refused(
        "2027-02-14 30:00",
        &BadSaid::NoSuchTime {
            read: "30:00".to_owned(),
        },
    );
    refused(
        "2027年(令和8年)2月14日",
        &BadSaid::YearsDiffer {
            read: "2027年(令和8年)2月14日".to_owned(),
        },
    );
    refused(
        "9999-02-14",
        &BadSaid::TooFar {
            read: "9999-02-14".to_owned(),
        },
    );
}

#[test]
fn an_end_that_is_not_after_the_start_is_refused() {
    for text in [
        "2027-02-14 11:30-9:30",
        "2027-02-14 9:30-9:30",
        "2027-02-14〜2027-02-13",
        "2/14 10時〜3時",
    ] {
        refused(text, &end_before_start(text));
    }
}

#[test]
fn what_is_past_is_refused() {
    let past = |when: &str| BadSaid::Past {
        when: when.to_owned(),
    };
    refused("2026-02-19 9:30", &past("2026-02-19 9:30"));
    refused("2026-11-20", &past("2026-11-20"));
    // Not next year's: somebody who types today's date means today.
    refused("11/21 9:30-11:30", &past("2026-11-21 9:30-11:30"));
    assert!(read("2026-11-01〜2026-11-30", at(NOW)).is_ok());
}

#[test]
fn what_is_not_understood_is_shown() {
    for (text, left) in [
        ("", ""),
        ("来週の日曜", "来週の日曜"),
        ("2027-02-14 朝から", "朝~"),
        ("2027-02-14 9:30-11:30 雨天中止", "雨天中止"),
        ("2027-02-14 9", "9"),
        ("2027-02", "2027-02"),
        ("2027-02-14T25:00:00", "2027-02-14T25:00:00"),
    ] {
        refused(text, &not_understood(left));
    }
    let read = "9:30".to_owned();
    refused("9:30-11:30", &BadSaid::NoDay { read });
    let uneven = "2027-02-14 9:30〜2027-02-15";
    refused(uneven, &not_understood(uneven));
}

#[test]
fn a_table_names_its_days_and_times_apart() {
    for text in [
        "2026-11-21",
        "2026/11/21",
        "令和8年11月21日",
        "２０２６年１１月２１日（土）",
        "20261121",
    ] {
        assert_eq!(read_date(text), Ok(date(2026, 11, 21)), "{text}");
    }
    assert_eq!(read_date("令和元年5月1日"), Ok(date(2019, 5, 1)));
    assert_eq!(read_date("平成31年4月30日"), Ok(date(2019, 4, 30)));
    assert_eq!(
        read_date("11/21"),
        Err(BadSaid::NoYear {
            read: "11/21".to_owned()
        })
    );
    assert_eq!(read_date("2027年4月31日"), Err(no_such_day("2027年4月31日")));
    let day = date(2026, 11, 21);
    for text in ["9:30", "09:30:00", "9時30分", "９時半", "午前9時30分", "AM 9:30"] {
        assert_eq!(
            read_time(text).unwrap().on(day),
            Some(at("2026-11-21T09:30")),
            "{text}"
        );
    }
    assert_eq!(read_time("24:00").unwrap().on(day), Some(at("2026-11-22T00:00")));
    for text in ["", "9", "930", "9:3", "朝", "9:30-11:30"] {
        assert!(read_time(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_out_is_read_back(when in any_when()) {
        let text = written(&when);
        prop_assert_eq!(read(&text, at("2000-01-01T00:00")), Ok(when), "{}", text);
        let wide = text.replace('-', "−").replace(':', "：").replace(' ', "　");
        prop_assert_eq!(read(&wide, at("2000-01-01T00:00")), Ok(when), "{}", wide);
    }

    #[test]
    fn a_japanese_date_is_read_back(offset in 0_i64..60_000) {
        let day = date(1990, 1, 1).checked_add(jiff::ToSpan::days(offset)).unwrap();
        let sign = ["月", "火", "水", "木", "金", "土", "日"][usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
        let text = format!("{}年{}月{}日({sign})", day.year(), day.month(), day.day());
        prop_assert_eq!(read_date(&text), Ok(day), "{}", text);
        if day >= date(2019, 5, 1) && day.year() < 2118 {
            let era = format!("令和{}年{}月{}日{sign}曜日", day.year() - 2018, day.month(), day.day());
            prop_assert_eq!(read_date(&era), Ok(day), "{}", era);
        }
    }

    #[test]
    fn no_words_make_it_fall(text in "[-0-9T:+.Z〜~/年月日時分半午前後令和元RHから翌まで(木) ]{0,30}") {
        drop(read(&text, at(NOW)));
        drop(read_date(&text));
        drop(read_time(&text));
    }

    #[test]
    fn nothing_at_all_makes_it_fall(text in any::<String>()) {
        drop(read(&text, at(NOW)));
    }
}
