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

macro_rules! measures {
    ($(#[$doc:meta])* $enum:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal $({ $labels:literal })?,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $enum {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $enum {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The metric's name and labels.
            fn name(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$variant => ($name, concat!($($labels)?)),)*
                }
            }
        }
    };
}

measures! {
    /// Something that happens again and again.
    Count {
        UpdateNew = "concierge_updates_total" { "kind=\"new\"" },
        /// Telegram delivered it before.
        UpdateRepeated = "concierge_updates_total" { "kind=\"repeated\"" },
        UpdateHandled = "concierge_updates_handled_total",
        /// One of a flood, read together with a later one.
        UpdateMerged = "concierge_updates_merged_total",
        /// Panicked too often and was set aside.
        UpdateQuarantined = "concierge_updates_quarantined_total",
        IgnoredGroup = "concierge_updates_ignored_total" { "why=\"group\"" },
        IgnoredService = "concierge_updates_ignored_total" { "why=\"service\"" },
        IgnoredSender = "concierge_updates_ignored_total" { "why=\"sender\"" },
        IgnoredKind = "concierge_updates_ignored_total" { "why=\"kind\"" },
        IgnoredUnknown = "concierge_updates_ignored_total" { "why=\"unknown\"" },
        HandlerPanic = "concierge_handler_panics_total",
        WebhookRefused = "concierge_webhook_refused_total" { "why=\"secret\"" },
        WebhookMalformed = "concierge_webhook_refused_total" { "why=\"malformed\"" },
        PollFailed = "concierge_poll_failures_total",
        Delivered = "concierge_deliveries_total" { "result=\"delivered\"" },
        /// Telegram told us to wait.
        FloodWait = "concierge_deliveries_total" { "result=\"flood_wait\"" },
        /// It failed and will be tried again.
        DeliveryFailed = "concierge_deliveries_total" { "result=\"failed\"" },
        DeadLetter = "concierge_deliveries_total" { "result=\"dead_letter\"" },
        /// The chat blocked the bot.
        Blocked = "concierge_deliveries_total" { "result=\"blocked\"" },
        /// A reminder, or news of an event, that had become pointless.
        PushOutdated = "concierge_deliveries_total" { "result=\"outdated\"" },
        /// One of many alike that was dropped, since this person cannot be reached.
        Unreachable = "concierge_deliveries_total" { "result=\"unreachable\"" },
        /// An answer of the bot's that was not sent because a person had taken over.
        Silenced = "concierge_deliveries_total" { "result=\"silenced\"" },
        BroadcastSent = "concierge_broadcast_messages_total" { "result=\"sent\"" },
        BroadcastUnreachable = "concierge_broadcast_messages_total" { "result=\"unreachable\"" },
        /// Telegram refused it.
        BroadcastFailed = "concierge_broadcast_messages_total" { "result=\"failed\"" },
        /// Not wanted any more when it was its turn, or cancelled before.
        BroadcastDropped = "concierge_broadcast_messages_total" { "result=\"dropped\"" },
        /// The connection broke after the request went out: the message may arrive twice.
        UnseenResult = "concierge_unseen_results_total",
        Reload = "concierge_knowledge_reloads_total" { "result=\"taken\"" },
        ReloadRefused = "concierge_knowledge_reloads_total" { "result=\"refused\"" },
        WentBack = "concierge_knowledge_reloads_total" { "result=\"went_back\"" },
        CameAnswer = "concierge_answers_total" { "outcome=\"answer\"" },
        CameClarify = "concierge_answers_total" { "outcome=\"clarify\"" },
        CameGap = "concierge_answers_total" { "outcome=\"gap\"" },
        CamePerson = "concierge_answers_total" { "outcome=\"person\"" },
        CameNotUnderstood = "concierge_answers_total" { "outcome=\"not_understood\"" },
        CameSmalltalk = "concierge_answers_total" { "outcome=\"smalltalk\"" },
        CameRefuse = "concierge_answers_total" { "outcome=\"refuse\"" },
        CameSetting = "concierge_answers_total" { "outcome=\"setting\"" },
        CameTooLong = "concierge_answers_total" { "outcome=\"too_long\"" },
        CaseAsked = "concierge_cases_opened_total" { "reason=\"asked\"" },
        CaseCrisis = "concierge_cases_opened_total" { "reason=\"crisis\"" },
        CaseComplaint = "concierge_cases_opened_total" { "reason=\"complaint\"" },
        CaseIndividual = "concierge_cases_opened_total" { "reason=\"individual\"" },
        CaseGap = "concierge_cases_opened_total" { "reason=\"gap\"" },
        CaseNotHelped = "concierge_cases_opened_total" { "reason=\"not_helped\"" },
        Retry = "concierge_delivery_retries_total",
        RemindersDue = "concierge_reminders_due_total",
        ReminderInTime = "concierge_reminders_sent_total" { "when=\"in_time\"" },
        ReminderLate = "concierge_reminders_sent_total" { "when=\"late\"" },
        ReminderDropped = "concierge_reminders_dropped_total",
        LetterAgain = "concierge_dead_letters_settled_total" { "how=\"again\"" },
        LetterDropped = "concierge_dead_letters_settled_total" { "how=\"dropped\"" },
    }
}

measures! {
    /// How much of something there is.
    Gauge {
        Inbox = "concierge_inbox_updates",
        Outbox = "concierge_outbox_messages",
        /// What a person or a place waits for.
        OldestForOne = "concierge_outbox_oldest_seconds" { "lane=\"one\"" },
        /// What is sent to many, which takes its time.
        OldestForMany = "concierge_outbox_oldest_seconds" { "lane=\"many\"" },
        DeadLetters = "concierge_dead_letters",
        Quarantined = "concierge_quarantined_updates",
        Ready = "concierge_ready",
        StoreBytes = "concierge_store_bytes",
        DiskFree = "concierge_disk_free_bytes",
        Entries = "concierge_knowledge_entries",
        ProcessStart = "process_start_time_seconds",
    }
}

measures! {
    /// How long something takes, spread over fixed steps.
    Spread {
        /// One round of the thread that makes writes durable.
        Flush = "concierge_store_flush_seconds",
        /// One update, from its first look into the store until what came of it is durable.
        Handling = "concierge_update_handling_seconds",
        /// From the wish for a person to that person's first words.
        FirstReply = "concierge_first_reply_seconds",
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

    /// Something took so long.
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

    /// Every counter: name, labels, value.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> + Clone {
        let pairs = Count::ALL.iter().zip(&self.0.counts);
        pairs.map(|(what, n)| (what.name().0, what.name().1, n.load(Ordering::Relaxed)))
    }

    /// Every gauge: name, labels, value.
    pub fn gauges(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> + Clone {
        let pairs = Gauge::ALL.iter().zip(&self.0.gauges);
        pairs.map(|(what, n)| (what.name().0, what.name().1, n.load(Ordering::Relaxed)))
    }

    /// Everything that is spread over steps.
    #[must_use]
    pub fn spreads(&self) -> Vec<Spreading> {
        let pairs = Spread::ALL.iter().zip(&self.0.spreads);
        pairs
            .map(|(what, steps)| Spreading {
                name: what.name().0,
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
    pub name: &'static str,
    /// The upper end of each step in microseconds, and how many fell into it.
    pub steps: Vec<(u64, u64)>,
    /// So many took longer than the last step.
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
