//! Keyboards: inline buttons are kept with their message, reply keyboards are only checked.

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value, from_value, json};

use super::error::ApiError;

/// Most bytes of a button's callback data.
const CALLBACK_DATA_LIMIT: usize = 64;

/// Any of the four things `reply_markup` can be.
#[derive(Debug)]
pub(crate) enum ReplyMarkup {
    Inline(RawInlineKeyboard),
    Keyboard(ReplyKeyboard),
    Remove(RemoveKeyboard),
    Force(ForceReply),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawInlineKeyboard {
    inline_keyboard: Vec<Vec<RawButton>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyKeyboard {
    keyboard: Vec<Vec<KeyboardButton>>,
    #[serde(rename = "is_persistent")]
    _is_persistent: Option<bool>,
    #[serde(rename = "resize_keyboard")]
    _resize_keyboard: Option<bool>,
    #[serde(rename = "one_time_keyboard")]
    _one_time_keyboard: Option<bool>,
    #[serde(rename = "input_field_placeholder")]
    _input_field_placeholder: Option<String>,
    #[serde(rename = "selective")]
    _selective: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyboardButton {
    text: String,
    #[serde(rename = "request_contact")]
    _request_contact: Option<bool>,
    #[serde(rename = "request_location")]
    _request_location: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemoveKeyboard {
    remove_keyboard: bool,
    #[serde(rename = "selective")]
    _selective: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForceReply {
    force_reply: bool,
    #[serde(rename = "input_field_placeholder")]
    _input_field_placeholder: Option<String>,
    #[serde(rename = "selective")]
    _selective: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawButton {
    text: String,
    callback_data: Option<String>,
    url: Option<String>,
    switch_inline_query: Option<String>,
    switch_inline_query_current_chat: Option<String>,
    switch_inline_query_chosen_chat: Option<ChosenChat>,
    copy_text: Option<CopyText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChosenChat {
    query: Option<String>,
    #[serde(rename = "allow_user_chats")]
    _allow_user_chats: Option<bool>,
    #[serde(rename = "allow_bot_chats")]
    _allow_bot_chats: Option<bool>,
    #[serde(rename = "allow_group_chats")]
    _allow_group_chats: Option<bool>,
    #[serde(rename = "allow_channel_chats")]
    _allow_channel_chats: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CopyText {
    text: String,
}

/// A checked inline keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct InlineKeyboard {
    pub(crate) inline_keyboard: Vec<Vec<InlineButton>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InlineButton {
    pub(crate) text: String,
    pub(crate) action: ButtonAction,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ButtonAction {
    Callback(String),
    Url(String),
    /// Starts inline mode in a chat the person chooses.
    Share(String),
    ShareHere(String),
    CopyText(String),
}

/// Tells them apart by the field each must have, so that an error names the wrong field.
impl<'de> Deserialize<'de> for ReplyMarkup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        let has = |name| fields.contains_key(name);
        let markup = if has("inline_keyboard") {
            from_value(Value::Object(fields)).map(Self::Inline)
        } else if has("keyboard") {
            from_value(Value::Object(fields)).map(Self::Keyboard)
        } else if has("remove_keyboard") {
            from_value(Value::Object(fields)).map(Self::Remove)
        } else {
            from_value(Value::Object(fields)).map(Self::Force)
        };
        markup.map_err(serde::de::Error::custom)
    }
}

impl ReplyMarkup {
    /// The inline keyboard, checked; other keyboards are checked and forgotten.
    pub(crate) fn inline(&self) -> Result<Option<InlineKeyboard>, ApiError> {
        match self {
            Self::Inline(raw) => raw.check(),
            Self::Keyboard(keyboard) => {
                let empty = keyboard
                    .keyboard
                    .iter()
                    .flatten()
                    .any(|button| button.text.is_empty());
                if empty {
                    Err(ApiError::OutOfRange("keyboard.text"))
                } else {
                    Ok(None)
                }
            }
            Self::Remove(remove) if !remove.remove_keyboard => Err(ApiError::OutOfRange("remove_keyboard")),
            Self::Force(force) if !force.force_reply => Err(ApiError::OutOfRange("force_reply")),
            Self::Remove(_) | Self::Force(_) => Ok(None),
        }
    }
}

impl RawInlineKeyboard {
    /// Checks every button; a keyboard without buttons counts as no keyboard.
    pub(crate) fn check(&self) -> Result<Option<InlineKeyboard>, ApiError> {
        let rows = self.inline_keyboard.iter().filter(|row| !row.is_empty());
        let rows: Vec<Vec<_>> = rows
            .map(|row| row.iter().map(RawButton::check).collect())
            .collect::<Result<_, _>>()?;
        Ok((!rows.is_empty()).then_some(InlineKeyboard {
            inline_keyboard: rows,
        }))
    }
}

impl RawButton {
    fn check(&self) -> Result<InlineButton, ApiError> {
        if self.text.is_empty() {
            return Err(ApiError::OutOfRange("inline_keyboard.text"));
        }
        let mut actions = self.actions();
        match (actions.pop(), actions.pop()) {
            (Some(action), None) => {
                action.check()?;
                Ok(InlineButton {
                    text: self.text.clone(),
                    action,
                })
            }
            _ => Err(ApiError::TextButtonsUnallowed),
        }
    }

    /// The actions the button asks for; there must be exactly one.
    fn actions(&self) -> Vec<ButtonAction> {
        let chosen = self
            .switch_inline_query_chosen_chat
            .as_ref()
            .map(|chosen| chosen.query.clone().unwrap_or_default());
        let actions = [
            self.callback_data.clone().map(ButtonAction::Callback),
            self.url.clone().map(ButtonAction::Url),
            self.switch_inline_query
                .clone()
                .or(chosen)
                .map(ButtonAction::Share),
            self.switch_inline_query_current_chat
                .clone()
                .map(ButtonAction::ShareHere),
            self.copy_text
                .as_ref()
                .map(|copy| ButtonAction::CopyText(copy.text.clone())),
        ];
        actions.into_iter().flatten().collect()
    }
}

impl ButtonAction {
    fn check(&self) -> Result<(), ApiError> {
        match self {
            Self::Callback(data) if data.is_empty() || data.len() > CALLBACK_DATA_LIMIT => {
                Err(ApiError::ButtonDataInvalid)
            }
            Self::Url(url) if !is_address(url) => Err(ApiError::ButtonUrlInvalid),
            Self::Callback(_) | Self::Url(_) | Self::Share(_) | Self::ShareHere(_) | Self::CopyText(_) => {
                Ok(())
            }
        }
    }
}

fn is_address(url: &str) -> bool {
    ["http://", "https://", "tg://"]
        .iter()
        .any(|scheme| url.len() > scheme.len() && url.starts_with(scheme))
}

impl Serialize for InlineButton {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (name, value) = match &self.action {
            ButtonAction::Callback(data) => ("callback_data", json!(data)),
            ButtonAction::Url(url) => ("url", json!(url)),
            ButtonAction::Share(query) => ("switch_inline_query", json!(query)),
            ButtonAction::ShareHere(query) => ("switch_inline_query_current_chat", json!(query)),
            ButtonAction::CopyText(text) => ("copy_text", json!({ "text": text })),
        };
        let mut button = serializer.serialize_map(Some(2))?;
        button.serialize_entry("text", &self.text)?;
        button.serialize_entry(name, &value)?;
        button.end()
    }
}
