//! One update, from what was heard to one transaction: read, compute, commit, wake delivery.

use teloxide::Bot;

use crate::{
    app::{App, Knowledge},
    bot::{
        inline,
        input::{FromMover, Heard, Ignored},
    },
    conversation::{
        state::Conversation,
        step::{Senses, step},
    },
    lang::Lang,
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
    let conversation = known.unwrap_or_else(|| {
        let lang = Lang::negotiate(from.language_tag.as_deref()).lang();
        Conversation::new(from.who, lang, now)
    });
    let knowledge = app.knowledge();
    let next = with_senses(app, &knowledge, bot_name, |senses| {
        step(conversation, &from.input, senses, now)
    });
    let committed = app
        .store()
        .commit_step(Step {
            update: Some(update),
            conversation: Some(next.conversation),
            outgoing: next.outgoing,
            notes: next.notes,
        })
        .await?;
    app.delivery().wake();
    Ok(match committed {
        Committed::Now => passing(next.passing, from.callback.as_deref()),
        Committed::Before => Vec::new(),
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

/// Fills in which tap is answered, and answers one the step has nothing to say to: its circle must not turn for ever.
fn passing(decided: Vec<Passing>, callback: Option<&str>) -> Vec<Passing> {
    let mut note = None;
    let mut rest = Vec::new();
    for one in decided {
        match one {
            Passing::AnswerTap { note: said, .. } => note = note.or(said),
            Passing::Typing { chat } => rest.push(Passing::Typing { chat }),
        }
    }
    rest.extend(callback.map(|id| answer_tap(id, note)));
    rest
}

fn answer_tap(callback: &str, note: Option<String>) -> Passing {
    Passing::AnswerTap {
        callback: callback.to_owned(),
        note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outgoing::ChatId;

    #[test]
    fn a_tap_is_answered_exactly_once() {
        let answer = |note: Option<&str>| Passing::AnswerTap {
            callback: "q".to_owned(),
            note: note.map(str::to_owned),
        };
        assert_eq!(passing(vec![], Some("q")), [answer(None)]);
        let said = Passing::AnswerTap {
            callback: String::new(),
            note: Some("thanks".to_owned()),
        };
        assert_eq!(
            passing(vec![said.clone(), said], Some("q")),
            [answer(Some("thanks"))]
        );
        let typing = Passing::Typing { chat: ChatId(1) };
        assert_eq!(passing(vec![typing.clone()], None), [typing]);
    }
}
