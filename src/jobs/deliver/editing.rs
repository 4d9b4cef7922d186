//! Mirroring changes to messages that were passed on.

use teloxide::{
    Bot, payloads::EditMessageCaptionSetters, requests::Requester, types as telegram, types::ParseMode,
};

use super::{
    copy::{joined, source_of},
    fate::{EditFate, Fate, of_edit_error},
    group::Spot,
    lost,
    send::{self, Page},
};
use crate::{
    app::App,
    outgoing::{Buttons, ChatId, EditedPart, Html, MessageId, RelayEdit, To},
    store::{Bundle, StoreError},
};

/// Mirrors an edit if the message was passed on. If the copy can no longer be edited, the change is sent as a message
/// of its own.
pub(super) async fn mirror(
    app: &App,
    bot: &Bot,
    spot: Spot,
    to: To,
    edit: &RelayEdit,
) -> Result<Fate, StoreError> {
    let nothing = Fate::Done(Vec::new());
    let Some(source) = source_of(app, to) else {
        return Ok(nothing);
    };
    let Some(message) = app.store().counterpart((source, edit.of), spot.chat).await? else {
        // The group it went to has been replaced.
        if app.store().is_linked((source, edit.of)).await? {
            return lost::edited_anew(app, to, edit).await;
        }
        return Ok(nothing);
    };
    let whole = match app.store().bundle(spot.chat, message).await? {
        Some(bundle) => rewritten(app, spot, message, bundle, edit).await?,
        // It stands for several messages of an album; nobody can tell which.
        None if !is_counterpart(app, (spot.chat, message), (source, edit.of)).await? => {
            return lost::edited_anew(app, to, edit).await;
        }
        None => edit.html.clone(),
    };
    let page = Page {
        spot,
        html: &whole,
        buttons: &Buttons::default(),
        reply: None,
    };
    let fate = match edit.part {
        EditedPart::Text => send::edit_only(bot, &page, message).await,
        EditedPart::Caption => edit_caption(bot, &page, message).await,
    };
    match fate {
        EditFate::Unchanged => Ok(nothing),
        EditFate::Gone | EditFate::Other(Fate::Refused(_)) => lost::edited_anew(app, to, edit).await,
        EditFate::Other(fate) => Ok(fate),
    }
}

/// Whether this message is the counterpart of that one.
async fn is_counterpart(
    app: &App,
    this: (ChatId, MessageId),
    that: (ChatId, MessageId),
) -> Result<bool, StoreError> {
    let (chat, message) = that;
    Ok(app.store().counterpart(this, chat).await? == Some(message))
}

/// The text of a joined message with one of its parts changed.
async fn rewritten(
    app: &App,
    spot: Spot,
    message: MessageId,
    mut bundle: Bundle,
    edit: &RelayEdit,
) -> Result<Html, StoreError> {
    for (part, html) in &mut bundle.parts {
        if *part == edit.of {
            html.clone_from(&edit.html);
        }
    }
    app.store().keep_bundle(spot.chat, message, &bundle).await?;
    Ok(joined(bundle.parts.iter().map(|(_, html)| html)))
}

async fn edit_caption(bot: &Bot, page: &Page<'_>, message: MessageId) -> EditFate {
    let request = bot
        .edit_message_caption(telegram::ChatId(page.spot.chat.0), telegram::MessageId(message.0))
        .caption(page.html.as_str())
        .parse_mode(ParseMode::Html);
    match request.await {
        Ok(_) => EditFate::Unchanged,
        Err(error) => of_edit_error(&error),
    }
}
