//! What people's apps ask the bot: taps on buttons and inline queries.

use serde_json::{Value, json};

use super::{Hand, find};
use crate::emulator::{
    api::ButtonAction,
    news::shown,
    person::ActError,
    wire,
    world::{Content, Message, UpdateKind, World},
};

/// Mixed into chat ids to get `chat_instance`, which only has to tell chats apart.
const CHAT_INSTANCE: u64 = 0x5bd1_e995;

impl Hand {
    pub(crate) fn tap(self, world: &mut World, message: i32, button: &str) -> Result<String, ActError> {
        let chat = self.chat(world)?;
        let found = find(world, chat, message)?;
        let missing = || ActError::NoSuchButton {
            message,
            button: button.to_owned(),
        };
        let data = callback_data(found, button).ok_or_else(missing)?;
        let message = shown(world, chat, message);
        Ok(ask(world, self.person, chat, message, data))
    }

    pub(crate) fn ask_inline(self, world: &mut World, query: &str) -> String {
        let id = world
            .queries
            .add_inline(self.person, query.to_owned(), world.now());
        let update = json!({
            "id": id,
            "from": wire::user(world, self.person),
            "query": query,
            "offset": "",
            "chat_type": "private",
        });
        world.updates.emit(UpdateKind::InlineQuery, update);
        id
    }

    /// Posts a result of an inline query, via the bot.
    pub(crate) fn choose(self, world: &mut World, result: &str) -> Result<i32, ActError> {
        let offered = world.queries.offered(self.person, result);
        let (query, chosen) = offered.ok_or_else(|| ActError::NoSuchResult(result.to_owned()))?;
        let message = self.post_with(world, Content::Text(chosen.message), |message| {
            message.via_bot = true;
            message.keyboard = chosen.keyboard;
        })?;
        let update =
            json!({ "result_id": chosen.id, "from": wire::user(world, self.person), "query": query });
        world.updates.emit(UpdateKind::ChosenInlineResult, update);
        Ok(message)
    }
}

/// A tap by an app that sends whatever it likes; a message that does not exist comes without content.
pub(crate) fn forge_tap(
    world: &mut World,
    person: i64,
    chat: i64,
    message: i32,
    data: &str,
) -> Result<String, ActError> {
    if !world.people.contains_key(&person) {
        return Err(ActError::NoSuchPerson(person));
    }
    let content = match world.message(chat, message) {
        Some(found) => wire::message(world, found),
        None => wire::placeholder(world, chat, message),
    };
    Ok(ask(world, person, chat, content, data.to_owned()))
}

/// Gives the bot a callback query. It names the real person, even of somebody who writes as the group.
fn ask(world: &mut World, person: i64, chat: i64, message: Value, data: String) -> String {
    let id = world.queries.add_tap(person, data.clone(), world.now());
    let query = json!({
        "id": id,
        "from": wire::user(world, person),
        "chat_instance": (chat.unsigned_abs() ^ CHAT_INSTANCE).to_string(),
        "message": message,
        "data": data,
    });
    world.updates.emit(UpdateKind::CallbackQuery, query);
    id
}

/// The data of a callback button, given its data or its label.
fn callback_data(message: &Message, button: &str) -> Option<String> {
    let buttons = message
        .keyboard
        .iter()
        .flat_map(|keyboard| keyboard.inline_keyboard.iter().flatten());
    let mut callbacks = buttons.filter_map(|found| match &found.action {
        ButtonAction::Callback(data) => Some((&found.text, data)),
        _ => None,
    });
    let found = callbacks.find(|(label, data)| *data == button || *label == button);
    found.map(|(_, data)| data.clone())
}
