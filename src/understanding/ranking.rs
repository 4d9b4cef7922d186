//! The best of many documents by their scores.

/// How many documents are ranked; nobody asks for what comes after them.
const RANKED: usize = 300;

/// The order of a ranking.
pub(super) fn better((a, x): &(usize, f32), (b, y): &(usize, f32)) -> std::cmp::Ordering {
    y.total_cmp(x).then(a.cmp(b))
}

/// The best documents, best first; the earlier one if scores are equal.
pub(super) fn ranked(scores: &[f32]) -> Vec<(usize, f32)> {
    let mut best: Vec<(usize, f32)> = Vec::with_capacity(2 * RANKED);
    let mut least = f32::NEG_INFINITY;
    for (document, &score) in scores.iter().enumerate() {
        if score > least || best.len() < RANKED {
            best.push((document, score));
        }
        if best.len() == 2 * RANKED {
            best.select_nth_unstable_by(RANKED - 1, better);
            best.truncate(RANKED);
            least = best[RANKED - 1].1;
        }
    }
    best.sort_by(better);
    best.truncate(RANKED);
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_those_a_full_sort_puts_first() {
        let scores: Vec<f32> = (0..2_000_u32)
            .map(|at| f32::from((at * 7919 % 10) as u8))
            .collect();
        let mut all: Vec<(usize, f32)> = scores.iter().copied().enumerate().collect();
        all.sort_by(better);
        assert_eq!(ranked(&scores), all[..RANKED]);
        assert_eq!(ranked(&scores[..5]).len(), 5);
        assert!(ranked(&[]).is_empty());
    }
}
