//! What a mover is told about what is kept of them, and what they want done about it.

use jiff::Timestamp;

use crate::{
    conversation::{
        button::Button,
        keyboards,
        turn::{Place, Turn},
    },
    outgoing::{ButtonFace, Buttons, MessageId},
    phrases::Text,
};

/// A confirmation holds for this many seconds; later, or after a new /start, the mover is asked again.
const SURE_WITHIN: i64 = 3600;

/// For how many days what is kept, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// A mover's side of the conversation, since they were last seen.
    pub conversations: u16,
    /// A closed case and its topic.
    pub cases: u16,
    /// Questions without the person, what movers wait for, drafts.
    pub questions: u16,
    /// Messages that could not be delivered.
    pub dead_letters: u16,
    /// Updates that could not be handled.
    pub quarantine: u16,
}

impl Retention {
    /// How long requests to take part in an event are kept after it.
    pub const SIGN_UPS: u16 = 30;
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            conversations: 365,
            cases: 180,
            questions: 365,
            dead_letters: 30,
            quarantine: 30,
        }
    }
}

/// What of the settings a mover is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keeping {
    pub retention: Retention,
    /// Questions met with choices are shown to an embedding endpoint.
    pub second_look: bool,
}

/// What a mover wants done about everything that is kept of them. It is no matter of the conversation alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privately {
    /// Sent to them.
    Show,
    /// Deleted; that it is stands over this message, if it can still be reached.
    Forget { over: Option<MessageId> },
}

/// A button about one's own data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivacyTap {
    Show,
    /// Asks whether all is to be deleted.
    Forget,
    /// It is; asked in this second since 1970.
    Sure {
        asked: u32,
    },
    /// It is not.
    Keep,
}

impl PrivacyTap {
    pub(super) fn encode(self) -> String {
        match self {
            Self::Show => "s".to_owned(),
            Self::Forget => "f".to_owned(),
            Self::Keep => "k".to_owned(),
            Self::Sure { asked } => asked.to_string(),
        }
    }

    /// Only what [`PrivacyTap::encode`] writes.
    pub(super) fn decode(text: &str) -> Option<Self> {
        match text {
            "s" => Some(Self::Show),
            "f" => Some(Self::Forget),
            "k" => Some(Self::Keep),
            second => {
                let asked = second.parse().ok()?;
                Some(Self::Sure { asked }).filter(|tap| tap.encode() == second)
            }
        }
    }
}

/// What is kept, what for, how long, and who sees it.
pub(super) fn explain(turn: &mut Turn<'_>) {
    let Keeping {
        retention,
        second_look,
    } = turn.senses.keeping;
    let mut said = vec![
        turn.say(&Text::PrivacyIntro),
        turn.say(&Text::PrivacyKept {
            conversations: retention.conversations.into(),
            cases: retention.cases.into(),
            questions: retention.questions.into(),
            sign_ups: Retention::SIGN_UPS.into(),
            undelivered: retention.dead_letters.into(),
            set_aside: retention.quarantine.into(),
        }),
        turn.say(&Text::PrivacySeen),
    ];
    if second_look {
        said.push(turn.say(&Text::PrivacySecondLook));
    }
    said.push(turn.say(&Text::PrivacyRights));
    let buttons = Buttons(vec![
        vec![button(turn, &Text::ButtonMyData, PrivacyTap::Show)],
        vec![button(turn, &Text::ButtonForget, PrivacyTap::Forget)],
        vec![keyboards::person(turn)],
    ]);
    turn.tell_plain(Place::New, &said.join("\n\n"), buttons);
}

/// Everything that is kept of them comes as a file.
pub(super) fn show(turn: &mut Turn<'_>) {
    turn.privately = Some(Privately::Show);
}

/// Asks first: it cannot be undone.
pub(super) fn ask(turn: &mut Turn<'_>, place: Place) {
    let asked = second(turn.now);
    let buttons = Buttons(vec![
        vec![button(turn, &Text::ButtonForgetSure, PrivacyTap::Sure { asked })],
        vec![button(turn, &Text::ButtonForgetKeep, PrivacyTap::Keep)],
        vec![button(turn, &Text::ButtonMyData, PrivacyTap::Show)],
    ]);
    turn.tell(place, &Text::ForgetAsk, buttons);
}

pub(super) fn tapped(turn: &mut Turn<'_>, tap: PrivacyTap, message: Option<MessageId>) {
    match tap {
        PrivacyTap::Show => show(turn),
        PrivacyTap::Forget => ask(turn, Place::New),
        PrivacyTap::Keep => turn.tell(Place::over(message), &Text::ForgetKept, Buttons::default()),
        PrivacyTap::Sure { asked } if holds(turn, asked) => {
            turn.privately = Some(Privately::Forget { over: message });
        }
        PrivacyTap::Sure { .. } => ask(turn, Place::over(message)),
    }
}

/// Whether it was asked of this very conversation, and a short while ago.
fn holds(turn: &Turn<'_>, asked: u32) -> bool {
    let age = i64::from(second(turn.now)) - i64::from(asked);
    (0..=SURE_WITHIN).contains(&age) && second(turn.conversation.since) <= asked
}

fn second(at: Timestamp) -> u32 {
    u32::try_from(at.as_second()).unwrap_or_default()
}

fn button(turn: &Turn<'_>, label: &Text<'_>, tap: PrivacyTap) -> ButtonFace {
    keyboards::said(turn, label, &Button::Privacy(tap))
}
