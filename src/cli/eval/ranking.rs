//! How well the right entries are ranked, whatever is then done with the ranking: for lists without a fitted decision,
//! and for comparing with published retrieval figures.

use crate::{cli::eval::score::Asked, knowledge::EntryId};

/// How many places from the top count.
const DEPTH: usize = 10;

/// The figures over all questions an entry answers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Ranking {
    pub questions: usize,
    /// Mean of one over the place of the first right entry among ten (0 if none is there).
    pub mrr: f64,
    /// Mean share of the right entries that are among the first ten.
    pub recall: f64,
    /// Normalised discounted cumulative gain of the first ten, each right entry gaining one (Järvelin and Kekäläinen,
    /// "Cumulated gain-based evaluation of IR techniques", 2002).
    pub ndcg: f64,
}

impl Ranking {
    /// Of what was asked; questions no entry answers are left out.
    #[must_use]
    pub fn of(asked: &[Asked]) -> Self {
        let answerable = asked.iter().filter(|asked| {
            asked.scored.wanted.expect.is_answerable() && !asked.scored.wanted.accept.is_empty()
        });
        let each = answerable.map(|asked| {
            let found = asked.verdict.candidates.iter().map(|candidate| &candidate.entry);
            Self::of_one(found, &asked.scored.wanted.accept)
        });
        let sum = each.fold(Self::default(), |sum, one| Self {
            questions: sum.questions + 1,
            mrr: sum.mrr + one.mrr,
            recall: sum.recall + one.recall,
            ndcg: sum.ndcg + one.ndcg,
        });
        let n = sum.questions.max(1) as f64;
        Self {
            questions: sum.questions,
            mrr: sum.mrr / n,
            recall: sum.recall / n,
            ndcg: sum.ndcg / n,
        }
    }

    fn of_one<'a>(found: impl Iterator<Item = &'a EntryId>, right: &[EntryId]) -> Self {
        let gain = |place: usize| 1.0 / (place as f64 + 1.0).log2();
        let places: Vec<usize> = (1..=DEPTH)
            .zip(found)
            .filter(|(_, entry)| right.contains(entry))
            .map(|(place, _)| place)
            .collect();
        let ideal: f64 = (1..=right.len().min(DEPTH)).map(gain).sum();
        Self {
            questions: 1,
            mrr: places.first().map_or(0.0, |&place| 1.0 / place as f64),
            recall: places.len() as f64 / right.len() as f64,
            ndcg: places.iter().copied().map(gain).sum::<f64>() / ideal,
        }
    }

    /// For people.
    #[must_use]
    pub fn line(&self) -> String {
        format!(
            "ranking of {} questions an entry answers: MRR@10 {:.3}, recall@10 {:.3}, nDCG@10 {:.3}",
            self.questions, self.mrr, self.recall, self.ndcg
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earlier_a_right_entry_comes_the_more_it_counts() {
        let id = |name: &str| name.parse::<EntryId>().unwrap();
        let found = ["a", "b", "c"].map(id);
        let of = |right: &[&str]| {
            let right: Vec<EntryId> = right.iter().map(|name| id(name)).collect();
            Ranking::of_one(found.iter(), &right)
        };
        let first = of(&["a"]);
        assert_eq!((first.mrr, first.recall, first.ndcg), (1.0, 1.0, 1.0));
        let second = of(&["b"]);
        assert_eq!((second.mrr, second.recall), (0.5, 1.0));
        assert!((second.ndcg - 1.0 / 3.0_f64.log2()).abs() < 1e-9);
        assert_eq!(
            of(&["z"]),
            Ranking {
                questions: 1,
                ..Ranking::default()
            }
        );
        assert_eq!(of(&["c", "z"]).recall, 0.5);
    }
}
