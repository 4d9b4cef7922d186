//! The whole conversation: state and input in, state and words out. Pure.

use jiff::Timestamp;

use crate::{
    conversation::{
        asking, commands,
        desk::{Desk, ForDesk, Hands},
        events, held,
        input::{Command, Input},
        note::Note,
        privacy::{Keeping, Privately},
        settings,
        state::Conversation,
        tapping,
        turn::Turn,
        wanted::Wanted,
    },
    events::Calendar,
    knowledge::{EntryId, Revision},
    outgoing::Outgoing,
    phrases::Phrases,
    reminders::Subscriber,
    signups::{Change, SignUpList},
    understanding::Verdict,
};

/// What came of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub conversation: Conversation,
    pub outgoing: Vec<Outgoing>,
    /// What to show on the tapped button; every tap has to be answered, with or without it.
    pub tap_note: Option<String>,
    pub notes: Vec<Note>,
    pub for_desk: Option<ForDesk>,
    /// The mover only takes leave of a person after the talk.
    pub is_goodbye: bool,
    /// The mover wants to hear when this is known.
    pub wanted: Option<Wanted>,
    /// What the mover chose to hear of, if that has changed.
    pub subscriber: Option<Subscriber>,
    /// What they did about taking part in an event.
    pub sign_ups: Option<Change>,
    /// What they want done about everything that is kept of them.
    pub privately: Option<Privately>,
}

/// What a step may look at besides the conversation.
#[derive(Clone, Copy)]
pub struct Senses<'a> {
    pub revision: &'a Revision,
    pub phrases: &'a Phrases,
    pub calendar: &'a Calendar,
    /// What this mover chose to hear of.
    pub subscriber: Option<&'a Subscriber>,
    /// Who asked to take part in the event this is about; see [`events::event_in_view`].
    pub sign_ups: Option<&'a SignUpList>,
    /// Without the `@`.
    pub bot_name: &'a str,
    pub desk: Desk,
    /// What of the settings a mover is told about their data.
    pub keeping: Keeping,
    /// What a question means, given the entry shown last.
    pub understand: &'a dyn Fn(&str, Option<&EntryId>) -> Verdict,
}

/// Answers one input.
#[must_use]
pub fn step(conversation: Conversation, input: &Input, senses: &Senses<'_>, now: Timestamp) -> Step {
    let mut turn = Turn::begin(conversation, senses, now);
    match input {
        Input::Question { text, message, .. } if senses.desk.hands == Hands::Person => {
            held::said(&mut turn, text, *message);
        }
        Input::Question {
            text,
            message,
            edited: true,
        } if senses.desk.was_for_person && senses.desk.hands != Hands::Waiting => {
            held::said(&mut turn, text, *message)
        }
        Input::Question {
            text,
            message,
            edited: false,
        } if held::is_rating_line(&turn) && !held::is_cry(&turn, text) => {
            held::rating_line(&mut turn, text, *message);
        }
        Input::Question {
            text, edited: false, ..
        } if events::is_awaited(&turn, text) && !held::is_cry(&turn, text) => {
            events::answered(&mut turn, text);
        }
        Input::Question {
            text,
            message,
            edited: false,
        } if senses.desk.hands == Hands::Lately && senses.desk.to_person && !held::is_cry(&turn, text) => {
            held::goes_on(&mut turn, text, *message);
        }
        Input::Question {
            text, edited: false, ..
        } if events::is_for_form(&turn, text) && !held::is_cry(&turn, text) => {
            events::form_heard(&mut turn, text);
        }
        Input::Unreadable { .. } if matches!(senses.desk.hands, Hands::Person | Hands::Waiting) => {}
        // Words that happen to begin with a stroke.
        Input::Command(Command::Unknown(_))
            if matches!(senses.desk.hands, Hands::Person | Hands::Waiting) => {}
        Input::Command(command) => commands::commanded(&mut turn, command),
        Input::Question {
            text,
            message,
            edited,
        } => {
            asking::asked(&mut turn, text, *message, *edited);
            held::offer_way_back(&mut turn);
            if !edited {
                events::form_goes_on(&mut turn);
            }
        }
        Input::Tap { button, message } => tapping::tapped(&mut turn, button, *message),
        Input::Disliked { message } => tapping::disliked(&mut turn, *message),
        Input::Unreadable { kind, message } => asking::unreadable(&mut turn, *kind, *message),
        Input::Left => turn.conversation.reachable = false,
        Input::Returned | Input::Corrected | Input::Shared => {}
    }
    settings::say_other_language_once(&mut turn);
    turn.finish()
}
