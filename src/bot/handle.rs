//! One update, from what was heard to one transaction: read, compute, commit, wake delivery.

use teloxide::Bot;

use crate::{
    app::{App, Knowledge},
    bot::{
        inline,
        input::{FromMover, Heard, Ignored},
    },
    conversation::{Conversation, Senses, step},
    metrics::Count,
    outgoing::{Passing, UpdateId},
    store::{Committed, Step, StoreError},
};

/// Handles an update; what comes back goes straight out and is not kept.
pub(super) async fn handle(
    app: &App,
    bot: &Bot,
    bot_name: &str,
    update: UpdateId,
    heard: &Heard,
) -> Result<Vec<Passing>, StoreError> {
    let passing = match heard {
        Heard::Mover(from) => mover(app, bot_name, update, from).await?,
        Heard::Inline(ask) => {
            inline::answer(app, bot, bot_name, ask).await;
            app.store().commit_step(Step::handling(update)).await?;
            Vec::new()
        }
        Heard::Nothing { why, callback } => {
            nothing(app, update, *why).await?;
            callback.iter().map(|id| answer_tap(id, None)).collect()
        }
    };
    app.metrics().count(Count::UpdateHandled);
    Ok(passing)
}

async fn mover(
    app: &App,
    bot_name: &str,
    update: UpdateId,
    from: &FromMover,
) -> Result<Vec<Passing>, StoreError> {
    let now = app.clock().now();
    let known = app.store().conversation(from.who).await?;
    let conversation =
        known.unwrap_or_else(|| Conversation::with_newcomer(from.who, from.language_tag.as_deref(), now));
    let knowledge = app.knowledge();
    let next = with_senses(app, &knowledge, bot_name, |senses| {
        step(conversation, &from.input, senses, now)
    });
    let tap_note = next.tap_note;
    let kept = Step {
        update: Some(update),
        conversation: Some(next.conversation),
        outgoing: next.outgoing,
        notes: next.notes,
    };
    let committed = app.store().commit_step(kept).await?;
    app.delivery().wake();
    Ok(match (committed, &from.callback) {
        (Committed::Now, Some(callback)) => vec![answer_tap(callback, tap_note)],
        (Committed::Now, None) | (Committed::Before, _) => Vec::new(),
    })
}

/// Lends a step all it may look at.
pub(super) fn with_senses<T>(
    app: &App,
    knowledge: &Knowledge,
    bot_name: &str,
    work: impl FnOnce(&Senses<'_>) -> T,
) -> T {
    work(&Senses {
        revision: &knowledge.revision,
        phrases: app.phrases(),
        bot_name,
        understand: &|question, last| knowledge.understanding.understand(question, last),
    })
}

async fn nothing(app: &App, update: UpdateId, why: Ignored) -> Result<(), StoreError> {
    app.metrics().count(why.count());
    if why == Ignored::Unknown {
        tracing::warn!(update = update.0, "an update of an unknown kind was passed over");
    }
    app.store().commit_step(Step::handling(update)).await?;
    Ok(())
}

/// Every tap is answered, also without words: its circle must not turn for ever.
fn answer_tap(callback: &str, note: Option<String>) -> Passing {
    Passing::AnswerTap {
        callback: callback.to_owned(),
        note,
    }
}
