//! The ranking of a plain list of questions and answers, which may have a hundred thousand entries.
//!
//! One way of asking per entry teaches no classifier, and there is nothing to fit a decision to: BM25F speaks alone, and
//! every question is met with choices. So nothing is worked out of entries that nobody will see.

use crate::understanding::{
    evidence::{Evidence, NO_SPREAD, SIGNALS},
    features::Features,
    index::Index,
    ranking::{better, ranked},
};

/// So many postings are added up for all entries; what commoner words say is asked only of the best of them. A list of
/// some thousands hardly comes near it.
const POSTINGS: usize = 600_000;
/// How often a group of words for the same thing counts: more than a pair of letters does, since it is what is meant. On
/// a made-up town hall's 720 entries once gives MRR .73, three or four times .77.
const GROUP: usize = 3;
/// Scores summed side by side.
const LANES: usize = 8;

/// Ranks all entries. `leaning` adds to the scores of single ones, in spreads.
pub(super) fn weigh(index: &Index, question: &Features, leaning: &[(usize, f32)]) -> Evidence {
    let mut asked = question.telling().to_vec();
    for _ in 1..GROUP {
        asked.extend(index.concepts.tokens(&question.concepts));
    }
    let (mut scores, left_over) = index.bm25.scores_by_rarest(&asked, POSTINGS);
    let (mean, spread) = mean_and_spread(&scores);
    for &(document, bonus) in leaning {
        if let Some(score) = scores.get_mut(document) {
            *score += bonus * spread;
        }
    }
    let mut ranking = ranked(&scores);
    index.bm25.add_left_over(&left_over, &mut ranking);
    ranking.sort_unstable_by(better);
    for (_, score) in &mut ranking {
        *score = (*score - mean) / spread;
    }
    let first = ranking.first().map_or(0, |(document, _)| *document);
    Evidence {
        ranking,
        signals: [0.0; SIGNALS],
        firsts: (first, first),
        near: Vec::new(),
    }
}

fn mean_and_spread(scores: &[f32]) -> (f32, f32) {
    let (mut sums, mut squares) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    for chunk in scores.chunks(LANES) {
        for (at, score) in chunk.iter().enumerate() {
            sums[at] += score;
            squares[at] += score * score;
        }
    }
    let n = scores.len().max(1) as f32;
    let mean = sums.iter().sum::<f32>() / n;
    let variance = squares.iter().sum::<f32>() / n - mean * mean;
    (mean, variance.max(0.0).sqrt().max(NO_SPREAD))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{knowledge, understanding::Understanding};

    /// Every entry speaks of rubbish; one of a bird as well.
    fn list(entries: usize) -> String {
        let line = |at: usize| {
            let what = if at == 70 { "鳥のごみ" } else { "ごみの日" };
            format!("{{\"id\":{at},\"question\":\"{what}\",\"answer\":\"町のごみの{at}番\"}}\n")
        };
        (0..entries).map(line).collect()
    }

    #[test]
    fn what_common_words_left_over_say_is_asked_of_the_best() {
        let revision = knowledge::load_jsonl("list.jsonl", &list(100)).unwrap();
        let index = Index::build(&revision).unwrap();
        let question = Features::of("町の鳥のごみ", &index.concepts);
        let all = index.bm25.scores(question.telling());
        let (scores, left_over) = index.bm25.scores_by_rarest(question.telling(), 50);
        assert!(scores.iter().filter(|score| **score > 0.0).count() < 50);
        let mut best = ranked(&scores);
        index.bm25.add_left_over(&left_over, &mut best);
        assert_eq!(best.len(), all.len(), "so few are all among the best");
        for (document, score) in best {
            assert!((score - all[document]).abs() < 1e-3, "{document}: {score}");
        }
    }

    #[test]
    fn the_first_of_a_long_list_is_the_one_that_has_the_rare_word() {
        let revision = knowledge::load_jsonl("list.jsonl", &list(2_000)).unwrap();
        let understanding = Understanding::build(&revision).unwrap();
        let verdict = understanding.understand("鳥のごみは何番ですか", None);
        assert_eq!(verdict.candidates[0].entry.as_str(), "70");
        assert_eq!(verdict.candidates.len(), 10);
    }
}
