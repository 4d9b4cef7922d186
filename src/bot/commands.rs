//! Registers the commands with Telegram in every language, so that it offers them while people type.

use teloxide::{
    Bot, RequestError,
    payloads::SetMyCommandsSetters,
    requests::Requester,
    types::{self as telegram, BotCommand, BotCommandScope, Recipient},
};

use crate::{
    app::{App, logged},
    conversation, handover,
    lang::Lang,
    outgoing::ChatId,
    phrases::Text,
};

/// Registers the commands. The bot works without, so a failure is only logged; one place's says nothing of the others.
pub(super) async fn register(app: &App, bot: &Bot) {
    let all = async {
        note(register_for_movers(app, bot).await);
        register_in_group(app, bot).await;
        for owner in &app.desk().owners {
            if let Err(error) = register_for_owner(app, bot, owner.private_chat()).await {
                // They may not have begun to talk with the bot yet.
                tracing::debug!(error = %logged::told(&error), "an owner's commands could not be registered");
            }
        }
    };
    tokio::select! {
        () = app.stopping() => {}
        () = all => {}
    }
}

/// What staff may do in the concierge group. Once more when the bot comes into a group, or the group has another id: what
/// was registered belongs to the id.
pub(super) async fn register_in_group(app: &App, bot: &Bot) {
    let Some(group) = app.group() else { return };
    let commands = handover::commands(app.phrases()).into_iter();
    let commands = commands.map(|(name, says)| BotCommand::new(name, says));
    let registered = bot
        .set_my_commands(commands)
        .scope(BotCommandScope::Chat {
            chat_id: Recipient::Id(telegram::ChatId(group.0)),
        })
        .await;
    note(registered.map(|_| ()));
}

fn note(registered: Result<(), RequestError>) {
    if let Err(error) = registered {
        tracing::warn!(error = %logged::told(&error), "commands could not be registered; those of before stay");
    }
}

async fn register_for_movers(app: &App, bot: &Bot) -> Result<(), RequestError> {
    for (telegram_language, lang) in languages() {
        let commands = conversation::commands(app.phrases(), lang);
        let mut request = bot
            .set_my_commands(
                commands
                    .into_iter()
                    .map(|(name, says)| BotCommand::new(name, says)),
            )
            .scope(BotCommandScope::AllPrivateChats);
        if let Some(code) = telegram_language {
            request = request.language_code(code);
        }
        request.await?;
    }
    Ok(())
}

/// In their private chat owners have the movers' commands and those for running the bot.
async fn register_for_owner(app: &App, bot: &Bot, chat: ChatId) -> Result<(), RequestError> {
    for (telegram_language, lang) in languages() {
        let mut commands = conversation::commands(app.phrases(), lang);
        commands.push(("reload", app.phrases().say(lang, &Text::CommandReload)));
        let commands = commands
            .into_iter()
            .map(|(name, says)| BotCommand::new(name, says));
        let mut request = bot.set_my_commands(commands).scope(BotCommandScope::Chat {
            chat_id: Recipient::Id(telegram::ChatId(chat.0)),
        });
        if let Some(code) = telegram_language {
            request = request.language_code(code);
        }
        request.await?;
    }
    Ok(())
}

/// Telegram's two-letter language codes and ours; `None` stands for all others. Telegram does not know plain Japanese.
fn languages() -> [(Option<&'static str>, Lang); 3] {
    [(None, Lang::En), (Some("en"), Lang::En), (Some("ja"), Lang::Ja)]
}
