//! What is remembered of each mover; written by [`Store::commit_step`].

use crate::{
    conversation::state::Conversation,
    outgoing::UserId,
    store::{Store, error::Result, record::Record},
};

impl Record for Conversation {
    const WHAT: &'static str = "conversation";
}

impl Store {
    /// What is remembered of the mover, if they were ever here.
    pub async fn conversation(&self, mover: UserId) -> Result<Option<Conversation>> {
        self.trees().conversations.get(&mover)
    }
}
