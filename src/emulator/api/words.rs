//! Formatted text in requests.

use serde::Deserialize;

use super::error::ApiError;
use crate::emulator::text::{Entity, Formatted, mark_found, parse_html, utf16_len};

/// Most UTF-16 units of a message.
const TEXT_LIMIT: usize = 4096;

/// Most UTF-16 units of a caption.
const CAPTION_LIMIT: usize = 1024;

/// Telegram also knows `MarkdownV2`; the emulator refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum ParseMode {
    #[serde(rename = "HTML", alias = "html")]
    Html,
    MarkdownV2,
    Markdown,
}

/// A text to send.
#[derive(Debug, Deserialize)]
pub(crate) struct TextFields {
    pub(crate) text: String,
    pub(crate) parse_mode: Option<ParseMode>,
    pub(crate) entities: Option<Vec<Entity>>,
}

/// A caption.
#[derive(Debug, Deserialize)]
pub(crate) struct CaptionFields {
    caption: Option<String>,
    parse_mode: Option<ParseMode>,
    caption_entities: Option<Vec<Entity>>,
    #[serde(rename = "show_caption_above_media")]
    _show_caption_above_media: Option<bool>,
}

impl TextFields {
    pub(crate) fn parse(self, too_long: ApiError) -> Result<Formatted, ApiError> {
        let text = formatted(self.text, self.parse_mode, self.entities)?;
        match text.units() {
            0 => Err(ApiError::TextEmpty),
            units if units > TEXT_LIMIT => Err(too_long),
            _ => Ok(text),
        }
    }
}

impl CaptionFields {
    pub(crate) fn is_given(&self) -> bool {
        self.caption.is_some()
    }

    pub(crate) fn parse(self) -> Result<Formatted, ApiError> {
        let caption = formatted(
            self.caption.unwrap_or_default(),
            self.parse_mode,
            self.caption_entities,
        )?;
        if caption.units() > CAPTION_LIMIT {
            Err(ApiError::CaptionTooLong)
        } else {
            Ok(caption)
        }
    }
}

/// Text and formatting from a request; given entities are used unless a parse mode is set.
pub(crate) fn formatted(
    text: String,
    mode: Option<ParseMode>,
    entities: Option<Vec<Entity>>,
) -> Result<Formatted, ApiError> {
    let parsed = match (mode, entities) {
        (Some(ParseMode::Html), _) => parse_html(&text).map_err(ApiError::EntitiesUnparsable)?,
        (Some(ParseMode::MarkdownV2 | ParseMode::Markdown), _) => return Err(ApiError::UnknownParseMode),
        (None, Some(entities)) => marked(text, entities)?,
        (None, None) => Formatted::plain(&text),
    };
    Ok(parsed.trimmed())
}

fn marked(text: String, entities: Vec<Entity>) -> Result<Formatted, ApiError> {
    let units = utf16_len(&text);
    let fits = |entity: &Entity| {
        entity
            .offset
            .checked_add(entity.length)
            .is_some_and(|end| end <= units)
    };
    if !entities.iter().all(fits) {
        return Err(ApiError::EntityOutOfText);
    }
    let mut formatted = Formatted { text, entities };
    mark_found(&mut formatted);
    Ok(formatted)
}
