//! Staff ask for the figures.

use crate::{
    app::App,
    bot::{desk::show, group::FromGroup},
    clock::in_city,
    outgoing::{MessageId, Passing, UpdateId},
    statistics::{Period, Span, StatsButton, page},
    store::StoreError,
};

/// Which figures one of the staff asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    span: Span,
    /// How many weeks or months ago.
    back: u8,
    /// The message to replace, below which it was asked for.
    over: Option<MessageId>,
}

/// By command: this week.
impl Default for Asked {
    fn default() -> Self {
        Self {
            span: Span::Week,
            back: 0,
            over: None,
        }
    }
}

/// A tap below figures; `None` if it is something else.
pub(super) fn read_tap(data: &str, over: Option<MessageId>) -> Option<Asked> {
    let StatsButton { span, back } = StatsButton::decode(data).ok()?;
    Some(Asked { span, back, over })
}

/// Shows them; the caller has checked that whoever asks may see them.
pub(super) async fn handle(
    app: &App,
    update: UpdateId,
    from: &FromGroup,
    asked: &Asked,
) -> Result<Vec<Passing>, StoreError> {
    let today = in_city(app.clock().now()).date();
    let period = Period::of(asked.span, today).back(asked.back);
    let told = app.counted(period).await?.told;
    let (knowledge, colleagues) = (app.knowledge(), app.colleagues().await?);
    let (html, buttons) = app.with_desk(&knowledge, &colleagues, |senses| page(&told, asked.back, senses));
    show(app, update, from, html, buttons, asked.over).await
}
