//! What is due between two moments: computed from events and people, never kept.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

use jiff::{
    SignedDuration, Timestamp,
    civil::{Time, time},
};

use crate::{
    clock::from_city,
    events::{Event, EventId, Standing, When},
    outgoing::UserId,
    reminders::{Lead, QuietHours, Subscriber, Zone},
};

/// An event on whole days is counted from this hour of its first day, in the city.
const DAY_BEGINS: Time = time(9, 0, 0, 0);
/// From the evening before, at 20:30, to the midnight with which a day begins.
const EVENING_BEFORE: SignedDuration = SignedDuration::from_mins(210);
/// Of two reminders of one event that come closer together than this, only the later is sent.
const TOO_CLOSE: SignedDuration = SignedDuration::from_hours(1);

/// Nobody is told of an event longer before it: the longest lead time, and quiet hours before that.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(61 * 24);

/// One reminder that is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due<'e> {
    pub event: &'e Event,
    pub lead: Lead,
    /// When that begins, for this person.
    pub starts: Timestamp,
    /// When it is to go out.
    pub at: Timestamp,
    /// When the next one of the same event is due: from then on this one says nothing new.
    until: Option<Timestamp>,
}

/// When somebody is told of an event: their lead time before it, moved out of their quiet hours to the evening before. What
/// is on whole days may begin at midnight: nobody is told of it later than in the evening before.
#[must_use]
fn moment(when: &When, lead: Lead, quiet: Option<QuietHours>, zone: &Zone) -> Timestamp {
    let before = |begins: Timestamp| begins.checked_sub(lead.duration()).unwrap_or(Timestamp::MIN);
    let wished = match when {
        When::Timed(hours) => before(hours.starts()),
        When::AllDay(days) => {
            let begins = from_city(days.first().to_datetime(DAY_BEGINS)).unwrap_or(when.starts());
            before(begins).min(when.starts() - EVENING_BEFORE)
        }
    };
    quiet.map_or(wished, |quiet| quiet.not_within(wished, zone))
}

/// Finds, person by person, what is due within a window of time.
///
/// Most people have the same lead times, quiet hours and zone: what is due for such a choice is worked out once. So the
/// cost of a person is that of comparing what they follow with what is due at all.
pub struct Planner<'e> {
    events: Vec<&'e Event>,
    /// After its start, up to and with its end.
    window: Range<Timestamp>,
    /// By the hash of a choice, with the choice itself.
    known: HashMap<u64, Vec<(Choice, Vec<Due<'e>>)>>,
    days: OwnDays<'e>,
}

/// Who comes on one day of an event that is on several, and when that is.
pub type OwnDays<'e> = HashMap<UserId, Vec<(&'e Event, When)>>;

/// What decides when somebody is told.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Choice {
    leads: BTreeSet<Lead>,
    quiet: Option<QuietHours>,
    zone: Zone,
}

impl<'e> Planner<'e> {
    /// For reminders that become due after `window.start`, at `window.end` at the latest. Only events that may be pushed
    /// at the end of the window count.
    #[must_use]
    pub fn new(events: impl Iterator<Item = &'e Event>, window: Range<Timestamp>) -> Self {
        let horizon = window.end.checked_add(LONGEST_WAIT).unwrap_or(Timestamp::MAX);
        Self {
            events: events
                .filter(|event| event.is_pushable(window.end) && event.when.starts() <= horizon)
                .collect(),
            window,
            known: HashMap::new(),
            days: OwnDays::new(),
        }
    }

    /// These people are reminded by the days they chose.
    #[must_use]
    pub fn with_days(self, days: OwnDays<'e>) -> Self {
        Self { days, ..self }
    }

    /// What is due for somebody; of several reminders of one event, the last. What was due before they
    /// wished to hear of the event, or before its latest news, is not: they were told how things stand.
    pub fn due<'p>(&'p mut self, subscriber: &'p Subscriber) -> impl Iterator<Item = Due<'e>> + 'p {
        let end = self.window.end;
        let wishes = subscriber.wishes();
        let (own_events, own) = self.on_own_days(subscriber);
        let shared = self.ahead(subscriber).iter().copied();
        let shared = shared.take_while(move |due| due.at <= end);
        let shared = shared.filter(move |due| !own_events.contains(&&due.event.id));
        let within = shared.chain(own.into_iter().filter(move |due| due.at <= end));
        let latest = within.filter(move |due| due.until.is_none_or(|until| until > end));
        // A clock that was ahead may have noted moments that are still to come; those count for nothing.
        let comes_after = move |due: &Due<'_>, moment: Timestamp| due.at > moment || moment > end;
        latest
            .filter(move |due| due.event.news_at.is_none_or(|told| comes_after(due, told)))
            .filter(move |due| {
                wishes
                    .since(due.event)
                    .is_some_and(|since| comes_after(due, since))
            })
    }

    /// The first moment after the window at which anything is due for somebody, as far as events are that near.
    pub fn next(&mut self, subscriber: &Subscriber) -> Option<Timestamp> {
        let end = self.window.end;
        let wishes = subscriber.wishes();
        let (own_events, own) = self.on_own_days(subscriber);
        let ahead = self.ahead(subscriber);
        let later = &ahead[ahead.partition_point(|due| due.at <= end)..];
        let shared = later
            .iter()
            .find(|due| wishes.include(due.event) && !own_events.contains(&&due.event.id));
        let own = own.iter().filter(|due| due.at > end && wishes.include(due.event));
        own.chain(shared).map(|due| due.at).min()
    }

    /// The events of which somebody chose a day, and what is ahead for them by those days.
    fn on_own_days(&self, subscriber: &Subscriber) -> (Vec<&'e EventId>, Vec<Due<'e>>) {
        let chosen = self.days.get(&subscriber.mover).map_or(&[][..], Vec::as_slice);
        let events = chosen.iter().map(|(event, _)| &event.id).collect();
        if !subscriber.hears_anything() {
            return (events, Vec::new());
        }
        let (after, now) = (self.window.start, self.window.end);
        let to_come = |when: &When| !when.has_begun(now) && when.starts() <= now + LONGEST_WAIT;
        let own = chosen
            .iter()
            .filter(|(event, when)| event.standing == Standing::Confirmed && to_come(when))
            .flat_map(|(event, when)| dues(event, when, subscriber))
            .filter(|due| due.at > after);
        (events, own.collect())
    }

    /// Everything after the start of the window, earliest first, as somebody with these choices would hear of it.
    fn ahead(&mut self, subscriber: &Subscriber) -> &[Due<'e>] {
        if !subscriber.hears_anything() {
            return &[];
        }
        let known = self.known.entry(hash_of(subscriber)).or_default();
        let at = known.iter().position(|(choice, _)| choice.is_of(subscriber));
        let at = at.unwrap_or_else(|| {
            let worked_out = work_out(&self.events, self.window.start, subscriber);
            known.push((Choice::of(subscriber), worked_out));
            known.len() - 1
        });
        &known[at].1
    }
}

fn work_out<'e>(events: &[&'e Event], after: Timestamp, subscriber: &Subscriber) -> Vec<Due<'e>> {
    let mut ahead: Vec<Due<'e>> = Vec::new();
    for event in events {
        ahead.extend(dues(event, &event.when, subscriber));
    }
    ahead.retain(|due| due.at > after);
    ahead.sort_by_key(|due| due.at);
    ahead
}

fn dues<'e>(event: &'e Event, when: &When, subscriber: &Subscriber) -> Vec<Due<'e>> {
    let all = moments(when, subscriber);
    let next = all.iter().skip(1).map(|(_, at)| Some(*at)).chain([None]);
    let due = all.iter().zip(next).map(|((lead, at), until)| Due {
        event,
        lead: *lead,
        starts: when.starts(),
        at: *at,
        until,
    });
    due.collect()
}

/// When somebody is told of an event, the longest lead first; of two that fall together the shorter stays.
#[must_use]
pub fn moments(when: &When, subscriber: &Subscriber) -> Vec<(Lead, Timestamp)> {
    let mut kept: Vec<(Lead, Timestamp)> = Vec::with_capacity(subscriber.leads.len());
    for lead in subscriber.leads.iter().rev() {
        let at = moment(when, *lead, subscriber.quiet, &subscriber.zone);
        if kept
            .last()
            .is_some_and(|(_, before)| at.duration_since(*before) < TOO_CLOSE)
        {
            kept.pop();
        }
        kept.push((*lead, at));
    }
    kept
}

impl Choice {
    fn of(subscriber: &Subscriber) -> Self {
        Self {
            leads: subscriber.leads.clone(),
            quiet: subscriber.quiet,
            zone: subscriber.zone.clone(),
        }
    }

    fn is_of(&self, subscriber: &Subscriber) -> bool {
        self.leads == subscriber.leads && self.quiet == subscriber.quiet && self.zone == subscriber.zone
    }
}

fn hash_of(subscriber: &Subscriber) -> u64 {
    let mut hasher = DefaultHasher::new();
    subscriber.leads.hash(&mut hasher);
    subscriber.quiet.hash(&mut hasher);
    subscriber.zone.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        events::sample::{any_when, at, event, when},
        reminders::Subject,
    };

    fn subscriber() -> Subscriber {
        let mut anna = Subscriber::new(UserId(1));
        anna.follow(Subject::All, at("2026-11-01T00:00")).unwrap();
        anna
    }

    fn due_within(event: &Event, subscriber: &Subscriber, from: &str, until: &str) -> Vec<(u16, String)> {
        let mut planner = Planner::new(std::iter::once(event), at(from)..at(until));
        let due = planner.due(subscriber);
        due.map(|due| {
            (
                due.lead.hours(),
                crate::clock::in_city(due.at).datetime().to_string(),
            )
        })
        .collect()
    }

    #[test]
    fn a_reminder_comes_a_week_and_a_day_before() {
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        let week = due_within(&fair, &subscriber(), "2027-01-01T00:00", "2027-02-10T00:00");
        let day = due_within(&fair, &subscriber(), "2027-02-10T00:00", "2027-02-14T09:29");
        assert_eq!(
            [week, day].concat(),
            [
                (168, "2027-02-07T09:30:00".to_owned()),
                (24, "2027-02-13T09:30:00".to_owned())
            ]
        );
    }

    #[test]
    fn a_window_holds_what_falls_into_it_and_the_next_one_the_rest() {
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        let anna = subscriber();
        assert_eq!(
            due_within(&fair, &anna, "2027-02-13T09:00", "2027-02-13T09:29").len(),
            0
        );
        assert_eq!(
            due_within(&fair, &anna, "2027-02-13T09:29", "2027-02-13T09:30").len(),
            1
        );
        assert_eq!(
            due_within(&fair, &anna, "2027-02-13T09:30", "2027-02-13T23:00").len(),
            0
        );
    }

    #[test]
    fn nothing_is_due_once_the_event_has_begun_however_long_the_bot_was_away() {
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        assert_eq!(
            due_within(&fair, &subscriber(), "2027-01-01T00:00", "2027-02-14T09:30").len(),
            0
        );
    }

    #[test]
    fn an_event_on_whole_days_counts_from_nine_in_the_morning() {
        let plums = event("s-1", "2027-02-14〜2027-03-31");
        let all = due_within(&plums, &subscriber(), "2027-02-12T00:00", "2027-02-13T23:59");
        assert_eq!(all, [(24, "2027-02-13T09:00:00".to_owned())]);
    }

    #[test]
    fn an_event_on_whole_days_is_told_of_in_the_evening_before_at_the_latest() {
        let plums = event("s-1", "2027-02-14");
        let mut anna = subscriber();
        for (hours, told) in [
            (10, "2027-02-13T20:30:00"),
            (3, "2027-02-13T20:30:00"),
            (13, "2027-02-13T20:00:00"),
        ] {
            anna.leads = BTreeSet::from([Lead::try_from(hours).unwrap()]);
            let all = due_within(&plums, &anna, "2027-02-12T00:00", "2027-02-13T23:59");
            assert_eq!(all, [(hours, told.to_owned())]);
        }
    }

    #[test]
    fn what_was_due_before_somebody_wished_to_hear_of_it_is_past() {
        let fair = event("s-1", "2027-02-14 12:00");
        let looked = ("2027-02-13T09:00", "2027-02-13T15:00");
        let mut anna = Subscriber::new(UserId(1));
        anna.follow(Subject::All, at("2027-02-13T11:59")).unwrap();
        assert_eq!(due_within(&fair, &anna, looked.0, looked.1).len(), 1);
        anna.chosen = Some(at("2027-02-13T15:00"));
        assert_eq!(due_within(&fair, &anna, looked.0, looked.1).len(), 0);
        anna.chosen = None;
        anna.follow(Subject::Event(fair.id.clone()), at("2027-02-13T15:00"))
            .unwrap();
        assert_eq!(
            due_within(&fair, &anna, looked.0, looked.1).len(),
            1,
            "they followed it before"
        );
        let mut late = Subscriber::new(UserId(2));
        late.follow(Subject::Event(fair.id.clone()), at("2027-02-13T15:00"))
            .unwrap();
        assert_eq!(due_within(&fair, &late, looked.0, looked.1).len(), 0);
        let new = Event {
            news_at: Some(at("2027-02-13T14:00")),
            ..fair
        };
        assert_eq!(due_within(&new, &anna, looked.0, looked.1).len(), 0);
        let by_a_wrong_clock = Event {
            news_at: Some(at("2028-02-13T14:00")),
            ..new
        };
        assert_eq!(due_within(&by_a_wrong_clock, &anna, looked.0, looked.1).len(), 1);
    }

    #[test]
    fn of_two_that_quiet_hours_bring_together_one_is_sent() {
        let early = event("s-1", "2027-02-14 6:00-8:00");
        let mut anna = subscriber();
        anna.leads = BTreeSet::from([Lead::THREE_HOURS, Lead::try_from(8).unwrap()]);
        // Eight hours before is 22:00, three hours before 3:00: both are moved to 20:30.
        let all = due_within(&early, &anna, "2027-02-12T00:00", "2027-02-14T05:00");
        assert_eq!(all, [(3, "2027-02-13T20:30:00".to_owned())]);
    }

    #[test]
    fn what_is_not_certain_or_not_followed_is_never_due() {
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        let window = ("2027-01-01T00:00", "2027-02-14T09:00");
        for standing in [Standing::Unconfirmed, Standing::Cancelled] {
            let other = Event {
                standing,
                ..fair.clone()
            };
            assert_eq!(due_within(&other, &subscriber(), window.0, window.1).len(), 0);
        }
        let mut paused = subscriber();
        paused.paused = true;
        assert_eq!(due_within(&fair, &paused, window.0, window.1).len(), 0);
        assert_eq!(
            due_within(&fair, &Subscriber::new(UserId(2)), window.0, window.1).len(),
            0
        );
    }

    #[test]
    fn whoever_chose_a_day_is_reminded_by_that_day() {
        let tour = event("s-1", "2027-03-06〜2027-03-08");
        let (anna, last) = (subscriber(), when("2027-03-08"));
        let due = |from: &str, until: &str| {
            let days = OwnDays::from([(anna.mover, vec![(&tour, last)])]);
            let mut planner = Planner::new(std::iter::once(&tour), at(from)..at(until)).with_days(days);
            let due: Vec<_> = planner.due(&anna).map(|due| (due.at, due.starts)).collect();
            (due, planner.next(&anna))
        };
        let (week, day) = (at("2027-03-01T09:00"), at("2027-03-07T09:00"));
        assert_eq!(due("2027-02-26T00:00", "2027-02-28T00:00"), (vec![], Some(week)));
        assert_eq!(
            due("2027-02-28T00:00", "2027-03-05T12:00"),
            (vec![(week, last.starts())], Some(day))
        );
        // The event has begun by then.
        assert_eq!(
            due("2027-03-06T12:00", "2027-03-07T12:00"),
            (vec![(day, last.starts())], None)
        );
        assert_eq!(due("2027-03-06T12:00", "2027-03-08T00:00"), (vec![], None));
    }

    #[test]
    fn the_next_moment_is_the_first_after_the_window() {
        let fair = event("s-1", "2027-02-14 9:30-11:30");
        let mut planner = Planner::new(
            std::iter::once(&fair),
            at("2027-02-01T00:00")..at("2027-02-07T09:30"),
        );
        assert_eq!(planner.next(&subscriber()), Some(at("2027-02-13T09:30")));
        assert_eq!(planner.next(&Subscriber::new(UserId(2))), None);
    }

    fn any_choice() -> impl Strategy<Value = (BTreeSet<Lead>, Option<QuietHours>, Zone)> {
        let leads = proptest::collection::btree_set(
            (1_u16..=1440).prop_map(|hours| Lead::try_from(hours).unwrap()),
            1..5,
        );
        let quiet = proptest::sample::select(vec![None, Some(QuietHours::usual())]);
        let zone = proptest::sample::select(vec![
            "Asia/Tokyo",
            "Europe/Berlin",
            "America/New_York",
            "Pacific/Apia",
        ])
        .prop_map(|name| name.parse().unwrap());
        (leads, quiet, zone)
    }

    proptest! {
        /// However time is cut into windows, the last of each is due, once and before the event begins.
        #[test]
        fn every_reminder_is_due_once_and_before_the_start(
            (leads, quiet, zone) in any_choice(),
            held in any_when(),
            cuts in proptest::collection::btree_set(1_i64..80 * 24 * 60, 1..12),
        ) {
            let mut anna = Subscriber::new(UserId(1));
            anna.follow(Subject::All, Timestamp::UNIX_EPOCH).unwrap();
            (anna.leads, anna.quiet, anna.zone) = (leads, quiet, zone);
            let fair = Event { when: held, ..event("s-1", "2027-02-14 9:30-11:30") };
            let begin = held.starts() - SignedDuration::from_hours(80 * 24);
            let mut bounds: Vec<Timestamp> = cuts.iter().map(|minutes| begin + SignedDuration::from_mins(*minutes)).collect();
            bounds.insert(0, begin);
            bounds.push(held.starts() - SignedDuration::from_secs(1));
            let mut found: Vec<(Lead, Timestamp)> = Vec::new();
            for window in bounds.windows(2) {
                let mut planner = Planner::new(std::iter::once(&fair), window[0]..window[1]);
                found.extend(planner.due(&anna).map(|due| (due.lead, due.at)));
            }
            let mut wanted = Vec::new();
            for window in bounds.windows(2) {
                let mut within = moments(&fair.when, &anna);
                within.retain(|(_, at)| *at > window[0] && *at <= window[1]);
                wanted.extend(within.pop());
            }
            prop_assert_eq!(&found, &wanted);
            prop_assert!(found.iter().all(|(_, at)| *at < held.starts()));
        }

        /// Nobody hears of an event later than they wished.
        #[test]
        fn nothing_comes_later_than_wished((leads, quiet, zone) in any_choice(), held in any_when()) {
            for lead in leads {
                let wished = moment(&held, lead, None, &zone);
                prop_assert!(moment(&held, lead, quiet, &zone) <= wished);
            }
        }
    }

    #[test]
    fn an_event_that_is_moved_is_due_again_by_its_new_time() {
        let anna = subscriber();
        let mut fair = event("s-1", "2027-02-14 9:30-11:30");
        assert_eq!(
            due_within(&fair, &anna, "2027-02-13T00:00", "2027-02-13T12:00").len(),
            1
        );
        fair.when = when("2027-02-21 9:30-11:30");
        assert_eq!(
            due_within(&fair, &anna, "2027-02-13T12:00", "2027-02-14T12:00").len(),
            1,
            "a week before"
        );
        fair.when = when("2027-02-16 9:30-11:30");
        assert_eq!(
            due_within(&fair, &anna, "2027-02-14T12:00", "2027-02-15T12:00").len(),
            1,
            "a day before"
        );
    }
}
