//! A short text in one or more languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{knowledge::entry::nearest, lang::Lang};

/// A text in at least one language, none of them empty.
///
/// Spaces around a text and control characters in it are gone; lines end with `\n` alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Lang, String>", into = "BTreeMap<Lang, String>")]
pub struct Texts(BTreeMap<Lang, String>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no text in any language")]
pub struct NoText;

impl Texts {
    /// Takes the texts that are not empty.
    ///
    /// # Errors
    /// When none is left.
    pub fn new(texts: impl IntoIterator<Item = (Lang, String)>) -> Result<Self, NoText> {
        let texts: BTreeMap<Lang, String> = texts
            .into_iter()
            .map(|(lang, text)| (lang, clean(&text)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if texts.is_empty() {
            return Err(NoText);
        }
        Ok(Self(texts))
    }

    /// A text in one language.
    ///
    /// # Errors
    /// When it is empty.
    pub fn only(lang: Lang, text: &str) -> Result<Self, NoText> {
        Self::new([(lang, text.to_owned())])
    }

    /// The text in the language or in the nearest one there is, with the language it is in.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> Option<(Lang, &str)> {
        nearest(&self.0, lang).map(|(found, text)| (found, text.as_str()))
    }

    /// Every text, in the order of the languages.
    pub fn all(&self) -> impl Iterator<Item = (Lang, &str)> {
        self.0.iter().map(|(lang, text)| (*lang, text.as_str()))
    }

    /// Whether there is a text in exactly this language.
    #[must_use]
    pub fn has(&self, lang: Lang) -> bool {
        self.0.contains_key(&lang)
    }
}

impl TryFrom<BTreeMap<Lang, String>> for Texts {
    type Error = NoText;

    fn try_from(texts: BTreeMap<Lang, String>) -> Result<Self, Self::Error> {
        Self::new(texts)
    }
}

impl From<Texts> for BTreeMap<Lang, String> {
    fn from(texts: Texts) -> Self {
        texts.0
    }
}

fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_empty() {
        assert_eq!(Texts::only(Lang::Ja, " \r\n\u{0}"), Err(NoText));
        assert_eq!(Texts::new([]), Err(NoText));
        assert!(serde_json::from_str::<Texts>("{}").is_err());
        assert!(serde_json::from_str::<Texts>("{\"ja\":\" \"}").is_err());
        let texts = Texts::new([
            (Lang::Ja, " 梅\r\n祭り\u{7} ".to_owned()),
            (Lang::En, String::new()),
        ])
        .unwrap();
        assert_eq!(texts.all().collect::<Vec<_>>(), [(Lang::Ja, "梅\n祭り")]);
        assert_eq!(
            serde_json::from_str::<Texts>("{\"ja\":\"梅\\n祭り\"}").unwrap(),
            texts
        );
    }

    #[test]
    fn a_missing_language_is_met_by_the_nearest() {
        let texts = Texts::only(Lang::Ja, "祭り").unwrap();
        assert_eq!(texts.in_lang(Lang::En), Some((Lang::Ja, "祭り")));
        assert_eq!(texts.in_lang(Lang::JaSimple), Some((Lang::Ja, "祭り")));
        assert!(!texts.has(Lang::En));
    }
}
