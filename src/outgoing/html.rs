//! Text for Telegram's HTML mode that cannot be built without escaping.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Telegram's limit for one message, in UTF-16 code units after entities are parsed.
pub const MESSAGE_LIMIT: usize = 4096;

/// Message text in Telegram's HTML. Plain text only enters through escaping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Html(String);

impl Html {
    pub const EMPTY: Self = Self(String::new());

    /// Plain text, escaped.
    #[must_use]
    pub fn text(plain: &str) -> Self {
        Self(escape(plain))
    }

    #[must_use]
    pub fn bold(plain: &str) -> Self {
        Self(format!("<b>{}</b>", escape(plain)))
    }

    #[must_use]
    pub fn italic(plain: &str) -> Self {
        Self(format!("<i>{}</i>", escape(plain)))
    }

    /// This text in italics; links in it stay links.
    #[must_use]
    pub fn in_italics(self) -> Self {
        Self(format!("<i>{}</i>", self.0))
    }

    #[must_use]
    pub fn link(label: &str, url: &str) -> Self {
        Self(format!("<a href=\"{}\">{}</a>", escape(url), escape(label)))
    }

    /// This text followed by another.
    #[must_use]
    pub fn then(mut self, next: &Self) -> Self {
        self.0.push_str(&next.0);
        self
    }

    /// This text, then another on the next line; nothing is added to or for an empty text.
    #[must_use]
    pub fn line(mut self, next: &Self) -> Self {
        if !self.0.is_empty() && !next.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(&next.0);
        self
    }

    /// Text that Telegram itself gave with its formatting, written in its HTML by a renderer that escapes.
    #[must_use]
    pub fn rendered(html: String) -> Self {
        Self(html)
    }

    /// A mention that reaches a person who has no username.
    #[must_use]
    pub fn mention(name: &str, who: i64) -> Self {
        Self::link(name, &format!("tg://user?id={who}"))
    }

    /// This text, an empty line, then another; nothing is added to or for an empty text.
    #[must_use]
    pub fn paragraph(mut self, next: &Self) -> Self {
        if !self.0.is_empty() && !next.0.is_empty() {
            self.0.push_str("\n\n");
        }
        self.0.push_str(&next.0);
        self
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The characters of this range, counted as the reader sees them, with their marks.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let mut part = String::new();
        // The tags that are open here, and how many of them are open in the part too.
        let (mut open, mut written) = (Vec::new(), 0);
        let (mut rest, mut at) = (self.0.as_str(), 0);
        while at < range.end && !rest.is_empty() {
            let (token, behind) = first_token(rest);
            rest = behind;
            if token.starts_with("</") {
                if written == open.len() && written > 0 {
                    part.push_str(token);
                    written -= 1;
                }
                open.pop();
            } else if token.starts_with('<') {
                open.push(token);
            } else {
                if range.contains(&at) {
                    open[written..].iter().for_each(|tag| part.push_str(tag));
                    written = open.len();
                    part.push_str(token);
                }
                at += 1;
            }
        }
        for tag in open[..written].iter().rev() {
            part.push_str(&closing(tag));
        }
        Self(part)
    }

    /// What the reader sees: tags dropped, entities resolved.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut plain = String::with_capacity(self.0.len());
        let mut in_tag = false;
        for c in self.0.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                _ if !in_tag => plain.push(c),
                _ => {}
            }
        }
        plain
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }
}

/// A tag, an entity or a character, and what stands behind it.
fn first_token(html: &str) -> (&str, &str) {
    let end = match html.chars().next() {
        Some('<') => html.find('>').map(|at| at + 1),
        Some('&') => html.find(';').map(|at| at + 1),
        first => first.map(char::len_utf8),
    };
    html.split_at(end.unwrap_or(html.len()))
}

/// `</a>` for `<a href="…">`.
fn closing(tag: &str) -> String {
    let name: String = tag
        .chars()
        .skip(1)
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    format!("</{name}>")
}

/// Makes plain text safe between tags and inside a quoted attribute.
fn escape(plain: &str) -> String {
    let mut escaped = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\0' => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Cuts plain text into pieces that each fit one message, at paragraph ends if possible, then lines, then sentences.
///
/// No character is lost except white space at the cuts.
#[must_use]
pub fn split(plain: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = plain.trim();
    while rest.encode_utf16().count() > limit {
        let cut = cut_point(rest, limit);
        pieces.push(rest[..cut].trim_end().to_owned());
        rest = rest[cut..].trim_start();
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

fn cut_point(text: &str, limit: usize) -> usize {
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            units += c.len_utf16();
            units > limit
        })
        .map_or(text.len(), |(at, _)| at);
    let window = &text[..end];
    ["\n\n", "\n", "。", ". ", " "]
        .iter()
        .find_map(|mark| {
            window
                .rfind(mark)
                .map(|at| at + mark.len())
                .filter(|&cut| cut > end / 2)
        })
        .unwrap_or(end.max(text.chars().next().map_or(0, char::len_utf8)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let html = Html::text("<b>&\"</b>").paragraph(&Html::link("x", "https://e.org/?a=\"b\"&c"));
        assert_eq!(
            html.as_str(),
            "&lt;b&gt;&amp;&quot;&lt;/b&gt;\n\n<a href=\"https://e.org/?a=&quot;b&quot;&amp;c\">x</a>"
        );
        assert_eq!(html.plain(), "<b>&\"</b>\n\nx");
    }

    #[test]
    fn a_part_keeps_its_marks_and_nothing_of_the_others() {
        let html = Html::rendered(
            "a<b>b<i>c\nd</i></b>e<a href=\"https://e.org/?x=1&amp;y=2\">f&amp;g</a>".to_owned(),
        );
        let parts = [
            (0..3, "a<b>b<i>c</i></b>"),
            (4..6, "<b><i>d</i></b>e"),
            (5..7, "e<a href=\"https://e.org/?x=1&amp;y=2\">f</a>"),
            (7..99, "<a href=\"https://e.org/?x=1&amp;y=2\">&amp;g</a>"),
            (3..3, ""),
        ];
        for (range, part) in parts {
            assert_eq!(html.part(range.clone()).as_str(), part, "{range:?}");
        }
    }

    proptest! {
        #[test]
        fn a_part_reads_as_the_whole_does(words in proptest::collection::vec(("[a-z<&\"]{0,4}", 0..4_u8), 0..6), from in 0..12_usize, len in 0..12_usize) {
            let html = words.iter().fold(Html::default(), |html, (plain, mark)| html.then(&match mark {
                0 => Html::text(plain),
                1 => Html::bold(plain),
                2 => Html::bold(plain).in_italics(),
                _ => Html::link(plain, "https://e.org/"),
            }));
            let plain: String = html.plain().chars().skip(from).take(len).collect();
            prop_assert_eq!(html.part(from..from + len).plain(), plain);
        }

        #[test]
        fn escaping_round_trips(plain in "[^\0]{0,200}") {
            prop_assert_eq!(Html::text(&plain).plain(), plain);
        }

        #[test]
        fn pieces_fit_and_lose_no_letter(plain in "(\\PC|\n|。|😀){0,600}", limit in 2_usize..80) {
            let pieces = split(&plain, limit);
            prop_assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= limit));
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&pieces.concat()), letters(&plain));
        }
    }
}
