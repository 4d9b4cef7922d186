//! What waits to be handled: one queue per chat, topic or person, each limited to its share of what is read ahead.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use jiff::Timestamp;

use crate::{
    bot::{
        flood::{Recent, Sent},
        input::Heard,
    },
    conversation::Input,
    outgoing::{ChatId, ThreadId, UpdateId, UserId},
};

/// Updates read ahead, so that a busy chat does not hide the others.
const MOST_IN_HAND: usize = 2048;
/// One chat's share of them; anything beyond it stays in the store until its turn comes.
pub(super) const SHARE: usize = 100;
/// Above this many remembered senders, those who are quiet again are forgotten.
const REMEMBERED: usize = 1024;

/// A queue: what is in it is handled in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Turn {
    Chat(ChatId),
    /// A topic of a group, or everything outside its topics.
    Topic(ChatId, Option<ThreadId>),
    /// What one person types after the bot's name.
    Inline(UserId),
    Alone(UpdateId),
}

/// One update to be handled.
pub(super) struct Job {
    pub(super) update: UpdateId,
    pub(super) heard: Heard,
    pub(super) sent: Sent,
    /// How often handling it has failed, in this process or by ending an earlier one.
    pub(super) tries: u8,
}

/// How much of a queue can be done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ready {
    Now(usize),
    /// A flood: this many are read together, not before the given moment.
    Flood(usize, Option<Timestamp>),
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Job>,
    parked: BTreeSet<UpdateId>,
    busy: bool,
}

#[derive(Default)]
pub(super) struct Queues {
    queues: HashMap<Turn, Queue>,
    in_hand: HashSet<UpdateId>,
    /// Left in the store, beyond their chat's share.
    parked: HashSet<UpdateId>,
    recent: HashMap<Turn, Recent>,
}

impl Queues {
    pub(super) fn are_full(&self) -> bool {
        self.in_hand.len() >= MOST_IN_HAND
    }

    /// Whether an update is in hand, or known to wait in the store.
    pub(super) fn know(&self, id: UpdateId) -> bool {
        self.in_hand.contains(&id) || self.parked.contains(&id)
    }

    /// Puts an update at the end of its queue, or leaves it in the store until its turn comes.
    pub(super) fn put(&mut self, update: UpdateId, heard: Heard, tries: u8, now: Timestamp) {
        let queue = self.queues.entry(turn_of(&heard, update)).or_default();
        let others_first = queue.parked.first().is_some_and(|first| *first < update);
        if others_first || queue.waiting.len() >= SHARE {
            queue.parked.insert(update);
            self.parked.insert(update);
            return;
        }
        self.in_hand.insert(update);
        queue.waiting.push_back(Job {
            update,
            sent: sent(&heard, now),
            heard,
            tries,
        });
    }

    /// The queues with something to do that nobody is working on.
    pub(super) fn idle(&self) -> Vec<Turn> {
        let waits = |queue: &Queue| !queue.busy && !queue.waiting.is_empty();
        let turns = self.queues.iter().filter(|(_, queue)| waits(queue));
        turns.map(|(turn, _)| *turn).collect()
    }

    /// A queue nobody is working on whose first update has failed before.
    pub(super) fn suspect(&self) -> Option<Turn> {
        let failed = |queue: &Queue| !queue.busy && queue.waiting.front().is_some_and(|job| job.tries > 0);
        let found = self.queues.iter().find(|(_, queue)| failed(queue));
        found.map(|(turn, _)| *turn)
    }

    /// How much of a queue can be done now.
    pub(super) fn ready(&self, turn: Turn, now: Timestamp) -> Ready {
        let Some(queue) = self.queues.get(&turn) else {
            return Ready::Now(0);
        };
        let is_suspect = queue.waiting.front().is_some_and(|job| job.tries > 0);
        match turn {
            Turn::Inline(_) if !is_suspect => return Ready::Now(queue.waiting.len()),
            Turn::Chat(_) if !is_suspect => {}
            _ => return Ready::Now(1),
        }
        let fresh = Recent::default();
        let recent = self.recent.get(&turn).unwrap_or(&fresh);
        let waiting: Vec<Sent> = queue.waiting.iter().map(|job| job.sent).collect();
        match recent.together(&waiting) {
            Some(count) => Ready::Flood(count, recent.rests_until(now)),
            None => Ready::Now(1),
        }
    }

    /// Takes the first `count` of a queue to work on.
    pub(super) fn take(&mut self, turn: Turn, count: usize, now: Timestamp) -> Vec<Job> {
        let Some(queue) = self.queues.get_mut(&turn) else {
            return Vec::new();
        };
        let count = count.min(queue.waiting.len());
        let jobs: Vec<Job> = queue.waiting.drain(..count).collect();
        queue.busy = true;
        if matches!(turn, Turn::Chat(_)) {
            let sent = jobs.iter().map(|job| job.sent);
            self.recent.entry(turn).or_default().note(sent, now);
        }
        jobs
    }

    /// Puts jobs back at the front of their queue, to be tried again.
    pub(super) fn give_back(&mut self, turn: Turn, jobs: Vec<Job>) {
        let queue = self.queues.entry(turn).or_default();
        for job in jobs.into_iter().rev() {
            queue.waiting.push_front(job);
        }
        queue.busy = false;
    }

    /// Records that these are handled. Once nothing of their queue waits in memory, what is left in the store can be
    /// read.
    pub(super) fn done(&mut self, turn: Turn, jobs: &[Job]) {
        for job in jobs {
            self.in_hand.remove(&job.update);
        }
        let Some(queue) = self.queues.get_mut(&turn) else {
            return;
        };
        queue.busy = false;
        if !queue.waiting.is_empty() {
            return;
        }
        for _ in 0..SHARE {
            let Some(id) = queue.parked.pop_first() else { break };
            self.parked.remove(&id);
        }
        if queue.parked.is_empty() {
            self.queues.remove(&turn);
        }
    }

    /// Forgets senders who are quiet again.
    pub(super) fn forget_the_quiet(&mut self, now: Timestamp) {
        if self.recent.len() > REMEMBERED {
            self.recent.retain(|_, recent| !recent.is_old(now));
        }
    }
}

fn turn_of(heard: &Heard, update: UpdateId) -> Turn {
    match heard {
        Heard::Mover(from) => Turn::Chat(from.who.private_chat()),
        Heard::Group(from) => Turn::Topic(from.chat, from.thread),
        Heard::Inline(ask) => Turn::Inline(ask.who),
        Heard::Nothing { .. } => Turn::Alone(update),
    }
}

/// When it was sent; now, if it carries no time.
fn sent(heard: &Heard, now: Timestamp) -> Sent {
    match heard {
        Heard::Mover(from) => Sent {
            at: from.sent.unwrap_or(now),
            tap: matches!(from.input, Input::Tap { .. }),
        },
        Heard::Group(_) | Heard::Inline(_) | Heard::Nothing { .. } => Sent { at: now, tap: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::input::{InlineAsk, read_json};

    fn now() -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn says(who: i64) -> Heard {
        let json = serde_json::json!({"update_id": 1, "message": {"message_id": 1, "date": 1_700_000_000, "text": "a",
            "from": {"id": who, "is_bot": false, "first_name": "A"}, "chat": {"id": who, "type": "private"}}});
        read_json(&json.to_string())
    }

    #[test]
    fn one_persons_flood_takes_no_more_than_its_share() {
        let mut queues = Queues::default();
        let flood = Turn::Chat(ChatId(7));
        let mut seen = Vec::new();
        let mut left: BTreeSet<u32> = (1..=700).collect();
        loop {
            let fresh: Vec<u32> = left
                .iter()
                .copied()
                .filter(|id| !queues.know(UpdateId(*id)))
                .collect();
            fresh
                .into_iter()
                .for_each(|id| queues.put(UpdateId(id), says(7), 0, now()));
            if seen.is_empty() {
                queues.put(UpdateId(701), says(8), 0, now());
                assert_eq!(queues.in_hand.len(), SHARE + 1);
                assert_eq!(queues.idle().len(), 2);
            }
            let Ready::Flood(count, None) = queues.ready(flood, now() + crate::bot::flood::REST) else {
                break;
            };
            let jobs = queues.take(flood, count, now() - crate::bot::flood::REST);
            seen.extend(jobs.iter().map(|job| job.update.0));
            left.retain(|id| !jobs.iter().any(|job| job.update.0 == *id));
            queues.done(flood, &jobs);
        }
        assert_eq!(seen, (1..=700).collect::<Vec<u32>>());
        assert!(queues.parked.is_empty());
    }

    #[test]
    fn of_what_is_typed_after_the_name_all_that_waits_is_taken() {
        let mut queues = Queues::default();
        let ask = |id: u32| {
            Heard::Inline(InlineAsk {
                id: id.to_string(),
                who: UserId(7),
                language_tag: None,
                query: String::new(),
            })
        };
        (1..=5).for_each(|id| queues.put(UpdateId(id), ask(id), 0, now()));
        assert_eq!(queues.ready(Turn::Inline(UserId(7)), now()), Ready::Now(5));
    }
}
