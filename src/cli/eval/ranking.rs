//! How well the right entries are ranked, whatever is then done with the ranking: for lists without a fitted decision,
//! and for comparing with published retrieval figures.

use crate::{
    cli::eval::{questions::Wanted, score::Asked},
    knowledge::EntryId,
};

/// How many places from the top count.
const DEPTH: usize = 10;

/// What an entry gains that answers, and one that helps in part: two to the power of its grade, less one, as others
/// count it (Burges et al., "Learning to rank using gradient descent", 2005).
const GAINS: [f64; 2] = [3.0, 1.0];

/// The figures over all questions an entry answers. Right is what answers, and what helps in part where that is named.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Ranking {
    pub questions: usize,
    /// Mean of one over the place of the first right entry among ten (0 if none is there).
    pub mrr: f64,
    /// Mean share of the right entries that are among the first ten.
    pub recall: f64,
    /// Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen, "Cumulated gain-based evaluation
    /// of IR techniques", 2002).
    pub ndcg: f64,
}

impl Ranking {
    /// Of what was asked; questions no entry answers are left out.
    #[must_use]
    pub fn of(asked: &[Asked]) -> Self {
        let answerable = asked.iter().filter(|asked| {
            let wanted = &asked.scored.wanted;
            wanted.expect.is_answerable() && !(wanted.accept.is_empty() && wanted.near.is_empty())
        });
        let each = answerable.map(|asked| {
            let found = asked.verdict.candidates.iter().map(|candidate| &candidate.entry);
            Self::of_one(found, &asked.scored.wanted)
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

    fn of_one<'a>(found: impl Iterator<Item = &'a EntryId>, wanted: &Wanted) -> Self {
        let gain = |entry: &EntryId| {
            let grades = [&wanted.accept, &wanted.near].into_iter().zip(GAINS);
            grades
                .filter(|(entries, _)| entries.contains(entry))
                .map(|(_, gain)| gain)
                .fold(0.0, f64::max)
        };
        let discounted = |(place, gain): (usize, f64)| gain / (place as f64 + 1.0).log2();
        let gains: Vec<(usize, f64)> = (1..=DEPTH).zip(found.map(gain)).collect();
        let right: Vec<usize> = gains
            .iter()
            .filter(|(_, gain)| *gain > 0.0)
            .map(|(place, _)| *place)
            .collect();
        let best = wanted.accept.iter().map(|_| GAINS[0]);
        let best = best.chain(wanted.near.iter().map(|_| GAINS[1]));
        let ideal: f64 = (1..=DEPTH).zip(best).map(discounted).sum();
        Self {
            questions: 1,
            mrr: right.first().map_or(0.0, |&place| 1.0 / place as f64),
            recall: right.len() as f64 / (wanted.accept.len() + wanted.near.len()) as f64,
            ndcg: gains.into_iter().map(discounted).sum::<f64>() / ideal,
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
    use crate::cli::eval::questions::Expect;

    #[test]
    fn the_earlier_a_right_entry_comes_the_more_it_counts() {
        let id = |name: &str| name.parse::<EntryId>().unwrap();
        let found = ["a", "b", "c"].map(id);
        let graded = |accept: &[&str], near: &[&str]| {
            let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect();
            let wanted = Wanted {
                expect: Expect::Answer,
                accept: ids(accept),
                near: ids(near),
                must: Vec::new(),
                must_not: Vec::new(),
            };
            Ranking::of_one(found.iter(), &wanted)
        };
        let of = |right: &[&str]| graded(right, &[]);
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
        let in_part = graded(&["b"], &["a"]);
        assert_eq!((in_part.mrr, in_part.recall), (1.0, 1.0));
        assert!(in_part.ndcg < graded(&["a"], &["b"]).ndcg);
    }
}
