//! Things people send that are not text.

use serde::{Deserialize, Serialize};

use super::{
    text::Formatted,
    world::{Content, Media, NotCopied, World},
};

/// Plum blossoms in front of hills: the photo that every phone here has.
const PHOTO: &[u8] = include_bytes!("photo.png");
/// How long a live location is shared.
const LIVE_SECONDS: u32 = 900;

/// What can be sent that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Photo,
    Voice,
    Sticker,
    Document,
    Video,
    VideoNote,
    Animation,
    Audio,
    Location,
    /// A location that follows its sender for a while.
    LiveLocation,
    Contact,
    Dice,
    Poll,
    /// A poll with a right answer, which a bot cannot copy.
    Quiz,
    /// A channel's prize draw, forwarded; a bot cannot copy it.
    Giveaway,
    /// A picture behind a paywall; a bot cannot copy it.
    PaidMedia,
    /// Another bot's invoice, forwarded; a bot cannot copy it.
    Invoice,
}

impl Kind {
    /// A sample of this kind from a person's phone.
    pub(crate) fn sample(self, world: &mut World, person: i64, caption: Option<&str>) -> Content {
        let caption = Formatted::plain(caption.unwrap_or_default());
        match self {
            Self::Photo => file(world, Media::Photo, None, caption),
            Self::Voice => file(world, Media::Voice, None, caption),
            Self::Sticker => file(world, Media::Sticker, None, caption),
            Self::Video => file(world, Media::Video, None, caption),
            Self::VideoNote => file(world, Media::VideoNote, None, caption),
            Self::Animation => file(world, Media::Animation, None, caption),
            Self::Audio => file(world, Media::Audio, None, caption),
            Self::Document => file(world, Media::Document, Some("書類.pdf"), caption),
            Self::Location => place(None),
            Self::LiveLocation => place(Some(LIVE_SECONDS)),
            Self::Contact => contact(world, person),
            Self::Dice => Content::Dice { value: 4 },
            Self::Poll => poll(false),
            Self::Quiz => poll(true),
            Self::Giveaway => Content::NotCopied(NotCopied::Giveaway),
            Self::PaidMedia => Content::NotCopied(NotCopied::PaidMedia),
            Self::Invoice => Content::NotCopied(NotCopied::Invoice),
        }
    }
}

/// A document with this name, which whoever gets it can fetch.
pub(crate) fn document(world: &mut World, name: &str, bytes: Vec<u8>) -> Content {
    let file_name = Some(name.to_owned());
    Content::Media {
        kind: Media::Document,
        file: world.files.keep(file_name.clone(), None, bytes),
        file_name,
        caption: Formatted::default(),
    }
}

fn file(world: &mut World, kind: Media, name: Option<&str>, caption: Formatted) -> Content {
    let bytes = match kind {
        Media::Photo => PHOTO.to_vec(),
        _ => format!("{} of the emulator", kind.field()).into_bytes(),
    };
    let file_name = name.map(str::to_owned);
    let file = world.files.keep(file_name.clone(), None, bytes);
    let caption = if kind.has_caption() {
        caption
    } else {
        Formatted::default()
    };
    Content::Media {
        kind,
        file,
        file_name,
        caption,
    }
}

fn place(live_period: Option<u32>) -> Content {
    Content::Location {
        latitude: 36.3262,
        longitude: 138.887,
        live_period,
    }
}

fn contact(world: &World, person: i64) -> Content {
    let known = world.people.get(&person);
    Content::Contact {
        phone_number: "+81901234567".to_owned(),
        first_name: known.map(|person| person.name.clone()).unwrap_or_default(),
        last_name: None,
    }
}

fn poll(quiz: bool) -> Content {
    Content::Poll {
        question: "いつがいいですか？".to_owned(),
        options: ["土曜", "日曜"].map(str::to_owned).to_vec(),
        quiz,
    }
}
