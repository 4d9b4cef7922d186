//! One step in the making: what the mover is told, and where.

use jiff::Timestamp;

use crate::{
    conversation::{
        desk::{ForDesk, Hands},
        note::Note,
        privacy::Privately,
        state::Conversation,
        step::{Senses, Step},
        wanted::Wanted,
    },
    knowledge::{Entry, EntryId},
    outgoing::{
        Act, ButtonFace, Buttons, Html, MessageId, Outgoing, Voice,
        html::{MESSAGE_LIMIT, split},
    },
    phrases::Text,
    reminders::Subscriber,
    signups::Change,
};

pub(super) struct Turn<'a> {
    pub(super) conversation: Conversation,
    pub(super) senses: &'a Senses<'a>,
    pub(super) now: Timestamp,
    pub(super) tap_note: Option<String>,
    pub(super) notes: Vec<Note>,
    pub(super) for_desk: Option<ForDesk>,
    pub(super) is_goodbye: bool,
    pub(super) wanted: Option<Wanted>,
    /// What the mover chose to hear of; none if nothing was ever chosen.
    pub(super) subscriber: Option<Subscriber>,
    subscriber_changed: bool,
    /// What the mover did about taking part in an event.
    pub(super) sign_ups: Option<Change>,
    /// What the mover wants done about everything that is kept of them.
    pub(super) privately: Option<Privately>,
    /// Whose words this turn's are.
    pub(super) voice: Voice,
    outgoing: Vec<Outgoing>,
}

/// Where words go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// A message of their own.
    New,
    /// The answer to this message of the mover's.
    Answering(MessageId),
    /// The answer to this message of the mover's, which was edited: in place of the former answer.
    AnsweringAgain(MessageId),
    /// In place of this message of ours.
    Over(MessageId),
}

impl Place {
    /// In place of the message a button was tapped under, if that can still be reached.
    pub(super) fn over(message: Option<MessageId>) -> Self {
        message.map_or(Self::New, Self::Over)
    }

    fn act(self, html: Html, buttons: Buttons) -> Act {
        match self {
            Self::New => Act::Send {
                html,
                buttons,
                answers: None,
            },
            Self::Answering(question) => Act::Send {
                html,
                buttons,
                answers: Some(question),
            },
            Self::AnsweringAgain(answers) => Act::EditAnswer {
                answers,
                html,
                buttons,
            },
            Self::Over(message) => Act::Edit {
                message,
                html,
                buttons,
            },
        }
    }
}

impl<'a> Turn<'a> {
    /// Whatever came, it came from a mover who can be reached. A form they left lying is thrown away.
    pub(super) fn begin(mut conversation: Conversation, senses: &'a Senses<'a>, now: Timestamp) -> Self {
        conversation.form.take_if(|form| !form.is_live(now));
        if senses.desk.hands == Hands::Person {
            // What is written to a person is no line about the talk before.
            conversation.rates_until = None;
        }
        Self {
            conversation: Conversation {
                reachable: true,
                last_seen: now,
                ..conversation
            },
            senses,
            now,
            tap_note: None,
            notes: Vec::new(),
            for_desk: None,
            is_goodbye: false,
            wanted: None,
            subscriber: senses.subscriber.cloned(),
            subscriber_changed: false,
            sign_ups: None,
            privately: None,
            voice: Voice::Needed,
            outgoing: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Step {
        Step {
            conversation: self.conversation,
            outgoing: self.outgoing,
            tap_note: self.tap_note,
            notes: self.notes,
            for_desk: self.for_desk,
            is_goodbye: self.is_goodbye,
            wanted: self.wanted,
            subscriber: self.subscriber.filter(|_| self.subscriber_changed),
            sign_ups: self.sign_ups,
            privately: self.privately,
        }
    }

    /// What the mover chose to hear of, or what holds before they choose.
    pub(super) fn known_subscriber(&self) -> Subscriber {
        let fresh = || Subscriber::new(self.conversation.mover);
        self.subscriber.clone().unwrap_or_else(fresh)
    }

    /// The same, to be changed.
    pub(super) fn subscriber_mut(&mut self) -> &mut Subscriber {
        self.subscriber_changed = true;
        let mover = self.conversation.mover;
        self.subscriber.get_or_insert_with(|| Subscriber::new(mover))
    }

    /// Does something other than saying words.
    pub(super) fn act(&mut self, act: Act) {
        let outgoing = Outgoing::to_person(self.conversation.mover, self.voice, act);
        self.outgoing.push(outgoing);
    }

    /// The text in the mover's language.
    pub(super) fn say(&self, text: &Text<'_>) -> String {
        self.senses.phrases.say(self.conversation.lang, text)
    }

    pub(super) fn entry(&self, id: &EntryId) -> Option<&'a Entry> {
        self.senses.revision.entries.get(id)
    }

    /// The entries that still exist.
    pub(super) fn entries<'i>(&self, ids: impl IntoIterator<Item = &'i EntryId>) -> Vec<&'a Entry> {
        ids.into_iter().filter_map(|id| self.entry(id)).collect()
    }

    /// Says one text.
    pub(super) fn tell(&mut self, place: Place, text: &Text<'_>, buttons: Buttons) {
        let said = self.say(text);
        self.tell_plain(place, &said, buttons);
    }

    /// Says text that is already in the mover's language.
    pub(super) fn tell_plain(&mut self, place: Place, plain: &str, buttons: Buttons) {
        let pieces = split(plain, MESSAGE_LIMIT);
        self.show(
            place,
            pieces.iter().map(|piece| Html::text(piece)).collect(),
            buttons,
        );
    }

    /// Shows messages one after the other: the first in its place, the buttons under the last.
    pub(super) fn show(&mut self, place: Place, mut pieces: Vec<Html>, buttons: Buttons) {
        let Some(last) = pieces.pop() else { return };
        let mut place = place;
        for piece in pieces {
            self.put(place, piece, Buttons::default());
            place = Place::New;
        }
        self.put(place, last, buttons);
    }

    /// Puts rows above the buttons of what was said last.
    pub(super) fn offer_below(&mut self, rows: Vec<Vec<ButtonFace>>) {
        if let Some(Outgoing {
            act: Act::Send { buttons, .. } | Act::EditAnswer { buttons, .. } | Act::Edit { buttons, .. },
            ..
        }) = self.outgoing.last_mut()
        {
            buttons.0.splice(0..0, rows);
        }
    }

    /// Puts a row below the buttons of what was said last, unless that button is there already.
    pub(super) fn offer_last(&mut self, face: ButtonFace) {
        let Some(Outgoing {
            act: Act::Send { buttons, .. } | Act::EditAnswer { buttons, .. } | Act::Edit { buttons, .. },
            ..
        }) = self.outgoing.last_mut()
        else {
            return;
        };
        if !buttons.0.iter().flatten().any(|other| other.does == face.does) {
            buttons.0.push(vec![face]);
        }
    }

    /// Says something before everything else of this turn.
    pub(super) fn tell_first(&mut self, text: &Text<'_>, buttons: Buttons) {
        let html = Html::text(&self.say(text));
        let outgoing = self.outgoing(Place::New, html, buttons);
        self.outgoing.insert(0, outgoing);
    }

    pub(super) fn is_silent(&self) -> bool {
        self.outgoing.is_empty()
    }

    fn put(&mut self, place: Place, html: Html, buttons: Buttons) {
        let outgoing = self.outgoing(place, html, buttons);
        self.outgoing.push(outgoing);
    }

    fn outgoing(&self, place: Place, html: Html, buttons: Buttons) -> Outgoing {
        Outgoing::to_person(self.conversation.mover, self.voice, place.act(html, buttons))
    }
}
