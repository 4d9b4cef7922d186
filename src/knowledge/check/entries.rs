//! Each entry by itself: complete in every language, and no longer than a phone shows.

use crate::{
    knowledge::{
        check::{Finding, Spot},
        entry::{Entry, Status},
    },
    lang::Lang,
};

/// The most characters an answer has in Japanese.
const BODY_LIMIT: usize = 900;

/// The most characters the first question has, since it stands on a button.
fn label_limit(lang: Lang) -> usize {
    match lang {
        Lang::Ja => 24,
        Lang::JaSimple => 28,
        Lang::En => 40,
    }
}

pub(super) fn check(entry: &Entry) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |spot, what: String| findings.push(Finding::new(entry, spot, what));
    for lang in Lang::ALL {
        match entry.body.get(&lang) {
            None => find(
                Spot::Key("questions"),
                format!("the section `## {lang}` is missing or empty"),
            ),
            Some(body) if lang == Lang::Ja && body.chars().count() > BODY_LIMIT => {
                find(
                    Spot::Section(lang),
                    format!("longer than {BODY_LIMIT} characters"),
                );
            }
            Some(body) if body.contains("http") => {
                find(
                    Spot::Section(lang),
                    "an address stands in the text: name the document in `sources`".to_owned(),
                );
            }
            Some(_) => {}
        }
        match entry.questions.get(&lang).and_then(|questions| questions.first()) {
            None => find(
                Spot::Key("[questions]"),
                format!("no question in {lang}: the first is shown on buttons"),
            ),
            Some(label) if label.chars().count() > label_limit(lang) => find(
                Spot::Key("[questions]"),
                format!(
                    "the first question in {lang} has more than {} characters and stands on a button",
                    label_limit(lang)
                ),
            ),
            Some(_) => {}
        }
    }
    if entry.sources.is_empty() && entry.status != Status::Unknown {
        find(Spot::Key("sources"), "a fact needs a source".to_owned());
    }
    if entry
        .valid_until
        .is_some_and(|until| until < entry.as_of.last_day())
    {
        find(
            Spot::Key("valid_until"),
            "`valid_until` is before `as_of`".to_owned(),
        );
    }
    if entry.event.as_ref().is_some_and(|event| event.confirmed) && entry.status.is_only_thought_of() {
        find(
            Spot::Key("confirmed"),
            "the event is confirmed, but the entry's `status` is not".to_owned(),
        );
    }
    findings
}
