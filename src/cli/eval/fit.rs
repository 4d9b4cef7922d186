//! Fits the decision's weights on hands left out.

use crate::{
    cli::eval::holdout::Trial,
    knowledge::Decision,
    understanding::evidence::{SIGNAL_NAMES, SIGNALS, is_unanswerable},
};

/// Passes of gradient descent over all trials; the problem is convex and small.
const STEPS: usize = 600;
const RATE: f32 = 0.8;
const RIDGE: f32 = 1e-4;
/// The precision the threshold for answering is chosen for, on hands left out. Some of their lines fit two topics, so
/// that this much on them is more on questions people really ask.
const ANSWER_PRECISION: f32 = 0.975;
/// The share of harmless lines that may ring the alarm.
const FALSE_ALARMS: f32 = 0.006;
/// Below this probability a gap or a kind of message is not believed: choices are offered instead.
const DECLINE_FROM: f32 = 0.8;

/// A logistic model of "the first of the ranking is right", and thresholds for it.
#[must_use]
pub fn fit(trials: &[Trial]) -> Decision {
    let (means, spreads) = moments(trials);
    let rows: Vec<([f32; SIGNALS], f32)> = trials
        .iter()
        .map(|trial| {
            let mut row = trial.signals;
            for (at, value) in row.iter_mut().enumerate() {
                *value = (*value - means[at]) / spreads[at];
            }
            (row, f32::from(u8::from(trial.right_or_both_unanswerable())))
        })
        .collect();
    let (weights, bias) = descend(&rows);
    let mut decision = Decision {
        signals: SIGNAL_NAMES.iter().map(|name| (*name).to_owned()).collect(),
        means,
        spreads,
        weights,
        bias,
        answer_from: 1.0,
        decline_from: DECLINE_FROM,
        clarify_from: 0.12,
        crisis_from: crisis_threshold(trials),
    };
    decision.answer_from = threshold(trials, &decision);
    decision
}

fn moments(trials: &[Trial]) -> (Vec<f32>, Vec<f32>) {
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
        .map(|trial| trial.alarm)
        .collect();
    harmless.sort_by(|a, b| b.total_cmp(a));
    let allowed = (harmless.len() as f32 * FALSE_ALARMS) as usize;
    harmless.get(allowed).map_or(f32::INFINITY, |first| first + 1e-3)
}

/// The lowest probability from which on answers reach the wanted precision.
fn threshold(trials: &[Trial], decision: &Decision) -> f32 {
    let mut answers: Vec<(f32, bool)> = trials
        .iter()
        .filter(|trial| !trial.ranking.first().is_some_and(is_unanswerable))
        .map(|trial| (decision.probability(&trial.signals), trial.right_within(1)))
        .collect();
    answers.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut lowest = 1.0;
    let mut right = 0;
    for (seen, (probability, was_right)) in (1..).zip(&answers) {
        right += usize::from(*was_right);
        if right as f32 >= ANSWER_PRECISION * seen as f32 {
            lowest = *probability;
        }
    }
    lowest
}
