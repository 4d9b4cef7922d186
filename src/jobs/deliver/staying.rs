//! What is not sent when its turn comes: a person has taken over, a broadcast does not go on, nobody is there.

use super::{broadcast, measured};
use crate::{
    app::App,
    handover::afterwards,
    metrics::Count,
    outgoing::{Act, Body, Buttons, Outgoing, Relay, To, Voice},
    publishing::broadcast::Outcome,
    store::{OutboxItem, Receipt, StoreError},
};

/// Puts away, or holds back, what is not to be sent now; says whether it did.
pub(super) async fn stays(app: &App, item: &OutboxItem) -> Result<bool, StoreError> {
    if broadcast::kept_back(app, item).await? {
        return Ok(true);
    }
    let Some(why) = left_out(app, item).await? else {
        return Ok(false);
    };
    app.metrics().count(why);
    measured::left_out(app, &item.outgoing.act);
    if item.outgoing.act.broadcast().is_some() {
        broadcast::put_away(app, item, &Outcome::Unreachable).await?;
    } else {
        let then = instead(app, item).await?;
        app.store().delivered(item, &Receipt::default(), then).await?;
    }
    Ok(true)
}

/// What goes out in place of an answer of the bot's that a person has silenced: the question, if that person does not
/// have it.
async fn instead(app: &App, item: &OutboxItem) -> Result<Vec<Outgoing>, StoreError> {
    let (To::Person(mover), Some(question)) = (item.outgoing.to, item.outgoing.act.answers()) else {
        return Ok(Vec::new());
    };
    if item.outgoing.voice != Voice::Bot || app.store().is_passed_on(mover, question).await? {
        return Ok(Vec::new());
    }
    let relay = Relay {
        from: question,
        body: Body::Whole,
        reply: None,
        buttons: Buttons::default(),
        words: None,
    };
    Ok(vec![Outgoing::to_topic(mover, Act::Relay(relay))])
}

/// Why an item need not be sent any more: a person took over before the bot's own answer went out, or it is one of many
/// alike and this person is known not to be there.
async fn left_out(app: &App, item: &OutboxItem) -> Result<Option<Count>, StoreError> {
    let Some(who) = item.outgoing.to.person() else {
        return Ok(None);
    };
    let case = app.store().case(who).await?;
    let connected = app.group().is_some();
    if afterwards::is_silenced(&item.outgoing, item.relays(), case.as_ref(), connected) {
        return Ok(Some(Count::Silenced));
    }
    if !item.outgoing.priority.is_bulk() {
        return Ok(None);
    }
    let conversation = app.store().conversation(who).await?;
    let gone = conversation.is_some_and(|known| !known.reachable);
    Ok(gone.then_some(Count::Unreachable))
}
