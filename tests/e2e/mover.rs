//! A mover's side of the chat: what they do, and what they see of it.

use std::{cell::RefCell, collections::BTreeMap, ops::Deref, rc::Rc};

use annaka_concierge::emulator::{ActError, ButtonKind, Emulator, Kind, Person, Shown, Tap};
use jiff::SignedDuration;

use crate::harness::Town;

#[derive(Clone)]
pub(crate) struct Mover {
    pub(crate) person: Person,
    emulator: Emulator,
    seen: Rc<RefCell<Seen>>,
}

/// What was on the screen when it was looked at last.
#[derive(Default)]
struct Seen {
    messages: BTreeMap<i32, String>,
    tap_notes: usize,
}

impl Mover {
    pub(crate) fn new(person: Person, emulator: Emulator) -> Self {
        Self {
            person,
            emulator,
            seen: Rc::default(),
        }
    }

    pub(crate) fn id(&self) -> i64 {
        self.person.id()
    }

    /// Presses Start, or follows a link with a payload.
    pub(crate) fn starts(&self, payload: &str) {
        done(self.person.starts(payload));
    }

    pub(crate) fn says(&self, text: &str) -> i32 {
        done(self.person.says(text))
    }

    pub(crate) fn sends(&self, kind: Kind) -> i32 {
        done(self.person.sends(kind, None))
    }

    pub(crate) fn sends_with(&self, kind: Kind, caption: &str) -> i32 {
        done(self.person.sends(kind, Some(caption)))
    }

    /// Sends so many pictures as one, with words below one of them, counted from 0.
    pub(crate) fn sends_pictures(&self, count: usize, caption: Option<(usize, &str)>) -> Vec<i32> {
        done(self.person.sends_album(&vec![Kind::Photo; count], caption))
    }

    pub(crate) fn says_formatted(&self, html: &str) -> i32 {
        done(self.person.says_formatted(html))
    }

    pub(crate) fn replies_to(&self, message: i32, text: &str) -> i32 {
        done(self.person.replies_to(message, text))
    }

    pub(crate) fn quotes(&self, message: i32, part: &str, text: &str) -> i32 {
        done(self.person.replies_quoting(message, part, text))
    }

    /// Changes a message of theirs.
    pub(crate) fn edits(&self, message: i32, text: &str) {
        done(self.person.edits(message, text));
    }

    /// Taps the lowest button with this label.
    pub(crate) fn taps(&self, label: &str) {
        let has = |shown: &Shown| {
            let mut buttons = shown.buttons.iter().flatten();
            buttons.any(|button| button.kind == ButtonKind::Callback && button.label == label)
        };
        let found = self.chat().into_iter().rev().find(has);
        let message = found.unwrap_or_else(|| panic!("there is no button “{label}”"));
        done(self.person.taps(message.id, label));
    }

    /// Puts an emoji on a message in the chat.
    pub(crate) fn reacts(&self, message: i32, emoji: &str) {
        done(self.person.reacts(message, emoji));
    }

    pub(crate) fn blocks_bot(&self) {
        done(self.person.blocks_bot());
    }

    pub(crate) fn unblocks_bot(&self) {
        done(self.person.unblocks_bot());
    }

    /// The messages in the chat with the bot, oldest first.
    pub(crate) fn chat(&self) -> Vec<Shown> {
        self.emulator.look(|world| world.chat(self.id()))
    }

    /// The newest message the bot has written in this chat.
    pub(crate) fn last(&self) -> Shown {
        let all = self.chat();
        let last = all.into_iter().rfind(|shown| shown.from.bot);
        last.expect("the bot has written here")
    }

    /// The reactions on a message.
    pub(crate) fn reactions(&self, message: i32) -> Vec<String> {
        let found = self.chat().into_iter().find(|shown| shown.id == message);
        found.map(|shown| shown.reactions).unwrap_or_default()
    }

    /// How many messages the bot has written in this chat.
    pub(crate) fn answers(&self) -> usize {
        self.chat().iter().filter(|shown| shown.from.bot).count()
    }

    /// How often these words stand in what the bot has sent to this chat.
    pub(crate) fn times_heard(&self, words: &str) -> usize {
        let chat = self.chat();
        let bots = chat.iter().filter(|shown| shown.from.bot);
        bots.map(|shown| shown.text.matches(words).count()).sum()
    }

    /// What is new: notes on tapped buttons, new messages, changed messages.
    pub(crate) fn reads(&self) -> String {
        let mut seen = self.seen.borrow_mut();
        let notes: Vec<String> = self.emulator.look(|world| {
            let own = world.taps().filter(|tap| tap.person == self.id());
            own.filter_map(note).collect()
        });
        let mut news: Vec<String> = notes
            .iter()
            .skip(seen.tap_notes)
            .map(|note| format!("({note})"))
            .collect();
        seen.tap_notes = notes.len();
        for shown in self.chat().into_iter().filter(|shown| shown.from.bot) {
            let drawn = drawn(&shown);
            match seen.messages.insert(shown.id, drawn.clone()) {
                None => news.push(drawn),
                Some(before) if before != drawn => news.push(format!("edited: {drawn}")),
                Some(_) => {}
            }
        }
        news.join("\n----\n")
    }
}

/// A mover in this town.
pub(crate) struct Actor<'t> {
    pub(crate) mover: Mover,
    pub(crate) town: &'t Town,
}

impl Actor<'_> {
    /// Waits for the bot, then gives what this mover has not read yet. Reading takes five seconds.
    pub(crate) async fn hears(&self) -> String {
        self.town.idle().await;
        let news = self.mover.reads();
        self.town.advance(SignedDuration::from_secs(5));
        news
    }

    /// Says something and hears what comes of it.
    pub(crate) async fn asks(&self, text: &str) -> String {
        self.says(text);
        self.hears().await
    }

    /// Taps a button and hears what comes of it.
    pub(crate) async fn chooses(&self, label: &str) -> String {
        self.taps(label);
        self.hears().await
    }
}

impl Deref for Actor<'_> {
    type Target = Mover;

    fn deref(&self) -> &Mover {
        &self.mover
    }
}

#[track_caller]
pub(crate) fn done<T>(deed: Result<T, ActError>) -> T {
    deed.unwrap_or_else(|error| panic!("{error}"))
}

fn note(tap: &Tap) -> Option<String> {
    tap.answer.as_ref()?.text.clone()
}

/// A message as text, its buttons row by row.
pub(crate) fn drawn(shown: &Shown) -> String {
    let mut text = shown.text.clone();
    for row in &shown.buttons {
        let faces: Vec<String> = row
            .iter()
            .map(|button| match button.kind {
                ButtonKind::Callback => format!("[{}]", button.label),
                ButtonKind::Url | ButtonKind::Share | ButtonKind::Copy => format!("[{} ↗]", button.label),
            })
            .collect();
        text = format!("{text}\n{}", faces.join(" "));
    }
    text
}
