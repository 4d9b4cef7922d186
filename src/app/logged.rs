//! What may stand in the log about an error from outside: what kind it is, never what it quotes.
//!
//! Telegram's refusals quote what they refuse, an address holds the token, an answer that cannot be read holds
//! messages. So of foreign words only those are kept that can be nobody's: plain ones outside quotes.

use std::{error::Error, sync::Arc};

/// The most that is said of one error, in characters.
const LONGEST: usize = 160;
/// A number with this many digits may be a person's.
const LONG_NUMBER: usize = 5;
const LEFT_OUT: &str = "…";

/// An error of a call to Telegram, or to another server, in words for the log.
#[must_use]
pub fn told(error: &(dyn Error + 'static)) -> String {
    match network(error) {
        Some(error) if error.is_timeout() => "the connection timed out".to_owned(),
        Some(error) if error.is_connect() => "there is no connection".to_owned(),
        Some(error) if error.is_builder() => "the call could not be made".to_owned(),
        Some(_) => "the connection broke".to_owned(),
        None => words(&error.to_string()),
    }
}

/// The failure of the line that is behind an error, if one is.
fn network<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e reqwest::Error> {
    let shared = || error.downcast_ref::<Arc<reqwest::Error>>().map(Arc::as_ref);
    let own = error.downcast_ref::<reqwest::Error>().or_else(shared);
    own.or_else(|| error.source().and_then(network))
}

/// Foreign words for the log: what is quoted, bracketed, an address, a long number or not plain is left out.
#[must_use]
pub fn words(foreign: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let unquoted = without_quotes(&unwrapped(foreign));
    for word in unquoted.split_whitespace() {
        let word = if is_plain(word) { word } else { LEFT_OUT };
        if word != LEFT_OUT || kept.last() != Some(&LEFT_OUT) {
            kept.push(word);
        }
    }
    kept.join(" ").chars().take(LONGEST).collect()
}

/// teloxide quotes what it does not know.
fn unwrapped(foreign: &str) -> String {
    let inner = foreign
        .split_once("Unknown error: \"")
        .and_then(|(_, rest)| rest.strip_suffix('"'));
    inner.map_or_else(|| foreign.to_owned(), |inner| inner.replace("\\\"", "\""))
}

/// Up to the first bracket, since what follows is data, with everything in quotes left out.
fn without_quotes(text: &str) -> String {
    let mut left = String::new();
    let mut ends_with = None;
    let mut before = ' ';
    for c in text.chars() {
        match ends_with {
            Some(end) if c == end && before != '\\' => ends_with = None,
            Some(_) => {}
            None => match c {
                '{' | '[' | '<' => {
                    left.push_str(LEFT_OUT);
                    return left;
                }
                '"' | '`' => ends_with = Some(c),
                // Within a word it is an apostrophe.
                '\'' if !before.is_alphanumeric() => ends_with = Some(c),
                '“' => ends_with = Some('”'),
                '「' => ends_with = Some('」'),
                _ => left.push(c),
            },
        }
        if ends_with == Some(c) || (ends_with.is_some() && matches!(c, '“' | '「')) {
            left.push_str(LEFT_OUT);
        }
        before = c;
    }
    left
}

fn is_plain(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    word.is_ascii() && digits < LONG_NUMBER && !word.contains("://") && !word.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_quoted_is_said() {
        for (foreign, said) in [
            (
                "Bad Request: message is too long",
                "Bad Request: message is too long",
            ),
            (
                "Unknown error: \"Bad Request: can't parse entities: Unsupported start tag \\\"anna\\\" at byte offset 3\"",
                "Bad Request: can't parse entities: Unsupported start tag … at byte offset 3",
            ),
            (
                "Bad Request: inline keyboard button URL 'http://a.example/090-1234' is invalid",
                "Bad Request: inline keyboard button URL … is invalid",
            ),
            ("group has moved to -1001234567890", "group has moved to …"),
            (
                "error for url (https://api.telegram.org/bot123:AAA/x)",
                "error for url …",
            ),
            (
                "An error while parsing JSON: EOF (raw: {\"text\":\"hi Anna\"})",
                "An error while parsing JSON: EOF (raw: …",
            ),
            ("user @anna 安中 is “Anna Ito” or `Ito`", "user … is … or …"),
        ] {
            assert_eq!(words(foreign), said);
        }
        assert_eq!(words(&"long ".repeat(90)).chars().count(), LONGEST);
    }

    #[tokio::test]
    async fn an_address_that_cannot_be_reached_is_not_said() {
        let error = reqwest::get("http://127.0.0.1:1/bot123:secret/getMe")
            .await
            .unwrap_err();
        assert_eq!(told(&error), "there is no connection");
    }
}
