//! The desk's cases, by mover, and when one is due.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    handover::Case,
    outgoing::UserId,
    store::{Store, error::Result, record::Record, tree::Writes, trees::Trees},
};

/// Marks a case as due at the moment of its key.
#[derive(Serialize, Deserialize)]
pub(super) struct DueMark;

impl Record for Case {
    const WHAT: &'static str = "case";
    /// Since 2 with the messages it was opened with.
    const VERSION: u8 = 2;
}

impl Record for DueMark {
    const WHAT: &'static str = "mark of a case's next moment";
}

impl Store {
    /// The mover's case, live or closed.
    pub async fn case(&self, mover: UserId) -> Result<Option<Case>> {
        self.trees().cases.get(&mover)
    }

    /// Every case, by mover.
    pub async fn cases(&self) -> Result<Vec<Case>> {
        let cases = self.trees().cases.iter();
        cases.map(|found| found.map(|(_, case)| case)).collect()
    }

    /// The movers whose cases are due, the longest overdue first.
    pub async fn due_cases(&self, now: Timestamp, limit: usize) -> Result<Vec<UserId>> {
        let mut due = Vec::new();
        for found in self.trees().case_dues.iter().take(limit) {
            let ((at, mover), _) = found?;
            if at > now.as_millisecond() {
                break;
            }
            due.push(mover);
        }
        Ok(due)
    }

    /// When time changes the next case.
    pub async fn next_due_case(&self) -> Result<Option<Timestamp>> {
        let first = self.trees().case_dues.iter().next().transpose()?;
        Ok(first.and_then(|((at, _), _)| Timestamp::from_millisecond(at).ok()))
    }
}

/// Stages a case in place of the one it was made from; false if that is no longer the stored one.
pub(super) fn stage(trees: &Trees, writes: &mut Writes, case: Case) -> Result<bool> {
    if version(trees, case.mover)? != case.version {
        return Ok(false);
    }
    let kept = trees.cases.get(&case.mover)?;
    if let Some(before) = kept.and_then(|kept| kept.due) {
        writes.remove(&trees.case_dues, &due_key(before, case.mover));
    }
    if let Some(due) = case.due {
        writes.put(&trees.case_dues, &due_key(due, case.mover), &DueMark)?;
    }
    let case = Case {
        version: case.version + 1,
        ..case
    };
    writes.put(&trees.cases, &case.mover, &case)?;
    Ok(true)
}

/// Stages the removal of a mover's case and of its due mark.
pub(super) fn stage_removal(trees: &Trees, writes: &mut Writes, mover: UserId) -> Result<()> {
    if let Some(due) = trees.cases.get(&mover)?.and_then(|case| case.due) {
        writes.remove(&trees.case_dues, &due_key(due, mover));
    }
    writes.remove(&trees.cases, &mover);
    Ok(())
}

/// The version of a mover's case; 0 if they have none.
pub(super) fn version(trees: &Trees, mover: UserId) -> Result<u64> {
    let kept = trees.cases.get(&mover)?;
    Ok(kept.map_or(0, |kept| kept.version))
}

/// Rounded up, so that a case found by its key is due.
pub(super) fn due_key(at: Timestamp, mover: UserId) -> (i64, UserId) {
    let rounded = at.as_millisecond() + i64::from(at.subsec_nanosecond() % 1_000_000 > 0);
    (rounded, mover)
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use jiff::SignedDuration;

    use super::*;
    use crate::{
        conversation::{Wish, WishReason},
        handover::Face,
        lang::Lang,
        store::{Committed, Step, fixtures::*},
    };

    fn case(mover: i64) -> Case {
        let wish = Wish {
            at: now(),
            why: WishReason::Asked,
            question: None,
        };
        Case::first(UserId(mover), Lang::Ja, Face::default(), &wish)
    }

    async fn commit(store: &Store, case: Case) -> Committed {
        let step = Step {
            case: Some(case),
            ..Step::default()
        };
        store.commit_step(step).await.unwrap()
    }

    #[tokio::test]
    async fn a_change_made_from_an_older_case_is_refused() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        assert_eq!(commit(&store, case(1)).await, Committed::Now);
        let read = store.case(UserId(1)).await.unwrap().unwrap();
        assert_eq!(commit(&store, read.clone()).await, Committed::Now);
        assert_eq!(commit(&store, read).await, Committed::Stale);
        assert_eq!(commit(&store, case(1)).await, Committed::Stale);
    }

    #[tokio::test]
    async fn a_case_is_found_when_it_is_due_and_only_there() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        let later = now() + SignedDuration::from_nanos(60_000_000_001);
        for (mover, due) in [(1, Some(later)), (2, None), (3, Some(now()))] {
            commit(&store, Case { due, ..case(mover) }).await;
        }
        assert_eq!(store.due_cases(now(), 9).await.unwrap(), [UserId(3)]);
        let third = store.case(UserId(3)).await.unwrap().unwrap();
        commit(&store, Case { due: None, ..third }).await;
        assert!(store.due_cases(now(), 9).await.unwrap().is_empty());
        let next = store.next_due_case().await.unwrap().unwrap();
        assert!(next >= later, "asked earlier, it would not be due");
        assert_eq!(store.due_cases(next, 9).await.unwrap(), [UserId(1)]);
    }

    /// Ten thousand times, three of the staff reach for one case at the same moment, from threads of their own.
    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn ten_thousand_races_have_one_winner_each() {
        let data = tempfile::tempdir().unwrap();
        let store = open(data.path());
        for round in 0..10_000 {
            commit(&store, case(round)).await;
            let won = Arc::new(AtomicU32::new(0));
            let reach = |by: i64| {
                let (store, won) = (store.clone(), Arc::clone(&won));
                tokio::spawn(async move {
                    let mut read = store.case(UserId(round)).await.unwrap().unwrap();
                    let taken = read.take(UserId(by), now()).is_ok();
                    if taken && commit(&store, read).await == Committed::Now {
                        won.fetch_add(1, Ordering::SeqCst);
                    }
                })
            };
            let (a, b, c) = tokio::join!(reach(10), reach(11), reach(12));
            for ended in [a, b, c] {
                ended.unwrap();
            }
            assert_eq!(won.load(Ordering::SeqCst), 1, "round {round}");
        }
    }
}
