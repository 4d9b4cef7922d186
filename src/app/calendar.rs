//! The events in force: those of the knowledge, and those that staff and other calendars brought.

use std::sync::PoisonError;

use jiff::Timestamp;

use crate::{
    app::App,
    conversation::{Pushed, PushedTo, events::applying, pushed},
    events::{Calendar, Event, EventId, Origin, Standing, of_entry},
    lang::Lang,
    outgoing::{Html, News, Push, UserId},
    reminders::news_of,
    signups::SignUp,
    store::{EventChange, StoreError},
};

impl App {
    /// All events at this moment; whoever holds them keeps them, even when they change.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        self.0
            .calendar
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes the events of the knowledge in force into the calendar, and those it no longer has out of it. What staff
    /// have changed stays as they left it, and so does what somebody relies on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sync_calendar(&self) -> Result<(), StoreError> {
        let knowledge = self.knowledge();
        let now = self.clock().now();
        let told: Vec<Event> = knowledge
            .revision
            .entries
            .values()
            .filter_map(|entry| of_entry(entry).ok().flatten())
            .collect();
        let kept = Calendar::new(self.store().events().await?);
        let mut changes = Vec::new();
        for new in &told {
            let Some(old) = kept.get(&new.id) else {
                changes.push(change(None, new.clone(), now));
                continue;
            };
            if old.origin == Origin::Staff {
                continue;
            }
            if let Some(revised) = old.clone().revised(new.clone(), now) {
                changes.push(change(Some(old), revised, now));
            }
        }
        let mut gone: Vec<EventId> = Vec::new();
        for event in kept.all() {
            let is_told = event.origin != Origin::Knowledge || told.iter().any(|new| new.id == event.id);
            if !is_told && !self.is_counted_on(event, now).await? {
                gone.push(event.id.clone());
            }
        }
        if !changes.is_empty() || !gone.is_empty() {
            self.store().keep_events(changes, &gone).await?;
        }
        self.refresh_calendar().await
    }

    /// Whether somebody was told of a date to come and relies on it: such an event does not vanish without a word.
    async fn is_counted_on(&self, event: &Event, now: Timestamp) -> Result<bool, StoreError> {
        if event.standing != Standing::Confirmed || event.when.is_over(now) {
            return Ok(false);
        }
        let signed_up = self.store().sign_ups(&event.id).await?;
        let takes_part = signed_up.is_some_and(|list| list.all().iter().any(|one| one.state.is_live()));
        Ok(takes_part || self.store().count_subscribers(|one| one.waits_for(event))? > 0)
    }

    /// The events that the knowledge in force no longer has, and that stayed because somebody relies on them.
    #[must_use]
    pub fn events_left_behind(&self) -> Vec<Event> {
        let knowledge = self.knowledge();
        let has = |event: &Event| {
            let entry = event
                .entry
                .as_ref()
                .and_then(|id| knowledge.revision.entries.get(id));
            entry.is_some_and(|entry| matches!(of_entry(entry), Ok(Some(_))))
        };
        let calendar = self.calendar();
        let of_knowledge = calendar.all().filter(|event| event.origin == Origin::Knowledge);
        of_knowledge.filter(|event| !has(event)).cloned().collect()
    }

    /// Takes events as they are from now on; those that are known keep their ids and get a new number if a subscriber
    /// would see a change. False if somebody else changed one of them meanwhile: nothing is kept then.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set_events(&self, events: Vec<Event>) -> Result<bool, StoreError> {
        let changes = self.event_changes(events, false).await?;
        let kept = self.store().keep_events(changes, &[]).await?;
        self.refresh_calendar().await?;
        Ok(kept)
    }

    /// What changes when events are as given from now on. Quietly, new ones are not told to everybody one by one.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn event_changes(
        &self,
        events: Vec<Event>,
        quietly: bool,
    ) -> Result<Vec<EventChange>, StoreError> {
        let now = self.clock().now();
        let kept = Calendar::new(self.store().events().await?);
        let changed = events.into_iter().filter_map(|new| match kept.get(&new.id) {
            None => Some(change(None, new, now)),
            Some(old) => {
                let revised = old.clone().revised(new, now)?;
                Some(change(Some(old), revised, now))
            }
        });
        let told = |change: EventChange| match change.news {
            // Nobody was told: a reminder that is late says something new.
            Some(News::Set) if quietly => EventChange {
                event: Event {
                    news_at: None,
                    ..change.event
                },
                news: None,
                ..change
            },
            _ => change,
        };
        Ok(changed.map(told).collect())
    }

    /// Reads the calendar anew after a change, and has what follows from it done.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn refresh_calendar(&self) -> Result<(), StoreError> {
        let calendar = Calendar::new(self.store().events().await?);
        *self.0.calendar.write().unwrap_or_else(PoisonError::into_inner) = calendar;
        self.reminding().wake();
        Ok(())
    }

    /// What a subscriber is told by a push, as things stand now; `None` if it has become pointless.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn pushed(&self, mover: UserId, push: &Push) -> Result<Option<Pushed>, StoreError> {
        if let Push::Broadcast { id } = push {
            return self.broadcast_to(mover, *id).await;
        }
        let subscriber = self.store().subscriber(mover).await?;
        let conversation = self.store().conversation(mover).await?;
        let lang = conversation.map_or(Lang::Ja, |known| known.lang);
        let now = self.clock().now();
        let calendar = self.calendar();
        let own = self.own_sign_up(mover, push).await?;
        let live = own.as_ref().filter(|own| own.state.is_live());
        let person = PushedTo {
            subscriber: subscriber.as_ref(),
            takes_part: live.is_some(),
            day: live.and_then(|own| own.filled.day),
            lang,
        };
        let told = pushed(push, person, &calendar, self.phrases(), now);
        // A reminder promises nobody a place.
        let stands = own.and_then(|own| applying::standing(&own, self.phrases(), lang));
        Ok(told.map(|told| match stands {
            Some(stands) => Pushed {
                html: told.html.paragraph(&Html::bold(&stands)),
                ..told
            },
            None => told,
        }))
    }

    /// The mover's own request for the event a push is about.
    async fn own_sign_up(&self, mover: UserId, push: &Push) -> Result<Option<SignUp>, StoreError> {
        let (Push::Reminder { event, .. } | Push::News { event, .. }) = push else {
            return Ok(None);
        };
        let list = match event.parse() {
            Ok(event) => self.store().sign_ups(&event).await?,
            Err(_) => None,
        };
        Ok(list.and_then(|list| list.of(mover).cloned()))
    }
}

/// A change with what is to be told of it.
#[must_use]
pub fn change(old: Option<&Event>, new: Event, now: Timestamp) -> EventChange {
    let news = news_of(old, &new, now);
    let event = match news {
        Some(_) => Event {
            news_sequence: new.sequence,
            news_at: Some(now),
            ..new
        },
        None => new,
    };
    let anew = old.is_some_and(|old| old.when.is_over(now)) && !event.when.is_over(now);
    EventChange { event, news, anew }
}
