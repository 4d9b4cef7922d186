//! What happens in the concierge group: finds the case it is about, and whether its author may do it.

use crate::{
    app::App,
    bot::{
        commands,
        group::{FromGroup, GroupDid},
        handle::{Context, Extra, answer_tap, commit, nothing},
        input::Ignored,
        lists,
        measured::Glance,
        members::Standing,
        operation, publishing, signups, statistics,
    },
    handover::{DESK_LANG, DeskStep, InTopic, Reached, Staff, StaffDid, from_staff, owner_left},
    outgoing::{Act, Buttons, ChatId, Html, MessageId, Outgoing, Passing, To, UpdateId, UserId},
    phrases::Text,
    store::{Colleague, Committed, Step, StoreError},
};

/// Handles what happened in a group; only the concierge group counts.
pub(super) async fn handle(
    context: &Context,
    update: UpdateId,
    from: &FromGroup,
) -> Result<Vec<Passing>, StoreError> {
    let app = &context.app;
    let Some(group) = app.group().filter(|group| *group == from.chat) else {
        nothing(app, update, Ignored::Group).await?;
        return Ok(refusal(app, from, &Text::DeskNotHere));
    };
    if !may(context, group, from).await? {
        gone_unseen(context, group, from).await?;
        nothing(app, update, Ignored::Sender).await?;
        return Ok(refusal(app, from, &Text::DeskNotMember));
    }
    match &from.did {
        GroupDid::Case(did) => on_case(context, update, from, did).await,
        GroupDid::Cases { filter, page, over } => {
            let (html, buttons) = lists::cases(app, group, from, *filter, *page).await?;
            show(app, update, from, html, buttons, *over).await
        }
        GroupDid::Unanswered { page, over } => {
            let (html, buttons) = lists::unanswered(app, *page).await?;
            show(app, update, from, html, buttons, *over).await
        }
        GroupDid::Publishing(did) => publishing::handle(context, update, from, did).await,
        GroupDid::SignUps(did) => signups::handle(app, update, from, did).await,
        GroupDid::Statistics(did) => statistics::handle(app, update, from, did).await,
        GroupDid::Operation(did) => operation::in_group(app, update, from, did).await,
        GroupDid::UnknownCommand => {
            let html = said(app, &Text::DeskUnknownCommand);
            show(app, update, from, html, Buttons::default(), None).await
        }
        GroupDid::StaleTap => {
            nothing(app, update, Ignored::Kind).await?;
            Ok(refusal(app, from, &Text::OldButton))
        }
        GroupDid::Left(who) => {
            context.members.forget(*who);
            left(app, Some(update), *who).await?;
            Ok(Vec::new())
        }
        GroupDid::BotChanged { may_manage_topics } => {
            app.retry_desk();
            if *may_manage_topics {
                app.bot_may_manage_topics().await?;
                commands::register_in_group(app, &context.bot).await;
            }
            nothing(app, update, Ignored::Service).await?;
            Ok(Vec::new())
        }
        GroupDid::MovedTo(to) => {
            app.group_moved(*to).await?;
            commands::register_in_group(app, &context.bot).await;
            nothing(app, update, Ignored::Service).await?;
            Ok(Vec::new())
        }
    }
}

/// Whoever writes in the group is a member, or Telegram would not deliver it; whoever taps may have left, or tapped
/// under a copy elsewhere. If Telegram cannot be asked, anybody seen in the group who has not left may.
async fn may(context: &Context, group: ChatId, from: &FromGroup) -> Result<bool, StoreError> {
    let (Staff::Known(who), Some(_)) = (from.who, &from.callback) else {
        return Ok(true);
    };
    let now = context.app.clock().now();
    if let Some(standing) = context.members.standing(&context.bot, group, who, now).await {
        return Ok(standing == Standing::Inside);
    }
    is_colleague(&context.app, who).await
}

async fn is_colleague(app: &App, who: UserId) -> Result<bool, StoreError> {
    let colleagues = app.colleagues().await?;
    Ok(colleagues.iter().any(|(id, _)| *id == who))
}

/// Telegram does not report every departure: whoever turns out to have left counts as gone from then on.
async fn gone_unseen(context: &Context, group: ChatId, from: &FromGroup) -> Result<(), StoreError> {
    let Staff::Known(who) = from.who else {
        return Ok(());
    };
    let now = context.app.clock().now();
    let standing = context.members.standing(&context.bot, group, who, now).await;
    if standing == Some(Standing::Outside) && is_colleague(&context.app, who).await? {
        left(&context.app, None, who).await?;
    }
    Ok(())
}

async fn on_case(
    context: &Context,
    update: UpdateId,
    from: &FromGroup,
    did: &StaffDid,
) -> Result<Vec<Passing>, StoreError> {
    let app = &context.app;
    loop {
        let reading = Some(app.store().reading());
        let now = app.clock().now();
        let mover = match from.thread {
            Some(thread) => app.store().mover_of(thread).await?,
            None => None,
        };
        let case = match mover {
            Some(mover) => app.store().case(mover).await?,
            None => None,
        };
        let Some(case) = case else {
            return no_case(context, update, from, did).await;
        };
        let topic = app.store().topic(case.mover).await?;
        let topic = InTopic {
            card: topic.and_then(|topic| topic.card).map(|card| card.message),
            reached: reached(app, from.chat, case.mover, did).await?,
        };
        let before = Some(Glance::of(Some(&case)));
        let colleague = seen(app, from).await?;
        let mut colleagues = app.colleagues().await?;
        if let Some(new) = &colleague {
            colleagues.retain(|(id, _)| *id != new.id);
            colleagues.push((new.id, new.face.clone()));
        }
        let knowledge = app.knowledge();
        let next = app.with_desk(&knowledge, &colleagues, |senses| {
            from_staff(case, topic, from.who, did, senses, now)
        });
        if let Some(done) = commit(
            app,
            update,
            next,
            Extra {
                reading,
                colleague,
                before,
                ..Extra::default()
            },
            from.callback.as_deref(),
        )
        .await?
        {
            return Ok(done);
        }
    }
}

/// How far a message that was changed has come on its way to the mover.
async fn reached(app: &App, group: ChatId, mover: UserId, did: &StaffDid) -> Result<Reached, StoreError> {
    let StaffDid::Said(said) = did else {
        return Ok(Reached::Nobody);
    };
    Ok(if !said.edited {
        Reached::Nobody
    } else if app.store().is_linked((group, said.message)).await? {
        Reached::Mover
    } else if app.store().is_on_its_way(To::Person(mover), said.message).await? {
        Reached::Outbox
    } else {
        Reached::Nobody
    })
}

/// What is said outside the movers' topics is no business of the bot's, except commands, taps, and what it asked for.
async fn no_case(
    context: &Context,
    update: UpdateId,
    from: &FromGroup,
    did: &StaffDid,
) -> Result<Vec<Passing>, StoreError> {
    let app = &context.app;
    match did {
        StaffDid::Said(said) => {
            if let Some(did) = publishing::meant(app, from, said).await? {
                return publishing::handle(context, update, from, &did).await;
            }
            let step = Step {
                colleague: seen(app, from).await?,
                ..Step::handling(update)
            };
            app.store().commit_step(step).await?;
            Ok(Vec::new())
        }
        StaffDid::Tapped { .. } => {
            nothing(app, update, Ignored::Kind).await?;
            Ok(refusal(app, from, &Text::DeskNoCase))
        }
        StaffDid::Commanded(_) => {
            let html = said(app, &Text::DeskNoCase);
            show(app, update, from, html, Buttons::default(), None).await
        }
    }
}

/// A colleague to remember: somebody new, somebody who is back, or somebody with another name.
pub(super) async fn seen(app: &App, from: &FromGroup) -> Result<Option<Colleague>, StoreError> {
    let Staff::Known(id) = from.who else {
        return Ok(None);
    };
    let known = app.store().staff().await?.into_iter().find(|one| one.id == id);
    let same = known.is_some_and(|one| one.face == from.face && !one.gone);
    Ok((!same).then(|| Colleague {
        id,
        face: from.face.clone(),
        seen: app.clock().now(),
        gone: false,
    }))
}

/// Shows something where it was asked for: in place of a message of ours, or as a new one.
pub(super) async fn show(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    html: Html,
    buttons: Buttons,
    over: Option<MessageId>,
) -> Result<Vec<Passing>, StoreError> {
    let mover = match from.thread {
        Some(thread) => app.store().mover_of(thread).await?,
        None => None,
    };
    let act = Act::show(html, buttons, over);
    let next = DeskStep {
        outgoing: vec![Outgoing {
            to: mover.map_or(To::Group, To::Topic),
            ..Outgoing::to_group(act)
        }],
        ..DeskStep::default()
    };
    let colleague = seen(app, from).await?;
    let done = commit(
        app,
        update,
        next,
        Extra {
            colleague,
            ..Extra::default()
        },
        from.callback.as_deref(),
    )
    .await?;
    Ok(done.unwrap_or_default())
}

/// Somebody no longer belongs to the staff: their cases are open to everybody again.
async fn left(app: &App, update: Option<UpdateId>, who: UserId) -> Result<(), StoreError> {
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let now = app.clock().now();
    for case in app.store().cases().await? {
        let mut latest = Some(case);
        while let Some(case) = latest.filter(|case| case.owner() == Some(who)) {
            let mover = case.mover;
            let next = app.with_desk(&knowledge, &colleagues, |senses| owner_left(case, senses, now));
            let step = Step {
                case: next.case,
                outgoing: next.outgoing,
                ..Step::default()
            };
            latest = match app.store().commit_step(step).await? {
                Committed::Stale => app.store().case(mover).await?,
                Committed::Now | Committed::Before => None,
            };
        }
    }
    let known = app.store().staff().await?.into_iter().find(|one| one.id == who);
    let step = Step {
        update,
        colleague: known.map(|one| Colleague { gone: true, ..one }),
        ..Step::default()
    };
    app.store().commit_step(step).await?;
    app.delivery().wake();
    app.desk_watch().wake();
    Ok(())
}

fn said(app: &App, text: &Text<'_>) -> Html {
    Html::text(&app.phrases().say(DESK_LANG, text))
}

/// A tap gets an answer even if nothing comes of it.
pub(super) fn refusal(app: &App, from: &FromGroup, why: &Text<'_>) -> Vec<Passing> {
    let note = app.phrases().say(DESK_LANG, why);
    from.callback
        .iter()
        .map(|callback| answer_tap(callback, Some(note.clone())))
        .collect()
}
