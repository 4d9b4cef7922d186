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

/// Words that point back.
const POINTING: [&str; 22] = [
    "それ",
    "これ",
    "その",
    "この",
    "そこ",
    "あれ",
    "さっき",
    "じゃあ",
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

/// How much the entry shown last is preferred, in standard deviations of score; nothing if the question stands alone.
#[must_use]
pub fn bonus(question: &Features, alone: f32) -> Option<f32> {
    let letters = question.folded.chars().count();
    let short = letters
        <= if question.folded.is_ascii() {
            SHORT_ENGLISH
        } else {
            SHORT
        };
    let pointing = POINTING.iter().any(|word| question.folded.contains(word));
    match (short, pointing) {
        _ if alone >= SURE => None,
        (true, true) => Some(9.0),
        (true, false) => Some(7.0),
        (false, true) => Some(5.0),
        (false, false) => None,
    }
}
