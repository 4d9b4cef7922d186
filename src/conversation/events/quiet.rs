//! Quiet hours as movers write them.

use std::sync::LazyLock;

use jiff::civil::Time;
use regex::{Captures, Regex};
use unicode_normalization::UnicodeNormalization;

use crate::reminders::QuietHours;

/// A time of day as it was written: with the half of the day it belongs to, or without.
#[derive(Clone, Copy)]
struct Said {
    hour: i8,
    minute: i8,
    half: Option<Half>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// 「22:00-7:00」, 「22時〜7時半」, "22-7", 「午後9時から午前8時」, "9pm to 8am".
pub(super) fn read(text: &str) -> Option<QuietHours> {
    static SPAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let half = "(午前|午後|朝|夜|am|pm)?";
        let time = format!(r"{half}\s*(\d{{1,2}})(?:[:時](\d{{2}}|半)?分?)?\s*(am|pm)?");
        Regex::new(&format!(r"{time}\D+?{time}\D*$")).ok()
    });
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let plain = plain.replace("a.m.", "am").replace("p.m.", "pm");
    let span = SPAN.as_ref()?.captures(&plain)?;
    let (from, until) = (Said::of(&span, 1)?, Said::of(&span, 5)?);
    // Whether "9-11pm" begins in the morning, nobody knows.
    if from.half.is_none() && span.get(8).is_some() {
        return None;
    }
    let hours = |until: Said| QuietHours::new(from.time()?, until.time()?).ok();
    // 「午後1時から5時」 stays in the afternoon, 「午後10時から6時」 cannot.
    let same_half = until.half.is_none().then(|| until.within(from.half));
    same_half.and_then(hours).or_else(|| hours(until))
}

impl Said {
    /// The time whose half of the day, if any, stands in this group or in the third after it.
    fn of(span: &Captures<'_>, group: usize) -> Option<Self> {
        let found = |at: usize| span.get(at).map(|found| found.as_str());
        let hour: i8 = found(group + 1)?.parse().ok()?;
        let (hour, half) = match (found(group).or(found(group + 3)), hour) {
            (Some("夜"), 12) => (24, None),
            // 「夜1時」 is after midnight.
            (Some("夜"), ..6) | (None, _) => (hour, None),
            (Some("午前" | "朝" | "am"), _) => (hour, Some(Half::Morning)),
            (Some(_), _) => (hour, Some(Half::Afternoon)),
        };
        let minute = match found(group + 2) {
            None => 0,
            Some("半") => 30,
            Some(minute) => minute.parse().ok()?,
        };
        Some(Self { hour, minute, half })
    }

    fn within(self, half: Option<Half>) -> Self {
        // Twelve after an hour of the evening is midnight.
        let hour = if half == Some(Half::Afternoon) && self.hour == 12 {
            24
        } else {
            self.hour
        };
        Self { hour, half, ..self }
    }

    fn time(self) -> Option<Time> {
        let hour = match self.half {
            Some(Half::Afternoon) if self.hour < 12 => self.hour + 12,
            Some(Half::Morning) if self.hour == 12 => 0,
            Some(Half::Morning) if self.hour > 12 => return None,
            _ => self.hour,
        };
        Time::new(hour % 24, self.minute, 0, 0)
            .ok()
            .filter(|_| hour <= 24)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[track_caller]
    fn hours(from: (i8, i8), until: (i8, i8)) -> Option<QuietHours> {
        QuietHours::new(time(from.0, from.1, 0, 0), time(until.0, until.1, 0, 0)).ok()
    }

    #[test]
    fn quiet_hours_are_read_as_people_write_them() {
        let wanted = hours((22, 0), (7, 30));
        for said in [
            "22:00-7:30",
            "２２：００〜７：３０",
            "22時から7時30分まで",
            "22時〜7時半",
            "22 to 7:30",
            "午後10時から午前7時半まで",
            "夜10時から朝7時半",
            "10pm-7:30am",
            "10 p.m. to 7:30 a.m.",
            "午後10時から7時半",
        ] {
            assert_eq!(read(said), wanted, "{said}");
        }
        assert_eq!(read("24:00-6:00"), hours((0, 0), (6, 0)));
    }

    #[test]
    fn the_afternoon_is_the_afternoon() {
        for (said, wanted) in [
            ("午後8時〜12時", hours((20, 0), (0, 0))),
            ("1pm-5pm", hours((13, 0), (17, 0))),
            ("午後1時から5時", hours((13, 0), (17, 0))),
            ("午後9時から午前8時", hours((21, 0), (8, 0))),
            ("夜12時から6時", hours((0, 0), (6, 0))),
            ("12am-6am", hours((0, 0), (6, 0))),
            ("12pm-2pm", hours((12, 0), (14, 0))),
            ("8 to 12", hours((8, 0), (12, 0))),
            ("9-11pm", None),
            ("午前13時から15時", None),
        ] {
            assert_eq!(read(said), wanted, "{said}");
        }
    }

    #[test]
    fn nonsense_is_no_quiet() {
        for nonsense in ["", "22", "25:00-7:00", "8:00-7:00", "夜", "22:75-7:00"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
