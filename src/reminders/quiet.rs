//! The hours of the night in which nobody wants to be told anything.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Time, time},
};
use serde::{Deserialize, Serialize};

use crate::reminders::Zone;

/// The quiet of a day takes up at most this much of it, so that there is always a time for reminders.
const LONGEST: SignedDuration = SignedDuration::from_hours(16);
/// What would fall into the quiet goes out so long before it begins: when many are told, the last of them hears of it
/// before the quiet too.
const BEFOREHAND: SignedDuration = SignedDuration::from_mins(30);

/// From one time of the day to another on the subscriber's own clock, mostly across midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct QuietHours {
    from: Time,
    until: Time,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("quiet hours last from one minute to 16 hours")]
pub struct BadQuietHours;

impl QuietHours {
    /// # Errors
    /// When they are empty, or longer than 16 hours.
    pub fn new(from: Time, until: Time) -> Result<Self, BadQuietHours> {
        let [from, until] = [from, until].map(|at| time(at.hour(), at.minute(), 0, 0));
        let quiet = Self { from, until };
        let length = quiet.length();
        (length > SignedDuration::ZERO && length <= LONGEST)
            .then_some(quiet)
            .ok_or(BadQuietHours)
    }

    /// 21:00 to 8:00.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            from: time(21, 0, 0, 0),
            until: time(8, 0, 0, 0),
        }
    }

    #[must_use]
    pub fn from(self) -> Time {
        self.from
    }

    #[must_use]
    pub fn until(self) -> Time {
        self.until
    }

    fn length(self) -> SignedDuration {
        let length = self.until.duration_since(self.from);
        if self.until < self.from {
            length + SignedDuration::from_hours(24)
        } else {
            length
        }
    }

    /// Whether the clock there shows a quiet time; the moment it ends is not quiet any more.
    #[must_use]
    pub fn covers(self, at: Timestamp, zone: &Zone) -> bool {
        let shown = at.to_zoned(zone.rules()).time();
        if self.from < self.until {
            self.from <= shown && shown < self.until
        } else {
            self.from <= shown || shown < self.until
        }
    }

    /// The moment itself, or if it is quiet then, one shortly before the quiet began; never a later one.
    #[must_use]
    pub fn not_within(self, at: Timestamp, zone: &Zone) -> Timestamp {
        if !self.covers(at, zone) {
            return at;
        }
        let shown = at.to_zoned(zone.rules());
        let day = if shown.time() >= self.from {
            Some(shown.date())
        } else {
            shown.date().yesterday().ok()
        };
        let began = day.and_then(|day| day.to_datetime(self.from).to_zoned(zone.rules()).ok());
        // Where the clock is put forward, the quiet may begin at an hour that is not there that day.
        let began = began.map_or(at, |began| began.timestamp().min(at));
        began.checked_sub(BEFOREHAND).unwrap_or(Timestamp::MIN)
    }
}

/// As it is kept: `21:00`, `08:00`.
#[derive(Serialize, Deserialize)]
struct Raw {
    from: Time,
    until: Time,
}

impl TryFrom<Raw> for QuietHours {
    type Error = BadQuietHours;

    fn try_from(raw: Raw) -> Result<Self, BadQuietHours> {
        Self::new(raw.from, raw.until)
    }
}

impl From<QuietHours> for Raw {
    fn from(quiet: QuietHours) -> Self {
        Self {
            from: quiet.from,
            until: quiet.until,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(zone: &str, wished: &str, told: &str) {
        let zone = zone.parse().unwrap();
        assert_eq!(QuietHours::usual().not_within(at(wished), &zone), at(told));
    }

    #[test]
    fn what_would_come_at_night_comes_in_the_evening_before() {
        check(
            "Asia/Tokyo",
            "2027-02-14T20:59:59+09:00",
            "2027-02-14T20:59:59+09:00",
        );
        check(
            "Asia/Tokyo",
            "2027-02-14T21:00:00+09:00",
            "2027-02-14T20:30:00+09:00",
        );
        check(
            "Asia/Tokyo",
            "2027-02-15T00:00:00+09:00",
            "2027-02-14T20:30:00+09:00",
        );
        check(
            "Asia/Tokyo",
            "2027-02-15T07:59:59+09:00",
            "2027-02-14T20:30:00+09:00",
        );
        check(
            "Asia/Tokyo",
            "2027-02-15T08:00:00+09:00",
            "2027-02-15T08:00:00+09:00",
        );
        check(
            "Asia/Tokyo",
            "2028-03-01T03:00:00+09:00",
            "2028-02-29T20:30:00+09:00",
        );
    }

    #[test]
    fn somebody_abroad_sleeps_at_their_own_night() {
        // 9:30 in Annaka is 19:30 of the day before in New York, and 1:30 in Berlin.
        check(
            "America/New_York",
            "2027-02-14T09:30:00+09:00",
            "2027-02-14T09:30:00+09:00",
        );
        check(
            "Europe/Berlin",
            "2027-02-14T09:30:00+09:00",
            "2027-02-13T20:30:00+01:00",
        );
    }

    #[test]
    fn a_night_with_another_length_has_the_same_evening() {
        // The clocks of Berlin are put forward on 28 March 2027 and back on 31 October.
        check(
            "Europe/Berlin",
            "2027-03-28T04:00:00+02:00",
            "2027-03-27T20:30:00+01:00",
        );
        check(
            "Europe/Berlin",
            "2027-10-31T04:00:00+01:00",
            "2027-10-30T20:30:00+02:00",
        );
        let early = QuietHours::new(time(2, 30, 0, 0), time(8, 0, 0, 0)).unwrap();
        let zone = "Europe/Berlin".parse().unwrap();
        // 2:30 is not there that night.
        let told = early.not_within(at("2027-03-28T03:10:00+02:00"), &zone);
        assert!(told <= at("2027-03-28T03:10:00+02:00"));
    }

    #[test]
    fn quiet_all_day_long_is_refused() {
        for (from, until) in [((8, 0), (8, 0)), ((8, 0), (7, 59)), ((0, 0), (16, 1))] {
            let [from, until] = [from, until].map(|(hour, minute)| time(hour, minute, 0, 0));
            assert_eq!(QuietHours::new(from, until), Err(BadQuietHours));
        }
        let json = serde_json::to_string(&QuietHours::usual()).unwrap();
        assert_eq!(
            serde_json::from_str::<QuietHours>(&json).unwrap(),
            QuietHours::usual()
        );
        assert!(serde_json::from_str::<QuietHours>(&json.replace("08", "21")).is_err());
    }

    pub(crate) fn any_quiet() -> impl Strategy<Value = QuietHours> {
        (0_i8..24, 0_i8..60, 1_i64..=960).prop_map(|(hour, minute, length)| {
            let from = time(hour, minute, 0, 0);
            QuietHours::new(from, from.wrapping_add(SignedDuration::from_mins(length))).unwrap()
        })
    }

    proptest! {
        #[test]
        fn nothing_comes_later_or_much_earlier_than_wished(
            quiet in any_quiet(),
            zone in proptest::sample::select(vec!["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
            seconds in 1_700_000_000_i64..1_900_000_000,
        ) {
            let (zone, wished) = (zone.parse().unwrap(), Timestamp::from_second(seconds).unwrap());
            let told = quiet.not_within(wished, &zone);
            prop_assert!(told <= wished);
            prop_assert!(wished.duration_since(told) <= SignedDuration::from_hours(18));
            prop_assert_eq!(told == wished, !quiet.covers(wished, &zone));
        }
    }
}
