//! Questions that only make sense after the answer before: "how much?", 「それはどこ」, "what about February?".

use crate::understanding::features::Features;

/// How far the neighbours of the last entry are drawn in with it.
pub const NEIGHBOUR: f32 = 0.3;
/// A question with fewer letters than this may be the rest of one.
const SHORT: usize = 16;
/// In English words count, not letters.
const SHORT_ENGLISH: usize = 34;
/// A question this sure of its own topic stands by itself.
const SURE: f32 = 0.9;

/// Even what can be asked of any topic may be a topic's own name; then it stands by itself.
const CERTAIN: f32 = 0.98;
/// What an unclear question adds to the preference.
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

/// What can be asked of any topic. A short question of nothing else goes on about the one before.
const ASPECTS: [&str; 6] = ["AMOUNT", "WHEN", "WHERE", "WHO", "APPLY", "COUNT"];
/// Enough to put the entry shown last before everything else.
const SURELY: f32 = 14.0;

/// How much the entry shown last is preferred, in standard deviations of score; nothing if the question stands alone.
///
/// `concepts` are those found in the question, `alone` the probability that its own first candidate is right.
#[must_use]
pub fn bonus(question: &Features, concepts: &[&str], alone: f32) -> Option<f32> {
    let letters = question.folded.chars().count();
    let short = letters
        <= if question.folded.is_ascii() {
            SHORT_ENGLISH
        } else {
            SHORT
        };
    let only_aspects = !concepts.is_empty() && concepts.iter().all(|concept| ASPECTS.contains(concept));
    let pointing = POINTING.iter().any(|word| question.folded.contains(word));
    let doubt = DOUBTED * (1.0 - alone);
    match (short, pointing) {
        (true, _) if only_aspects && alone < CERTAIN => Some(SURELY),
        _ if alone >= SURE => None,
        (true, true) => Some(9.0 + doubt),
        (true, false) => Some(7.0 + doubt),
        (false, true) => Some(5.0 + doubt),
        (false, false) => None,
    }
}

/// How likely a question is about the entry shown last, when that comes first with such a preference.
#[must_use]
pub fn likelihood(bonus: f32) -> f32 {
    (bonus / SURELY).min(0.97)
}
