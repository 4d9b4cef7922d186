//! The figures of a week or a month in words: one message that a phone shows whole.

use jiff::civil::Date;

use crate::{
    conversation::masked,
    handover::{DESK_LANG, DeskSenses},
    knowledge::EntryId,
    outgoing::{Buttons, Html},
    phrases::{Text, shortened},
    statistics::{
        button::StatsButton,
        figures::Figures,
        period::{Period, Span},
    },
};

/// At most this many topics are named.
const TOPICS: usize = 5;
/// At most this many unanswered questions are named.
const MISSES: usize = 3;
/// How much of a title or a question is shown, in characters.
const SHOWN: usize = 40;
/// Nobody looks further back: what is counted is kept for a year.
const FURTHEST: u8 = 60;

/// A question that was not answered, and how often one like it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    pub question: String,
    pub count: usize,
}

/// Who uses the bot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Movers {
    /// Came within the time.
    pub new: usize,
    /// Were last seen within the time.
    pub active: usize,
    /// Have stopped the bot, whenever that was.
    pub left: usize,
}

/// What is told of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub period: Period,
    pub figures: Figures,
    /// Those of the time before, to compare.
    pub before: Figures,
    /// The most frequent first.
    pub misses: Vec<Miss>,
    pub movers: Movers,
}

/// The message, with the buttons to other times; `back` says how long ago this one is.
#[must_use]
pub fn page(told: &Told, back: u8, senses: &DeskSenses<'_>) -> (Html, Buttons) {
    let mut html = Html::bold(&title(told.period, senses));
    if back == 0 {
        html = html.then(&senses.html(&Text::StatsSoFar));
    }
    if told.figures.is_empty() {
        html = html.paragraph(&senses.html(&Text::StatsNone));
    } else {
        html = html
            .line(&compared(told.period, senses))
            .paragraph(&questions(told, senses))
            .paragraph(&cases(told, senses))
            .paragraph(&topics(told, TOPICS, senses))
            .paragraph(&misses(told, senses))
            .paragraph(&languages(told, senses));
    }
    let html = html.paragraph(&movers(told, back, senses));
    (html, buttons(told.period.span(), back, senses))
}

/// The days of a time, as its title.
pub(super) fn title(period: Period, senses: &DeskSenses<'_>) -> String {
    let day = |day: Date| senses.talk.phrases.short_day(DESK_LANG, day);
    match period.span() {
        Span::Week => senses.say(&Text::StatsWeek {
            from: &day(period.first()),
            to: &day(period.last()),
        }),
        Span::Month => senses.say(&Text::StatsMonth {
            month: &senses.talk.phrases.month_of_year(DESK_LANG, period.first()),
        }),
    }
}

fn compared(period: Period, senses: &DeskSenses<'_>) -> Html {
    senses.html(match period.span() {
        Span::Week => &Text::StatsComparedWeek,
        Span::Month => &Text::StatsComparedMonth,
    })
}

/// The names of what can come of a question, in the order of [`super::Outcomes::parts`].
pub(super) fn names(senses: &DeskSenses<'_>) -> [String; 6] {
    [
        Text::StatsAnswered,
        Text::StatsChoices,
        Text::StatsGaps,
        Text::StatsToPerson,
        Text::StatsNotUnderstood,
        Text::StatsDeclined,
    ]
    .map(|text| senses.say(&text))
}

fn questions(told: &Told, senses: &DeskSenses<'_>) -> Html {
    let (outcomes, before) = (told.figures.outcomes, told.before.outcomes);
    let parts = names(senses);
    let parts = parts.iter().zip(outcomes.parts()).zip(before.parts());
    parts
        .filter(|((_, count), before)| count + before > 0)
        .fold(asked(told, senses), |html, ((name, count), before)| {
            html.line(&senses.html(&Text::StatsPart {
                name,
                count: shown(count),
                before: shown(before),
            }))
        })
        .line(&share(told, senses))
}

pub(super) fn asked(told: &Told, senses: &DeskSenses<'_>) -> Html {
    senses.html(&Text::StatsAsked {
        count: shown(told.figures.outcomes.asked()),
        before: shown(told.before.outcomes.asked()),
    })
}

pub(super) fn share(told: &Told, senses: &DeskSenses<'_>) -> Html {
    senses.html(&Text::StatsShare {
        share: &percent(told.figures.outcomes.share(), senses),
        before: &percent(told.before.outcomes.share(), senses),
    })
}

/// A share, or that there is none.
pub(super) fn percent(share: Option<u32>, senses: &DeskSenses<'_>) -> String {
    match share {
        Some(share) => senses.say(&Text::StatsPercent { share: shown(share) }),
        None => senses.say(&Text::StatsUnknown),
    }
}

/// Cases, how long movers waited, and what they thought of it; what did not happen is left out.
pub(super) fn cases(told: &Told, senses: &DeskSenses<'_>) -> Html {
    let figures = &told.figures;
    let mut html = senses.html(&Text::StatsCases {
        opened: shown(figures.opened),
        before: shown(told.before.opened),
        closed: shown(figures.closed),
    });
    if let Some((median, most)) = figures.wait(50).zip(figures.wait(90)) {
        let (median, most) = (&minutes(median, senses), &minutes(most, senses));
        html = html.line(&senses.html(&Text::StatsWait { median, most }));
    }
    if let Some((tenths, count)) = figures.rating() {
        let mean = &format!("{}.{}", tenths / 10, tenths % 10);
        let count = shown(count);
        html = html.line(&senses.html(&Text::StatsRating { mean, count }));
    }
    html
}

/// A time as people say it.
pub(super) fn minutes(minutes: u32, senses: &DeskSenses<'_>) -> String {
    let minutes = shown(minutes);
    match minutes / 60 {
        0 => senses.say(&Text::StatsMinutes { minutes }),
        hours => senses.say(&Text::StatsHours {
            hours,
            minutes: minutes % 60,
        }),
    }
}

/// The topics asked for most.
pub(super) fn topics(told: &Told, most: usize, senses: &DeskSenses<'_>) -> Html {
    let lines = told.figures.topics.iter().take(most).enumerate();
    let lines = lines.map(|(place, (entry, count))| {
        senses.html(&Text::StatsTopic {
            place: place + 1,
            title: &shortened(&entry_title(entry, senses), SHOWN),
            count: shown(*count),
        })
    });
    listed(&Text::StatsTopics, lines, senses)
}

/// What an entry is called; one that is gone is called by its id.
pub(super) fn entry_title(entry: &EntryId, senses: &DeskSenses<'_>) -> String {
    let known = senses.talk.revision.entries.get(entry);
    known.map_or_else(|| entry.to_string(), |known| known.label_in(DESK_LANG).to_owned())
}

fn misses(told: &Told, senses: &DeskSenses<'_>) -> Html {
    let lines = told.misses.iter().take(MISSES).map(|miss| {
        senses.html(&Text::StatsMiss {
            question: &shortened(&on_one_line(&miss.question), SHOWN),
            count: miss.count,
        })
    });
    listed(&Text::StatsMisses, lines, senses)
}

/// Masked once more: what was kept before questions were masked still lies there.
fn on_one_line(question: &str) -> String {
    masked(question).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Nothing where there is nothing to list.
fn listed(head: &Text<'_>, lines: impl Iterator<Item = Html>, senses: &DeskSenses<'_>) -> Html {
    let list = lines.fold(Html::default(), |list, line| list.line(&line));
    if list.is_empty() {
        return list;
    }
    senses.html(head).line(&list)
}

fn languages(told: &Told, senses: &DeskSenses<'_>) -> Html {
    let [ja, simple, en] = told.figures.languages.map(shown);
    if ja + simple + en == 0 {
        return Html::default();
    }
    senses.html(&Text::StatsLanguages { ja, simple, en })
}

/// Who was last seen when is only known of the present time.
fn movers(told: &Told, back: u8, senses: &DeskSenses<'_>) -> Html {
    let Movers { new, active, left } = told.movers;
    if back > 0 {
        return senses.html(&Text::StatsNewMovers { new });
    }
    senses.html(&Text::StatsMovers { active, new, left })
}

fn buttons(span: Span, back: u8, senses: &DeskSenses<'_>) -> Buttons {
    let to = |span, back, text: &Text<'_>| StatsButton { span, back }.face(senses.say(text));
    let mut rows = vec![match span {
        Span::Week => vec![to(Span::Month, 0, &Text::ButtonStatsMonth)],
        Span::Month => vec![to(Span::Week, 0, &Text::ButtonStatsWeek)],
    }];
    let mut turning = Vec::new();
    if back < FURTHEST {
        let text = match span {
            Span::Week => Text::ButtonStatsWeekBefore,
            Span::Month => Text::ButtonStatsMonthBefore,
        };
        turning.push(to(span, back + 1, &text));
    }
    if let Some(later) = back.checked_sub(1) {
        let text = match span {
            Span::Week => Text::ButtonStatsWeekAfter,
            Span::Month => Text::ButtonStatsMonthAfter,
        };
        turning.push(to(span, later, &text));
    }
    rows.insert(0, turning);
    rows.retain(|row| !row.is_empty());
    Buttons(rows)
}

/// A number for a message.
pub(super) fn shown(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
