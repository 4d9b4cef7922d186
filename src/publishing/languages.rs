//! Words in several languages, as staff write them in one message.

use std::ops::Range;

use crate::lang::Lang;

/// Said of something, it is not there any more.
const NOTHING: [&str; 6] = ["なし", "不明", "-", "ー", "none", "unknown"];

/// Where the words of each language stand: a line that begins with a language's mark begins its words; what stands before
/// the first mark is Japanese.
pub(super) fn parts(words: &str) -> Vec<(Lang, Range<usize>)> {
    let mut parts: Vec<(Lang, Range<usize>)> = Vec::new();
    let mut end = 0;
    for line in words.split_inclusive('\n') {
        let start = end;
        end += line.len();
        match (marked(line), parts.last_mut()) {
            (Some((lang, rest)), _) => parts.push((lang, end - rest.len()..end)),
            (None, Some((_, part))) => part.end = end,
            (None, None) => parts.push((Lang::Ja, start..end)),
        }
    }
    parts
}

/// Whether this means that something is to be gone.
pub(super) fn is_nothing(words: &str) -> bool {
    NOTHING.contains(&words.trim().to_lowercase().as_str())
}

fn marked(line: &str) -> Option<(Lang, &str)> {
    let (mark, rest) = line.split_once([':', '：'])?;
    let lang = match mark.trim().to_lowercase().as_str() {
        "ja" | "日本語" => Lang::Ja,
        "やさしい" | "やさしい日本語" => Lang::JaSimple,
        "en" | "英語" | "english" => Lang::En,
        _ => return None,
    };
    Some((lang, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_lines() {
        let words = "まつり\n二日目\n英語： Festival\nday two: 9:00\nやさしい:\nおまつり";
        let read: Vec<(Lang, &str)> = parts(words)
            .into_iter()
            .map(|(lang, part)| (lang, words[part].trim()))
            .collect();
        assert_eq!(
            read,
            [
                (Lang::Ja, "まつり\n二日目"),
                (Lang::En, "Festival\nday two: 9:00"),
                (Lang::JaSimple, "おまつり"),
            ]
        );
        assert!(parts("").is_empty());
    }
}
