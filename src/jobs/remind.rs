//! Reminds people of events, and tells them what has changed.
//!
//! Everything that is due between the last look and now is worked out from events and people, enqueued at most once,
//! and only then is the last look moved on: a crash at any moment repeats the work and none of the reminders.

use jiff::{SignedDuration, Timestamp};

use crate::{
    app::{App, pause_until},
    conversation::is_told,
    crashpoints::Boundary,
    events::{Calendar, Event},
    jobs::lost_days,
    metrics::Count,
    outgoing::{Act, Outgoing, Priority, Push, UserId, Voice},
    reminders::{Due, OwnDays, Planner, ReminderId, Subscriber, Told, holds, week::next_list},
    signups::{Closed, Terms},
    store::{Announcement, DueReminder, StoreError},
};

/// Subscribers read in one go.
const AT_ONCE: usize = 500;
/// Looks at least this often, since events further away than the longest lead time are not waited for.
const AT_LEAST_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// A weekly list this late is not sent.
const LATEST_LIST: SignedDuration = SignedDuration::from_hours(24);

/// Reminds until the bot stops.
///
/// # Errors
/// When the store fails.
pub async fn run(app: App) -> Result<(), StoreError> {
    loop {
        let round = app.reminding().round();
        let next = tokio::select! {
            () = app.stopping() => return Ok(()),
            next = look(&app) => next?,
        };
        app.reminding().settled(round);
        tokio::select! {
            () = app.stopping() => return Ok(()),
            () = app.reminding().after(round) => {}
            () = pause_until(app.clock(), next) => {}
        }
    }
}

/// Does everything that is due; tells when to look again.
async fn look(app: &App) -> Result<Option<Timestamp>, StoreError> {
    tell_news(app).await?;
    lost_days::tell(app).await?;
    let now = app.clock().now();
    let since = app.store().reminded_until().unwrap_or(now).min(now);
    let (calendar, points) = (app.calendar(), app.store().crashpoints());
    let days = own_days(app, &calendar, now).await?;
    let mut planner = Planner::new(calendar.all(), since..now).with_days(days);
    let mut next = now + AT_LEAST_EVERY;
    let mut after = None;
    loop {
        let page = app.store().subscribers(after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.mover);
        let mut due = Vec::new();
        for subscriber in &page {
            due.extend(
                planner
                    .due(subscriber)
                    .map(|due| reminder(subscriber.mover, &due)),
            );
            due.extend(weekly(subscriber, since, now));
            let soonest = [
                planner.next(subscriber),
                next_list(subscriber, now).map(|(_, at)| at),
            ];
            next = soonest.into_iter().flatten().fold(next, Timestamp::min);
        }
        if !due.is_empty() {
            points.reach(Boundary::Planned).await;
            let new = app.store().remind(due).await?;
            points.reach(Boundary::Queued).await;
            app.metrics().add(Count::RemindersDue, new);
            if new > 0 {
                app.delivery().wake();
            }
        }
        tokio::task::yield_now().await;
    }
    if app.store().reminded_until() != Some(now) {
        app.store().keep_reminded_until(now).await?;
    }
    Ok(Some(next))
}

/// Who comes on which day of the events that are on several.
async fn own_days<'e>(app: &App, calendar: &'e Calendar, now: Timestamp) -> Result<OwnDays<'e>, StoreError> {
    let mut days = OwnDays::new();
    for event in calendar.all().filter(|event| !event.when.is_over(now)) {
        let terms = Terms::of(event);
        if !terms.has_days() || terms.closed(now) == Some(Closed::NotHere) {
            continue;
        }
        let list = app.store().sign_ups(&event.id).await?;
        for one in list.iter().flat_map(|list| list.all()) {
            if let Some(when) = terms.on(one.filled.day).filter(|_| one.state.is_live()) {
                days.entry(one.mover).or_default().push((event, when));
            }
        }
    }
    Ok(days)
}

fn reminder(mover: UserId, due: &Due<'_>) -> DueReminder {
    let starts = due.starts;
    let push = Push::Reminder {
        event: due.event.id.to_string(),
        starts,
        due: due.at,
    };
    DueReminder {
        id: ReminderId {
            what: Told::Event {
                event: due.event.id.clone(),
                lead: due.lead,
            },
            mover,
        },
        starts,
        outgoing: to_subscriber(mover, push),
    }
}

/// The weekly list that was due; one that is days late says nothing any more.
fn weekly(subscriber: &Subscriber, since: Timestamp, now: Timestamp) -> Option<DueReminder> {
    let chosen = subscriber.chosen.filter(|chosen| *chosen <= now);
    let since = since.max(now - LATEST_LIST).max(chosen.unwrap_or(since));
    let (monday, at) = next_list(subscriber, since).filter(|(_, at)| *at <= now)?;
    Some(DueReminder {
        id: ReminderId {
            what: Told::Week(monday),
            mover: subscriber.mover,
        },
        starts: at,
        outgoing: to_subscriber(subscriber.mover, Push::Week),
    })
}

fn to_subscriber(mover: UserId, push: Push) -> Outgoing {
    Outgoing::to_person(mover, Voice::Needed, Act::Push(push)).with_priority(Priority::Reminder)
}

/// Tells what has changed to everybody who hears of it. What the calendar in force does not know yet waits until it
/// does, since whoever is told may look at once.
async fn tell_news(app: &App) -> Result<(), StoreError> {
    let calendar = app.calendar();
    for (id, announcement) in app.store().announcements().await? {
        let Some(event) = calendar.get(&id) else { continue };
        if event.sequence < announcement.sequence {
            continue;
        }
        if event.news_sequence > announcement.sequence || !holds(announcement.news, event) {
            let nobody = Vec::new();
            app.store().announced(&id, &announcement, nobody, None).await?;
        } else {
            tell(app, event, announcement).await?;
        }
    }
    Ok(())
}

async fn tell(app: &App, event: &Event, announcement: Announcement) -> Result<(), StoreError> {
    let signed_up = app.store().sign_ups(&event.id).await?;
    let takes_part = |who| {
        let own = signed_up.as_ref().and_then(|list| list.of(who));
        own.is_some_and(|own| own.state.is_live())
    };
    let mut told_so_far = announcement;
    loop {
        let page = app.store().subscribers(told_so_far.after, AT_ONCE).await?;
        let next = page.last().map(|last| Announcement {
            after: Some(last.mover),
            ..told_so_far.clone()
        });
        let news = told_so_far.news;
        let hear =
            |subscriber: &&Subscriber| is_told(news, event, Some(subscriber), takes_part(subscriber.mover));
        let told: Vec<Outgoing> = page
            .iter()
            .filter(hear)
            .map(|subscriber| {
                let push = Push::News {
                    event: event.id.to_string(),
                    sequence: told_so_far.sequence,
                    news,
                };
                to_subscriber(subscriber.mover, push)
            })
            .collect();
        let points = app.store().crashpoints();
        points.reach(Boundary::Worded).await;
        app.store()
            .announced(&event.id, &told_so_far, told, next.clone())
            .await?;
        points.reach(Boundary::Announced).await;
        app.delivery().wake();
        match next {
            Some(next) => told_so_far = next,
            None => return Ok(()),
        }
    }
}
