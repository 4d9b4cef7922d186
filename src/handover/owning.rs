//! Whose case it is: taking, giving back, handing on, putting off, closing.

use jiff::{SignedDuration, Timestamp, civil};

use crate::{
    clock::{from_city, in_city},
    conversation::Button,
    handover::{
        button::Rest,
        card,
        case::{Case, Closing, Reason},
        changes::Refusal,
        closing,
        from_staff::AtDesk,
        senses::{DeskSenses, DeskStep},
    },
    lang::Lang,
    outgoing::{Act, Buttons, Html, Outgoing, UserId, Voice},
    phrases::Text,
};

impl AtDesk<'_> {
    pub(super) fn why(&self, refusal: Refusal) -> String {
        match refusal {
            Refusal::TakenBy(owner) => {
                let name = &self.senses.name_of(owner);
                self.senses.say(&Text::DeskTakenByOther { name })
            }
            Refusal::NobodyWaits(owner) => {
                let name = &self.senses.name_of(owner);
                self.senses.say(&Text::DeskNobodyWaits { name })
            }
            Refusal::AlreadyYours => self.senses.say(&Text::DeskAlreadyYours),
            Refusal::NotTaken => self.senses.say(&Text::DeskNotTaken),
            Refusal::Closed => self.senses.say(&Text::DeskIsClosed),
            Refusal::NotClosed => self.senses.say(&Text::DeskIsNotClosed),
            Refusal::Past => self.senses.say(&Text::DeskIsPast),
        }
    }

    pub(super) fn take(&mut self, who: UserId) -> Result<(), Refusal> {
        self.case.take(who, self.now)?;
        self.taken();
        Ok(())
    }

    pub(super) fn take_over(&mut self, who: UserId) -> Result<(), Refusal> {
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

    /// Tells the mover that a person is there now, and how to end the talk.
    pub(super) fn taken(&mut self) {
        self.note(&Text::DeskTaken);
        let end = self.senses.talk.phrases.say(self.case.lang, &Text::ButtonEndCase);
        let act = Act::Send {
            html: self.senses.say_to(&self.case, &Text::CaseTaken),
            buttons: Buttons(vec![vec![Button::EndCase.face(end)]]),
            answers: None,
        };
        self.step
            .outgoing
            .push(Outgoing::to_person(self.case.mover, Voice::Needed, act));
    }

    pub(super) fn release(&mut self, who: UserId) -> Result<(), Refusal> {
        self.case.release(who, self.now)?;
        self.note(&Text::DeskReleased);
        let name = &self.senses.name_of(who);
        self.tell(&Text::DeskReleasedBy { name });
        Ok(())
    }

    pub(super) fn hand_on(&mut self, who: UserId, to: UserId) -> Result<(), Refusal> {
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

    pub(super) fn close(&mut self, who: UserId, reason: Reason) -> Result<(), Refusal> {
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

    /// Closes by command; whoever names no reason is asked for one.
    pub(super) fn close_for(&mut self, who: UserId, why: Option<&str>) -> Result<(), Refusal> {
        if let Some(reason) = why.and_then(|words| reason_in(words, self.senses)) {
            return self.close(who, reason);
        }
        self.case.may_act(who)?;
        let act = Act::Send {
            html: self.senses.html(&Text::DeskCloseWhy),
            buttons: card::reasons(self.senses),
            answers: None,
        };
        self.step.outgoing.push(Outgoing::to_topic(self.case.mover, act));
        Ok(())
    }

    pub(super) fn reopen(&mut self, who: UserId) -> Result<(), Refusal> {
        self.case.reopen_by(who, self.now)?;
        self.taken();
        Ok(())
    }

    pub(super) fn snooze(&mut self, who: UserId, until: Timestamp) -> Result<(), Refusal> {
        self.case.snooze(who, until, self.now)?;
        let moment = &self.senses.moment(until, self.now);
        self.note(&Text::DeskSnoozed { moment });
        Ok(())
    }

    pub(super) fn until(&self, rest: Rest) -> Timestamp {
        let hours = &self.senses.hours;
        match rest {
            Rest::Hour => self.now + SignedDuration::from_hours(1),
            Rest::NextDeskDay => hours.next_day(self.now, 1),
            Rest::ThreeDays => hours.next_day(self.now, 3),
        }
    }
}

/// The reason with this label on its button, in any of our languages.
fn reason_in(words: &str, senses: &DeskSenses<'_>) -> Option<Reason> {
    let words = words.trim().to_lowercase();
    let names = |reason: Reason| {
        let label = card::reason_label(reason);
        let phrases = senses.talk.phrases;
        Lang::ALL
            .iter()
            .any(|lang| phrases.say(*lang, &label).to_lowercase() == words)
    };
    Reason::ALL.into_iter().find(|reason| names(*reason))
}

/// `2026-12-01 10:00`, or `10:00` for the next time the city's clocks show that.
pub(super) fn moment_of(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<civil::DateTime>() {
        return from_city(moment);
    }
    // A full date also parses as a time, so this comes second.
    if let Ok(time) = text.parse::<civil::Time>() {
        let today = from_city(in_city(now).date().to_datetime(time))?;
        let later = if today > now {
            SignedDuration::ZERO
        } else {
            SignedDuration::from_hours(24)
        };
        return Some(today + later);
    }
    None
}

/// The owner has left the group: the case is open to everybody again.
#[must_use]
pub fn owner_left(case: Case, senses: &DeskSenses<'_>, now: Timestamp) -> DeskStep {
    let mut step = DeskStep::default();
    let mut case = case;
    let Some(owner) = case.owner() else { return step };
    let name = &senses.name_of(owner);
    let html = senses.html(&Text::DeskOwnerLeft { name });
    step.outgoing.push(Outgoing::to_topic(case.mover, Act::say(html)));
    case.loses_owner(now);
    closing::show(&case, &mut step);
    step.keep(case, senses);
    step
}
