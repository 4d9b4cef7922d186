//! Everything the bot says besides the knowledge, in every language.
//!
//! A message is a value of [`Text`]; its words are in `locales/<tag>/*.ftl`, built into the program. Speaking cannot
//! fail: what one language lacks is said in the nearest other.

pub mod dates;
pub mod text;

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::lang::Lang;

pub use text::Text;

/// The files of one language in `locales/`.
macro_rules! locale {
    ($tag:literal) => {
        [
            (
                "bot.ftl",
                include_str!(concat!("../../locales/", $tag, "/bot.ftl")),
            ),
            (
                "answer.ftl",
                include_str!(concat!("../../locales/", $tag, "/answer.ftl")),
            ),
            (
                "broadcast.ftl",
                include_str!(concat!("../../locales/", $tag, "/broadcast.ftl")),
            ),
            (
                "button.ftl",
                include_str!(concat!("../../locales/", $tag, "/button.ftl")),
            ),
            (
                "crisis.ftl",
                include_str!(concat!("../../locales/", $tag, "/crisis.ftl")),
            ),
            (
                "desk.ftl",
                include_str!(concat!("../../locales/", $tag, "/desk.ftl")),
            ),
            (
                "events.ftl",
                include_str!(concat!("../../locales/", $tag, "/events.ftl")),
            ),
            (
                "menu.ftl",
                include_str!(concat!("../../locales/", $tag, "/menu.ftl")),
            ),
            (
                "passing.ftl",
                include_str!(concat!("../../locales/", $tag, "/passing.ftl")),
            ),
            (
                "privacy.ftl",
                include_str!(concat!("../../locales/", $tag, "/privacy.ftl")),
            ),
            (
                "operation.ftl",
                include_str!(concat!("../../locales/", $tag, "/operation.ftl")),
            ),
            (
                "publishing.ftl",
                include_str!(concat!("../../locales/", $tag, "/publishing.ftl")),
            ),
            (
                "signups.ftl",
                include_str!(concat!("../../locales/", $tag, "/signups.ftl")),
            ),
            (
                "statistics.ftl",
                include_str!(concat!("../../locales/", $tag, "/statistics.ftl")),
            ),
            (
                "trouble.ftl",
                include_str!(concat!("../../locales/", $tag, "/trouble.ftl")),
            ),
            (
                "upkeep.ftl",
                include_str!(concat!("../../locales/", $tag, "/upkeep.ftl")),
            ),
        ]
    };
}

/// A file's name and its content.
type LocaleFile = (&'static str, &'static str);

const JA: &[LocaleFile] = &locale!("ja");
const JA_SIMPLE: &[LocaleFile] = &locale!("ja-simple");
const EN: &[LocaleFile] = &locale!("en");

/// The words of every language, ready to be said.
pub struct Phrases {
    bundles: BTreeMap<Lang, FluentBundle<FluentResource>>,
}

/// A locale file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Cannot use locales/{lang}/{file}: {what}")]
pub struct BadLocale {
    pub lang: Lang,
    pub file: &'static str,
    pub what: String,
}

impl Phrases {
    /// Reads the locale files that are built in.
    ///
    /// # Errors
    /// When a file is not Fluent, or says the same message twice.
    pub fn load() -> Result<Self, BadLocale> {
        let bundles = Lang::ALL
            .into_iter()
            .map(|lang| bundle(lang).map(|bundle| (lang, bundle)))
            .collect::<Result<_, _>>()?;
        Ok(Self { bundles })
    }

    /// The text in the language, or in the nearest one that has it; plain, without markup.
    #[must_use]
    pub fn say(&self, lang: Lang, text: &Text<'_>) -> String {
        let args = text.args();
        std::iter::once(&lang)
            .chain(lang.fallbacks())
            .find_map(|&lang| self.say_exactly(lang, text.id(), &args))
            .unwrap_or_else(|| text.id().to_owned())
    }

    fn say_exactly(&self, lang: Lang, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = self.bundles.get(&lang)?;
        let pattern = bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, Some(args), &mut errors);
        errors.is_empty().then(|| said.into_owned())
    }
}

/// What a language is called in another.
#[must_use]
pub fn language_name(lang: Lang) -> Text<'static> {
    match lang {
        Lang::Ja => Text::NameJa,
        Lang::JaSimple => Text::NameJaSimple,
        Lang::En => Text::NameEn,
    }
}

fn files(lang: Lang) -> &'static [LocaleFile] {
    match lang {
        Lang::Ja => JA,
        Lang::JaSimple => JA_SIMPLE,
        Lang::En => EN,
    }
}

fn bundle(lang: Lang) -> Result<FluentBundle<FluentResource>, BadLocale> {
    let locale = lang.tag().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks that isolate arguments are for mixed writing directions, and would show up in copied text.
    bundle.set_use_isolating(false);
    for &(file, content) in files(lang) {
        let bad = |what| BadLocale { lang, file, what };
        let resource = FluentResource::try_new(content.to_owned())
            .map_err(|(_, errors)| bad(errors.iter().map(ToString::to_string).collect()))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| bad(errors.iter().map(ToString::to_string).collect()))?;
    }
    Ok(bundle)
}

/// The first `most` characters of a text, with an ellipsis if that is not all of it.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex::Regex;

    use super::*;

    /// The messages of a language: id and the arguments named anywhere in it.
    fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let id = Regex::new(r"^([a-z][a-z0-9-]*) =").unwrap();
        let argument = Regex::new(r"\{ *\$([a-z_]+)").unwrap();
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in files(lang).iter().flat_map(|(_, content)| content.lines()) {
            if let Some(start) = id.captures(line) {
                current = start[1].to_owned();
                found.entry(current.clone()).or_default();
            }
            for name in argument.captures_iter(line) {
                found
                    .entry(current.clone())
                    .or_default()
                    .insert(name[1].to_owned());
            }
        }
        found
    }

    #[test]
    fn every_language_has_exactly_the_messages_and_arguments_of_the_bot() {
        let wanted: BTreeMap<String, BTreeSet<String>> = Text::all()
            .iter()
            .map(|text| {
                let args = text.args();
                let names = args.iter().map(|(name, _)| name.to_owned()).collect();
                (text.id().to_owned(), names)
            })
            .collect();
        for lang in Lang::ALL {
            assert_eq!(messages(lang), wanted, "locales/{lang}");
        }
    }

    #[test]
    fn every_text_is_said_in_its_own_language_without_markup() {
        let phrases = Phrases::load().unwrap();
        for lang in Lang::ALL {
            for text in Text::all() {
                let said = phrases.say_exactly(lang, text.id(), &text.args());
                let said = said.unwrap_or_else(|| panic!("{lang}: {} cannot be said", text.id()));
                assert!(!said.contains(['<', '>', '&', '!', '！']), "{lang}: {said}");
            }
        }
    }

    #[test]
    fn buttons_are_short() {
        let phrases = Phrases::load().unwrap();
        for text in Text::all() {
            if !text.id().starts_with("button-") && !text.id().starts_with("topic-") {
                continue;
            }
            for (lang, limit) in [(Lang::Ja, 14), (Lang::JaSimple, 14), (Lang::En, 22)] {
                let label = phrases.say(lang, &text);
                assert!(label.chars().count() <= limit, "{lang}: {label}");
            }
        }
    }

    #[test]
    fn help_lines_have_the_same_numbers_in_every_language() {
        let phrases = Phrases::load().unwrap();
        let number = Regex::new(r"#?\d[\d-]{2,}").unwrap();
        for text in [
            Text::CrisisEmergency,
            Text::CrisisDespair,
            Text::CrisisViolence,
            Text::CrisisChild,
        ] {
            let numbers = |lang| -> BTreeSet<String> {
                let said = phrases.say(lang, &text);
                number
                    .find_iter(&said)
                    .map(|found| found.as_str().to_owned())
                    .collect()
            };
            assert!(numbers(Lang::Ja).contains("110"), "{text:?}");
            for lang in Lang::ALL {
                assert_eq!(numbers(lang), numbers(Lang::Ja), "{lang}: {text:?}");
            }
        }
    }
}
