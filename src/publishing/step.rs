//! One thing that one of the staff did about what they publish, and what follows from it.

use jiff::Timestamp;

use crate::{
    events::{Calendar, Event},
    handover::DESK_LANG,
    outgoing::{Act, BroadcastId, Buttons, Html, MessageId, News, Outgoing, UserId},
    phrases::{Phrases, Text},
    publishing::{
        broadcast::{self, BroadcastStep, BroadcastTap, Course, Receivers, Segment},
        button::{PublishButton, WritingTap},
        event,
        writing::{Piece, Writing},
    },
};

/// Something one of the staff did outside the movers' topics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// Wants to see the events.
    Events,
    /// Wants to tell many something.
    Broadcast,
    /// A button under `message` was tapped.
    Tapped {
        button: PublishButton,
        message: Option<MessageId>,
    },
    /// Words that were waited for, and the same with their marks.
    Said { text: String, html: Html },
    /// Sent a file; why it could not be fetched, if so.
    Sent {
        name: String,
        content: Result<Vec<u8>, NotFetched>,
    },
}

impl Did {
    /// Whose writing it is about, if `who` did it.
    #[must_use]
    pub fn writer(&self, who: UserId) -> UserId {
        match self {
            Self::Tapped {
                button:
                    PublishButton::Writing {
                        by,
                        tap: WritingTap::Broadcast(BroadcastTap::Confirm),
                        ..
                    },
                ..
            } => *by,
            _ => who,
        }
    }

    /// The broadcast it is about.
    #[must_use]
    pub fn broadcast(&self) -> Option<BroadcastId> {
        match self {
            Self::Tapped {
                button: PublishButton::Broadcast { id, .. },
                ..
            } => Some(*id),
            _ => None,
        }
    }
}

/// Why there is no file to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFetched {
    TooLarge,
    /// Telegram did not give it.
    Failed,
}

/// What a step may look at.
#[derive(Clone, Copy)]
pub struct PublishSenses<'a> {
    pub phrases: &'a Phrases,
    pub calendar: &'a Calendar,
    /// How many people would be told of a change to this event; none if that cannot be counted now.
    pub hear_of: &'a dyn Fn(&Event, News) -> Option<usize>,
    /// How many each of these would reach; none if that cannot be counted now.
    pub receivers: &'a dyn Fn(&[Segment]) -> Option<Vec<Receivers>>,
    /// A colleague has to look at what is told to many.
    pub needs_second: bool,
    /// How far the broadcast is whose button was tapped.
    pub course: Option<&'a Course>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishStep {
    pub outgoing: Vec<Outgoing>,
    /// What to show on the tapped button.
    pub tap_note: Option<String>,
    /// What they write from now on; none if that has not changed.
    pub writing: Option<Writing>,
    /// The events as they are from now on.
    pub events: Vec<Event>,
    /// New ones among them are not told to everybody one by one.
    pub quietly: bool,
    pub broadcast: Option<BroadcastStep>,
}

/// Takes what one of the staff did, who writes this, if anything. To [`BroadcastTap::Confirm`] belongs what the other
/// one writes.
#[must_use]
pub fn publish(
    who: UserId,
    writing: Option<&Writing>,
    did: Did,
    senses: &PublishSenses<'_>,
    now: Timestamp,
) -> PublishStep {
    let mut at = AtWork {
        who,
        writing,
        senses,
        now,
        step: PublishStep::default(),
    };
    let begins = match &did {
        Did::Broadcast | Did::Sent { .. } => true,
        Did::Tapped { button, .. } => matches!(button, PublishButton::NewEvent | PublishButton::Open(_)),
        Did::Events | Did::Said { .. } => false,
    };
    if let Some(unfinished) = writing.filter(|writing| begins && writing.is_unfinished()) {
        at.remind_of(unfinished);
        return at.step;
    }
    match did {
        Did::Events => event::list(&mut at, 0, None),
        Did::Broadcast => broadcast::begin(&mut at),
        Did::Said { text, html } => at.said(&text, &html),
        Did::Sent { name, content } => event::sent(&mut at, &name, content),
        Did::Tapped { button, message } => match button {
            PublishButton::Events(page) => event::list(&mut at, page, message),
            PublishButton::NewEvent => event::begin(&mut at),
            PublishButton::Open(id) => event::open(&mut at, &id),
            PublishButton::Broadcast { id, change } => broadcast::steered(&mut at, id, change),
            PublishButton::Writing { by, edition, tap } => at.tapped(by, edition, tap, message),
        },
    }
    at.step
}

/// One of the staff at work.
pub(super) struct AtWork<'a> {
    pub(super) who: UserId,
    pub(super) writing: Option<&'a Writing>,
    pub(super) senses: &'a PublishSenses<'a>,
    pub(super) now: Timestamp,
    pub(super) step: PublishStep,
}

impl AtWork<'_> {
    fn said(&mut self, text: &str, html: &Html) {
        match self.writing.map(|writing| &writing.piece) {
            Some(Piece::Event(draft)) => event::answered(self, draft.clone(), text),
            Some(Piece::Broadcast(draft)) => broadcast::answered(self, draft.clone(), text, html),
            Some(Piece::Import(_) | Piece::Nothing) | None => {}
        }
    }

    fn tapped(&mut self, by: UserId, edition: u32, tap: WritingTap, message: Option<MessageId>) {
        let confirms = tap == WritingTap::Broadcast(BroadcastTap::Confirm);
        match (by == self.who, confirms) {
            (false, false) => return self.note(&Text::PublishNotYours),
            (false, true) if !self.senses.needs_second => return self.note(&Text::PublishNotYours),
            (true, true) if self.senses.needs_second => return self.note(&Text::BroadcastOwn),
            _ => {}
        }
        match self.writing.filter(|writing| writing.edition == edition) {
            None => self.note(&Text::PublishOld),
            Some(writing) => match writing.piece.clone() {
                Piece::Event(draft) => event::tapped(self, draft, tap, message),
                Piece::Import(import) => event::taken(self, import, tap, message),
                Piece::Broadcast(draft) => broadcast::tapped(self, draft, tap, message),
                Piece::Nothing => self.note(&Text::PublishOld),
            },
        }
    }

    /// Nothing half written is lost for something new.
    fn remind_of(&mut self, unfinished: &Writing) {
        let button = |text: &Text<'_>, tap| {
            let button = PublishButton::Writing {
                by: unfinished.by,
                edition: unfinished.edition,
                tap,
            };
            button.face(self.say(text))
        };
        let ways = vec![
            button(&Text::ButtonGoOn, WritingTap::Back),
            button(&Text::ButtonDiscard, WritingTap::Discard),
        ];
        self.tell(&Text::PublishUnfinished, Buttons(vec![ways]));
    }

    /// Whose writing it is.
    pub(super) fn writer(&self) -> UserId {
        self.writing.map_or(self.who, |writing| writing.by)
    }

    /// Goes on with other content; gives the writing as it is then.
    pub(super) fn keep(&mut self, piece: Piece) -> Writing {
        let writing = Writing::begun(self.writer(), self.writing, piece, self.now);
        self.step.writing = Some(writing.clone());
        writing
    }

    /// It is published, or given up.
    pub(super) fn done(&mut self) {
        let _kept = self.keep(Piece::Nothing);
    }

    pub(super) fn say(&self, text: &Text<'_>) -> String {
        self.senses.phrases.say(DESK_LANG, text)
    }

    pub(super) fn note(&mut self, text: &Text<'_>) {
        self.step.tap_note = Some(self.say(text));
    }

    pub(super) fn tell(&mut self, text: &Text<'_>, buttons: Buttons) {
        let html = Html::text(&self.say(text));
        self.show(html, buttons, None);
    }

    /// Shows something in place of a message of ours, or as a new one.
    pub(super) fn show(&mut self, html: Html, buttons: Buttons, over: Option<MessageId>) {
        self.act(Act::show(html, buttons, over));
    }

    pub(super) fn act(&mut self, act: Act) {
        self.step.outgoing.push(Outgoing::to_group(act));
    }
}
