//! The menu: topics, then their entries by pages. It turns its pages within one message.

use crate::{
    conversation::{
        button::Button,
        keyboards::{rows, said},
        turn::{Place, Turn},
    },
    knowledge::{Entry, Revision},
    outgoing::Buttons,
    phrases::Text,
};

/// The categories in the order a mover thinks of them. What is not known (`gap`) is no topic.
pub(super) const TOPICS: [(&str, Text<'static>); 19] = [
    ("subsidy", Text::TopicSubsidy),
    ("vacant-home", Text::TopicVacantHome),
    ("housing", Text::TopicHousing),
    ("farming", Text::TopicFarming),
    ("childcare", Text::TopicChildcare),
    ("education", Text::TopicEducation),
    ("medical", Text::TopicMedical),
    ("work", Text::TopicWork),
    ("transport", Text::TopicTransport),
    ("event", Text::TopicEvent),
    ("community", Text::TopicCommunity),
    ("daily-life", Text::TopicDailyLife),
    ("safety", Text::TopicSafety),
    ("tourism", Text::TopicTourism),
    ("contact", Text::TopicContact),
    ("plan", Text::TopicPlan),
    ("digital", Text::TopicDigital),
    ("welfare", Text::TopicWelfare),
    ("other-municipality", Text::TopicOtherMunicipality),
];

const TOPICS_A_ROW: usize = 2;
const ENTRIES_A_PAGE: usize = 6;

/// The topics that have entries.
pub(super) fn topics(turn: &mut Turn<'_>, place: Place) {
    let revision = turn.senses.revision;
    let buttons: Vec<_> = TOPICS
        .iter()
        .filter(|(category, _)| revision.entries.values().any(|entry| entry.category == *category))
        .map(|(category, name)| said(turn, name, &page_button(category, 0)))
        .collect();
    let rows = buttons.chunks(TOPICS_A_ROW).map(<[_]>::to_vec).collect();
    turn.tell(place, &Text::MenuTitle, Buttons(rows));
}

/// One page of a topic; a topic that is gone leads back to all topics.
pub(super) fn topic(turn: &mut Turn<'_>, place: Place, category: &str, page: u8) {
    let entries = entries_of(turn.senses.revision, category);
    let name = TOPICS.iter().find(|(known, _)| *known == category);
    let (Some((_, name)), false) = (name, entries.is_empty()) else {
        return topics(turn, place);
    };
    let pages = entries.len().div_ceil(ENTRIES_A_PAGE);
    let page = usize::from(page).min(pages - 1);
    let first = page * ENTRIES_A_PAGE;
    let shown = &entries[first..entries.len().min(first + ENTRIES_A_PAGE)];

    let mut rows = rows(turn, shown, |entry| Button::Show(entry.id.clone()));
    let mut turning = Vec::new();
    if page > 0 {
        turning.push(said(
            turn,
            &Text::ButtonPrevious,
            &page_button(category, page - 1),
        ));
    }
    if page + 1 < pages {
        turning.push(said(turn, &Text::ButtonNext, &page_button(category, page + 1)));
    }
    if !turning.is_empty() {
        rows.push(turning);
    }
    let all = Button::Menu {
        category: None,
        page: 0,
    };
    rows.push(vec![all.face(turn.say(&Text::ButtonTopics))]);

    let name = &turn.say(name);
    let page = page + 1;
    turn.tell(place, &Text::MenuTopic { name, page, pages }, Buttons(rows));
}

/// The entries of a category, those in force first.
fn entries_of<'a>(revision: &'a Revision, category: &str) -> Vec<&'a Entry> {
    let mut entries: Vec<&Entry> = revision
        .entries
        .values()
        .filter(|entry| entry.category == category)
        .collect();
    entries.sort_by_key(|entry| entry.status);
    entries
}

fn page_button(category: &str, page: usize) -> Button {
    Button::Menu {
        category: Some(category.to_owned()),
        page: u8::try_from(page).unwrap_or(u8::MAX),
    }
}
