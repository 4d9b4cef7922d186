//! Messages passed on: copies, which hide the original author, and forwards, which show them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::{
    Answer, ApiError, Params,
    messages::shown,
    place::{ChatRef, Place, SendOptions},
    words::CaptionFields,
};
use crate::emulator::{
    text::Formatted,
    world::{Content, Message, Quoted, World},
};

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
    let original = source.find(world, ApiError::CopyTargetMissing)?;
    check_unprotected(world, original.chat)?;
    let mut content = original.content.copied().ok_or(ApiError::CannotCopy)?;
    if caption.is_given() {
        let caption = caption.parse()?;
        set_caption(&mut content, caption);
    }
    let id = place.post(world, content)?;
    Ok(json!({ "message_id": id }))
}

/// Skips what cannot be copied, as Telegram does; refuses if nothing is left. Albums stay albums, and replies within
/// the batch stay replies.
pub(crate) fn copy_messages(world: &mut World, mut params: Params) -> Answer {
    let options: SendOptions = params.take()?;
    options.check_plain()?;
    let ManySources {
        from_chat_id,
        message_ids,
        remove_caption,
    } = params.decode()?;
    if !(1..=100).contains(&message_ids.len()) {
        return Err(ApiError::OutOfRange("message_ids"));
    }
    if !message_ids.is_sorted_by(|a, b| a < b) {
        return Err(ApiError::MessagesUnordered);
    }
    let place = options.place(world)?;
    let from = from_chat_id.open(world)?;
    check_unprotected(world, from)?;
    let found = message_ids.iter().filter_map(|id| world.message(from, *id));
    let copies = found.filter_map(|original| Some((original.clone(), original.content.copied()?)));
    let mut copies: Vec<_> = copies.collect();
    if remove_caption {
        for (_, content) in &mut copies {
            set_caption(content, Formatted::default());
        }
    }
    let ids = post_all(world, &place, copies)?;
    Ok(ids.into_iter().map(|id| json!({ "message_id": id })).collect())
}

fn post_all(world: &mut World, place: &Place, copies: Vec<(Message, Content)>) -> Result<Vec<i32>, ApiError> {
    if copies.is_empty() {
        return Err(ApiError::NothingToForward);
    }
    let messages = u32::try_from(copies.len()).unwrap_or(u32::MAX);
    let now = place.admit(world, messages)?;
    let albums = new_albums(
        world,
        copies.iter().filter_map(|(original, _)| original.album.clone()),
    );
    let mut posted: BTreeMap<i32, i32> = BTreeMap::new();
    for (original, content) in copies {
        let album = original.album.and_then(|album| albums.get(&album).cloned());
        let reply_to = original.reply_to.and_then(|reply| {
            let message = *posted.get(&reply.message)?;
            Some(Quoted { message, ..reply })
        });
        let id = place.clone().keep(world, content, now, |message| {
            message.album = album;
            message.reply_to = reply_to;
        })?;
        posted.insert(original.id, id);
    }
    Ok(posted.into_values().collect())
}

/// A new album for each old one of which more than one message is left.
fn new_albums(world: &mut World, old: impl Iterator<Item = String>) -> BTreeMap<String, String> {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for album in old {
        *sizes.entry(album).or_default() += 1;
    }
    let kept = sizes.into_iter().filter(|(_, size)| *size > 1);
    kept.map(|(album, _)| (album, world.next_album())).collect()
}

pub(crate) fn forward_message(world: &mut World, mut params: Params) -> Answer {
    let options: SendOptions = params.take()?;
    let source: OneSource = params.decode()?;
    let place = options.place(world)?;
    let first = source.find(world, ApiError::ForwardTargetMissing)?;
    check_unprotected(world, first.chat)?;
    if first.is_service() {
        return Err(ApiError::CannotForward);
    }
    let origin = first.origin.unwrap_or((first.from, first.date));
    let chat = place.chat;
    let id = place.post_with(world, first.content, |message| message.origin = Some(origin))?;
    Ok(shown(world, chat, id))
}

/// A chat's owner can forbid copying out of it, even to a bot that is an administrator there.
fn check_unprotected(world: &World, chat: i64) -> Result<(), ApiError> {
    if world.chats.get(&chat).is_some_and(|chat| chat.protected) {
        return Err(ApiError::ForwardsRestricted);
    }
    Ok(())
}

impl OneSource {
    fn find(&self, world: &World, missing: ApiError) -> Result<Message, ApiError> {
        let from = self.from_chat_id.open(world)?;
        world.message(from, self.message_id).cloned().ok_or(missing)
    }
}

/// Replaces the caption of content that can have one.
fn set_caption(content: &mut Content, new: Formatted) {
    if let Content::Media { kind, caption, .. } = content
        && kind.has_caption()
    {
        *caption = new;
    }
}
