//! The weekly list of what is coming.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, Weekday, time},
};

use crate::reminders::Subscriber;

/// On Mondays at this hour of the subscriber's own clock.
const AT: Time = time(9, 0, 0, 0);

/// The first weekly list after a moment: the Monday it belongs to, and when it goes out, before quiet hours if it would
/// fall into them.
#[must_use]
pub fn next_list(subscriber: &Subscriber, after: Timestamp) -> Option<(Date, Timestamp)> {
    if !subscriber.weekly || subscriber.paused {
        return None;
    }
    let zone = subscriber.zone.rules();
    let today = after.to_zoned(zone.clone()).date();
    let this_monday = today.nth_weekday(-1, Weekday::Monday).ok()?;
    (0..=2_i32)
        .filter_map(|weeks| this_monday.checked_add((7 * weeks).days()).ok())
        .filter_map(|monday| {
            let wished = monday.to_datetime(AT).to_zoned(zone.clone()).ok()?.timestamp();
            let quiet = subscriber.quiet;
            let at = quiet.map_or(wished, |quiet| quiet.not_within(wished, &subscriber.zone));
            Some((monday, at))
        })
        .find(|(_, at)| *at > after)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{events::sample::at, outgoing::UserId, reminders::QuietHours};

    fn anna() -> Subscriber {
        Subscriber {
            weekly: true,
            ..Subscriber::new(UserId(1))
        }
    }

    #[test]
    fn the_list_comes_on_monday_morning() {
        // 21 November 2026 is a Saturday.
        let monday = date(2026, 11, 23);
        assert_eq!(
            next_list(&anna(), at("2026-11-21T19:00")),
            Some((monday, at("2026-11-23T09:00")))
        );
        assert_eq!(
            next_list(&anna(), at("2026-11-23T08:59")),
            Some((monday, at("2026-11-23T09:00")))
        );
        let next = date(2026, 11, 30);
        assert_eq!(
            next_list(&anna(), at("2026-11-23T09:00")),
            Some((next, at("2026-11-30T09:00")))
        );
    }

    #[test]
    fn whoever_sleeps_long_gets_it_the_evening_before() {
        let late = QuietHours::new(time(22, 0, 0, 0), time(10, 0, 0, 0)).ok();
        let anna = Subscriber {
            quiet: late,
            ..anna()
        };
        let monday = date(2026, 11, 23);
        assert_eq!(
            next_list(&anna, at("2026-11-21T19:00")),
            Some((monday, at("2026-11-22T21:30")))
        );
        let next = date(2026, 11, 30);
        assert_eq!(
            next_list(&anna, at("2026-11-22T21:30")),
            Some((next, at("2026-11-29T21:30")))
        );
    }

    #[test]
    fn nobody_gets_it_who_did_not_ask_for_it() {
        assert_eq!(
            next_list(&Subscriber::new(UserId(1)), at("2026-11-21T19:00")),
            None
        );
        let paused = Subscriber {
            paused: true,
            ..anna()
        };
        assert_eq!(next_list(&paused, at("2026-11-21T19:00")), None);
    }
}
