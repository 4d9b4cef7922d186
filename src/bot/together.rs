//! Handles one person's flood group by group, each in one step and one transaction.

use crate::{
    app::App,
    bot::{
        flood::{self, Piece},
        handle::{Context, answer_tap, mover},
        input::FromMover,
    },
    conversation::{Command, Input},
    handover::Said,
    metrics::Count,
    outgoing::{Passing, UpdateId},
    store::StoreError,
    understanding::{Handover, Outcome},
};

/// What is handled together with an update.
#[derive(Debug, Default)]
pub(super) struct Together {
    /// The updates that count as handled along with it.
    pub(super) also: Vec<UpdateId>,
    /// The messages before its own, for a person to read.
    pub(super) earlier: Vec<Said>,
}

/// Handles what waits, oldest first; what it returns is sent at once.
pub(super) async fn handle(
    context: &Context,
    waiting: &[(UpdateId, &FromMover)],
) -> Result<Vec<Passing>, StoreError> {
    let app = &context.app;
    let mut passing = Vec::new();
    let mut pieces = Vec::with_capacity(waiting.len());
    for (_, from) in waiting {
        pieces.push(piece(app, from));
        tokio::task::yield_now().await;
    }
    for group in flood::gather(&pieces) {
        let members: Vec<_> = group.iter().filter_map(|at| waiting.get(*at)).collect();
        let Some(((update, last), before)) = members.split_last() else {
            continue;
        };
        let together = Together {
            also: before.iter().map(|(update, _)| *update).collect(),
            earlier: earlier(before.iter().map(|(_, from)| *from)),
        };
        let from = FromMover {
            input: merged(members.iter().map(|(_, from)| *from), &last.input),
            ..(*last).clone()
        };
        passing.extend(mover(app, *update, &from, &together).await?);
        let repeated = before.iter().filter_map(|(_, from)| from.callback.as_deref());
        passing.extend(repeated.map(|callback| answer_tap(callback, None)));
        app.metrics().add(Count::UpdateHandled, members.len());
        app.metrics().add(Count::UpdateMerged, before.len());
    }
    Ok(passing)
}

/// Everybody's words line by line; of anything else, only the last.
fn merged<'a>(all: impl Iterator<Item = &'a FromMover>, last: &Input) -> Input {
    let Input::Question {
        message,
        edited: false,
        ..
    } = last
    else {
        return last.clone();
    };
    let words = all.filter_map(|from| match &from.input {
        Input::Question { text, .. } => Some(text.as_str()),
        _ => None,
    });
    Input::Question {
        text: words.collect::<Vec<_>>().join("\n"),
        message: *message,
        edited: false,
    }
}

/// What staff would read of the earlier messages; commands are left out.
fn earlier<'a>(before: impl Iterator<Item = &'a FromMover>) -> Vec<Said> {
    let is_said = |input: &Input| {
        matches!(
            input,
            Input::Question { edited: false, .. }
                | Input::Unreadable { .. }
                | Input::Shared
                | Input::Command(Command::Unknown(_))
        )
    };
    let said = before.filter(|from| is_said(&from.input));
    said.filter_map(|from| from.said.clone()).collect()
}

fn piece(app: &App, from: &FromMover) -> Piece {
    if from.operation.is_some() {
        return Piece::Alone;
    }
    match &from.input {
        Input::Question {
            text, edited: false, ..
        } => Piece::Words {
            chars: text.chars().count(),
            cry: is_cry(app, text),
        },
        Input::Question {
            message,
            edited: true,
            ..
        } => Piece::About(format!("edit {}", message.0)),
        Input::Corrected => Piece::About(format!("edit {:?}", from.said.as_ref().map(|said| said.message))),
        Input::Disliked { message } => Piece::About(format!("dislike {}", message.0)),
        Input::Unreadable { kind, .. } => Piece::Shown(format!("{kind:?}")),
        Input::Shared => Piece::Shown("shared".to_owned()),
        Input::Command(Command::Unknown(_)) => Piece::Shown("unknown".to_owned()),
        Input::Command(Command::Start(_)) => Piece::Deed("start".to_owned()),
        Input::Command(command) => Piece::Deed(format!("{command:?}")),
        Input::Left => Piece::Deed("left".to_owned()),
        Input::Returned => Piece::Deed("returned".to_owned()),
        Input::Tap { button, message } => Piece::Tap(format!("{message:?} {button:?}")),
    }
}

fn is_cry(app: &App, text: &str) -> bool {
    match app.knowledge().understanding.understand(text, None).outcome {
        Outcome::Handover(Handover::Rule(kind)) => kind.is_crisis(),
        _ => false,
    }
}
