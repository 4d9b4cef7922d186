//! What staff do in a mover's topic. Only the owner's words reach the mover; everything else stays among staff.

use jiff::Timestamp;

use crate::{
    handover::{
        button::DeskButton,
        card,
        case::{Case, Stage},
        closing, happening,
        in_topic::{InTopic, Reached},
        owning::moment_of,
        said::{Content, Said},
        senses::{DeskSenses, DeskStep},
    },
    outgoing::{Act, ButtonFace, Buttons, Emoji, Html, MessageId, Outgoing, UserId},
    phrases::Text,
};

/// Who of the staff did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staff {
    Known(UserId),
    /// Writes in the group's name, so that nobody can tell who it is.
    Anonymous,
}

/// What was done in a mover's topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffDid {
    Said(Said),
    /// A button under `message` was tapped.
    Tapped {
        button: DeskButton,
        message: Option<MessageId>,
    },
    Commanded(TopicCommand),
}

/// A command that is about the case of the topic it is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TopicCommand {
    Take,
    Release,
    /// For this reason, as somebody wrote it.
    Close(Option<String>),
    /// To the colleague who was mentioned.
    Transfer(Option<Mentioned>),
    /// Until this moment, as somebody wrote it.
    Snooze(Option<String>),
}

/// A colleague as somebody named them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mentioned {
    Person(UserId),
    /// Without the `@`.
    Username(String),
}

/// Something one of the staff did about a mover's case, in its topic.
#[must_use]
pub fn from_staff(
    case: Case,
    topic: InTopic,
    who: Staff,
    did: &StaffDid,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> DeskStep {
    let mut at_desk = AtDesk {
        before: case.clone(),
        case,
        card: topic.card,
        reached: topic.reached,
        who,
        step: DeskStep::default(),
        senses,
        now,
    };
    match did {
        StaffDid::Said(said) => at_desk.said(said),
        StaffDid::Tapped { button, message } => at_desk.tapped(button, *message),
        StaffDid::Commanded(command) => at_desk.commanded(command),
    }
    at_desk.finish()
}

pub(super) struct AtDesk<'a> {
    before: Case,
    pub(super) case: Case,
    card: Option<MessageId>,
    reached: Reached,
    pub(super) who: Staff,
    pub(super) step: DeskStep,
    pub(super) senses: &'a DeskSenses<'a>,
    pub(super) now: Timestamp,
}

impl AtDesk<'_> {
    pub(super) fn finish(mut self) -> DeskStep {
        if self.case != self.before {
            let looks = |case: &Case| (case.stage, case.alerts > 0, case.snoozed_until);
            if looks(&self.case) != looks(&self.before) {
                closing::show(&self.case, &mut self.step);
            }
            self.step.happened =
                happening::between(Some(&self.before), &self.case, &self.senses.hours, self.now);
            self.step.keep(self.case, self.senses);
        }
        self.step
    }

    pub(super) fn said(&mut self, said: &Said) {
        let is_owner =
            matches!((self.who, self.case.owner()), (Staff::Known(who), Some(owner)) if who == owner);
        if said.edited && said.is_note() {
            self.case.turns_into_note(said);
        }
        if said.edited {
            self.case.held_changed(said);
            // What was a note stays one, and what was sent is only changed by its owner, and never into a note.
            if is_owner && !said.is_note() {
                self.case.answer_changed(said.message, &said.text);
                self.step.outgoing.push(said.edit_at_mover(self.case.mover));
                return;
            }
            let text = match self.reached {
                Reached::Nobody => return,
                Reached::Outbox if said.is_note() => Text::DeskNoteInTime,
                Reached::Outbox => Text::DeskEditGoesAlong,
                Reached::Mover => Text::DeskEditNotSent,
            };
            return self.remark(said.message, &text, Buttons::default());
        }
        let album = said.album();
        if said.is_note() {
            if let Some(album) = album {
                self.case.notes_album(album);
            }
            return self.react(said.message, Emoji::Noted);
        }
        if album.is_some_and(|album| self.case.has_noted(album)) {
            return;
        }
        match self.case.stage {
            Stage::Claimed { .. } if is_owner => self.speak(said),
            Stage::Claimed { .. } => {
                self.react(said.message, Emoji::Noted);
                if self.who == Staff::Anonymous {
                    self.remark(said.message, &Text::DeskAnonymous, Buttons::default());
                }
            }
            Stage::Open | Stage::Closed { .. } => self.hold(said),
        }
    }

    /// The owner's words go to the mover.
    pub(super) fn speak(&mut self, said: &Said) {
        self.step.outgoing.push(said.to_mover(self.case.mover));
        if let Some(album) = said.album() {
            self.case.album_spoke(album);
        }
        if said.content == Content::Text {
            self.answered(said.message, &said.text);
        }
        self.case.person_spoke(self.now);
    }

    pub(super) fn tapped(&mut self, button: &DeskButton, message: Option<MessageId>) {
        let Staff::Known(who) = self.who else {
            return self.note(&Text::DeskAnonymous);
        };
        let done = match button {
            DeskButton::Take => self.take(who),
            DeskButton::TakeOver => self.take_over(who),
            DeskButton::Release => self.release(who),
            DeskButton::Colleagues => return self.menu(message, card::colleagues(&self.case, self.senses)),
            DeskButton::HandOn(to) => self.hand_on(who, *to),
            DeskButton::Reasons => return self.menu(message, card::reasons_or_back(self.senses)),
            DeskButton::Close(reason) => self.close(who, *reason),
            DeskButton::Reopen => self.reopen(who),
            DeskButton::Rests => return self.menu(message, card::rests(self.senses)),
            DeskButton::Snooze(rest) => self.snooze(who, self.until(*rest)),
            DeskButton::Back => {
                closing::show(&self.case, &mut self.step);
                let buttons = card::alert_buttons(&self.case, self.senses);
                self.rewrite_reminder(message, self.title(), buttons);
                Ok(())
            }
            DeskButton::Suggest(entry) => self.suggest(who, entry),
            DeskButton::TakeAndSend(held) => self.take_and_send(who, *held, message),
            DeskButton::KeepAsNote(held) => {
                self.keep_as_note(*held, message);
                Ok(())
            }
            DeskButton::Learn(reply) => {
                self.learn(who, *reply, message);
                Ok(())
            }
            DeskButton::Cases(..) | DeskButton::Unanswered(_) => Ok(()),
        };
        match done {
            Err(refusal) => self.step.tap_note = Some(self.why(refusal)),
            Ok(()) if matches!(button, DeskButton::Snooze(_) | DeskButton::Close(_)) => {
                let said = self.step.tap_note.clone().unwrap_or_default();
                self.rewrite_reminder(message, Html::text(&said), Buttons::default());
            }
            Ok(()) => {}
        }
    }

    pub(super) fn commanded(&mut self, command: &TopicCommand) {
        let Staff::Known(who) = self.who else {
            return self.tell(&Text::DeskAnonymous);
        };
        let done = match command {
            TopicCommand::Take => self.take(who),
            TopicCommand::Release => self.release(who),
            TopicCommand::Close(why) => self.close_for(who, why.as_deref()),
            TopicCommand::Transfer(mentioned) => match mentioned.as_ref().map(|named| self.find(named)) {
                Some(Some(to)) => self.hand_on(who, to),
                Some(None) => return self.tell(&Text::DeskUnknownColleague),
                None => return self.tell(&Text::DeskTransferHow),
            },
            TopicCommand::Snooze(until) => {
                match until.as_deref().and_then(|text| moment_of(text, self.now)) {
                    Some(until) => self.snooze(who, until),
                    None => return self.tell(&Text::DeskSnoozeHow),
                }
            }
        };
        match done {
            Err(refusal) => {
                let why = self.why(refusal);
                self.say(Html::text(&why));
            }
            // Every other command is answered by what it does; a rest does nothing yet.
            Ok(()) if matches!(command, TopicCommand::Snooze(_)) => {
                let until = self.step.tap_note.take().unwrap_or_default();
                self.say(Html::text(&until));
            }
            Ok(()) => {}
        }
    }

    /// Shows choices under the message that was tapped.
    pub(super) fn menu(&mut self, message: Option<MessageId>, buttons: Buttons) {
        let Some(message) = message else {
            return self.note(&Text::OldButton);
        };
        if self.card != Some(message) {
            return self.rewrite_reminder(Some(message), self.title(), buttons);
        }
        let act = Act::Edit {
            message,
            html: card::html(&self.case, self.senses, self.now),
            buttons,
        };
        self.step.outgoing.push(Outgoing::aside(self.case.mover, act));
    }

    /// A choice made under a reminder stands there, and not a second card.
    fn rewrite_reminder(&mut self, message: Option<MessageId>, html: Html, buttons: Buttons) {
        if let Some(message) = message.filter(|message| self.card != Some(*message)) {
            let act = Act::Edit {
                message,
                html,
                buttons,
            };
            self.step.outgoing.push(Outgoing::aside(self.case.mover, act));
        }
    }

    fn title(&self) -> Html {
        Html::text(&card::title(&self.case, self.senses, self.now))
    }

    pub(super) fn find(&self, named: &Mentioned) -> Option<UserId> {
        let found = self.senses.colleagues.iter().find(|(id, face)| match named {
            Mentioned::Person(who) => id == who,
            Mentioned::Username(name) => face
                .username
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(name)),
        });
        found.map(|(id, _)| *id)
    }

    pub(super) fn face(&self, button: &DeskButton, label: &Text<'_>) -> ButtonFace {
        button.face(self.senses.say(label))
    }

    pub(super) fn react(&mut self, on: MessageId, emoji: Emoji) {
        let act = Act::React { on, emoji };
        self.step.outgoing.push(Outgoing::aside(self.case.mover, act));
    }

    pub(super) fn remark(&mut self, on: MessageId, text: &Text<'_>, buttons: Buttons) {
        let act = Act::Remark {
            on,
            html: self.senses.html(text),
            buttons,
        };
        self.step.outgoing.push(Outgoing::to_topic(self.case.mover, act));
    }

    pub(super) fn note(&mut self, text: &Text<'_>) {
        self.step.tap_note = Some(self.senses.say(text));
    }

    pub(super) fn tell(&mut self, text: &Text<'_>) {
        let html = self.senses.html(text);
        self.say(html);
    }

    pub(super) fn say(&mut self, html: Html) {
        self.step
            .outgoing
            .push(Outgoing::to_topic(self.case.mover, Act::say(html)));
    }
}
