//! What staff tell many, as the running bot puts it together.

use crate::{
    app::App,
    conversation::Pushed,
    lang::Lang,
    outgoing::{BroadcastId, Buttons, Html, MessageId, UserId},
    publishing::broadcast::{Receivers, Segment, progress},
    store::StoreError,
};

/// The message that shows how far a broadcast is.
#[derive(Debug)]
pub struct Progress {
    /// Where it stands.
    pub message: Option<MessageId>,
    pub html: Html,
    pub buttons: Buttons,
}

impl App {
    /// How many people each of these would reach; `None` if they cannot be counted now.
    #[must_use]
    pub fn receivers(&self, segments: &[Segment]) -> Option<Vec<Receivers>> {
        let counted = self.store().count_receivers(segments, &self.calendar());
        counted
            .inspect_err(|error| tracing::warn!(%error, "receivers could not be counted"))
            .ok()
    }

    /// What a receiver is told; `None` if they should no longer be told.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn broadcast_to(
        &self,
        mover: UserId,
        id: BroadcastId,
    ) -> Result<Option<Pushed>, StoreError> {
        let Some(broadcast) = self.store().broadcast(id).await? else {
            return Ok(None);
        };
        let subscriber = self.store().subscriber(mover).await?;
        let calendar = self.calendar();
        if !subscriber.is_some_and(|subscriber| broadcast.segment.hears(&subscriber, &calendar)) {
            return Ok(None);
        }
        let conversation = self.store().conversation(mover).await?;
        let lang = conversation.map_or(Lang::Ja, |known| known.lang);
        Ok(Some(broadcast.notice.told(lang, self.phrases())))
    }

    /// How far a broadcast is, in the words of staff.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn progress(&self, id: BroadcastId) -> Result<Option<Progress>, StoreError> {
        let broadcast = self.store().broadcast(id).await?;
        let Some((broadcast, course)) = broadcast.zip(self.store().course(id).await?) else {
            return Ok(None);
        };
        let (html, buttons) = progress(id, &broadcast, &course, self.phrases(), &self.calendar());
        Ok(Some(Progress {
            message: course.message,
            html,
            buttons,
        }))
    }
}
