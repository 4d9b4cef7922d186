//! The only ways a case can change.
//!
//! A case is open until somebody on the staff takes it, and belongs to them until they give it back, hand it on or
//! close it. Meanwhile nobody else speaks to the mover, not even the bot.

use jiff::Timestamp;

use crate::{
    conversation::{Wish, WishReason},
    handover::{
        case::{AlbumWait, Answered, Case, Closing, Reason, Stage},
        said::Said,
    },
    outgoing::{MessageId, UserId},
};

/// How many of the last answers are remembered.
const ANSWERS: usize = 5;
/// How many messages that became notes are remembered: more than can wait to be passed on.
const NOTED: usize = 20;
/// How many note albums are remembered: few, since the pictures of one come within a moment.
const NOTE_ALBUMS: usize = 5;

/// Why something cannot be done with a case as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the case belongs to somebody else")]
    TakenBy(UserId),
    #[error("the mover does not wait for an answer")]
    NobodyWaits(UserId),
    #[error("the case is theirs already")]
    AlreadyYours,
    #[error("nobody has taken the case")]
    NotTaken,
    #[error("the case is closed")]
    Closed,
    #[error("the case is not closed")]
    NotClosed,
    #[error("the moment is past")]
    Past,
}

type Done = Result<(), Refusal>;

impl Case {
    /// One of the staff takes an open case.
    ///
    /// # Errors
    /// When it is taken already, or closed.
    pub fn take(&mut self, by: UserId, now: Timestamp) -> Done {
        match self.stage {
            Stage::Open => self.belongs_to(by, now),
            Stage::Claimed { by: owner, .. } if owner == by => return Err(Refusal::AlreadyYours),
            Stage::Claimed { by: owner, .. } => return Err(Refusal::TakenBy(owner)),
            Stage::Closed { .. } => return Err(Refusal::Closed),
        }
        Ok(())
    }

    /// Takes the case from an owner who keeps the mover waiting.
    ///
    /// # Errors
    /// When it is theirs already, or closed, or nobody waits any more: the reminder may be an old one.
    pub fn take_over(&mut self, by: UserId, now: Timestamp) -> Done {
        match self.stage {
            Stage::Closed { .. } => return Err(Refusal::Closed),
            Stage::Claimed { by: owner, .. } if owner == by => return Err(Refusal::AlreadyYours),
            Stage::Claimed { by: owner, .. } if self.waiting_since.is_none() => {
                return Err(Refusal::NobodyWaits(owner));
            }
            Stage::Open | Stage::Claimed { .. } => self.belongs_to(by, now),
        }
        Ok(())
    }

    /// The owner gives the case back to everybody.
    ///
    /// # Errors
    /// When it is not theirs.
    pub fn release(&mut self, by: UserId, now: Timestamp) -> Done {
        self.must_own(by)?;
        self.loses_owner(now);
        Ok(())
    }

    /// The owner hands the case to a colleague.
    ///
    /// # Errors
    /// When it is not theirs, or would go to themselves.
    pub fn hand_on(&mut self, by: UserId, to: UserId, now: Timestamp) -> Done {
        self.must_own(by)?;
        if by == to {
            return Err(Refusal::AlreadyYours);
        }
        self.belongs_to(to, now);
        Ok(())
    }

    /// The owner closes the case, or anybody if nobody has taken it.
    ///
    /// # Errors
    /// When it belongs to somebody else, or is closed.
    pub fn close(&mut self, by: UserId, reason: Reason, now: Timestamp) -> Done {
        self.may_act(by)?;
        self.end(Closing::Staff { by, reason }, now);
        Ok(())
    }

    /// The mover has what they need.
    ///
    /// # Errors
    /// When it is closed.
    pub fn close_by_mover(&mut self, now: Timestamp) -> Done {
        if !self.is_live() {
            return Err(Refusal::Closed);
        }
        self.end(Closing::Mover, now);
        Ok(())
    }

    /// Puts the case off: nobody is reminded until then, unless the mover writes.
    ///
    /// # Errors
    /// When it belongs to somebody else or is closed, or the moment is past.
    pub fn snooze(&mut self, by: UserId, until: Timestamp, now: Timestamp) -> Done {
        self.may_act(by)?;
        if until <= now {
            return Err(Refusal::Past);
        }
        self.snoozed_until = Some(until);
        // The rest puts the closing off as well; before it, the mover is told anew.
        self.warned_at = None;
        Ok(())
    }

    /// Somebody on the staff reopens a closed case.
    ///
    /// # Errors
    /// When it is not closed.
    pub fn reopen_by(&mut self, by: UserId, now: Timestamp) -> Done {
        if self.is_live() {
            return Err(Refusal::NotClosed);
        }
        self.belongs_to(by, now);
        self.last_words = now;
        Ok(())
    }

    /// The mover wants a person again. A closed case is reopened; a live one keeps its owner.
    pub fn wished_again(&mut self, wish: &Wish) {
        if !self.is_live() {
            self.stage = Stage::Open;
            self.opened = wish.at;
            self.why = wish.why;
            self.rating = None;
            self.alerts = 0;
            self.waiting_since = None;
        }
        if wish.why == WishReason::Crisis || !self.is_urgent() {
            self.why = wish.why;
        }
        if wish.question.is_some() {
            self.question.clone_from(&wish.question);
        }
        self.mover_spoke(wish.question.as_deref(), wish.at);
    }

    /// The mover wrote something for the desk.
    pub fn mover_spoke(&mut self, words: Option<&str>, now: Timestamp) {
        if let Some(words) = words {
            self.last_asked = Some(words.to_owned());
        }
        if self.waiting_since.is_none() {
            self.waiting_since = Some(now);
            self.alerts = 0;
        }
        self.last_words = now;
        self.warned_at = None;
        self.snoozed_until = None;
    }

    /// Words of a person went to the mover.
    pub fn person_spoke(&mut self, now: Timestamp) {
        self.waiting_since = None;
        self.alerts = 0;
        self.last_words = now;
        self.warned_at = None;
    }

    /// Remembers an answer of the owner's, with the question it most likely answers.
    pub(super) fn answered(&mut self, message: MessageId, text: &str, now: Timestamp) {
        if self.answers.len() >= ANSWERS {
            self.answers.remove(0);
        }
        self.answers.push(Answered {
            message,
            asked: self.last_asked.clone(),
            text: text.to_owned(),
            at: Some(now),
            drafted: false,
        });
    }

    /// The owner edited an answer.
    pub(super) fn answer_changed(&mut self, message: MessageId, text: &str) {
        if let Some(answer) = self.answers.iter_mut().find(|one| one.message == message) {
            text.clone_into(&mut answer.text);
        }
    }

    /// An album is about to end the wait, unless words below a later picture of it say that it is a note.
    pub(super) fn album_spoke(&mut self, album: &str) {
        if let Some(since) = self.waiting_since {
            self.wait_ended = Some(AlbumWait {
                album: album.to_owned(),
                since,
            });
        }
    }

    /// This message was changed into a note: wherever it waits to be passed on, it stays here, and with it the whole of
    /// its album. Whether anything of that has reached the mover is not known here, so the wait stays as it is.
    pub(super) fn turns_into_note(&mut self, said: &Said) {
        self.held.retain(|held| held.message != said.message);
        if self.noted.len() >= NOTED {
            self.noted.remove(0);
        }
        self.noted.push(said.message);
        if let Some(album) = said.album().filter(|album| !self.has_noted(album)) {
            self.remember_noted(album);
        }
    }

    /// Held words were edited.
    pub(super) fn held_changed(&mut self, said: &Said) {
        if let Some(held) = self.held.iter_mut().find(|one| one.message == said.message) {
            held.text.clone_from(&said.text);
            held.words = said.words();
        }
    }

    /// Whether anything here refers to a message in the group by its id.
    #[must_use]
    pub fn names_messages(&self) -> bool {
        !(self.held.is_empty() && self.noted.is_empty() && self.answers.is_empty())
    }

    /// The group was replaced, and those ids now belong to other messages. Returns whether held words were lost that
    /// nobody can send any more.
    pub fn leaves_messages(&mut self) -> bool {
        self.noted.clear();
        self.answers.clear();
        !std::mem::take(&mut self.held).is_empty()
    }

    /// All of this album is a note, including pictures that came before the caption that says so.
    pub(super) fn notes_album(&mut self, album: &str) {
        self.remember_noted(album);
        if let Some(ended) = self.wait_ended.take_if(|ended| ended.album == album) {
            self.waiting_since.get_or_insert(ended.since);
        }
    }

    fn remember_noted(&mut self, album: &str) {
        self.held.retain(|held| held.album.as_deref() != Some(album));
        if self.note_albums.len() >= NOTE_ALBUMS {
            self.note_albums.remove(0);
        }
        self.note_albums.push(album.to_owned());
    }

    /// Whether this album is known to be a note.
    pub(super) fn has_noted(&self, album: &str) -> bool {
        self.note_albums.iter().any(|noted| noted == album)
    }

    /// Ends the case, whatever it was.
    pub(super) fn end(&mut self, by: Closing, now: Timestamp) {
        self.stage = Stage::Closed {
            at: now,
            by,
            had: self.owner(),
        };
        self.waiting_since = None;
        self.alerts = 0;
        self.snoozed_until = None;
        self.warned_at = None;
    }

    /// Takes the case from an owner who no longer belongs to the staff.
    pub(super) fn loses_owner(&mut self, now: Timestamp) {
        self.stage = Stage::Open;
        self.waiting_since.get_or_insert(now);
        // It was the owner who put it off.
        self.snoozed_until = None;
    }

    fn belongs_to(&mut self, by: UserId, now: Timestamp) {
        self.stage = Stage::Claimed { by, since: now };
        self.snoozed_until = None;
    }

    fn must_own(&self, by: UserId) -> Done {
        match self.stage {
            Stage::Claimed { by: owner, .. } if owner == by => Ok(()),
            Stage::Claimed { by: owner, .. } => Err(Refusal::TakenBy(owner)),
            Stage::Open => Err(Refusal::NotTaken),
            Stage::Closed { .. } => Err(Refusal::Closed),
        }
    }

    pub(super) fn may_act(&self, by: UserId) -> Done {
        match self.must_own(by) {
            Err(Refusal::NotTaken) => Ok(()),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use jiff::SignedDuration;

    use super::*;
    use crate::{
        handover::case::{Face, REOPENS_WITHIN},
        lang::Lang,
    };

    fn start() -> Timestamp {
        "2026-11-24T00:00:00Z".parse().unwrap()
    }

    fn wish(at: Timestamp) -> Wish {
        Wish {
            at,
            why: WishReason::Asked,
            question: Some("人と話したい".to_owned()),
        }
    }

    fn case() -> Case {
        Case::first(UserId(1), Lang::Ja, Face::default(), &wish(start()))
    }

    /// Anything anybody may try.
    #[derive(Debug, Clone)]
    enum Deed {
        Take(i64),
        TakeOver(i64),
        Release(i64),
        HandOn(i64, i64),
        Close(i64),
        CloseByMover,
        Snooze(i64, i64),
        ReopenBy(i64),
        WishAgain,
        MoverSpeaks,
        PersonSpeaks(i64),
        OwnerLeaves,
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let who = || 10_i64..13;
        prop_oneof![
            who().prop_map(Deed::Take),
            who().prop_map(Deed::TakeOver),
            who().prop_map(Deed::Release),
            (who(), who()).prop_map(|(by, to)| Deed::HandOn(by, to)),
            who().prop_map(Deed::Close),
            Just(Deed::CloseByMover),
            (who(), -5_i64..100).prop_map(|(by, minutes)| Deed::Snooze(by, minutes)),
            who().prop_map(Deed::ReopenBy),
            Just(Deed::WishAgain),
            Just(Deed::MoverSpeaks),
            who().prop_map(Deed::PersonSpeaks),
            Just(Deed::OwnerLeaves),
        ]
    }

    fn apply(case: &mut Case, deed: &Deed, now: Timestamp) -> Done {
        match *deed {
            Deed::Take(by) => case.take(UserId(by), now),
            Deed::TakeOver(by) => case.take_over(UserId(by), now),
            Deed::Release(by) => case.release(UserId(by), now),
            Deed::HandOn(by, to) => case.hand_on(UserId(by), UserId(to), now),
            Deed::Close(by) => case.close(UserId(by), Reason::Solved, now),
            Deed::CloseByMover => case.close_by_mover(now),
            Deed::Snooze(by, minutes) => {
                case.snooze(UserId(by), now + SignedDuration::from_mins(minutes), now)
            }
            Deed::ReopenBy(by) => case.reopen_by(UserId(by), now),
            Deed::WishAgain => {
                case.wished_again(&wish(now));
                Ok(())
            }
            Deed::MoverSpeaks if case.is_live() => {
                case.mover_spoke(Some("まだですか"), now);
                Ok(())
            }
            Deed::PersonSpeaks(by) if case.owner() == Some(UserId(by)) => {
                case.person_spoke(now);
                Ok(())
            }
            Deed::OwnerLeaves if case.owner().is_some() => {
                case.loses_owner(now);
                Ok(())
            }
            Deed::MoverSpeaks | Deed::PersonSpeaks(_) | Deed::OwnerLeaves => Ok(()),
        }
    }

    proptest! {
        /// Whatever is tried in whatever order: what is refused changes nothing, one owner or none, nobody waits in a
        /// closed case, and only an owner's own deed, or one that takes over, ends an ownership.
        #[test]
        fn a_case_never_holds_nonsense(deeds in proptest::collection::vec(deed(), 0..60)) {
            let (mut case, mut now) = (case(), start());
            for deed in &deeds {
                now += SignedDuration::from_mins(1);
                let before = case.clone();
                let done = apply(&mut case, deed, now);
                if done.is_err() {
                    prop_assert_eq!(&case, &before, "{:?} was refused", deed);
                }
                if !case.is_live() {
                    prop_assert!(case.waiting_since.is_none(), "{:?}", deed);
                }
                if let (Some(owner), true) = (before.owner(), before.owner() != case.owner()) {
                    let own = matches!(deed, Deed::Release(by) | Deed::HandOn(by, _) | Deed::Close(by) if UserId(*by) == owner);
                    let others = matches!(deed, Deed::TakeOver(_) | Deed::CloseByMover | Deed::OwnerLeaves);
                    prop_assert!(own || others, "{:?}", deed);
                    prop_assert!(case.snoozed_until.is_none(), "{:?} leaves a rest that was the owner's", deed);
                }
                if case.stage == Stage::Open {
                    prop_assert!(case.waiting_since.is_some(), "{:?} leaves nobody waiting", deed);
                }
                prop_assert!(case.waiting_since.is_none_or(|since| since <= now));
                prop_assert!(case.number == 1, "only a new case counts");
            }
        }

        /// However many reach for it, an open case gets one owner, the first.
        #[test]
        fn a_take_has_one_winner(order in proptest::collection::vec(10_i64..20, 1..20)) {
            let mut case = case();
            let won: Vec<i64> = order.iter().copied().filter(|by| case.take(UserId(*by), start()).is_ok()).collect();
            prop_assert_eq!(&won, &order[..1]);
            prop_assert_eq!(case.owner(), Some(UserId(order[0])));
        }
    }

    #[test]
    fn who_writes_within_a_week_goes_on_with_the_case() {
        let mut case = case();
        case.take(UserId(10), start()).unwrap();
        case.close(UserId(10), Reason::Solved, start()).unwrap();
        let week = start() + REOPENS_WITHIN;
        assert!(case.is_fresh_enough(week));
        assert!(!case.is_fresh_enough(week + SignedDuration::from_secs(1)));
        case.wished_again(&wish(week));
        assert_eq!(case.stage, Stage::Open);
        assert_eq!(case.waiting_since, Some(week));
        let next = Case::after(&case, Lang::En, Face::default(), &wish(week));
        assert_eq!((next.number, next.version), (2, case.version));
    }

    #[test]
    fn a_rest_puts_off_the_closing_that_was_announced() {
        let mut case = case();
        case.take(UserId(10), start()).unwrap();
        case.person_spoke(start());
        case.warned_at = Some(start());
        let later = start() + SignedDuration::from_hours(72);
        case.snooze(UserId(10), later, start()).unwrap();
        assert_eq!(case.warned_at, None);
    }

    #[test]
    fn an_old_reminder_takes_no_case_from_an_owner_who_has_answered() {
        let mut case = case();
        case.take(UserId(10), start()).unwrap();
        case.person_spoke(start());
        let refused = case.take_over(UserId(11), start());
        assert_eq!(refused, Err(Refusal::NobodyWaits(UserId(10))));
        case.mover_spoke(Some("まだですか"), start());
        case.take_over(UserId(11), start()).unwrap();
        assert_eq!(case.owner(), Some(UserId(11)));
    }

    #[test]
    fn words_of_a_person_end_the_waiting_and_new_words_begin_it() {
        let mut case = case();
        assert_eq!(case.waiting_since, Some(start()));
        let later = start() + SignedDuration::from_mins(5);
        case.person_spoke(later);
        assert_eq!(case.waiting_since, None);
        case.mover_spoke(None, later);
        case.mover_spoke(None, later + SignedDuration::from_mins(5));
        assert_eq!(
            case.waiting_since,
            Some(later),
            "the first unanswered words count"
        );
    }
}
