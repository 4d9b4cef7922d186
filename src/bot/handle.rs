//! One update, from what was heard to one transaction: read, compute, commit, wake delivery.
//!
//! While a step is computed, the group or time may change the mover's case; the store then refuses the step, and it is
//! computed again from what is there now.

use teloxide::Bot;

use crate::{
    app::{App, Order},
    bot::{
        desk, inline,
        input::{FromMover, Heard, Ignored},
        measured::{self, Glance},
        members::Members,
        operation, privacy,
        together::Together,
    },
    conversation::{Came, Conversation, Input, Note, Privately, Senses, event_in_view, masked},
    crashpoints::Boundary,
    handover::{self, DeskSenses, DeskStep, from_mover},
    knowledge::EntryId,
    lang::Lang,
    metrics::Count,
    outgoing::{ChatId, Passing, UpdateId, UserId},
    reminders::Subscriber,
    store::{Colleague, Committed, Reading, Step, StoreError},
};

/// What handling an update needs besides the update.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) app: App,
    pub(super) bot: Bot,
    pub(super) members: Members,
}

/// Handles an update; what it returns is sent at once and not stored.
pub(super) async fn handle(
    context: &Context,
    update: UpdateId,
    heard: &Heard,
) -> Result<Vec<Passing>, StoreError> {
    let app = &context.app;
    let passing = match heard {
        Heard::Mover(from) => mover(app, update, from, &Together::default()).await?,
        Heard::Group(from) => desk::handle(context, update, from).await?,
        Heard::Inline(ask) => {
            inline::answer(app, &context.bot, ask).await;
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

/// Handles what a mover did, together with what they did just before in a flood.
pub(super) async fn mover(
    app: &App,
    update: UpdateId,
    from: &FromMover,
    together: &Together,
) -> Result<Vec<Passing>, StoreError> {
    match operation::from_owner(app, update, from).await? {
        Some(done) => Ok(done),
        None => conversed(app, update, from, together).await,
    }
}

async fn conversed(
    app: &App,
    update: UpdateId,
    from: &FromMover,
    together: &Together,
) -> Result<Vec<Passing>, StoreError> {
    let (mut order, mut looked) = (None, false);
    loop {
        let reading = app.store().reading();
        let now = app.clock().now();
        let known = app.store().conversation(from.who).await?;
        let conversation =
            known.unwrap_or_else(|| Conversation::with_newcomer(from.who, from.language_tag.as_deref(), now));
        let case = app.store().case(from.who).await?;
        let saw_case = Some((from.who, case.as_ref().map_or(0, |case| case.version)));
        let before = Some(Glance::of(case.as_ref()));
        let subscriber = app.store().subscriber(from.who).await?;
        let saw_subscriber = Some((from.who, subscriber.clone()));
        let last = conversation.last_entry.clone();
        let sign_ups = match event_in_view(&conversation, &from.input) {
            Some(event) => app.store().sign_ups(&event).await?,
            None => None,
        };
        let did = handover::FromMover {
            case,
            input: &from.input,
            said: from.said.as_ref(),
            earlier: &together.earlier,
            face: &from.face,
            to_person: answers_a_person(app, from).await?,
            of_last_question: is_of_last_question(app, from, &conversation).await?,
            was_for_person: was_for_a_person(app, from).await?,
            subscriber,
            sign_ups,
            conversation,
        };
        let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
        let next = app.with_desk(&knowledge, &colleagues, |senses| match &order {
            Some(order) => looked_again(senses, order, |senses| from_mover(did, senses, now)),
            None => from_mover(did, senses, now),
        });
        if let Some(question) = met_with_choices(&next).filter(|_| !looked) {
            looked = true;
            order = app.look_again(&knowledge, question, last.as_ref()).await;
            if order.is_some() {
                continue;
            }
        }
        let extra = Extra {
            reading: Some(reading),
            saw_case,
            saw_subscriber,
            before,
            also: together.also.clone(),
            ..Extra::default()
        };
        let done = keep(app, update, from, next, extra).await?;
        if let Some(done) = done {
            return Ok(done);
        }
    }
}

/// Keeps the outcome. Showing or forgetting a mover's data needs more than the step.
async fn keep(
    app: &App,
    update: UpdateId,
    from: &FromMover,
    mut next: DeskStep,
    extra: Extra,
) -> Result<Option<Vec<Passing>>, StoreError> {
    let callback = from.callback.as_deref();
    let lang = next.conversation.as_ref().map_or(Lang::Ja, |known| known.lang);
    match next.privately {
        Some(Privately::Forget { over }) => {
            let also = extra.also;
            let tap = privacy::Sure { over, callback, also };
            privacy::forget(app, update, (from.who, lang), extra.reading, tap).await
        }
        Some(Privately::Show) => {
            privacy::show(app, from.who, lang, &mut next).await?;
            commit(app, update, next, extra, callback).await
        }
        None => commit(app, update, next, extra, callback).await,
    }
}

/// The question that the step answered with choices, if it did. Only such words may go to the second look: never a name
/// in a form, a line about a talk, or words for a person.
fn met_with_choices(step: &DeskStep) -> Option<&str> {
    step.notes.iter().find_map(|note| match note {
        Note::Asked {
            question,
            outcome: Came::Clarify,
            ..
        } => Some(question.as_str()),
        _ => None,
    })
}

/// Lends a step senses whose understanding includes the second look.
fn looked_again<T>(senses: &DeskSenses<'_>, order: &Order, work: impl FnOnce(&DeskSenses<'_>) -> T) -> T {
    let plain = senses.talk.understand;
    // The question was sent without anything that points to the mover.
    let understand =
        |question: &str, last: Option<&EntryId>| order.applied(&masked(question), plain(question, last));
    work(&DeskSenses {
        talk: Senses {
            understand: &understand,
            ..senses.talk
        },
        ..*senses
    })
}

/// Whether a mover's message replies to one that came from the desk's staff.
async fn answers_a_person(app: &App, from: &FromMover) -> Result<bool, StoreError> {
    let reply = from
        .said
        .as_ref()
        .filter(|said| said.answers_bot)
        .and_then(|said| said.reply.as_ref());
    let (Some(reply), Some(group)) = (reply, app.group()) else {
        return Ok(false);
    };
    let chat: ChatId = from.who.private_chat();
    Ok(app.store().counterpart((chat, reply.to), group).await?.is_some())
}

/// Whether the disliked message answers the mover's last question.
async fn is_of_last_question(
    app: &App,
    from: &FromMover,
    conversation: &Conversation,
) -> Result<bool, StoreError> {
    let (Input::Disliked { message }, Some(asked)) = (&from.input, &conversation.last_question) else {
        return Ok(false);
    };
    let chat: ChatId = from.who.private_chat();
    let answer = app.store().answer_message(chat, asked.message).await?;
    Ok(answer == Some(*message))
}

/// Whether an edited message went only to a person when it was first written.
async fn was_for_a_person(app: &App, from: &FromMover) -> Result<bool, StoreError> {
    let edited = from.said.as_ref().filter(|said| said.edited);
    let (Some(said), Some(group)) = (edited, app.group()) else {
        return Ok(false);
    };
    let chat: ChatId = from.who.private_chat();
    let passed_on = app.store().counterpart((chat, said.message), group).await?;
    let answered = app.store().answer_message(chat, said.message).await?;
    Ok(passed_on.is_some() && answered.is_none())
}

/// What is kept along with a step's own results.
#[derive(Default)]
pub(super) struct Extra {
    /// Taken before the step began to read.
    pub(super) reading: Option<Reading>,
    /// The mover whose case the step read, and its version.
    pub(super) saw_case: Option<(UserId, u64)>,
    /// What somebody had chosen to hear of when the step read it.
    pub(super) saw_subscriber: Option<(UserId, Option<Subscriber>)>,
    /// One of the staff was seen.
    pub(super) colleague: Option<Colleague>,
    /// How the case stood before, where it is known.
    pub(super) before: Option<Glance>,
    /// Further updates handled by the same step.
    pub(super) also: Vec<UpdateId>,
}

/// Keeps a step and wakes whoever it concerns; `None` if it has to be computed again.
pub(super) async fn commit(
    app: &App,
    update: UpdateId,
    next: DeskStep,
    extra: Extra,
    callback: Option<&str>,
) -> Result<Option<Vec<Passing>>, StoreError> {
    let tap_note = next.tap_note;
    let about_case = next.case.is_some();
    let about_reminders = next.subscriber.is_some();
    let (case, came) = (next.case.clone(), measured::came_of(&next.notes));
    let kept = Step {
        update: Some(update),
        also: extra.also,
        conversation: next.conversation,
        case: next.case,
        reading: extra.reading,
        saw_case: extra.saw_case,
        colleague: extra.colleague,
        outgoing: next.outgoing,
        notes: next.notes,
        happened: next.happened,
        draft: next.draft,
        wanted: next.wanted,
        subscriber: next.subscriber,
        saw_subscriber: extra.saw_subscriber,
        sign_ups: next.sign_ups,
        ..Step::default()
    };
    app.store().crashpoints().reach(Boundary::Computed).await;
    let committed = app.store().commit_step(kept).await?;
    app.store().crashpoints().reach(Boundary::Committed).await;
    if committed == Committed::Stale {
        return Ok(None);
    }
    if committed == Committed::Now {
        measured::kept(app, extra.before, case.as_ref(), &came);
    }
    app.delivery().wake();
    if about_case {
        app.desk_watch().wake();
    }
    if about_reminders {
        app.reminding().wake();
    }
    Ok(Some(match (committed, callback) {
        (Committed::Now, Some(callback)) => vec![answer_tap(callback, tap_note)],
        _ => Vec::new(),
    }))
}

pub(super) async fn nothing(app: &App, update: UpdateId, why: Ignored) -> Result<(), StoreError> {
    app.metrics().count(why.count());
    measured::passed_over(why);
    if why == Ignored::Unknown {
        tracing::warn!(update = update.0, "an update of an unknown kind was passed over");
    }
    app.store().commit_step(Step::handling(update)).await?;
    Ok(())
}

/// Marks as handled updates that a newer one made pointless.
pub(super) async fn pass_over(app: &App, updates: Vec<UpdateId>) -> Result<(), StoreError> {
    let mut updates = updates.into_iter();
    let Some(update) = updates.next() else {
        return Ok(());
    };
    app.metrics().add(Count::IgnoredKind, updates.len() + 1);
    let step = Step {
        also: updates.collect(),
        ..Step::handling(update)
    };
    app.store().commit_step(step).await?;
    Ok(())
}

/// Every tap is answered, if only without words: Telegram shows a spinner until then.
pub(super) fn answer_tap(callback: &str, note: Option<String>) -> Passing {
    Passing::AnswerTap {
        callback: callback.to_owned(),
        note,
    }
}
