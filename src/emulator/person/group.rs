//! What people do to the group.

use super::{ActError, Person};

impl Person {
    /// The same person writing as the group, as administrators may: their messages come from an account of Telegram's,
    /// on behalf of the group. Taps still show who tapped.
    #[must_use]
    pub fn anonymously(&self) -> Self {
        let mut hand = self.hand;
        hand.anonymous = true;
        Self { hand, ..self.clone() }
    }

    /// Opens a topic in the group; returns its id.
    pub fn opens_topic(&self, title: &str) -> Result<i32, ActError> {
        self.emulator.change(|world| self.hand.open_topic(world, title))
    }

    /// Renames a topic by hand.
    pub fn renames_topic(&self, thread: i32, title: &str) -> Result<(), ActError> {
        self.emulator
            .change(|world| self.hand.rename_topic(world, thread, title))
    }

    /// Closes or reopens a topic by hand.
    pub fn sets_topic_closed(&self, thread: i32, closed: bool) -> Result<(), ActError> {
        self.emulator
            .change(|world| self.hand.set_topic_closed(world, thread, closed))
    }

    /// Pins a message of the group.
    pub fn pins(&self, message: i32) -> Result<(), ActError> {
        self.emulator.change(|world| self.hand.pin(world, message))
    }

    /// Joins the group as a plain member.
    pub fn joins_group(&self) -> Result<(), ActError> {
        self.emulator.change(|world| self.hand.join(world))
    }

    pub fn leaves_group(&self) -> Result<(), ActError> {
        self.emulator.change(|world| self.hand.leave(world))
    }

    /// Removes somebody from the group.
    pub fn removes_from_group(&self, other: i64) -> Result<(), ActError> {
        self.emulator.change(|world| self.hand.remove(world, other))
    }
}
