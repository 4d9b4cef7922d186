//! A message from either side, in the desk's terms.

use crate::outgoing::{
    Act, Body, Buttons, EditedPart, Html, MessageId, Outgoing, Relay, RelayEdit, Reply, UserId, Voice,
    html::MESSAGE_LIMIT,
};

/// One message of a mover or a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub message: MessageId,
    /// Its text or caption, with formatting; empty if there is neither.
    pub html: Html,
    /// The same, plain.
    pub text: String,
    pub content: Content,
    /// The sender edited it.
    pub edited: bool,
    pub reply: Option<Reply>,
    /// It replies to a message of the bot.
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

/// Marks a mover's words in the topic, so that they are not taken for the bot's.
const MOVERS_MARK: &str = "👤 ";

/// A line of staff that begins with this is a note, whoever writes it.
const NOTE_MARK: &str = "//";

impl Said {
    /// Whether it is for staff only.
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

    /// Passes it on to the mover's topic, with what the desk adds below it.
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

    /// Its text, if it is nothing but text.
    #[must_use]
    pub fn words(&self) -> Option<Html> {
        (self.content == Content::Text).then(|| self.html.clone())
    }

    /// Passes it on to the mover as it is.
    #[must_use]
    pub fn to_mover(&self, mover: UserId) -> Outgoing {
        let body = self
            .album()
            .map_or(Body::Whole, |album| Body::Album(album.to_owned()));
        relay_to_mover(mover, self.message, body, self.reply.clone(), self.words())
    }

    /// Mirrors an edit in the topic.
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

    /// Mirrors an edit at the mover.
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

/// Passes a message of staff on to the mover.
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

/// Whether it fits into one message: the longest text a mover can write leaves no room for the mark.
pub(super) fn fits(html: &Html) -> bool {
    html.plain().encode_utf16().count() <= MESSAGE_LIMIT
}

fn marked(html: &Html) -> Html {
    Html::text(MOVERS_MARK).then(html)
}
