//! What the running bot lends to the steps of conversations and of the desk.

use std::{collections::BTreeSet, sync::atomic::Ordering};

use crate::{
    app::{App, Knowledge},
    conversation::{self, Senses},
    handover::{DESK_LANG, DeskHours, DeskSenses, Face},
    outgoing::{Act, ChatId, Html, Outgoing, UserId, Voice},
    phrases::Text,
    store::{DeskTrouble, Step, StoreError},
};

impl App {
    /// The bot's own name, without the `@`; empty until Telegram was asked.
    #[must_use]
    pub fn bot_name(&self) -> &str {
        self.0.bot_name.get().map_or("", String::as_str)
    }

    /// Keeps the bot's own name; the first one stays.
    pub fn learn_bot_name(&self, name: String) {
        // A second introduction within one process would bring the same name.
        let _known = self.0.bot_name.set(name);
    }

    /// The concierge group, wherever it has moved to.
    #[must_use]
    pub fn group(&self) -> Option<ChatId> {
        let set = self.desk().staff_chat?;
        Some(self.store().group_now(set))
    }

    /// The staff who were seen in the group and have not left it.
    pub async fn colleagues(&self) -> Result<Vec<(UserId, Face)>, StoreError> {
        let staff = self.store().staff().await?;
        let there = staff.into_iter().filter(|one| !one.gone);
        Ok(there.map(|one| (one.id, one.face)).collect())
    }

    /// Lends a step all it may look at.
    pub fn with_senses<T>(&self, knowledge: &Knowledge, work: impl FnOnce(&Senses<'_>) -> T) -> T {
        work(&Senses {
            calendar: &self.calendar(),
            subscriber: None,
            sign_ups: None,
            revision: &knowledge.revision,
            phrases: self.phrases(),
            bot_name: self.bot_name(),
            desk: conversation::Desk::default(),
            keeping: self.keeping(),
            understand: &|question, last| knowledge.understanding.understand(question, last),
        })
    }

    /// Lends a step of the desk all it may look at.
    pub fn with_desk<T>(
        &self,
        knowledge: &Knowledge,
        colleagues: &[(UserId, Face)],
        work: impl FnOnce(&DeskSenses<'_>) -> T,
    ) -> T {
        self.with_senses(knowledge, |senses| {
            work(&DeskSenses {
                talk: *senses,
                hours: DeskHours {
                    holidays: &knowledge.revision.holidays,
                },
                colleagues,
                connected: self.desk().staff_chat.is_some(),
                in_reach: self.desk().staff_chat.is_some() && !self.0.desk_troubled.load(Ordering::SeqCst),
            })
        })
    }

    /// Something about the group has changed: what it was troubled by may be mended.
    pub fn retry_desk(&self) {
        self.0.desk_retry.store(true, Ordering::SeqCst);
        self.delivery().wake();
    }

    /// Whether to retry the group now; reading it clears the flag.
    #[must_use]
    pub fn takes_desk_retry(&self) -> bool {
        self.0.desk_retry.swap(false, Ordering::SeqCst)
    }

    /// A message has reached the group: it is there. Whether the bot may manage topics is not seen from that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn group_answers(&self) -> Result<(), StoreError> {
        match self.store().desk_trouble() {
            Some(DeskTrouble::NotSet | DeskTrouble::NotInside) => self.report_trouble(None).await,
            Some(DeskTrouble::NoTopics | DeskTrouble::NoRights) | None => Ok(()),
        }
    }

    /// Telegram says that the bot is in the group and may manage its topics.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn bot_may_manage_topics(&self) -> Result<(), StoreError> {
        match self.store().desk_trouble() {
            Some(DeskTrouble::NotInside | DeskTrouble::NoRights) => self.report_trouble(None).await,
            Some(DeskTrouble::NotSet | DeskTrouble::NoTopics) | None => Ok(()),
        }
    }

    /// The group has another id. It is followed; the owners are told once, since the settings name the old one.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn group_moved(&self, to: ChatId) -> Result<(), StoreError> {
        let Some(set) = self.desk().staff_chat else {
            return Ok(());
        };
        let id = &to.0.to_string();
        let told = |movers: &BTreeSet<UserId>| {
            let mut told = self.to_owners(&Text::DeskGroupMoved { id });
            told.extend(self.left_behind(movers));
            told
        };
        self.store().group_moved(set, to, told).await?;
        self.delivery().wake();
        Ok(())
    }

    /// The settings name this group. Staff hear what they wrote to movers in another one before.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn serves_group(&self, of_settings: ChatId) -> Result<(), StoreError> {
        let told = |movers: &BTreeSet<UserId>| self.left_behind(movers);
        self.store().serves_group(of_settings, told).await
    }

    /// In each topic, that what was written to its mover where the group was before does not go out any more.
    fn left_behind(&self, movers: &BTreeSet<UserId>) -> Vec<Outgoing> {
        let html = Html::text(&self.phrases().say(DESK_LANG, &Text::DeskLeftBehind));
        let told = movers
            .iter()
            .map(|mover| Outgoing::to_topic(*mover, Act::say(html.clone())));
        told.collect()
    }

    /// The same words to each of the owners.
    #[must_use]
    pub fn to_owners(&self, text: &Text<'_>) -> Vec<Outgoing> {
        self.html_to_owners(&Html::text(&self.phrases().say(DESK_LANG, text)))
    }

    /// The same, already put into words.
    #[must_use]
    pub fn html_to_owners(&self, html: &Html) -> Vec<Outgoing> {
        let owners = self.desk().owners.iter();
        owners
            .map(|owner| Outgoing::to_person(*owner, Voice::Needed, Act::say(html.clone())))
            .collect()
    }

    /// Tells the owners something once and for all.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tell_owners(&self, text: &Text<'_>) -> Result<(), StoreError> {
        let step = Step {
            outgoing: self.to_owners(text),
            ..Step::default()
        };
        self.store().commit_step(step).await?;
        self.delivery().wake();
        Ok(())
    }

    /// Tells the owners what keeps the bot from the concierge group, or that nothing does any more; once for each
    /// change.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn report_trouble(&self, trouble: Option<DeskTrouble>) -> Result<(), StoreError> {
        if self.store().desk_trouble() == trouble {
            return Ok(());
        }
        let text = match trouble {
            Some(DeskTrouble::NotSet) => Text::DeskTroubleNotSet,
            Some(DeskTrouble::NotInside) => Text::DeskTroubleNotInside,
            Some(DeskTrouble::NoTopics) => Text::DeskTroubleNoTopics,
            Some(DeskTrouble::NoRights) => Text::DeskTroubleNoRights,
            None => Text::DeskTroubleOver,
        };
        let told = self.to_owners(&text);
        self.0.desk_troubled.store(trouble.is_some(), Ordering::SeqCst);
        if self.store().set_desk_trouble(trouble, told).await? {
            tracing::warn!(?trouble, "the concierge group");
            self.delivery().wake();
        }
        Ok(())
    }
}
