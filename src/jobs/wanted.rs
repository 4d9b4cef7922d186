//! Tells movers what they wanted to know, once a revision answers it.

use std::sync::Arc;

use crate::{
    app::{App, Knowledge},
    conversation::{Wanted, answer_wanted},
    store::{Step, StoreError, WantedId},
};

/// Questions read in one go.
const AT_ONCE: usize = 50;

/// Asks again with each new revision until the bot stops. A round that was cut short starts over at the next start.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App) -> Result<(), StoreError> {
    loop {
        let round = app.wanted().round();
        let knowledge = app.knowledge();
        if app.store().wanted_asked_with().as_ref() != Some(&knowledge.revision.id) {
            tokio::select! {
                () = app.stopping() => return Ok(()),
                asked = ask_all(&app, &knowledge) => asked?,
            }
        }
        app.wanted().settled(round);
        tokio::select! {
            () = app.stopping() => return Ok(()),
            () = app.wanted().after(round) => {}
        }
    }
}

async fn ask_all(app: &App, knowledge: &Arc<Knowledge>) -> Result<(), StoreError> {
    let mut last = None;
    loop {
        let some = app.store().wanted(last, AT_ONCE).await?;
        for (id, wanted) in &some {
            ask(app, knowledge, *id, wanted).await?;
            // Understanding takes a while, so others get their turn in between.
            tokio::task::yield_now().await;
        }
        match some.last() {
            Some((id, _)) => last = Some(*id),
            None => break,
        }
    }
    app.store().keep_wanted_asked_with(&knowledge.revision.id).await
}

/// Asks one question again. Questions of people who cannot be reached stay for a later round.
async fn ask(app: &App, knowledge: &Knowledge, id: WantedId, wanted: &Wanted) -> Result<(), StoreError> {
    let conversation = app.store().conversation(wanted.mover).await?;
    if conversation.as_ref().is_some_and(|known| !known.reachable) {
        return Ok(());
    }
    let lang = conversation.map_or(wanted.lang, |known| known.lang);
    let now = app.clock().now();
    let told = app.with_senses(knowledge, |senses| answer_wanted(wanted, lang, senses, now));
    if let Some(outgoing) = told {
        let step = Step {
            outgoing,
            met: Some(id),
            ..Step::default()
        };
        app.store().commit_step(step).await?;
        app.delivery().wake();
    }
    Ok(())
}
