//! Staff see who signs up for events, and decide about it.

use crate::{
    app::App,
    bot::{
        desk::{refusal, seen, show},
        group::FromGroup,
        handle::{Extra, commit, nothing},
        input::Ignored,
    },
    handover::{
        Decision, DeskStep, decide,
        signups::listing::{self},
    },
    outgoing::{MessageId, Passing, UpdateId},
    phrases::Text,
    signups::{Number, SignUpButton, SignUpList},
    store::StoreError,
};

/// What one of the staff did about requests.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SignUpsDid {
    /// Asks for the events with requests.
    Listed,
    Tapped {
        button: SignUpButton,
        message: Option<MessageId>,
    },
}

/// A tap on a button about requests; `None` if it is something else.
pub(super) fn read_tap(data: &str, message: Option<MessageId>) -> Option<SignUpsDid> {
    let button = SignUpButton::decode(data).ok()?;
    Some(SignUpsDid::Tapped { button, message })
}

/// Handles it; the caller has checked that they may.
pub(super) async fn handle(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    did: &SignUpsDid,
) -> Result<Vec<Passing>, StoreError> {
    let (button, message) = match did {
        SignUpsDid::Listed => return list(app, update, from, None).await,
        SignUpsDid::Tapped { button, message } => (button, *message),
    };
    let Some(event) = button.event() else {
        return list(app, update, from, message).await;
    };
    let Some(known) = app.store().sign_ups(event).await? else {
        nothing(app, update, Ignored::Kind).await?;
        return Ok(refusal(app, from, &Text::SignUpUnknown));
    };
    match button {
        SignUpButton::Confirm(_, number)
        | SignUpButton::Wait(_, number)
        | SignUpButton::Decline(_, number) => on_request(app, update, from, (button, *number), message).await,
        SignUpButton::Card(_, number) => card(app, update, from, &known, *number).await,
        SignUpButton::Table(_) => table(app, update, from, &known).await,
        SignUpButton::Event(_) | SignUpButton::List => {
            let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
            let (html, buttons) =
                app.with_desk(&knowledge, &colleagues, |senses| listing::event(&known, senses));
            show(app, update, from, html, buttons, message).await
        }
    }
}

async fn list(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    over: Option<MessageId>,
) -> Result<Vec<Passing>, StoreError> {
    let all = app.store().all_sign_ups().await?;
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let now = app.clock().now();
    let (html, buttons) = app.with_desk(&knowledge, &colleagues, |senses| listing::list(&all, senses, now));
    show(app, update, from, html, buttons, over).await
}

async fn card(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    list: &SignUpList,
    number: Number,
) -> Result<Vec<Passing>, StoreError> {
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let shown = app.with_desk(&knowledge, &colleagues, |senses| {
        listing::one(list, number, senses)
    });
    match shown {
        Some((html, buttons)) => show(app, update, from, html, buttons, None).await,
        None => {
            nothing(app, update, Ignored::Kind).await?;
            Ok(refusal(app, from, &Text::SignUpUnknown))
        }
    }
}

async fn table(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    list: &SignUpList,
) -> Result<Vec<Passing>, StoreError> {
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let table = app.with_desk(&knowledge, &colleagues, |senses| listing::table(list, senses));
    let next = DeskStep {
        outgoing: vec![table],
        ..DeskStep::default()
    };
    let extra = Extra {
        colleague: seen(app, from).await?,
        ..Extra::default()
    };
    let done = commit(app, update, next, extra, from.callback.as_deref()).await?;
    Ok(done.unwrap_or_default())
}

/// Carries out a decision; computed again if the mover or a colleague was faster.
async fn on_request(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    (button, number): (&SignUpButton, Number),
    card: Option<MessageId>,
) -> Result<Vec<Passing>, StoreError> {
    loop {
        let reading = Some(app.store().reading());
        let list = match button.event() {
            Some(event) => app.store().sign_ups(event).await?,
            None => None,
        };
        let Some((list, mover)) = list.and_then(|list| {
            let mover = list.get(number)?.mover;
            Some((list, mover))
        }) else {
            nothing(app, update, Ignored::Kind).await?;
            return Ok(refusal(app, from, &Text::SignUpUnknown));
        };
        let subscriber = app.store().subscriber(mover).await?;
        let conversation = app.store().conversation(mover).await?;
        let asked_in = list.get(number).map(|one| one.lang);
        let lang = conversation.map(|known| known.lang).or(asked_in);
        let colleague = seen(app, from).await?;
        let mut colleagues = app.colleagues().await?;
        if let Some(new) = &colleague {
            colleagues.retain(|(id, _)| *id != new.id);
            colleagues.push((new.id, new.face.clone()));
        }
        let extra = Extra {
            reading,
            saw_subscriber: Some((mover, subscriber.clone())),
            colleague,
            ..Extra::default()
        };
        let decision = Decision {
            list,
            button,
            card,
            who: from.who,
            lang: lang.unwrap_or(crate::lang::Lang::Ja),
            subscriber,
        };
        let now = app.clock().now();
        let knowledge = app.knowledge();
        let next = app.with_desk(&knowledge, &colleagues, |senses| decide(decision, senses, now));
        if let Some(done) = commit(app, update, next, extra, from.callback.as_deref()).await? {
            return Ok(done);
        }
    }
}
