//! Renders text with entities as HTML for a browser.

use super::{Entity, EntityKind, Formatted};

impl Formatted {
    /// The text as safe HTML; entities that overlap without nesting are left out.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        let mut open: Vec<&Entity> = Vec::new();
        let mut waiting = self.entities.iter().peekable();
        let mut units = 0;
        for c in self.text.chars() {
            close_until(&mut html, &mut open, units);
            while let Some(entity) = waiting.next_if(|entity| entity.offset <= units) {
                let fits = open.last().is_none_or(|outer| entity.end() <= outer.end());
                if fits && let Some(tag) = start_tag(entity) {
                    html.push_str(&tag);
                    open.push(entity);
                }
            }
            push_escaped(&mut html, c);
            units += c.len_utf16();
        }
        close_until(&mut html, &mut open, units);
        html
    }
}

fn close_until(html: &mut String, open: &mut Vec<&Entity>, units: usize) {
    while let Some(entity) = open.pop_if(|entity| entity.end() <= units) {
        html.push_str("</");
        html.push_str(element(entity.kind).unwrap_or("span"));
        html.push('>');
    }
}

fn start_tag(entity: &Entity) -> Option<String> {
    let element = element(entity.kind)?;
    Some(match (entity.kind, &entity.url) {
        (EntityKind::TextLink, Some(url)) => {
            format!("<a href=\"{}\" rel=\"noopener\" target=\"_blank\">", escaped(url))
        }
        (EntityKind::Spoiler, _) => "<span class=\"spoiler\">".to_owned(),
        (EntityKind::BotCommand, _) => "<span class=\"command\">".to_owned(),
        _ => format!("<{element}>"),
    })
}

fn element(kind: EntityKind) -> Option<&'static str> {
    Some(match kind {
        EntityKind::Bold => "b",
        EntityKind::Italic => "i",
        EntityKind::Underline => "u",
        EntityKind::Strikethrough => "s",
        EntityKind::Spoiler | EntityKind::BotCommand => "span",
        EntityKind::Blockquote | EntityKind::ExpandableBlockquote => "blockquote",
        EntityKind::Code => "code",
        EntityKind::Pre => "pre",
        EntityKind::TextLink => "a",
        EntityKind::Mention
        | EntityKind::Hashtag
        | EntityKind::Cashtag
        | EntityKind::Url
        | EntityKind::Email
        | EntityKind::PhoneNumber
        | EntityKind::TextMention
        | EntityKind::CustomEmoji => return None,
    })
}

fn escaped(text: &str) -> String {
    let mut html = String::new();
    text.chars().for_each(|c| push_escaped(&mut html, c));
    html
}

fn push_escaped(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        _ => html.push(c),
    }
}

#[cfg(test)]
mod tests {
    use crate::emulator::text::parse_html;

    #[test]
    fn what_was_written_is_shown_again() {
        let check = |html: &str, shown: &str| assert_eq!(parse_html(html).unwrap().to_html(), shown);
        check("<b>市<i>役所</i></b> &lt;x&gt;", "<b>市<i>役所</i></b> &lt;x&gt;");
        check("<b>a</b><i>b</i>", "<b>a</b><i>b</i>");
        check("<pre>a</pre>", "<pre>a</pre>");
    }
}
