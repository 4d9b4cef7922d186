//! The fitted weights by which the bot decides: data, made by `concierge eval --fit`, kept with the knowledge.

use serde::{Deserialize, Serialize};

/// Two logistic models over the signals of a question, and the probabilities from which on the bot acts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What the weights belong to, in order; a file whose signals the program does not use is refused.
    pub signals: Vec<String>,
    pub means: Vec<f32>,
    pub spreads: Vec<f32>,
    /// Where a topic is first: how much each signal speaks for its being what was asked.
    pub weights: Vec<f32>,
    pub bias: f32,
    /// Where a gap or a kind of message is first: how much each speaks for there being no answer. Absent in older
    /// files: then the other weights hold for both.
    #[serde(default)]
    pub decline_weights: Vec<f32>,
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

impl Decision {
    /// The probability that the first of the ranking is what was asked; where it is no topic, that no topic answers.
    #[must_use]
    pub fn probability(&self, signals: &[f32], first: First) -> f32 {
        let (weights, bias) = match first {
            First::NoTopic if !self.decline_weights.is_empty() => (&self.decline_weights, self.decline_bias),
            _ => (&self.weights, self.bias),
        };
        let sum: f32 = signals
            .iter()
            .zip(&self.means)
            .zip(&self.spreads)
            .zip(weights)
            .map(|(((signal, mean), spread), weight)| weight * (signal - mean) / spread)
            .sum();
        1.0 / (1.0 + (-(sum + bias)).exp())
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
            bias: 0.0,
            decline_weights: Vec::new(),
            decline_bias: 0.0,
            answer_from: 1.0,
            decline_from: 1.0,
            clarify_from: 0.0,
            crisis_from: never(),
        }
    }
}
