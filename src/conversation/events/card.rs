//! One event, with everything that is known of it and "not known" for the rest.

use jiff::{SignedDuration, Timestamp};

use crate::{
    clock::in_city,
    conversation::{
        button::Button,
        events::applying,
        keyboards::said,
        turn::{Place, Turn},
    },
    events::{Calendar, Coming, Event, EventId, Filter, SignUp, Standing, Texts, When, ics},
    lang::Lang,
    outgoing::{Act, ButtonDoes, ButtonFace, Buttons, File, Html, Pin},
    phrases::{Phrases, Text},
    reminders::Subject,
};

/// Puts an event into words.
pub(super) struct Words<'a> {
    pub(super) phrases: &'a Phrases,
    pub(super) lang: Lang,
    pub(super) now: Timestamp,
}

/// Opens an event's card.
pub(crate) fn open(turn: &mut Turn<'_>, place: Place, id: &EventId) {
    let Some(event) = turn.senses.calendar.get(id) else {
        return gone(turn, place);
    };
    let words = words(turn);
    let html = applying::add_to_card(turn, event, words.card(event, turn.senses.calendar));
    let buttons = buttons(turn, event);
    turn.show(place, vec![html], buttons);
}

/// Opens the event a link leads to; says whether there is one.
pub(crate) fn opened_by_link(turn: &mut Turn<'_>, payload: &str) -> bool {
    let named = payload.strip_prefix("ev_").and_then(|id| id.parse().ok());
    let known = named.filter(|id: &EventId| turn.senses.calendar.get(id).is_some());
    if let Some(id) = &known {
        open(turn, Place::New, id);
    }
    known.is_some()
}

pub(super) fn gone(turn: &mut Turn<'_>, place: Place) {
    let buttons = Buttons(vec![vec![said(turn, &Text::ButtonEvents, &Button::events())]]);
    turn.tell(place, &Text::EventNoLonger, buttons);
}

/// Sends the place as a point on the map.
pub(crate) fn place_on_map(turn: &mut Turn<'_>, id: &EventId) {
    let at = turn
        .senses
        .calendar
        .get(id)
        .and_then(|event| event.place.as_ref()?.at);
    match at {
        Some(at) => turn.act(Act::Pin(Pin::of_degrees(at.latitude(), at.longitude()))),
        None => gone(turn, Place::New),
    }
}

/// Sends the event as a file for calendars.
pub(crate) fn calendar_file(turn: &mut Turn<'_>, id: &EventId) {
    let Some(event) = turn.senses.calendar.get(id) else {
        return gone(turn, Place::New);
    };
    let words = words(turn);
    let act = Act::SendFile {
        file: words.file(event),
        html: Html::bold(words.title(event)),
        buttons: Buttons::default(),
    };
    turn.act(act);
}

pub(super) fn words<'a>(turn: &Turn<'a>) -> Words<'a> {
    Words {
        phrases: turn.senses.phrases,
        lang: turn.conversation.lang,
        now: turn.now,
    }
}

fn buttons(turn: &Turn<'_>, event: &Event) -> Buttons {
    let mut rows = Vec::new();
    let id = &event.id;
    let is_open =
        event.standing != Standing::Cancelled && !event.when.is_over(turn.now) || event.rule.is_some();
    rows.extend(applying::buttons(turn, event));
    if is_open {
        rows.push(vec![follow_button(turn, event)]);
    }
    let link = event.sign_up.as_ref().and_then(|sign_up| sign_up.link.as_ref());
    if let Some(link) = link.filter(|_| is_open) {
        rows.push(vec![ButtonFace {
            label: turn.say(&Text::ButtonSignUp),
            does: ButtonDoes::Url(link.as_str().to_owned()),
        }]);
    }
    let mut useful = Vec::new();
    if event.place.as_ref().is_some_and(|place| place.at.is_some()) {
        useful.push(said(turn, &Text::ButtonMap, &Button::Map(id.clone())));
    }
    if is_open && event.standing == Standing::Confirmed && !event.when.is_over(turn.now) {
        useful.push(said(turn, &Text::ButtonIcs, &Button::Ics(id.clone())));
    }
    rows.push(useful);
    rows.extend(share_button(turn, event).map(|share| vec![share]));
    if let Some(entry) = event.entry.as_ref().filter(|entry| turn.entry(entry).is_some()) {
        rows.push(vec![said(turn, &Text::ButtonMore, &Button::Show(entry.clone()))]);
    }
    rows.push(vec![said(turn, &Text::ButtonEvents, &Button::events())]);
    rows.retain(|row| !row.is_empty());
    Buttons(rows)
}

fn follow_button(turn: &Turn<'_>, event: &Event) -> ButtonFace {
    let follows = turn
        .subscriber
        .as_ref()
        .is_some_and(|subscriber| subscriber.hears_of(event));
    if follows {
        said(turn, &Text::ButtonUnfollowEvent, &Button::Mute(event.id.clone()))
    } else {
        let subject = Subject::Event(event.id.clone());
        said(turn, &Text::ButtonFollowEvent, &Button::Follow(subject))
    }
}

/// Leads whoever gets it to this event; there is none before Telegram told the bot's name.
fn share_button(turn: &Turn<'_>, event: &Event) -> Option<ButtonFace> {
    let bot = Some(turn.senses.bot_name).filter(|name| !name.is_empty())?;
    let target = format!("https://t.me/{bot}?start=ev_{}", event.id);
    let words = words(turn);
    let share = url::Url::parse_with_params(
        "https://t.me/share/url",
        [("url", target.as_str()), ("text", words.title(event))],
    );
    Some(ButtonFace {
        label: turn.say(&Text::ButtonShareEvent),
        does: ButtonDoes::Url(share.ok()?.into()),
    })
}

/// The card of an event as a mover would see it, whether or not it is in the calendar.
#[must_use]
pub fn card_of(event: &Event, phrases: &Phrases, lang: Lang, now: Timestamp) -> Html {
    let alone = Calendar::new(vec![event.clone()]);
    Words { phrases, lang, now }.card(event, &alone)
}

/// Day and title of an event's date, and what keeps it from being certain.
#[must_use]
pub fn line_of(date: &Coming<'_>, phrases: &Phrases, lang: Lang, now: Timestamp) -> String {
    Words { phrases, lang, now }.dated_title(date)
}

impl Words<'_> {
    pub(super) fn say(&self, text: &Text<'_>) -> String {
        self.phrases.say(self.lang, text)
    }

    pub(super) fn title<'e>(&self, event: &'e Event) -> &'e str {
        event.title.in_lang(self.lang).map_or("", |(_, title)| title)
    }

    /// Day and title, and what keeps it from being certain.
    pub(super) fn dated_title(&self, date: &Coming<'_>) -> String {
        let first = *date.when.days().start();
        let day = if date.when.has_begun(self.now) {
            in_city(self.now).date().max(first)
        } else {
            first
        };
        let day = &self.phrases.short_day(self.lang, day);
        let title = self.title(date.event);
        self.say(&match (date.event.standing, date.certain) {
            (Standing::Cancelled, _) => Text::EventLineCancelled { day, title },
            (_, true) => Text::EventLine { day, title },
            (_, false) => Text::EventLineUncertain { day, title },
        })
    }

    /// Everything there is to say of an event as it stands now.
    pub(super) fn card(&self, event: &Event, calendar: &Calendar) -> Html {
        let mut html = Html::bold(self.title(event));
        let (when, certain) = self.next_date(event, calendar);
        if let Some(standing) = self.standing(event, &when, certain) {
            html = html.line(&Html::text(&standing));
        }
        html = html.paragraph(&self.facts(event, &when));
        if let Some((_, text)) = event.text.as_ref().and_then(|text| text.in_lang(self.lang)) {
            html = html.paragraph(&Html::text(text));
        }
        let date = &self.phrases.day(self.lang, in_city(event.changed).date());
        html.paragraph(&Html::text(&self.say(&Text::EventAsOf { date })))
    }

    /// When, where, for whom, for how much, how to sign up, whom to ask.
    pub(super) fn facts(&self, event: &Event, when: &When) -> Html {
        let unknown = self.say(&Text::EventUnknown);
        let of = |texts: &Option<Texts>| {
            let text = texts.as_ref().and_then(|texts| texts.in_lang(self.lang));
            text.map_or_else(|| unknown.clone(), |(_, text)| text.to_owned())
        };
        let when = &self.phrases.when(self.lang, when);
        let lines = [
            self.say(&Text::EventWhen { when }),
            self.say(&Text::EventWhere {
                place: &self.place(event).unwrap_or_else(|| unknown.clone()),
            }),
            self.say(&Text::EventAudience {
                audience: &of(&event.audience),
            }),
            self.say(&Text::EventFee { fee: &of(&event.fee) }),
        ];
        let mut html = Html::text(&lines.join("\n"));
        for line in self.sign_up(event.sign_up.as_ref()) {
            html = html.line(&Html::text(&line));
        }
        let contact = &of(&event.contact);
        html.line(&Html::text(&self.say(&Text::EventContact { contact })))
    }

    /// The event as a file for calendars.
    pub(super) fn file(&self, event: &Event) -> File {
        File {
            name: format!("{}.ics", event.id),
            text: ics::one(event, self.lang),
        }
    }

    fn standing(&self, event: &Event, when: &When, certain: bool) -> Option<String> {
        let text = match event.standing {
            Standing::Cancelled => Text::EventCancelled,
            _ if when.is_over(self.now) => {
                let last = in_city(when.ends() - SignedDuration::from_secs(1)).date();
                let date = &self.phrases.day(self.lang, last);
                return Some(self.say(&Text::EventEnded { date }));
            }
            Standing::Confirmed if certain && when.has_begun(self.now) => Text::EventUnderWay,
            Standing::Confirmed if certain => return None,
            Standing::Confirmed | Standing::Unconfirmed if event.rule.is_some() => Text::EventExpected,
            Standing::Confirmed | Standing::Unconfirmed => Text::EventUnconfirmed,
        };
        Some(self.say(&text))
    }

    /// The date that is meant now: the announced one, or the next that its rule makes likely.
    fn next_date(&self, event: &Event, calendar: &Calendar) -> (When, bool) {
        let filter = Filter {
            kind: Some(event.kind),
            month: None,
        };
        let coming = calendar.coming(self.now, &filter);
        let next = coming.into_iter().find(|date| date.event.id == event.id);
        next.map_or((event.when, false), |date| (date.when, date.certain))
    }

    pub(super) fn place(&self, event: &Event) -> Option<String> {
        let place = event.place.as_ref()?;
        let (_, name) = place.name.in_lang(self.lang)?;
        Some(match &place.address {
            Some(address) => format!("{name}（{address}）"),
            None => name.to_owned(),
        })
    }

    fn sign_up(&self, sign_up: Option<&SignUp>) -> Vec<String> {
        let unknown = self.say(&Text::EventUnknown);
        let Some(sign_up) = sign_up else {
            return vec![self.say(&Text::EventSignUp { how: &unknown })];
        };
        let how = sign_up.how.as_ref().and_then(|how| how.in_lang(self.lang));
        let how = match (how, &sign_up.link) {
            (Some((_, how)), _) => how.to_owned(),
            (None, Some(_)) => self.say(&Text::EventSignUpPage),
            (None, None) if sign_up.in_chat => self.say(&Text::EventSignUpChat),
            (None, None) => unknown,
        };
        let mut lines = vec![self.say(&Text::EventSignUp { how: &how })];
        if let Some(deadline) = sign_up.deadline {
            let moment = &self.phrases.moment_of_year(self.lang, deadline);
            lines.push(self.say(&if deadline < self.now {
                Text::EventDeadlineOver { moment }
            } else {
                Text::EventDeadline { moment }
            }));
        }
        if let Some(capacity) = sign_up.capacity {
            let count = usize::try_from(capacity.get()).unwrap_or(usize::MAX);
            lines.push(self.say(&Text::EventCapacity { count }));
        }
        lines
    }
}
