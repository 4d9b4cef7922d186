//! What a part of the understanding is worth: the same measure without it.

use clap::ValueEnum;

use crate::{
    knowledge::{Concept, Revision},
    understanding::evidence::Weights,
};

/// A part that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The first witness, words of ways of asking and facts.
    Bm25,
    /// The second witness, the linear classifier.
    Linear,
    /// The third witness, the likest way of asking.
    Nearest,
    /// The share of the question that the first fifteen hold.
    Held,
    /// The words of `concepts.toml`.
    Concepts,
    /// The entries' texts.
    Facts,
}

impl Part {
    /// The revision without the part.
    pub fn leave_out(self, revision: &mut Revision) {
        match self {
            Self::Concepts => {
                // None at all would be read with the words of any town hall.
                revision.concepts = vec![Concept {
                    name: "NONE".to_owned(),
                    words: Vec::new(),
                }];
                revision
                    .entries
                    .values_mut()
                    .for_each(|entry| entry.needs.clear());
            }
            Self::Facts => revision.entries.values_mut().for_each(|entry| entry.body.clear()),
            Self::Bm25 | Self::Linear | Self::Nearest | Self::Held => {}
        }
    }

    /// The weights without the part.
    #[must_use]
    pub fn weights(part: Option<Self>) -> Weights {
        let mut weights = Weights::FITTED;
        match part {
            Some(Self::Bm25) => weights.bm25 = 0.0,
            Some(Self::Linear) => weights.linear = 0.0,
            Some(Self::Nearest) => weights.nearest = 0.0,
            Some(Self::Held) => weights.held = 0.0,
            Some(Self::Concepts | Self::Facts) | None => {}
        }
        weights
    }
}
