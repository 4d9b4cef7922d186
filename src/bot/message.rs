//! Telegram's messages in the desk's terms.

use teloxide::{
    types::{Message, User},
    utils::render::RenderMessageTextHelper,
};

use crate::{
    handover::{Content, Face, Said},
    outgoing::{Html, MessageId, Reply},
};

/// How somebody appears to others.
pub(super) fn face_of(user: &User) -> Face {
    Face {
        name: user.full_name(),
        username: user.username.clone(),
    }
}

/// The message, as it would be passed on.
pub(super) fn said(message: &Message, edited: bool) -> Said {
    let text = message.text().or_else(|| message.caption()).unwrap_or_default();
    let html = message.html_text().or_else(|| message.html_caption());
    let content = if message.text().is_some() {
        Content::Text
    } else {
        Content::Media {
            album: message.media_group_id().map(|album| album.0.clone()),
        }
    };
    let answered = message
        .reply_to_message()
        .filter(|answered| !opens_topic(message, answered));
    Said {
        message: MessageId(message.id.0),
        // Without entities, teloxide returns the text as it is, not escaped.
        html: html
            .filter(|html| html != text)
            .map_or_else(|| Html::text(text), Html::rendered),
        text: text.to_owned(),
        content,
        edited,
        reply: answered.map(|answered| Reply {
            to: MessageId(answered.id.0),
            quote: message.quote().map(|quote| quote.text.clone()),
        }),
        answers_bot: answered.is_some_and(|answered| answered.from.as_ref().is_some_and(|from| from.is_bot)),
    }
}

/// In a topic, a message that replies to nothing looks like a reply to the topic's first message.
fn opens_topic(message: &Message, answered: &Message) -> bool {
    message.thread_id.is_some_and(|thread| thread.0 == answered.id)
}
