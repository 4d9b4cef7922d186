//! What is said about an update that cannot be handled: its number to staff and owners, and to the mover that staff
//! know.

use crate::{
    app::App,
    bot::input::{FromMover, Heard},
    conversation::{Conversation, Input},
    handover::{
        DESK_LANG,
        operation::letters::{AsideKind, SetAside},
    },
    lang::Lang,
    outgoing::{Act, Html, Outgoing, Priority, To, UpdateId, Voice},
    phrases::Text,
    store::{Quarantined, StoreError},
};

/// Why an update is set aside: handling it panicked again and again.
pub(super) const PANICKED: &str = "handling it panicked";
/// Or the process ended each time it was handled.
pub(super) const CRASHED: &str = "handling it ended the process";

/// An update that was set aside, as staff see it: without a word of its content.
pub(super) fn listed((id, aside): &(UpdateId, Quarantined)) -> SetAside {
    let read: Option<serde_json::Value> = serde_json::from_str(&aside.json).ok();
    let has = |kind: &str| read.as_ref().is_some_and(|update| update.get(kind).is_some());
    SetAside {
        number: id.0,
        what: match () {
            () if has("callback_query") => AsideKind::Tap,
            () if has("message") || has("edited_message") => AsideKind::Message,
            () => AsideKind::Other,
        },
        crashed: aside.reason.starts_with(CRASHED),
        at: aside.at,
    }
}

/// Everything that is said about it.
pub(super) async fn told(app: &App, update: UpdateId, heard: &Heard) -> Result<Vec<Outgoing>, StoreError> {
    let mover = match heard {
        Heard::Mover(from) => Some(from),
        Heard::Group(_) | Heard::Inline(_) | Heard::Nothing { .. } => None,
    };
    let number = update.0.to_string();
    let name = mover.map_or("", |from| from.face.name.as_str());
    let text = match name {
        "" => Text::SetAside { number: &number },
        name => Text::SetAsideFrom {
            number: &number,
            name,
        },
    };
    let mut told = for_people(app, &text);
    if let Some(from) = mover.filter(|from| waits_for_an_answer(&from.input)) {
        told.push(for_mover(app, from, !told.is_empty()).await?);
    }
    Ok(told)
}

/// One message for the concierge group, and one for each owner.
fn for_people(app: &App, text: &Text<'_>) -> Vec<Outgoing> {
    let html = Html::text(&app.phrases().say(DESK_LANG, text));
    let group = app.desk().staff_chat.map(|_| Outgoing {
        to: To::Group,
        about: None,
        priority: Priority::Alert,
        voice: Voice::Needed,
        act: Act::say(html.clone()),
    });
    let owners = app.desk().owners.iter();
    let owners = owners.map(|owner| Outgoing::to_person(*owner, Voice::Needed, Act::say(html.clone())));
    group.into_iter().chain(owners).collect()
}

async fn for_mover(app: &App, from: &FromMover, somebody_knows: bool) -> Result<Outgoing, StoreError> {
    let lang = language(app, from).await?;
    let text = match somebody_knows {
        true => Text::NotProcessedTold,
        false => Text::NotProcessed,
    };
    let html = Html::text(&app.phrases().say(lang, &text));
    Ok(Outgoing::to_person(from.who, Voice::Needed, Act::say(html)))
}

async fn language(app: &App, from: &FromMover) -> Result<Lang, StoreError> {
    let known = app.store().conversation(from.who).await?;
    let now = app.clock().now();
    let conversation =
        known.unwrap_or_else(|| Conversation::with_newcomer(from.who, from.language_tag.as_deref(), now));
    Ok(conversation.lang)
}

/// Whether the mover waits for an answer: blocking the bot, coming back and corrections call for none.
fn waits_for_an_answer(input: &Input) -> bool {
    !matches!(input, Input::Left | Input::Returned | Input::Corrected)
}
