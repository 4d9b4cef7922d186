//! Which language a message is written in, as far as it shows.

use crate::{
    lang::Lang,
    understanding::normalize::{is_hiragana, is_kanji, is_katakana},
};

/// Japanese if there is any Japanese letter, or plain Japanese if it is mostly hiragana with spaces between its
/// phrases, as learners write; otherwise English. `None` without any letter.
#[must_use]
pub fn detect(text: &str) -> Option<Lang> {
    let japanese = text
        .chars()
        .filter(|&c| is_hiragana(c) || is_katakana(c) || is_kanji(c))
        .count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    match (japanese, latin) {
        (0, 0) => None,
        (0, _) => Some(Lang::En),
        _ if spaced(text) && mostly_hiragana(text, japanese) => Some(Lang::JaSimple),
        _ => Some(Lang::Ja),
    }
}

/// Whether there are two or more spaces between Japanese letters: 分かち書き.
fn spaced(text: &str) -> bool {
    let japanese = |c: char| is_hiragana(c) || is_katakana(c) || is_kanji(c);
    let letters: Vec<char> = text.chars().collect();
    letters
        .windows(3)
        .filter(|w| japanese(w[0]) && w[1].is_whitespace() && japanese(w[2]))
        .count()
        >= 2
}

fn mostly_hiragana(text: &str, japanese: usize) -> bool {
    text.chars().filter(|&c| is_hiragana(c)).count() * 2 > japanese
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_spaces_tell_the_language() {
        let check = |text: &str, wanted| assert_eq!(detect(text), wanted, "{text}");
        check("空き家の補助金", Some(Lang::Ja));
        check(
            "いえを かいたいです。 おかねが もらえますか",
            Some(Lang::JaSimple),
        );
        check("空き家 補助金 いくら", Some(Lang::Ja));
        check("How do I get there?", Some(Lang::En));
        check("Annakaの家", Some(Lang::Ja));
        check("😀 123", None);
    }
}
