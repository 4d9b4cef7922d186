//! Fits the decision's weights on hands left out.

use std::collections::BTreeSet;

use crate::{
    cli::eval::{
        holdout::{Trial, is_of_topics},
        logistic,
    },
    knowledge::{Decision, RuleKind, products},
    understanding::evidence::{SIGNAL_NAMES, SIGNALS},
};

/// The precision the threshold for answering is chosen for, on the lines of hands left out that a topic mostly answers.
/// The other hands write of gaps, of danger and of what only looks like a topic: their lines teach what speaks against an
/// answer, but few people ask like that.
const ANSWER_PRECISION: f32 = 0.990;
/// The share of harmless lines that may ring the alarm. Many of those are written to sound like danger; of ordinary
/// questions far fewer do.
const FALSE_ALARMS: f32 = 0.009;
/// Below this probability not even choices are worth showing. Of what people wrote in earnest hardly anything is.
const CLARIFY_FROM: f32 = 0.01;
/// The share of questions that some topic answers which may be declined for a gap or a kind of message: below the
/// threshold for it, choices are offered instead.
const NEEDLESS: f32 = 0.012;

/// Two logistic models, one for where a topic is first and one for where none is, and thresholds for them. Messages
/// that are heard as danger never come to them.
#[must_use]
pub fn fit(trials: &[Trial]) -> Decision {
    let crisis_from = crisis_threshold(trials);
    let of_topics: BTreeSet<&str> = trials
        .chunk_by(|a, b| a.hand == b.hand)
        .filter(|hand| is_of_topics(hand.iter()))
        .map(|hand| hand[0].hand.as_str())
        .collect();
    let trials: Vec<&Trial> = trials
        .iter()
        .filter(|trial| !trial.ruled.is_some_and(RuleKind::is_crisis) && trial.loudness() < crisis_from)
        .collect();
    let (means, spreads) = moments(&trials);
    let (declined, answered): (Vec<&Trial>, Vec<&Trial>) =
        trials.iter().partition(|trial| trial.unanswerable_first());
    let mut decision = Decision {
        means,
        spreads,
        clarify_from: CLARIFY_FROM,
        crisis_from,
        ..Decision::unfitted(&SIGNAL_NAMES)
    };
    let model = |trials: &[&Trial]| {
        let row = |trial: &&Trial| {
            let mut row = decision.standardized(&trial.signals);
            let by_twos: Vec<f32> = products(&row).collect();
            row.extend(by_twos);
            (row, trial.right_or_both_unanswerable())
        };
        let (mut weights, bias) = logistic::fit(&trials.iter().map(row).collect::<Vec<_>>());
        let of_products = weights.split_off(SIGNALS.min(weights.len()));
        (weights, of_products, bias)
    };
    let (of_answers, of_refusals) = (model(&answered), model(&declined));
    (decision.weights, decision.product_weights, decision.bias) = of_answers;
    (
        decision.decline_weights,
        decision.decline_product_weights,
        decision.decline_bias,
    ) = of_refusals;
    let asking: Vec<&Trial> = answered
        .iter()
        .filter(|trial| of_topics.contains(trial.hand.as_str()))
        .copied()
        .collect();
    decision.answer_from = threshold(&asking, &decision);
    let answerable = trials
        .iter()
        .filter(|trial| !trial.asks_the_unanswerable())
        .count();
    decision.decline_from = decline_threshold(&declined, answerable, &decision);
    decision
}

fn moments(trials: &[&Trial]) -> (Vec<f32>, Vec<f32>) {
    let n = trials.len().max(1) as f32;
    let mean = |at: usize| trials.iter().map(|trial| trial.signals[at]).sum::<f32>() / n;
    let means: Vec<f32> = (0..SIGNALS).map(mean).collect();
    let spread = |at: usize| {
        (trials
            .iter()
            .map(|trial| (trial.signals[at] - means[at]).powi(2))
            .sum::<f32>()
            / n)
            .sqrt()
            .max(1e-3)
    };
    let spreads = (0..SIGNALS).map(spread).collect();
    (means, spreads)
}

/// The least that has to speak for danger, so that no more than [`FALSE_ALARMS`] of the harmless lines sound like it.
fn crisis_threshold(trials: &[Trial]) -> f32 {
    let mut harmless: Vec<f32> = trials
        .iter()
        .filter(|trial| !trial.is_crisis())
        .map(Trial::loudness)
        .collect();
    harmless.sort_by(|a, b| b.total_cmp(a));
    let allowed = (harmless.len() as f32 * FALSE_ALARMS) as usize;
    harmless.get(allowed).map_or(f32::INFINITY, |first| first + 1e-3)
}

/// The lowest probability from which on answers reach the wanted precision.
fn threshold(answered: &[&Trial], decision: &Decision) -> f32 {
    let mut lowest = 1.0;
    let mut right = 0;
    for (seen, (probability, trial)) in (1..).zip(surest_first(answered, decision)) {
        right += usize::from(trial.right_within(1));
        if right as f32 >= ANSWER_PRECISION * seen as f32 {
            lowest = probability;
        }
    }
    lowest
}

/// The lowest threshold at which no more of the answerable questions are declined than allowed.
fn decline_threshold(declined: &[&Trial], answerable: usize, decision: &Decision) -> f32 {
    let mut allowed = (answerable as f32 * NEEDLESS) as usize;
    let mut lowest = 1.0;
    for (probability, trial) in surest_first(declined, decision) {
        if !trial.asks_the_unanswerable() {
            if allowed == 0 {
                break;
            }
            allowed -= 1;
        }
        lowest = probability;
    }
    lowest
}

fn surest_first<'a>(trials: &[&'a Trial], decision: &Decision) -> Vec<(f32, &'a Trial)> {
    let mut sure: Vec<(f32, &Trial)> = trials
        .iter()
        .map(|trial| (trial.probability(decision), *trial))
        .collect();
    sure.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    sure
}
