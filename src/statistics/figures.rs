//! Counting.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    clock::in_city,
    conversation::{Came, Note},
    handover::{Happened, Happening},
    knowledge::EntryId,
    lang::Lang,
    statistics::period::Period,
};

/// What came of questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Answered at once.
    pub answered: u32,
    pub choices: u32,
    /// Known not to be in the papers.
    pub gaps: u32,
    /// A rule sent it to a person.
    pub to_person: u32,
    pub not_understood: u32,
    /// Nothing the concierge is there for.
    pub declined: u32,
}

impl Outcomes {
    /// In the order in which they are shown.
    #[must_use]
    pub fn parts(self) -> [u32; 6] {
        [
            self.answered,
            self.choices,
            self.gaps,
            self.to_person,
            self.not_understood,
            self.declined,
        ]
    }

    /// All questions.
    #[must_use]
    pub fn asked(self) -> u32 {
        self.parts().iter().sum()
    }

    /// The percentage of questions answered at once; `None` without questions.
    #[must_use]
    pub fn share(self) -> Option<u32> {
        let asked = u64::from(self.asked());
        let rounded = (u64::from(self.answered) * 100 + asked / 2).checked_div(asked)?;
        u32::try_from(rounded).ok()
    }

    /// Greetings, settings and what is too long to be read are no questions.
    fn add(&mut self, came: Came) -> bool {
        let place = match came {
            Came::Answer => &mut self.answered,
            Came::Clarify => &mut self.choices,
            Came::Gap => &mut self.gaps,
            Came::Person => &mut self.to_person,
            Came::NotUnderstood => &mut self.not_understood,
            Came::Refuse => &mut self.declined,
            Came::Smalltalk | Came::Setting | Came::TooLong => return false,
        };
        *place += 1;
        true
    }
}

/// Everything that is counted over a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    pub outcomes: Outcomes,
    /// In the order of [`Lang::ALL`].
    pub languages: [u32; 3],
    /// Entries that were shown, the most frequent first.
    pub topics: Vec<(EntryId, u32)>,
    pub opened: u32,
    pub closed: u32,
    /// From asking for a person to the first reply, in the desk's minutes, the shortest first.
    pub waits: Vec<u32>,
    /// How often each number of stars was given, one star first.
    pub ratings: [u32; 5],
}

/// Counts what lies within.
#[must_use]
pub fn count(notes: &[Note], happened: &[Happening], period: Period) -> Figures {
    let mut figures = Figures::default();
    let mut topics: BTreeMap<&EntryId, u32> = BTreeMap::new();
    for note in notes
        .iter()
        .filter(|note| period.contains(in_city(note.at()).date()))
    {
        let Note::Asked {
            lang, outcome, entry, ..
        } = note
        else {
            continue;
        };
        if !figures.outcomes.add(*outcome) {
            continue;
        }
        for (place, _) in Lang::ALL.iter().enumerate().filter(|(_, one)| *one == lang) {
            figures.languages[place] += 1;
        }
        if let (Came::Answer, Some(entry)) = (outcome, entry) {
            *topics.entry(entry).or_default() += 1;
        }
    }
    figures.topics = topics
        .into_iter()
        .map(|(entry, count)| (entry.clone(), count))
        .collect();
    figures.topics.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut stars = [0_i64; 5];
    for one in happened.iter().filter(|one| period.contains(one.on)) {
        figures.add(&one.what, &mut stars);
    }
    figures.waits.sort_unstable();
    figures.ratings = stars.map(|count| u32::try_from(count).unwrap_or_default());
    figures
}

/// What came of questions day by day, and what of all of them the day before by a week.
#[must_use]
pub fn by_day(notes: &[Note], days: impl Iterator<Item = Date>) -> Vec<(Date, Outcomes)> {
    let mut found: Vec<(Date, Outcomes)> = days.map(|day| (day, Outcomes::default())).collect();
    for note in notes {
        if let Note::Asked { outcome, at, .. } = note {
            let day = in_city(*at).date();
            if let Some((_, outcomes)) = found.iter_mut().find(|(one, _)| *one == day) {
                outcomes.add(*outcome);
            }
        }
    }
    found
}

impl Figures {
    fn add(&mut self, what: &Happened, stars: &mut [i64; 5]) {
        match what {
            Happened::Opened { .. } => self.opened += 1,
            Happened::FirstReply { desk_minutes, .. } => self.waits.push(*desk_minutes),
            Happened::Closed => self.closed += 1,
            Happened::Rated {
                stars: given,
                instead_of,
            } => {
                let places = |stars: u8| usize::from(stars).checked_sub(1);
                // A rating of an earlier time that was changed in this one counts as none here.
                if let Some(count) = places(*given).and_then(|place| stars.get_mut(place)) {
                    *count += 1;
                }
                let before = instead_of.and_then(places).and_then(|place| stars.get_mut(place));
                if let Some(count) = before {
                    *count -= 1;
                }
            }
        }
    }

    /// The wait that this percentage did not exceed; `None` without a reply.
    #[must_use]
    pub fn wait(&self, percent: usize) -> Option<u32> {
        let place = (self.waits.len() * percent).div_ceil(100).saturating_sub(1);
        self.waits.get(place).copied()
    }

    /// How many stars were given on average, in tenths, and by how many.
    #[must_use]
    pub fn rating(&self) -> Option<(u32, u32)> {
        let count: u32 = self.ratings.iter().sum();
        let stars: u32 = (1..).zip(self.ratings).map(|(stars, count)| stars * count).sum();
        let tenths = (stars * 10 + count / 2).checked_div(count)?;
        Some((tenths, count))
    }

    /// Nothing happened at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outcomes.asked() == 0 && self.opened == 0 && self.closed == 0 && self.rating().is_none()
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp, ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::period::Span;

    fn week() -> Period {
        Period::of(Span::Week, date(2026, 11, 16))
    }

    fn asked(outcome: Came, entry: &str, at: Timestamp) -> Note {
        Note::Asked {
            question: "?".to_owned(),
            lang: Lang::Ja,
            outcome,
            entry: entry.parse().ok(),
            at,
        }
    }

    fn happening(day: i8, what: Happened) -> Happening {
        Happening {
            on: date(2026, 11, day),
            what,
        }
    }

    #[test]
    fn a_week_is_counted_to_its_last_second_and_no_further() {
        let start = week().starts();
        let end = start + SignedDuration::from_hours(7 * 24);
        let second = SignedDuration::from_secs(1);
        let notes = [
            asked(Came::Answer, "a", start - second),
            asked(Came::Answer, "b", start),
            asked(Came::Gap, "gap-c", end - second),
            asked(Came::Smalltalk, "", end - second),
            asked(Came::Answer, "d", end),
        ];
        let figures = count(&notes, &[], week());
        assert_eq!(figures.outcomes.asked(), 2);
        assert_eq!(figures.outcomes.share(), Some(50));
        let topics: Vec<&str> = figures.topics.iter().map(|(entry, _)| entry.as_str()).collect();
        assert_eq!(topics, ["b"], "what is not known is no topic");
    }

    #[test]
    fn waits_have_a_middle_and_a_long_end() {
        let replies = [5, 90, 10, 20, 30, 40, 50, 60, 70, 80].map(|desk_minutes| {
            let what = Happened::FirstReply {
                desk_minutes,
                minutes: 1000,
            };
            happening(17, what)
        });
        let figures = count(&[], &replies, week());
        assert_eq!((figures.wait(50), figures.wait(90)), (Some(40), Some(80)));
        assert_eq!(Figures::default().wait(50), None);
    }

    #[test]
    fn a_rating_said_again_counts_once() {
        let rated = |day, stars, instead_of| happening(day, Happened::Rated { stars, instead_of });
        let all = [rated(16, 3, None), rated(17, 5, Some(3)), rated(18, 4, None)];
        assert_eq!(count(&[], &all, week()).rating(), Some((45, 2)));
        let odd = [rated(16, 0, None), rated(16, 9, Some(2))];
        assert_eq!(count(&[], &odd, week()).rating(), None);
    }

    fn came() -> impl Strategy<Value = Came> {
        proptest::sample::select(vec![
            Came::Answer,
            Came::Clarify,
            Came::Gap,
            Came::Person,
            Came::NotUnderstood,
            Came::Smalltalk,
            Came::Refuse,
            Came::Setting,
            Came::TooLong,
        ])
    }

    proptest! {
        /// Whatever was asked and whenever: parts, languages and days each add up to all questions.
        #[test]
        fn sums_agree(asks in proptest::collection::vec((came(), 0_usize..3, 0_i64..21 * 24 * 60), 0..60)) {
            let from = week().before().starts();
            let notes: Vec<Note> = asks
                .iter()
                .map(|(outcome, lang, minutes)| Note::Asked {
                    question: String::new(),
                    lang: Lang::ALL[*lang],
                    outcome: *outcome,
                    entry: "entry".parse().ok(),
                    at: from + SignedDuration::from_mins(*minutes),
                })
                .collect();
            let three = [week().before(), week(), Period::of(Span::Week, week().end())];
            let mut all = 0;
            for period in three {
                let figures = count(&notes, &[], period);
                let asked = figures.outcomes.asked();
                prop_assert_eq!(figures.languages.iter().sum::<u32>(), asked);
                prop_assert_eq!(figures.topics.iter().map(|(_, count)| count).sum::<u32>(), figures.outcomes.answered);
                let days: u32 = by_day(&notes, period.days()).iter().map(|(_, outcomes)| outcomes.asked()).sum();
                prop_assert_eq!(days, asked);
                prop_assert!(figures.outcomes.share().is_none_or(|share| share <= 100));
                prop_assert_eq!(figures.outcomes.share().is_none(), asked == 0);
                all += asked;
            }
            let questions = asks.iter().filter(|(came, ..)| !matches!(came, Came::Smalltalk | Came::Setting | Came::TooLong));
            prop_assert_eq!(usize::try_from(all).unwrap(), questions.count());
        }

        #[test]
        fn an_empty_time_is_empty(days in -500_i64..500) {
            let period = Period::of(Span::Week, date(2026, 11, 16).saturating_add(days.days()));
            prop_assert!(count(&[], &[], period).is_empty());
        }
    }
}
