//! What one person sends faster than the bot should answer is read together and answered once, without losing a word.
//! Pure.
//!
//! Nobody who writes at a human pace gets here. Beyond that, what waits is put into groups, each handled in one step
//! and one transaction, with a pause between readings so that more can gather.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// More messages than this within this time are a flood.
const MESSAGES: [(SignedDuration, usize); 2] = [
    (SignedDuration::from_secs(10), 8),
    (SignedDuration::from_secs(60), 20),
];
/// The same for taps, which people leafing through pages do faster.
const TAPS: [(SignedDuration, usize); 1] = [(SignedDuration::from_secs(10), 20)];
/// What was sent within this time of the first is read together with it.
const GATHERED: SignedDuration = SignedDuration::from_secs(60);
/// Between two readings of a flood.
pub(super) const REST: SignedDuration = SignedDuration::from_secs(3);
/// How many of the last are remembered, of each kind.
const REMEMBERED: usize = 20;

/// Words are joined up to this length, in characters; anything longer no longer counts as a question.
const LONGEST: usize = crate::conversation::LONGEST_QUESTION;
/// At most this many answers to words come of one reading.
const MOST_ANSWERS: usize = 5;
/// At most this many different taps of one reading are carried out, the last ones.
const MOST_TAPS: usize = 10;

/// When something was sent, and whether by a tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) at: Timestamp,
    pub(super) tap: bool,
}

/// How much one person has sent lately.
#[derive(Debug, Default)]
pub(super) struct Recent {
    messages: VecDeque<Timestamp>,
    taps: VecDeque<Timestamp>,
    /// When something was last read, by the bot's clock.
    read: Option<Timestamp>,
}

impl Recent {
    /// Records that these were read now.
    pub(super) fn note(&mut self, sent: impl IntoIterator<Item = Sent>, now: Timestamp) {
        for one in sent {
            let kind = if one.tap {
                &mut self.taps
            } else {
                &mut self.messages
            };
            kind.push_back(one.at);
            if kind.len() > REMEMBERED {
                kind.pop_front();
            }
        }
        self.read = Some(now);
    }

    /// How many of those waiting are read together, if they are a flood; otherwise each is read by itself.
    pub(super) fn together(&self, waiting: &[Sent]) -> Option<usize> {
        let head = waiting.first()?;
        let (limits, lately): (&[_], _) = if head.tap {
            (&TAPS, &self.taps)
        } else {
            (&MESSAGES, &self.messages)
        };
        let same = || {
            let alike = waiting.iter().filter(|one| one.tap == head.tap);
            alike.map(|one| one.at)
        };
        let flood = limits.iter().any(|(span, most)| {
            let within = head.at.saturating_add(*span).unwrap_or(Timestamp::MAX);
            let newest = same().filter(|at| *at < within).max().unwrap_or(head.at);
            let since = newest.saturating_sub(*span).unwrap_or(Timestamp::MIN);
            let counts = |at: &Timestamp| *at > since && *at <= newest;
            lately.iter().filter(|at| counts(at)).count() + same().filter(counts).count() > *most
        });
        let until = head.at.saturating_add(GATHERED).unwrap_or(Timestamp::MAX);
        flood.then(|| waiting.iter().take_while(|one| one.at < until).count().max(1))
    }

    /// Until when a flood rests, if it is resting now.
    pub(super) fn rests_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.read?.saturating_add(REST).ok()?;
        (until > now).then_some(until)
    }

    /// Whether all of this is too old to matter.
    pub(super) fn is_old(&self, now: Timestamp) -> bool {
        self.read.is_none_or(|read| now.duration_since(read) > GATHERED)
    }
}

/// What a waiting update is, to decide what it can be grouped with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words to be read: how long, and whether somebody cries for help in them.
    Words {
        chars: usize,
        cry: bool,
    },
    /// Something that has no more effect done twice: a command, another picture of the same kind.
    Deed(String),
    Tap(String),
    /// Never grouped with others.
    Alone,
}

/// Indices of the updates handled in one step; the last one's message is answered.
pub(super) type Group = Vec<usize>;

/// Groups what waits. Every index is in exactly one group, and words keep their order.
pub(super) fn gather(pieces: &[Piece]) -> Vec<Group> {
    let mut groups = words(pieces);
    groups.extend(taps(pieces));
    let mut deeds: Vec<(&str, Group)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Alone => groups.push(vec![at]),
            Piece::Deed(name) => match deeds.iter_mut().find(|(known, _)| known == name) {
                Some((_, group)) => group.push(at),
                None => deeds.push((name, vec![at])),
            },
            Piece::Words { .. } | Piece::Tap(_) => {}
        }
    }
    groups.extend(deeds.into_iter().map(|(_, group)| group));
    groups.sort_by_key(|group| group.last().copied());
    groups
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Short,
    Long,
    Cry,
}

/// Words that fit into one question are joined; what is too long is refused once; a cry for help stays apart. Beyond
/// [`MOST_ANSWERS`] everything is joined: a cry is heard in a long text too.
fn words(pieces: &[Piece]) -> Vec<Group> {
    let mut groups: Vec<(Class, usize, Group)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Words { chars, cry } = *piece else {
            continue;
        };
        let class = match (cry, chars > LONGEST) {
            (true, _) => Class::Cry,
            (false, true) => Class::Long,
            (false, false) => Class::Short,
        };
        let full = groups.len() >= MOST_ANSWERS;
        match groups.last_mut() {
            Some((last, length, group))
                if full || (*last == class && (class != Class::Short || *length + 1 + chars <= LONGEST)) =>
            {
                *length += 1 + chars;
                group.push(at);
            }
            _ => groups.push((class, chars, vec![at])),
        }
    }
    groups.into_iter().map(|(_, _, group)| group).collect()
}

/// Repeated taps count as one; of too many different ones the first are answered but not carried out.
fn taps(pieces: &[Piece]) -> Vec<Group> {
    let mut taps: Vec<(&str, Group)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Tap(name) = piece else { continue };
        // The last occurrence counts, so that the last choice wins.
        let known = taps.iter().position(|(known, _)| known == name);
        let mut group = known.map(|known| taps.remove(known).1).unwrap_or_default();
        group.push(at);
        taps.push((name, group));
    }
    let kept = taps.split_off(taps.len().saturating_sub(MOST_TAPS));
    let mut groups: Vec<Group> = kept.into_iter().map(|(_, group)| group).collect();
    if let Some(first) = groups.first_mut() {
        first.splice(0..0, taps.into_iter().flat_map(|(_, group)| group));
        first.sort_unstable();
    }
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn messages(seconds: impl IntoIterator<Item = i64>) -> Vec<Sent> {
        let sent = |second| Sent {
            at: at(second),
            tap: false,
        };
        seconds.into_iter().map(sent).collect()
    }

    fn short(chars: usize) -> Piece {
        Piece::Words { chars, cry: false }
    }

    #[test]
    fn eight_at_once_are_answered_one_by_one_and_nine_together() {
        let fresh = Recent::default();
        assert_eq!(fresh.together(&messages([0; 8])), None);
        assert_eq!(fresh.together(&messages([0; 9])), Some(9));
        assert_eq!(fresh.together(&[]), None);
    }

    #[test]
    fn what_waited_while_the_bot_was_down_is_no_flood() {
        let hour = messages((0..30).map(|n| n * 120));
        assert_eq!(Recent::default().together(&hour), None);
        let burst_then_pause = messages((0..12).chain([1800]));
        assert_eq!(Recent::default().together(&burst_then_pause), Some(12));
    }

    #[test]
    fn who_goes_on_is_read_with_a_rest_between() {
        let mut recent = Recent::default();
        for second in 0..8 {
            assert_eq!(recent.together(&messages([second])), None);
            recent.note(messages([second]), at(second));
        }
        assert_eq!(recent.together(&messages([8])), Some(1));
        assert_eq!(recent.together(&messages([8, 8])), Some(2));
        assert_eq!(recent.rests_until(at(8)), Some(at(10)));
        assert_eq!(recent.rests_until(at(10)), None);
        assert!(!recent.is_old(at(60)) && recent.is_old(at(100)));
    }

    #[test]
    fn taps_are_counted_for_themselves() {
        let tap = Sent { at: at(0), tap: true };
        let both = [messages([0; 8]), vec![tap; 20]].concat();
        assert_eq!(Recent::default().together(&both), None);
        assert_eq!(Recent::default().together(&[tap; 20]), None);
        assert_eq!(Recent::default().together(&[tap; 21]), Some(21));
    }

    #[test]
    fn words_are_one_question_and_a_cry_stays_alone() {
        let cry = Piece::Words { chars: 5, cry: true };
        let menu = || Piece::Deed("menu".to_owned());
        let pieces = [short(5), menu(), short(5), cry, short(5), menu(), Piece::Alone];
        let groups = gather(&pieces);
        assert_eq!(groups, [vec![0, 2], vec![3], vec![4], vec![1, 5], vec![6]]);
        assert_eq!(
            gather(&[short(1000), short(999), short(1)]),
            [vec![0, 1], vec![2]]
        );
        assert_eq!(gather(&[short(4000), short(4000)]), [vec![0, 1]]);
    }

    #[test]
    fn the_same_tap_is_one_and_the_last_choice_holds() {
        let tap = |name: &str| Piece::Tap(name.to_owned());
        let groups = gather(&[tap("ja"), tap("en"), tap("ja")]);
        assert_eq!(groups, [vec![1], vec![0, 2]]);
        let many: Vec<Piece> = (0..30).map(|n| tap(&n.to_string())).collect();
        let groups = gather(&many);
        assert_eq!(groups.len(), MOST_TAPS);
        assert_eq!(groups[0], (0..=20).collect::<Vec<_>>());
    }

    fn piece() -> impl Strategy<Value = Piece> {
        prop_oneof![
            4 => (0_usize..5000, proptest::bool::weighted(0.05)).prop_map(|(chars, cry)| Piece::Words { chars, cry }),
            2 => "[a-c]".prop_map(Piece::Deed),
            2 => "[a-z]".prop_map(Piece::Tap),
            1 => Just(Piece::Alone),
        ]
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_words_keep_their_order(pieces in proptest::collection::vec(piece(), 0..100)) {
            let groups = gather(&pieces);
            let mut all = groups.concat();
            let words: Vec<usize> = all.iter().copied().filter(|at| matches!(pieces[*at], Piece::Words { .. })).collect();
            prop_assert!(words.is_sorted(), "{:?}", groups);
            all.sort_unstable();
            prop_assert_eq!(all, (0..pieces.len()).collect::<Vec<_>>());
            prop_assert!(groups.iter().all(|group| group.is_sorted()), "{:?}", groups);
            let answers = groups.iter().filter(|group| matches!(pieces[group[0]], Piece::Words { .. })).count();
            prop_assert!(answers <= MOST_ANSWERS);
        }

        /// However a sequence is cut into readings, each of them takes from the front and none takes nothing.
        #[test]
        fn every_reading_takes_from_the_front(seconds in proptest::collection::vec(0_i64..400, 1..120)) {
            let mut seconds = seconds;
            seconds.sort_unstable();
            let (mut recent, mut waiting) = (Recent::default(), messages(seconds));
            while !waiting.is_empty() {
                let count = recent.together(&waiting).unwrap_or(1);
                prop_assert!((1..=waiting.len()).contains(&count));
                let read: Vec<Sent> = waiting.drain(..count).collect();
                let last = read[count - 1].at;
                recent.note(read, last);
            }
        }
    }
}
