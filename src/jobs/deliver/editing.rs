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
    outgoing::{
        Act, Body, Buttons, ChatId, EditedPart, Html, MessageId, Outgoing, Relay, RelayEdit, Reply, To, Voice,
    },
    store::{Bundle, OutboxItem, StoreError},
};

/// Mirrors an edit if the message was passed on. If the copy can no longer be edited, the change is sent as a message
/// of its own.
pub(super) async fn mirror(
    app: &App,
    bot: &Bot,
    spot: Spot,
    item: &OutboxItem,
    edit: &RelayEdit,
) -> Result<Fate, StoreError> {
    let (to, nothing) = (item.outgoing.to, Fate::Done(Vec::new()));
    let Some(source) = source_of(app, to) else {
        return Ok(nothing);
    };
    let Some(message) = app.store().counterpart((source, edit.of), spot.chat).await? else {
        // The group it went to is another one now; or it stands on the card alone.
        if app.store().is_linked((source, edit.of)).await? || opened_case(app, to, edit.of).await? {
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
        EditFate::Changed => Ok(nothing),
        EditFate::Unchanged if is_other_file(app, spot, item, edit).await? => Ok(anew(to, edit)),
        EditFate::Unchanged => Ok(nothing),
        EditFate::Gone | EditFate::Other(Fate::Refused(_)) => lost::edited_anew(app, to, edit).await,
        EditFate::Other(fate) => Ok(fate),
    }
}

/// Whether a mover's case was opened with this message, which need not stand in the topic for that.
async fn opened_case(app: &App, to: To, message: MessageId) -> Result<bool, StoreError> {
    let Some(mover) = to.topic_of() else {
        return Ok(false);
    };
    let case = app.store().case(mover).await?;
    Ok(case.is_some_and(|case| case.opened_with.contains(&message)))
}

/// Whether something else than words was changed: the words below were the same already, and were not copied after the
/// change, nor changed by a try that nobody saw the end of.
async fn is_other_file(
    app: &App,
    spot: Spot,
    item: &OutboxItem,
    edit: &RelayEdit,
) -> Result<bool, StoreError> {
    if edit.part != EditedPart::Caption || item.attempts > 0 {
        return Ok(false);
    }
    let Some(source) = source_of(app, item.outgoing.to) else {
        return Ok(false);
    };
    let since = app.store().passed_on_at((source, edit.of), spot.chat).await?;
    Ok(since.is_some_and(|since| since < item.enqueued))
}

/// A picture or a file in place of which another one was put is copied anew, under the one that is there.
fn anew(to: To, edit: &RelayEdit) -> Fate {
    let relay = Relay {
        from: edit.of,
        body: Body::Whole,
        reply: Some(Reply {
            to: edit.of,
            quote: None,
        }),
        buttons: Buttons::default(),
        words: None,
    };
    let act = Act::Relay(relay);
    match to {
        To::Person(mover) => Fate::Instead(Box::new(Outgoing::to_person(mover, Voice::Person, act))),
        To::Topic(mover) => Fate::Instead(Box::new(Outgoing::to_topic(mover, act))),
        To::TopicAside(_) | To::Group => Fate::Done(Vec::new()),
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
        Ok(_) => EditFate::Changed,
        Err(error) => of_edit_error(&error),
    }
}
