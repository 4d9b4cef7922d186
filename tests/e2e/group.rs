//! The concierge group as its members see it.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use annaka_concierge::emulator::{Chat, Shown, World};

use crate::{
    harness::Town,
    mover::{Actor, drawn},
    staff::Staff,
};

/// What staff have seen of the group.
pub(crate) type DeskSeen = Rc<RefCell<BTreeMap<i32, String>>>;

/// What stands under every card, and under nothing else.
const CARD_ENDS: &str = "//で始まる行はメモです。";

impl Town {
    /// Where the group is now.
    pub(crate) fn group(&self) -> i64 {
        self.of_group(|group| group.id)
    }

    fn of_group<T>(&self, look: impl FnOnce(&Chat) -> T) -> T {
        self.emulator
            .look(|world| look(world.group().expect("the town has a group")))
    }

    /// The topics of the group with their titles, oldest first.
    pub(crate) fn topics(&self) -> Vec<(i32, String)> {
        let titled = |group: &Chat| {
            let topics = group.topics();
            topics.map(|topic| (topic.id, topic.title.clone())).collect()
        };
        self.of_group(titled)
    }

    /// The only topic there is.
    pub(crate) fn topic(&self) -> i32 {
        match self.topics()[..] {
            [(id, _)] => id,
            ref topics => panic!("not one topic but {topics:?}\n{}", self.group_transcript()),
        }
    }

    /// The newest topic.
    pub(crate) fn newest_topic(&self) -> i32 {
        self.topics().last().expect("there is a topic").0
    }

    /// The topic with somebody's name in its title.
    pub(crate) fn topic_of(&self, name: &str) -> i32 {
        let topics = self.topics();
        let found = topics.iter().find(|(_, title)| title.contains(name));
        found
            .unwrap_or_else(|| panic!("no topic of {name} in {topics:?}"))
            .0
    }

    /// How the only topic is called.
    pub(crate) fn title(&self) -> String {
        let topic = self.topic();
        self.title_of(topic)
    }

    pub(crate) fn title_of(&self, topic: i32) -> String {
        let titles = self.topics();
        let found = titles.into_iter().find(|(id, _)| *id == topic);
        found.map(|(_, title)| title).unwrap_or_default()
    }

    /// Everything that stands in the group.
    pub(crate) fn in_group(&self) -> Vec<Shown> {
        let of = |world: &World| world.group().map(|group| world.chat(group.id));
        self.emulator.look(of).unwrap_or_default()
    }

    /// Everything that stands in a topic, as staff see it.
    pub(crate) fn in_topic(&self, topic: i32) -> Vec<Shown> {
        let mut all = self.in_group();
        all.retain(|shown| shown.thread == Some(topic));
        all
    }

    /// Everything that stands outside all topics.
    pub(crate) fn in_general(&self) -> Vec<Shown> {
        let mut all = self.in_group();
        all.retain(|shown| shown.thread.is_none());
        all
    }

    /// What the bot has written in the only topic since it was looked at last, the card left out.
    pub(crate) async fn desk_reads(&self) -> String {
        self.idle().await;
        let topic = self.topic();
        self.reads_in(topic)
    }

    /// The same for one of several topics.
    pub(crate) fn reads_in(&self, topic: i32) -> String {
        self.news_of(self.in_topic(topic).into_iter().filter(is_bots).skip(1))
    }

    /// What the bot has written outside all topics since it was looked at last.
    pub(crate) async fn general_reads(&self) -> String {
        self.idle().await;
        self.news_of(self.in_general().into_iter().filter(is_bots))
    }

    fn news_of(&self, messages: impl Iterator<Item = Shown>) -> String {
        let mut seen = self.desk_seen.borrow_mut();
        let mut news = Vec::new();
        for shown in messages {
            let drawn = with_media(&shown);
            match seen.insert(shown.id, drawn.clone()) {
                None => news.push(drawn),
                Some(before) if before != drawn => news.push(format!("edited: {drawn}")),
                Some(_) => {}
            }
        }
        news.join("\n----\n")
    }

    /// The newest message of the bot's in the only topic.
    pub(crate) async fn desk_last(&self) -> Shown {
        self.idle().await;
        let all = self.in_topic(self.topic());
        let last = all.into_iter().rfind(is_bots);
        last.expect("the bot has written here")
    }

    /// The card of the only topic, as it stands now.
    pub(crate) async fn card(&self) -> String {
        self.idle().await;
        let card = self.card_in(self.topic());
        card.map(|shown| drawn(&shown)).unwrap_or_default()
    }

    /// The card of a topic, the last if a case was opened again there.
    pub(crate) fn card_in(&self, topic: i32) -> Option<Shown> {
        let is_card = |shown: &Shown| is_bots(shown) && shown.text.contains(CARD_ENDS);
        self.in_topic(topic).into_iter().rev().find(is_card)
    }

    /// What the bot has written in General, newest last.
    pub(crate) fn general(&self) -> Vec<String> {
        let all = self.in_general();
        all.iter().filter(|shown| is_bots(shown)).map(drawn).collect()
    }

    /// How often these words stand in the group, by the bot.
    pub(crate) fn times_in_group(&self, words: &str) -> usize {
        let all = self.in_group();
        let bots = all.iter().filter(|shown| is_bots(shown));
        bots.map(|shown| shown.text.matches(words).count()).sum()
    }

    pub(crate) fn group_transcript(&self) -> String {
        let all = self.in_group();
        let lines = all.iter().map(|shown| {
            let what = shown.system.clone().unwrap_or_else(|| with_media(shown));
            format!(
                "[{:?}] {}: {what} {:?}",
                shown.thread, shown.from.name, shown.reactions
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Anna waits for a person, and the staff have seen it.
    pub(crate) async fn anna_waits(&self) -> (Actor<'_>, Staff<'_>) {
        let (anna, mio) = (self.anna(), self.mio());
        let told = anna.asks("人と話したい").await;
        assert!(told.contains("お伝えしました"), "{told}");
        let _card = self.desk_reads().await;
        (anna, mio)
    }

    /// Mio speaks with Anna.
    pub(crate) async fn mio_has_anna(&self) -> (Actor<'_>, Staff<'_>) {
        let (anna, mio) = self.anna_waits().await;
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        let told = anna.hears().await;
        assert!(told.contains("担当者がお話を伺います"), "{told}");
        let _card = self.desk_reads().await;
        (anna, mio)
    }

    /// Mio has spoken with Anna and closed the case.
    pub(crate) async fn mio_had_anna(&self) -> (Actor<'_>, Staff<'_>) {
        let (anna, mio) = self.mio_has_anna().await;
        mio.says("お役に立ててよかったです。");
        let _words = anna.hears().await;
        mio.says("/close 解決した");
        let told = anna.hears().await;
        assert!(told.contains("終了しました"), "{told}");
        let _card = self.desk_reads().await;
        (anna, mio)
    }
}

fn is_bots(shown: &Shown) -> bool {
    shown.from.bot && shown.system.is_none()
}

/// A message with what it carries besides words.
pub(crate) fn with_media(shown: &Shown) -> String {
    let kind = shown
        .media
        .as_ref()
        .map(|media| format!("<{}>", media.kind))
        .unwrap_or_default();
    format!("{kind}{}", drawn(shown))
}
