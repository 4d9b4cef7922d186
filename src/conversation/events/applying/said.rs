//! What people say around an answer: 「山田と申します」 is a name, 「やっぱりやめます」 gives up, 「ちょっと待って」 is neither.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// A pattern that is tried often.
type Pattern = LazyLock<Option<Regex>>;

/// Giving up, by its stem, with what people put before it.
static STOP: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?:やっぱり?|やはり|一旦|一度|いったん|今回は|今日は|もう|すみません(?:が)?|ごめんなさい|",
        r"(?:お?申し?込み?|参加|これ)(?:を|は|で)?|では|じゃあ?)[、,\s]*)*",
        r"(?:(?:やめ|止め|辞め)(?:ます|る|たい(?:です|と思います)?|ておきます|ておく|とく|ときます|ておこうと思います|",
        r"よう(?:かな|と思います)?|にします|させてください|させていただきます)|",
        r"(?:中止|キャンセル)(?:します|する|したい(?:です)?|してください|で?お願いします)?|取り消します|",
        r"(?:please )?(?:stop|cancel|quit)(?: (?:it|this|that|please))?|never ?mind)(?:ね|よ)?$",
    ))
    .ok()
});
/// What surely says a name, whatever stands in it.
static SAYS_NAME: Pattern = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?:hello|hi)[,.! ]+)?(?:(?:please )?call me|my name is|my name['’]s|the name is|name ?:)\s+(.+?)[.!\s]*$",
    )
    .ok()
});
static SAYS_NAME_JA: Pattern = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:私|わたし|僕|ぼく)(?:の名前)?は|名前は|はい[、,]?)?[、,\s]*(.+?)(?:と申します|ともうします|といいます|と言います|と(?:お呼び|呼んで|よんで)ください)[。.\s]*$",
    )
    .ok()
});
/// What may as well say something else: "I'm lost".
static MAY_SAY_NAME: Pattern = LazyLock::new(|| {
    Regex::new(
        r"^(?i:(?:hello|hi)[,.! ]+)?(?i:i['’]?m|i am|this is|it['’]?s)\s+(\p{Lu}\p{L}*(?:[ '’-]\p{Lu}\p{L}*){0,3})[.!\s]*$",
    )
    .ok()
});
static MAY_SAY_NAME_JA: Pattern = LazyLock::new(|| {
    Regex::new(r"^(?:(?:私|わたし|僕|ぼく)(?:の名前)?は|名前は)?[、,\s]*(.+?)(?:です|でお願いします|でおねがいします)[。.\s]*$")
        .ok()
});
/// Whoever says so needs time, or has no name to give yet.
static NO_NAME: Pattern = LazyLock::new(|| {
    Regex::new(
        r"(?:待って|まって|待ち|あとで|後で|わからない|分からない|わかりません|分かりません|大丈夫|未定|(?:決め|きめ)て(?:い)?(?:ません|ない)|^はじめて|^初めて|^(?:はい|いいえ|うん|了解)(?:です)?$|\b(?:wait|later|hold on|moment|minute|second|not sure)\b)",
    )
    .ok()
});

/// Words that are no short names although they are as short.
const SHORT_WORDS: [&str; 12] = [
    "hi", "ok", "no", "oh", "hm", "go", "us", "me", "so", "why", "how", "yes",
];

/// As all of these are compared: one width, small, without the marks around it.
fn plain(text: &str) -> String {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    plain.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn is(pattern: &Pattern, plain: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(plain))
}

/// Whether somebody gives the form up.
pub(super) fn is_stop(text: &str) -> bool {
    is(&STOP, &plain(text))
}

/// Whether somebody agrees to send what they see.
pub(super) fn is_yes(text: &str) -> bool {
    [
        "はい",
        "うん",
        "申し込む",
        "申込む",
        "申し込みます",
        "申込みます",
        "申し込みお願いします",
        "この内容で申し込む",
        "これで申し込む",
        "これで もうしこむ",
        "もうしこむ",
        "もうしこみます",
        "お願いします",
        "おねがいします",
        "はい お願いします",
        "はい、お願いします",
        "これでお願いします",
        "yes",
        "yes please",
        "yes, please",
        "send",
        "send it",
        "send this",
        "submit",
        "ok",
    ]
    .contains(&plain(text).as_str())
}

/// Whether the words hold no name.
pub(super) fn is_no_name(text: &str) -> bool {
    is(&NO_NAME, &plain(text))
}

/// Short Latin names are also short words of other kinds to who understands questions: "Ai", "Ty".
pub(super) fn is_short_name(text: &str) -> bool {
    let name = text.trim();
    (2..=3).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().skip(1).all(|c| c.is_ascii_lowercase())
        && !SHORT_WORDS.contains(&name.to_ascii_lowercase().as_str())
}

/// A name without the words around it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name<'t> {
    /// It was said to be one.
    Said(&'t str),
    /// Nothing says that it is none.
    Bare(&'t str),
}

/// The name in an answer.
pub(super) fn name_in(text: &str) -> Name<'_> {
    let text = text.trim();
    let within = |pattern: &'static Pattern| {
        let found = pattern.as_ref()?.captures(text)?.get(1)?;
        Some(found.as_str().trim()).filter(|name| name.chars().any(char::is_alphanumeric))
    };
    let said = [&SAYS_NAME, &SAYS_NAME_JA, &MAY_SAY_NAME]
        .into_iter()
        .find_map(within);
    match said {
        Some(name) => Name::Said(name),
        None => Name::Bare(within(&MAY_SAY_NAME_JA).unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_is_left_of_how_it_is_said() {
        for (said, name) in [
            ("山田と申します", Name::Said("山田")),
            ("私は山田花子といいます。", Name::Said("山田花子")),
            ("山田です。", Name::Bare("山田")),
            ("山田でお願いします", Name::Bare("山田")),
            ("I'm Ben", Name::Said("Ben")),
            ("I’m Mary-Jane O'Neil.", Name::Said("Mary-Jane O'Neil")),
            ("My name is Ben.", Name::Said("Ben")),
            ("call me ben", Name::Said("ben")),
            ("I'm lost", Name::Bare("I'm lost")),
            ("です", Name::Bare("です")),
            ("Ben", Name::Bare("Ben")),
        ] {
            assert_eq!(name_in(said), name, "{said}");
        }
        assert!(is_short_name("Ai") && is_short_name("Ty") && is_short_name("Bo"));
        assert!(!is_short_name("Ok") && !is_short_name("Hi") && !is_short_name("ty"));
        for other in ["ちょっと待って", "まだ決めていません", "one moment", "はい"] {
            assert!(is_no_name(other), "{other}");
        }
        assert!(!is_no_name("松本") && !is_no_name("はじめ"));
    }

    #[test]
    fn giving_up_is_said_in_few_words() {
        for stop in [
            "「やめる」",
            "やっぱりやめます",
            "やめておきます",
            "一旦やめます。",
            "すみません、やっぱりやめときます",
            "申し込みをやめたいです",
            "やめとく",
            "キャンセル",
            "キャンセルします",
            "Stop.",
            "cancel please",
        ] {
            assert!(is_stop(stop), "{stop}");
        }
        for other in [
            "たばこはやめました",
            "中止のときは電話をください",
            "お酒をやめています",
            "キャンセル待ちになりますか",
        ] {
            assert!(!is_stop(other), "{other}");
        }
    }

    #[test]
    fn agreeing_is_said_in_few_words_too() {
        assert!(is_yes("はい。") && is_yes("申し込む") && is_yes("Yes!"));
        assert!(!is_yes("はいはい、ところで") && !is_yes("no"));
    }
}
