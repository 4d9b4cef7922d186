//! Takes Telegram's updates in and handles them; it never sends a message itself.
//!
//! teloxide's own dispatcher is not used: it loses what it was handed when the process dies, and a panic in a handler
//! ends it. Updates go to the store first, and are handled from there.

mod commands;
mod content;
mod desk;
mod dispatch;
mod flood;
mod group;
mod handle;
mod inline;
mod input;
pub mod intake;
mod lists;
mod measured;
mod members;
mod message;
mod operation;
mod passing;
mod plain;
mod privacy;
mod publishing;
mod queues;
mod set_aside;
mod signups;
mod statistics;
mod together;
mod work;

#[cfg(test)]
mod stories;

use teloxide::{Bot, requests::Requester};

pub use intake::{Intake, IntakeError, Webhook};

use crate::app::App;

/// Takes in and handles updates until the bot stops; what is in hand is finished.
///
/// # Errors
/// When the token is not valid, another process takes the updates, or the store fails.
pub async fn run(app: App, bot: Bot, intake: Intake) -> Result<(), IntakeError> {
    if !introduce(&app, &bot).await? {
        return Ok(());
    }
    let registered = async {
        commands::register(&app, &bot).await;
        Ok(())
    };
    let handled = async { dispatch::run(&app, &bot).await.map_err(IntakeError::from) };
    tokio::try_join!(intake::run(&app, &bot, intake), handled, registered)?;
    Ok(())
}

/// Asks for the bot's own name, which also checks the token; false if the bot stops meanwhile.
async fn introduce(app: &App, bot: &Bot) -> Result<bool, IntakeError> {
    let me = intake::persist(app, "introduce the bot to Telegram", || async {
        bot.get_me().await
    });
    let me = tokio::select! {
        () = app.stopping() => return Ok(false),
        me = me => me?,
    };
    let name = me.user.username.unwrap_or_default();
    tracing::info!(bot = %name, "Telegram knows the bot");
    app.learn_bot_name(name);
    Ok(true)
}
