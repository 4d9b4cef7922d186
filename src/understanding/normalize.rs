//! One form for the many ways of writing the same words.

use unicode_normalization::UnicodeNormalization;

/// Unifies compatibility forms (NFKC), lowers case, drops invisible and control characters, and collapses white space,
/// with none between two Japanese letters. Katakana stays katakana: later steps tell the scripts apart.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfkc().flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !(cleaned.chars().next_back().is_none_or(is_japanese) && is_japanese(c)) {
                cleaned.push(' ');
            }
            gap = false;
            cleaned.push(dash_to_long_vowel(c, cleaned.chars().next_back()));
        }
    }
    cleaned.trim().to_owned()
}

/// Turns katakana into hiragana and drops long-vowel marks: rules and concepts are matched against this form.
#[must_use]
pub fn fold(cleaned: &str) -> String {
    cleaned.chars().filter(|&c| c != 'ー').map(to_hiragana).collect()
}

/// [`clean`], then [`fold`].
#[must_use]
pub fn normalize(text: &str) -> String {
    fold(&clean(text))
}

#[must_use]
pub fn to_hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

#[must_use]
pub fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}

#[must_use]
pub fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

#[must_use]
pub fn is_kanji(c: char) -> bool {
    matches!(c, '一'..='鿿' | '㐀'..='䶿' | '々' | '〆')
}

fn is_japanese(c: char) -> bool {
    is_hiragana(c) || is_katakana(c) || is_kanji(c) || matches!(c, '、' | '。' | '「' | '」')
}

/// Reads a hyphen typed instead of the long-vowel mark, as in "マイホ-ム".
fn dash_to_long_vowel(c: char, before: Option<char>) -> char {
    match c {
        '-' | '‐' | '–' | '—' | '−' | '~' | '〜' if before.is_some_and(is_katakana) => 'ー',
        _ => c,
    }
}

/// Zero-width, direction and control characters.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_written_many_ways_has_one_form() {
        let check = |written: &str, wanted: &str| assert_eq!(normalize(written), wanted, "{written}");
        check("ﾏｲﾎｰﾑ", "まいほむ");
        check("マイホ-ム", "まいほむ");
        check("あき や　バンク", "あきやばんく");
        check("  Wi-Fi  SPOT\u{200b} ", "wi-fi spot");
        check("２５万円", "25万円");
        check("\u{202e}空き家\0", "空き家");
        check("", "");
    }
}
