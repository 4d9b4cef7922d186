//! What staff see of a case: its title, its card, and the buttons under it.

use jiff::Timestamp;

use crate::{
    conversation::{Came, Tried, WishReason},
    handover::{
        button::{DeskButton, Rest},
        case::{Case, Closing, Reason, Stage},
        senses::{DESK_LANG, DeskSenses},
    },
    outgoing::{ButtonFace, Buttons, Html},
    phrases::{Text, language_name, shortened},
};

/// Telegram's limit for a topic's title, in characters.
const TITLE_LIMIT: usize = 128;
/// How much of a question the card shows, in characters; less of earlier ones.
const SHOWN_QUESTION: usize = 600;
const SHOWN_TRIED: usize = 120;
/// Rows of colleagues to hand a case to.
const COLLEAGUES: usize = 8;

/// Whether the card shows all of a question.
pub(super) fn shows_whole(question: &str) -> bool {
    question.chars().count() <= SHOWN_QUESTION
}

/// The topic's title: how the case stands, and whose it is.
#[must_use]
pub fn title(case: &Case, senses: &DeskSenses<'_>, now: Timestamp) -> String {
    let name = &senses.shown_name(&case.face, Text::SomeMover);
    let title = match case.stage {
        Stage::Closed { .. } => senses.say(&Text::TitleClosed { name }),
        _ if case.is_snoozed(now) => senses.say(&Text::TitleSnoozed { name }),
        Stage::Open if case.is_urgent() => senses.say(&Text::TitleUrgent { name }),
        Stage::Open => senses.say(&Text::TitleOpen { name }),
        Stage::Claimed { by, .. } => {
            let owner = &senses.name_of(by);
            // Only when the wait is long: a title that changed with every message would fill the topic with notices.
            if case.alerts > 0 {
                senses.say(&Text::TitleWaiting { name, owner })
            } else {
                senses.say(&Text::TitleAnswered { name, owner })
            }
        }
    };
    title.chars().take(TITLE_LIMIT).collect()
}

/// The card: who, since when, why, what was asked and answered.
#[must_use]
pub fn html(case: &Case, senses: &DeskSenses<'_>, now: Timestamp) -> Html {
    let number = usize::try_from(case.number).unwrap_or_default();
    let name = &senses.shown_name(&case.face, Text::SomeMover);
    let mut card = Html::bold(&senses.say(&Text::CardHead { name, number }));
    card = card.line(&Html::text(&state(case, senses, now)));
    if let Some(username) = &case.face.username {
        card = card.line(&senses.html(&Text::CardUsername { username }));
    }
    let language = &senses.say(&language_name(case.lang));
    card = card.line(&senses.html(&Text::CardLanguage { language }));
    let moment = &senses.moment(case.opened, now);
    card = card.line(&senses.html(&Text::CardSince { moment }));
    let reason = &senses.say(&reason(case.why));
    card = card.line(&senses.html(&Text::CardWhy { reason }));
    if let Some(question) = &case.question {
        let question = &shortened(question, SHOWN_QUESTION);
        card = card.paragraph(&senses.html(&Text::CardQuestion { question }));
    }
    // Asking for a person is not a question that was tried.
    let tried = case.tried.iter().filter(|tried| tried.came != Came::Person);
    let lines: Vec<Html> = tried.map(|tried| line(tried, senses)).collect();
    if !lines.is_empty() {
        let list = lines
            .iter()
            .fold(senses.html(&Text::CardTried), |list, line| list.line(line));
        card = card.paragraph(&list);
    }
    if let Some(rating) = &case.rating {
        let stars = rating.stars.into();
        let line = &shortened(rating.line.as_deref().unwrap_or_default(), SHOWN_QUESTION);
        card = card
            .paragraph(&senses.html(&Text::DeskRated { stars }))
            .line(&Html::text(line));
    }
    card.paragraph(&senses.html(&Text::CardHow).in_italics())
}

/// What the card shows in place of one that Telegram refused: nothing that somebody wrote.
#[must_use]
pub fn bare(case: &Case, senses: &DeskSenses<'_>, now: Timestamp) -> Html {
    let number = usize::try_from(case.number).unwrap_or_default();
    let name = &senses.say(&Text::SomeMover);
    Html::bold(&senses.say(&Text::CardHead { name, number }))
        .line(&Html::text(&state(case, senses, now)))
        .paragraph(&senses.html(&Text::CardHow).in_italics())
}

/// The buttons under the card. Notes need no button: they are written like any message, and the card says how.
#[must_use]
pub fn buttons(case: &Case, senses: &DeskSenses<'_>) -> Buttons {
    let mut buttons = bare_buttons(case, senses);
    if case.is_live() {
        buttons.0.extend(suggestions(case, senses));
    }
    buttons
}

/// The buttons without the suggested answers.
#[must_use]
pub fn bare_buttons(case: &Case, senses: &DeskSenses<'_>) -> Buttons {
    let face = |button: DeskButton, label: Text<'_>| button.face(senses.say(&label));
    let rest = || face(DeskButton::Rests, Text::DeskButtonSnooze);
    let close = || face(DeskButton::Reasons, Text::DeskButtonClose);
    Buttons(match case.stage {
        Stage::Open => vec![
            vec![face(DeskButton::Take, Text::DeskButtonTake)],
            vec![rest(), close()],
        ],
        Stage::Claimed { .. } => vec![
            vec![
                face(DeskButton::Release, Text::DeskButtonRelease),
                face(DeskButton::Colleagues, Text::DeskButtonHandOn),
            ],
            vec![rest(), close()],
        ],
        Stage::Closed { .. } => vec![vec![face(DeskButton::Reopen, Text::DeskButtonReopen)]],
    })
}

/// The buttons of a reminder that a mover waits.
#[must_use]
pub(super) fn alert_buttons(case: &Case, senses: &DeskSenses<'_>) -> Buttons {
    let face = |button: DeskButton, label: Text<'_>| button.face(senses.say(&label));
    let take = if case.owner().is_some() {
        face(DeskButton::TakeOver, Text::DeskButtonTakeOver)
    } else {
        face(DeskButton::Take, Text::DeskButtonTake)
    };
    Buttons(vec![vec![take, face(DeskButton::Rests, Text::DeskButtonSnooze)]])
}

/// The reasons for closing, under a question of their own.
pub(super) fn reasons(senses: &DeskSenses<'_>) -> Buttons {
    let one = |reason: Reason| vec![DeskButton::Close(reason).face(senses.say(&reason_label(reason)))];
    Buttons(Reason::ALL.into_iter().map(one).collect())
}

/// The same in place of a card's buttons, with a way back.
pub(super) fn reasons_or_back(senses: &DeskSenses<'_>) -> Buttons {
    with_back(reasons(senses).0, senses)
}

pub(super) fn rests(senses: &DeskSenses<'_>) -> Buttons {
    let label = |rest| match rest {
        Rest::Hour => Text::RestHour,
        Rest::NextDeskDay => Text::RestNextDay,
        Rest::ThreeDays => Text::RestThreeDays,
    };
    let one = |rest: Rest| vec![DeskButton::Snooze(rest).face(senses.say(&label(rest)))];
    with_back(Rest::ALL.into_iter().map(one).collect(), senses)
}

/// Everyone but the owner.
pub(super) fn colleagues(case: &Case, senses: &DeskSenses<'_>) -> Buttons {
    let others = senses
        .colleagues
        .iter()
        .filter(|(id, _)| Some(*id) != case.owner())
        .take(COLLEAGUES);
    let rows = others
        .map(|(id, face)| vec![DeskButton::HandOn(*id).face(senses.shown_name(face, Text::SomeColleague))])
        .collect();
    with_back(rows, senses)
}

fn with_back(mut rows: Vec<Vec<ButtonFace>>, senses: &DeskSenses<'_>) -> Buttons {
    rows.push(vec![DeskButton::Back.face(senses.say(&Text::DeskButtonBack))]);
    Buttons(rows)
}

fn suggestions(case: &Case, senses: &DeskSenses<'_>) -> Vec<Vec<ButtonFace>> {
    let entries = case
        .suggestions
        .iter()
        .filter_map(|id| senses.talk.revision.entries.get(id));
    entries
        .map(|entry| {
            let label = entry.label_in(DESK_LANG);
            vec![DeskButton::Suggest(entry.id.clone()).face(senses.say(&Text::DeskButtonSuggest { label }))]
        })
        .collect()
}

fn state(case: &Case, senses: &DeskSenses<'_>, now: Timestamp) -> String {
    if let Some(until) = case.snoozed_until.filter(|until| *until > now) {
        let moment = &senses.moment(until, now);
        return senses.say(&Text::StateSnoozed { moment });
    }
    match case.stage {
        Stage::Open => senses.say(&Text::StateOpen),
        Stage::Claimed { by, .. } => senses.say(&Text::StateClaimed {
            name: &senses.name_of(by),
        }),
        Stage::Closed { by, at, .. } => {
            let how = match by {
                Closing::Staff { reason, .. } => reason_label(reason),
                Closing::Mover => Text::ReasonMover,
                Closing::Idle => Text::ReasonIdle,
            };
            let (reason, moment) = (&senses.say(&how), &senses.moment(at, now));
            senses.say(&Text::StateClosed { reason, moment })
        }
    }
}

pub(super) fn reason_label(reason: Reason) -> Text<'static> {
    match reason {
        Reason::Solved => Text::ReasonSolved,
        Reason::PassedOn => Text::ReasonPassedOn,
        Reason::NoReply => Text::ReasonNoReply,
        Reason::Other => Text::ReasonOther,
    }
}

fn reason(why: WishReason) -> Text<'static> {
    match why {
        WishReason::Asked => Text::WhyAsked,
        WishReason::Crisis => Text::WhyCrisis,
        WishReason::Complaint => Text::WhyComplaint,
        WishReason::Individual => Text::WhyIndividual,
        WishReason::Gap => Text::WhyGap,
        WishReason::NotHelped => Text::WhyNotHelped,
    }
}

/// A question, and the entry it was answered with.
fn line(tried: &Tried, senses: &DeskSenses<'_>) -> Html {
    let question = &shortened(&tried.question, SHOWN_TRIED);
    let entry = tried
        .entry
        .as_ref()
        .and_then(|id| senses.talk.revision.entries.get(id));
    match entry {
        Some(entry) => {
            let label = entry.label_in(DESK_LANG);
            senses.html(&Text::CardTriedAnswered { question, label })
        }
        None => senses.html(&Text::CardTriedOpen { question }),
    }
}
