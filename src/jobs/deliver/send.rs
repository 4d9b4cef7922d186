//! Puts one item into Telegram's words and sends it.

use teloxide::{
    Bot, RequestError,
    payloads::{EditMessageTextSetters, SendDocumentSetters, SendMessageSetters},
    requests::Requester,
    types::{
        self as telegram, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions,
        ParseMode, ReplyMarkup, ReplyParameters,
    },
};
use url::Url;

use super::{
    broadcast, copy, editing,
    fate::{
        EditFate, Fate, TopicFate, is_about_markup, of_edit_error, of_error, of_private_error, of_topic_error,
    },
    group::{self, Spot},
    picture,
};
use crate::{
    app::{App, logged},
    outgoing::{Act, ButtonDoes, ButtonFace, Buttons, ChatId, File, Html, MessageId, Pin, Push},
    phrases::Text,
    store::{OutboxItem, StoreError},
};

/// One message as it is to appear.
#[derive(Clone)]
pub(super) struct Page<'a> {
    pub(super) spot: Spot,
    pub(super) html: &'a Html,
    pub(super) buttons: &'a Buttons,
    pub(super) reply: Option<ReplyParameters>,
}

pub(super) async fn carry_out(
    app: &App,
    bot: &Bot,
    chat: ChatId,
    item: &OutboxItem,
) -> Result<Fate, StoreError> {
    let outgoing = &item.outgoing;
    let spot = match group::spot_of(app, bot, chat, outgoing).await? {
        Ok(spot) => spot,
        Err(fate) => return Ok(fate),
    };
    let page = |html, buttons| Page {
        spot,
        html,
        buttons,
        reply: None,
    };
    match &outgoing.act {
        Act::Send { html, buttons, .. } => send(app, bot, page(html, buttons)).await,
        Act::EditAnswer {
            answers,
            html,
            buttons,
        } => match app.store().answer_message(chat, *answers).await? {
            Some(message) => edit(app, bot, page(html, buttons), message).await,
            None => send(app, bot, page(html, buttons)).await,
        },
        Act::Edit {
            message,
            html,
            buttons,
        } => edit(app, bot, page(html, buttons), *message).await,
        Act::Remark { on, html, buttons } => {
            let page = Page {
                reply: Some(copy::answering(*on, None)),
                ..page(html, buttons)
            };
            send(app, bot, page).await
        }
        Act::React { on, emoji } => copy::react(app, bot, spot, *on, *emoji).await,
        Act::SendFile { file, html, buttons } => attach(app, bot, page(html, buttons), file).await,
        Act::SendPicture { chart, html } => {
            picture::send(app, bot, page(html, &Buttons(Vec::new())), chart).await
        }
        Act::Pin(pin) => pin_down(app, bot, spot, *pin).await,
        Act::Push(push) => pushed(app, bot, spot, push).await,
        Act::Trial(trial) => send(app, bot, page(&trial.html, &trial.buttons)).await,
        Act::Progress(id) => broadcast::show_progress(app, bot, spot, *id).await,
        Act::Relay(_) => copy::relay(app, bot, spot, item).await,
        Act::RelayEdit(edit) => editing::mirror(app, bot, spot, item, edit).await,
        Act::Card => group::show_card(app, bot, spot).await,
        Act::Title => group::show_title(app, bot, spot).await,
        Act::DropTopic(thread) => group::drop_topic(app, bot, spot, *thread).await,
    }
}

/// What is put into words only now; nothing if it has become pointless.
async fn pushed(app: &App, bot: &Bot, spot: Spot, push: &Push) -> Result<Fate, StoreError> {
    let told = match spot.chat.person() {
        Some(mover) => app.pushed(mover, push).await?,
        None => None,
    };
    let Some(told) = told else {
        return Ok(Fate::Outdated);
    };
    let page = Page {
        spot,
        html: &told.html,
        buttons: &told.buttons,
        reply: None,
    };
    match &told.file {
        Some(file) => attach(app, bot, page, file).await,
        None => send(app, bot, page).await,
    }
}

/// Telegram's limit for the words below a file, in UTF-16 code units after entities are parsed.
const CAPTION_LIMIT: usize = 1024;

/// A file with words below it; words that are too long for that go first, in a message of their own.
async fn attach(app: &App, bot: &Bot, page: Page<'_>, file: &File) -> Result<Fate, StoreError> {
    let fits = page.html.plain().encode_utf16().count() <= CAPTION_LIMIT;
    if fits {
        return match send_file(bot, &page, file, true).await {
            Ok(sent) => Ok(Fate::Done(vec![sent])),
            Err(error) => failed(app, bot, page.spot, &error).await,
        };
    }
    let fate = send(app, bot, page.clone()).await?;
    let Fate::Done(mut sent) = fate else {
        return Ok(fate);
    };
    // The words are there: a second try would repeat them for the sake of a file.
    match send_file(bot, &page, file, false).await {
        Ok(message) => sent.push(message),
        Err(error) => {
            tracing::warn!(error = %logged::told(&error), "a file could not be sent after its words")
        }
    }
    Ok(Fate::Done(sent))
}

async fn send_file(
    bot: &Bot,
    page: &Page<'_>,
    file: &File,
    with_words: bool,
) -> Result<MessageId, RequestError> {
    let content = InputFile::memory(file.text.clone().into_bytes()).file_name(file.name.clone());
    let mut request = bot.send_document(telegram::ChatId(page.spot.chat.0), content);
    if with_words {
        request = request.caption(page.html.as_str()).parse_mode(ParseMode::Html);
        if !page.buttons.0.is_empty() {
            request = request.reply_markup(ReplyMarkup::InlineKeyboard(keyboard(page.buttons)));
        }
    }
    request.await.map(|sent| MessageId(sent.id.0))
}

async fn pin_down(app: &App, bot: &Bot, spot: Spot, pin: Pin) -> Result<Fate, StoreError> {
    let request = bot.send_location(telegram::ChatId(spot.chat.0), pin.latitude(), pin.longitude());
    match request.await {
        Ok(sent) => Ok(Fate::Done(vec![MessageId(sent.id.0)])),
        Err(error) => failed(app, bot, spot, &error).await,
    }
}

pub(super) async fn send(app: &App, bot: &Bot, page: Page<'_>) -> Result<Fate, StoreError> {
    match send_html(bot, &page).await {
        Ok(sent) => Ok(Fate::Done(vec![sent])),
        // Better without bold letters than not at all.
        Err(error) if is_about_markup(&error) => {
            let plain = Html::text(&page.html.plain());
            let page = Page {
                html: &plain,
                reply: page
                    .reply
                    .clone()
                    .map(|reply| ReplyParameters { quote: None, ..reply }),
                ..page
            };
            match send_html(bot, &page).await {
                Ok(sent) => Ok(Fate::Done(vec![sent])),
                Err(error) => failed(app, bot, page.spot, &error).await,
            }
        }
        Err(error) => failed(app, bot, page.spot, &error).await,
    }
}

async fn send_html(bot: &Bot, page: &Page<'_>) -> Result<MessageId, RequestError> {
    let mut request = bot
        .send_message(telegram::ChatId(page.spot.chat.0), page.html.as_str())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview());
    if let Some(thread) = page.spot.thread_id() {
        request = request.message_thread_id(thread);
    }
    if let Some(reply) = &page.reply {
        request = request.reply_parameters(reply.clone());
    }
    if !page.buttons.0.is_empty() {
        request = request.reply_markup(ReplyMarkup::InlineKeyboard(keyboard(page.buttons)));
    }
    request.await.map(|sent| MessageId(sent.id.0))
}

/// Edits a message of ours; sends a new one if it is gone.
pub(super) async fn edit(
    app: &App,
    bot: &Bot,
    page: Page<'_>,
    message: MessageId,
) -> Result<Fate, StoreError> {
    match edit_only(bot, &page, message).await {
        EditFate::Changed | EditFate::Unchanged => Ok(Fate::Done(vec![message])),
        EditFate::Gone => send(app, bot, page).await,
        EditFate::Other(fate) => Ok(fate),
    }
}

/// Edits a message of ours, and says if it is gone.
pub(super) async fn edit_only(bot: &Bot, page: &Page<'_>, message: MessageId) -> EditFate {
    let request = bot
        .edit_message_text(
            telegram::ChatId(page.spot.chat.0),
            telegram::MessageId(message.0),
            page.html.as_str(),
        )
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview())
        .reply_markup(keyboard(page.buttons));
    match request.await {
        Ok(_) => EditFate::Changed,
        Err(error) => match of_edit_error(&error) {
            EditFate::Other(fate) => EditFate::Other(told(&error, fate)),
            other => other,
        },
    }
}

/// What a failed call means; in the concierge group, a topic that is gone is forgotten and one that was closed by hand
/// opened again, and the item goes out with the next try.
pub(super) async fn failed(
    app: &App,
    bot: &Bot,
    spot: Spot,
    error: &RequestError,
) -> Result<Fate, StoreError> {
    let Some((mover, thread)) = spot.thread else {
        let fate = match of_topic_error(error) {
            // In a private chat these words mean nothing about the desk.
            _ if spot.chat.person().is_some() => of_private_error(error),
            TopicFate::Other(fate) => fate,
            TopicFate::Gone | TopicFate::Closed | TopicFate::Unchanged => of_error(error),
        };
        return Ok(told(error, fate));
    };
    Ok(match of_topic_error(error) {
        TopicFate::Gone => {
            let told = app.to_owners(&Text::DeskTopicDeleted);
            app.store().forget_topic(mover, thread, told).await?;
            Fate::Prepared
        }
        TopicFate::Closed => group::reopen(app, bot, spot).await?,
        TopicFate::Unchanged => Fate::Done(Vec::new()),
        TopicFate::Other(fate) => told(error, fate),
    })
}

/// Logs a failure that nobody else hears of. Unreadable answers are not shown: they repeat the message.
fn told(error: &RequestError, fate: Fate) -> Fate {
    match (&fate, error) {
        (Fate::Failed { .. }, RequestError::InvalidJson { .. }) => {
            tracing::warn!("Telegram's answer was unreadable; the message is tried again");
        }
        (Fate::Failed { .. }, error) => {
            tracing::warn!(error = %logged::told(error), "a message could not be sent; it is tried again")
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

pub(super) fn keyboard(buttons: &Buttons) -> InlineKeyboardMarkup {
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
