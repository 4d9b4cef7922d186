//! What is known of a mover's topic when one of the staff does something there.

use crate::outgoing::MessageId;

/// How far a message of staff that was changed has come on its way to the mover.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reached {
    /// It was never passed on.
    #[default]
    Nobody,
    /// It waits to be sent; then it is copied as it is by that time.
    Outbox,
    Mover,
}

/// What is known of a mover's topic in the group.
#[derive(Debug, Clone, Copy, Default)]
pub struct InTopic {
    /// The message that is the case's card.
    pub card: Option<MessageId>,
    /// Of the message that was changed, if one was.
    pub reached: Reached,
}
