//! With one tap under their reply, staff turn an answer into the draft of an entry.

use crate::{
    conversation::masked,
    handover::{button::DeskButton, draft::Draft, from_staff::AtDesk},
    outgoing::{Act, Buttons, MessageId, Outgoing, UserId},
    phrases::Text,
};

/// Shorter replies ("yes", "please wait") teach nothing. In characters.
const SHORTEST_DRAFT: usize = 20;

impl AtDesk<'_> {
    /// The owner's words went to the mover: remembers them and offers to keep them as a draft. What was said to
    /// somebody in danger stays with them.
    pub(super) fn answered(&mut self, message: MessageId, text: &str) {
        self.case.answered(message, text, self.now);
        if text.trim().chars().count() < SHORTEST_DRAFT || self.case.is_urgent() {
            return;
        }
        let learn = self.face(&DeskButton::Learn(message), &Text::DeskButtonLearn);
        let act = Act::Remark {
            on: message,
            html: self.senses.html(&Text::DeskDraftOffer),
            buttons: Buttons(vec![vec![learn]]),
        };
        self.step.outgoing.push(Outgoing::aside(self.case.mover, act));
    }

    /// Keeps a reply as a draft, once.
    pub(super) fn learn(&mut self, who: UserId, reply: MessageId, offer: Option<MessageId>) {
        let urgent = self.case.is_urgent();
        let found = self.case.answers.iter_mut().find(|one| one.message == reply);
        let Some(answered) = found.filter(|_| !urgent) else {
            return self.settle_question(offer, &Text::DeskNotDrafted);
        };
        if !answered.drafted {
            answered.drafted = true;
            self.step.draft = Some(Draft {
                question: answered.asked.as_deref().map(masked),
                lang: self.case.lang,
                text: answered.text.clone(),
                entry: None,
                asked_by: Some(self.case.mover),
                by: who,
                at: answered.at.unwrap_or(self.now),
            });
        }
        self.settle_question(offer, &Text::DeskDrafted);
    }
}
