//! Things people send that are not text.

use serde::{Deserialize, Serialize};

use super::{
    text::Formatted,
    world::{Content, Media, World},
};

/// What can be sent that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Photo,
    Voice,
    Sticker,
    Document,
    Video,
    Location,
    Contact,
}

impl Kind {
    /// What a person's phone has at hand of this kind.
    pub(crate) fn sample(self, world: &mut World, person: i64, caption: Formatted) -> Content {
        let (media, file_name) = match self {
            Self::Photo => (Media::Photo, None),
            Self::Voice => (Media::Voice, None),
            Self::Sticker => (Media::Sticker, None),
            Self::Video => (Media::Video, None),
            Self::Document => (Media::Document, Some("書類.pdf".to_owned())),
            Self::Location => {
                return Content::Location {
                    latitude: 36.3262,
                    longitude: 138.887,
                };
            }
            Self::Contact => {
                let first_name = world
                    .people
                    .get(&person)
                    .map(|person| person.name.clone())
                    .unwrap_or_default();
                return Content::Contact {
                    phone_number: "+81901234567".to_owned(),
                    first_name,
                    last_name: None,
                };
            }
        };
        let bytes = format!("{} of the emulator", media.field()).into_bytes();
        let file = world.files.keep(file_name.clone(), None, bytes);
        let caption = if media.has_caption() {
            caption
        } else {
            Formatted::default()
        };
        Content::Media {
            kind: media,
            file,
            file_name,
            caption,
        }
    }
}
