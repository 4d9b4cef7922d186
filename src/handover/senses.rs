//! What the desk's steps may look at, and what they return.

use jiff::Timestamp;

use crate::{
    conversation::{self, Conversation, Hands, Note, Privately, Senses, Wanted},
    handover::{
        case::{Case, Face, Stage},
        draft::Draft,
        happening::Happening,
        hours::DeskHours,
        timer,
    },
    lang::Lang,
    outgoing::{Html, Outgoing, UserId, is_unseen},
    phrases::Text,
    reminders::Subscriber,
    signups::SignUpList,
};

/// The language the bot speaks to staff.
pub const DESK_LANG: Lang = Lang::Ja;

/// A mover who asks for a person is promised an answer within this many minutes of desk hours.
pub const ANSWERS_WITHIN: i64 = 60;

/// What a step of the desk may look at besides the case.
#[derive(Clone, Copy)]
pub struct DeskSenses<'a> {
    /// What the conversation looks at; each step fills in how things stand at the desk.
    pub talk: Senses<'a>,
    pub hours: DeskHours<'a>,
    /// Colleagues who were seen in the group and are still there.
    pub colleagues: &'a [(UserId, Face)],
    /// There is a group to write to.
    pub connected: bool,
    /// And it can be written to, as far as is known.
    pub in_reach: bool,
}

/// The result of a step at the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskStep {
    pub conversation: Option<Conversation>,
    /// The case as it is now; `None` if nothing about it changed.
    pub case: Option<Case>,
    pub outgoing: Vec<Outgoing>,
    /// What to show on the tapped button.
    pub tap_note: Option<String>,
    pub notes: Vec<Note>,
    /// An answer to keep as a draft.
    pub draft: Option<Draft>,
    /// A question whose answer the mover wants to hear once it is known.
    pub wanted: Option<Wanted>,
    /// What the mover chose to hear of, if that has changed.
    pub subscriber: Option<Subscriber>,
    /// An event's sign-ups, if they have changed.
    pub sign_ups: Option<SignUpList>,
    /// What the mover wants done with everything that is kept of them.
    pub privately: Option<Privately>,
    /// What it adds to the figures.
    pub happened: Vec<Happening>,
}

impl DeskSenses<'_> {
    /// In the language of the staff.
    #[must_use]
    pub fn say(&self, text: &Text<'_>) -> String {
        self.talk.phrases.say(DESK_LANG, text)
    }

    /// The same, ready to be sent.
    #[must_use]
    pub fn html(&self, text: &Text<'_>) -> Html {
        Html::text(&self.say(text))
    }

    /// In the mover's language.
    #[must_use]
    pub fn say_to(&self, case: &Case, text: &Text<'_>) -> Html {
        Html::text(&self.talk.phrases.say(case.lang, text))
    }

    /// A moment as staff read it.
    #[must_use]
    pub fn moment(&self, at: Timestamp, now: Timestamp) -> String {
        self.talk.phrases.moment(DESK_LANG, at, now)
    }

    /// A colleague's name.
    #[must_use]
    pub fn name_of(&self, who: UserId) -> String {
        let known = self.colleagues.iter().find(|(id, _)| *id == who);
        known.map_or_else(
            || self.say(&Text::SomeColleague),
            |(_, face)| self.shown_name(face, Text::SomeColleague),
        )
    }

    /// A name that can stand in a title: one line, no tricks with the writing direction, not too long.
    #[must_use]
    pub fn shown_name(&self, face: &Face, instead: Text<'_>) -> String {
        let kept: String = face
            .name
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .filter(|c| !c.is_control() && !is_unseen(*c))
            .take(LONGEST_NAME)
            .collect();
        match (kept.trim(), &face.username) {
            ("", Some(username)) => format!("@{username}"),
            ("", None) => self.say(&instead),
            (name, _) => name.to_owned(),
        }
    }

    /// How things stand at the desk, for the conversation with a mover.
    #[must_use]
    pub fn desk(&self, case: Option<&Case>, now: Timestamp) -> conversation::Desk {
        let answers_by = self
            .in_reach
            .then(|| self.hours.after_desk_minutes(now, ANSWERS_WITHIN));
        let hands = match case {
            // Without a group nobody reads along.
            Some(_) if !self.connected => Hands::Bot,
            Some(case) => match case.stage {
                Stage::Open => Hands::Waiting,
                Stage::Claimed { .. } => Hands::Person,
                Stage::Closed { .. } if case.is_fresh_enough(now) => Hands::Lately,
                Stage::Closed { .. } => Hands::Bot,
            },
            None => Hands::Bot,
        };
        conversation::Desk {
            hands,
            nothing_open: !case.is_some_and(Case::is_live),
            answers_by,
            to_person: false,
            of_last_question: false,
            was_for_person: false,
        }
    }
}

impl DeskStep {
    /// Keeps a changed case, with the moment when time changes it next.
    pub(super) fn keep(&mut self, case: Case, senses: &DeskSenses<'_>) {
        let due = timer::due(&case, &senses.hours);
        self.case = Some(Case { due, ..case });
    }
}

/// In characters.
const LONGEST_NAME: usize = 50;
