//! Who the bot is.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params};
use crate::emulator::world::{BotIdentity, World};

pub(crate) fn get_me(world: &mut World, params: Params) -> Answer {
    params.done()?;
    let bot = &world.bot;
    Ok(json!({
        "id": bot.id,
        "is_bot": true,
        "first_name": bot.name(),
        "username": bot.username,
        "can_join_groups": true,
        "can_read_all_group_messages": true,
        "supports_inline_queries": true,
        "can_connect_to_business": false,
        "has_main_web_app": false,
    }))
}

/// `logOut` and `close` concern Telegram's own servers; there is only one here.
pub(crate) fn leave_server(params: Params) -> Answer {
    params.done()?;
    Ok(json!(true))
}

#[derive(Deserialize)]
struct SetName {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language_code: String,
}

pub(crate) fn set_name(world: &mut World, params: Params) -> Answer {
    let SetName { name, language_code } = params.decode()?;
    set_text(
        world,
        |bot| &mut bot.names,
        language_code,
        name,
        Bound {
            what: "name",
            limit: 64,
        },
    )
}

#[derive(Deserialize)]
struct SetDescription {
    #[serde(default)]
    description: String,
    #[serde(default)]
    language_code: String,
}

pub(crate) fn set_description(world: &mut World, params: Params) -> Answer {
    let SetDescription {
        description,
        language_code,
    } = params.decode()?;
    let bound = Bound {
        what: "description",
        limit: 512,
    };
    set_text(
        world,
        |bot| &mut bot.descriptions,
        language_code,
        description,
        bound,
    )
}

#[derive(Deserialize)]
struct SetShortDescription {
    #[serde(default)]
    short_description: String,
    #[serde(default)]
    language_code: String,
}

pub(crate) fn set_short_description(world: &mut World, params: Params) -> Answer {
    let SetShortDescription {
        short_description,
        language_code,
    } = params.decode()?;
    let bound = Bound {
        what: "short_description",
        limit: 120,
    };
    set_text(
        world,
        |bot| &mut bot.short_descriptions,
        language_code,
        short_description,
        bound,
    )
}

struct Bound {
    what: &'static str,
    limit: usize,
}

fn set_text(
    world: &mut World,
    texts: impl FnOnce(&mut BotIdentity) -> &mut BTreeMap<String, String>,
    language: String,
    text: String,
    bound: Bound,
) -> Answer {
    if text.chars().count() > bound.limit {
        return Err(ApiError::OutOfRange(bound.what));
    }
    texts(&mut world.bot).insert(language, text);
    Ok(json!(true))
}
