//! Puts one item into Telegram's words and sends it.

use teloxide::{
    Bot, RequestError,
    payloads::{EditMessageTextSetters, SendMessageSetters},
    requests::Requester,
    types::{
        self as telegram, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ParseMode,
        ReplyMarkup,
    },
};
use url::Url;

use super::fate::{EditFate, Fate, of_edit_error, of_error};
use crate::{
    outgoing::{Act, ButtonDoes, ButtonFace, Buttons, ChatId, Html, MessageId, ThreadId},
    store::{OutboxItem, Store, StoreError},
};

/// One message as it is to appear.
#[derive(Clone, Copy)]
struct Page<'a> {
    chat: ChatId,
    thread: Option<ThreadId>,
    html: &'a Html,
    buttons: &'a Buttons,
}

pub(super) async fn carry_out(store: &Store, bot: &Bot, item: &OutboxItem) -> Result<Fate, StoreError> {
    let outgoing = &item.outgoing;
    let page = |html, buttons| Page {
        chat: outgoing.chat,
        thread: outgoing.thread,
        html,
        buttons,
    };
    Ok(match &outgoing.act {
        Act::Send { html, buttons, .. } => send(bot, page(html, buttons)).await,
        Act::EditAnswer {
            answers,
            html,
            buttons,
        } => {
            let page = page(html, buttons);
            match store.answer_message(outgoing.chat, *answers).await? {
                Some(message) => edit(bot, page, message).await,
                None => send(bot, page).await,
            }
        }
        Act::Edit {
            message,
            html,
            buttons,
        } => edit(bot, page(html, buttons), *message).await,
    })
}

async fn send(bot: &Bot, page: Page<'_>) -> Fate {
    let mut request = bot
        .send_message(telegram::ChatId(page.chat.0), page.html.as_str())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview());
    if let Some(thread) = page.thread {
        request = request.message_thread_id(telegram::ThreadId(telegram::MessageId(thread.0)));
    }
    if !page.buttons.0.is_empty() {
        request = request.reply_markup(ReplyMarkup::InlineKeyboard(keyboard(page.buttons)));
    }
    match request.await {
        Ok(sent) => Fate::Done(Some(MessageId(sent.id.0))),
        Err(error) => told(&error, of_error(&error)),
    }
}

/// Edits a message of ours; sends a new one if it is gone.
async fn edit(bot: &Bot, page: Page<'_>, message: MessageId) -> Fate {
    let request = bot
        .edit_message_text(
            telegram::ChatId(page.chat.0),
            telegram::MessageId(message.0),
            page.html.as_str(),
        )
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview())
        .reply_markup(keyboard(page.buttons));
    match request.await {
        Ok(_) => Fate::Done(Some(message)),
        Err(error) => match of_edit_error(&error) {
            EditFate::Unchanged => Fate::Done(Some(message)),
            EditFate::Gone => send(bot, page).await,
            EditFate::Other(fate) => told(&error, fate),
        },
    }
}

/// Logs a failure that nobody else hears of. Unreadable answers are not shown: they repeat the message.
fn told(error: &RequestError, fate: Fate) -> Fate {
    match (&fate, error) {
        (Fate::Failed { .. }, RequestError::InvalidJson { .. }) => {
            tracing::warn!("Telegram's answer was unreadable; the message is tried again");
        }
        (Fate::Failed { .. }, error) => {
            tracing::warn!(%error, "a message could not be sent; it is tried again")
        }
        _ => {}
    }
    fate
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn keyboard(buttons: &Buttons) -> InlineKeyboardMarkup {
    let rows = buttons
        .0
        .iter()
        .map(|row| row.iter().filter_map(button).collect::<Vec<_>>());
    InlineKeyboardMarkup::new(rows.filter(|row| !row.is_empty()))
}

/// A button with an address that is none is left out: better than losing the message.
fn button(face: &ButtonFace) -> Option<InlineKeyboardButton> {
    let label = face.label.clone();
    match &face.does {
        ButtonDoes::Callback(data) => Some(InlineKeyboardButton::callback(label, data)),
        ButtonDoes::Share(query) => Some(InlineKeyboardButton::switch_inline_query(label, query)),
        ButtonDoes::Url(address) => match Url::parse(address) {
            Ok(url) => Some(InlineKeyboardButton::url(label, url)),
            Err(error) => {
                tracing::error!(%error, "a button was left out: its address is none");
                None
            }
        },
    }
}
