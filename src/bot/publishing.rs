//! What staff publish outside the movers' topics: fetches files, computes the step, keeps it.

use futures_util::StreamExt;
use teloxide::{
    Bot,
    net::Download,
    requests::Requester,
    types::{FileId, Message},
};

use crate::{
    app::App,
    bot::{
        desk::{refusal, seen},
        group::FromGroup,
        handle::{Context, answer_tap, nothing},
        input::Ignored,
    },
    conversation::is_told,
    events::Event,
    handover::{DESK_LANG, Said, Staff},
    outgoing::{Act, Html, MessageId, News, Outgoing, Passing, To, UpdateId, UserId},
    phrases::Text,
    publishing::{Did, NotFetched, PublishButton, PublishSenses, PublishStep, publish},
    store::{Committed, Step, StoreError},
};

/// The largest event file that is read, in bytes; a city's year of events is far smaller.
const LARGEST_FILE: u32 = 2 << 20;

/// A file as Telegram names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileRef {
    id: String,
    name: String,
    size: u32,
}

/// Something about publishing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PublishDid {
    Events,
    Broadcast,
    Tapped {
        button: PublishButton,
        message: Option<MessageId>,
    },
    Said {
        text: String,
        html: Html,
    },
    Sent(FileRef),
}

/// The document of a message.
pub(super) fn file_of(message: &Message) -> Option<FileRef> {
    let document = message.document()?;
    Some(FileRef {
        id: document.file.id.0.clone(),
        name: document.file_name.clone().unwrap_or_default(),
        size: document.file.size,
    })
}

/// What a message outside the movers' topics means for what its writer publishes; `None` if it is talk among staff.
pub(super) async fn meant(
    app: &App,
    from: &FromGroup,
    said: &Said,
) -> Result<Option<PublishDid>, StoreError> {
    let Staff::Known(who) = from.who else {
        return Ok(None);
    };
    let to_colleague = said.reply.is_some() && !said.answers_bot;
    if said.edited || said.is_note() || to_colleague {
        return Ok(None);
    }
    if let Some(file) = from.file.as_ref().filter(|file| is_of_events(&file.name)) {
        return Ok(Some(PublishDid::Sent(file.clone())));
    }
    let now = app.clock().now();
    let writing = app.store().writing(who).await?;
    let awaited = writing.is_some_and(|writing| writing.awaits_words(now)) && !said.text.trim().is_empty();
    Ok(awaited.then(|| PublishDid::Said {
        text: said.text.clone(),
        html: said.html.clone(),
    }))
}

/// Whether a file may hold events; other files are talk among staff.
fn is_of_events(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".ics") || name.ends_with(".csv")
}

/// Handles what one of the staff did about what they publish.
pub(super) async fn handle(
    context: &Context,
    update: UpdateId,
    from: &FromGroup,
    did: &PublishDid,
) -> Result<Vec<Passing>, StoreError> {
    let app = &context.app;
    let Staff::Known(who) = from.who else {
        return refused(app, update, from, &Text::PublishAnonymous).await;
    };
    if from.thread.is_some() {
        return refused(app, update, from, &Text::PublishInGeneral).await;
    }
    let did = match did {
        PublishDid::Events => Did::Events,
        PublishDid::Broadcast => Did::Broadcast,
        PublishDid::Tapped { button, message } => Did::Tapped {
            button: button.clone(),
            message: *message,
        },
        PublishDid::Said { text, html } => Did::Said {
            text: text.clone(),
            html: html.clone(),
        },
        PublishDid::Sent(file) => Did::Sent {
            name: file.name.clone(),
            content: fetch(&context.bot, file).await,
        },
    };
    loop {
        let now = app.clock().now();
        let writing = app.store().writing(did.writer(who)).await?;
        let course = match did.broadcast() {
            Some(id) => app.store().course(id).await?,
            None => None,
        };
        let next = publish(
            who,
            writing.as_ref(),
            did.clone(),
            &PublishSenses {
                phrases: app.phrases(),
                calendar: &app.calendar(),
                hear_of: &|event, news| hear_of(app, event, news),
                receivers: &|segments| app.receivers(segments),
                needs_second: app.desk().broadcast_needs_second,
                course: course.as_ref(),
            },
            now,
        );
        let saw_writing = writing.map(|writing| (writing.by, writing.edition));
        if let Some(done) = commit(app, update, from, next, saw_writing).await? {
            return Ok(done);
        }
    }
}

fn hear_of(app: &App, event: &Event, news: News) -> Option<usize> {
    let counted = app
        .store()
        .count_subscribers(|subscriber| is_told(news, event, Some(subscriber), false));
    counted
        .inspect_err(|error| tracing::warn!(%error, "subscribers could not be counted"))
        .ok()
}

/// Keeps a step; `None` if what it was made from has changed and it has to be computed again.
async fn commit(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    next: PublishStep,
    saw_writing: Option<(UserId, u32)>,
) -> Result<Option<Vec<Passing>>, StoreError> {
    let changes_events = !next.events.is_empty();
    let step = Step {
        colleague: seen(app, from).await?,
        writing: next.writing,
        saw_writing,
        broadcast: next.broadcast,
        outgoing: next.outgoing,
        events: app.event_changes(next.events, next.quietly).await?,
        ..Step::handling(update)
    };
    let committed = app.store().commit_step(step).await?;
    if committed == Committed::Stale {
        return Ok(None);
    }
    if changes_events {
        app.refresh_calendar().await?;
    }
    app.delivery().wake();
    app.broadcasting().wake();
    let callback = from.callback.iter().filter(|_| committed == Committed::Now);
    Ok(Some(
        callback
            .map(|callback| answer_tap(callback, next.tap_note.clone()))
            .collect(),
    ))
}

/// Says why not: on the button, or where the request was made.
async fn refused(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    why: &Text<'_>,
) -> Result<Vec<Passing>, StoreError> {
    if from.callback.is_some() {
        nothing(app, update, Ignored::Sender).await?;
        return Ok(refusal(app, from, why));
    }
    let mover = match from.thread {
        Some(thread) => app.store().mover_of(thread).await?,
        None => None,
    };
    let step = Step {
        outgoing: vec![Outgoing {
            to: mover.map_or(To::Group, To::Topic),
            ..Outgoing::to_group(Act::say(Html::text(&app.phrases().say(DESK_LANG, why))))
        }],
        ..Step::handling(update)
    };
    app.store().commit_step(step).await?;
    app.delivery().wake();
    Ok(Vec::new())
}

async fn fetch(bot: &Bot, file: &FileRef) -> Result<Vec<u8>, NotFetched> {
    if file.size > LARGEST_FILE {
        return Err(NotFetched::TooLarge);
    }
    let failed = |_| NotFetched::Failed;
    let found = bot.get_file(FileId(file.id.clone())).await.map_err(failed)?;
    let mut content = Vec::new();
    let mut parts = bot.download_file_stream(&found.path);
    // The announced size need not be true.
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| NotFetched::Failed)?;
        if content.len() + part.len() > LARGEST_FILE as usize {
            return Err(NotFetched::TooLarge);
        }
        content.extend_from_slice(&part);
    }
    Ok(content)
}
