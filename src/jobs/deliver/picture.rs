//! Draws the picture of a week at the moment it goes out.

use teloxide::{
    Bot, RequestError,
    payloads::SendPhotoSetters,
    requests::Requester,
    types::{self as telegram, InputFile, ParseMode},
};

use super::{
    fate::Fate,
    send::{self, Page},
};
use crate::{
    app::{App, logged},
    outgoing::{Chart, MessageId},
    picture,
    store::StoreError,
};

/// The file's name when somebody saves it.
const NAME: &str = "week.png";

/// Sends the picture with the words below it; if it cannot be drawn or sent, the words alone, which say the same.
pub(super) async fn send(app: &App, bot: &Bot, page: Page<'_>, chart: &Chart) -> Result<Fate, StoreError> {
    let Some(png) = drawn(chart.clone()).await else {
        return send::send(app, bot, page).await;
    };
    match send_photo(bot, &page, png).await {
        Ok(sent) => Ok(Fate::Done(vec![sent])),
        Err(RequestError::Api(error)) => {
            tracing::warn!(telegram = %logged::words(&error.to_string()), "a picture was refused; its words go alone");
            send::send(app, bot, page).await
        }
        Err(error) => send::failed(app, bot, page.spot, &error).await,
    }
}

/// Drawing takes too long for an async task's thread.
async fn drawn(chart: Chart) -> Option<Vec<u8>> {
    let drawn = tokio::task::spawn_blocking(move || picture::png(&chart)).await;
    match drawn {
        Ok(Ok(png)) => Some(png),
        Ok(Err(error)) => {
            tracing::error!(%error, "the words go without their picture");
            None
        }
        Err(_) => {
            tracing::error!("drawing a picture panicked; its words go alone");
            None
        }
    }
}

async fn send_photo(bot: &Bot, page: &Page<'_>, png: Vec<u8>) -> Result<MessageId, RequestError> {
    let photo = InputFile::memory(png).file_name(NAME);
    let mut request = bot
        .send_photo(telegram::ChatId(page.spot.chat.0), photo)
        .caption(page.html.as_str())
        .parse_mode(ParseMode::Html);
    if let Some(thread) = page.spot.thread_id() {
        request = request.message_thread_id(thread);
    }
    request.await.map(|sent| MessageId(sent.id.0))
}
