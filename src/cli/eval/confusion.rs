//! Which topics are taken for which: where contrast phrasings, or a concept that is needed, would help most.

use std::{collections::BTreeMap, fmt::Write};

use crate::{cli::eval::holdout::Trial, knowledge::Asks};

/// At most this many pairs are printed.
const PAIRS: usize = 30;

/// The pairs that are confused most, with one line of each, for people.
#[must_use]
pub fn report(trials: &[Trial]) -> String {
    let mut pairs: BTreeMap<(&Asks, &Asks), Vec<&str>> = BTreeMap::new();
    for trial in trials.iter().filter(|trial| !trial.is_crisis()) {
        if let Some(first) = trial.ranking.first()
            && *first != trial.truth
        {
            pairs.entry((&trial.truth, first)).or_default().push(&trial.text);
        }
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
    let mut text = String::from("meant -> taken for, of the hands left out\n");
    for ((meant, taken), lines) in pairs.iter().take(PAIRS) {
        let example = lines.first().copied().unwrap_or_default();
        let _ = writeln!(text, "{:4}  {meant} -> {taken}    {example}", lines.len());
    }
    text
}
