//! Takes out of words what points to one person, before they are kept without that person.
//!
//! Found are phone numbers, mail addresses, user names, links that carry a key, post codes, street numbers, and long
//! numbers such as My Number, cards and papers. Figures people ask about (amounts, years, dates, ages, times) stay. Names
//! cannot be told from other words and stay too: what is masked is kept apart from the person all the same.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use self::folded::Folded;

mod folded;
mod numbers;

/// What stands in place of it.
pub const MASK: &str = "***";

/// Numbers as they stand in addresses, also in kanji.
const N: &str = "[0-9〇一二三四五六七八九十百千]+";

/// Found anywhere, and taken out whole; or their first group, where they have one.
static PLAIN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        // Mail addresses and user names.
        r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+".to_owned(),
        r"(?:^|[^A-Za-z0-9.@])(@[A-Za-z][A-Za-z0-9_]{3,31})".to_owned(),
        r"(?i)(?:line|ライン|instagram|インスタ|kakao|wechat|whatsapp)\s*の?\s*id\s*(?:は|:|=|is)?\s*([A-Za-z0-9._\-]{4,})"
            .to_owned(),
        // Post codes, residence cards, passports.
        r"〒\s*[0-9]{3}-?[0-9]{4}".to_owned(),
        r"(?:^|[^A-Za-z0-9])([A-Z]{2}[0-9]{7,8}(?:[A-Z]{2})?)".to_owned(),
        // Street numbers.
        format!("{N}番地(?:[のノ-]?{N})?(?:号|[のノ-]{N})*"),
        format!("{N}番[のノ -]?{N}号"),
        format!("{N}丁目 ?{N}(?:(?:番地?|[のノ-]){N})*(?:番地?|号)?"),
        "[A-Za-z]?[0-9]{1,4}号室".to_owned(),
        r"[0-9]{1,5}(?:-[0-9]{1,4})*,? (?:[A-Z][a-z]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd)\b"
            .to_owned(),
    ];
    patterns.iter().map(|pattern| known(pattern)).collect()
});

static LINK: LazyLock<Regex> =
    LazyLock::new(|| known(r#"(?i)(?:https?://|www\.|t\.me/)[^\s、。，）)」』】>"]+"#));
/// A part of a link nobody would make up.
static KEY: LazyLock<Regex> = LazyLock::new(|| known(r"[0-9]{9,}|[A-Za-z0-9_\-]{24,}"));
static STREET: LazyLock<Regex> =
    LazyLock::new(|| known(r"[\p{Han}\p{Hiragana}\p{Katakana}]([0-9]{1,4}-[0-9]{1,4}-[0-9]{1,4})"));
static TOWN: LazyLock<Regex> =
    LazyLock::new(|| known(r"[市区町村郡字][\p{Han}\p{Hiragana}\p{Katakana}]{0,8}?([0-9]{1,5}-[0-9]{1,4})"));
static ERA: LazyLock<Regex> = LazyLock::new(|| known(r"(?:令和|平成|昭和|[RHSrhs])$"));

#[expect(
    clippy::expect_used,
    reason = "the patterns stand in this file and are tried by its tests"
)]
fn known(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file")
}

/// The words without what points to one person.
#[must_use]
pub fn masked(text: &str) -> String {
    let folded = Folded::of(text);
    let plain = folded.as_str();
    let (mut found, mut spared) = (Vec::new(), Vec::new());
    for link in LINK.find_iter(plain) {
        let list = if is_telling(link.as_str()) {
            &mut found
        } else {
            &mut spared
        };
        list.push(link.range());
    }
    for pattern in PLAIN.iter() {
        found.extend(captured(pattern, plain));
    }
    let streets = captured(&STREET, plain).filter(|range| !is_date(plain, range));
    found.extend(
        streets
            .chain(captured(&TOWN, plain))
            .filter(|range| !is_counted(plain, range)),
    );
    found.extend(numbers::telling(plain));
    found.retain(|range| !spared.iter().any(|link| overlap(link, range)));
    without(text, &folded, found)
}

/// What a pattern takes out: its group, or all of it.
fn captured<'t>(pattern: &'t Regex, plain: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    pattern.captures_iter(plain).filter_map(|captures| {
        let taken = captures.get(1).or_else(|| captures.get(0));
        taken.map(|taken| taken.range())
    })
}

/// A link that may open what is somebody's own.
fn is_telling(link: &str) -> bool {
    let lower = link.to_lowercase();
    link.contains(['?', '#', '@', '=']) || lower.contains("t.me/") || KEY.is_match(link)
}

/// Three numbers that are a day.
fn is_date(plain: &str, range: &Range<usize>) -> bool {
    let mut parts = plain[range.clone()]
        .split('-')
        .map(|part| part.parse().unwrap_or(0));
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let is_day = (1..=12u32).contains(&month) && (1..=31u32).contains(&day);
    is_day && ((1900..2100u32).contains(&year) || ERA.is_match(&plain[..range.start]))
}

/// Numbers that count something are no street's.
fn is_counted(plain: &str, range: &Range<usize>) -> bool {
    numbers::counts_something(&plain[range.end..])
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The text with those parts masked; parts that touch become one.
fn without(text: &str, folded: &Folded, mut found: Vec<Range<usize>>) -> String {
    found.sort_by_key(|range| (range.start, range.end));
    let mut kept = String::with_capacity(text.len());
    let (mut at, mut open) = (0, None::<usize>);
    for range in found {
        let (start, end) = (folded.origin(range.start), folded.origin(range.end));
        if end <= at {
            continue;
        }
        if open.is_none() || start > at {
            kept.push_str(&text[at..start.max(at)]);
            kept.push_str(MASK);
        }
        open = Some(end);
        at = end;
    }
    kept.push_str(&text[at..]);
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_points_to_a_person_goes() {
        for (said, kept) in [
            ("電話は090-1234-5678です", "電話は***です"),
            ("０９０−１２３４−５６７８に電話ください", "***に電話ください"),
            ("0901234ー5678 まで", "*** まで"),
            ("０２７４（６７）１２３４", "***"),
            ("027-382-1111へ", "***へ"),
            ("Call me at +81 90-1234-5678 please", "Call me at *** please"),
            ("+1 (415) 555-0100", "***"),
            ("my number is 415-555-0100.", "my number is ***."),
            ("hanako.yamada+x@example.co.jp に送って", "*** に送って"),
            ("ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ", "***"),
            ("Telegramは@hanako_yです", "Telegramは***です"),
            ("LINEのIDは hana-123", "LINEのIDは ***"),
            ("マイナンバーは1234 5678 9012", "マイナンバーは***"),
            ("マイナンバー123456789012です", "マイナンバー***です"),
            ("カード 4111-1111-1111-1111", "カード ***"),
            ("口座は1234567です", "口座は***です"),
            ("在留カードAB12345678CD", "在留カード***"),
            ("〒379-0192 安中市安中1-23-13", "*** 安中市安中***"),
            ("379-0192に住んでいます", "***に住んでいます"),
            ("安中市松井田町新堀245-1の家", "安中市松井田町新堀***の家"),
            ("安中三丁目5番7号", "安中***"),
            ("原市123番地の4に住む", "原市***に住む"),
            ("ひだまり荘203号室", "ひだまり荘***"),
            ("I live at 12 Maple Street now", "I live at *** now"),
            ("https://example.org/reset?token=abc を見て", "*** を見て"),
            ("t.me/hanako_y", "***"),
            ("2026 090-1234-5678", "2026 ***"),
        ] {
            assert_eq!(masked(said), kept, "{said}");
        }
    }

    #[test]
    fn figures_people_ask_about_stay() {
        for said in [
            "100万円もらえますか",
            "上限は1,000,000円ですか",
            "10000000円の家",
            "¥20000000 の家",
            "150-3000万円",
            "2026年4月1日から",
            "令和8年度の補助金",
            "令和8-4-1まで",
            "期限は2026-11-21ですか",
            "20260401から",
            "2026-04-01 10:00-11:30",
            "2026.04.01-2026.09.30",
            "11/21 9:30〜11:30",
            "39歳以下、40-45歳も",
            "0-18歳",
            "2番目の子ども",
            "一番近い駅",
            "国道18号",
            "1丁目の公園",
            "市の補助金は10-20万円",
            "町内会は年3-4回",
            "家賃は5万円、広さは120㎡",
            "100坪、2-3台",
            "119や110に電話",
            "price 25,000,000 yen",
            "https://www.city.annaka.lg.jp/page/1234567.html",
            "1000人が来る",
            "ver 1.2.3",
        ] {
            assert_eq!(masked(said), said);
        }
    }

    fn phone() -> impl Strategy<Value = String> {
        let digits = proptest::collection::vec(0u8..10, 8);
        let head = proptest::sample::select(vec!["090", "080", "070", "050"]);
        let sep = proptest::sample::select(vec!["", "-", " ", "−", "ー", "."]);
        (head, sep, digits, any::<bool>()).prop_map(|(head, sep, digits, wide)| {
            let digits: String = digits.iter().map(u8::to_string).collect();
            let number = format!("{head}{sep}{}{sep}{}", &digits[..4], &digits[4..]);
            if !wide {
                return number;
            }
            let widened = |c: char| match c {
                '0'..='9' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
                c => c,
            };
            number.chars().map(widened).collect()
        })
    }

    proptest! {
        #[test]
        fn masking_again_changes_nothing(text in ".{0,60}|[0-9０-９ー\\-@.番地丁目号 ()+a-z]{0,40}") {
            let once = masked(&text);
            prop_assert_eq!(masked(&once), once);
        }

        #[test]
        fn words_without_figures_and_links_stay(text in "[ぁ-んァ-ヴ一-龠、。 a-zA-Z]{0,60}") {
            prop_assume!(!["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千"]
                .iter()
                .any(|digit| text.contains(digit)));
            prop_assume!(!text.to_lowercase().contains("id"));
            prop_assert_eq!(masked(&text), text);
        }

        #[test]
        fn a_phone_number_goes_wherever_it_stands(
            before in "[ぁ-んa-z ]{0,10}", number in phone(), after in "[ぁ-ん]{0,10}"
        ) {
            prop_assert_eq!(masked(&format!("{before}{number}{after}")), format!("{before}{MASK}{after}"));
        }
    }
}
