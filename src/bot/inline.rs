//! Inline mode: entries to share in any chat. Answered directly, since the answer is worthless a moment later.

use teloxide::{
    Bot,
    payloads::AnswerInlineQuerySetters,
    requests::Requester,
    types::{
        InlineQueryId, InlineQueryResult, InlineQueryResultArticle, InputMessageContent,
        InputMessageContentText, ParseMode,
    },
};

use crate::{
    app::{App, logged},
    bot::input::InlineAsk,
    conversation::{InlineResult, inline_results},
    lang::Lang,
};

/// For this many seconds Telegram may show the same answer again.
const CACHE_SECONDS: u32 = 60;

pub(super) async fn answer(app: &App, bot: &Bot, ask: &InlineAsk) {
    let lang = match app.store().conversation(ask.who).await {
        Ok(Some(conversation)) => conversation.lang,
        Ok(None) | Err(_) => Lang::negotiate(ask.language_tag.as_deref()).lang(),
    };
    let results = find(app, &ask.query, lang);
    let request = bot
        .answer_inline_query(InlineQueryId(ask.id.clone()), results.into_iter().map(article))
        .is_personal(true)
        .cache_time(CACHE_SECONDS);
    if let Err(error) = request.await {
        tracing::debug!(error = %logged::told(&error), "an inline query could not be answered");
    }
}

fn find(app: &App, query: &str, lang: Lang) -> Vec<InlineResult> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    let knowledge = app.knowledge();
    let verdict = knowledge.understanding.understand(query, None);
    app.with_senses(&knowledge, |senses| {
        inline_results(&verdict, senses, lang, app.clock().now())
    })
}

fn article(result: InlineResult) -> InlineQueryResult {
    let content = InputMessageContentText::new(result.html.as_str()).parse_mode(ParseMode::Html);
    let article = InlineQueryResultArticle::new(result.id, result.title, InputMessageContent::Text(content))
        .description(result.description);
    InlineQueryResult::Article(article)
}
