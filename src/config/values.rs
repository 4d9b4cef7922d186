//! Single values of the settings, which cannot be had without being good.

use std::str::FromStr;

use secrecy::SecretString;
use serde::Deserialize;
use url::{Host, Url};

use crate::outgoing::ChatId;

/// Paths of our own that a webhook may not take.
const OWN_PATHS: [&str; 6] = [
    "/",
    "/health",
    "/ready",
    "/metrics",
    "/calendar.ics",
    "/admin/backup",
];

/// A value that never shows.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "String")]
pub struct Hidden(pub(super) SecretString);

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// The Bot API's address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ApiUrl(pub(super) Url);

/// The address Telegram sends updates to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct WebhookUrl(pub(super) Url);

/// The staff's forum supergroup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct StaffChat(pub(super) ChatId);

/// Why a single value is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadValue(String);

impl BadValue {
    pub(super) fn new(why: String) -> Self {
        Self(why)
    }
}

impl FromStr for ApiUrl {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        parse_url(text).map(Self)
    }
}

impl FromStr for WebhookUrl {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let url = parse_url(text)?;
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(BadValue(
                "Telegram delivers by https only; plain http is for loopback addresses".to_owned(),
            ));
        }
        let path = url.path();
        if OWN_PATHS.contains(&path) {
            return Err(BadValue(format!(
                "the path {path} is taken; choose another, such as /telegram"
            )));
        }
        if !path.bytes().all(|b| is_word_byte(b) || b == b'/' || b == b'.') {
            return Err(BadValue(
                "the path may hold letters, digits and . _ - / only".to_owned(),
            ));
        }
        Ok(Self(url))
    }
}

impl TryFrom<i64> for StaffChat {
    type Error = BadValue;

    fn try_from(id: i64) -> Result<Self, BadValue> {
        if id.to_string().starts_with("-100") {
            return Ok(Self(ChatId(id)));
        }
        Err(BadValue(format!(
            "{id} is not the id of a supergroup: those begin with -100"
        )))
    }
}

impl FromStr for StaffChat {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let id: i64 = text
            .trim()
            .parse()
            .map_err(|_| BadValue("it is not a number such as -1001234567890".to_owned()))?;
        id.try_into()
    }
}

impl FromStr for Hidden {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.to_owned().into())
    }
}

impl TryFrom<String> for ApiUrl {
    type Error = BadValue;

    fn try_from(text: String) -> Result<Self, BadValue> {
        text.parse()
    }
}

impl TryFrom<String> for WebhookUrl {
    type Error = BadValue;

    fn try_from(text: String) -> Result<Self, BadValue> {
        text.parse()
    }
}

pub(super) fn is_word_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b == b'-'
}

fn parse_url(text: &str) -> Result<Url, BadValue> {
    let url = Url::parse(text).map_err(|error| BadValue(format!("it is not a web address ({error})")))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(BadValue("it has to begin with https:// or http://".to_owned()));
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}
