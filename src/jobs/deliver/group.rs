//! The concierge group: a topic for each mover, opened when it is needed, its card and its title.

use teloxide::{
    Bot,
    payloads::{EditForumTopicSetters, SendMessageSetters},
    requests::Requester,
    types as telegram,
};

use super::{
    fate::{EditFate, Fate, TopicFate, of_topic_error},
    send::{self, Page},
};
use crate::{
    app::{App, logged},
    handover::{Case, DESK_LANG, card},
    outgoing::{Act, Buttons, ChatId, Html, MessageId, Outgoing, ThreadId, To, UserId},
    phrases::Text,
    store::{Card, DeskTrouble, StoreError, Topic},
};

/// Where a message goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) chat: ChatId,
    /// The topic, and whose it is.
    pub(super) thread: Option<(UserId, ThreadId)>,
}

impl Spot {
    pub(super) fn thread_id(self) -> Option<telegram::ThreadId> {
        self.thread
            .map(|(_, thread)| telegram::ThreadId(telegram::MessageId(thread.0)))
    }
}

/// A case as staff see it.
struct Look {
    title: String,
    card: Html,
    buttons: Buttons,
    /// The card for a Telegram that refuses the other one.
    bare: (Html, Buttons),
}

async fn look(app: &App, case: &Case) -> Result<Look, StoreError> {
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let now = app.clock().now();
    Ok(app.with_desk(&knowledge, &colleagues, |senses| Look {
        title: card::title(case, senses, now),
        card: card::html(case, senses, now),
        buttons: card::buttons(case, senses),
        bare: (card::bare(case, senses, now), card::bare_buttons(case, senses)),
    }))
}

/// Where it goes; else what came of making that place.
pub(super) async fn spot_of(
    app: &App,
    bot: &Bot,
    chat: ChatId,
    outgoing: &Outgoing,
) -> Result<Result<Spot, Fate>, StoreError> {
    let outside = Spot { chat, thread: None };
    match (outgoing.to, &outgoing.act) {
        (To::Person(_) | To::Group, _) => Ok(Ok(outside)),
        // A change needs no topic: it is made where the message stands, or there is nothing to change.
        (To::Topic(_), Act::RelayEdit(_)) => Ok(Ok(outside)),
        (To::Topic(mover), _) => topic(app, bot, chat, mover).await,
        // What is only worth doing in a topic that is there.
        (To::TopicAside(mover), _) => Ok(match app.store().topic(mover).await? {
            Some(topic) => Ok(Spot {
                chat,
                thread: Some((mover, topic.thread)),
            }),
            None => Err(Fate::Done(Vec::new())),
        }),
    }
}

/// The mover's topic with its card in it. What is missing is made first, one call at a time, so that each counts for
/// the pace; the fate says what came of that.
async fn topic(app: &App, bot: &Bot, chat: ChatId, mover: UserId) -> Result<Result<Spot, Fate>, StoreError> {
    let Some(case) = app.store().case(mover).await? else {
        return Ok(Err(Fate::Done(Vec::new())));
    };
    let Some(topic) = app.store().topic(mover).await? else {
        return open(app, bot, chat, &case).await.map(Err);
    };
    let spot = Spot {
        chat,
        thread: Some((mover, topic.thread)),
    };
    if topic.card.is_some_and(|card| card.opened == case.opened) {
        return Ok(Ok(spot));
    }
    send_card(app, bot, spot, &case, topic).await.map(Err)
}

async fn open(app: &App, bot: &Bot, chat: ChatId, case: &Case) -> Result<Fate, StoreError> {
    let title = look(app, case).await?.title;
    let opened = bot
        .create_forum_topic(telegram::ChatId(chat.0), title.clone())
        .await;
    match opened {
        Ok(opened) => {
            let topic = Topic {
                thread: ThreadId(opened.thread_id.0.0),
                title,
                card: None,
            };
            app.store().keep_topic(case.mover, &topic).await?;
            app.report_trouble(None).await?;
            Ok(Fate::Prepared)
        }
        Err(error) => send::failed(app, bot, Spot { chat, thread: None }, &error).await,
    }
}

async fn send_card(app: &App, bot: &Bot, spot: Spot, case: &Case, topic: Topic) -> Result<Fate, StoreError> {
    let look = look(app, case).await?;
    let page = |html, buttons| Page {
        spot,
        html,
        buttons,
        reply: None,
    };
    let mut fate = send::send(app, bot, page(&look.card, &look.buttons)).await?;
    if let Fate::Refused(words) = &fate {
        tracing::warn!(telegram = %logged::words(words), "a card was refused; one without words of people is shown");
        fate = send::send(app, bot, page(&look.bare.0, &look.bare.1)).await?;
    }
    Ok(match fate {
        Fate::Done(sent) => {
            let opened = case.opened;
            let card = sent.first().map(|message| Card {
                message: *message,
                opened,
            });
            app.store().keep_card(case.mover, topic.thread, card).await?;
            Fate::Prepared
        }
        other => other,
    })
}

/// Updates the card. If somebody deleted it, the next message to the topic brings a new one.
pub(super) async fn show_card(app: &App, bot: &Bot, spot: Spot) -> Result<Fate, StoreError> {
    let Some((case, topic)) = case_and_topic(app, spot).await? else {
        return Ok(Fate::Done(Vec::new()));
    };
    let Some(card) = topic.card else {
        return Ok(Fate::Done(Vec::new()));
    };
    let look = look(app, &case).await?;
    let page = Page {
        spot,
        html: &look.card,
        buttons: &look.buttons,
        reply: None,
    };
    Ok(match send::edit_only(bot, &page, card.message).await {
        EditFate::Changed | EditFate::Unchanged => Fate::Done(Vec::new()),
        EditFate::Gone => {
            app.store().keep_card(case.mover, topic.thread, None).await?;
            Fate::Done(Vec::new())
        }
        EditFate::Other(fate) => not_vital(fate),
    })
}

/// Updates the title.
pub(super) async fn show_title(app: &App, bot: &Bot, spot: Spot) -> Result<Fate, StoreError> {
    let Some((case, topic)) = case_and_topic(app, spot).await? else {
        return Ok(Fate::Done(Vec::new()));
    };
    let title = look(app, &case).await?.title;
    if title == topic.title {
        return Ok(Fate::Done(Vec::new()));
    }
    let thread = telegram::ThreadId(telegram::MessageId(topic.thread.0));
    let edited = bot
        .edit_forum_topic(telegram::ChatId(spot.chat.0), thread)
        .name(title.clone())
        .await;
    let fate = match edited.map_err(|error| of_topic_error(&error)) {
        Ok(_) | Err(TopicFate::Unchanged) => {
            app.store().keep_title(case.mover, topic.thread, title).await?;
            app.report_trouble(None).await?;
            Fate::Done(Vec::new())
        }
        Err(TopicFate::Gone | TopicFate::Closed) => Fate::Done(Vec::new()),
        Err(TopicFate::Other(fate)) => not_vital(fate),
    };
    Ok(fate)
}

/// Reopens a topic that somebody closed by hand.
pub(super) async fn reopen(app: &App, bot: &Bot, spot: Spot) -> Result<Fate, StoreError> {
    let Some(thread) = spot.thread_id() else {
        return Ok(Fate::Done(Vec::new()));
    };
    let reopened = bot
        .reopen_forum_topic(telegram::ChatId(spot.chat.0), thread)
        .await;
    match reopened.map_err(|error| of_topic_error(&error)) {
        Ok(_) => {
            app.report_trouble(None).await?;
            if is_in_hand(app, spot).await? {
                app.tell_owners(&Text::DeskTopicClosed).await?;
            }
            Ok(Fate::Prepared)
        }
        Err(TopicFate::Other(fate)) => Ok(fate),
        Err(TopicFate::Gone | TopicFate::Closed | TopicFate::Unchanged) => Ok(Fate::Prepared),
    }
}

/// Whether the topic was closed while its case was open. Closing it together with the case is normal: the next case
/// reopens it and brings a card of its own.
async fn is_in_hand(app: &App, spot: Spot) -> Result<bool, StoreError> {
    let found = case_and_topic(app, spot).await?;
    Ok(found.is_some_and(|(case, topic)| {
        case.is_live() && topic.card.is_some_and(|card| card.opened == case.opened)
    }))
}

/// Deletes the topic of a forgotten mover. If the bot lacks the right, staff are asked in the topic to do it.
pub(super) async fn drop_topic(
    app: &App,
    bot: &Bot,
    spot: Spot,
    thread: ThreadId,
) -> Result<Fate, StoreError> {
    let chat = telegram::ChatId(spot.chat.0);
    let thread = telegram::ThreadId(telegram::MessageId(thread.0));
    let deleted = bot.delete_forum_topic(chat, thread).await;
    match deleted.map_err(|error| of_topic_error(&error)) {
        Ok(_) | Err(TopicFate::Gone | TopicFate::Closed | TopicFate::Unchanged) => {
            return Ok(Fate::Done(Vec::new()));
        }
        Err(TopicFate::Other(Fate::Refused(_) | Fate::Trouble(DeskTrouble::NoRights))) => {}
        Err(TopicFate::Other(fate)) => return Ok(fate),
    }
    let asked = app.phrases().say(DESK_LANG, &Text::DeskDeleteTopic);
    let sent = bot.send_message(chat, asked).message_thread_id(thread).await;
    Ok(match sent.map_err(|error| of_topic_error(&error)) {
        Ok(sent) => Fate::Done(vec![MessageId(sent.id.0)]),
        Err(TopicFate::Gone | TopicFate::Closed | TopicFate::Unchanged) => Fate::Done(Vec::new()),
        Err(TopicFate::Other(fate)) => not_vital(fate),
    })
}

/// Something merely nice to have does not become a dead letter when refused.
pub(super) fn not_vital(fate: Fate) -> Fate {
    match fate {
        Fate::Refused(words) => {
            tracing::warn!(telegram = %logged::words(&words), "something in the concierge group was refused");
            Fate::Done(Vec::new())
        }
        other => other,
    }
}

async fn case_and_topic(app: &App, spot: Spot) -> Result<Option<(Case, Topic)>, StoreError> {
    let Some((mover, _)) = spot.thread else {
        return Ok(None);
    };
    let case = app.store().case(mover).await?;
    Ok(case.zip(app.store().topic(mover).await?))
}
