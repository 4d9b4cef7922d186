//! The commands staff have in their group, and what Telegram shows beside them.

use crate::{
    handover::senses::DESK_LANG,
    phrases::{Phrases, Text},
};

const COMMANDS: [(&str, Text<'static>); 12] = [
    ("cases", Text::CommandCases),
    ("unanswered", Text::CommandUnanswered),
    ("stats", Text::CommandStats),
    ("event", Text::CommandEvent),
    ("signups", Text::CommandSignUps),
    ("broadcast", Text::CommandBroadcast),
    ("deadletters", Text::CommandDeadLetters),
    ("take", Text::CommandTake),
    ("release", Text::CommandRelease),
    ("transfer", Text::CommandTransfer),
    ("snooze", Text::CommandSnooze),
    ("close", Text::CommandClose),
];

/// Every command without its slash, and its description, for registration with Telegram.
#[must_use]
pub fn commands(phrases: &Phrases) -> Vec<(&'static str, String)> {
    COMMANDS
        .iter()
        .map(|(name, description)| (*name, phrases.say(DESK_LANG, description)))
        .collect()
}
