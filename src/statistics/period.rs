//! Weeks and months of the city's calendar.

use jiff::{Timestamp, ToSpan, civil::Date};

use crate::clock::from_city;

/// What figures are counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Monday to Sunday.
    Week,
    Month,
}

impl Span {
    pub const ALL: [Self; 2] = [Self::Week, Self::Month];
}

/// One week or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    span: Span,
    first: Date,
}

impl Period {
    /// The one that holds this day.
    #[must_use]
    pub fn of(span: Span, day: Date) -> Self {
        let first = match span {
            Span::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Span::Month => day.first_of_month(),
        };
        Self { span, first }
    }

    #[must_use]
    pub fn span(self) -> Span {
        self.span
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.end().saturating_sub(1.day())
    }

    /// The first day after it.
    #[must_use]
    pub fn end(self) -> Date {
        match self.span {
            Span::Week => self.first.saturating_add(7.days()),
            Span::Month => self.first.saturating_add(1.month()),
        }
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.span, self.first.saturating_sub(1.day()))
    }

    /// The period this many before.
    #[must_use]
    pub fn back(self, count: u8) -> Self {
        (0..count).fold(self, |period, _| period.before())
    }

    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        (self.first..self.end()).contains(&day)
    }

    /// When its first day begins in the city.
    #[must_use]
    pub fn starts(self) -> Timestamp {
        from_city(self.first.to_datetime(jiff::civil::Time::midnight())).unwrap_or(Timestamp::MIN)
    }

    /// Its days.
    pub fn days(self) -> impl Iterator<Item = Date> {
        let end = self.end();
        self.first.series(1.day()).take_while(move |day| *day < end)
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, civil::date};
    use proptest::prelude::*;

    use super::*;
    use crate::clock::in_city;

    #[test]
    fn a_week_runs_from_monday_to_sunday_in_the_city() {
        let week = Period::of(Span::Week, date(2026, 11, 22));
        assert_eq!(
            (week.first(), week.last()),
            (date(2026, 11, 16), date(2026, 11, 22))
        );
        assert_eq!(week.starts().to_string(), "2026-11-15T15:00:00Z");
        assert_eq!(week.days().count(), 7);
        let month = Period::of(Span::Month, date(2027, 1, 31)).before();
        assert_eq!(
            (month.first(), month.last()),
            (date(2026, 12, 1), date(2026, 12, 31))
        );
    }

    proptest! {
        /// Weeks and months each cover every moment exactly once, and no day is longer or shorter than others.
        #[test]
        fn periods_stand_end_to_end(seconds in 0_i64..4_000_000_000, weekly in any::<bool>(), back in 0_u8..30) {
            let at = Timestamp::from_second(seconds).unwrap();
            let day = in_city(at).date();
            let span = if weekly { Span::Week } else { Span::Month };
            let period = Period::of(span, day);
            prop_assert!(period.contains(day) && period.starts() <= at);
            prop_assert!(Period::of(span, period.end()).starts() > at);
            prop_assert_eq!(period.before().end(), period.first());
            prop_assert_eq!(Period::of(span, period.last()), period);
            let days = i64::try_from(period.days().count()).unwrap();
            let long = Period::of(span, period.end()).starts().duration_since(period.starts());
            prop_assert_eq!(long, SignedDuration::from_hours(24 * days));
            prop_assert!(period.back(back).first() <= period.first());
        }
    }
}
