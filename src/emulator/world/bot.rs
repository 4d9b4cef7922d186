//! The bot as its users see it: name, descriptions, command lists.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The bot's account.
#[derive(Debug)]
pub struct BotIdentity {
    pub id: i64,
    pub username: String,
    /// Names by language code; the empty code stands for all other languages.
    pub(crate) names: BTreeMap<String, String>,
    pub(crate) descriptions: BTreeMap<String, String>,
    pub(crate) short_descriptions: BTreeMap<String, String>,
    pub(crate) commands: Vec<CommandList>,
}

/// Commands for one audience in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommandList {
    pub scope: CommandScope,
    pub language: String,
    pub commands: Vec<Command>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    pub command: String,
    pub description: String,
}

/// Whom a list of commands is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum CommandScope {
    #[default]
    Default,
    AllPrivateChats,
    AllGroupChats,
    AllChatAdministrators,
    Chat {
        chat_id: i64,
    },
    ChatAdministrators {
        chat_id: i64,
    },
    ChatMember {
        chat_id: i64,
        user_id: i64,
    },
}

impl BotIdentity {
    pub(crate) fn new(id: i64, name: &str, username: &str) -> Self {
        Self {
            id,
            username: username.to_owned(),
            names: BTreeMap::from([(String::new(), name.to_owned())]),
            descriptions: BTreeMap::new(),
            short_descriptions: BTreeMap::new(),
            commands: Vec::new(),
        }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        self.names.get("").map_or("", String::as_str)
    }

    #[must_use]
    pub fn command_lists(&self) -> &[CommandList] {
        &self.commands
    }
}
