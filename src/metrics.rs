//! What is counted and measured; `http` shows it to Prometheus.
//!
//! Closed enums instead of names at the call sites: what is not here is not measured, and nothing can be misspelt.
//! No label ever names a person or a chat.

use std::{
    array,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// What one series stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    pub name: &'static str,
    pub labels: &'static str,
    pub help: &'static str,
}

/// Series of one name stand together, below the help line that Prometheus shows for them.
macro_rules! measures {
    ($(#[$doc:meta])* $enum:ident { $($name:literal: $help:literal { $($(#[$variant_doc:meta])* $variant:ident $({ $labels:literal })?,)* })* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $enum {
            $($($(#[$variant_doc])* $variant,)*)*
        }

        impl $enum {
            const ALL: &'static [Self] = &[$($(Self::$variant,)*)*];

            fn measure(self) -> Measure {
                match self {
                    $($(Self::$variant => Measure { name: $name, labels: concat!($($labels)?), help: $help },)*)*
                }
            }
        }
    };
}

measures! {
    /// Something that happens again and again.
    Count {
        "concierge_updates_total": "Updates Telegram delivered." {
            UpdateNew { "kind=\"new\"" },
            /// Telegram delivered it before.
            UpdateRepeated { "kind=\"repeated\"" },
        }
        "concierge_updates_handled_total": "Updates that are done with." {
            UpdateHandled,
        }
        "concierge_updates_merged_total": "Updates read together with another of the same person, in a flood." {
            /// One of a flood, read together with a later one.
            UpdateMerged,
        }
        "concierge_updates_quarantined_total": "Updates set aside because handling them failed again and again." {
            /// Panicked too often and was set aside.
            UpdateQuarantined,
        }
        "concierge_updates_ignored_total": "Updates that were nothing for the bot." {
            IgnoredGroup { "why=\"group\"" },
            IgnoredService { "why=\"service\"" },
            IgnoredSender { "why=\"sender\"" },
            IgnoredKind { "why=\"kind\"" },
            IgnoredUnknown { "why=\"unknown\"" },
        }
        "concierge_handler_panics_total": "Panics while an update was handled." {
            HandlerPanic,
        }
        "concierge_webhook_refused_total": "Deliveries to the webhook that were refused." {
            WebhookRefused { "why=\"secret\"" },
            WebhookMalformed { "why=\"malformed\"" },
        }
        "concierge_poll_failures_total": "Calls for updates, or at the start, that failed." {
            PollFailed,
        }
        "concierge_deliveries_total": "Tries to carry something out on Telegram's side." {
            Delivered { "result=\"delivered\"" },
            /// Telegram told us to wait.
            FloodWait { "result=\"flood_wait\"" },
            /// It failed and will be tried again.
            DeliveryFailed { "result=\"failed\"" },
            DeadLetter { "result=\"dead_letter\"" },
            /// The chat blocked the bot.
            Blocked { "result=\"blocked\"" },
            /// A reminder, or news of an event, that had become pointless.
            PushOutdated { "result=\"outdated\"" },
            /// One of many alike that was dropped, since this person cannot be reached.
            Unreachable { "result=\"unreachable\"" },
            /// An answer of the bot's that was not sent because a person had taken over.
            Silenced { "result=\"silenced\"" },
        }
        "concierge_broadcast_messages_total": "Messages of broadcasts." {
            BroadcastSent { "result=\"sent\"" },
            BroadcastUnreachable { "result=\"unreachable\"" },
            /// Telegram refused it.
            BroadcastFailed { "result=\"failed\"" },
            /// Not wanted any more when it was its turn, or cancelled before.
            BroadcastDropped { "result=\"dropped\"" },
        }
        "concierge_unseen_results_total": "Sends whose answer was never seen; they may arrive twice." {
            /// The connection broke after the request went out: the message may arrive twice.
            UnseenResult,
        }
        "concierge_knowledge_reloads_total": "Changes of the knowledge in force." {
            Reload { "result=\"taken\"" },
            ReloadRefused { "result=\"refused\"" },
            WentBack { "result=\"went_back\"" },
        }
        "concierge_answers_total": "Questions, by what came of them." {
            CameAnswer { "outcome=\"answer\"" },
            CameClarify { "outcome=\"clarify\"" },
            CameGap { "outcome=\"gap\"" },
            CamePerson { "outcome=\"person\"" },
            CameNotUnderstood { "outcome=\"not_understood\"" },
            CameSmalltalk { "outcome=\"smalltalk\"" },
            CameRefuse { "outcome=\"refuse\"" },
            CameSetting { "outcome=\"setting\"" },
            CameTooLong { "outcome=\"too_long\"" },
        }
        "concierge_cases_opened_total": "Cases opened for a person, by reason." {
            CaseAsked { "reason=\"asked\"" },
            CaseCrisis { "reason=\"crisis\"" },
            CaseComplaint { "reason=\"complaint\"" },
            CaseIndividual { "reason=\"individual\"" },
            CaseGap { "reason=\"gap\"" },
            CaseNotHelped { "reason=\"not_helped\"" },
        }
        "concierge_delivery_retries_total": "Tries that were not an item's first." {
            Retry,
        }
        "concierge_reminders_due_total": "Reminders and weekly lists that became due." {
            RemindersDue,
        }
        "concierge_reminders_sent_total": "Reminders and weekly lists that were sent." {
            ReminderInTime { "when=\"in_time\"" },
            ReminderLate { "when=\"late\"" },
        }
        "concierge_reminders_dropped_total": "Reminders and weekly lists that became pointless before they went out." {
            ReminderDropped,
        }
        "concierge_dead_letters_settled_total": "Dead letters that staff decided about." {
            LetterAgain { "how=\"again\"" },
            LetterDropped { "how=\"dropped\"" },
        }
    }
}

measures! {
    /// How much of something there is.
    Gauge {
        "concierge_inbox_updates": "Updates that wait to be handled." { Inbox, }
        "concierge_outbox_messages": "Items that wait to be carried out." { Outbox, }
        "concierge_outbox_oldest_seconds": "Age of the oldest item that waits." {
            /// What a person or a place waits for.
            OldestForOne { "lane=\"one\"" },
            /// What is sent to many, which takes its time.
            OldestForMany { "lane=\"many\"" },
        }
        "concierge_dead_letters": "Items that could not be carried out and wait for staff." { DeadLetters, }
        "concierge_quarantined_updates": "Updates that are set aside." { Quarantined, }
        "concierge_ready": "Whether updates are taken in." { Ready, }
        "concierge_store_bytes": "Size of the store on disk." { StoreBytes, }
        "concierge_disk_free_bytes": "Free space where the store lies." { DiskFree, }
        "concierge_knowledge_entries": "Entries of the knowledge in force." { Entries, }
        "process_start_time_seconds": "When the process started, in seconds since 1970." { ProcessStart, }
    }
}

measures! {
    /// How long something takes, spread over fixed steps.
    Spread {
        "concierge_store_flush_seconds": "Time to make writes durable." {
            /// One round of the thread that makes writes durable.
            Flush,
        }
        "concierge_update_handling_seconds": "Time to handle an update, until it is durable." {
            /// One update, from its first look into the store until what came of it is durable.
            Handling,
        }
        "concierge_first_reply_seconds": "Time from the wish for a person to that person's first words." {
            /// From the wish for a person to that person's first words.
            FirstReply,
        }
    }
}

/// Steps for what a machine does, in microseconds.
const QUICK: [u64; 12] = [
    500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000,
];
/// Steps for what people do: from a minute to a week, in microseconds.
const SLOW: [u64; 10] = [
    60_000_000,
    300_000_000,
    900_000_000,
    1_800_000_000,
    3_600_000_000,
    7_200_000_000,
    14_400_000_000,
    86_400_000_000,
    259_200_000_000,
    604_800_000_000,
];
const MOST_STEPS: usize = QUICK.len();

impl Spread {
    /// The upper ends of the steps, in microseconds.
    fn steps(self) -> &'static [u64] {
        match self {
            Self::Flush | Self::Handling => &QUICK,
            Self::FirstReply => &SLOW,
        }
    }
}

/// Everything that is measured; clones measure together.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Arc<Measured>);

#[derive(Debug)]
struct Measured {
    counts: [AtomicU64; Count::ALL.len()],
    gauges: [AtomicU64; Gauge::ALL.len()],
    spreads: [Steps; Spread::ALL.len()],
}

impl Default for Measured {
    fn default() -> Self {
        Self {
            counts: array::from_fn(|_| AtomicU64::default()),
            gauges: array::from_fn(|_| AtomicU64::default()),
            spreads: array::from_fn(|_| Steps::default()),
        }
    }
}

/// How many fell into each step, into none, and how long all took together.
#[derive(Debug, Default)]
struct Steps {
    within: [AtomicU64; MOST_STEPS],
    beyond: AtomicU64,
    micros: AtomicU64,
}

impl Metrics {
    pub fn count(&self, what: Count) {
        self.add(what, 1);
    }

    pub fn add(&self, what: Count, amount: usize) {
        self.0.counts[what as usize].fetch_add(amount as u64, Ordering::Relaxed);
    }

    pub fn set(&self, what: Gauge, amount: usize) {
        self.0.gauges[what as usize].store(amount as u64, Ordering::Relaxed);
    }

    /// Records how long something took.
    pub fn took(&self, what: Spread, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let steps = &self.0.spreads[what as usize];
        let step = what.steps().iter().position(|end| micros <= *end);
        let counter = step.map_or(&steps.beyond, |step| &steps.within[step]);
        counter.fetch_add(1, Ordering::Relaxed);
        steps.micros.fetch_add(micros, Ordering::Relaxed);
    }

    #[must_use]
    pub fn get(&self, what: Count) -> u64 {
        self.0.counts[what as usize].load(Ordering::Relaxed)
    }

    /// Every counter with its value.
    pub fn counts(&self) -> impl Iterator<Item = (Measure, u64)> {
        let pairs = Count::ALL.iter().zip(&self.0.counts);
        pairs.map(|(what, n)| (what.measure(), n.load(Ordering::Relaxed)))
    }

    /// Every gauge with its value.
    pub fn gauges(&self) -> impl Iterator<Item = (Measure, u64)> {
        let pairs = Gauge::ALL.iter().zip(&self.0.gauges);
        pairs.map(|(what, n)| (what.measure(), n.load(Ordering::Relaxed)))
    }

    /// Everything that is spread over steps.
    #[must_use]
    pub fn spreads(&self) -> Vec<Spreading> {
        let pairs = Spread::ALL.iter().zip(&self.0.spreads);
        pairs
            .map(|(what, steps)| Spreading {
                measure: what.measure(),
                steps: what
                    .steps()
                    .iter()
                    .zip(&steps.within)
                    .map(|(end, within)| (*end, within.load(Ordering::Relaxed)))
                    .collect(),
                beyond: steps.beyond.load(Ordering::Relaxed),
                micros: steps.micros.load(Ordering::Relaxed),
            })
            .collect()
    }
}

/// How one thing is spread at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spreading {
    pub measure: Measure,
    /// The upper end of each step in microseconds, and how many fell into it.
    pub steps: Vec<(u64, u64)>,
    /// How many took longer than the last step.
    pub beyond: u64,
    /// All together.
    pub micros: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_as_long_as_a_step_falls_into_it() {
        let metrics = Metrics::default();
        for what in Spread::ALL {
            assert!(what.steps().is_sorted() && what.steps().len() <= MOST_STEPS);
            for end in what.steps() {
                metrics.clone().took(*what, Duration::from_micros(*end));
            }
            metrics.took(*what, Duration::MAX / 2);
        }
        for spreading in metrics.spreads() {
            assert!(
                spreading.steps.iter().all(|(_, within)| *within == 1),
                "{spreading:?}"
            );
            assert_eq!(spreading.beyond, 1, "{spreading:?}");
        }
    }
}
