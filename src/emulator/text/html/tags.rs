//! The tags Telegram knows and what they mean.

use crate::emulator::text::{Entity, EntityKind};

/// A start tag that waits for its end tag.
pub(super) struct OpenTag {
    pub(super) name: String,
    pub(super) argument: Option<String>,
    pub(super) offset: usize,
    pub(super) text_start: usize,
}

impl OpenTag {
    /// The entity of a tag that has been closed.
    pub(super) fn entity(&self, content: &str, length: usize) -> Option<Entity> {
        let mut entity = Entity::new(kind_of(&self.name)?, self.offset, length);
        let argument = self.argument.clone();
        match entity.kind {
            EntityKind::TextLink => entity.url = Some(link_target(argument.as_deref().unwrap_or(content))?),
            EntityKind::CustomEmoji => entity.custom_emoji_id = argument,
            EntityKind::Code => entity.language = argument,
            EntityKind::Blockquote if argument.is_some() => entity.kind = EntityKind::ExpandableBlockquote,
            _ => {}
        }
        Some(entity)
    }
}

pub(super) fn is_supported(tag: &str) -> bool {
    kind_of(tag).is_some()
}

fn kind_of(tag: &str) -> Option<EntityKind> {
    Some(match tag {
        "b" | "strong" => EntityKind::Bold,
        "i" | "em" => EntityKind::Italic,
        "u" | "ins" => EntityKind::Underline,
        "s" | "strike" | "del" => EntityKind::Strikethrough,
        "span" | "tg-spoiler" => EntityKind::Spoiler,
        "a" => EntityKind::TextLink,
        "code" => EntityKind::Code,
        "pre" => EntityKind::Pre,
        "blockquote" => EntityKind::Blockquote,
        "tg-emoji" => EntityKind::CustomEmoji,
        _ => return None,
    })
}

/// What an attribute adds to its tag, if it matters.
pub(super) fn meaning(tag: &str, attribute: &str, value: &str) -> Option<String> {
    match (tag, attribute) {
        ("a", "href") | ("tg-emoji", "emoji-id") => Some(value.to_owned()),
        ("code", "class") => value.strip_prefix("language-").map(str::to_owned),
        ("span", "class") if value == "tg-spoiler" => Some(value.to_owned()),
        ("blockquote", "expandable") => Some(attribute.to_owned()),
        _ => None,
    }
}

/// The link's target, if Telegram accepts it; otherwise only the label stays.
fn link_target(url: &str) -> Option<String> {
    let known = ["http://", "https://", "tg://", "mailto:", "tel:"];
    if known.iter().any(|scheme| url.starts_with(scheme)) {
        return Some(url.to_owned());
    }
    (url.contains('.') && !url.contains([' ', ':'])).then(|| format!("http://{url}"))
}
