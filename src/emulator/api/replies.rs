//! The message that a message of the bot replies to.

use serde::Deserialize;

use super::{
    error::ApiError,
    place::ChatRef,
    words::{ParseMode, formatted},
};
use crate::emulator::{
    text::Entity,
    world::{Chat, Message, Quote, Quoted, World},
};

/// Most UTF-16 units of a quote.
const QUOTE_LIMIT: usize = 1024;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyParameters {
    message_id: i32,
    chat_id: Option<ChatRef>,
    allow_sending_without_reply: Option<bool>,
    quote: Option<String>,
    quote_parse_mode: Option<ParseMode>,
    quote_entities: Option<Vec<Entity>>,
    #[serde(rename = "quote_position")]
    _quote_position: Option<u32>,
}

/// What is replied to, and its topic.
pub(crate) struct Answered {
    pub(crate) quoted: Quoted,
    pub(crate) thread: Option<i32>,
}

impl ReplyParameters {
    /// The message replied to; `None` if it is gone and the bot allows that. A message of another chat or topic is
    /// refused in any case.
    pub(crate) fn find(
        self,
        world: &World,
        chat: &Chat,
        thread: Option<i32>,
    ) -> Result<Option<Answered>, ApiError> {
        let other = self.chat_id.as_ref().map(|chat| chat.find(world)).transpose()?;
        let here = other.is_none_or(|other| other == chat.id);
        let found = chat.messages.get(&self.message_id);
        let elsewhere = |message: &Message| thread.is_some() && message.thread != thread;
        match found {
            _ if !here => Err(ApiError::ReplyTargetMissing),
            Some(message) if elsewhere(message) => Err(ApiError::ReplyTargetMissing),
            Some(message) => {
                let thread = message.thread.filter(|_| chat.is_forum());
                let quoted = Quoted {
                    message: message.id,
                    quote: self.quote(message)?,
                };
                Ok(Some(Answered { quoted, thread }))
            }
            None if self.allow_sending_without_reply == Some(true) => Ok(None),
            None => Err(ApiError::ReplyTargetMissing),
        }
    }

    /// The quoted part, which must occur in the message with the same words and formatting.
    fn quote(self, message: &Message) -> Result<Option<Quote>, ApiError> {
        let Some(quote) = self.quote.filter(|quote| !quote.is_empty()) else {
            return Ok(None);
        };
        let words = formatted(quote, self.quote_parse_mode, self.quote_entities)?;
        let position = message.words().and_then(|whole| whole.position_of(&words));
        let position = position.filter(|_| words.units() <= QUOTE_LIMIT);
        position
            .map(|position| Some(Quote { words, position }))
            .ok_or(ApiError::QuoteInvalid)
    }
}
