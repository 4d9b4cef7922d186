//! Words of staff that wait for a decision, and texts that staff send with one tap.

use crate::{
    conversation::compose,
    handover::{
        button::DeskButton,
        case::Held,
        changes::Refusal,
        from_staff::{AtDesk, Staff},
        said::{Said, relay_to_mover},
        senses::DESK_LANG,
    },
    knowledge::EntryId,
    outgoing::{Act, Body, Buttons, Emoji, MessageId, Outgoing, UserId, Voice},
    phrases::Text,
};

/// At most this many messages of staff wait for a decision; whoever writes more is told to decide first.
const MOST_HELD: usize = 30;

impl AtDesk<'_> {
    /// Words in a case without an owner wait until somebody decides about them.
    pub(super) fn hold(&mut self, said: &Said) {
        let album = said.album().map(str::to_owned);
        let asked = album.is_some() && self.case.held.iter().any(|held| held.album == album);
        // An album is never taken apart.
        if self.case.held.len() >= MOST_HELD && !asked {
            if let Some(album) = &album {
                self.case.notes_album(album);
            }
            return self.remark(said.message, &Text::DeskHeldFull, Buttons::default());
        }
        self.case.held.push(Held {
            message: said.message,
            by: match self.who {
                Staff::Known(who) => Some(who),
                Staff::Anonymous => None,
            },
            album,
            text: said.text.clone(),
            words: said.words(),
            reply: said.reply.clone(),
            asked_closed: !self.case.is_live(),
        });
        if !asked {
            let (ask, buttons) = self.held_question(said.message);
            self.remark(said.message, &ask, buttons);
        }
    }

    /// What staff are asked about held words, as the case stands.
    fn held_question(&self, held: MessageId) -> (Text<'static>, Buttons) {
        let (ask, send) = if self.case.is_live() {
            (Text::DeskHeld, Text::DeskButtonTakeAndSend)
        } else {
            (Text::DeskHeldClosed, Text::DeskButtonReopenAndSend)
        };
        let buttons = Buttons(vec![vec![
            self.face(&DeskButton::TakeAndSend(held), &send),
            self.face(&DeskButton::KeepAsNote(held), &Text::DeskButtonNote),
        ]]);
        (ask, buttons)
    }

    /// Asks staff again about held words, because the case was closed since.
    fn ask_again(&mut self, held: MessageId, question: Option<MessageId>) {
        for one in &mut self.case.held {
            one.asked_closed |= one.message == held;
        }
        self.note(&Text::DeskIsClosed);
        let (ask, buttons) = self.held_question(held);
        if let Some(message) = question {
            let html = self.senses.html(&ask);
            let act = Act::Edit {
                message,
                html,
                buttons,
            };
            self.step.outgoing.push(Outgoing::aside(self.case.mover, act));
        }
    }

    /// Sends an entry's text in the mover's language; whoever sends it takes the case if it has no owner.
    pub(super) fn suggest(&mut self, who: UserId, entry: &EntryId) -> Result<(), Refusal> {
        let Some(entry) = self.senses.talk.revision.entries.get(entry) else {
            self.note(&Text::OldButton);
            return Ok(());
        };
        match self.case.take(who, self.now) {
            Ok(()) => self.taken(),
            Err(Refusal::AlreadyYours) => {}
            Err(refusal) => return Err(refusal),
        }
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

    /// Takes the case, reopening it if need be, and passes the held words on, with their whole album.
    pub(super) fn take_and_send(
        &mut self,
        who: UserId,
        held: MessageId,
        question: Option<MessageId>,
    ) -> Result<(), Refusal> {
        let Some(first) = self.case.held.iter().find(|one| one.message == held).cloned() else {
            self.note(&Text::OldButton);
            return Ok(());
        };
        if !self.case.is_live() && !first.asked_closed {
            self.ask_again(held, question);
            return Ok(());
        }
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
            self.step.outgoing.push(relay_to_mover(
                self.case.mover,
                one.message,
                body,
                one.reply.clone(),
                one.words,
            ));
            if one.album.is_none() {
                self.answered(one.message, &one.text);
            }
        }
        self.case.person_spoke(self.now);
        self.settle_question(question, &Text::DeskHeldSent);
        Ok(())
    }

    pub(super) fn keep_as_note(&mut self, held: MessageId, question: Option<MessageId>) {
        let Some(first) = self.case.held.iter().find(|one| one.message == held) else {
            // Somebody has already decided, perhaps to send them.
            return self.note(&Text::OldButton);
        };
        let album = first.album.clone();
        self.case
            .held
            .retain(|one| one.message != held && (album.is_none() || one.album != album));
        self.react(held, Emoji::Noted);
        self.settle_question(question, &Text::DeskHeldNoted);
    }

    /// Replaces the question about held words with what became of them.
    pub(super) fn settle_question(&mut self, question: Option<MessageId>, text: &Text<'_>) {
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
}
