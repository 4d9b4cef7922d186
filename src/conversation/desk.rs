//! What a conversation knows of the concierge desk, and what it hands to it.

use jiff::Timestamp;

use crate::conversation::state::Wish;

/// How things stand at the desk for one mover.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Desk {
    pub hands: Hands,
    /// The mover has no case, or the last one is closed; also where the group cannot be reached at the moment.
    pub nothing_open: bool,
    /// By when a person answers who is asked for now; none where no desk is connected.
    pub answers_by: Option<Timestamp>,
    /// These words answer a person's.
    pub to_person: bool,
    /// What is disliked came of the question asked last.
    pub of_last_question: bool,
    /// These words were passed on to a person before they were edited, and the bot did not answer them.
    pub was_for_person: bool,
}

/// In whose hands the conversation is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hands {
    #[default]
    Bot,
    /// The bot's, while the mover waits for a person, who reads along.
    Waiting,
    /// A person's: the bot keeps silent.
    Person,
    /// The bot's again, shortly after a person had it.
    Lately,
}

/// What a step hands to the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForDesk {
    /// The mover wants a person, or needs one.
    Wished(Wish),
    /// The mover has what they wanted.
    Ended,
    /// 1 to 5.
    Rated(u8),
    /// A line to go with the rating.
    RatingLine(String),
}
