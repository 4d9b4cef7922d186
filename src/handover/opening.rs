//! The words a case is opened with: they stand on its card, as far as the card has room, and nowhere else.

use crate::{
    conversation::Conversation,
    handover::said::Said,
    outgoing::{
        Act, Html, MessageId, Outgoing, UserId,
        html::{MESSAGE_LIMIT, split},
    },
};

/// The messages that a case's question consists of, so that a change of one of them does not go unseen.
pub(super) fn messages_of<'s>(
    question: &str,
    conversation: &Conversation,
    said: impl Iterator<Item = &'s Said>,
) -> Vec<MessageId> {
    let asked = conversation.last_question.iter();
    let asked = asked.map(|asked| (asked.message, asked.text.as_str()));
    let said = said.map(|said| (said.message, said.text.trim()));
    let mut messages: Vec<MessageId> = asked
        .chain(said)
        .filter(|(_, text)| !text.is_empty() && question.contains(text))
        .map(|(message, _)| message)
        .collect();
    messages.dedup();
    messages
}

/// What of a question does not stand in what is passed on with it.
pub(super) fn not_among<'q, 's>(question: &'q str, said: impl Iterator<Item = &'s Said>) -> &'q str {
    let texts: Vec<&str> = said.map(|said| said.text.trim()).collect();
    let passed_on = texts.join("\n");
    let rest = question.strip_suffix(passed_on.as_str()).unwrap_or(question);
    rest.trim_end()
}

/// Too long for the card: all of it, in messages of its own.
pub(super) fn in_full(mover: UserId, words: &str) -> impl Iterator<Item = Outgoing> {
    let pieces = split(words, MESSAGE_LIMIT).into_iter();
    pieces.map(move |piece| Outgoing::to_topic(mover, Act::say(Html::text(&piece))))
}
