//! What staff are told of each week without asking: a picture, and the same in words below it.

use jiff::{
    Timestamp,
    civil::{Date, Time, time},
};

use crate::{
    clock::{from_city, in_city},
    conversation::Note,
    handover::{DESK_LANG, DeskHours, DeskSenses},
    outgoing::{
        Act, Chart, Html, Outgoing, Priority, To, Voice,
        picture::{Day, Tile, Topic},
    },
    phrases::Text,
    statistics::{
        figures::by_day,
        page::{self, Told},
        period::Period,
    },
};

/// On the city's clocks.
const AT: Time = time(9, 0, 0, 0);
/// At most this many topics are drawn.
const DRAWN: usize = 5;
/// At most this many are named below.
const NAMED: usize = 3;

/// When the week before this Monday is reported: at nine on the first desk day from then on, which may fall into a
/// later week if the whole week is free.
#[must_use]
pub fn due(monday: Date, hours: &DeskHours<'_>) -> Timestamp {
    let midnight = from_city(monday.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX);
    let opens = hours.opens_after(midnight);
    let nine = from_city(in_city(opens).date().to_datetime(AT));
    nine.map_or(opens, |nine| nine.max(opens))
}

/// What the group is told of a week; `None` if nobody asked anything in it or in the one before.
#[must_use]
pub fn weekly(told: &Told, notes: &[Note], senses: &DeskSenses<'_>) -> Option<Outgoing> {
    if told.figures.outcomes.asked() + told.before.outcomes.asked() == 0 {
        return None;
    }
    let act = Act::SendPicture {
        chart: Box::new(chart(told, notes, senses)),
        html: caption(told, senses),
    };
    Some(Outgoing {
        to: To::Group,
        about: None,
        priority: Priority::Staff,
        voice: Voice::Needed,
        act,
    })
}

/// The main figures in words, for those who do not see the picture.
fn caption(told: &Told, senses: &DeskSenses<'_>) -> Html {
    Html::bold(&page::title(told.period, senses))
        .line(&senses.html(&Text::StatsComparedWeek))
        .paragraph(&page::asked(told, senses))
        .line(&page::share(told, senses))
        .line(&page::cases(told, senses))
        .paragraph(&page::topics(told, NAMED, senses))
        .paragraph(&senses.html(&Text::PictureMore))
}

fn chart(told: &Told, notes: &[Note], senses: &DeskSenses<'_>) -> Chart {
    let topics = told.figures.topics.iter().take(DRAWN);
    Chart {
        title: senses.say(&Text::PictureTitle),
        subtitle: days_of(told.period, senses),
        tiles: tiles(told, senses),
        bars_title: senses.say(&Text::PictureBars),
        parts: page::names(senses).to_vec(),
        days: days(told.period, notes, senses),
        line: senses.say(&Text::PictureLine),
        topics_title: senses.say(&Text::StatsTopics),
        topics: topics
            .map(|(entry, count)| Topic {
                title: page::entry_title(entry, senses),
                count: *count,
            })
            .collect(),
        no_topics: senses.say(&Text::PictureNoTopics),
    }
}

fn days_of(period: Period, senses: &DeskSenses<'_>) -> String {
    let phrases = senses.talk.phrases;
    senses.say(&Text::PictureDays {
        from: &phrases.day_of_week(DESK_LANG, period.first()),
        to: &phrases.short_day(DESK_LANG, period.last()),
    })
}

fn tiles(told: &Told, senses: &DeskSenses<'_>) -> Vec<Tile> {
    let (now, before) = (&told.figures, &told.before);
    let count = |count| {
        senses.say(&Text::PictureCount {
            count: page::shown(count),
        })
    };
    let percent = |share| page::percent(share, senses);
    let wait = |wait: Option<u32>| match wait {
        Some(minutes) => page::minutes(minutes, senses),
        None => senses.say(&Text::StatsUnknown),
    };
    let tile = |label: &Text<'_>, value: String, before: &str| Tile {
        label: senses.say(label),
        value,
        aside: senses.say(&Text::PictureBefore { value: before }),
    };
    let (asked, asked_before) = (now.outcomes.asked(), before.outcomes.asked());
    vec![
        tile(&Text::PictureAsked, count(asked), &count(asked_before)),
        tile(
            &Text::PictureShare,
            percent(now.outcomes.share()),
            &percent(before.outcomes.share()),
        ),
        tile(&Text::PictureCases, count(now.opened), &count(before.opened)),
        tile(&Text::PictureWait, wait(now.wait(50)), &wait(before.wait(50))),
    ]
}

fn days(period: Period, notes: &[Note], senses: &DeskSenses<'_>) -> Vec<Day> {
    let days = by_day(notes, period.days());
    let before = by_day(notes, period.before().days());
    let pairs = days.into_iter().zip(before);
    pairs
        .map(|((day, outcomes), (_, before))| Day {
            label: senses.say(&Text::Weekday {
                number: day.weekday().to_monday_one_offset(),
            }),
            parts: outcomes.parts().to_vec(),
            before: before.asked(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{DateTime, date};

    use super::*;
    use crate::knowledge::Holidays;

    #[test]
    fn a_week_is_told_at_nine_on_its_first_desk_day() {
        let free = [
            date(2026, 11, 23),
            date(2027, 5, 3),
            date(2027, 5, 4),
            date(2027, 5, 5),
        ];
        let holidays = Holidays(free.map(|day| (day, "祝日".to_owned())).into());
        let hours = DeskHours { holidays: &holidays };
        for (monday, wanted) in [
            (date(2026, 11, 16), "2026-11-16T09:00:00"),
            (date(2026, 11, 23), "2026-11-24T09:00:00"),
            (date(2027, 5, 3), "2027-05-06T09:00:00"),
            // From Tuesday on the city hall pauses for the new year.
            (date(2026, 12, 28), "2026-12-28T09:00:00"),
            // All of that week is free: it is not told, and the next one is.
            (date(2025, 12, 29), "2026-01-05T09:00:00"),
        ] {
            let shown: DateTime = in_city(due(monday, &hours)).datetime();
            assert_eq!(shown.to_string(), wanted);
        }
    }
}
