//! Tells the owners, on the morning of each day on which the desk is open, what could not be delivered or handled, and what
//! of the knowledge should be seen to; nothing where there is nothing.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};

use crate::{
    app::App,
    clock::{from_city, in_city},
    handover::{DeskHours, operation::reload},
    phrases::Text,
    store::StoreError,
};

/// Tells what is due, later on the same day if the time was missed. Returns when to look again.
pub(super) async fn look(app: &App) -> Result<Timestamp, StoreError> {
    let now = app.clock().now();
    let knowledge = app.knowledge();
    let hours = DeskHours {
        holidays: &knowledge.revision.holidays,
    };
    let today = in_city(now).date();
    let opens = opening(today, &hours);
    if now < opens {
        return Ok(opens);
    }
    if app.store().told_left_over() != Some(today) {
        tell(app, today).await?;
    }
    Ok(opening(today.tomorrow().unwrap_or(Date::MAX), &hours))
}

/// When the desk opens on this day, or on the next open day.
fn opening(day: Date, hours: &DeskHours<'_>) -> Timestamp {
    let midnight = from_city(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX);
    hours.opens_after(midnight)
}

async fn tell(app: &App, today: Date) -> Result<(), StoreError> {
    let (letters, updates) = (app.store().dead_letter_count(), app.store().quarantined_count());
    let text = match (letters, updates) {
        (0, 0) => None,
        (count, 0) => Some(Text::LeftOverLetters { count }),
        (0, count) => Some(Text::LeftOverUpdates { count }),
        (letters, updates) => Some(Text::LeftOver { letters, updates }),
    };
    let mut told = text.map(|text| app.to_owners(&text)).unwrap_or_default();
    let (knowledge, now) = (app.knowledge(), app.clock().now());
    let notices = app.with_desk(&knowledge, &[], |senses| {
        reload::to_be_seen_to(&knowledge.revision, senses, now)
    });
    told.extend(notices.into_iter().flat_map(|html| app.html_to_owners(&html)));
    app.store().tell_left_over(today, told).await?;
    app.delivery().wake();
    Ok(())
}
