//! What one person sends faster than the bot should answer is read together and answered once, without losing a word.
//! Pure.
//!
//! Nobody who writes at a human pace gets here. Beyond that, what waits is put into groups, each handled in one step
//! and one transaction, with a pause between readings so that more can gather.

use std::collections::{BTreeSet, VecDeque};

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
/// At most so many answers to what is said come of one reading, unless taps and commands stand in between.
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
    /// A picture or the like, of this kind: nothing to be read, but a person looks at it between the words.
    Shown(String),
    /// About an earlier message, so never before what holds that message: a change of it, a thumb down.
    About(String),
    /// Something that is the same done twice: a command.
    Deed(String),
    Tap(String),
    /// Never grouped with others.
    Alone,
}

/// Indices of the updates handled in one step; the last one's message is answered.
pub(super) type Group = Vec<usize>;

/// Puts what waits into groups. Every place is in exactly one; what is said stays in its order, and on its side of every
/// tap and command.
pub(super) fn gather(pieces: &[Piece]) -> Vec<Group> {
    let mut done = taps(pieces);
    let deed = |piece: &Piece| matches!(piece, Piece::Deed(_));
    done.extend(alike(pieces, deed));
    let alone = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| **piece == Piece::Alone);
    done.extend(alone.map(|(at, _)| vec![at]));
    let carried_out: BTreeSet<usize> = done.iter().filter_map(|group| group.last().copied()).collect();
    let said = said(pieces, &carried_out);
    let about = alike(pieces, |piece| matches!(piece, Piece::About(_)));
    let about = about
        .into_iter()
        .map(|group| (after_what_it_is_about(&group, &said), group));
    let mut placed: Vec<((usize, usize), Group)> = about.collect();
    for group in said.iter().cloned().chain(done) {
        let last = group.last().copied().unwrap_or_default();
        placed.push(((last, last), group));
    }
    placed.sort();
    placed.into_iter().map(|(_, group)| group).collect()
}

/// Where something stands that is about an earlier message: behind a group of what was said before and after it.
fn after_what_it_is_about(group: &Group, said: &[Group]) -> (usize, usize) {
    let own = group.last().copied().unwrap_or_default();
    let spans = |said: &&Group| said.first().is_some_and(|first| *first < own);
    let last = said.iter().filter(spans).filter_map(|said| said.last()).max();
    // Of two behind the same group, the earlier stays the first; the group itself is before both.
    let held = last.copied().unwrap_or_default();
    if held > own {
        (held, held + 1 + own)
    } else {
        (own, own)
    }
}

/// The same thing done several times is one, where it was done last.
fn alike(pieces: &[Piece], kind: impl Fn(&Piece) -> bool) -> Vec<Group> {
    let mut groups: Vec<(&Piece, Group)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| kind(piece)) {
        match groups.iter_mut().find(|(known, _)| *known == piece) {
            Some((_, group)) => group.push(at),
            None => groups.push((piece, vec![at])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class<'p> {
    Short,
    Long,
    Cry,
    Shown(&'p str),
}

impl<'p> Class<'p> {
    /// With how long it is; none if nothing is said.
    fn of(piece: &'p Piece) -> Option<(Self, usize)> {
        match piece {
            Piece::Words { chars, cry: true } => Some((Self::Cry, *chars)),
            Piece::Words { chars, .. } if *chars > LONGEST => Some((Self::Long, *chars)),
            Piece::Words { chars, .. } => Some((Self::Short, *chars)),
            Piece::Shown(kind) => Some((Self::Shown(kind), 0)),
            Piece::About(_) | Piece::Deed(_) | Piece::Tap(_) | Piece::Alone => None,
        }
    }
}

/// Words that fit one question become one; what is too long is refused once; a cry for help stays apart, and so does what
/// is no words. What is beyond the most answers is put together whatever it is: a cry is heard in a long text too. Nothing
/// is put together over what is carried out in between: who ends a talk and then writes, begins anew.
fn said(pieces: &[Piece], carried_out: &BTreeSet<usize>) -> Vec<Group> {
    let mut groups: Vec<(Class<'_>, usize, Group)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Some((class, chars)) = Class::of(piece) else {
            continue;
        };
        let full = groups.len() >= MOST_ANSWERS;
        match groups.last_mut() {
            Some((last, length, group))
                if (full
                    || (*last == class && (class != Class::Short || *length + 1 + chars <= LONGEST)))
                    && carried_out.range(group[0]..at).next().is_none() =>
            {
                *length += 1 + chars;
                group.push(at);
            }
            _ => groups.push((class, chars, vec![at])),
        }
    }
    let groups = groups.into_iter().map(|(_, _, group)| group);
    groups.flat_map(|group| words_lead(pieces, group)).collect()
}

/// Where words and pictures are together, words lead: they are what can be answered.
fn words_lead(pieces: &[Piece], mut group: Group) -> Vec<Group> {
    let is_words = |at: &usize| matches!(pieces[*at], Piece::Words { .. });
    match group.iter().rposition(is_words) {
        Some(last) if last + 1 < group.len() => {
            let rest = group.split_off(last + 1);
            vec![group, rest]
        }
        _ => vec![group],
    }
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

    fn photo() -> Piece {
        Piece::Shown("photo".to_owned())
    }

    fn about(message: &str) -> Piece {
        Piece::About(message.to_owned())
    }

    fn tap(name: &str) -> Piece {
        Piece::Tap(name.to_owned())
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
    fn a_change_comes_after_the_words_it_changes() {
        let pieces = [short(5), about("1"), short(5), about("3"), about("1"), short(5)];
        assert_eq!(gather(&pieces), [vec![0, 2, 5], vec![3], vec![1, 4]]);
        let pieces = [about("earlier"), short(5), tap("end"), about("2"), short(5)];
        assert_eq!(gather(&pieces), [vec![0], vec![1], vec![2], vec![3], vec![4]]);
    }

    #[test]
    fn a_picture_stays_between_the_words_it_stood_between() {
        let pieces = [short(5), photo(), photo(), short(5), photo()];
        assert_eq!(gather(&pieces), [vec![0], vec![1, 2], vec![3], vec![4]]);
        let woven: Vec<Piece> = (0..10).flat_map(|_| [short(5), photo()]).collect();
        let groups = gather(&woven);
        assert_eq!(
            groups.len(),
            MOST_ANSWERS + 1,
            "beyond the most answers all is one: {groups:?}"
        );
        assert_eq!(groups.concat(), (0..20).collect::<Vec<_>>());
        assert_eq!(groups.last(), Some(&vec![19]), "words lead where there are any");
    }

    #[test]
    fn what_was_written_before_a_tap_is_read_before_it() {
        let pieces = [short(5), short(5), tap("forget"), short(5), tap("end"), short(5)];
        let groups = gather(&pieces);
        assert_eq!(groups, [vec![0, 1], vec![2], vec![3], vec![4], vec![5]]);
    }

    #[test]
    fn the_same_tap_is_one_and_the_last_choice_holds() {
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
            2 => "[a-c]".prop_map(Piece::Shown),
            2 => "[a-c]".prop_map(Piece::About),
            1 => "[a-c]".prop_map(Piece::Deed),
            1 => "[a-z]".prop_map(Piece::Tap),
            1 => Just(Piece::Alone),
        ]
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_words_keep_their_order(pieces in proptest::collection::vec(piece(), 0..100)) {
            let groups = gather(&pieces);
            let is_said = |at: &usize| Class::of(&pieces[*at]).is_some();
            let mut all = groups.concat();
            let said: Vec<usize> = all.iter().copied().filter(is_said).collect();
            prop_assert!(said.is_sorted(), "{:?}", groups);
            let mut before: Vec<usize> = Vec::new();
            for group in &groups {
                let last = group[group.len() - 1];
                let overtaken = |at: usize| (0..at).filter(is_said).find(|said| !before.contains(said));
                match &pieces[last] {
                    Piece::About(_) => prop_assert_eq!(overtaken(last), None),
                    Piece::Deed(_) | Piece::Tap(_) | Piece::Alone => {
                        prop_assert_eq!(overtaken(last), None);
                        prop_assert!(before.iter().filter(|at| is_said(at)).all(|at| *at < last), "{:?}", groups);
                    }
                    Piece::Words { .. } | Piece::Shown(_) => {}
                }
                before.extend(group);
            }
            all.sort_unstable();
            prop_assert_eq!(all, (0..pieces.len()).collect::<Vec<_>>());
            prop_assert!(groups.iter().all(|group| group.is_sorted()), "{:?}", groups);
            let answers = groups.iter().filter(|group| is_said(&group[0])).count();
            let between = groups.iter().filter(|group| !is_said(&group[0])).count();
            prop_assert!(answers <= MOST_ANSWERS + 1 + 2 * between);
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
