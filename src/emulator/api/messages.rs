//! Text, places and contacts.

use serde::Deserialize;
use serde_json::json;

use super::{Answer, ApiError, Params, place::SendOptions, words::TextFields};
use crate::emulator::{
    wire,
    world::{Content, World},
};

pub(crate) fn send_message(world: &mut World, mut params: Params) -> Answer {
    let options: SendOptions = params.take()?;
    let text = params.decode::<TextFields>()?.parse(ApiError::TextTooLong)?;
    send(world, options, Content::Text(text))
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
    #[serde(rename = "horizontal_accuracy")]
    _horizontal_accuracy: Option<f64>,
}

pub(crate) fn send_location(world: &mut World, mut params: Params) -> Answer {
    let options = params.take()?;
    let Location {
        latitude, longitude, ..
    } = params.decode()?;
    if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
        return Err(ApiError::OutOfRange("latitude or longitude"));
    }
    let place = Content::Location {
        latitude,
        longitude,
        live_period: None,
    };
    send(world, options, place)
}

#[derive(Deserialize)]
struct Contact {
    phone_number: String,
    first_name: String,
    last_name: Option<String>,
    #[serde(rename = "vcard")]
    _vcard: Option<String>,
}

pub(crate) fn send_contact(world: &mut World, mut params: Params) -> Answer {
    let options = params.take()?;
    let Contact {
        phone_number,
        first_name,
        last_name,
        ..
    } = params.decode()?;
    send(
        world,
        options,
        Content::Contact {
            phone_number,
            first_name,
            last_name,
        },
    )
}

/// Sends one message and answers with it.
pub(crate) fn send(world: &mut World, options: SendOptions, content: Content) -> Answer {
    let place = options.place(world)?;
    let chat = place.chat;
    let id = place.post(world, content)?;
    Ok(shown(world, chat, id))
}

/// A message, as the result of a call.
pub(crate) fn shown(world: &World, chat: i64, id: i32) -> serde_json::Value {
    let message = world.chats.get(&chat).and_then(|chat| chat.messages.get(&id));
    message.map_or(json!(null), |message| wire::message(world, message))
}
