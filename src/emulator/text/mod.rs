//! Text as Telegram stores it: plain characters, and entities counted in UTF-16 units.
//!
//! [`html`] parses what a bot writes in HTML; [`Formatted::to_html`] renders it again for the page.

mod found;
mod html;
mod quote;
mod render;

pub(crate) use found::mark_found;
pub(crate) use html::parse_html;

use serde::{Deserialize, Serialize};

/// A text with its entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Formatted {
    pub text: String,
    pub entities: Vec<Entity>,
}

/// A span of text with a meaning; offset and length are in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    #[serde(rename = "type")]
    pub kind: EntityKind,
    pub offset: usize,
    pub length: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_emoji_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<serde_json::Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    Mention,
    Hashtag,
    Cashtag,
    BotCommand,
    Url,
    Email,
    PhoneNumber,
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
    Blockquote,
    ExpandableBlockquote,
    Code,
    Pre,
    TextLink,
    TextMention,
    CustomEmoji,
}

impl Entity {
    pub(crate) fn new(kind: EntityKind, offset: usize, length: usize) -> Self {
        Self {
            kind,
            offset,
            length,
            url: None,
            language: None,
            custom_emoji_id: None,
            user: None,
        }
    }

    fn end(&self) -> usize {
        self.offset + self.length
    }
}

impl Formatted {
    /// Text without any entities except those Telegram finds by itself.
    pub(crate) fn plain(text: &str) -> Self {
        let mut formatted = Self {
            text: text.to_owned(),
            entities: Vec::new(),
        };
        mark_found(&mut formatted);
        formatted
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The length as Telegram counts it.
    pub(crate) fn units(&self) -> usize {
        utf16_len(&self.text)
    }

    /// Trims white space, as Telegram does with every message, and shifts the entities.
    pub(crate) fn trimmed(self) -> Self {
        let text = self.text.trim();
        let before = utf16_len(&self.text[..self.text.len() - self.text.trim_start().len()]);
        let end = before + utf16_len(text);
        let entities = self.entities.into_iter().filter_map(|entity| {
            let from = entity.offset.max(before);
            let to = entity.end().min(end);
            (from < to).then(|| Entity {
                offset: from - before,
                length: to - from,
                ..entity
            })
        });
        Self {
            entities: entities.collect(),
            text: text.to_owned(),
        }
    }
}

pub(crate) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_moves_the_entities_along() {
        let bold = Entity::new(EntityKind::Bold, 1, 5);
        let text = Formatted {
            text: "  あb \n".to_owned(),
            entities: vec![bold],
        }
        .trimmed();
        assert_eq!(text.text, "あb");
        assert_eq!((text.entities[0].offset, text.entities[0].length), (0, 2));
    }
}
