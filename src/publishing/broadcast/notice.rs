//! What is told: words in one or more languages, and a page to go to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    conversation::{
        Pushed,
        button::{Button, ReminderTap},
    },
    events::Link,
    lang::Lang,
    outgoing::{ButtonDoes, ButtonFace, Buttons, Html},
    phrases::{Phrases, Text},
    publishing::languages,
};

/// The most characters in one language, as Telegram counts them.
pub(super) const LONGEST: usize = 3000;

/// Words in at least one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Lang, Html>", into = "BTreeMap<Lang, Html>")]
pub struct Worded(BTreeMap<Lang, Html>);

/// What is told to many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub words: Worded,
    /// The page of its button.
    pub link: Option<Link>,
}

/// Why words cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadNotice {
    #[error("there are no words in any language")]
    NoWords,
    #[error("there are more than {LONGEST} characters in one language")]
    TooLong,
}

impl Worded {
    /// Takes what was written, as text and with its marks; languages that are not written stay as they were, and those
    /// of which it is said go.
    ///
    /// # Errors
    /// When there are too many words, or none are left.
    pub fn read(before: Option<&Self>, text: &str, html: &Html) -> Result<Self, BadNotice> {
        let mut all = before.map(|before| before.0.clone()).unwrap_or_default();
        // Where the marks cannot be brought together with the words, the words alone are told.
        let plain = Html::text(text);
        let html = if html.plain() == text { html } else { &plain };
        for (lang, part) in languages::parts(text) {
            let written = &text[part.clone()];
            let words = written.trim();
            if words.is_empty() {
                continue;
            }
            if words.encode_utf16().count() > LONGEST {
                return Err(BadNotice::TooLong);
            }
            if before.is_some() && languages::is_nothing(words) {
                all.remove(&lang);
                continue;
            }
            let blank = written.len() - written.trim_start().len();
            let start = text[..part.start + blank].chars().count();
            all.insert(lang, html.part(start..start + words.chars().count()));
        }
        Self::try_from(all)
    }

    /// The words somebody with this language reads; the language they are in.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> (Lang, &Html) {
        std::iter::once(&lang)
            .chain(lang.fallbacks())
            .chain(&Lang::ALL)
            .find_map(|near| self.0.get_key_value(near))
            .map_or((lang, const { &Html::EMPTY }), |(found, html)| (*found, html))
    }

    /// The languages there are words in.
    pub fn langs(&self) -> impl Iterator<Item = Lang> {
        self.0.keys().copied()
    }
}

impl TryFrom<BTreeMap<Lang, Html>> for Worded {
    type Error = BadNotice;

    fn try_from(words: BTreeMap<Lang, Html>) -> Result<Self, BadNotice> {
        if words.values().all(Html::is_empty) {
            return Err(BadNotice::NoWords);
        }
        Ok(Self(words))
    }
}

impl From<Worded> for BTreeMap<Lang, Html> {
    fn from(words: Worded) -> Self {
        words.0
    }
}

impl Notice {
    /// The message as somebody with this language gets it. It always ends with a way to hear nothing more.
    #[must_use]
    pub fn told(&self, lang: Lang, phrases: &Phrases) -> Pushed {
        let say = |text: &Text<'_>| phrases.say(lang, text);
        let page = self.link.as_ref().map(|link| {
            vec![ButtonFace {
                label: say(&Text::ButtonMore),
                does: ButtonDoes::Url(link.as_str().to_owned()),
            }]
        });
        let mut rows: Vec<Vec<ButtonFace>> = page.into_iter().collect();
        rows.push(vec![
            Button::reminders().face(say(&Text::ButtonReminders)),
            Button::Reminders(ReminderTap::Leave).face(say(&Text::ButtonStopAll)),
        ]);
        Pushed {
            html: self.words.in_lang(lang).1.clone(),
            buttons: Buttons(rows),
            file: None,
        }
    }
}

/// A page for the button.
pub(super) fn link(words: &str) -> Option<Link> {
    let link: Link = words.parse().ok()?;
    link.as_str().starts_with("https://").then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(before: Option<&Worded>, html: &str) -> Result<Worded, BadNotice> {
        let html = Html::rendered(html.to_owned());
        Worded::read(before, &html.plain(), &html)
    }

    #[test]
    fn each_language_keeps_its_own_words_and_marks() {
        let words = read(
            None,
            "<b>大雪の\nお知らせ</b>\n\n英語：<b>Heavy</b> snow &amp; ice",
        )
        .unwrap();
        assert_eq!(words.in_lang(Lang::Ja).1.as_str(), "<b>大雪の\nお知らせ</b>");
        assert_eq!(words.in_lang(Lang::En).1.as_str(), "<b>Heavy</b> snow &amp; ice");
        assert_eq!(words.in_lang(Lang::JaSimple).0, Lang::Ja, "the nearest there is");
        let words = read(Some(&words), "やさしい：おおゆきです").unwrap();
        assert_eq!(words.in_lang(Lang::JaSimple).1.as_str(), "おおゆきです");
        assert_eq!(words.langs().count(), 3);
        let words = read(Some(&words), "英語：なし").unwrap();
        assert_eq!(words.in_lang(Lang::En).0, Lang::Ja);
    }

    #[test]
    fn there_are_always_words_and_never_too_many() {
        for nothing in ["", "英語：", " \n "] {
            assert_eq!(read(None, nothing), Err(BadNotice::NoWords));
        }
        let some = read(None, "やさしい：あ").unwrap();
        assert_eq!(some.in_lang(Lang::En).1.as_str(), "あ");
        assert_eq!(read(Some(&some), "やさしい：なし"), Err(BadNotice::NoWords));
        assert!(read(None, &"雪".repeat(LONGEST)).is_ok());
        assert_eq!(read(None, &"雪".repeat(LONGEST + 1)), Err(BadNotice::TooLong));
        assert_eq!(
            read(None, &"😀".repeat(LONGEST / 2 + 1)),
            Err(BadNotice::TooLong),
            "counted as Telegram counts"
        );
        assert!(serde_json::from_str::<Worded>("{}").is_err());
    }

    #[test]
    fn marks_that_do_not_fit_the_words_are_left_out() {
        let html = Html::rendered("<b>something else</b>".to_owned());
        let words = Worded::read(None, "大雪 <1m", &html).unwrap();
        assert_eq!(words.in_lang(Lang::Ja).1.as_str(), "大雪 &lt;1m");
    }

    #[test]
    fn a_page_is_one_that_telegram_takes() {
        assert!(link("https://www.city.annaka.lg.jp/a?b=1").is_some());
        for bad in [
            "http://www.city.annaka.lg.jp/",
            "https://annaka/",
            "https://annaka.",
            "https://annaka:80/a.b",
            "www.city.annaka.lg.jp",
            "javascript:1",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }
}
