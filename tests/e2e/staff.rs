//! The staff's side: what they do in the concierge group, and what they see of it.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use annaka_concierge::emulator::{ButtonKind, Kind, Person, Shown, town as ids};

use crate::{
    harness::Town,
    mover::{done, drawn},
};

/// One of the staff, with the group open.
#[derive(Clone)]
pub(crate) struct Staff<'t> {
    pub(crate) person: Person,
    pub(crate) town: &'t Town,
}

impl Town {
    /// Leads the concierge group.
    pub(crate) fn mio(&self) -> Staff<'_> {
        self.staff(ids::MIO)
    }

    pub(crate) fn ken(&self) -> Staff<'_> {
        self.staff(ids::KEN)
    }

    pub(crate) fn staff(&self, id: i64) -> Staff<'_> {
        Staff {
            person: self.emulator.person(id),
            town: self,
        }
    }

    /// The topics of the group with their titles, oldest first.
    pub(crate) fn topics(&self) -> Vec<(i32, String)> {
        let of = |world: &annaka_concierge::emulator::World| {
            let group = world.group().expect("the town has a group");
            group
                .topics()
                .map(|topic| (topic.id, topic.title.clone()))
                .collect()
        };
        self.emulator.look(of)
    }

    /// The only topic there is.
    pub(crate) fn topic(&self) -> i32 {
        match self.topics()[..] {
            [(id, _)] => id,
            ref topics => panic!("not one topic but {topics:?}\n{}", self.group_transcript()),
        }
    }

    /// How the only topic is called.
    pub(crate) fn title(&self) -> String {
        let topic = self.topic();
        let titles = self.topics();
        titles
            .into_iter()
            .find(|(id, _)| *id == topic)
            .map(|(_, title)| title)
            .unwrap_or_default()
    }

    /// Everything that stands in a topic, as staff see it.
    pub(crate) fn in_topic(&self, topic: i32) -> Vec<Shown> {
        self.emulator.look(|world| world.topic(ids::GROUP, topic))
    }

    /// What the bot has written in the only topic since it was looked at last, the card left out.
    pub(crate) async fn desk_reads(&self) -> String {
        self.idle().await;
        let topic = self.topic();
        self.reads_in(topic)
    }

    /// The same for one of several topics.
    pub(crate) fn reads_in(&self, topic: i32) -> String {
        let mut seen = self.desk_seen.borrow_mut();
        let mut news = Vec::new();
        for shown in self
            .in_topic(topic)
            .into_iter()
            .filter(|shown| shown.from.bot && shown.system.is_none())
        {
            let drawn = with_media(&shown);
            match seen.insert(shown.id, drawn.clone()) {
                None => news.push(drawn),
                Some(before) if before != drawn => news.push(format!("edited: {drawn}")),
                Some(_) => {}
            }
        }
        news.join("\n----\n")
    }

    /// The card of the only topic, as it stands now.
    pub(crate) async fn card(&self) -> String {
        self.idle().await;
        let first = self
            .in_topic(self.topic())
            .into_iter()
            .find(|shown| shown.from.bot && shown.system.is_none());
        first.map(|shown| drawn(&shown)).unwrap_or_default()
    }

    /// What the bot has written in General, newest last.
    pub(crate) fn general(&self) -> Vec<String> {
        let all = self.emulator.look(|world| world.chat(ids::GROUP));
        let general = all
            .iter()
            .filter(|shown| shown.from.bot && shown.thread.is_none() && shown.system.is_none());
        general.map(drawn).collect()
    }

    pub(crate) fn group_transcript(&self) -> String {
        let all = self.emulator.look(|world| world.chat(ids::GROUP));
        let lines = all.iter().map(|shown| {
            let what = shown.system.clone().unwrap_or_else(|| with_media(shown));
            format!(
                "[{:?}] {}: {what} {:?}",
                shown.thread, shown.from.name, shown.reactions
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl Staff<'_> {
    pub(crate) fn id(&self) -> i64 {
        self.person.id()
    }

    /// Writes in the only topic.
    pub(crate) fn says(&self, text: &str) -> i32 {
        done(self.person.says_in(self.town.topic(), text))
    }

    /// Sends a picture or the like in the only topic.
    pub(crate) fn sends(&self, kind: Kind) -> i32 {
        done(self.person.in_group(Some(self.town.topic())).sends(kind, None))
    }

    pub(crate) fn edits(&self, message: i32, text: &str) {
        done(self.person.in_group(Some(self.town.topic())).edits(message, text));
    }

    pub(crate) fn replies_to(&self, message: i32, text: &str) -> i32 {
        done(
            self.person
                .in_group(Some(self.town.topic()))
                .replies_to(message, text),
        )
    }

    /// Taps the lowest button with this label in the only topic, and gives what is shown on it.
    pub(crate) async fn taps(&self, label: &str) -> String {
        self.town.idle().await;
        self.taps_now(label);
        self.town.idle().await;
        self.noted()
    }

    /// The same, without waiting for anything.
    pub(crate) fn taps_now(&self, label: &str) {
        let topic = self.town.topic();
        let has = |shown: &Shown| {
            let mut buttons = shown.buttons.iter().flatten();
            buttons.any(|button| button.kind == ButtonKind::Callback && button.label == label)
        };
        let found = self.town.in_topic(topic).into_iter().rev().find(has);
        let message =
            found.unwrap_or_else(|| panic!("there is no button “{label}”\n{}", self.town.group_transcript()));
        done(self.person.in_group(Some(topic)).taps(message.id, label));
    }

    /// What was shown on the button they tapped last.
    pub(crate) fn noted(&self) -> String {
        let id = self.id();
        let last = self.town.emulator.look(|world| {
            let own = world.taps().filter(|tap| tap.person == id);
            own.last().and_then(|tap| tap.answer.clone())
        });
        last.and_then(|answer| answer.text).unwrap_or_default()
    }

    /// The reactions on a message of theirs.
    pub(crate) async fn reactions(&self, message: i32) -> Vec<String> {
        self.town.idle().await;
        let topic = self.town.in_topic(self.town.topic());
        let found = topic.into_iter().find(|shown| shown.id == message);
        found.map(|shown| shown.reactions).unwrap_or_default()
    }
}

/// What staff have seen of the group.
pub(crate) type DeskSeen = Rc<RefCell<BTreeMap<i32, String>>>;

/// A message with what it carries besides words.
pub(crate) fn with_media(shown: &Shown) -> String {
    let kind = shown
        .media
        .as_ref()
        .map(|media| format!("<{}>", media.kind))
        .unwrap_or_default();
    format!("{kind}{}", drawn(shown))
}
