//! Shows a mover everything that is kept of them as a file, or forgets it.

use crate::{
    app::App,
    bot::handle::answer_tap,
    handover::DeskStep,
    lang::Lang,
    outgoing::{Act, Buttons, Html, MessageId, Outgoing, Passing, UpdateId, UserId, Voice},
    phrases::Text,
    privacy,
    store::{Committed, Forgetting, Reading, Step, StoreError},
};

/// The tap that confirms that everything is to be deleted.
pub(super) struct Sure<'a> {
    /// The message it was tapped under.
    pub(super) over: Option<MessageId>,
    /// The tap that waits for an answer.
    pub(super) callback: Option<&'a str>,
    /// Further updates handled with it.
    pub(super) also: Vec<UpdateId>,
}

/// Adds the file to what a step sends.
pub(super) async fn show(app: &App, who: UserId, lang: Lang, step: &mut DeskStep) -> Result<(), StoreError> {
    let record = app.store().personal(who).await?;
    let knowledge = app.knowledge();
    let now = app.clock().now();
    let act = app.with_senses(&knowledge, |senses| Act::SendFile {
        file: privacy::file(&record, lang, senses, now),
        html: Html::text(&senses.phrases.say(lang, &Text::MyData)),
        buttons: Buttons::default(),
    });
    step.outgoing.push(Outgoing::to_person(who, Voice::Needed, act));
    Ok(())
}

/// Forgets the mover; `None` if their data changed meanwhile and the step has to be computed again.
pub(super) async fn forget(
    app: &App,
    update: UpdateId,
    (who, lang): (UserId, Lang),
    reading: Option<Reading>,
    tap: Sure<'_>,
) -> Result<Option<Vec<Passing>>, StoreError> {
    let record = app.store().personal(who).await?;
    let saw_case = record.case.as_ref().map_or(0, |case| case.version);
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let now = app.clock().now();
    let leaving = app.with_desk(&knowledge, &colleagues, |senses| {
        privacy::leave(&record, tap.over, lang, senses, now)
    });
    let step = Step {
        outgoing: leaving.outgoing,
        saw_case: Some((who, saw_case)),
        reading,
        also: tap.also,
        forget: Some(Forgetting {
            who,
            sign_ups: leaving.sign_ups,
            topic: record.topic.map(|(thread, _)| thread),
        }),
        ..Step::handling(update)
    };
    let committed = app.store().commit_step(step).await?;
    if committed == Committed::Stale {
        return Ok(None);
    }
    app.delivery().wake();
    app.desk_watch().wake();
    app.reminding().wake();
    let answered = tap.callback.map(|callback| answer_tap(callback, None));
    Ok(Some(answered.into_iter().collect()))
}
