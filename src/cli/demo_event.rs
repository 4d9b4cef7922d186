//! The event of the demo: a sample that says so, far enough away to be reminded of.

use std::num::NonZeroU32;

use jiff::ToSpan;

use crate::{
    app::App,
    clock::{from_city, in_city},
    events::{Event, EventId, Kind, Place, SignUp, Standing, Texts, When},
    lang::Lang,
    phrases::Text,
    store::StoreError,
};

/// Days from the demo's first, so that the reminder of a week before comes with the next morning.
const DAYS_AHEAD: i64 = 8;
const FROM: i8 = 9;
const UNTIL: i8 = 12;
const PLACES: u32 = 4;

/// Puts the sample into the calendar.
///
/// # Errors
/// When the store fails.
pub(super) async fn announce(app: &App) -> Result<(), StoreError> {
    if let Some(event) = sample(app) {
        app.set_events(vec![event]).await?;
    }
    Ok(())
}

/// None only where the clock stands at the end of all calendars.
fn sample(app: &App) -> Option<Event> {
    let now = app.clock().now();
    let day = in_city(now).date().checked_add(DAYS_AHEAD.days()).ok()?;
    let at = |hour: i8| from_city(day.at(hour, 0, 0, 0));
    let texts = |text: Text<'_>| {
        let said = Lang::ALL.map(|lang| (lang, app.phrases().say(lang, &text)));
        Texts::new(said).ok()
    };
    let when = When::timed(at(FROM)?, at(UNTIL)).ok()?;
    let title = texts(Text::DemoEventTitle)?;
    Some(Event {
        text: texts(Text::DemoEventText),
        place: Some(Place {
            name: texts(Text::DemoEventPlace)?,
            address: None,
            at: None,
        }),
        audience: texts(Text::DemoEventAudience),
        fee: texts(Text::DemoEventFee),
        sign_up: Some(SignUp {
            capacity: NonZeroU32::new(PLACES),
            in_chat: true,
            ..SignUp::default()
        }),
        standing: Standing::Confirmed,
        ..Event::of_staff(EventId::of_staff(1), Kind::Farming, title, when, now)
    })
}
