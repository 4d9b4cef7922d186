//! Lists of commands, by audience and language.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params};
use crate::emulator::world::{Command, CommandList, CommandScope, World};

const MOST_COMMANDS: usize = 100;

#[derive(Deserialize)]
struct Audience {
    #[serde(default)]
    scope: CommandScope,
    #[serde(default)]
    language_code: String,
}

#[derive(Deserialize)]
struct Commands {
    commands: Vec<Command>,
}

pub(crate) fn set(world: &mut World, mut params: Params) -> Answer {
    let audience: Audience = params.take()?;
    let Commands { commands } = params.decode()?;
    if commands.len() > MOST_COMMANDS {
        return Err(ApiError::CommandInvalid);
    }
    commands.iter().try_for_each(check)?;
    forget(world, &audience);
    let Audience { scope, language_code } = audience;
    world.bot.commands.push(CommandList {
        scope,
        language: language_code,
        commands,
    });
    Ok(json!(true))
}

pub(crate) fn get(world: &mut World, params: Params) -> Answer {
    let audience: Audience = params.decode()?;
    let list = world.bot.commands.iter().find(|list| audience.is_of(list));
    Ok(list.map_or(json!([]), |list| json!(list.commands)))
}

pub(crate) fn delete(world: &mut World, params: Params) -> Answer {
    let audience: Audience = params.decode()?;
    forget(world, &audience);
    Ok(json!(true))
}

impl Audience {
    fn is_of(&self, list: &CommandList) -> bool {
        list.scope == self.scope && list.language == self.language_code
    }
}

fn forget(world: &mut World, audience: &Audience) {
    world.bot.commands.retain(|list| !audience.is_of(list));
}

fn check(command: &Command) -> Result<(), ApiError> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let name = command.command.strip_prefix('/').unwrap_or(&command.command);
    if name.is_empty() || name.len() > 32 || !name.chars().all(is_part) {
        return Err(ApiError::CommandInvalid);
    }
    match command.description.chars().count() {
        1..=256 => Ok(()),
        _ => Err(ApiError::CommandDescriptionInvalid),
    }
}
