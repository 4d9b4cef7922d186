//! The trees of the store, by name and type, and the one record about the store itself.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{Wanted, note::Note, state::Conversation},
    events::{Event, EventId},
    handover::{Case, Draft, Happening},
    knowledge::RevisionId,
    outgoing::{BroadcastId, ChatId, MessageId, ThreadId, UpdateId, UserId},
    publishing::{
        Writing,
        broadcast::{Broadcast, Course},
    },
    reminders::{ReminderId, Subscriber},
    signups::SignUpList,
    store::{
        broadcasts::HeldBack,
        calendar::Announcement,
        cases::DueMark,
        check::Examination,
        error::Result,
        happened::HappeningId,
        key::Only,
        learning::{DraftId, WantedId},
        links::{Bundle, Link},
        notes::NoteId,
        outbox::{AnswerRecord, DeadLetter, OutboxId, OutboxRecord},
        record::Record,
        reloads::{ReloadId, ReloadWish},
        revisions::{RevisionHead, RevisionPart},
        staff::Colleague,
        subscribers::Reminded,
        topics::{DeskTrouble, MovedGroup, Topic, TopicOwner},
        tree::Tree,
        updates::{Handled, InboxRecord, Quarantined},
        vectors::Vector,
    },
};

/// A part's place in its revision.
pub(super) type PartKey = (RevisionId, u32);

macro_rules! trees {
    ($($name:ident: $key:ty => $value:ty),* $(,)?) => {
        pub(super) struct Trees {
            $(pub(super) $name: Tree<$key, $value>,)*
        }

        impl Trees {
            pub(super) fn open(db: &sled::Db) -> Result<Self> {
                Ok(Self { $($name: Tree::open(db, stringify!($name))?,)* })
            }

            /// Reads every record there is.
            pub(super) fn read_all(&self, found: &mut Examination) {
                $(found.read(stringify!($name), &self.$name);)*
            }

            /// Every kind of record, for the test of their versions.
            #[cfg(test)]
            pub(super) fn kinds() -> Vec<crate::store::versions::Kind> {
                vec![$(crate::store::versions::Kind::of::<$key, $value>(stringify!($name)),)*]
            }

            /// Every tree with its name, for copies of the whole store.
            pub(super) fn all(&self) -> Vec<(&'static str, &sled::Tree)> {
                vec![$((stringify!($name), self.$name.raw()),)*]
            }
        }
    };
}

trees! {
    meta: Only => Meta,
    inbox: UpdateId => InboxRecord,
    handled: UpdateId => Handled,
    quarantine: UpdateId => Quarantined,
    conversations: UserId => Conversation,
    outbox: OutboxId => OutboxRecord,
    answers: (ChatId, MessageId) => AnswerRecord,
    dead_letters: OutboxId => DeadLetter,
    reloads: ReloadId => ReloadWish,
    notes: NoteId => Note,
    happened: HappeningId => Happening,
    drafts: DraftId => Draft,
    wanted: WantedId => Wanted,
    cases: UserId => Case,
    case_dues: (i64, UserId) => DueMark,
    staff: UserId => Colleague,
    writings: UserId => Writing,
    topics: UserId => Topic,
    threads: ThreadId => TopicOwner,
    links: (ChatId, MessageId) => Link,
    bundles: (ChatId, MessageId) => Bundle,
    events: EventId => Event,
    announcements: EventId => Announcement,
    broadcasts: BroadcastId => Broadcast,
    courses: BroadcastId => Course,
    held_back: (BroadcastId, UserId) => HeldBack,
    subscribers: UserId => Subscriber,
    reminded: ReminderId => Reminded,
    sign_ups: EventId => SignUpList,
    vectors: (u64, u64) => Vector,
    revisions: RevisionId => RevisionHead,
    revision_parts: PartKey => RevisionPart,
}

/// What the store knows of itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Meta {
    /// The last number given to anything that is numbered.
    pub(super) sequence: u64,
    /// The offset of the next request for updates.
    pub(super) next_update: Option<UpdateId>,
    pub(super) current_revision: Option<RevisionId>,
    #[serde(default)]
    pub(super) moved_group: Option<MovedGroup>,
    /// Until then Telegram accepts nothing from us.
    #[serde(default)]
    pub(super) all_wait_until: Option<Timestamp>,
    /// The group of the settings that the topics are in.
    #[serde(default)]
    pub(super) served_group: Option<ChatId>,
    #[serde(default)]
    pub(super) desk_trouble: Option<DeskTrouble>,
    /// The revision with which movers' waiting questions were last asked again.
    #[serde(default)]
    pub(super) wanted_asked_with: Option<RevisionId>,
    /// Every reminder due up to then is decided.
    #[serde(default)]
    pub(super) reminded_until: Option<Timestamp>,
    /// The Monday of the week in which the figures of the week before were told last.
    #[serde(default)]
    pub(super) told_figures: Option<Date>,
    /// Rises with each process that finds something its predecessor had in hand.
    #[serde(default)]
    pub(super) life: u64,
    /// Sends whose result was never seen.
    #[serde(default)]
    pub(super) unseen_results: u64,
    /// The time the last sweep began.
    #[serde(default)]
    pub(super) swept: Option<Timestamp>,
    /// The time at which a leap of the clock since then was first noticed.
    #[serde(default)]
    pub(super) clock_leapt: Option<Timestamp>,
    /// The day on which the owners were last told of what could not be delivered or handled.
    #[serde(default)]
    pub(super) told_left_over: Option<Date>,
}

impl Meta {
    pub(super) fn next_number(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }
}

impl Record for Meta {
    const WHAT: &'static str = "record about the store itself";
}
