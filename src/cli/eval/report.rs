//! Prints what leaving hands out shows, and fits the decision when asked.

use std::{fs, path::Path};

use anyhow::Context;

use crate::{
    cli::eval::{
        Figure, fit,
        holdout::{self, Trial, at_thresholds},
    },
    knowledge::{Decision, Revision},
};

/// Leaves each hand out in turn, prints a line for each, and fits the decision to `fit_to`.
///
/// # Errors
/// When the concepts cannot be compiled, or the fitted file not written.
pub fn hold_out(revision: &Revision, fit_to: Option<&Path>) -> anyhow::Result<[Figure; 2]> {
    println!(
        "{:24}{:>7}{:>9}{:>9}{:>14}",
        "hand left out", "lines", "first", "in three", "or both none"
    );
    let trials = holdout::run(revision, |hand, trials| println!("{}", hand_line(hand, trials)))?;
    let mut hands: Vec<&str> = trials.iter().map(|trial| trial.hand.as_str()).collect();
    hands.dedup();
    let mean = |share: fn(&Trial) -> bool| {
        let of_hand = |hand: &&str| {
            let (hits, all) = trials
                .iter()
                .filter(|trial| trial.hand == **hand)
                .fold((0.0, 0.0), |(hits, all), trial| {
                    (hits + f64::from(u8::from(share(trial))), all + 1.0)
                });
            hits / f64::max(all, 1.0)
        };
        hands.iter().map(of_hand).sum::<f64>() / hands.len().max(1) as f64
    };
    let decision = match fit_to {
        Some(path) => Some(fit_and_keep(&trials, path)?),
        None => revision.decision.clone(),
    };
    if let Some(decision) = decision {
        println!("{}", thresholds_line(&trials, &decision));
    }
    let first = mean(|trial| trial.right_within(1));
    let three = mean(|trial| trial.right_within(3));
    println!(
        "mean of {} hands: right at first {first:.3}, among three {three:.3}, or both unanswerable {:.3}",
        hands.len(),
        mean(Trial::right_or_both_unanswerable),
    );
    Ok([("first", first), ("three", three)])
}

fn hand_line(hand: &str, trials: &[Trial]) -> String {
    let n = trials.len().max(1) as f64;
    let share = |hit: fn(&Trial) -> bool| trials.iter().filter(|trial| hit(trial)).count() as f64 / n;
    format!(
        "{hand:24}{:>7}{:>9.3}{:>9.3}{:>14.3}",
        trials.len(),
        share(|trial| trial.right_within(1)),
        share(|trial| trial.right_within(3)),
        share(Trial::right_or_both_unanswerable),
    )
}

fn fit_and_keep(trials: &[Trial], path: &Path) -> anyhow::Result<Decision> {
    let fitted = fit::fit(trials);
    let text = toml::to_string(&fitted).context("Cannot write the decision as TOML")?;
    let text = format!("# Made by `concierge eval --holdout --fit`; not written by hand.\n{text}");
    fs::write(path, text).with_context(|| format!("Cannot write {}", path.display()))?;
    Ok(fitted)
}

fn thresholds_line(trials: &[Trial], decision: &Decision) -> String {
    let sums = at_thresholds(trials, decision);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    format!(
        "at the thresholds (answer from {:.3}, decline from {:.3}): precision {:.3} of {}, answered {:.3}, within one tap {:.3}, false answers {}",
        decision.answer_from,
        decision.decline_from,
        share(sums.answered_right, sums.answered),
        sums.answered,
        share(sums.answered, sums.answerable),
        share(sums.within_one_tap, sums.answerable),
        sums.false_answers,
    )
}
