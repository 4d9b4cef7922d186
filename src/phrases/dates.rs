//! Dates as people read them, exactly as precise as they are known.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};

use crate::{
    clock::in_city,
    knowledge::{AsOf, event::When},
    lang::Lang,
    phrases::{Phrases, Text},
};

/// The parts of a moment that are words.
struct Shown {
    weekday: String,
    month: String,
    minute: String,
}

impl Phrases {
    /// A day: 「2027年3月31日」, "31 March 2027".
    #[must_use]
    pub fn day(&self, lang: Lang, date: Date) -> String {
        let month = self.month(lang, date.month());
        self.say(
            lang,
            &Text::Day {
                year: date.year(),
                month: &month,
                day: date.day(),
            },
        )
    }

    /// A moment on the city's clocks, to the minute, without its year where that is this year:
    /// 「11月24日(火)8:35」, "Tue 24 Nov, 8:35 (Japan time)".
    #[must_use]
    pub fn moment(&self, lang: Lang, at: Timestamp, now: Timestamp) -> String {
        if in_city(at).year() != in_city(now).year() {
            return self.moment_of_year(lang, at);
        }
        let Shown {
            weekday,
            month,
            minute,
        } = &self.shown(lang, at);
        let shown = in_city(at);
        let (day, hour) = (shown.day(), shown.hour());
        self.say(
            lang,
            &Text::Moment {
                weekday,
                month,
                day,
                hour,
                minute,
            },
        )
    }

    /// A moment on the city's clocks, to the minute, with its year: 「2027年2月14日(日)9:30」.
    #[must_use]
    pub fn moment_of_year(&self, lang: Lang, at: Timestamp) -> String {
        let Shown {
            weekday,
            month,
            minute,
        } = &self.shown(lang, at);
        let shown = in_city(at);
        let (year, day, hour) = (shown.year(), shown.day(), shown.hour());
        self.say(
            lang,
            &Text::MomentOfYear {
                year,
                weekday,
                month,
                day,
                hour,
                minute,
            },
        )
    }

    /// A day with its weekday: 「2027年2月14日(日)」, "Sun 14 Feb 2027".
    #[must_use]
    pub fn day_of_week(&self, lang: Lang, date: Date) -> String {
        let weekday = &self.weekday(lang, date);
        let month = &self.month_short(lang, date);
        let (year, day) = (date.year(), date.day());
        self.say(
            lang,
            &Text::WhenDay {
                year,
                month,
                day,
                weekday,
            },
        )
    }

    /// A day without its year, with its weekday: 「2月14日(日)」, "Sun 14 Feb".
    #[must_use]
    pub fn short_day(&self, lang: Lang, date: Date) -> String {
        let weekday = &self.weekday(lang, date);
        let month = &self.month_short(lang, date);
        let day = date.day();
        self.say(lang, &Text::ShortDay { month, day, weekday })
    }

    /// A month of a year: 「2027年2月」, "February 2027".
    #[must_use]
    pub fn month_of_year(&self, lang: Lang, date: Date) -> String {
        let month = &self.month(lang, date.month());
        let year = date.year();
        self.say(lang, &Text::MonthOfYear { year, month })
    }

    /// When an event is, on the city's clocks, with everything that is known of it and nothing else.
    #[must_use]
    pub fn when(&self, lang: Lang, when: &When) -> String {
        match when {
            When::AllDay(days) if days.first() == days.last() => self.day_of_week(lang, days.first()),
            When::AllDay(days) => {
                let (from, until) = (
                    &self.day_of_week(lang, days.first()),
                    &self.day_of_week(lang, days.last()),
                );
                self.say(lang, &Text::WhenSpan { from, until })
            }
            When::Timed(hours) => {
                let moment = &self.moment_of_year(lang, hours.starts());
                match hours.ends() {
                    None => self.say(lang, &Text::WhenFrom { moment }),
                    Some(ends) if in_city(ends).date() == in_city(hours.starts()).date() => {
                        let minute = &self.shown(lang, ends).minute;
                        let hour = in_city(ends).hour();
                        self.say(lang, &Text::WhenSameDay { moment, hour, minute })
                    }
                    Some(ends) => {
                        let until = &self.moment_of_year(lang, ends);
                        self.say(lang, &Text::WhenSpan { from: moment, until })
                    }
                }
            }
        }
    }

    /// A time of the day: 「21:00」.
    #[must_use]
    pub fn clock_time(&self, lang: Lang, at: Time) -> String {
        let minute = &self.minute(lang, at.minute());
        let hour = at.hour();
        self.say(lang, &Text::ClockTime { hour, minute })
    }

    fn shown(&self, lang: Lang, at: Timestamp) -> Shown {
        let shown = in_city(at);
        Shown {
            weekday: self.weekday(lang, shown.date()),
            month: self.month_short(lang, shown.date()),
            minute: self.minute(lang, shown.minute()),
        }
    }

    fn weekday(&self, lang: Lang, date: Date) -> String {
        let number = date.weekday().to_monday_one_offset();
        self.say(lang, &Text::Weekday { number })
    }

    fn month_short(&self, lang: Lang, date: Date) -> String {
        let number = date.month();
        self.say(lang, &Text::MonthShort { number })
    }

    fn minute(&self, lang: Lang, number: i8) -> String {
        self.say(lang, &Text::Minute { number })
    }

    /// The day, month or year a document speaks of: 「2023年10月末時点」, "FY2014".
    #[must_use]
    pub fn as_of(&self, lang: Lang, as_of: AsOf) -> String {
        match as_of {
            AsOf::Year(year) => self.say(lang, &Text::AsOfYear { year }),
            AsOf::FiscalYear(year) => self.say(lang, &Text::AsOfFiscalYear { year }),
            AsOf::Month(year, month) => {
                let month = &self.month(lang, month);
                self.say(lang, &Text::AsOfMonth { year, month })
            }
            AsOf::Day(date) => {
                let (year, day) = (date.year(), date.day());
                let month = &self.month(lang, date.month());
                if date == date.last_of_month() {
                    self.say(lang, &Text::AsOfMonthEnd { year, month })
                } else {
                    self.say(lang, &Text::AsOfDay { year, month, day })
                }
            }
        }
    }

    /// A page without a date, by the year it was read.
    #[must_use]
    pub fn undated(&self, lang: Lang, read: AsOf) -> String {
        let year = read.last_day().year();
        self.say(lang, &Text::AsOfUndated { year })
    }

    fn month(&self, lang: Lang, number: i8) -> String {
        self.say(lang, &Text::Month { number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_said_with_its_weekday_on_the_citys_clocks() {
        let phrases = Phrases::load().unwrap();
        let now = "2026-11-20T08:10:00Z".parse().unwrap();
        let check = |at: &str, wanted: [&str; 3]| {
            let at = at.parse().unwrap();
            assert_eq!(Lang::ALL.map(|lang| phrases.moment(lang, at, now)), wanted);
        };
        check(
            "2026-11-24T00:30:00Z",
            [
                "11月24日(火)9:30",
                "11月24日(火よう日)9時30分",
                "Tue 24 Nov, 9:30 (Japan time)",
            ],
        );
        check(
            "2026-12-06T04:05:59Z",
            [
                "12月6日(日)13:05",
                "12月6日(日よう日)13時5分",
                "Sun 6 Dec, 13:05 (Japan time)",
            ],
        );
        // Still the old year in London.
        check(
            "2026-12-31T15:00:00Z",
            [
                "2027年1月1日(金)0:00",
                "2027年1月1日(金よう日)0時",
                "Fri 1 Jan 2027, 0:00 (Japan time)",
            ],
        );
    }

    #[test]
    fn a_date_is_said_as_precisely_as_it_is_known() {
        let phrases = Phrases::load().unwrap();
        let check = |as_of: &str, wanted: [&str; 3]| {
            let as_of = as_of.parse().unwrap();
            assert_eq!(Lang::ALL.map(|lang| phrases.as_of(lang, as_of)), wanted);
        };
        check(
            "2023-10-31",
            [
                "2023年10月末時点",
                "2023年10月の 終わりの 資料",
                "as of the end of October 2023",
            ],
        );
        check(
            "2026-02-12",
            [
                "2026年2月12日時点",
                "2026年2月12日の 資料",
                "as of 12 February 2026",
            ],
        );
        check("2015-11", ["2015年11月", "2015年11月", "November 2015"]);
        check("2020", ["2020年", "2020年", "2020"]);
        check("FY2014", ["2014年度", "2014年4月からの 1年", "FY2014"]);
        assert_eq!(
            Lang::ALL.map(|lang| phrases.undated(lang, AsOf::Year(2026))),
            [
                "日付なし、2026年に確認",
                "日づけなし、2026年に 見ました",
                "undated, read in 2026"
            ]
        );
    }
}
