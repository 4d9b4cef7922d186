//! Every button a mover can tap, and its callback data.
//!
//! Callback data is at most 64 bytes, begins with a version, and comes back from outside: decoding trusts nothing.

use crate::{
    conversation::{events::ApplyTap, privacy::PrivacyTap},
    events::{EventId, Kind, YearMonth},
    knowledge::EntryId,
    lang::Lang,
    outgoing::{ButtonFace, Callback},
    reminders::{Lead, Subject},
};

/// Written first; buttons under old messages may carry an older one.
const CALLBACK: Callback = Callback("1");

/// A button of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// Shows an entry (a related topic, a menu line).
    Show(EntryId),
    /// One of the choices under "which of these did you mean".
    Choose(EntryId),
    /// None of the choices.
    NoneOfThese,
    /// "Was this right?": yes.
    Right(EntryId),
    /// "Was this right?": no.
    NotThis(EntryId),
    /// Wants to hear when more is known than this entry says.
    TellMe(EntryId),
    /// Wants a person.
    Human,
    /// A page of a category in the menu, or of the categories.
    Menu {
        category: Option<String>,
        page: u8,
    },
    Language(Lang),
    /// Shows the languages.
    Languages,
    /// How the talk with a person was, 1 to 5.
    Rate(u8),
    /// Wants to write a line about it.
    RatingLine,
    /// Has what they wanted from the person.
    EndCase,
    /// The coming events.
    Events(EventsPage),
    /// One event.
    Event(EventId),
    Follow(Subject),
    Unfollow(Subject),
    /// Wants to hear nothing more of this event, however they came to hear of it.
    Mute(EventId),
    /// Goes there.
    Going(EventId),
    /// Where an event is, on the map.
    Map(EventId),
    /// An event as a file for calendars.
    Ics(EventId),
    /// What they are told, and when.
    Reminders(ReminderTap),
    /// Takes part in an event, or no longer.
    Apply(ApplyTap),
    /// One's own data.
    Privacy(PrivacyTap),
}

/// A page of the coming events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventsPage {
    pub kind: Option<Kind>,
    pub month: Option<YearMonth>,
    pub page: u8,
}

/// What is done about one's own reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReminderTap {
    Show,
    /// Chooses a lead time, or no longer.
    Lead(Lead),
    OwnLead,
    Quiet,
    NoQuiet,
    Zone,
    Weekly(bool),
    Pause(bool),
    StopAll,
    /// The same, from under a message that stays as it is.
    Leave,
}

impl EventsPage {
    /// Nothing is chosen: all that is coming.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.kind.is_none() && self.month.is_none()
    }

    fn encode(self) -> String {
        let kind = self.kind.map_or("_", Kind::as_str);
        let month = self
            .month
            .map_or_else(|| "_".to_owned(), |month| month.to_string());
        format!("{}.{kind}.{month}", self.page)
    }

    fn decode(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let (page, kind, month) = (parts.next()?, parts.next()?, parts.next()?);
        let chosen = |text| Some(text).filter(|text| *text != "_");
        Some(Self {
            page: page.parse().ok()?,
            kind: chosen(kind).map(str::parse).transpose().ok()?,
            month: chosen(month).map(str::parse).transpose().ok()?,
        })
    }
}

impl ReminderTap {
    fn encode(self) -> String {
        match self {
            Self::Show => "s".to_owned(),
            Self::Lead(lead) => lead.to_string(),
            Self::OwnLead => "o".to_owned(),
            Self::Quiet => "q".to_owned(),
            Self::NoQuiet => "n".to_owned(),
            Self::Zone => "z".to_owned(),
            Self::Weekly(true) => "w".to_owned(),
            Self::Weekly(false) => "u".to_owned(),
            Self::Pause(true) => "p".to_owned(),
            Self::Pause(false) => "r".to_owned(),
            Self::StopAll => "x".to_owned(),
            Self::Leave => "e".to_owned(),
        }
    }

    fn decode(text: &str) -> Option<Self> {
        Some(match text {
            "s" => Self::Show,
            "o" => Self::OwnLead,
            "q" => Self::Quiet,
            "n" => Self::NoQuiet,
            "z" => Self::Zone,
            "w" => Self::Weekly(true),
            "u" => Self::Weekly(false),
            "p" => Self::Pause(true),
            "r" => Self::Pause(false),
            "x" => Self::StopAll,
            "e" => Self::Leave,
            hours => Self::Lead(hours.parse().ok()?),
        })
    }
}

/// The best rating there is; the worst is 1.
pub const MOST_STARS: u8 = 5;

/// Callback data that is not, or no longer, one of our buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the button is not one of ours, or too old")]
pub struct StaleButton;

impl Button {
    /// Everything that is coming, from the first page.
    #[must_use]
    pub fn events() -> Self {
        Self::Events(EventsPage::default())
    }

    /// One's own reminders.
    #[must_use]
    pub fn reminders() -> Self {
        Self::Reminders(ReminderTap::Show)
    }

    /// The button as a mover sees it.
    #[must_use]
    pub fn face(&self, label: impl Into<String>) -> ButtonFace {
        ButtonFace::callback(label, self.encode())
    }

    /// The callback data, at most 64 bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        CALLBACK.write(match self {
            Self::Show(entry) => format!("s:{entry}"),
            Self::Choose(entry) => format!("c:{entry}"),
            Self::NoneOfThese => "n".to_owned(),
            Self::Right(entry) => format!("r:{entry}"),
            Self::NotThis(entry) => format!("x:{entry}"),
            Self::TellMe(entry) => format!("w:{entry}"),
            Self::Human => "h".to_owned(),
            Self::Menu { category: None, page } => format!("m:{page}"),
            Self::Menu {
                category: Some(category),
                page,
            } => format!("m:{page}:{category}"),
            Self::Language(lang) => format!("l:{lang}"),
            Self::Languages => "l".to_owned(),
            Self::Rate(stars) => format!("k:{stars}"),
            Self::RatingLine => "k".to_owned(),
            Self::EndCase => "e".to_owned(),
            Self::Events(page) => format!("v:{}", page.encode()),
            Self::Event(event) => format!("o:{event}"),
            Self::Follow(subject) => format!("f:{subject}"),
            Self::Unfollow(subject) => format!("u:{subject}"),
            Self::Mute(event) => format!("t:{event}"),
            Self::Going(event) => format!("g:{event}"),
            Self::Map(event) => format!("p:{event}"),
            Self::Ics(event) => format!("i:{event}"),
            Self::Reminders(tap) => format!("q:{}", tap.encode()),
            Self::Apply(tap) => format!("y:{}", tap.encode()),
            Self::Privacy(tap) => format!("d:{}", tap.encode()),
        })
    }

    /// Reads callback data back; anything can come from outside.
    ///
    /// # Errors
    /// [`StaleButton`] for other versions, forged or damaged data.
    pub fn decode(data: &str) -> Result<Self, StaleButton> {
        CALLBACK.read(data, Self::read, Self::encode).ok_or(StaleButton)
    }

    fn read(fields: &[&str]) -> Option<Self> {
        let entry = |id: &str| id.parse::<EntryId>().ok();
        let event = |id: &str| id.parse::<EventId>().ok();
        Some(match *fields {
            ["s", id] => Self::Show(entry(id)?),
            ["c", id] => Self::Choose(entry(id)?),
            ["n"] => Self::NoneOfThese,
            ["r", id] => Self::Right(entry(id)?),
            ["x", id] => Self::NotThis(entry(id)?),
            ["w", id] => Self::TellMe(entry(id)?),
            ["h"] => Self::Human,
            ["m", page] => Self::Menu {
                category: None,
                page: page.parse().ok()?,
            },
            ["m", page, category] => Self::Menu {
                category: Some(entry(category)?.into()),
                page: page.parse().ok()?,
            },
            ["l", tag] => Self::Language(Lang::from_tag(tag)?),
            ["l"] => Self::Languages,
            ["k", stars] => Self::Rate(stars_of(stars)?),
            ["k"] => Self::RatingLine,
            ["e"] => Self::EndCase,
            ["v", page] => Self::Events(EventsPage::decode(page)?),
            ["o", id] => Self::Event(event(id)?),
            ["f", subject] => Self::Follow(subject.parse().ok()?),
            ["u", subject] => Self::Unfollow(subject.parse().ok()?),
            ["t", id] => Self::Mute(event(id)?),
            ["g", id] => Self::Going(event(id)?),
            ["p", id] => Self::Map(event(id)?),
            ["i", id] => Self::Ics(event(id)?),
            ["q", tap] => Self::Reminders(ReminderTap::decode(tap)?),
            ["y", deed, id] => Self::Apply(ApplyTap::decode(deed, id)?),
            ["d", tap] => Self::Privacy(PrivacyTap::decode(tap)?),
            _ => return None,
        })
    }
}

fn stars_of(text: &str) -> Option<u8> {
    let stars = text.parse().ok()?;
    (1..=MOST_STARS).contains(&stars).then_some(stars)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{conversation::events::Deed, outgoing::CALLBACK_LIMIT};

    fn entry_id() -> impl Strategy<Value = EntryId> {
        "[a-z0-9]{1,8}(-[a-z0-9]{1,7}){0,4}".prop_map(|text| text.parse().unwrap())
    }

    fn event_id() -> impl Strategy<Value = EventId> {
        "[A-Za-z0-9-]{1,40}".prop_map(|text| text.parse().unwrap())
    }

    fn kind() -> impl Strategy<Value = Option<Kind>> {
        proptest::option::of(proptest::sample::select(Kind::ALL.to_vec()))
    }

    fn month() -> impl Strategy<Value = Option<YearMonth>> {
        let month = (2000_i16..2100, 1_i8..=12)
            .prop_map(|(year, month)| YearMonth::of(jiff::civil::date(year, month, 1)));
        proptest::option::of(month)
    }

    fn subject() -> impl Strategy<Value = Subject> {
        prop_oneof![
            Just(Subject::All),
            proptest::sample::select(Kind::ALL.to_vec()).prop_map(Subject::Kind),
            event_id().prop_map(Subject::Event),
        ]
    }

    fn reminder_tap() -> impl Strategy<Value = ReminderTap> {
        prop_oneof![
            (1_u16..=1440).prop_map(|hours| ReminderTap::Lead(hours.try_into().unwrap())),
            proptest::sample::select(vec![
                ReminderTap::Show,
                ReminderTap::OwnLead,
                ReminderTap::Quiet,
                ReminderTap::NoQuiet,
                ReminderTap::Zone,
                ReminderTap::Weekly(true),
                ReminderTap::Weekly(false),
                ReminderTap::Pause(true),
                ReminderTap::Pause(false),
                ReminderTap::StopAll,
                ReminderTap::Leave,
            ]),
        ]
    }

    fn privacy_tap() -> impl Strategy<Value = PrivacyTap> {
        prop_oneof![
            Just(PrivacyTap::Show),
            Just(PrivacyTap::Forget),
            Just(PrivacyTap::Keep),
            any::<u32>().prop_map(|asked| PrivacyTap::Sure { asked }),
        ]
    }

    fn apply_tap() -> impl Strategy<Value = ApplyTap> {
        let day = |(year, month, day)| Deed::Day(jiff::civil::date(year, month, day));
        let deed = prop_oneof![
            (1_u8..=20).prop_map(|count| Deed::People(count.try_into().unwrap())),
            (1900_i16..2200, 1_i8..=12, 1_i8..=28).prop_map(day),
            proptest::sample::select(vec![
                Deed::Begin,
                Deed::Nothing,
                Deed::Submit,
                Deed::Stop,
                Deed::AskWithdraw,
                Deed::Withdraw,
            ]),
        ];
        (event_id(), deed).prop_map(|(event, deed)| ApplyTap { event, deed })
    }

    fn button() -> impl Strategy<Value = Button> {
        prop_oneof![
            entry_id().prop_map(Button::Show),
            entry_id().prop_map(Button::Choose),
            Just(Button::NoneOfThese),
            entry_id().prop_map(Button::Right),
            entry_id().prop_map(Button::NotThis),
            entry_id().prop_map(Button::TellMe),
            Just(Button::Human),
            (proptest::option::of("[a-z]{1,20}"), any::<u8>())
                .prop_map(|(category, page)| Button::Menu { category, page }),
            proptest::sample::select(Lang::ALL.to_vec()).prop_map(Button::Language),
            Just(Button::Languages),
            (1..=MOST_STARS).prop_map(Button::Rate),
            Just(Button::RatingLine),
            Just(Button::EndCase),
            (any::<u8>(), kind(), month())
                .prop_map(|(page, kind, month)| { Button::Events(EventsPage { kind, month, page }) }),
            event_id().prop_map(Button::Event),
            subject().prop_map(Button::Follow),
            subject().prop_map(Button::Unfollow),
            event_id().prop_map(Button::Mute),
            event_id().prop_map(Button::Going),
            event_id().prop_map(Button::Map),
            event_id().prop_map(Button::Ics),
            reminder_tap().prop_map(Button::Reminders),
            apply_tap().prop_map(Button::Apply),
            privacy_tap().prop_map(Button::Privacy),
        ]
    }

    proptest! {
        #[test]
        fn every_button_fits_and_comes_back(button in button()) {
            let data = button.encode();
            prop_assert!(data.len() <= CALLBACK_LIMIT, "{data}");
            prop_assert_eq!(Button::decode(&data), Ok(button));
        }

        #[test]
        fn forged_data_is_refused_or_is_exactly_a_button(data in "(1:[a-z]:)?\\PC{0,80}") {
            if let Ok(button) = Button::decode(&data) {
                prop_assert_eq!(button.encode(), data);
            }
        }
    }

    #[test]
    fn only_the_spelling_we_write_is_ours() {
        assert!(Button::decode("1:k:5").is_ok() && Button::decode("1:m:3").is_ok());
        for data in [
            "1:k:05",
            "1:k:+5",
            "1:m:+3",
            "1:m:03:subsidy",
            "1:v:+0._._",
            "1:y:+2:s-1",
        ] {
            assert_eq!(Button::decode(data), Err(StaleButton), "{data}");
        }
    }

    #[test]
    fn a_button_of_another_version_is_stale() {
        assert_eq!(Button::decode("0:h"), Err(StaleButton));
        assert_eq!(Button::decode("1:s:../../etc"), Err(StaleButton));
        assert_eq!(Button::decode(""), Err(StaleButton));
    }
}
