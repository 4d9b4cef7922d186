//! A wish for a language beside a question in that language: "In English please: who can I talk to?" asks the question.
//!
//! Only the question is passed on, so that nobody has to ask twice; whoever writes in one language and wishes for
//! another still gets the choice of languages.

use std::sync::LazyLock;

use regex::Regex;

use crate::lang::Lang;

/// What is left over asks nothing if it is shorter than this.
const LEAST: usize = 8;

/// "Sorry, my husband reads only English." and the like at the beginning.
static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:(?:sorry|ok|okay|excuse\ me|hi|hello|and|now|so)[,.!]?\ )*
        (?:
            (?:in\ )?english,?\ (?:please|now)(?:,?\ please)?
          | please,?\ (?:(?:answer|reply|speak|write|continue|go\ on)\ )?in\ english
          | (?:could|can|may|shall)\ (?:you|we|i)\ (?:please\ )?(?:speak|talk|switch|change|continue|go\ on|answer|reply|write|ask|use)(?:\ (?:in|to))?\ english(?:\ please|\ now)?
          | (?:i|we|my\ \w+|my\ \w+\ and\ i)\ (?:can\ )?(?:only\ )?(?:reads?|speaks?|understands?)(?:\ only)?\ english(?:\ only)?
          | (?:i|we|my\ \w+)\ (?:don['’]?t|do\ not|doesn['’]?t|can['’]?t|cannot)\ (?:speak|read|understand)\ (?:any\ |much\ )?japanese(?:\ well|\ yet)?
        )
        (?:\s*[:.,;!?–—-]+\s*(?:so\ |and\ )?)(?P<rest>.+)$",
    )
    .ok()
});
/// 「日本語でお願いします。」 and the like.
static JAPANESE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:すみません|あの|ごめん(?:なさい)?|あ|やっぱり?|夫です|妻です|母です|父です|息子です|娘です|家族です|主人です|代わりました)[、。!]?)*(?:ここから|これから|次から|今度)?(?:は|も)?(?:日本語|にほんご)(?:で|に)(?:お願い|おねがい|いい|大丈夫|戻|もど|話|はな|聞|きい|き)[^。、?!？！:]{0,12}[。、?!？！:]+(?P<rest>.+)$").ok()
});

/// The question beside such a wish, if both are in the same language.
#[must_use]
pub(super) fn question(text: &str, lang: Lang) -> Option<&str> {
    let wish = match lang {
        Lang::En => &ENGLISH,
        Lang::Ja | Lang::JaSimple => &JAPANESE,
    };
    let found = wish.as_ref()?.captures(text.trim())?;
    let rest = found.name("rest")?.as_str();
    (rest.chars().filter(|c| c.is_alphanumeric()).count() >= LEAST).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_for_the_language_it_is_said_in_leaves_the_question() {
        for (text, lang, rest) in [
            (
                "English please. Where is the library?",
                Lang::En,
                "Where is the library?",
            ),
            (
                "Hi, I only read English. So is there a bus to the pass?",
                Lang::En,
                "is there a bus to the pass?",
            ),
            (
                "母です、ここからは日本語でお願いします。図書館は何時までですか",
                Lang::Ja,
                "図書館は何時までですか",
            ),
            (
                "日本語でお願いします。図書館は何時までですか",
                Lang::Ja,
                "図書館は何時までですか",
            ),
        ] {
            assert_eq!(question(text, lang), Some(rest), "{text}");
        }
    }

    #[test]
    fn a_wish_alone_stays_one() {
        for (text, lang) in [
            ("English please.", Lang::En),
            ("Can you speak English?", Lang::En),
            ("Is there an English class for adults?", Lang::En),
            ("日本語でお願いします。", Lang::Ja),
            ("英語でお願いします。図書館は何時までですか", Lang::Ja),
        ] {
            assert_eq!(question(text, lang), None, "{text}");
        }
    }
}
