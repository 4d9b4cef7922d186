//! Messages with files, alone and as albums.

use serde::Deserialize;

use super::{
    Answer, ApiError, Params,
    messages::{send as send_content, shown},
    params::Upload,
    place::{Place, SendOptions},
    words::{CaptionFields, ParseMode, formatted},
};
use crate::emulator::{
    text::{Entity, Formatted},
    world::{Content, Media, World},
};

/// Optional details of some kinds of files; checked and dropped.
#[derive(Deserialize)]
struct Details {
    #[serde(rename = "duration")]
    _duration: Option<u32>,
    #[serde(rename = "width")]
    _width: Option<u32>,
    #[serde(rename = "height")]
    _height: Option<u32>,
    #[serde(rename = "length")]
    _length: Option<u32>,
    #[serde(rename = "thumbnail")]
    _thumbnail: Option<String>,
    #[serde(rename = "performer")]
    _performer: Option<String>,
    #[serde(rename = "title")]
    _title: Option<String>,
    #[serde(rename = "emoji")]
    _emoji: Option<String>,
    #[serde(rename = "has_spoiler")]
    _has_spoiler: Option<bool>,
    #[serde(rename = "supports_streaming")]
    _supports_streaming: Option<bool>,
    #[serde(rename = "disable_content_type_detection")]
    _disable_content_type_detection: Option<bool>,
}

pub(crate) fn send(world: &mut World, kind: Media, mut params: Params) -> Answer {
    let options = params.take()?;
    let reference = params
        .take_text(kind.field())?
        .ok_or(ApiError::FileMissing(kind.field()))?;
    let upload = params.upload(&reference);
    let caption = if kind.has_caption() {
        params.take::<CaptionFields>()?.parse()?
    } else {
        Formatted::default()
    };
    let _: Details = params.decode()?;
    let file = stored(world, &reference, upload)?;
    send_content(world, options, file.content(kind, caption))
}

/// A stored file.
struct File {
    id: String,
    name: Option<String>,
}

impl File {
    fn content(self, kind: Media, caption: Formatted) -> Content {
        Content::Media {
            kind,
            file: self.id,
            file_name: self.name,
            caption,
        }
    }
}

/// Stores an upload. Otherwise the reference must be the id of a file sent before, or an address; unlike Telegram, the
/// emulator does not fetch that but stores an empty file.
fn stored(world: &mut World, reference: &str, upload: Option<Upload>) -> Result<File, ApiError> {
    if let Some(Upload {
        name,
        mime_type,
        bytes,
    }) = upload
    {
        let id = world.files.keep(name.clone(), mime_type, bytes);
        return Ok(File { id, name });
    }
    if let Some(known) = world.files.get(reference) {
        return Ok(File {
            id: known.id.clone(),
            name: known.name.clone(),
        });
    }
    if !reference.starts_with("https://") && !reference.starts_with("http://") {
        return Err(ApiError::FileIdWrong);
    }
    let name = reference.rsplit('/').next().map(str::to_owned);
    let id = world.files.keep(name.clone(), None, Vec::new());
    Ok(File { id, name })
}

#[derive(Deserialize)]
struct Album {
    media: Vec<AlbumItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlbumItem {
    #[serde(rename = "type")]
    kind: Media,
    media: String,
    caption: Option<String>,
    parse_mode: Option<ParseMode>,
    caption_entities: Option<Vec<Entity>>,
    #[serde(rename = "show_caption_above_media")]
    _show_caption_above_media: Option<bool>,
    #[serde(rename = "has_spoiler")]
    _has_spoiler: Option<bool>,
    #[serde(rename = "disable_content_type_detection")]
    _disable_content_type_detection: Option<bool>,
}

pub(crate) fn send_group(world: &mut World, mut params: Params) -> Answer {
    let options: SendOptions = params.take()?;
    let Album { media } = params.take()?;
    check_album(&media)?;
    let place = options.place(world)?;
    let mut contents = Vec::new();
    for item in media {
        let upload = params.upload(&item.media);
        let caption = formatted(
            item.caption.unwrap_or_default(),
            item.parse_mode,
            item.caption_entities,
        )?;
        contents.push(stored(world, &item.media, upload)?.content(item.kind, caption));
    }
    params.done()?;
    post_album(world, &place, contents)
}

fn check_album(media: &[AlbumItem]) -> Result<(), ApiError> {
    if !(2..=10).contains(&media.len()) {
        return Err(ApiError::AlbumSizeWrong);
    }
    let first = media.first().map_or(Media::Photo, |item| item.kind);
    let is_album = media.iter().all(|item| first.groups_with(item.kind));
    if is_album {
        Ok(())
    } else {
        Err(ApiError::AlbumKindsMixed)
    }
}

fn post_album(world: &mut World, place: &Place, contents: Vec<Content>) -> Answer {
    let messages = u32::try_from(contents.len()).unwrap_or(u32::MAX);
    let now = place.admit(world, messages)?;
    let album = world.next_album();
    let mut sent = Vec::new();
    for content in contents {
        let album = Some(album.clone());
        let id = place
            .clone()
            .keep(world, content, now, |message| message.album = album)?;
        sent.push(id);
    }
    Ok(sent.into_iter().map(|id| shown(world, place.chat, id)).collect())
}
