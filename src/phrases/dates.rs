//! Dates as people read them, exactly as precise as they are known.

use jiff::{Timestamp, civil::Date};

use crate::{
    clock::in_city,
    knowledge::AsOf,
    lang::Lang,
    phrases::{Phrases, Text},
};

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
        let shown = in_city(at);
        let weekday = &self.say(
            lang,
            &Text::Weekday {
                number: shown.weekday().to_monday_one_offset(),
            },
        );
        let month = &self.say(
            lang,
            &Text::MonthShort {
                number: shown.month(),
            },
        );
        let minute = &self.say(
            lang,
            &Text::Minute {
                number: shown.minute(),
            },
        );
        let (year, day, hour) = (shown.year(), shown.day(), shown.hour());
        let text = if year == in_city(now).year() {
            Text::Moment {
                weekday,
                month,
                day,
                hour,
                minute,
            }
        } else {
            Text::MomentOfYear {
                year,
                weekday,
                month,
                day,
                hour,
                minute,
            }
        };
        self.say(lang, &text)
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
