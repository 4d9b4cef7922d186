//! Telegram's HTML mode: turns text with tags into text with entities.
//!
//! Follows Telegram's own parser step by step, so that errors have the same words and byte offsets.

mod references;
mod tags;

use references::decode_reference;
use tags::{OpenTag, is_supported, meaning};

use super::{Entity, EntityKind, Formatted, mark_found};

/// Parses HTML; the error is what Telegram writes after "can't parse entities: ".
pub(crate) fn parse_html(html: &str) -> Result<Formatted, String> {
    let mut parser = Parser {
        html,
        at: 0,
        units: 0,
        text: String::new(),
        open: Vec::new(),
        entities: Vec::new(),
    };
    while let Some(c) = parser.peek() {
        match c {
            '<' => parser.tag()?,
            '&' => parser.reference(),
            _ => parser.character(c),
        }
    }
    parser.finish()
}

struct Parser<'a> {
    html: &'a str,
    at: usize,
    units: usize,
    text: String,
    open: Vec<OpenTag>,
    entities: Vec<Entity>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.html[self.at..].chars().next()
    }

    fn rest(&self) -> &str {
        &self.html[self.at..]
    }

    fn character(&mut self, c: char) {
        self.at += c.len_utf8();
        self.put(c);
    }

    fn put(&mut self, c: char) {
        self.units += c.len_utf16();
        self.text.push(c);
    }

    fn reference(&mut self) {
        match decode_reference(self.rest()) {
            Some((c, length)) => {
                self.at += length;
                self.put(c);
            }
            None => self.character('&'),
        }
    }

    fn tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        if self.peek() == Some('/') {
            self.at += 1;
            self.end_tag(begin)
        } else {
            self.start_tag(begin)
        }
    }

    fn start_tag(&mut self, begin: usize) -> Result<(), String> {
        let name = self
            .take_until(|c| c.is_ascii_whitespace() || c == '>')
            .to_ascii_lowercase();
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        if !is_supported(&name) {
            return Err(format!("Unsupported start tag \"{name}\" at byte offset {begin}"));
        }
        let mut argument = None;
        while let Some((attribute, value)) = self.attribute(&name, begin)? {
            argument = meaning(&name, &attribute, &value).or(argument);
        }
        if name == "span" && argument.is_none() {
            return Err(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"
            ));
        }
        self.open.push(OpenTag {
            name,
            argument,
            offset: self.units,
            text_start: self.text.len(),
        });
        Ok(())
    }

    /// The next attribute of a start tag; `None` at its `>`, which is consumed.
    fn attribute(&mut self, tag: &str, begin: usize) -> Result<Option<(String, String)>, String> {
        self.skip_space();
        if self.peek() == Some('>') {
            self.at += 1;
            return Ok(None);
        }
        let name = self
            .take_until(|c| c.is_ascii_whitespace() || c == '=' || c == '>')
            .to_ascii_lowercase();
        self.skip_space();
        let unclosed = || format!("Unclosed start tag \"{tag}\" at byte offset {begin}");
        match self.peek() {
            None => Err(unclosed()),
            _ if name.is_empty() => Err(format!(
                "Empty attribute name in the tag \"{tag}\" at byte offset {begin}"
            )),
            Some('=') => {
                self.at += 1;
                self.skip_space();
                let value = self.attribute_value()?;
                if self.peek().is_none() {
                    Err(unclosed())
                } else {
                    Ok(Some((name, value)))
                }
            }
            Some(_) => Ok(Some((name, String::new()))),
        }
    }

    fn attribute_value(&mut self) -> Result<String, String> {
        let start = self.at;
        let Some(quote) = self.peek().filter(|c| matches!(c, '"' | '\'')) else {
            let token = self.take_until(|c| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'));
            let token = token.to_ascii_lowercase();
            return match self.peek() {
                Some(c) if !c.is_ascii_whitespace() && c != '>' => {
                    Err(format!("Unexpected end of name token at byte offset {start}"))
                }
                _ => Ok(token),
            };
        };
        self.at += 1;
        let mut value = String::new();
        while let Some(c) = self.peek().filter(|c| *c != quote) {
            let (c, length) = decode_reference(self.rest()).unwrap_or((c, c.len_utf8()));
            value.push(c);
            self.at += length;
        }
        self.at += usize::from(self.peek().is_some());
        Ok(value)
    }

    fn end_tag(&mut self, begin: usize) -> Result<(), String> {
        let Some(opened) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        let found = self
            .take_until(|c| c.is_ascii_whitespace() || c == '>')
            .to_ascii_lowercase();
        self.skip_space();
        if self.peek() != Some('>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        if !found.is_empty() && found != opened.name {
            let expected = opened.name;
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{expected}>\", found \"</{found}>\""
            ));
        }
        self.close(opened);
        Ok(())
    }

    fn close(&mut self, opened: OpenTag) {
        let length = self.units - opened.offset;
        if length == 0 {
            return;
        }
        if opened.name == "pre" && self.code_becomes_pre(opened.offset, length) {
            return;
        }
        let content = &self.text[opened.text_start..];
        if let Some(entity) = opened.entity(content, length) {
            self.entities.push(entity);
        }
    }

    /// `<pre><code class="language-x">` is one entity.
    fn code_becomes_pre(&mut self, offset: usize, length: usize) -> bool {
        match self.entities.last_mut() {
            Some(code) if code.kind == EntityKind::Code && (code.offset, code.length) == (offset, length) => {
                code.kind = EntityKind::Pre;
                true
            }
            _ => false,
        }
    }

    fn take_until(&mut self, stop: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let taken = rest[..rest.find(stop).unwrap_or(rest.len())].to_owned();
        self.at += taken.len();
        taken
    }

    fn skip_space(&mut self) {
        self.take_until(|c| !c.is_ascii_whitespace());
    }

    fn finish(mut self) -> Result<Formatted, String> {
        if let Some(opened) = self.open.last() {
            return Err(format!(
                "Can't find end tag corresponding to start tag \"{}\"",
                opened.name
            ));
        }
        for entity in self
            .entities
            .iter_mut()
            .filter(|entity| entity.kind == EntityKind::Code)
        {
            entity.language = None;
        }
        self.entities
            .sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
        let mut formatted = Formatted {
            text: self.text,
            entities: self.entities,
        };
        mark_found(&mut formatted);
        Ok(formatted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(html: &str) -> (String, Vec<(EntityKind, usize, usize)>) {
        let parsed = parse_html(html).unwrap();
        (
            parsed.text,
            parsed
                .entities
                .iter()
                .map(|mark| (mark.kind, mark.offset, mark.length))
                .collect(),
        )
    }

    #[test]
    fn tags_become_entities_counted_in_utf16() {
        let check = |html, text: &str, wanted: &[(EntityKind, usize, usize)]| {
            assert_eq!(marks(html), (text.to_owned(), wanted.to_vec()), "{html}");
        };
        check(
            "🙂<b>市<i>役所</i></b>",
            "🙂市役所",
            &[(EntityKind::Bold, 2, 3), (EntityKind::Italic, 3, 2)],
        );
        check("a &lt;b&gt; &amp;&#x3042;&nbsp;", "a <b> &あ&nbsp;", &[]);
        check(
            "<span class=\"tg-spoiler\">x</span>",
            "x",
            &[(EntityKind::Spoiler, 0, 1)],
        );
        check(
            "<blockquote expandable>x</blockquote>",
            "x",
            &[(EntityKind::ExpandableBlockquote, 0, 1)],
        );
        check(
            "<pre><code class=\"language-rust\">x</code></pre>",
            "x",
            &[(EntityKind::Pre, 0, 1)],
        );
        check("<b></b>x", "x", &[]);
        check("<a href=\"nowhere\">x</a>", "x", &[]);
    }

    #[test]
    fn links_and_languages_are_kept() {
        let link = parse_html("<a href='https://a.jp/?x=1&amp;y=2'>x</a>").unwrap();
        assert_eq!(link.entities[0].url.as_deref(), Some("https://a.jp/?x=1&y=2"));
        let code = parse_html("<pre><code class=\"language-rust\">x</code></pre>").unwrap();
        assert_eq!(code.entities[0].language.as_deref(), Some("rust"));
    }

    #[test]
    fn errors_are_worded_as_telegram_words_them() {
        let check = |html, wanted: &str| assert_eq!(parse_html(html).unwrap_err(), wanted, "{html}");
        check("あ<foo>x</foo>", "Unsupported start tag \"foo\" at byte offset 3");
        check("a<b", "Unclosed start tag at byte offset 1");
        check("x</b>", "Unexpected end tag at byte offset 1");
        check("<b>x", "Can't find end tag corresponding to start tag \"b\"");
        check(
            "<b><i>x</b></i>",
            "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"",
        );
        check("<b>x</b", "Unclosed end tag at byte offset 4");
        check(
            "<span>x</span>",
            "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0",
        );
        check("<a href=x", "Unclosed start tag \"a\" at byte offset 0");
        check(
            "<a href=x/y>z</a>",
            "Unexpected end of name token at byte offset 8",
        );
        check(
            "<b =1>x</b>",
            "Empty attribute name in the tag \"b\" at byte offset 0",
        );
    }
}
