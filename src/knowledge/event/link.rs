//! An address on the web that movers are sent to.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use url::Url;

/// An http or https address, in the form browsers send it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no web address: write one that begins with https:// or http://, with a full host name, without a user name, at most {limit} bytes", limit = Link::LIMIT)]
pub struct BadLink(String);

impl Link {
    /// Telegram and browsers take longer ones, people who type do not mean them.
    pub const LIMIT: usize = 2048;

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Link {
    type Err = BadLink;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (link, url) = Self::read(text)?;
        // Telegram takes no address whose host has no dot, and would refuse the whole message.
        let has_dot = |host: &str| host.trim_matches('.').contains('.');
        if url.host_str().is_some_and(has_dot) {
            Ok(link)
        } else {
            Err(BadLink(text.chars().take(80).collect()))
        }
    }
}

impl Link {
    fn read(text: &str) -> Result<(Self, Url), BadLink> {
        let bad = || BadLink(text.chars().take(80).collect());
        let url = Url::parse(text.trim()).map_err(|_| bad())?;
        let on_the_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
        // `https://city.annaka.lg.jp@elsewhere.example` looks like the city and is not.
        let disguised = !url.username().is_empty() || url.password().is_some();
        if !on_the_web || disguised || url.as_str().len() > Self::LIMIT {
            return Err(bad());
        }
        Ok((Self(url.as_str().to_owned()), url))
    }
}

impl TryFrom<String> for Link {
    type Error = BadLink;

    /// As it was kept: what was taken once is read for ever.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text).map(|(link, _)| link)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked_to() {
        let link: Link = " https://www.city.annaka.lg.jp/行事?a=1 ".parse().unwrap();
        assert_eq!(
            link.as_str(),
            "https://www.city.annaka.lg.jp/%E8%A1%8C%E4%BA%8B?a=1"
        );
        assert_eq!(link.as_str().parse(), Ok(link.clone()));
        for bad in [
            "",
            "www.city.annaka.lg.jp",
            "javascript:alert(1)",
            "tg://resolve?domain=x",
            "mailto:a@b.example",
            "https://",
            "https://annaka/",
            "https://annaka./a.b",
            "https://www.city.annaka.lg.jp@elsewhere.example/",
            &format!("https://a.example/{}", "x".repeat(2048)),
        ] {
            assert!(bad.parse::<Link>().is_err(), "{bad}");
        }
        assert!(Link::try_from("https://annaka/".to_owned()).is_ok());
    }
}
