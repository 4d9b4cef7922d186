//! What a change of an event means to those who were told of it.

use jiff::Timestamp;

use crate::{
    events::{Event, Standing},
    outgoing::News,
};

/// What is to be told of an event that was so before and is so from now on; none if nobody has to hear. Once it has
/// begun nobody is invited any more, but whoever is on the way to its last day still hears that it is cancelled.
#[must_use]
pub fn news_of(old: Option<&Event>, new: &Event, now: Timestamp) -> Option<News> {
    if new.when.is_over(now) {
        return None;
    }
    let begun = new.when.has_begun(now);
    // What is over comes again with a new date.
    let before = old.map(|old| match old.when.is_over(now) {
        true => Standing::Unconfirmed,
        false => old.standing,
    });
    match (before, new.standing) {
        (None, Standing::Confirmed) => (!begun).then_some(News::Set),
        (None, Standing::Unconfirmed | Standing::Cancelled) => None,
        (Some(Standing::Unconfirmed), Standing::Confirmed) => (!begun).then_some(News::Dated),
        (Some(Standing::Cancelled), Standing::Confirmed) => (!begun).then_some(News::Back),
        (Some(Standing::Confirmed), Standing::Confirmed) => {
            old.is_some_and(|old| old.moved(new)).then_some(News::Moved)
        }
        (Some(Standing::Confirmed), Standing::Unconfirmed) => Some(News::Postponed),
        (Some(Standing::Confirmed), Standing::Cancelled) => Some(News::Cancelled),
        (Some(Standing::Unconfirmed), Standing::Cancelled) => Some(News::CalledOff),
        (Some(Standing::Unconfirmed | Standing::Cancelled), Standing::Unconfirmed)
        | (Some(Standing::Cancelled), Standing::Cancelled) => None,
    }
}

/// Whether these news are still true of the event as it is now.
#[must_use]
pub fn holds(news: News, event: &Event) -> bool {
    let standing = match news {
        News::Set | News::Dated | News::Back | News::Moved => Standing::Confirmed,
        News::Postponed => Standing::Unconfirmed,
        News::Cancelled | News::CalledOff => Standing::Cancelled,
    };
    event.standing == standing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::sample::{at, event};

    fn of(standing: Standing) -> Event {
        Event {
            standing,
            ..event("s-1", "2027-02-14")
        }
    }

    #[test]
    fn each_change_of_standing_has_its_news() {
        let before = at("2027-02-13T00:00");
        let (yes, open, off) = (
            of(Standing::Confirmed),
            of(Standing::Unconfirmed),
            of(Standing::Cancelled),
        );
        for (old, new, news) in [
            (None, &yes, Some(News::Set)),
            (None, &open, None),
            (Some(&open), &yes, Some(News::Dated)),
            (Some(&yes), &open, Some(News::Postponed)),
            (Some(&yes), &off, Some(News::Cancelled)),
            (Some(&open), &off, Some(News::CalledOff)),
            (Some(&off), &yes, Some(News::Back)),
            (Some(&yes), &yes, None),
        ] {
            assert_eq!(news_of(old, new, before), news, "{old:?} {new:?}");
            assert!(news.is_none_or(|news| holds(news, new)));
        }
    }

    #[test]
    fn what_is_over_has_a_new_date_and_was_not_moved() {
        let later = at("2027-06-01T00:00");
        let again = |standing| Event {
            standing,
            ..event("s-1", "2028-02-13")
        };
        for standing in [Standing::Confirmed, Standing::Unconfirmed, Standing::Cancelled] {
            let old = of(standing);
            let news = |new| news_of(Some(&old), &again(new), later);
            assert_eq!(news(Standing::Confirmed), Some(News::Dated), "{standing:?}");
            assert_eq!(news(Standing::Unconfirmed), None, "{standing:?}");
            assert_eq!(news(Standing::Cancelled), Some(News::CalledOff), "{standing:?}");
        }
    }

    #[test]
    fn on_the_day_itself_a_cancellation_is_still_told_and_nobody_is_invited() {
        let morning = at("2027-02-14T06:00");
        let (yes, off) = (of(Standing::Confirmed), of(Standing::Cancelled));
        assert_eq!(news_of(Some(&yes), &off, morning), Some(News::Cancelled));
        assert_eq!(news_of(None, &yes, morning), None);
        let after = at("2027-02-15T00:00");
        assert_eq!(news_of(Some(&yes), &off, after), None);
    }
}
