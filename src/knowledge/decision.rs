//! The fitted weights by which the bot decides: data, made by `concierge eval --fit`, kept with the knowledge.

use serde::{Deserialize, Serialize};

/// A signal further from the mean than this many spreads counts as if it were this far.
const FURTHEST: f32 = 3.0;

/// Two logistic models over the signals of a question and their products by twos, and the probabilities from which on
/// the bot acts. Products, because a signal may mean one thing beside a second and another without it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What the weights belong to, in order; a file whose signals the program does not use is refused.
    pub signals: Vec<String>,
    pub means: Vec<f32>,
    pub spreads: Vec<f32>,
    /// Where a topic is first: how much each signal speaks for its being what was asked.
    pub weights: Vec<f32>,
    /// The same of each product of two signals, in the order of [`products`]. Absent in older files.
    #[serde(default)]
    pub product_weights: Vec<f32>,
    pub bias: f32,
    /// Where a gap or a kind of message is first: how much each speaks for there being no answer. Absent in older
    /// files: then the other weights hold for both.
    #[serde(default)]
    pub decline_weights: Vec<f32>,
    #[serde(default)]
    pub decline_product_weights: Vec<f32>,
    #[serde(default)]
    pub decline_bias: f32,
    /// From this probability on, a question is answered.
    pub answer_from: f32,
    /// From this probability on, the bot says that it is not known, or that a person is needed.
    pub decline_from: f32,
    /// From this probability on, choices are offered; below, the bot says that it did not understand.
    pub clarify_from: f32,
    /// From these log odds of danger on, the help lines come first.
    #[serde(default = "never")]
    pub crisis_from: f32,
}

/// What is first in the ranking of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// What an entry answers.
    Topic,
    /// A gap, or a message that is no question.
    NoTopic,
}

/// Nothing is as loud.
fn never() -> f32 {
    f32::MAX
}

/// Each value times itself and each after it.
pub fn products(row: &[f32]) -> impl Iterator<Item = f32> + '_ {
    let with_later = |(at, value): (usize, &f32)| {
        let value = *value;
        row[at..].iter().map(move |other| value * other)
    };
    row.iter().enumerate().flat_map(with_later)
}

impl Decision {
    /// The probability that the first of the ranking is what was asked; where it is no topic, that no topic answers.
    #[must_use]
    pub fn probability(&self, signals: &[f32], first: First) -> f32 {
        let (weights, of_products, bias) = match first {
            First::NoTopic if !self.decline_weights.is_empty() => (
                &self.decline_weights,
                &self.decline_product_weights,
                self.decline_bias,
            ),
            _ => (&self.weights, &self.product_weights, self.bias),
        };
        let row = self.standardized(signals);
        let alone: f32 = row
            .iter()
            .zip(weights)
            .map(|(value, weight)| value * weight)
            .sum();
        let by_twos: f32 = products(&row)
            .zip(of_products)
            .map(|(value, weight)| value * weight)
            .sum();
        1.0 / (1.0 + (-(alone + by_twos + bias)).exp())
    }

    /// Whether it has a mean, a spread and weights for just these signals, in this order.
    #[must_use]
    pub fn is_made_for(&self, signals: &[&str]) -> bool {
        let alone = signals.len();
        let by_twos = alone * (alone + 1) / 2;
        let rows = [&self.means, &self.spreads, &self.weights];
        self.signals == signals
            && rows.iter().all(|row| row.len() == alone)
            && [0, alone].contains(&self.decline_weights.len())
            && [&self.product_weights, &self.decline_product_weights]
                .iter()
                .all(|row| [0, by_twos].contains(&row.len()))
    }

    /// Signals in spreads from their means.
    #[must_use]
    pub fn standardized(&self, signals: &[f32]) -> Vec<f32> {
        let known = signals.iter().zip(&self.means).zip(&self.spreads);
        known
            .map(|((signal, mean), spread)| ((signal - mean) / spread).clamp(-FURTHEST, FURTHEST))
            .collect()
    }

    /// Never sure: for knowledge that came without a fitted file. Everything becomes a choice.
    #[must_use]
    pub fn unfitted(signals: &[&str]) -> Self {
        let n = signals.len();
        Self {
            signals: signals.iter().map(|name| (*name).to_owned()).collect(),
            means: vec![0.0; n],
            spreads: vec![1.0; n],
            weights: vec![0.0; n],
            product_weights: Vec::new(),
            bias: 0.0,
            decline_weights: Vec::new(),
            decline_product_weights: Vec::new(),
            decline_bias: 0.0,
            answer_from: 1.0,
            decline_from: 1.0,
            clarify_from: 0.0,
            crisis_from: never(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_count_where_both_signals_are_far_from_their_means() {
        let plain = Decision {
            means: vec![1.0, 1.0],
            spreads: vec![1.0, 1.0],
            ..Decision::unfitted(&["likeness", "length"])
        };
        let fitted = Decision {
            product_weights: vec![0.0, 2.0, 0.0],
            ..plain.clone()
        };
        let sure = |decision: &Decision, signals: [f32; 2]| decision.probability(&signals, First::Topic);
        assert_eq!(sure(&plain, [2.0, 2.0]), 0.5);
        assert!(sure(&fitted, [2.0, 2.0]) > 0.8);
        assert!(sure(&fitted, [2.0, 0.0]) < 0.2);
        assert_eq!(sure(&fitted, [2.0, 1.0]), 0.5);
        assert_eq!(sure(&fitted, [2.0, 4.0]), sure(&fitted, [2.0, 400.0]));
    }

    #[test]
    fn weights_that_are_too_few_are_not_taken_for_those_of_the_signals() {
        let names = ["likeness", "length"];
        let plain = Decision::unfitted(&names);
        assert!(plain.is_made_for(&names));
        assert!(!plain.is_made_for(&["likeness"]));
        let of_products = |product_weights| Decision {
            product_weights,
            ..plain.clone()
        };
        assert!(of_products(vec![0.1; 3]).is_made_for(&names));
        assert!(!of_products(vec![0.1; 2]).is_made_for(&names));
        let alone = Decision {
            weights: vec![0.1],
            ..plain.clone()
        };
        assert!(!alone.is_made_for(&names));
    }

    #[test]
    fn every_pair_is_multiplied_once() {
        assert_eq!(
            products(&[2.0, 3.0, 5.0]).collect::<Vec<_>>(),
            [4.0, 6.0, 10.0, 9.0, 15.0, 25.0]
        );
    }
}
