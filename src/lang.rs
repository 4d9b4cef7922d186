//! The languages the concierge speaks.
//!
//! Closed on purpose: a new language starts as a variant here; the compiler and the tests then name everything else it
//! needs (a folder in `locales/`, sections in `knowledge/`).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language the concierge answers in, named by its BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lang {
    #[serde(rename = "ja")]
    Ja,
    /// Plain Japanese (やさしい日本語) for people who are learning it.
    #[serde(rename = "ja-simple")]
    JaSimple,
    #[serde(rename = "en")]
    En,
}

/// How a wished language was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negotiated {
    /// The concierge speaks it.
    Spoken(Lang),
    /// It does not; this is what it will speak instead, and it has to say so.
    Instead(Lang),
}

impl Negotiated {
    #[must_use]
    pub fn lang(self) -> Lang {
        match self {
            Self::Spoken(lang) | Self::Instead(lang) => lang,
        }
    }
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::Ja, Self::JaSimple, Self::En];

    /// The BCP 47 tag, as it stands in file names, front matter and JSON.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::JaSimple => "ja-simple",
            Self::En => "en",
        }
    }

    /// The exact language of a tag, if the concierge speaks it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|lang| lang.tag().eq_ignore_ascii_case(tag))
    }

    /// Where to look when a text is missing in this language, nearest first.
    #[must_use]
    pub fn fallbacks(self) -> &'static [Self] {
        match self {
            Self::Ja => &[Self::JaSimple, Self::En],
            Self::JaSimple => &[Self::Ja, Self::En],
            Self::En => &[Self::Ja],
        }
    }

    /// Picks the language for a tag such as Telegram sends (`ja`, `ja-JP`, `en_US`, `fr`, or none).
    ///
    /// An unknown language is met in English; no tag at all in Japanese.
    #[must_use]
    pub fn negotiate(tag: Option<&str>) -> Negotiated {
        let Some(tag) = tag.map(str::trim).filter(|tag| !tag.is_empty()) else {
            return Negotiated::Spoken(Self::Ja);
        };
        if let Some(lang) = Self::from_tag(tag) {
            return Negotiated::Spoken(lang);
        }
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::from_tag(primary).map_or(Negotiated::Instead(Self::En), Negotiated::Spoken)
    }

    /// Whether the text is Japanese, plain or not.
    #[must_use]
    pub fn is_japanese(self) -> bool {
        matches!(self, Self::Ja | Self::JaSimple)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegrams_tags_are_met_by_the_nearest_language() {
        let check = |tag, wanted| assert_eq!(Lang::negotiate(tag), wanted, "{tag:?}");
        check(Some("ja-JP"), Negotiated::Spoken(Lang::Ja));
        check(Some("en_US"), Negotiated::Spoken(Lang::En));
        check(Some("ja-simple"), Negotiated::Spoken(Lang::JaSimple));
        check(Some("pt-br"), Negotiated::Instead(Lang::En));
        check(Some(" "), Negotiated::Spoken(Lang::Ja));
        check(None, Negotiated::Spoken(Lang::Ja));
    }
}
