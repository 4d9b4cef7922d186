//! Fits the decision's weights on hands left out.

use crate::{
    cli::eval::holdout::Trial,
    knowledge::{Decision, RuleKind},
    understanding::evidence::{SIGNAL_NAMES, SIGNALS},
};

/// Passes of gradient descent over all trials; the problem is convex and small.
const STEPS: usize = 600;
const RATE: f32 = 0.8;
const RIDGE: f32 = 1e-4;
/// The precision the threshold for answering is chosen for, on hands left out. Some of their lines fit two topics, so
/// that this much on them is more on questions people really ask: .998 on the ordinary ones in tests/questions.
const ANSWER_PRECISION: f32 = 0.970;
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
    let trials: Vec<&Trial> = trials
        .iter()
        .filter(|trial| !trial.ruled.is_some_and(RuleKind::is_crisis) && trial.loudness() < crisis_from)
        .collect();
    let (means, spreads) = moments(&trials);
    let (declined, answered): (Vec<&Trial>, Vec<&Trial>) =
        trials.iter().partition(|trial| trial.unanswerable_first());
    let row = |trial: &Trial| {
        let mut row = trial.signals;
        for (at, value) in row.iter_mut().enumerate() {
            *value = (*value - means[at]) / spreads[at];
        }
        (row, f32::from(u8::from(trial.right_or_both_unanswerable())))
    };
    let model = |trials: &[&Trial]| descend(&trials.iter().map(|trial| row(trial)).collect::<Vec<_>>());
    let (weights, bias) = model(&answered);
    let (decline_weights, decline_bias) = model(&declined);
    let mut decision = Decision {
        signals: SIGNAL_NAMES.iter().map(|name| (*name).to_owned()).collect(),
        means,
        spreads,
        weights,
        bias,
        decline_weights,
        decline_bias,
        answer_from: 1.0,
        decline_from: 1.0,
        clarify_from: CLARIFY_FROM,
        crisis_from,
    };
    decision.answer_from = threshold(&answered, &decision);
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

fn descend(rows: &[([f32; SIGNALS], f32)]) -> (Vec<f32>, f32) {
    let n = rows.len().max(1) as f32;
    let mut weights = vec![0.0_f32; SIGNALS];
    let mut bias = 0.0_f32;
    for _ in 0..STEPS {
        let mut slope = [0.0_f32; SIGNALS];
        let mut bias_slope = 0.0;
        for (row, right) in rows {
            let sum: f32 = row
                .iter()
                .zip(&weights)
                .map(|(value, weight)| value * weight)
                .sum::<f32>()
                + bias;
            let error = 1.0 / (1.0 + (-sum).exp()) - right;
            slope
                .iter_mut()
                .zip(row)
                .for_each(|(slope, value)| *slope += error * value);
            bias_slope += error;
        }
        for (weight, slope) in weights.iter_mut().zip(slope) {
            *weight -= RATE * (slope / n + RIDGE * *weight);
        }
        bias -= RATE * bias_slope / n;
    }
    (weights, bias)
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
