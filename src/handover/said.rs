//! A message as either side sent it, in the words of the desk.

use crate::outgoing::{
    Act, Body, Buttons, EditedPart, Html, MessageId, Outgoing, Relay, RelayEdit, Reply, UserId, Voice,
    html::MESSAGE_LIMIT,
};

/// One message of a mover or of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub message: MessageId,
    /// Its text or caption, with formatting; empty if there is neither.
    pub html: Html,
    /// The same, plain.
    pub text: String,
    pub content: Content,
    /// The sender changed it.
    pub edited: bool,
    pub reply: Option<Reply>,
    /// The message it answers is the bot's.
    pub answers_bot: bool,
}

/// What a message is besides its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Text,
    /// A picture, a place, a voice … alone or as part of an album.
    Media {
        album: Option<String>,
    },
}

/// Stands before a mover's words in the topic, so that they are not taken for the bot's.
const MOVERS_MARK: &str = "👤 ";

/// A line of staff that begins so is a note, whoever writes it.
const NOTE_MARK: &str = "//";

impl Said {
    /// It is for staff alone.
    #[must_use]
    pub fn is_note(&self) -> bool {
        self.text.trim_start().starts_with(NOTE_MARK)
    }

    /// The album it belongs to.
    #[must_use]
    pub fn album(&self) -> Option<&str> {
        match &self.content {
            Content::Media { album } => album.as_deref(),
            Content::Text => None,
        }
    }

    /// Passed on to the mover's topic, with what the desk adds below it.
    #[must_use]
    pub fn to_topic(&self, mover: UserId, remark: &Html, buttons: Buttons) -> Outgoing {
        let body = match &self.content {
            Content::Text if fits(&marked(&self.html).line(remark)) => {
                Body::Words(marked(&self.html).line(remark))
            }
            Content::Text => Body::Whole,
            Content::Media { album: Some(album) } => Body::Album(album.clone()),
            Content::Media { album: None } => Body::Whole,
        };
        let words = self.words().filter(|_| body == Body::Whole);
        Outgoing::to_topic(
            mover,
            Act::Relay(Relay {
                from: self.message,
                body,
                reply: self.reply.clone(),
                buttons,
                words,
            }),
        )
    }

    /// What it says, if it is nothing but words.
    #[must_use]
    pub fn words(&self) -> Option<Html> {
        (self.content == Content::Text).then(|| self.html.clone())
    }

    /// Passed on to the mover, as it is.
    #[must_use]
    pub fn to_mover(&self, mover: UserId) -> Outgoing {
        let body = self
            .album()
            .map_or(Body::Whole, |album| Body::Album(album.to_owned()));
        relay_to_mover(mover, self.message, body, self.reply.clone(), self.words())
    }

    /// The change of a message that was passed on to the topic.
    #[must_use]
    pub fn edit_in_topic(&self, mover: UserId) -> Outgoing {
        let edit = RelayEdit {
            html: match self.content {
                Content::Text if fits(&marked(&self.html)) => marked(&self.html),
                Content::Text | Content::Media { .. } => self.html.clone(),
            },
            ..self.edit()
        };
        Outgoing::to_topic(mover, Act::RelayEdit(edit))
    }

    /// The change of a message that was passed on to the mover.
    #[must_use]
    pub fn edit_at_mover(&self, mover: UserId) -> Outgoing {
        Outgoing::to_person(mover, Voice::Person, Act::RelayEdit(self.edit()))
    }

    fn edit(&self) -> RelayEdit {
        RelayEdit {
            of: self.message,
            part: match self.content {
                Content::Text => EditedPart::Text,
                Content::Media { .. } => EditedPart::Caption,
            },
            html: self.html.clone(),
        }
    }
}

/// A message of staff, passed on to the mover.
pub(super) fn relay_to_mover(
    mover: UserId,
    from: MessageId,
    body: Body,
    reply: Option<Reply>,
    words: Option<Html>,
) -> Outgoing {
    Outgoing::to_person(
        mover,
        Voice::Person,
        Act::Relay(Relay {
            from,
            body,
            reply,
            buttons: Buttons::default(),
            words,
        }),
    )
}

/// Whether it can go into one message; the longest words a mover can write leave no room for a mark.
pub(super) fn fits(html: &Html) -> bool {
    html.plain().encode_utf16().count() <= MESSAGE_LIMIT
}

fn marked(html: &Html) -> Html {
    Html::text(MOVERS_MARK).then(html)
}
