//! Whose fault it is that Telegram refuses a call.

/// Telegram names its own troubles in these words, with a code of 500 and more. They pass, whatever was asked.
#[must_use]
pub fn is_servers(words: &str) -> bool {
    [
        "Internal Server Error",
        "Bad Gateway",
        "Gateway Timeout",
        "Service Unavailable",
    ]
    .iter()
    .any(|fault| words.starts_with(fault))
}
