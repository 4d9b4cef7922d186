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

/// A name without its slash, its description, and the command with whatever follows the name.
type Named = (&'static str, Text<'static>, fn(Option<&str>) -> Command);

const COMMANDS: [Named; 10] = [
    ("start", Text::CommandStart, |payload| {
        Command::Start(payload.map(str::to_owned))
    }),
    ("menu", Text::CommandMenu, |_| Command::Menu),
    ("help", Text::CommandHelp, |_| Command::Help),
    ("language", Text::CommandLanguage, |_| Command::Language),
    ("events", Text::CommandEvents, |_| Command::Events),
    ("reminders", Text::CommandReminders, |_| Command::Reminders),
    ("human", Text::CommandHuman, |_| Command::Human),
    ("mydata", Text::CommandMyData, |_| Command::MyData),
    ("forget", Text::CommandForget, |_| Command::Forget),
    ("privacy", Text::CommandPrivacy, |_| Command::Privacy),
];

/// The command of this name, with what follows it.
#[must_use]
pub fn command_named(name: &str, payload: Option<&str>) -> Command {
    let named = COMMANDS.iter().find(|(known, ..)| *known == name);
    named.map_or_else(
        || Command::Unknown(name.to_owned()),
        |(_, _, command)| command(payload),
    )
}

/// Every command without its slash, and its description, for registration with Telegram.
#[must_use]
pub fn commands(phrases: &Phrases, lang: Lang) -> Vec<(&'static str, String)> {
    COMMANDS
        .iter()
        .map(|(name, description, _)| (*name, phrases.say(lang, description)))
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
