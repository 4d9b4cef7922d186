//! Answers to inline queries.
//!
//! Of Telegram's many kinds of results the emulator accepts articles with text; others are refused by name.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;

use super::{
    Answer, ApiError, Params,
    keyboard::RawInlineKeyboard,
    place::LinkPreviewOptions,
    words::{ParseMode, TextFields},
};
use crate::emulator::{
    text::Entity,
    world::{InlineResult, World},
};

const MOST_RESULTS: usize = 50;
const LONGEST_ID: usize = 64;

/// How long Telegram remembers a query; apps give up long before.
const QUERY_LIFE: SignedDuration = SignedDuration::from_mins(1);

#[derive(Deserialize)]
struct AnswerInlineQuery {
    inline_query_id: String,
    results: Vec<RawResult>,
    #[serde(rename = "cache_time")]
    _cache_time: Option<u32>,
    #[serde(rename = "is_personal")]
    _is_personal: Option<bool>,
    #[serde(rename = "next_offset")]
    _next_offset: Option<String>,
    #[serde(rename = "button")]
    _button: Option<StartButton>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StartButton {
    #[serde(rename = "text")]
    _text: String,
    #[serde(rename = "start_parameter")]
    _start_parameter: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum RawResult {
    Article(Article),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    id: String,
    title: String,
    description: Option<String>,
    input_message_content: TextContent,
    reply_markup: Option<RawInlineKeyboard>,
    #[serde(rename = "url")]
    _url: Option<String>,
    #[serde(rename = "hide_url")]
    _hide_url: Option<bool>,
    #[serde(rename = "thumbnail_url")]
    _thumbnail_url: Option<String>,
    #[serde(rename = "thumbnail_width")]
    _thumbnail_width: Option<u32>,
    #[serde(rename = "thumbnail_height")]
    _thumbnail_height: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextContent {
    message_text: String,
    parse_mode: Option<ParseMode>,
    entities: Option<Vec<Entity>>,
    #[serde(rename = "link_preview_options")]
    _link_preview_options: Option<LinkPreviewOptions>,
}

pub(crate) fn answer(world: &mut World, params: Params) -> Answer {
    let request: AnswerInlineQuery = params.decode()?;
    if request.results.len() > MOST_RESULTS {
        return Err(ApiError::TooManyResults);
    }
    let results = request
        .results
        .into_iter()
        .map(|RawResult::Article(article)| article.check());
    let results = results.collect::<Result<Vec<_>, _>>()?;
    let ids: BTreeSet<_> = results.iter().map(|result| &result.id).collect();
    if ids.len() < results.len() {
        return Err(ApiError::ResultIdDuplicate);
    }
    let now = world.now();
    let query = world.queries.inline_mut(&request.inline_query_id);
    let query = query
        .filter(|query| now.duration_since(query.at) <= QUERY_LIFE)
        .ok_or(ApiError::QueryTooOld)?;
    query.results = Some(results);
    Ok(json!(true))
}

impl Article {
    fn check(self) -> Result<InlineResult, ApiError> {
        if self.id.is_empty() || self.id.len() > LONGEST_ID {
            return Err(ApiError::ResultIdInvalid);
        }
        let TextContent {
            message_text,
            parse_mode,
            entities,
            ..
        } = self.input_message_content;
        let message = TextFields {
            text: message_text,
            parse_mode,
            entities,
        }
        .parse(ApiError::TextTooLong)?;
        let keyboard = self
            .reply_markup
            .as_ref()
            .map(RawInlineKeyboard::check)
            .transpose()?
            .flatten();
        Ok(InlineResult {
            id: self.id,
            title: self.title,
            description: self.description,
            text: message.text.clone(),
            message,
            keyboard,
        })
    }
}
