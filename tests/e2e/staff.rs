//! The staff's side: what they do in the concierge group.

use annaka_concierge::emulator::{ButtonKind, Kind, Person, Shown, town as ids};

use crate::{harness::Town, mover::done};

/// One of the staff, with the group open.
#[derive(Clone)]
pub(crate) struct Staff<'t> {
    pub(crate) person: Person,
    pub(crate) town: &'t Town,
    /// The topic they look at; the only one there is if none.
    topic: Option<i32>,
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
            topic: None,
        }
    }

    /// Somebody new among the staff.
    pub(crate) fn colleague(&self, name: &str) -> Staff<'_> {
        let staff = self.staff(self.emulator.add_person(name, "ja").id());
        done(staff.person.joins_group());
        staff
    }
}

impl Staff<'_> {
    pub(crate) fn id(&self) -> i64 {
        self.person.id()
    }

    /// The same one, looking at this topic.
    pub(crate) fn at(&self, topic: i32) -> Self {
        Self {
            topic: Some(topic),
            ..self.clone()
        }
    }

    /// The same one, writing in the group's name.
    pub(crate) fn anonymously(&self) -> Self {
        Self {
            person: self.person.anonymously(),
            ..self.clone()
        }
    }

    fn topic(&self) -> i32 {
        self.topic.unwrap_or_else(|| self.town.topic())
    }

    /// Their hand in the topic.
    pub(crate) fn here(&self) -> Person {
        self.person.in_group(Some(self.topic()))
    }

    pub(crate) fn says(&self, text: &str) -> i32 {
        done(self.here().says(text))
    }

    /// Writes outside all topics.
    pub(crate) fn says_in_general(&self, text: &str) -> i32 {
        done(self.person.in_group(None).says(text))
    }

    /// Sends a file outside all topics.
    pub(crate) fn sends_file_in_general(&self, name: &str, bytes: &[u8]) -> i32 {
        done(self.person.in_group(None).sends_file(name, bytes.to_vec()))
    }

    /// Writes outside all topics, and gives what the bot has to say there.
    pub(crate) async fn asks_in_general(&self, text: &str) -> String {
        let _said = self.says_in_general(text);
        self.town.general_reads().await
    }

    /// Taps outside all topics, and gives what has changed there.
    pub(crate) async fn chooses_in_general(&self, label: &str) -> String {
        let _note = self.taps_in_general(label).await;
        self.town.general_reads().await
    }

    pub(crate) fn says_formatted(&self, html: &str) -> i32 {
        done(self.here().says_formatted(html))
    }

    /// Sends a picture or the like.
    pub(crate) fn sends(&self, kind: Kind) -> i32 {
        done(self.here().sends(kind, None))
    }

    pub(crate) fn sends_with(&self, kind: Kind, caption: &str) -> i32 {
        done(self.here().sends(kind, Some(caption)))
    }

    /// Sends so many pictures as one, with words below one of them, counted from 0.
    pub(crate) fn sends_pictures(&self, count: usize, caption: Option<(usize, &str)>) -> Vec<i32> {
        done(self.here().sends_album(&vec![Kind::Photo; count], caption))
    }

    pub(crate) fn edits(&self, message: i32, text: &str) {
        done(self.here().edits(message, text));
    }

    pub(crate) fn replies_to(&self, message: i32, text: &str) -> i32 {
        done(self.here().replies_to(message, text))
    }

    pub(crate) fn quotes(&self, message: i32, part: &str, text: &str) -> i32 {
        done(self.here().replies_quoting(message, part, text))
    }

    /// Taps the lowest button with this label, and gives what is shown on it.
    pub(crate) async fn taps(&self, label: &str) -> String {
        self.town.idle().await;
        self.taps_now(label);
        self.town.idle().await;
        self.noted()
    }

    /// The same, without waiting for anything.
    pub(crate) fn taps_now(&self, label: &str) {
        self.taps_among(&self.town.in_topic(self.topic()), label);
    }

    /// Taps the lowest button with this label outside all topics.
    pub(crate) async fn taps_in_general(&self, label: &str) -> String {
        self.town.idle().await;
        self.taps_in_general_now(label);
        self.town.idle().await;
        self.noted()
    }

    /// The same, without waiting for anything.
    pub(crate) fn taps_in_general_now(&self, label: &str) {
        self.taps_among(&self.town.in_general(), label);
    }

    fn taps_among(&self, shown: &[Shown], label: &str) {
        let has = |shown: &&Shown| {
            let mut buttons = shown.buttons.iter().flatten();
            buttons.any(|button| button.kind == ButtonKind::Callback && button.label == label)
        };
        let found = shown.iter().rev().find(has);
        let message =
            found.unwrap_or_else(|| panic!("there is no button “{label}”\n{}", self.town.group_transcript()));
        done(self.person.in_group(message.thread).taps(message.id, label));
    }

    /// Taps a button of the card that their screen may not show any more, and gives what is shown on it.
    pub(crate) async fn taps_card(&self, data: &str) -> String {
        self.town.idle().await;
        let card = self.town.card_in(self.topic()).expect("there is a card").id;
        self.forges_tap(self.town.group(), card, data).await
    }

    /// Taps a button of any message anywhere, and gives what is shown on it.
    pub(crate) async fn forges_tap(&self, chat: i64, message: i32, data: &str) -> String {
        done(self.town.emulator.forge_tap(self.id(), chat, message, data));
        self.town.idle().await;
        self.noted()
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

    /// The reactions on a message.
    pub(crate) async fn reactions(&self, message: i32) -> Vec<String> {
        self.town.idle().await;
        let group = self.town.in_group();
        let found = group.into_iter().find(|shown| shown.id == message);
        found.map(|shown| shown.reactions).unwrap_or_default()
    }
}
