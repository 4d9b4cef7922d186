//! Draws the picture of a week: figures to SVG, SVG to PNG.
//!
//! The letters come with the program (`locales/fonts/`), so that it looks the same on every machine and needs no font
//! of the system's.

mod svg;

use std::sync::Arc;

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use crate::outgoing::picture::Chart;

/// In pixels; a phone shows it whole.
pub const WIDTH: u32 = 1200;
/// In pixels.
pub const HEIGHT: u32 = 675;

const FONT: &[u8] = include_bytes!("../../locales/fonts/BIZUDPGothic-Regular-subset.ttf");
/// As the font calls itself.
const FAMILY: &str = "BIZ UDPGothic";

/// Why there is no picture. Its figures can still be read below.
#[derive(Debug, thiserror::Error)]
#[error("the picture of the week cannot be drawn: {0}")]
pub struct NotDrawn(String);

/// The picture as a PNG file.
///
/// # Errors
/// When the drawing library refuses, which no figures should make it do.
pub fn png(chart: &Chart) -> Result<Vec<u8>, NotDrawn> {
    let refused = |what: &dyn std::fmt::Display| NotDrawn(what.to_string());
    let mut fonts = Database::new();
    fonts.load_font_data(FONT.to_vec());
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    let tree = Tree::from_str(&svg::svg(chart), &options).map_err(|error| refused(&error))?;
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or_else(|| refused(&"no room for its pixels"))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| refused(&error))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use skrifa::{FontRef, MetadataProvider};

    use super::*;
    use crate::outgoing::picture::{Day, Tile, Topic};

    /// A week as it may be told.
    fn week() -> Chart {
        let words = str::to_owned;
        let tile = |label: &str, value: &str| Tile {
            label: words(label),
            value: words(value),
            aside: words("前の週：12件"),
        };
        let day = |label: &str, parts: [u32; 6], before| Day {
            label: words(label),
            parts: parts.to_vec(),
            before,
        };
        let topic = |title: &str, count| Topic {
            title: words(title),
            count,
        };
        Chart {
            title: words("移住相談ボットの1週間"),
            subtitle: words("2026年11月16日(月)〜11月22日(日)"),
            tiles: vec![
                tile("質問", "142件"),
                tile("すぐに答えた割合", "71%"),
                tile("担当者への相談", "9件"),
                tile("最初の返事まで（中央値）", "1時間18分"),
            ],
            bars_title: words("1日ごとの質問の数"),
            parts: [
                "すぐに答えた",
                "選択肢を出した",
                "資料になし",
                "担当者に案内",
                "分からなかった",
                "対象外",
            ]
            .map(words)
            .to_vec(),
            days: vec![
                day("月", [20, 4, 3, 1, 2, 0], 18),
                day("火", [18, 2, 2, 0, 1, 1], 22),
                day("水", [12, 3, 1, 2, 0, 0], 15),
                day("木", [16, 1, 1, 1, 1, 0], 14),
                day("金", [22, 4, 2, 1, 3, 1], 25),
                day("土", [9, 1, 0, 0, 1, 0], 14),
                day("日", [4, 0, 1, 0, 0, 0], 10),
            ],
            line: words("前の週"),
            topics_title: words("よく聞かれた話題"),
            topics: vec![
                topic("安中市移住支援金はだれが対象ですか", 21),
                topic(
                    "空き家バンクの使い方を知りたいのですが、どこを見ればよいですか",
                    14,
                ),
                topic("<b>&amp;", 1),
            ],
            no_topics: words("この週は、ありません。"),
        }
    }

    #[test]
    fn a_week_becomes_a_small_png_of_the_right_size() {
        let png = png(&week()).unwrap();
        assert!(png.len() < 200_000, "{} bytes", png.len());
        let pixels = Pixmap::decode_png(&png).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (WIDTH, HEIGHT));
        let colors: BTreeSet<u32> = pixels
            .pixels()
            .iter()
            .map(|pixel| u32::from_be_bytes([0, pixel.red(), pixel.green(), pixel.blue()]))
            .collect();
        for bar in [0x00_72b2, 0x56_b4e9, 0xe6_9f00, 0xcc_79a7, 0xd5_5e00] {
            assert!(colors.contains(&bar), "{bar:06x} is missing");
        }
    }

    #[test]
    fn an_empty_week_and_a_strange_one_are_drawn_too() {
        assert!(png(&Chart::default()).is_ok());
        let mut strange = week();
        strange.title = "\u{0}\u{202e}🏠".repeat(500);
        strange.days[0].parts = vec![u32::MAX; 9];
        strange.days[1].before = u32::MAX;
        assert!(png(&strange).is_ok());
    }

    /// What the font lacks would be an empty box.
    #[test]
    fn the_font_has_every_letter_of_the_labels_and_titles() {
        let mut fonts = Database::new();
        fonts.load_font_data(FONT.to_vec());
        assert_eq!(fonts.faces().next().unwrap().families[0].0, FAMILY);
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
        let mut letters: BTreeSet<char> = ["ja", "ja-simple", "en"]
            .iter()
            .flat_map(|lang| {
                read(&format!("locales/{lang}/statistics.ftl"))
                    .chars()
                    .collect::<Vec<_>>()
            })
            .collect();
        for folder in std::fs::read_dir(root.join("knowledge"))
            .unwrap()
            .map(Result::unwrap)
        {
            if !folder.path().is_dir() {
                continue;
            }
            for file in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
                let text = std::fs::read_to_string(file.path()).unwrap();
                let questions = text.lines().filter(|line| line.starts_with("ja = ["));
                letters.extend(questions.flat_map(str::chars));
            }
        }
        letters.extend("0123456789月火水木金土日年時間分件%：（）〜…".chars());
        let font = FontRef::new(FONT).unwrap();
        let has = |c: char| font.charmap().map(c).is_some();
        let missing: String = letters
            .into_iter()
            .filter(|c| !c.is_control() && !has(*c))
            .collect();
        assert!(missing.is_empty(), "not in the font: {missing}");
    }
}
