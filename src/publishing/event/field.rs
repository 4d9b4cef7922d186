//! The details of an event that staff write in their own words, and how those are read.

use std::{collections::BTreeMap, num::NonZeroU32};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::{
    events::{Coordinates, Event, Place, SignUp, Texts, When, said_when},
    lang::Lang,
    phrases::Text,
    publishing::{
        event::problems::{Say, bad_time},
        languages,
    },
};

/// A detail of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    Title,
    When,
    Place,
    Address,
    Map,
    Audience,
    Fee,
    Contact,
    Text,
    /// The page where one signs up.
    Link,
    Deadline,
    Capacity,
}

/// Characters a detail may have.
const LONGEST_LINE: usize = 120;
const LONGEST_TEXT: usize = 800;

/// More people than this is a slip of the finger.
const MOST_PEOPLE: u32 = 100_000;

impl Field {
    pub const ALL: [Self; 12] = [
        Self::Title,
        Self::When,
        Self::Place,
        Self::Address,
        Self::Map,
        Self::Audience,
        Self::Fee,
        Self::Contact,
        Self::Text,
        Self::Link,
        Self::Deadline,
        Self::Capacity,
    ];

    /// Short, as it stands in buttons; it never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::When => "when",
            Self::Place => "place",
            Self::Address => "address",
            Self::Map => "map",
            Self::Audience => "audience",
            Self::Fee => "fee",
            Self::Contact => "contact",
            Self::Text => "text",
            Self::Link => "link",
            Self::Deadline => "deadline",
            Self::Capacity => "capacity",
        }
    }

    pub(super) fn label(self) -> Text<'static> {
        match self {
            Self::Title => Text::ButtonFieldTitle,
            Self::When => Text::ButtonFieldWhen,
            Self::Place => Text::ButtonFieldPlace,
            Self::Address => Text::ButtonFieldAddress,
            Self::Map => Text::ButtonFieldMap,
            Self::Audience => Text::ButtonFieldAudience,
            Self::Fee => Text::ButtonFieldFee,
            Self::Contact => Text::ButtonFieldContact,
            Self::Text => Text::ButtonFieldText,
            Self::Link => Text::ButtonFieldLink,
            Self::Deadline => Text::ButtonFieldDeadline,
            Self::Capacity => Text::ButtonFieldCapacity,
        }
    }

    pub(super) fn question(self) -> Text<'static> {
        match self {
            Self::Title => Text::AskTitle,
            Self::When => Text::AskWhen,
            Self::Place => Text::AskPlace,
            Self::Address => Text::AskAddress,
            Self::Map => Text::AskMap,
            Self::Audience => Text::AskAudience,
            Self::Fee => Text::AskFee,
            Self::Contact => Text::AskContact,
            Self::Text => Text::AskText,
            Self::Link => Text::AskLink,
            Self::Deadline => Text::AskDeadline,
            Self::Capacity => Text::AskCapacity,
        }
    }

    /// Puts what was written into the event.
    ///
    /// # Errors
    /// What is wrong with it, in the words of staff.
    pub(super) fn write(
        self,
        event: &mut Event,
        words: &str,
        say: Say<'_>,
        now: Timestamp,
    ) -> Result<(), String> {
        let gone = languages::is_nothing(words);
        let line = |before: Option<&Texts>| texts(before, words, LONGEST_LINE, say).map(Some);
        match self {
            Self::Title => event.title = texts(Some(&event.title), words, LONGEST_LINE, say)?,
            Self::When => event.when = when(words, say, now)?,
            Self::Place if gone => event.place = None,
            Self::Place => event.place = Some(place(event.place.as_ref(), words, say)?),
            Self::Address => {
                let address = if gone { None } else { Some(one_line(words, say)?) };
                place_of(event, say)?.address = address;
            }
            Self::Map => {
                let at = if gone { None } else { Some(point(words, say)?) };
                place_of(event, say)?.at = at;
            }
            Self::Audience => {
                event.audience = if gone {
                    None
                } else {
                    line(event.audience.as_ref())?
                }
            }
            Self::Fee => event.fee = if gone { None } else { line(event.fee.as_ref())? },
            Self::Contact => event.contact = if gone { None } else { line(event.contact.as_ref())? },
            Self::Text if gone => event.text = None,
            Self::Text => event.text = Some(texts(event.text.as_ref(), words, LONGEST_TEXT, say)?),
            Self::Link => {
                let link = (!gone).then(|| words.trim().parse()).transpose();
                let link = link.map_err(|_| say.say(&Text::WrongLink))?;
                sign_up(event).link = link;
            }
            Self::Deadline => {
                let deadline = if gone {
                    None
                } else {
                    Some(deadline(words, say, now)?)
                };
                sign_up(event).deadline = deadline;
            }
            Self::Capacity => {
                let capacity = if gone { None } else { Some(people(words, say)?) };
                sign_up(event).capacity = capacity;
            }
        }
        event.sign_up = event.sign_up.take().filter(|known| *known != SignUp::default());
        Ok(())
    }
}

/// The title of an event that is begun.
pub(super) fn title(words: &str, say: Say<'_>) -> Result<Texts, String> {
    texts(None, words, LONGEST_LINE, say)
}

/// The time of an event.
pub(super) fn when(words: &str, say: Say<'_>, now: Timestamp) -> Result<When, String> {
    said_when::read(words, now).map_err(|bad| bad_time(&bad, say))
}

pub(super) fn sign_up(event: &mut Event) -> &mut SignUp {
    event.sign_up.get_or_insert_with(SignUp::default)
}

/// The place under this name; where on the map it is stays.
fn place(before: Option<&Place>, words: &str, say: Say<'_>) -> Result<Place, String> {
    let name = texts(before.map(|place| &place.name), words, LONGEST_LINE, say)?;
    Ok(Place {
        name,
        address: before.and_then(|place| place.address.clone()),
        at: before.and_then(|place| place.at),
    })
}

fn place_of<'e>(event: &'e mut Event, say: Say<'_>) -> Result<&'e mut Place, String> {
    event.place.as_mut().ok_or_else(|| say.say(&Text::WrongNoPlace))
}

/// A text in one or more languages. Languages that are not written stay as they were, and those of which it is said go.
fn texts(before: Option<&Texts>, words: &str, limit: usize, say: Say<'_>) -> Result<Texts, String> {
    let written: Vec<(Lang, String)> = languages::parts(words)
        .into_iter()
        .map(|(lang, part)| (lang, words[part].to_owned()))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect();
    if written.is_empty() {
        return Err(say.say(&Text::WrongNoText));
    }
    let too_long = written
        .iter()
        .any(|(_, text)| text.trim().chars().count() > limit);
    if too_long {
        return Err(say.say(&Text::WrongTooLong { limit }));
    }
    let kept = before.into_iter().flat_map(Texts::all);
    let mut all: BTreeMap<Lang, String> = kept.map(|(lang, text)| (lang, text.to_owned())).collect();
    for (lang, text) in written {
        if languages::is_nothing(&text) {
            all.remove(&lang);
        } else {
            all.insert(lang, text);
        }
    }
    Texts::new(all).map_err(|_| say.say(&Text::WrongNoText))
}

fn one_line(words: &str, say: Say<'_>) -> Result<String, String> {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err(say.say(&Text::WrongNoText)),
        count if count > LONGEST_LINE => Err(say.say(&Text::WrongTooLong { limit: LONGEST_LINE })),
        _ => Ok(line),
    }
}

/// `36.3262, 138.887`, as maps write it.
fn point(words: &str, say: Say<'_>) -> Result<Coordinates, String> {
    let wrong = || say.say(&Text::WrongMap);
    let (north, east) = words.split_once([',', '、', '，']).ok_or_else(wrong)?;
    let degrees = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
    Coordinates::of_degrees(degrees(north)?, degrees(east)?).map_err(|_| wrong())
}

/// The last moment to sign up; a day means to its end.
fn deadline(words: &str, say: Say<'_>, now: Timestamp) -> Result<Timestamp, String> {
    let when = when(words, say, now)?;
    Ok(if when.is_all_day() {
        when.ends() - SignedDuration::from_mins(1)
    } else {
        when.starts()
    })
}

fn people(words: &str, say: Say<'_>) -> Result<NonZeroU32, String> {
    let plain: String = words.nfkc().collect();
    let digits = plain.trim().trim_end_matches(['人', '名']).trim();
    let count = digits.parse::<NonZeroU32>().ok();
    count
        .filter(|count| count.get() <= MOST_PEOPLE)
        .ok_or_else(|| say.say(&Text::WrongCapacity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::sample::{at, event, ja},
        phrases::Phrases,
    };

    fn after(field: Field, words: &str, before: Event) -> Result<Event, String> {
        let phrases = Phrases::load().unwrap();
        let mut event = before;
        field.write(&mut event, words, Say(&phrases), at("2026-11-21T10:00"))?;
        Ok(event)
    }

    fn fair() -> Event {
        event("s-1", "2027-02-14 9:30-11:30")
    }

    #[test]
    fn each_language_has_its_own_lines() {
        let words = "梅まつり\nやさしい：うめの まつり\nEN: Plum festival\nat Akima";
        let titled = after(Field::Title, words, fair()).unwrap();
        let all: Vec<_> = titled.title.all().collect();
        assert_eq!(
            all,
            [
                (Lang::Ja, "梅まつり"),
                (Lang::JaSimple, "うめの まつり"),
                (Lang::En, "Plum festival\nat Akima")
            ]
        );
        let again = after(Field::Title, "英語：Plum fair", titled).unwrap();
        assert_eq!(again.title.in_lang(Lang::En), Some((Lang::En, "Plum fair")));
        assert_eq!(
            again.title.in_lang(Lang::Ja),
            Some((Lang::Ja, "梅まつり")),
            "what was not written stays"
        );
        let without = after(Field::Title, "英語：なし", again).unwrap();
        let langs: Vec<_> = without.title.all().map(|(lang, _)| lang).collect();
        assert_eq!(langs, [Lang::Ja, Lang::JaSimple]);
        assert!(after(Field::Title, "なし", fair()).is_err(), "no title is none");
    }

    #[test]
    fn a_colon_in_a_sentence_is_no_mark_of_a_language() {
        let told = after(Field::Text, "持ち物：長靴", fair()).unwrap();
        assert_eq!(told.text, Some(ja("持ち物：長靴")));
    }

    #[test]
    fn what_is_not_known_any_more_is_gone() {
        let known = after(Field::Capacity, "２０名", fair()).unwrap();
        let capacity = known.sign_up.as_ref().and_then(|sign_up| sign_up.capacity);
        assert_eq!(capacity, NonZeroU32::new(20));
        let unknown = after(Field::Capacity, "なし", known).unwrap();
        assert_eq!(unknown.sign_up, None);
    }

    #[test]
    fn the_last_day_to_sign_up_counts_to_its_end() {
        let known = after(Field::Deadline, "2027-02-10", fair()).unwrap();
        let deadline = known.sign_up.and_then(|sign_up| sign_up.deadline);
        assert_eq!(deadline, Some(at("2027-02-10T23:59")));
    }

    #[test]
    fn what_is_wrong_changes_nothing() {
        let placed = after(Field::Place, "松井田文化会館", fair()).unwrap();
        for (field, words) in [
            (Field::Place, "  "),
            (Field::Map, "北緯36度"),
            (Field::Map, "95, 10"),
            (Field::Link, "http//a"),
            (Field::Capacity, "0"),
            (Field::When, "2027-02-14(月)"),
            (Field::Title, &"長".repeat(LONGEST_LINE + 1)),
        ] {
            let phrases = Phrases::load().unwrap();
            let mut event = placed.clone();
            let written = field.write(&mut event, words, Say(&phrases), at("2026-11-21T10:00"));
            assert!(written.is_err(), "{words}");
            assert!(event.looks_like(&placed), "{words}");
        }
        assert!(
            after(Field::Address, "安中1-23-13", fair()).is_err(),
            "of no place"
        );
    }
}
