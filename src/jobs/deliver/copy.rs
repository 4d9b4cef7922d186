//! Passing messages on: words joined into one message, everything else copied as it is.

use jiff::SignedDuration;
use teloxide::{
    Bot, RequestError,
    payloads::{CopyMessageSetters, CopyMessagesSetters, SetMessageReactionSetters},
    requests::Requester,
    types::{self as telegram, ReactionType, ReplyParameters},
};

use super::{
    fate::{
        Fate, is_about_a_chat, is_about_a_person, is_about_group, is_about_markup, is_not_copied,
        is_protected,
    },
    group::{Spot, not_vital},
    send::{self, Page},
};
use crate::{
    app::App,
    handover::DESK_LANG,
    outgoing::{Act, Body, Buttons, ChatId, Emoji, Html, MessageId, Relay, Reply, To, html::MESSAGE_LIMIT},
    phrases::Text,
    store::{Bundle, DeskTrouble, OutboxItem, StoreError},
};

/// Staff are shown delays from this long on.
const TOLD_FROM: SignedDuration = SignedDuration::from_secs(30);

/// Passes on a message, or several that belong together.
pub(super) async fn relay(app: &App, bot: &Bot, spot: Spot, item: &OutboxItem) -> Result<Fate, StoreError> {
    let Act::Relay(first) = &item.outgoing.act else {
        return Ok(Fate::Done(Vec::new()));
    };
    let Some(source) = source_of(app, item.outgoing.to) else {
        return Ok(Fate::Done(Vec::new()));
    };
    let reply = match &first.reply {
        Some(reply) => counterpart(app, source, reply, spot.chat).await?,
        None => None,
    };
    match &first.body {
        Body::Words(_) => words(app, bot, spot, item, reply).await,
        Body::Whole => whole(app, bot, spot, source, first, reply).await,
        Body::Album(_) if item.joined.is_empty() => {
            copied(app, bot, spot, one(bot, spot, source, first, reply).await).await
        }
        Body::Album(_) => copied(app, bot, spot, album(bot, spot, source, item).await).await,
    }
}

/// Copies one message; words that may not be copied are repeated by the bot.
async fn whole(
    app: &App,
    bot: &Bot,
    spot: Spot,
    source: ChatId,
    relay: &Relay,
    reply: Option<ReplyParameters>,
) -> Result<Fate, StoreError> {
    let sent = one(bot, spot, source, relay, reply.clone()).await;
    let refused = |error: &RequestError| {
        let words = error.to_string();
        is_protected(&words) || is_not_copied(&words)
    };
    match (&sent, &relay.words) {
        (Err(error), Some(html)) if refused(error) => {
            let buttons = &Buttons::default();
            let page = Page {
                spot,
                html,
                buttons,
                reply,
            };
            send::send(app, bot, page).await
        }
        _ => copied(app, bot, spot, sent).await,
    }
}

/// The chat the messages come from.
pub(super) fn source_of(app: &App, to: To) -> Option<ChatId> {
    match to {
        To::Topic(mover) | To::TopicAside(mover) => Some(mover.private_chat()),
        To::Person(_) => app.group(),
        To::Group => None,
    }
}

/// The message on the other side to reply to.
async fn counterpart(
    app: &App,
    source: ChatId,
    reply: &Reply,
    target: ChatId,
) -> Result<Option<ReplyParameters>, StoreError> {
    // One of our messages may hold several of a mover's: the quote tells which one is meant.
    if let Some(quote) = &reply.quote
        && let Some(bundle) = app.store().bundle(source, reply.to).await?
        && let Some((part, _)) = bundle.parts.iter().find(|(_, html)| html.plain().contains(quote))
    {
        return Ok(Some(answering(*part, Some(quote.clone()))));
    }
    let found = app.store().counterpart((source, reply.to), target).await?;
    Ok(found.map(|message| answering(message, reply.quote.clone())))
}

/// Replies to this message, or to nothing if it is gone.
pub(super) fn answering(message: MessageId, quote: Option<String>) -> ReplyParameters {
    let mut reply = ReplyParameters::new(telegram::MessageId(message.0)).allow_sending_without_reply();
    reply.quote = quote;
    reply
}

async fn words(
    app: &App,
    bot: &Bot,
    spot: Spot,
    item: &OutboxItem,
    reply: Option<ReplyParameters>,
) -> Result<Fate, StoreError> {
    let parts = Bundle::parts_of(item.relays());
    let words = joined(parts.iter().map(|(_, html)| html));
    // Only the group's rate limit causes delays worth showing.
    let delay = spot.thread.map(|_| delay(app, item)).unwrap_or_default();
    let dated = words.clone().line(&delay);
    let html = if dated.plain().encode_utf16().count() <= MESSAGE_LIMIT {
        dated
    } else {
        words
    };
    let none = Buttons::default();
    let buttons = item.relays().last().map_or(&none, |relay| &relay.buttons);
    let page = Page {
        spot,
        html: &html,
        buttons,
        reply,
    };
    send::send(app, bot, page).await
}

/// When the words came in, if the group's rate limit has held them up since.
fn delay(app: &App, item: &OutboxItem) -> Html {
    let now = app.clock().now();
    if now.duration_since(item.enqueued) < TOLD_FROM {
        return Html::default();
    }
    let moment = &app.phrases().moment(DESK_LANG, item.enqueued, now);
    Html::text(&app.phrases().say(DESK_LANG, &Text::DeskDelayed { moment })).in_italics()
}

pub(super) fn joined<'h>(parts: impl Iterator<Item = &'h Html>) -> Html {
    parts.fold(Html::default(), |all, part| all.line(part))
}

async fn one(
    bot: &Bot,
    spot: Spot,
    source: ChatId,
    relay: &Relay,
    reply: Option<ReplyParameters>,
) -> Result<Vec<MessageId>, RequestError> {
    let copy = |reply: Option<ReplyParameters>| {
        let mut request = bot.copy_message(
            telegram::ChatId(spot.chat.0),
            telegram::ChatId(source.0),
            telegram::MessageId(relay.from.0),
        );
        if let Some(thread) = spot.thread_id() {
            request = request.message_thread_id(thread);
        }
        if let Some(reply) = reply {
            request = request.reply_parameters(reply);
        }
        request
    };
    let sent = match copy(reply.clone()).await {
        Err(error) if is_about_markup(&error) => {
            copy(reply.map(|reply| ReplyParameters { quote: None, ..reply })).await
        }
        other => other,
    };
    sent.map(|sent| vec![MessageId(sent.0)])
}

async fn album(
    bot: &Bot,
    spot: Spot,
    source: ChatId,
    item: &OutboxItem,
) -> Result<Vec<MessageId>, RequestError> {
    let mut from: Vec<telegram::MessageId> = item
        .relays()
        .map(|relay| telegram::MessageId(relay.from.0))
        .collect();
    from.sort_by_key(|message| message.0);
    let mut request = bot.copy_messages(telegram::ChatId(spot.chat.0), telegram::ChatId(source.0), from);
    if let Some(thread) = spot.thread_id() {
        request = request.message_thread_id(thread);
    }
    let sent = request.await?;
    Ok(sent.into_iter().map(|message| MessageId(message.0)).collect())
}

async fn copied(
    app: &App,
    bot: &Bot,
    spot: Spot,
    result: Result<Vec<MessageId>, RequestError>,
) -> Result<Fate, StoreError> {
    match result {
        Ok(sent) => Ok(Fate::Done(sent)),
        // The mover can be reached; the bot was removed from the group that the words come from.
        Err(error) if spot.chat.person().is_some() && is_about_group(&error) => {
            Ok(Fate::Trouble(DeskTrouble::NotInside))
        }
        Err(error)
            if spot.chat.person().is_some() && is_about_a_chat(&error) && !group_is_there(app, bot).await =>
        {
            Ok(Fate::Trouble(DeskTrouble::NotInside))
        }
        // The mover who wrote the message is out of reach, not the group.
        Err(error) if spot.thread.is_some() && is_about_a_person(&error) => {
            Ok(Fate::Refused(error.to_string()))
        }
        // The group is there; the mover's message or chat is not.
        Err(error) if spot.thread.is_some() && is_about_a_chat(&error) && group_is_there(app, bot).await => {
            Ok(Fate::Refused(error.to_string()))
        }
        Err(error) => send::failed(app, bot, spot, &error).await,
    }
}

/// Whether Telegram knows the concierge group; a failing connection does not count as a no.
async fn group_is_there(app: &App, bot: &Bot) -> bool {
    let Some(group) = app.group() else { return false };
    let asked = bot.get_chat(telegram::ChatId(group.0)).await;
    !matches!(asked, Err(RequestError::Api(_)))
}

pub(super) async fn react(
    app: &App,
    bot: &Bot,
    spot: Spot,
    on: MessageId,
    emoji: Emoji,
) -> Result<Fate, StoreError> {
    let reaction = ReactionType::Emoji {
        emoji: emoji.as_str().to_owned(),
    };
    let request = bot
        .set_message_reaction(telegram::ChatId(spot.chat.0), telegram::MessageId(on.0))
        .reaction([reaction]);
    Ok(match request.await {
        Ok(_) => Fate::Done(Vec::new()),
        Err(error) => not_vital(send::failed(app, bot, spot, &error).await?),
    })
}
