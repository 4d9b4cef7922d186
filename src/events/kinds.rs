//! The kind of an event, from other people's words for it.

use unicode_normalization::UnicodeNormalization;

use crate::events::Kind;

/// Tried in this order: a talk on empty houses is about empty houses.
const WORDS: [(Kind, &[&str]); 5] = [
    (Kind::VacantHome, &["空き家", "空家", "あき家", "vacant"]),
    (Kind::Farming, &["農", "収穫", "田植", "畑", "farm", "harvest"]),
    (
        Kind::Festival,
        &[
            "祭",
            "まつり",
            "フェス",
            "フェア",
            "花火",
            "festival",
            "matsuri",
            "fair",
        ],
    ),
    (
        Kind::Seminar,
        &[
            "セミナー",
            "講座",
            "講演",
            "講習",
            "教室",
            "説明会",
            "相談会",
            "研修",
            "学び",
            "seminar",
            "lecture",
            "course",
            "class",
            "workshop",
        ],
    ),
    (
        Kind::Community,
        &["交流", "コミュニティ", "つどい", "集い", "community"],
    ),
];

/// The kind that somebody else's category means; `None` if no word in it is known.
pub(super) fn kind_of(category: &str) -> Option<Kind> {
    let plain: String = category.nfkc().flat_map(char::to_lowercase).collect();
    let named = plain
        .split([',', ';', '/', '・', '\n'])
        .find_map(|word| word.trim().parse().ok());
    named.or_else(|| {
        WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|word| plain.contains(word)))
            .map(|(kind, _)| *kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_words_lead_to_our_kinds() {
        for (category, wanted) in [
            ("祭り・イベント", Some(Kind::Festival)),
            ("空き家セミナー", Some(Kind::VacantHome)),
            ("農業体験", Some(Kind::Farming)),
            ("講座・教室", Some(Kind::Seminar)),
            ("交流", Some(Kind::Community)),
            ("Ｆｅｓｔｉｖａｌ", Some(Kind::Festival)),
            ("vacant-home", Some(Kind::VacantHome)),
            ("スポーツ", None),
            ("", None),
        ] {
            assert_eq!(kind_of(category), wanted, "{category}");
        }
        for kind in Kind::ALL {
            assert_eq!(kind_of(kind.as_str()), Some(kind));
        }
    }
}
