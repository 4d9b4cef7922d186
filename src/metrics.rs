//! What is counted, and how it reads for Prometheus.
//!
//! Closed enums instead of names at the call sites: what is not here is not measured, and nothing can be misspelt.
//! No label ever names a person or a chat.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicU64, Ordering},
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
    }
}

measures! {
    /// How much of something there is.
    Gauge {
        Inbox = "concierge_inbox_updates",
        Outbox = "concierge_outbox_messages",
        DeadLetters = "concierge_dead_letters",
        Ready = "concierge_ready",
    }
}

/// All counters and gauges.
#[derive(Debug, Default)]
pub struct Metrics {
    counts: [AtomicU64; Count::ALL.len()],
    gauges: [AtomicU64; Gauge::ALL.len()],
}

impl Metrics {
    pub fn count(&self, what: Count) {
        self.add(what, 1);
    }

    pub fn add(&self, what: Count, amount: usize) {
        self.counts[what as usize].fetch_add(amount as u64, Ordering::Relaxed);
    }

    pub fn set(&self, what: Gauge, amount: usize) {
        self.gauges[what as usize].store(amount as u64, Ordering::Relaxed);
    }

    #[must_use]
    pub fn get(&self, what: Count) -> u64 {
        self.counts[what as usize].load(Ordering::Relaxed)
    }

    /// The text Prometheus reads.
    #[must_use]
    pub fn render(&self) -> String {
        let counts = Count::ALL
            .iter()
            .zip(&self.counts)
            .map(|(what, n)| (what.name(), n));
        let gauges = Gauge::ALL
            .iter()
            .zip(&self.gauges)
            .map(|(what, n)| (what.name(), n));
        let mut text = String::new();
        render_family(&mut text, "counter", counts);
        render_family(&mut text, "gauge", gauges);
        text
    }
}

/// Measures of one name stand next to each other and get one line of type.
fn render_family<'a>(
    text: &mut String,
    kind: &str,
    measures: impl Iterator<Item = ((&'static str, &'static str), &'a AtomicU64)>,
) {
    let mut last = "";
    for ((name, labels), value) in measures {
        if name != last {
            let _infallible = writeln!(text, "# TYPE {name} {kind}");
            last = name;
        }
        let value = value.load(Ordering::Relaxed);
        let _infallible = match labels {
            "" => writeln!(text, "{name} {value}"),
            labels => writeln!(text, "{name}{{{labels}}} {value}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prometheus_gets_one_type_line_a_name() {
        let metrics = Metrics::default();
        metrics.add(Count::UpdateNew, 3);
        metrics.count(Count::UpdateRepeated);
        metrics.set(Gauge::Outbox, 7);
        let text = metrics.render();
        assert!(text.starts_with(
            "# TYPE concierge_updates_total counter\nconcierge_updates_total{kind=\"new\"} 3\nconcierge_updates_total{kind=\"repeated\"} 1\n"
        ));
        assert!(text.contains("# TYPE concierge_outbox_messages gauge\nconcierge_outbox_messages 7\n"));
        let types: Vec<_> = text.lines().filter(|line| line.starts_with('#')).collect();
        let mut unique = types.clone();
        unique.dedup();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(types.len(), unique.len());
    }
}
