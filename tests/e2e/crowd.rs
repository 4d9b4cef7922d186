//! A town of thousands: people who have met the bot, something sent to all of them, and a clock that runs.

use std::collections::BTreeMap;

use annaka_concierge::{
    conversation::Conversation,
    emulator::{Call, PrivateAccess},
    lang::Lang,
    outgoing::{Act, Html, Outgoing, Priority, UserId, Voice},
    store::{Committed, Step},
};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use crate::harness::Town;

/// How many are written down in one go.
const PAGE: usize = 500;

impl Town {
    /// So many people move in who have talked with the bot before; it is told nothing of those who have blocked it
    /// since.
    pub(crate) async fn crowd(&self, count: usize, access: PrivateAccess) -> Vec<i64> {
        let ids = self.emulator.add_people(count, access);
        let (app, now) = (self.app(), self.clock.now());
        let has_met = |id: &i64| Step {
            conversation: Some(Conversation::new(UserId(*id), Lang::Ja, now)),
            ..Step::default()
        };
        for page in ids.chunks(PAGE) {
            for kept in join_all(page.iter().map(|id| app.store().commit_step(has_met(id)))).await {
                assert_eq!(kept.unwrap(), Committed::Now);
            }
        }
        ids
    }

    /// Sends the same to all of them, page by page.
    pub(crate) async fn pushes(&self, to: &[i64], text: &str) {
        let app = self.app();
        let one = |id: &i64| {
            let said = Act::say(Html::text(text));
            Outgoing::to_person(UserId(*id), Voice::Needed, said).with_priority(Priority::Broadcast)
        };
        for page in to.chunks(PAGE) {
            let step = Step {
                outgoing: page.iter().map(one).collect(),
                ..Step::default()
            };
            assert_eq!(app.store().commit_step(step).await.unwrap(), Committed::Now);
            app.delivery().wake();
        }
    }

    /// Moves the clock to the next moment at which the bot has something to do, but not beyond `latest`.
    pub(crate) fn skips(&self, latest: Timestamp) {
        let now = self.clock.now();
        let due = self.app().next_due().unwrap_or(latest).min(latest);
        assert!(due > now, "the bot does not do what is due");
        self.advance(due.duration_since(now));
    }

    /// Lets the clock run on to a moment. It stops wherever the bot has something to do until that is done, as if doing
    /// it took no time.
    pub(crate) async fn runs_until(&self, moment: Timestamp) {
        self.idle().await;
        while self.clock.now() < moment {
            self.skips(moment);
            self.idle().await;
        }
    }

    /// The same until nothing waits to be sent any more, or no more than `left`.
    pub(crate) async fn runs_until_left(&self, left: usize) {
        self.idle().await;
        while self.app().store().depth() > left {
            self.skips(self.clock.now() + SignedDuration::from_hours(1));
            self.idle().await;
        }
    }

    /// All that was tried to be sent, oldest first.
    pub(crate) fn sends(&self) -> Vec<Call> {
        self.emulator.look(|world| {
            let sends = world.calls().filter(|call| call.method == "sendMessage");
            sends.cloned().collect()
        })
    }
}

/// How often something arrived in each chat.
pub(crate) fn arrivals(sends: &[Call]) -> BTreeMap<i64, usize> {
    let mut arrived = BTreeMap::new();
    for call in sends.iter().filter(|call| call.ok) {
        *arrived.entry(call.chat.unwrap_or_default()).or_default() += 1;
    }
    arrived
}
