//! What a question says it is *not* about: 「空き家じゃなくて新築」, "not the grant, the loan".
//!
//! Words are compared without grammar, so a denied thing would count as one asked for. It is removed, both from
//! questions and from the ways of asking the bot learns from.

use std::sync::LazyLock;

use regex::Regex;

/// If less than this is left, the denial was the question.
const LEAST: usize = 3;

/// 「〜ではなく」 and the like, with the rest of the marker.
static JAPANESE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:の話|のこと|のほう|の方)?(?:(?:では|じゃ|で)(?:なくて|なく|ない(?:ほう|方|やつ|もの|けど))|とは(?:別|違う|ちがう)(?:の(?:ほう|方|もの|話)?(?:です|で)?|に)?|は(?:要りません|いりません|結構です|不要です|要らない|いらない)(?:ので|から|が)?)[、,]?",
    )
    .ok()
});
/// "not …", "rather than …" up to the end of the clause.
static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:(?:^|[,;:(–—-] ?|\bbut )(?:not|skip|forget|never mind) (?:the |a |an |to |for |about |just )?|\brather than |\binstead of )[^,.;?!)–—]{2,60}[,.;)–—]?").ok()
});
/// "not only" and the like deny nothing.
const NO_DENIAL: [&str; 6] = [
    "not only",
    "not sure",
    "not yet",
    "not really",
    "not just",
    "not necessarily",
];
/// Nor do 「だけではなく」 and 「〜じゃなくても」.
const NOT_ONLY: [&str; 3] = ["だけ", "のみ", "ばかり"];

/// The cleaned text without what it denies; `None` if it denies nothing, or nothing would be left.
#[must_use]
pub fn strip(cleaned: &str) -> Option<String> {
    let stripped = if cleaned.is_ascii() {
        english(cleaned)
    } else {
        japanese(cleaned)
    };
    let left = stripped.chars().filter(|c| c.is_alphanumeric()).count();
    (stripped.len() < cleaned.len() && left >= LEAST).then_some(stripped)
}

fn japanese(text: &str) -> String {
    let mut kept = String::new();
    let mut from = 0;
    for found in JAPANESE.iter().flat_map(|denial| denial.find_iter(text)) {
        let before = &text[from..found.start()];
        let denies =
            !NOT_ONLY.iter().any(|word| before.ends_with(word)) && !text[found.end()..].starts_with('も');
        if denies {
            let clause = before
                .rfind(['、', '。', '?', '!', ',', ' '])
                .map_or(0, |at| at + char_len(before, at));
            kept.push_str(&before[..clause]);
            from = found.end();
        }
    }
    kept.push_str(&text[from..]);
    kept
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn english(text: &str) -> String {
    let Some(denial) = ENGLISH.as_ref() else {
        return text.to_owned();
    };
    let kept = denial.replace_all(text, |found: &regex::Captures<'_>| {
        let all = &found[0];
        if NO_DENIAL.iter().any(|word| all.contains(word)) {
            all.to_owned()
        } else {
            " ".to_owned()
        }
    });
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_taken_out_and_nothing_else() {
        let check = |text: &str, wanted: Option<&str>| assert_eq!(strip(text).as_deref(), wanted, "{text}");
        check("空き家じゃなくて新築の補助", Some("新築の補助"));
        check(
            "引っ越します。畑の話ではなく、家の話です",
            Some("引っ越します。家の話です"),
        );
        check("補助金が出るんじゃないですか", None);
        check("車じゃなくても行けますか", None);
        check("お金だけではなく人も", None);
        check(
            "一時預かりとは別の、熱のある子の預かり",
            Some("熱のある子の預かり"),
        );
        check("税の話は要りません。家の補助は", Some("。家の補助は"));
        check(
            "skip the bus. what trains are there?",
            Some("what trains are there?"),
        );
        check("not the bus, the train", Some("the train"));
        check(
            "a house to live in, not to rent out. any help?",
            Some("a house to live in  any help?"),
        );
        check("is it not free?", None);
        check("not only for families, right?", None);
        check("空き家じゃなくて", None);
    }
}
