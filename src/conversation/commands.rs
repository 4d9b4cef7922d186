//! The mover's commands: their names, what Telegram shows beside them, and what each does.

use crate::{
    conversation::{
        button::EventsPage,
        events,
        input::Command,
        menu, privacy, settings, starting,
        state::WishReason,
        turn::{Place, Turn},
        wishing,
    },
    lang::Lang,
    outgoing::Buttons,
    phrases::{Phrases, Text},
};

const COMMANDS: [(&str, Text<'static>); 10] = [
    ("start", Text::CommandStart),
    ("menu", Text::CommandMenu),
    ("help", Text::CommandHelp),
    ("language", Text::CommandLanguage),
    ("events", Text::CommandEvents),
    ("reminders", Text::CommandReminders),
    ("human", Text::CommandHuman),
    ("mydata", Text::CommandMyData),
    ("forget", Text::CommandForget),
    ("privacy", Text::CommandPrivacy),
];

/// Every command without its slash, and its description, for registration with Telegram.
#[must_use]
pub fn commands(phrases: &Phrases, lang: Lang) -> Vec<(&'static str, String)> {
    COMMANDS
        .iter()
        .map(|(name, description)| (*name, phrases.say(lang, description)))
        .collect()
}

pub(super) fn commanded(turn: &mut Turn<'_>, command: &Command) {
    match command {
        Command::Start(payload) => starting::start(turn, payload.as_deref()),
        Command::Menu => menu::topics(turn, Place::New),
        Command::Help | Command::Unknown(_) => help(turn),
        Command::Language => settings::offer_languages(turn, Place::New),
        Command::Human => wishing::wish(turn, Place::New, WishReason::Asked),
        Command::Events => events::list(turn, Place::New, EventsPage::default()),
        Command::Reminders => events::settings(turn, Place::New),
        Command::MyData => privacy::show(turn),
        Command::Forget => privacy::ask(turn, Place::New),
        Command::Privacy => privacy::explain(turn),
    }
}

fn help(turn: &mut Turn<'_>) {
    let lines: Vec<String> = commands(turn.senses.phrases, turn.conversation.lang)
        .iter()
        .map(|(name, description)| turn.say(&Text::CommandLine { name, description }))
        .collect();
    let said = [
        turn.say(&Text::HelpIntro),
        lines.join("\n"),
        turn.say(&Text::HelpExamples),
    ]
    .join("\n\n");
    turn.tell_plain(Place::New, &said, Buttons::default());
}
