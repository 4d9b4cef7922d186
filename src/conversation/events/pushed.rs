//! What subscribers are told without having asked: reminders, moves, cancellations. Put into words at the moment it goes
//! out, so that it says how things stand then, or nothing.

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    clock::in_city,
    conversation::{
        button::Button,
        events::{applying::Deed, card::Words},
    },
    events::{Calendar, Event, Filter, Standing, When},
    lang::Lang,
    outgoing::{ButtonDoes, ButtonFace, Buttons, File, Html, News, Push},
    phrases::{Phrases, Text},
    reminders::{Subscriber, holds},
    signups::{Closed, Terms},
};

/// A reminder that goes out later than this after its time says so.
const LATE: SignedDuration = SignedDuration::from_mins(60);

/// The weekly list reaches so far.
const WEEK_SHOWS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// And holds so many events.
const MOST_IN_WEEK: usize = 10;

/// A message to a subscriber.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    pub html: Html,
    pub buttons: Buttons,
    /// The event for their calendar, where it has changed.
    pub file: Option<File>,
}

/// Somebody who may be told something.
#[derive(Debug, Clone, Copy)]
pub struct PushedTo<'a> {
    pub subscriber: Option<&'a Subscriber>,
    /// They have signed up for the event it is about.
    pub takes_part: bool,
    /// The day of it on which they come, where it is on several.
    pub day: Option<Date>,
    pub lang: Lang,
}

/// Whether a reminder of that time is late now, and says so.
#[must_use]
pub fn is_late(due: Timestamp, now: Timestamp) -> bool {
    now.duration_since(due) > LATE
}

/// Whether somebody hears these news. Who has signed up hears them even if they wanted no more reminders: they would
/// stand before a closed door.
#[must_use]
pub fn is_told(news: News, event: &Event, subscriber: Option<&Subscriber>, takes_part: bool) -> bool {
    let hears = |subscriber: &Subscriber| match news {
        News::CalledOff => subscriber.waits_for(event),
        News::Set | News::Dated | News::Back | News::Moved | News::Postponed | News::Cancelled => {
            subscriber.hears_of(event)
        }
    };
    takes_part || subscriber.is_some_and(hears)
}

/// The words of a push as things stand now; none if it has become pointless: the event has begun, was moved since, is
/// gone, or they do not want to hear of it any more.
#[must_use]
pub fn pushed(
    push: &Push,
    person: PushedTo<'_>,
    calendar: &Calendar,
    phrases: &Phrases,
    now: Timestamp,
) -> Option<Pushed> {
    let PushedTo { subscriber, lang, .. } = person;
    let words = Words { phrases, lang, now };
    match push {
        Push::Reminder { event, starts, due } => {
            let event = calendar.get(&event.parse().ok()?)?;
            let wanted = subscriber.is_some_and(|subscriber| subscriber.hears_of(event));
            let when = Terms::of(event).on(person.day).unwrap_or(event.when);
            let to_come = event.standing == Standing::Confirmed && !when.has_begun(now);
            let stands = to_come && when.starts() == *starts;
            (wanted && stands).then(|| words.reminder(event, &when, *due, person.takes_part))
        }
        Push::Week => {
            let wanted = subscriber.is_some_and(|subscriber| subscriber.weekly && !subscriber.paused);
            wanted.then(|| words.week(calendar)).flatten()
        }
        Push::News {
            event,
            sequence,
            news,
        } => {
            let event = calendar.get(&event.parse().ok()?)?;
            let wanted = is_told(*news, event, subscriber, person.takes_part);
            let is_latest =
                event.news_sequence <= *sequence && holds(*news, event) && !event.when.is_over(now);
            (wanted && is_latest).then(|| words.news(event, *news, person.takes_part))
        }
        // Its words are those of staff, and are kept with it.
        Push::Broadcast { .. } => None,
    }
}

impl Words<'_> {
    fn reminder(&self, event: &Event, when: &When, due: Timestamp, takes_part: bool) -> Pushed {
        let title = self.title(event);
        let days = days_until(when, self.now);
        let head = match days {
            0 => Text::ReminderToday { title },
            1 => Text::ReminderTomorrow { title },
            days => Text::ReminderDays { days, title },
        };
        let mut html = Html::bold(&self.say(&head));
        if is_late(due, self.now) {
            html = html.line(&Html::text(&self.say(&Text::ReminderLate)));
        }
        let page = event.sign_up.as_ref().and_then(|sign_up| sign_up.link.as_ref());
        let mut rows = vec![self.coming_row(event, takes_part)];
        rows.extend(page.map(|link| {
            vec![ButtonFace {
                label: self.say(&Text::ButtonSignUp),
                does: ButtonDoes::Url(link.as_str().to_owned()),
            }]
        }));
        rows.push(vec![
            self.button(&Text::ButtonMore, &Button::Event(event.id.clone())),
            self.button(&Text::ButtonReminders, &Button::reminders()),
        ]);
        Pushed {
            html: html.paragraph(&self.facts(event, when)),
            buttons: Buttons(rows),
            file: None,
        }
    }

    /// What one can say to it: that one comes, and that one wants to hear no more.
    fn coming_row(&self, event: &Event, takes_part: bool) -> Vec<ButtonFace> {
        let stop = self.button(&Text::ButtonStopThis, &Button::Mute(event.id.clone()));
        self.coming_button(event, takes_part)
            .into_iter()
            .chain([stop])
            .collect()
    }

    /// How one says that one comes: to the bot alone, or where places are given out in the chat, to staff.
    fn coming_button(&self, event: &Event, takes_part: bool) -> Option<ButtonFace> {
        let apply = |deed: Deed| Button::Apply(deed.on(&event.id));
        match Terms::of(event).closed(self.now) {
            _ if takes_part => Some(self.button(&Text::ButtonApplyWithdraw, &apply(Deed::AskWithdraw))),
            None => Some(self.button(&Text::ButtonApply, &apply(Deed::Begin))),
            Some(Closed::NotHere) => Some(self.button(&Text::ButtonGoing, &Button::Going(event.id.clone()))),
            Some(Closed::Cancelled | Closed::Deadline(_) | Closed::Begun) => None,
        }
    }

    /// What is certain within two weeks; none if nothing is.
    fn week(&self, calendar: &Calendar) -> Option<Pushed> {
        let until = self.now + WEEK_SHOWS;
        let coming = calendar.coming(self.now, &Filter::default());
        let mut rows: Vec<Vec<ButtonFace>> = coming
            .iter()
            .filter(|date| date.certain && date.when.starts() <= until)
            .take(MOST_IN_WEEK)
            .map(|date| vec![Button::Event(date.event.id.clone()).face(self.dated_title(date))])
            .collect();
        if rows.is_empty() {
            return None;
        }
        rows.push(vec![self.button(&Text::ButtonReminders, &Button::reminders())]);
        Some(Pushed {
            html: Html::text(&self.say(&Text::WeeklyHead)),
            buttons: Buttons(rows),
            file: None,
        })
    }

    fn news(&self, event: &Event, news: News, takes_part: bool) -> Pushed {
        let title = self.title(event);
        let head = match news {
            News::Cancelled | News::CalledOff => Text::NewsCancelled { title },
            News::Moved => Text::NewsMoved { title },
            News::Set => Text::NewsNew { title },
            News::Dated => Text::NewsDated { title },
            News::Back => Text::NewsBack { title },
            News::Postponed => Text::NewsPostponed { title },
        };
        let mut html = Html::bold(&self.say(&head));
        let before = event
            .moved_from
            .filter(|before| news == News::Moved && *before != event.when);
        if let Some(before) = before {
            let when = &self.phrases.when(self.lang, &before);
            html = html.line(&Html::text(&self.say(&Text::NewsMovedFrom { when })));
        }
        let mut rows = Vec::new();
        if !matches!(news, News::Cancelled | News::CalledOff) {
            rows.push(self.coming_row(event, takes_part));
        }
        rows.push(vec![
            self.button(&Text::ButtonMore, &Button::Event(event.id.clone())),
            self.button(&Text::ButtonReminders, &Button::reminders()),
        ]);
        Pushed {
            html: html.paragraph(&self.facts(event, &event.when)),
            buttons: Buttons(rows),
            file: Some(self.file(event)),
        }
    }

    fn button(&self, text: &Text<'_>, button: &Button) -> ButtonFace {
        button.face(self.say(text))
    }
}

/// Midnights in the city between now and the first day.
fn days_until(when: &When, now: Timestamp) -> usize {
    let (today, first) = (in_city(now).date(), *when.days().start());
    let days = today.until(first).map_or(0, |span| span.get_days());
    usize::try_from(days).unwrap_or(0)
}
