//! `/deadletters` for staff, `/reload` for owners: in the group, and for owners also in their private chat.

use crate::{
    app::{App, logged},
    bot::{
        desk::{refusal, seen, show},
        group::FromGroup,
        handle::{answer_tap, nothing},
        input::{FromMover, Ignored},
        set_aside,
    },
    handover::{
        DESK_LANG, OperationButton, Staff,
        operation::{
            letters::{self, Letter},
            reload::{self, Kept},
        },
    },
    metrics::Count,
    outgoing::{Act, Buttons, Html, MessageId, Outgoing, Passing, To, UpdateId, UserId, Voice},
    phrases::Text,
    store::{DeadReason, OutboxId, ReloadWhat, ReloadWish, Step, StoreError},
};

/// Something about running the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OperationDid {
    Letters,
    Reload,
    /// Asks which revisions are kept.
    Revisions,
    Tapped {
        button: OperationButton,
        message: Option<MessageId>,
    },
}

/// The command of this name, with what follows it.
pub(super) fn command(name: &str, rest: &str) -> Option<OperationDid> {
    match (name, rest) {
        ("deadletters", _) => Some(OperationDid::Letters),
        ("reload", "back") => Some(OperationDid::Revisions),
        ("reload", _) => Some(OperationDid::Reload),
        _ => None,
    }
}

/// The owner's command in a private chat's text, if there is one.
pub(super) fn owners_command(text: &str) -> Option<OperationDid> {
    let line = text.strip_prefix('/')?;
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let name = word.split('@').next().unwrap_or(word).to_ascii_lowercase();
    command(&name, rest.trim()).filter(|did| *did != OperationDid::Letters)
}

/// The button that this callback data belongs to.
pub(super) fn read_tap(data: &str, message: Option<MessageId>) -> Option<OperationDid> {
    let button = OperationButton::decode(data).ok()?;
    Some(OperationDid::Tapped { button, message })
}

/// Handles what one of the staff did in the group.
pub(super) async fn in_group(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    did: &OperationDid,
) -> Result<Vec<Passing>, StoreError> {
    let owner = matches!(from.who, Staff::Known(who) if is_owner(app, who));
    match did {
        OperationDid::Letters => list(app, update, from, 0, None).await,
        OperationDid::Tapped {
            button: OperationButton::Letters(page),
            message,
        } => list(app, update, from, *page, *message).await,
        OperationDid::Tapped {
            button: button @ (OperationButton::Again(_, page) | OperationButton::Drop(_, page)),
            message,
        } => {
            let note = app.phrases().say(DESK_LANG, &settle(app, button).await?);
            let shown = list(app, update, from, *page, *message).await?;
            let told = shown.into_iter().map(|passing| match passing {
                Passing::AnswerTap { callback, .. } => answer_tap(&callback, Some(note.clone())),
                other => other,
            });
            Ok(told.collect())
        }
        OperationDid::Reload | OperationDid::Revisions | OperationDid::Tapped { .. } if !owner => {
            if from.callback.is_some() {
                nothing(app, update, Ignored::Sender).await?;
                return Ok(refusal(app, from, &Text::OnlyOwners));
            }
            let html = Html::text(&app.phrases().say(DESK_LANG, &Text::OnlyOwners));
            show(app, update, from, html, Buttons::default(), None).await
        }
        OperationDid::Revisions => {
            let (html, buttons) = revisions(app).await?;
            show(app, update, from, html, buttons, None).await
        }
        OperationDid::Reload
        | OperationDid::Tapped {
            button: OperationButton::GoBack(_),
            ..
        } => {
            let mover = match from.thread {
                Some(thread) => app.store().mover_of(thread).await?,
                None => None,
            };
            let step = Step {
                colleague: seen(app, from).await?,
                ..wish(update, did, mover.map_or(To::Group, To::Topic))
            };
            keep(app, step, from.callback.as_deref()).await
        }
    }
}

/// Handles what an owner did in their private chat; `None` for everybody else, and for anything but an operation.
pub(super) async fn from_owner(
    app: &App,
    update: UpdateId,
    from: &FromMover,
) -> Result<Option<Vec<Passing>>, StoreError> {
    let Some(did) = from.operation.as_ref().filter(|_| is_owner(app, from.who)) else {
        return Ok(None);
    };
    let step = match did {
        OperationDid::Revisions => {
            let (html, buttons) = revisions(app).await?;
            let act = Act::Send {
                html,
                buttons,
                answers: None,
            };
            Step {
                outgoing: vec![Outgoing::to_person(from.who, Voice::Needed, act)],
                ..Step::handling(update)
            }
        }
        OperationDid::Reload
        | OperationDid::Tapped {
            button: OperationButton::GoBack(_),
            ..
        } => wish(update, did, To::Person(from.who)),
        // Dead letters belong to the desk.
        OperationDid::Letters | OperationDid::Tapped { .. } => return Ok(None),
    };
    keep(app, step, from.callback.as_deref()).await.map(Some)
}

fn is_owner(app: &App, who: UserId) -> bool {
    app.desk().owners.contains(&who)
}

fn wish(update: UpdateId, did: &OperationDid, answer_to: To) -> Step {
    let what = match did {
        OperationDid::Tapped {
            button: OperationButton::GoBack(id),
            ..
        } => ReloadWhat::Back(id.clone()),
        _ => ReloadWhat::Folder,
    };
    Step {
        reload: Some(ReloadWish { what, answer_to }),
        ..Step::handling(update)
    }
}

async fn keep(app: &App, step: Step, callback: Option<&str>) -> Result<Vec<Passing>, StoreError> {
    app.store().commit_step(step).await?;
    app.reloading().wake();
    app.delivery().wake();
    let note = app.phrases().say(DESK_LANG, &Text::ReloadBegins);
    Ok(callback
        .map(|callback| answer_tap(callback, Some(note)))
        .into_iter()
        .collect())
}

async fn revisions(app: &App) -> Result<(Html, Buttons), StoreError> {
    let now = app.clock().now();
    let in_force = &app.knowledge().revision.id;
    let kept: Vec<Kept> = app
        .store()
        .revisions()
        .await?
        .into_iter()
        .map(|one| Kept {
            in_force: one.id == *in_force,
            id: one.id,
            at: one.kept,
            entries: one.entries,
        })
        .collect();
    let knowledge = app.knowledge();
    Ok(app.with_desk(&knowledge, &[], |senses| reload::revisions(&kept, senses, now)))
}

/// Carries out a decision about a letter, once; returns what to say.
async fn settle(app: &App, button: &OperationButton) -> Result<Text<'static>, StoreError> {
    let (found, count, text) = match button {
        OperationButton::Again(letter, _) => (
            app.store().retry_dead_letter(OutboxId(*letter)).await?,
            Count::LetterAgain,
            Text::LettersAgain,
        ),
        OperationButton::Drop(letter, _) => (
            app.store().drop_dead_letter(OutboxId(*letter)).await?,
            Count::LetterDropped,
            Text::LettersDropped,
        ),
        OperationButton::Letters(_) | OperationButton::GoBack(_) => return Ok(Text::LettersGone),
    };
    if !found {
        return Ok(Text::LettersGone);
    }
    app.metrics().count(count);
    Ok(text)
}

async fn list(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    page: u8,
    over: Option<MessageId>,
) -> Result<Vec<Passing>, StoreError> {
    let all = app.store().dead_letter_count();
    let page = letters::page_of(page, all);
    let newest = app.store().dead_letters((page + 1) * letters::PAGE).await?;
    let mut shown = Vec::new();
    for (id, letter) in newest.into_iter().skip(page * letters::PAGE) {
        let to = letter.outgoing.to;
        let mover = match to.topic_of().or(to.person()) {
            Some(mover) => {
                let case = app.store().case(mover).await?;
                let topic = app.store().topic(mover).await?.map(|topic| topic.thread);
                case.map(|case| (case.face, topic))
            }
            None => None,
        };
        shown.push(Letter {
            number: id.0,
            outgoing: letter.outgoing,
            refused: match letter.reason {
                DeadReason::Blocked => None,
                DeadReason::Refused(words) => Some(logged::words(&words)),
            },
            at: letter.at,
            mover,
        });
    }
    let aside = app.store().quarantined().await?;
    let aside: Vec<_> = aside.iter().map(set_aside::listed).collect();
    let (knowledge, now) = (app.knowledge(), app.clock().now());
    let (html, buttons) = app.with_desk(&knowledge, &[], |senses| {
        letters::page(&shown, (page, all), &aside, app.group(), senses, now)
    });
    show(app, update, from, html, buttons, over).await
}
