//! What a mover's message is: a question, a command, or something the bot cannot read.

use teloxide::types::{MediaKind, Message, MessageKind};

use crate::{
    conversation::{
        command_named,
        input::{Command, Input, Unreadable},
    },
    outgoing::MessageId,
};

pub(super) fn content(message: &Message, edited: bool) -> Option<Input> {
    let id = MessageId(message.id.0);
    let unreadable = |kind| Input::Unreadable { kind, message: id };
    let kind = match &message.kind {
        MessageKind::Common(common) => &common.media_kind,
        // teloxide reads content it does not know as `Empty`.
        MessageKind::Dice(_)
        | MessageKind::Empty {}
        | MessageKind::Giveaway(_)
        | MessageKind::GiveawayWinners(_)
        | MessageKind::Invoice(_) => return Some(unreadable(Unreadable::Other)),
        _ => return None,
    };
    let unreadable_kind = match kind {
        MediaKind::Text(text) => return Some(words(text.text.clone(), id, edited)),
        MediaKind::Migration(_) => return None,
        // A moving location or a corrected caption needs no answer of its own.
        _ if edited => return None,
        MediaKind::Voice(_) | MediaKind::Audio(_) => Unreadable::Voice,
        MediaKind::Photo(_) => Unreadable::Photo,
        MediaKind::Sticker(_) => Unreadable::Sticker,
        MediaKind::Video(_) | MediaKind::VideoNote(_) | MediaKind::Animation(_) => Unreadable::Video,
        MediaKind::Document(_) => Unreadable::Document,
        MediaKind::Location(_) | MediaKind::Venue(_) => Unreadable::Location,
        MediaKind::Contact(_) => Unreadable::Contact,
        MediaKind::PaidMedia(_)
        | MediaKind::Game(_)
        | MediaKind::Poll(_)
        | MediaKind::Checklist(_)
        | MediaKind::Story(_) => Unreadable::Other,
    };
    Some(unreadable(unreadable_kind))
}

/// Written words: a command or a question.
pub(super) fn words(text: String, message: MessageId, edited: bool) -> Input {
    let question = |text| Input::Question {
        text,
        message,
        edited,
    };
    command(&text).map_or_else(|| question(text), Input::Command)
}

/// The command of a text that begins with one, such as `/start@the_bot subsidy-iju`.
fn command(text: &str) -> Option<Command> {
    let line = text.strip_prefix('/')?;
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let name = word.split('@').next().unwrap_or(word).to_ascii_lowercase();
    let payload = Some(rest.trim()).filter(|payload| !payload.is_empty());
    Some(command_named(&name, payload))
}
