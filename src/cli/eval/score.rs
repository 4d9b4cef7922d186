//! Asks the bot everything in a file of labelled questions.

use jiff::Timestamp;

use crate::{
    cli::{
        ask::{Answerer, Reply},
        eval::{
            curve::Shot,
            judge::{Judged, judge},
            questions::{Labelled, Line},
            scored::{Came, Scored},
        },
    },
    conversation::Conversation,
    knowledge::{Decision, Revision},
    lang::Lang,
    outgoing::UserId,
    understanding::{Verdict, evidence::SIGNAL_NAMES},
};

/// Who answers: the bot as it is, and, for the curve, one that answers whatever it can.
pub struct Asker {
    revision: Revision,
    answerer: Answerer,
    bold: Option<Answerer>,
}

/// One question as it went, and how it came about.
pub struct Asked {
    pub scored: Scored,
    pub verdict: Verdict,
    /// What the bold one made of it, if that was an answer.
    pub shot: Option<Shot>,
}

impl Asker {
    /// `bold` is for a curve: it takes a second index.
    ///
    /// # Errors
    /// When the revision cannot be understood with.
    pub fn open(revision: Revision, bold: bool) -> anyhow::Result<Self> {
        let bold = bold.then(|| {
            let mut decision = decision_of(&revision);
            decision.answer_from = 0.0;
            Answerer::open(Revision {
                decision: Some(decision),
                ..revision.clone()
            })
        });
        Ok(Self {
            answerer: Answerer::open(revision.clone())?,
            bold: bold.transpose()?,
            revision,
        })
    }

    /// What is answered from.
    #[must_use]
    pub fn revision(&self) -> &Revision {
        &self.revision
    }

    /// Asks everything, turn by turn.
    #[must_use]
    pub fn ask_all(&self, lines: Vec<Line>, now: Timestamp) -> Vec<Asked> {
        lines
            .into_iter()
            .flat_map(|line| self.ask_line(line, now))
            .collect()
    }

    fn ask_line(&self, line: Line, now: Timestamp) -> Vec<Asked> {
        let (id, tag, style, turns) = match line {
            Line::Dialogue {
                id,
                lang,
                style,
                turns,
            } => (id, lang, style, turns),
            Line::Single {
                lang,
                style,
                question,
            } => (question.id.clone(), lang, style, vec![question]),
        };
        let lang = Lang::from_tag(&tag);
        let mut conversation = Conversation::new(UserId(1), lang.unwrap_or(Lang::Ja), now);
        conversation.lang_chosen = lang.is_some();
        let mut asked = Vec::new();
        for (turn, labelled) in (1..).zip(turns) {
            let shot = self.shot(&conversation, &labelled, now);
            let Reply { verdict, text } = self.answerer.answer(&mut conversation, &labelled.q, now);
            let scored = Scored {
                id: id.clone(),
                turn,
                lang: tag.clone(),
                style: style.clone(),
                category: self.category(&labelled),
                came: Came::from(&verdict.outcome),
                confidence: verdict.confidence,
                judged: judge(&labelled.wanted, &verdict, &text),
                question: labelled.q,
                wanted: labelled.wanted,
            };
            asked.push(Asked {
                scored,
                verdict,
                shot,
            });
        }
        asked
    }

    fn category(&self, labelled: &Labelled) -> Option<String> {
        let first = labelled.wanted.accept.first()?;
        Some(self.revision.entries.get(first)?.category.clone())
    }

    /// What would be answered at a low enough threshold. The conversation goes on as the bot as it is leads it.
    fn shot(&self, conversation: &Conversation, labelled: &Labelled, now: Timestamp) -> Option<Shot> {
        let bold = self.bold.as_ref()?;
        let Reply { verdict, text } = bold.answer(&mut conversation.clone(), &labelled.q, now);
        matches!(Came::from(&verdict.outcome), Came::Answer { .. }).then(|| Shot {
            confidence: verdict.confidence,
            right: judge(&labelled.wanted, &verdict, &text) == Judged::Right,
        })
    }
}

/// The decision a revision is answered by.
#[must_use]
pub fn decision_of(revision: &Revision) -> Decision {
    revision
        .decision
        .clone()
        .unwrap_or_else(|| Decision::unfitted(&SIGNAL_NAMES))
}
