//! What stands in the calendar of the town.

use annaka_concierge::{
    events::{Coordinates, Event, EventId, Kind, Place, SignUp, Standing, Texts, said_when},
    lang::Lang,
};

use crate::harness::Town;

/// A consultation on empty houses on a Sunday in February, as staff enter it.
pub(crate) fn consultation() -> Event {
    event(1, "空き家相談会", "2027-02-14 9:30-11:30", Kind::VacantHome)
}

/// An event that staff entered under this number, of which only this is known.
pub(crate) fn event(number: u64, title: &str, when: &str, kind: Kind) -> Event {
    let entered = "2026-11-20T00:00:00Z".parse().expect("a moment");
    let when = said_when::read(when, entered).expect("a time");
    Event {
        standing: Standing::Confirmed,
        ..Event::of_staff(EventId::of_staff(number), kind, text(title), when, entered)
    }
}

pub(crate) fn text(words: &str) -> Texts {
    Texts::only(Lang::Ja, words).expect("words")
}

/// The same event with all that can be known of it.
pub(crate) fn in_full(event: Event) -> Event {
    let page = "https://www.city.annaka.lg.jp/example".parse().expect("a link");
    Event {
        place: Some(Place {
            name: text("松井田文化会館"),
            address: Some("安中市松井田町".to_owned()),
            at: Coordinates::of_degrees(36.3262, 138.887).ok(),
        }),
        audience: Some(text("空き家を探している人")),
        fee: Some(text("無料")),
        contact: Some(text("都市整備課 027-000-0000")),
        sign_up: Some(SignUp {
            link: Some(page),
            deadline: "2027-02-10T08:00:00Z".parse().ok(),
            capacity: std::num::NonZeroU32::new(20),
            ..SignUp::default()
        }),
        ..event
    }
}

impl Town {
    /// Staff enter or change events.
    pub(crate) async fn announces(&self, events: &[Event]) {
        let app = self.app();
        let kept = app.set_events(events.to_vec()).await.expect("the store works");
        assert!(kept, "nobody else changes events");
        self.idle().await;
    }
}
