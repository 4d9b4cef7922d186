//! What staff do in a mover's topic. Only the owner's words reach the mover; everything else stays among staff.

use jiff::{SignedDuration, Timestamp, civil};

use crate::{
    clock::{from_city, in_city},
    conversation::compose,
    handover::{
        button::{DeskButton, Rest},
        card,
        case::{Case, Closing, Held, Reason, Refusal, Stage},
        closing,
        said::{Content, Said, relay_to_mover},
        senses::{DESK_LANG, DeskSenses, DeskStep},
    },
    knowledge::EntryId,
    outgoing::{Act, Body, Buttons, Emoji, Html, MessageId, Outgoing, UserId, Voice},
    phrases::Text,
};

/// A line that begins so is a note, whoever writes it.
const NOTE_MARK: &str = "//";

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
    Close,
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

/// Something one of the staff did about a mover's case.
#[must_use]
pub fn from_staff(
    case: Case,
    who: Staff,
    did: &StaffDid,
    senses: &DeskSenses<'_>,
    now: Timestamp,
) -> DeskStep {
    let mut at_desk = AtDesk {
        before: case.clone(),
        case,
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

struct AtDesk<'a> {
    before: Case,
    case: Case,
    who: Staff,
    step: DeskStep,
    senses: &'a DeskSenses<'a>,
    now: Timestamp,
}

impl AtDesk<'_> {
    fn finish(mut self) -> DeskStep {
        if self.case != self.before {
            let looks = |case: &Case| (case.stage, case.alerts > 0, case.is_snoozed(self.now));
            if looks(&self.case) != looks(&self.before) {
                closing::show(&self.case, &mut self.step);
            }
            self.step.keep(self.case, self.senses);
        }
        self.step
    }

    fn said(&mut self, said: &Said) {
        let is_owner =
            matches!((self.who, self.case.owner()), (Staff::Known(who), Some(owner)) if who == owner);
        if said.edited {
            // What was a note stays one, and what was sent is only changed by its owner, and never into a note.
            if is_owner && !is_note(said) {
                self.step.outgoing.push(said.edit_at_mover(self.case.mover));
            }
            return;
        }
        if is_note(said) {
            return self.react(said.message, Emoji::Noted);
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
    fn speak(&mut self, said: &Said) {
        self.step.outgoing.push(said.to_mover(self.case.mover));
        if said.content == Content::Text {
            self.case.answered(said.message, &said.text);
        }
        self.case.person_spoke(self.now);
    }

    /// Words in a case that is nobody's wait until somebody decides.
    fn hold(&mut self, said: &Said) {
        let album = match &said.content {
            Content::Media { album } => album.clone(),
            Content::Text => None,
        };
        let asked = album.is_some() && self.case.held.iter().any(|held| held.album == album);
        self.case.held.push(Held {
            message: said.message,
            by: match self.who {
                Staff::Known(who) => Some(who),
                Staff::Anonymous => None,
            },
            album,
            text: said.text.clone(),
        });
        if asked {
            return;
        }
        let closed = !self.case.is_live();
        let (ask, send) = if closed {
            (Text::DeskHeldClosed, Text::DeskButtonReopenAndSend)
        } else {
            (Text::DeskHeld, Text::DeskButtonTakeAndSend)
        };
        let buttons = Buttons(vec![vec![
            self.face(&DeskButton::TakeAndSend(said.message), &send),
            self.face(&DeskButton::KeepAsNote(said.message), &Text::DeskButtonNote),
        ]]);
        self.remark(said.message, &ask, buttons);
    }

    fn tapped(&mut self, button: &DeskButton, message: Option<MessageId>) {
        let Staff::Known(who) = self.who else {
            return self.note(&Text::DeskAnonymous);
        };
        let done = match button {
            DeskButton::Take => self.take(who),
            DeskButton::TakeOver => self.take_over(who),
            DeskButton::Release => self.release(who),
            DeskButton::Colleagues => return self.menu(message, card::colleagues(&self.case, self.senses)),
            DeskButton::HandOn(to) => self.hand_on(who, *to),
            DeskButton::Reasons => return self.menu(message, card::reasons(self.senses)),
            DeskButton::Close(reason) => self.close(who, *reason),
            DeskButton::Reopen => self.reopen(who),
            DeskButton::Rests => return self.menu(message, card::rests(self.senses)),
            DeskButton::Snooze(rest) => self.snooze(who, self.until(*rest)),
            DeskButton::Back => {
                closing::show(&self.case, &mut self.step);
                Ok(())
            }
            DeskButton::Suggest(entry) => self.suggest(who, entry),
            DeskButton::TakeAndSend(held) => self.take_and_send(who, *held, message),
            DeskButton::KeepAsNote(held) => {
                self.keep_as_note(*held, message);
                Ok(())
            }
            DeskButton::Learn(_) | DeskButton::Cases(..) | DeskButton::Unanswered(_) => Ok(()),
        };
        if let Err(refusal) = done {
            let why = self.why(refusal);
            self.step.tap_note = Some(why);
        }
    }

    fn commanded(&mut self, command: &TopicCommand) {
        let Staff::Known(who) = self.who else {
            return self.tell(&Text::DeskAnonymous);
        };
        let done = match command {
            TopicCommand::Take => self.take(who),
            TopicCommand::Release => self.release(who),
            TopicCommand::Close => self.close(who, Reason::Solved),
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
        if let Err(refusal) = done {
            let why = self.why(refusal);
            self.say(Html::text(&why));
        }
    }

    fn take(&mut self, who: UserId) -> Result<(), Refusal> {
        self.case.take(who, self.now)?;
        self.taken();
        Ok(())
    }

    fn take_over(&mut self, who: UserId) -> Result<(), Refusal> {
        let had_owner = self.case.owner().is_some();
        self.case.take_over(who, self.now)?;
        if had_owner {
            self.note(&Text::DeskTaken);
            let name = &self.senses.name_of(who);
            self.tell(&Text::DeskTakenOver { name });
        } else {
            self.taken();
        }
        Ok(())
    }

    /// The mover hears that a person is there now, and how to end it.
    fn taken(&mut self) {
        self.note(&Text::DeskTaken);
        let end = self.senses.talk.phrases.say(self.case.lang, &Text::ButtonEndCase);
        let act = Act::Send {
            html: self.senses.say_to(&self.case, &Text::CaseTaken),
            buttons: Buttons(vec![vec![crate::outgoing::ButtonFace {
                label: end,
                does: crate::outgoing::ButtonDoes::Callback(crate::conversation::Button::EndCase.encode()),
            }]]),
            answers: None,
        };
        self.step
            .outgoing
            .push(Outgoing::to_person(self.case.mover, Voice::Needed, act));
    }

    fn release(&mut self, who: UserId) -> Result<(), Refusal> {
        self.case.release(who)?;
        self.note(&Text::DeskReleased);
        let name = &self.senses.name_of(who);
        self.tell(&Text::DeskReleasedBy { name });
        Ok(())
    }

    fn hand_on(&mut self, who: UserId, to: UserId) -> Result<(), Refusal> {
        if !self.senses.colleagues.iter().any(|(id, _)| *id == to) {
            self.note(&Text::DeskUnknownColleague);
            return Ok(());
        }
        self.case.hand_on(who, to, self.now)?;
        self.note(&Text::DeskHandedOn);
        let name = self.senses.name_of(to);
        let html = Html::mention(&name, to.0).line(&self.senses.html(&Text::DeskHandedTo));
        self.say(html);
        Ok(())
    }

    fn close(&mut self, who: UserId, reason: Reason) -> Result<(), Refusal> {
        self.case.close(who, reason, self.now)?;
        self.note(&Text::DeskClosed);
        closing::tell(
            &self.case,
            Closing::Staff { by: who, reason },
            &mut self.step,
            self.senses,
        );
        Ok(())
    }

    fn reopen(&mut self, who: UserId) -> Result<(), Refusal> {
        self.case.reopen_by(who, self.now)?;
        self.taken();
        Ok(())
    }

    fn snooze(&mut self, who: UserId, until: Timestamp) -> Result<(), Refusal> {
        self.case.snooze(who, until, self.now)?;
        let moment = &self.senses.moment(until, self.now);
        self.note(&Text::DeskSnoozed { moment });
        Ok(())
    }

    /// An entry's text in the mover's language; whoever sends it takes the case if it is nobody's.
    fn suggest(&mut self, who: UserId, entry: &EntryId) -> Result<(), Refusal> {
        match self.case.take(who, self.now) {
            Ok(()) => self.taken(),
            Err(Refusal::AlreadyYours) => {}
            Err(refusal) => return Err(refusal),
        }
        let Some(entry) = self.senses.talk.revision.entries.get(entry) else {
            self.note(&Text::OldButton);
            return Ok(());
        };
        let talk = &self.senses.talk;
        for html in compose(entry, talk.revision, talk.phrases, self.case.lang, self.now).pieces() {
            self.step.outgoing.push(Outgoing::to_person(
                self.case.mover,
                Voice::Person,
                Act::say(html),
            ));
        }
        self.case.person_spoke(self.now);
        let label = entry.label_in(DESK_LANG);
        self.note(&Text::DeskSuggestionSent);
        self.tell(&Text::DeskSuggestionWasSent { label });
        Ok(())
    }

    /// Takes the case, opening it again if need be, and passes the held words on, the whole album of them.
    fn take_and_send(
        &mut self,
        who: UserId,
        held: MessageId,
        question: Option<MessageId>,
    ) -> Result<(), Refusal> {
        let Some(first) = self.case.held.iter().find(|one| one.message == held).cloned() else {
            self.note(&Text::OldButton);
            return Ok(());
        };
        let reopened = self.case.reopen_by(who, self.now);
        match reopened.or_else(|_| self.case.take(who, self.now)) {
            Ok(()) => self.taken(),
            Err(Refusal::AlreadyYours) => {}
            Err(refusal) => return Err(refusal),
        }
        let goes = |one: &Held| one.message == held || (first.album.is_some() && one.album == first.album);
        let (go, stay): (Vec<Held>, Vec<Held>) = self.case.held.drain(..).partition(goes);
        self.case.held = stay;
        for one in go {
            let body = one.album.clone().map_or(Body::Whole, Body::Album);
            self.step
                .outgoing
                .push(relay_to_mover(self.case.mover, one.message, body, None));
            if one.album.is_none() {
                self.case.answered(one.message, &one.text);
            }
        }
        self.case.person_spoke(self.now);
        self.settle_question(question, &Text::DeskHeldSent);
        Ok(())
    }

    fn keep_as_note(&mut self, held: MessageId, question: Option<MessageId>) {
        let album = self
            .case
            .held
            .iter()
            .find(|one| one.message == held)
            .and_then(|one| one.album.clone());
        self.case
            .held
            .retain(|one| one.message != held && (album.is_none() || one.album != album));
        self.react(held, Emoji::Noted);
        self.settle_question(question, &Text::DeskHeldNoted);
    }

    /// The question about held words gives way to what became of them.
    fn settle_question(&mut self, question: Option<MessageId>, text: &Text<'_>) {
        self.note(text);
        if let Some(message) = question {
            let act = Act::Edit {
                message,
                html: self.senses.html(text),
                buttons: Buttons::default(),
            };
            self.step.outgoing.push(Outgoing::aside(self.case.mover, act));
        }
    }

    /// Shows choices under the message that was tapped.
    fn menu(&mut self, message: Option<MessageId>, buttons: Buttons) {
        let Some(message) = message else {
            return self.note(&Text::OldButton);
        };
        let act = Act::Edit {
            message,
            html: card::html(&self.case, self.senses, self.now),
            buttons,
        };
        self.step.outgoing.push(Outgoing::aside(self.case.mover, act));
    }

    fn until(&self, rest: Rest) -> Timestamp {
        let hours = &self.senses.hours;
        match rest {
            Rest::Hour => self.now + SignedDuration::from_hours(1),
            Rest::NextDeskDay => hours.next_day(self.now, 1),
            Rest::ThreeDays => hours.next_day(self.now, 3),
        }
    }

    fn find(&self, named: &Mentioned) -> Option<UserId> {
        let found = self.senses.colleagues.iter().find(|(id, face)| match named {
            Mentioned::Person(who) => id == who,
            Mentioned::Username(name) => face
                .username
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(name)),
        });
        found.map(|(id, _)| *id)
    }

    fn why(&self, refusal: Refusal) -> String {
        match refusal {
            Refusal::TakenBy(owner) => {
                let name = &self.senses.name_of(owner);
                self.senses.say(&Text::DeskTakenByOther { name })
            }
            Refusal::AlreadyYours => self.senses.say(&Text::DeskAlreadyYours),
            Refusal::NotTaken => self.senses.say(&Text::DeskNotTaken),
            Refusal::Closed => self.senses.say(&Text::DeskIsClosed),
            Refusal::NotClosed => self.senses.say(&Text::DeskIsNotClosed),
            Refusal::Past => self.senses.say(&Text::DeskIsPast),
        }
    }

    fn face(&self, button: &DeskButton, label: &Text<'_>) -> crate::outgoing::ButtonFace {
        button.face(self.senses.say(label))
    }

    fn react(&mut self, on: MessageId, emoji: Emoji) {
        let act = Act::React { on, emoji };
        self.step.outgoing.push(Outgoing::aside(self.case.mover, act));
    }

    fn remark(&mut self, on: MessageId, text: &Text<'_>, buttons: Buttons) {
        let act = Act::Remark {
            on,
            html: self.senses.html(text),
            buttons,
        };
        self.step.outgoing.push(Outgoing::to_topic(self.case.mover, act));
    }

    fn note(&mut self, text: &Text<'_>) {
        self.step.tap_note = Some(self.senses.say(text));
    }

    fn tell(&mut self, text: &Text<'_>) {
        let html = self.senses.html(text);
        self.say(html);
    }

    fn say(&mut self, html: Html) {
        self.step
            .outgoing
            .push(Outgoing::to_topic(self.case.mover, Act::say(html)));
    }
}

/// `2026-12-01 10:00`, or `10:00` for the next time the city's clocks show that.
fn moment_of(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse::<civil::Time>() {
        let today = from_city(in_city(now).date().to_datetime(time))?;
        let later = if today > now {
            SignedDuration::ZERO
        } else {
            SignedDuration::from_hours(24)
        };
        return Some(today + later);
    }
    from_city(text.parse::<civil::DateTime>().ok()?)
}

/// The owner has left the group: the case is everybody's again.
#[must_use]
pub fn owner_left(case: Case, senses: &DeskSenses<'_>, now: Timestamp) -> DeskStep {
    let mut step = DeskStep::default();
    let mut case = case;
    let Some(owner) = case.owner() else { return step };
    let name = &senses.name_of(owner);
    let html = senses.html(&Text::DeskReleasedBy { name });
    step.outgoing.push(Outgoing::to_topic(case.mover, Act::say(html)));
    case.loses_owner(now);
    closing::show(&case, &mut step);
    step.keep(case, senses);
    step
}

fn is_note(said: &Said) -> bool {
    said.text.trim_start().starts_with(NOTE_MARK)
}
