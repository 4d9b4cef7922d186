//! Dates as people read them, exactly as precise as they are known.

use jiff::civil::Date;

use crate::{
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
