//! Answers to share: what the inline mode offers in another chat.

use jiff::Timestamp;

use crate::{
    conversation::{answer::compose, step::Senses},
    knowledge::Entry,
    lang::Lang,
    outgoing::{Html, html::MESSAGE_LIMIT},
    phrases::Text,
    understanding::{Outcome, Verdict},
};

/// How many answers are offered.
const OFFERED: usize = 5;

/// How much of an answer stands below its title.
const DESCRIPTION: usize = 100;

/// An answer that can be sent into another chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineResult {
    /// The entry's id.
    pub id: String,
    pub title: String,
    pub description: String,
    /// The whole message, with a link to the bot.
    pub html: Html,
}

/// The entries a query may have meant, best first. Nothing for what is not known or not a question.
#[must_use]
pub fn inline_results(
    verdict: &Verdict,
    senses: &Senses<'_>,
    lang: Lang,
    now: Timestamp,
) -> Vec<InlineResult> {
    if !matches!(verdict.outcome, Outcome::Answer(_) | Outcome::Clarify(_)) {
        return Vec::new();
    }
    verdict
        .candidates
        .iter()
        .filter(|candidate| !candidate.entry.is_gap())
        .filter_map(|candidate| senses.revision.entries.get(&candidate.entry))
        .take(OFFERED)
        .filter_map(|entry| result(entry, senses, lang, now))
        .collect()
}

fn result(entry: &Entry, senses: &Senses<'_>, lang: Lang, now: Timestamp) -> Option<InlineResult> {
    let answer = compose(entry, senses.revision, senses.phrases, lang, now);
    let url = format!("https://t.me/{}?start={}", senses.bot_name, entry.id);
    let link = Html::link(&senses.phrases.say(lang, &Text::AskTheBot), &url);
    let mut pieces = answer.pieces();
    // What does not fit one message is not shared: half an answer may leave out the condition.
    let html = pieces.pop().filter(|_| pieces.is_empty())?.paragraph(&link);
    if html.plain().encode_utf16().count() > MESSAGE_LIMIT {
        return None;
    }
    Some(InlineResult {
        id: entry.id.to_string(),
        title: entry.label_in(lang).to_owned(),
        description: answer.paragraphs.first()?.chars().take(DESCRIPTION).collect(),
        html,
    })
}
