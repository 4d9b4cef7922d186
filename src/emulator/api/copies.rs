//! Messages sent on: copies, which do not show who wrote first, and forwards, which do.

use serde::Deserialize;
use serde_json::json;

use super::{
    Answer, ApiError, Params,
    messages::shown,
    place::{ChatRef, SendOptions},
    words::CaptionFields,
};
use crate::emulator::world::{Content, Message, World};

#[derive(Deserialize)]
struct OneSource {
    from_chat_id: ChatRef,
    message_id: i32,
}

#[derive(Deserialize)]
struct ManySources {
    from_chat_id: ChatRef,
    message_ids: Vec<i32>,
    #[serde(default)]
    remove_caption: bool,
}

pub(crate) fn copy_message(world: &mut World, mut params: Params) -> Answer {
    let options: SendOptions = params.take()?;
    let caption: CaptionFields = params.take()?;
    let source: OneSource = params.decode()?;
    let place = options.place(world)?;
    let mut content = source.find(world, ApiError::CopyTargetMissing)?.content;
    if let (Content::Media { caption: old, .. }, true) = (&mut content, caption.is_given()) {
        *old = caption.parse()?;
    }
    let id = place.post(world, content)?;
    Ok(json!({ "message_id": id }))
}

/// Skips what cannot be copied, as Telegram does; refuses if nothing is left.
pub(crate) fn copy_messages(world: &mut World, mut params: Params) -> Answer {
    let options: SendOptions = params.take()?;
    let ManySources {
        from_chat_id,
        message_ids,
        remove_caption,
    } = params.decode()?;
    if !(1..=100).contains(&message_ids.len()) || !message_ids.is_sorted_by(|a, b| a < b) {
        return Err(ApiError::OutOfRange("message_ids"));
    }
    let place = options.place(world)?;
    let from = from_chat_id.open(world)?;
    let mut contents: Vec<_> = message_ids
        .iter()
        .filter_map(|id| original(world, from, *id))
        .map(|message| message.content)
        .collect();
    if contents.is_empty() {
        return Err(ApiError::CopyTargetMissing);
    }
    if remove_caption {
        contents.iter_mut().for_each(drop_caption);
    }
    let ids = contents
        .into_iter()
        .map(|content| place.clone().post(world, content));
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    Ok(ids.into_iter().map(|id| json!({ "message_id": id })).collect())
}

pub(crate) fn forward_message(world: &mut World, mut params: Params) -> Answer {
    let options: SendOptions = params.take()?;
    let source: OneSource = params.decode()?;
    let place = options.place(world)?;
    let first = source.find(world, ApiError::ForwardTargetMissing)?;
    let origin = first.origin.unwrap_or((first.from, first.date));
    let chat = place.chat;
    let id = place.post_with(world, first.content, |message| message.origin = Some(origin))?;
    Ok(shown(world, chat, id))
}

impl OneSource {
    fn find(&self, world: &World, missing: ApiError) -> Result<Message, ApiError> {
        let from = self.from_chat_id.open(world)?;
        original(world, from, self.message_id).ok_or(missing)
    }
}

/// A message that can be sent on; service messages cannot.
fn original(world: &World, chat: i64, message: i32) -> Option<Message> {
    let found = world.chats.get(&chat)?.messages.get(&message)?;
    (!found.is_service()).then(|| found.clone())
}

fn drop_caption(content: &mut Content) {
    if let Content::Media { caption, .. } = content {
        *caption = crate::emulator::text::Formatted::default();
    }
}
