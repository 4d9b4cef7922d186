//! Parts of a text, as replies quote them.

use super::{Entity, EntityKind, Formatted, utf16_len};

impl Formatted {
    /// Where another text occurs in this one with the same words and formatting, in UTF-16 units.
    pub(crate) fn position_of(&self, part: &Self) -> Option<usize> {
        let wanted = part.cut(0, part.units());
        self.positions(&part.text)
            .find(|at| self.cut(*at, wanted.units()) == wanted)
    }

    /// The part of this text that reads `words`, with its formatting, and its position.
    pub(crate) fn part(&self, words: &str) -> Option<(usize, Self)> {
        let at = self.positions(words).next()?;
        Some((at, self.cut(at, utf16_len(words))))
    }

    fn positions(&self, words: &str) -> impl Iterator<Item = usize> {
        let places = self.text.match_indices(words);
        places
            .filter(|(_, found)| !found.is_empty())
            .map(|(at, _)| utf16_len(&self.text[..at]))
    }

    /// `units` UTF-16 units from `at` on, with the formatting a quote keeps.
    fn cut(&self, at: usize, units: usize) -> Self {
        let mut passed = 0;
        let characters = self.text.chars().filter(|c| {
            let here = passed;
            passed += c.len_utf16();
            (at..at + units).contains(&here)
        });
        let text = characters.collect();
        let marks = self.entities.iter().filter(|entity| is_quoted(entity.kind));
        let entities = marks.filter_map(|entity| {
            let from = entity.offset.max(at);
            let to = entity.end().min(at + units);
            (from < to).then(|| Entity {
                offset: from - at,
                length: to - from,
                ..entity.clone()
            })
        });
        Self {
            entities: entities.collect(),
            text,
        }
    }
}

/// Whether a quote must keep this formatting.
fn is_quoted(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Bold
            | EntityKind::Italic
            | EntityKind::Underline
            | EntityKind::Strikethrough
            | EntityKind::Spoiler
            | EntityKind::CustomEmoji
    )
}

#[cfg(test)]
mod tests {
    use crate::emulator::text::{Formatted, parse_html};

    #[test]
    fn a_quote_is_found_word_for_word_and_mark_for_mark() {
        let text = parse_html("🙂 月曜と<b>木曜</b>、木曜").unwrap();
        let at = |html| text.position_of(&parse_html(html).unwrap());
        assert_eq!(at("月曜"), Some(3));
        assert_eq!(at("<b>木曜</b>"), Some(6));
        assert_eq!(at("木曜"), Some(9), "the bold one is another");
        assert_eq!(at("と<b>木</b>"), Some(5));
        assert_eq!(at("金曜"), None);
        assert_eq!(at(""), None);
    }

    #[test]
    fn a_part_keeps_its_marks() {
        let text = parse_html("月曜と<b>木曜</b>").unwrap();
        let (at, part) = text.part("と木").unwrap();
        assert_eq!((at, part.to_html().as_str()), (2, "と<b>木</b>"));
        assert_eq!(text.part("水曜"), None);
        assert_eq!(Formatted::plain("x").part(""), None);
    }
}
