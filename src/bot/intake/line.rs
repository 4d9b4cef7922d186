//! What is known about the connection to Telegram: how long to wait after a failure, what is worth logging, and whether
//! another process takes the updates.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

const LONGEST_BACKOFF: Duration = Duration::from_secs(30);
/// This many conflicts within [`CONFLICT_SPAN`] cannot come from a former process that is just ending. An answer in
/// between does not reset the count: two processes that take turns both get updates now and then, and would go on for
/// ever.
const MOST_CONFLICTS: usize = 5;
const CONFLICT_SPAN: Duration = Duration::from_secs(120);

/// The connection, judged by the last answers.
#[derive(Debug, Default)]
pub(super) struct Line {
    failures: u32,
    said: Option<String>,
    conflicts: VecDeque<Instant>,
}

impl Line {
    /// Telegram has answered.
    pub(super) fn answered(&mut self) {
        if self.said.take().is_some() {
            tracing::info!(failures = self.failures, "Telegram answers again");
        }
        self.failures = 0;
    }

    /// A try failed for this reason; returns how long to wait. A reason is logged when it is new, not at each try.
    pub(super) fn failed(&mut self, doing: &str, why: &str) -> Duration {
        self.failures += 1;
        if self.said.as_deref() != Some(why) {
            tracing::warn!(error = why, "cannot {doing}; trying again until it works");
            self.said = Some(why.to_owned());
        }
        backoff(self.failures)
    }

    /// Somebody else asked for the updates; returns how long to wait, or `None` if it does not end.
    pub(super) fn conflicted(&mut self, words: &str, now: Instant) -> Option<Duration> {
        while self
            .conflicts
            .front()
            .is_some_and(|at| now.duration_since(*at) > CONFLICT_SPAN)
        {
            self.conflicts.pop_front();
        }
        self.conflicts.push_back(now);
        let conflicts = self.conflicts.len();
        if conflicts == 1 {
            tracing::warn!(telegram = %words, "another process takes the updates; trying again for some seconds");
        }
        (conflicts < MOST_CONFLICTS).then(|| backoff(u32::try_from(conflicts).unwrap_or(u32::MAX)))
    }
}

/// 1, 2, 4 … 30 seconds, in real time even when the bot's clock stands still, since the network does not wait for it.
fn backoff(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.saturating_sub(1).min(5)).min(LONGEST_BACKOFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_grows_to_half_a_minute() {
        let seconds: Vec<u64> = (1..8).map(|failures| backoff(failures).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30, 30]);
    }

    #[test]
    fn a_short_overlap_is_survived_and_two_that_take_turns_are_not() {
        let (mut line, mut now) = (Line::default(), Instant::now());
        for overlap in 0..20 {
            now += Duration::from_secs(40);
            assert!(line.conflicted("terminated", now).is_some(), "overlap {overlap}");
            line.answered();
        }
        now += CONFLICT_SPAN * 2;
        let begun = now;
        while let Some(wait) = line.conflicted("terminated", now) {
            now += wait;
            line.answered();
        }
        assert_eq!(now.duration_since(begun).as_secs(), 15);
    }

    #[test]
    fn a_reason_is_said_once() {
        let mut line = Line::default();
        let _waits = [line.failed("ask", "no route"), line.failed("ask", "no route")];
        assert_eq!(line.said.as_deref(), Some("no route"));
        line.answered();
        assert_eq!((line.said.as_deref(), line.failures), (None, 0));
    }
}
