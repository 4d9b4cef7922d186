//! Tells staff once about sign-ups for a day that an event no longer has.

use crate::{
    app::App,
    handover::signups::days_gone,
    signups::SignUpList,
    store::{Committed, Step, StoreError},
};

/// Looks at every event with sign-ups. A list that changed meanwhile is looked at again.
pub(super) async fn tell(app: &App) -> Result<(), StoreError> {
    for list in app.store().all_sign_ups().await? {
        let mut seen = Some(list);
        while let Some(list) = seen {
            let event = list.event.clone();
            seen = match tell_of(app, list).await? {
                Committed::Stale => app.store().sign_ups(&event).await?,
                _ => None,
            };
        }
    }
    Ok(())
}

async fn tell_of(app: &App, list: SignUpList) -> Result<Committed, StoreError> {
    let (knowledge, now) = (app.knowledge(), app.clock().now());
    let told = app.with_desk(&knowledge, &[], |senses| days_gone(list, senses, now));
    let Some(told) = told else {
        return Ok(Committed::Now);
    };
    let step = Step {
        outgoing: told.outgoing,
        sign_ups: told.sign_ups,
        ..Step::default()
    };
    let done = app.store().commit_step(step).await?;
    app.delivery().wake();
    Ok(done)
}
