//! Reloads the knowledge, or goes back to an earlier revision, when an owner asks for it, and reports what came of it.

use crate::{
    app::{App, KnowledgeError},
    handover::operation::reload,
    knowledge::RevisionId,
    outgoing::{Act, Buttons, Html, Outgoing, Priority, To, Voice},
    store::{ReloadWhat, StoreError},
};

/// Carries out requests until the bot stops. One that was cut short starts over at the next start.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App) -> Result<(), StoreError> {
    loop {
        let round = app.reloading().round();
        for (id, wish) in app.store().reload_wishes().await? {
            let (html, buttons) = tokio::select! {
                () = app.stopping() => return Ok(()),
                answer = carry_out(&app, &wish.what) => answer?,
            };
            let told = answer(wish.answer_to, html, buttons);
            app.store().reload_answered(id, vec![told]).await?;
            app.delivery().wake();
        }
        app.reloading().settled(round);
        tokio::select! {
            () = app.stopping() => return Ok(()),
            () = app.reloading().after(round) => {}
        }
    }
}

fn answer(to: To, html: Html, buttons: Buttons) -> Outgoing {
    let priority = match to {
        To::Person(_) => Priority::Reply,
        To::Topic(_) | To::TopicAside(_) | To::Group => Priority::Staff,
    };
    Outgoing {
        to,
        about: None,
        priority,
        voice: Voice::Needed,
        act: Act::Send {
            html,
            buttons,
            answers: None,
        },
    }
}

async fn carry_out(app: &App, what: &ReloadWhat) -> Result<(Html, Buttons), StoreError> {
    let before = app.knowledge();
    let done = match what {
        ReloadWhat::Folder => app.reload().await.map(|_| ()),
        ReloadWhat::Back(id) => app.go_back(id).await,
    };
    let after = app.knowledge();
    let back = kept(app, &before.revision.id).await?;
    let back = back.filter(|_| before.revision.id != after.revision.id);
    let left = app.events_left_behind();
    let now = app.clock().now();
    app.with_desk(&after, &[], |senses| {
        let bare = |html| Ok((html, Buttons::default()));
        let with_notices = |(html, buttons): (Html, Buttons)| {
            let notices = reload::to_be_seen_to(&after.revision, senses, now);
            (
                notices.map_or(html.clone(), |notices| html.paragraph(&notices)),
                buttons,
            )
        };
        match (done, what) {
            (Ok(()), ReloadWhat::Folder) => {
                let (html, buttons) = reload::taken(&before.revision, &after.revision, back.as_ref(), senses);
                let html = reload::with_left_behind(html, &left, senses);
                Ok(with_notices((html, buttons)))
            }
            (Ok(()), ReloadWhat::Back(_)) => {
                let (html, buttons) = reload::went_back(&after.revision, back.as_ref(), senses);
                Ok((reload::with_left_behind(html, &left, senses), buttons))
            }
            (Err(KnowledgeError::Problems { problems, .. }), _) => bare(reload::refused(&problems, senses)),
            (Err(KnowledgeError::Store(StoreError::NoSuchRevision(_))), _) => bare(reload::not_kept(senses)),
            (Err(KnowledgeError::Store(error @ StoreError::Disk(_))), _) => Err(error),
            (Err(error), _) => bare(reload::failed(&error.to_string(), senses)),
        }
    })
}

/// This revision, if it is kept and one can go back to it.
async fn kept(app: &App, id: &RevisionId) -> Result<Option<RevisionId>, StoreError> {
    let all = app.store().revisions().await?;
    Ok(all.into_iter().map(|one| one.id).find(|one| one == id))
}
