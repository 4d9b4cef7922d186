//! Answers to taps, and "typing…".

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params, place::ChatRef};
use crate::emulator::world::{TYPING_SECONDS, TapAnswer, World};

/// How long a tap may wait for its answer.
const TAP_LIFE: SignedDuration = SignedDuration::from_mins(15);

/// Longest note on a tap, in characters.
const NOTE_LIMIT: usize = 200;

#[derive(Deserialize)]
struct AnswerCallbackQuery {
    callback_query_id: String,
    text: Option<String>,
    #[serde(default)]
    show_alert: bool,
    url: Option<String>,
    #[serde(rename = "cache_time")]
    _cache_time: Option<u32>,
}

/// A tap can be answered once; afterwards Telegram no longer knows it.
pub(crate) fn answer(world: &mut World, params: Params) -> Answer {
    let request: AnswerCallbackQuery = params.decode()?;
    if request
        .text
        .as_ref()
        .is_some_and(|text| text.chars().count() > NOTE_LIMIT)
    {
        return Err(ApiError::NoteTooLong);
    }
    let now = world.now();
    let tap = world
        .queries
        .tap_mut(&request.callback_query_id)
        .ok_or(ApiError::QueryTooOld)?;
    if tap.answer.is_some() || now.duration_since(tap.at) > TAP_LIFE {
        return Err(ApiError::QueryTooOld);
    }
    let text = request.text.filter(|text| !text.is_empty());
    tap.answer = Some(TapAnswer {
        text,
        alert: request.show_alert,
        url: request.url,
    });
    Ok(json!(true))
}

#[derive(Deserialize)]
struct SendChatAction {
    chat_id: ChatRef,
    message_thread_id: Option<i32>,
    #[serde(rename = "action")]
    _action: ChatAction,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChatAction {
    Typing,
    UploadPhoto,
    RecordVideo,
    UploadVideo,
    RecordVoice,
    UploadVoice,
    UploadDocument,
    ChooseSticker,
    FindLocation,
    RecordVideoNote,
    UploadVideoNote,
}

pub(crate) fn send_chat_action(world: &mut World, params: Params) -> Answer {
    let request: SendChatAction = params.decode()?;
    let id = request.chat_id.open(world)?;
    let until = world.now() + SignedDuration::from_secs(TYPING_SECONDS);
    let chat = world.chats.get_mut(&id).ok_or(ApiError::ChatNotFound)?;
    if request
        .message_thread_id
        .is_some_and(|thread| chat.find_topic(thread).is_none())
    {
        return Err(ApiError::ThreadNotFound);
    }
    chat.typing_until = Some(until);
    Ok(json!(true))
}
