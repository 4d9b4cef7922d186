//! Questions that only make sense after the previous answer: "how much?", 「それはどこ」, "what about February?".

use crate::understanding::{features::Features, normalize::is_hiragana};

/// How much of the last entry's bonus its related entries get.
pub const NEIGHBOUR: f32 = 0.3;
/// A question shorter than this, in letters, may be a follow-up.
const SHORT: usize = 16;
/// The same for English, whose words are longer.
const SHORT_ENGLISH: usize = 34;
/// A question that is this sure of its own topic stands alone.
const SURE: f32 = 0.9;

/// Even what can be asked of any topic may be a topic's own name; a question this sure of it stands alone.
const CERTAIN: f32 = 0.98;
/// What an unclear question adds to the bonus.
const DOUBTED: f32 = 5.0;

/// Words that point back.
const POINTING: [&str; 23] = [
    "それ",
    "これ",
    "その",
    "この",
    "そこ",
    "あれ",
    "さっき",
    "じゃあ",
    "次",
    "だったら",
    "では",
    "上の",
    "ほかに",
    "もっと",
    "同じ",
    "what about",
    "how about",
    "that",
    "this",
    "it ",
    "same",
    "and ",
    "then",
];

/// What can be asked of any topic. A short question that asks nothing else is about the previous topic.
const ASPECTS: [&str; 6] = ["AMOUNT", "WHEN", "WHERE", "WHO", "APPLY", "COUNT"];
/// Other words that name no topic, longest first: if only a few hiragana are left without them, the previous topic is
/// meant.
const SAID_OF_ANY: [&str; 66] = [
    "やっています",
    "やってます",
    "やってる",
    "かかる",
    "どのくらい",
    "どれくらい",
    "どれぐらい",
    "どのぐらい",
    "教えてください",
    "おしえてください",
    "できますか",
    "でしょうか",
    "ありますか",
    "いりますか",
    "締め切り",
    "しめきり",
    "教えて",
    "おしえて",
    "できない",
    "いつまで",
    "いつから",
    "だれでも",
    "ですか",
    "ますか",
    "おかね",
    "じかん",
    "いくら",
    "なんじ",
    "なんぷん",
    "締切",
    "期限",
    "期間",
    "時期",
    "時間",
    "何時",
    "何分",
    "何回",
    "何日",
    "何人",
    "何曜",
    "曜日",
    "土日",
    "平日",
    "週末",
    "休み",
    "回数",
    "一回",
    "1回",
    "一日",
    "1日",
    "一人",
    "1人",
    "お金",
    "料金",
    "費用",
    "金額",
    "値段",
    "上限",
    "条件",
    "対象",
    "制限",
    "予約",
    "方法",
    "理由",
    "定員",
    "人数",
];
/// What dates consist of besides figures.
const OF_DATES: [char; 7] = ['年', '月', '日', '度', '令', '和', '頃'];
/// At most this many letters may be left over: a particle.
const LEFT_OVER: usize = 2;
/// The same in English, word by word.
const SAID_OF_ANY_ENGLISH: [&str; 58] = [
    "a",
    "about",
    "an",
    "and",
    "any",
    "are",
    "at",
    "by",
    "can",
    "cost",
    "costs",
    "day",
    "days",
    "do",
    "does",
    "each",
    "fee",
    "fees",
    "for",
    "free",
    "from",
    "how",
    "i",
    "if",
    "in",
    "is",
    "it",
    "last",
    "limit",
    "long",
    "many",
    "much",
    "need",
    "of",
    "often",
    "on",
    "or",
    "per",
    "please",
    "price",
    "reservation",
    "so",
    "start",
    "the",
    "there",
    "they",
    "time",
    "times",
    "to",
    "until",
    "we",
    "week",
    "weekday",
    "weekends",
    "what",
    "when",
    "which",
    "who",
];
/// Enough to put the entry shown last ahead of everything else.
const SURELY: f32 = 14.0;

/// How much the entry shown last is preferred, in standard deviations of score; `None` if the question stands alone.
///
/// `concepts` are those found in the question, `alone` the probability that its own first candidate is right.
#[must_use]
pub fn bonus(question: &Features, concepts: &[&str], alone: f32) -> Option<f32> {
    let (short, pointing) = (is_short(question), points_back(question));
    let only_aspects = !concepts.is_empty() && concepts.iter().all(|concept| ASPECTS.contains(concept));
    let doubt = DOUBTED * (1.0 - alone);
    if is_bare(&question.cleaned) {
        return Some(SURELY);
    }
    match (short, pointing) {
        (true, _) if only_aspects && alone < CERTAIN => Some(SURELY),
        _ if alone >= SURE => None,
        (true, true) => Some(9.0 + doubt),
        (true, false) => Some(7.0 + doubt),
        (false, true) => Some(5.0 + doubt),
        (false, false) => None,
    }
}

/// Whether a question may go on about the entry shown last, however sure it is of another.
#[must_use]
pub fn may_go_on(question: &Features) -> bool {
    is_short(question) || points_back(question)
}

fn is_short(question: &Features) -> bool {
    let limit = if question.folded.is_ascii() {
        SHORT_ENGLISH
    } else {
        SHORT
    };
    question.folded.chars().count() <= limit
}

fn points_back(question: &Features) -> bool {
    POINTING.iter().any(|word| question.folded.contains(word))
}

/// Whether a cleaned question names no topic of its own.
fn is_bare(cleaned: &str) -> bool {
    if cleaned.is_ascii() {
        let words = cleaned.split(|c: char| !c.is_ascii_alphanumeric());
        let mut words = words.filter(|word| !word.is_empty());
        return words.all(|word| SAID_OF_ANY_ENGLISH.contains(&word));
    }
    let mut left: String = cleaned.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = left.chars().count();
    for word in SAID_OF_ANY {
        left = left.replace(word, "");
    }
    left.retain(|c| !(c.is_ascii_digit() || OF_DATES.contains(&c)));
    let rest = left.chars().count();
    rest < letters && rest <= LEFT_OVER && left.chars().all(is_hiragana)
}

/// How likely a question is about the entry shown last, if that comes first with this bonus.
#[must_use]
pub fn likelihood(bonus: f32) -> f32 {
    (bonus / SURELY).min(0.97)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::normalize::clean;

    #[test]
    fn a_question_that_names_nothing_goes_on_about_the_one_before() {
        for bare in [
            "お金は?",
            "できない曜日は",
            "一回どのくらい?",
            "2026年は",
            "予約はいりますか",
            "how long is it?",
            "and the fee?",
        ] {
            assert!(is_bare(&clean(bare)), "{bare}");
        }
    }

    #[test]
    fn a_question_with_a_topic_of_its_own_is_not_bare() {
        for own in [
            "ごみの曜日は",
            "バスの料金は",
            "子どもの分は?",
            "図書館は何時まで",
            "いえの値段",
            "はい",
            "how much is the bus?",
        ] {
            assert!(!is_bare(&clean(own)), "{own}");
        }
    }
}
