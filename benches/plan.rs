//! What planning costs: who of 100,000 subscribers is reminded of which of 200 events within the next day.
//!
//! `cargo bench --bench plan`

use std::{error::Error, time::Instant};

use annaka_concierge::{
    events::{Event, EventId, Kind, Standing, Texts, When},
    lang::Lang,
    outgoing::UserId,
    reminders::{Planner, Subject, Subscriber},
};
use jiff::{SignedDuration, Timestamp};

const SUBSCRIBERS: i64 = 100_000;
const EVENTS: u64 = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let now: Timestamp = "2027-01-31T15:00:00Z".parse()?;
    let events = (0..EVENTS)
        .map(|number| event(number, now))
        .collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    let mut planner = Planner::new(events.iter(), now..now + SignedDuration::from_hours(24));
    let mut due = 0;
    for number in 0..SUBSCRIBERS {
        due += planner.due(&subscriber(number, now)?).count();
    }
    let took = begun.elapsed();
    println!(
        "planning {SUBSCRIBERS} subscribers x {EVENTS} events for a day: {due} reminders due, {took:.2?} (mark 1 s)"
    );
    Ok(())
}

/// Each begins within the day after tomorrow, so that all of them are due.
fn event(number: u64, now: Timestamp) -> Result<Event, Box<dyn Error>> {
    let minutes = i64::try_from(number * 13 % (24 * 60))?;
    let starts = now + SignedDuration::from_hours(30) + SignedDuration::from_mins(minutes);
    let kind = Kind::ALL[usize::try_from(number)? % Kind::ALL.len()];
    let (title, when) = (Texts::only(Lang::Ja, "行事")?, When::timed(starts, None)?);
    Ok(Event {
        standing: Standing::Confirmed,
        ..Event::of_staff(EventId::of_staff(number), kind, title, when, now)
    })
}

/// A third follows everything, a third a kind, a third one event; some sleep at other hours.
fn subscriber(number: i64, now: Timestamp) -> Result<Subscriber, Box<dyn Error>> {
    let mut subscriber = Subscriber::new(UserId(number));
    let event = number.unsigned_abs() % EVENTS;
    let subject = match number % 3 {
        0 => Subject::All,
        1 => Subject::Kind(Kind::ALL[usize::try_from(event)? % Kind::ALL.len()]),
        _ => Subject::Event(EventId::of_staff(event)),
    };
    subscriber.follow(subject, now)?;
    if number % 7 == 0 {
        subscriber.quiet = None;
    }
    Ok(subscriber)
}
