//! What a question says it is *not* about: 「空き家じゃなくて新築」, "not the grant, the loan".
//!
//! Words are compared without grammar, so a denied thing would count as one asked for. It is removed, both from
//! questions and from the ways of asking the bot learns from. A message that only denies, 「それじゃない」, asks
//! nothing and is recognised as well.

use std::sync::LazyLock;

use regex::Regex;

use crate::understanding::normalize::normalize;

/// If less than this is left, the denial was the question.
const LEAST: usize = 3;

/// 「〜ではなく」 and the like, with the rest of the marker.
static JAPANESE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:の話|のこと|のほう|の方)?(?:(?:では|じゃ|で)(?:なくて|なく|ない(?:ほう|方|やつ|もの|けど))|とは(?:別|違う|ちがう)(?:の(?:ほう|方|もの|話)?(?:です|で)?|に)?|は(?:要りません|いりません|結構です|不要です|要らない|いらない)(?:ので|から|が|んで)?|(?:なんか|とか)(?:要らない|いらない)(?:ので|から|んで)|(?:の話|のこと|のほう|の方|の件)は(?:もう)?(?:聞いた|きいた|見た|みた|読んだ|知ってる|知っている|知っています|わかった|分かった|わかってる|分かっている|調べた|いい|十分|結構)(?:です|な|だ)?(?:ので|から|んで|けど|が|し)|は(?:さておき|置いといて|おいといて|別として|ともかく))[、,]?",
    )
    .ok()
});
/// "not …", "rather than …" up to the end of the clause.
static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:(?:^|[,;:(–—-] ?|\bbut )(?:not|skip|forget|never mind) (?:the |a |an |to |for |about |just )?|\brather than |\binstead of |\bleaving aside |\bi (?:already )?know (?:all )?about )[^,.;?!)–—]{2,60}[,.;)–—]?").ok()
});
/// The whole of 「いや、それじゃないってば」.
static ONLY_NO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:(?:いやいや|いや|いえいえ|いえ|いいえ|うう?ん|だから|あの|んん?|え?と|ごめん(?:なさい)?|すみません|でも|やっぱり?|全然|ぜんぜん|違う|ちがう)[、。!.…\s]*)*
        (?:
            (?:それ|これ|あれ|そっち|そう|そういうの|そういうこと|そういう話|その話|そのこと|その件|今の)
            (?:でも|も|では|じゃ|は|って)?(?:なくて?|ない|無い|ありません|なかった|違う|違います|違くて|ちがう|ちがいます|ちがくて)
          | (?:どれも|全部|ぜんぶ|どっちも|どちらも)(?:違う|違います|ちがう|ちがいます|じゃない|ではない)
          | (?:聞|き)(?:きたい|いてる|いている)(?:の|こと)は(?:それ|そこ|そっち)(?:じゃ|では)(?:ない|なくて|ありません)
        )
        (?:んです|です|んだ|って|ば|よ|ね|なあ?|けど|のよ|の|が|、|。|!|\.|…|\s)*
        (?:(?:別|べつ|ほか|他)の(?:やつ|もの|話|ほう|方|答え)?(?:です|だよ?|を|が|は|お願いします|ありますか|ない)*[。!?…\s]*)?$",
    )
    .ok()
});
/// "No, not that either."
static ONLY_NO_ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:(?:no|nope|nah|hm+|um+|well|sorry|but|still)[,.!…\s]+)*
        (?:
            (?:still\ )?not\ (?:quite\ )?(?:that|this|it|those|these|what\ i\ (?:meant|mean|asked|asked\ for|wanted|want|need|was\ (?:looking\ for|asking|after|asking\ about)))
          | (?:that|this|it|those|these)(?:['’]s|s|\ is|\ are|\ was)?\ (?:still\ )?not\ (?:it|that|what\ i\ (?:meant|mean|asked|asked\ for|wanted|want|need)|the\ (?:right\ )?one|right)
          | (?:that|this|it)\ (?:isn['’]?t|wasn['’]?t)\ (?:it|that|what\ i\ (?:meant|mean|asked|asked\ for|wanted|want|need)|the\ (?:right\ )?one)
          | none\ of\ (?:these|those|them) | (?:the\ )?wrong\ (?:one|answer|thing)
        )
        (?:\ one|\ ones|\ either|\ again|,?\ sorry)*[.!…\s]*$",
    )
    .ok()
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

/// Whether a message says that the answer before was not what is meant, and nothing else.
#[must_use]
pub fn is_all(text: &str) -> bool {
    let cleaned = normalize(text);
    [&ONLY_NO, &ONLY_NO_ENGLISH]
        .into_iter()
        .flat_map(|only| only.iter())
        .any(|only| only.is_match(&cleaned))
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
        check("支援金の話はもう聞いたんで、手当の額は", Some("手当の額は"));
        check("畑のことはいいから家の補助", Some("家の補助"));
        check("空気はいいから引っ越したい", None);
        check("求人とかいらないんで、開業の応援は", Some("開業の応援は"));
    }

    #[test]
    fn a_message_that_only_denies_is_known() {
        for text in [
            "それじゃない",
            "だから、それじゃないってば",
            "うーん、それも違うなあ",
            "いや、そうじゃなくて別のやつ",
            "どれも違います",
            "聞きたいのはそこじゃないです",
            "nope, not that either",
            "That's not what I meant.",
            "none of these",
        ] {
            assert!(is_all(text), "{text}");
        }
        for text in [
            "それじゃない、農地のほう",
            "違う",
            "空き家じゃない家はありますか",
            "not that one, the house grant",
            "Is that not free?",
            "no",
            "それはないでしょう、高すぎる",
        ] {
            assert!(!is_all(text), "{text}");
        }
    }
}
