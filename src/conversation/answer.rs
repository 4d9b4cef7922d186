//! An entry as the mover reads it: how far it holds, the text, the sources with their dates.
//!
//! The bodies are written to carry their status in words. A sentence is added only for what a body cannot know:
//! that its time has passed. Everything else that limits an answer is a [`Notice`] for programs.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    clock::in_city,
    knowledge::{AsOf, Entry, Event, Revision, Source, Status},
    lang::Lang,
    outgoing::{
        Html,
        html::{MESSAGE_LIMIT, split},
    },
    phrases::{Phrases, Text, language_name},
};

/// A fact said to be in force is doubted after this many months.
const DOUBT_AFTER_MONTHS: i32 = 18;

/// An answer in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What is said, without the source line.
    pub paragraphs: Vec<String>,
    pub notices: Vec<Notice>,
    pub sources: Vec<Cited>,
    /// What the mover reads, without markup.
    pub text: String,
    pub html: Html,
}

/// Why an answer is not simply so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// Has to be confirmed with the city: past its day, or too old or undated for something said to be in force.
    Confirm,
    /// Over.
    Ended,
    /// Another city's.
    OtherCity,
    /// Planned, considered or proposed; nothing one can have now.
    Plan,
    /// A figure of its year, or a target.
    Figure,
}

/// A document the answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    pub title: String,
    pub as_of: AsOf,
    pub url: Option<String>,
    /// The document itself carries no date; `as_of` is when it was read.
    #[serde(skip)]
    pub undated: bool,
}

impl Answer {
    /// The answer as messages that each fit Telegram's limit. One too long for a single message goes without links.
    #[must_use]
    pub fn pieces(&self) -> Vec<Html> {
        if self.text.encode_utf16().count() <= MESSAGE_LIMIT {
            return vec![self.html.clone()];
        }
        split(&self.text, MESSAGE_LIMIT)
            .iter()
            .map(|piece| Html::text(piece))
            .collect()
    }
}

/// Words the entry for a mover who reads it now.
#[must_use]
pub fn compose(entry: &Entry, revision: &Revision, phrases: &Phrases, lang: Lang, now: Timestamp) -> Answer {
    let say = |text: &Text<'_>| phrases.say(lang, text);
    let mut paragraphs = time_passed(entry, phrases, lang, now);
    match entry.body_in(lang) {
        Some((found, body)) => {
            if found != lang {
                let language = &say(&language_name(found));
                paragraphs.insert(0, say(&Text::FallbackLanguage { language }));
            }
            paragraphs.extend(body.split("\n\n").map(|part| part.trim().to_owned()));
        }
        None => paragraphs.push(say(&Text::NoBody)),
    }
    let sources = cited(entry, revision, lang);
    let body = paragraphs
        .iter()
        .fold(Html::default(), |html, part| html.paragraph(&Html::text(part)));
    let html = body.paragraph(&source_line(&sources, phrases, lang));
    Answer {
        paragraphs,
        notices: notices(entry, revision, now),
        sources,
        text: html.plain(),
        html,
    }
}

/// The sentences on what is over, or no longer certain, by the clock alone.
fn time_passed(entry: &Entry, phrases: &Phrases, lang: Lang, now: Timestamp) -> Vec<String> {
    let today = in_city(now).date();
    let mut sentences = Vec::new();
    if entry.status != Status::Past
        && let Some(event) = entry.event.as_ref().filter(|event| is_over(event, now))
    {
        let date = &phrases.day(lang, *event.when.days().end());
        sentences.push(phrases.say(lang, &Text::EventEnded { date }));
    }
    if let Some(date) = entry.valid_until.filter(|&day| day < today) {
        let date = &phrases.day(lang, date);
        sentences.push(phrases.say(lang, &Text::ValidUntilPassed { date }));
    } else if entry.review_by.is_some_and(|day| day < today) {
        sentences.push(phrases.say(lang, &Text::ReviewDue));
    }
    sentences
}

/// An event of unknown length lasts until the end of its day. What comes again is never over, and what was cancelled
/// never took place.
fn is_over(event: &Event, now: Timestamp) -> bool {
    event.rule.is_none() && !event.cancelled && event.when.is_over(now)
}

fn notices(entry: &Entry, revision: &Revision, now: Timestamp) -> Vec<Notice> {
    let today = in_city(now).date();
    let mut notices = Vec::new();
    let passed = |day: Option<Date>| day.is_some_and(|day| day < today);
    if passed(entry.valid_until) || passed(entry.review_by) || is_doubtful(entry, revision, today) {
        notices.push(Notice::Confirm);
    }
    if entry.status == Status::Past || entry.event.as_ref().is_some_and(|event| is_over(event, now)) {
        notices.push(Notice::Ended);
    }
    if entry.is_other_city() {
        notices.push(Notice::OtherCity);
    }
    match entry.status {
        Status::Planned | Status::Considered | Status::Draft => notices.push(Notice::Plan),
        Status::Statistic => notices.push(Notice::Figure),
        Status::Current
        | Status::Done
        | Status::Historic
        | Status::Trial
        | Status::Past
        | Status::Internal
        | Status::Unknown => {}
    }
    notices
}

/// Whether something said to be in force is too old for that, or rests on a page without a date.
fn is_doubtful(entry: &Entry, revision: &Revision, today: Date) -> bool {
    let oldest = today.saturating_sub(DOUBT_AFTER_MONTHS.months());
    entry.status == Status::Current
        && (entry.as_of.last_day() < oldest || documents(entry, revision).iter().any(|source| source.undated))
}

/// The documents of the entry in the order they are cited, each once.
fn documents<'a>(entry: &Entry, revision: &'a Revision) -> Vec<&'a Source> {
    let mut seen = BTreeSet::new();
    entry
        .sources
        .iter()
        .filter(|citation| seen.insert(&citation.source))
        .filter_map(|citation| revision.sources.get(&citation.source))
        .collect()
}

fn cited(entry: &Entry, revision: &Revision, lang: Lang) -> Vec<Cited> {
    documents(entry, revision)
        .into_iter()
        .map(|source| Cited {
            title: title(source, lang).to_owned(),
            as_of: source.as_of,
            url: source.url.clone(),
            undated: source.undated,
        })
        .collect()
}

fn title(source: &Source, lang: Lang) -> &str {
    std::iter::once(&lang)
        .chain(lang.fallbacks())
        .find_map(|lang| source.title.get(lang))
        .map_or(source.publisher.as_str(), String::as_str)
}

/// 「出典：A(2023年10月末時点) ／ B(2020年)」, each title a link if there is a page; nothing without sources.
fn source_line(sources: &[Cited], phrases: &Phrases, lang: Lang) -> Html {
    let items: Vec<Html> = sources
        .iter()
        .map(|source| source_item(source, phrases, lang))
        .collect();
    let Some((first, rest)) = items.split_first() else {
        return Html::default();
    };
    let separator = Html::text(&phrases.say(lang, &Text::SourceSeparator));
    let list = rest
        .iter()
        .fold(first.clone(), |list, item| list.then(&separator).then(item));
    around(&list, |list| phrases.say(lang, &Text::SourceLine { list })).in_italics()
}

fn source_item(source: &Cited, phrases: &Phrases, lang: Lang) -> Html {
    let date = if source.undated {
        phrases.undated(lang, source.as_of)
    } else {
        phrases.as_of(lang, source.as_of)
    };
    let title = match &source.url {
        Some(url) => Html::link(&source.title, url),
        None => Html::text(&source.title),
    };
    around(&title, |title| {
        phrases.say(lang, &Text::SourceItem { title, date: &date })
    })
}

/// Says a plain sentence with a piece of markup in it.
///
/// The sentence is said round a mark that no text contains, so that each language puts the piece where it belongs.
fn around(piece: &Html, say: impl FnOnce(&str) -> String) -> Html {
    const MARK: &str = "\u{fffc}";
    let said = say(MARK);
    let (before, after) = said.split_once(MARK).unwrap_or((&said, ""));
    Html::text(before).then(piece).then(&Html::text(after))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        conversation::sample::{self, at},
        knowledge::{event::When, folder::read_folder, parse::parse_entry},
    };

    fn composed(id: &str, lang: Lang, now: &str) -> Answer {
        let revision = sample::revision();
        let entry = &revision.entries[&id.parse().unwrap()];
        compose(entry, &revision, sample::phrases(), lang, at(now))
    }

    #[test]
    fn the_source_line_comes_last_with_dates_and_links() {
        let answer = composed("subsidy-myhome-shienkin", Lang::Ja, "2026-11-21T10:00:00+09:00");
        assert_snapshot!(answer.text, @r"
        家を初めて買う人が対象です。

        申請の期限は確認できていません。

        出典：安中市のページ「移住」(日付なし、2026年に確認) ／ 再起動プロジェクト一覧(2023年10月末時点)
        ");
        assert_snapshot!(answer.html.as_str(), @r#"
        家を初めて買う人が対象です。

        申請の期限は確認できていません。

        <i>出典：<a href="https://example.org/?a=1&amp;b=2">安中市のページ「移住」</a>(日付なし、2026年に確認) ／ 再起動プロジェクト一覧(2023年10月末時点)</i>
        "#);
        assert_eq!(answer.notices, [Notice::Confirm]);
        let english = composed("subsidy-myhome-shienkin", Lang::En, "2026-11-21T10:00:00+09:00");
        assert_snapshot!(english.text, @r"
        It is for first-time buyers.

        The deadline is not confirmed.

        Source: Annaka City page (undated, read in 2026) / 再起動プロジェクト一覧 (as of the end of October 2023)
        ");
    }

    #[test]
    fn a_day_that_has_passed_is_said_first() {
        let before = composed("subsidy-myhome-shienkin", Lang::Ja, "2027-03-31T23:59:00+09:00");
        let after = composed("subsidy-myhome-shienkin", Lang::Ja, "2027-04-01T00:00:00+09:00");
        assert_eq!(before.paragraphs[0], "家を初めて買う人が対象です。");
        assert_snapshot!(after.paragraphs[0], @"2027年3月31日までの内容です。今どうなっているかは、市への確認が必要です。");
        assert_eq!(after.notices, [Notice::Confirm]);
    }

    #[test]
    fn an_event_is_over_when_it_has_ended() {
        let during = composed("event-consultation", Lang::Ja, "2027-02-19T11:29:00+09:00");
        let after = composed("event-consultation", Lang::Ja, "2027-02-19T11:30:00+09:00");
        assert_eq!(during.notices, []);
        assert_eq!(after.notices, [Notice::Ended]);
        assert_snapshot!(after.paragraphs[0], @"この行事は2027年2月19日に終わりました。");
    }

    #[test]
    fn an_evening_until_midnight_ended_on_its_own_day() {
        let mut revision = sample::revision();
        let entry = revision
            .entries
            .get_mut(&"event-consultation".parse().unwrap())
            .unwrap();
        let hours = (at("2027-02-14T20:00:00+09:00"), at("2027-02-15T00:00:00+09:00"));
        entry.event.as_mut().unwrap().when = When::timed(hours.0, Some(hours.1)).unwrap();
        let told = time_passed(
            entry,
            sample::phrases(),
            Lang::Ja,
            at("2027-02-16T10:00:00+09:00"),
        );
        assert_eq!(told[0], "この行事は2027年2月14日に終わりました。");
    }

    #[test]
    fn what_comes_again_or_was_cancelled_did_not_end() {
        let mut revision = sample::revision();
        let id = "event-consultation".parse().unwrap();
        let event = revision
            .entries
            .get_mut(&id)
            .and_then(|entry| entry.event.as_mut())
            .unwrap();
        let now = at("2027-02-20T10:00:00+09:00");
        let before = event.clone();
        assert!(is_over(&before, now));
        event.rule = "FREQ=YEARLY".parse().ok();
        assert!(!is_over(event, now));
        event.rule = None;
        event.cancelled = true;
        assert!(!is_over(event, now));
    }

    #[test]
    fn a_missing_language_is_said() {
        let answer = composed("farm-tour", Lang::En, "2026-11-21T10:00:00+09:00");
        assert_snapshot!(answer.text, @r"
        There is no English text on this topic yet, so here is the one in Japanese.

        企画案の段階です。
        ");
        assert_eq!(answer.notices, [Notice::Plan]);
    }

    #[test]
    fn another_city_and_a_gap_are_told_apart() {
        let other = composed("other-city-plan", Lang::Ja, "2026-11-21T10:00:00+09:00");
        assert_eq!(other.notices, [Notice::OtherCity]);
        let gap = composed("gap-prices", Lang::Ja, "2026-11-21T10:00:00+09:00");
        assert_snapshot!(gap.text, @"家賃の水準は確認できていません。");
        assert_eq!(gap.sources, []);
    }

    #[test]
    fn a_very_long_answer_comes_in_pieces() {
        let revision = sample::revision();
        let mut entry = revision.entries[&"gap-prices".parse().unwrap()].clone();
        entry.body.insert(Lang::Ja, "長い文です。\n\n".repeat(1000));
        let answer = compose(
            &entry,
            &revision,
            sample::phrases(),
            Lang::Ja,
            at("2026-11-21T10:00:00+09:00"),
        );
        let pieces = answer.pieces();
        assert!(pieces.len() > 1);
        assert!(
            pieces
                .iter()
                .all(|piece| piece.plain().encode_utf16().count() <= MESSAGE_LIMIT)
        );
    }
    #[test]
    fn every_entry_of_the_knowledge_fits_one_message_and_names_its_sources() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge");
        let files = read_folder(folder.as_ref()).unwrap();
        let text = |path: &str| {
            files
                .iter()
                .find(|file| file.path == path)
                .unwrap()
                .content
                .text()
                .unwrap()
        };
        let revision = Revision {
            sources: toml::from_str(text("sources.toml")).unwrap(),
            ..sample::revision()
        };
        let entries = files
            .iter()
            .filter(|file| file.path.ends_with(".md"))
            .filter_map(|file| parse_entry(&file.path, file.content.text().unwrap()).0);
        for entry in entries {
            for lang in Lang::ALL {
                let now = at("2026-11-21T10:00:00+09:00");
                let answer = compose(&entry, &revision, sample::phrases(), lang, now);
                assert_eq!(answer.pieces().len(), 1, "{} in {lang}", entry.id);
                assert_ne!(answer.sources.is_empty(), !entry.id.is_gap(), "{}", entry.id);
            }
        }
    }
}
