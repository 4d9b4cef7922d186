//! The second witness: a linear classifier (multinomial logistic regression) over hashed tokens.
//!
//! Trained by plain stochastic gradient descent with a fixed order, so that the same revision always gives the same
//! weights. It looks at the same words as BM25F in a different way: it learns what tells near topics apart, where
//! BM25F adds up what they share. Weights are kept as bytes: a few megabytes instead of fifty.

use sha2::{Digest, Sha256};

use crate::understanding::tokens::Token;

/// Buckets tokens are hashed into.
const BUCKETS: usize = 1 << 16;
/// Passes over the samples.
const EPOCHS: usize = 4;
/// The first step's length.
const STEP: f32 = 1.2;
/// Classes with less probability than this are left alone in a step; it makes training several times faster.
const NEGLIGIBLE: f32 = 0.003;

/// A training sample.
#[derive(Debug, Clone)]
pub struct Sample {
    pub tokens: Vec<Token>,
    pub class: u32,
    /// How much it counts.
    pub weight: f32,
}

/// The trained classifier.
#[derive(Debug)]
pub struct Linear {
    classes: usize,
    weights: Vec<i8>,
    scale: f32,
}

impl Linear {
    #[must_use]
    pub fn train(samples: &[Sample], classes: usize) -> Self {
        let features: Vec<Vec<(u32, f32)>> = samples.iter().map(|sample| features(&sample.tokens)).collect();
        let mut weights = vec![0.0_f32; BUCKETS * classes];
        let mut order: Vec<usize> = (0..samples.len()).collect();
        let mut scores = vec![0.0_f32; classes];
        let total = (EPOCHS * samples.len()).max(1) as f32;
        let mut seen = 0.0;
        for epoch in 0..EPOCHS {
            shuffle(&mut order, epoch as u64);
            for &at in &order {
                let step = STEP * (1.0 - seen / total) * samples[at].weight;
                seen += 1.0;
                add_scores(&weights, classes, &features[at], &mut scores);
                softmax(&mut scores);
                scores[samples[at].class as usize] -= 1.0;
                descend(&mut weights, classes, &features[at], &scores, step);
            }
        }
        let largest = weights
            .iter()
            .fold(1e-6_f32, |largest, weight| largest.max(weight.abs()));
        let scale = largest / 127.0;
        Self {
            classes,
            weights: weights
                .iter()
                .map(|weight| (weight / scale).round() as i8)
                .collect(),
            scale,
        }
    }

    /// The score of every class; larger is nearer.
    #[must_use]
    pub fn scores(&self, question: &[Token]) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.classes];
        for (bucket, value) in features(question) {
            let row = &self.weights[bucket as usize * self.classes..][..self.classes];
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += value * f32::from(weight);
            }
        }
        scores.iter_mut().for_each(|score| *score *= self.scale);
        scores
    }
}

/// Begins the bytes of a trained classifier; changes with the meaning of what follows.
const MARK: &[u8; 4] = b"ACL1";
/// How many bytes of SHA-256 close them.
const SEAL: usize = 8;

impl Linear {
    /// The classifier as bytes, for keeping: most weights are zero and are left out.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        bytes.extend((self.classes as u32).to_le_bytes());
        bytes.extend(self.scale.to_le_bytes());
        for row in self.weights.chunks(self.classes) {
            let live: Vec<(u16, i8)> = (0_u16..)
                .zip(row.iter().copied())
                .filter(|(_, weight)| *weight != 0)
                .collect();
            bytes.extend((live.len() as u16).to_le_bytes());
            for (class, weight) in live {
                bytes.extend(class.to_le_bytes());
                bytes.extend(weight.to_le_bytes());
            }
        }
        let seal = Sha256::digest(&bytes);
        bytes.extend(&seal[..SEAL]);
        bytes
    }

    /// Reads bytes back; none if they are damaged, or not for so many classes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8], classes: usize) -> Option<Self> {
        let (content, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
        if Sha256::digest(content)[..SEAL] != *seal {
            return None;
        }
        let mut rest = content.strip_prefix(MARK)?;
        let written = u32::from_le_bytes(take(&mut rest)?) as usize;
        let scale = f32::from_le_bytes(take(&mut rest)?);
        if written != classes || classes == 0 {
            return None;
        }
        let mut weights = vec![0_i8; BUCKETS * classes];
        for row in weights.chunks_mut(classes) {
            for _ in 0..u16::from_le_bytes(take(&mut rest)?) {
                let class = u16::from_le_bytes(take(&mut rest)?) as usize;
                let weight = i8::from_le_bytes(take(&mut rest)?);
                *row.get_mut(class)? = weight;
            }
        }
        rest.is_empty().then_some(Self {
            classes,
            weights,
            scale,
        })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// Hashed token counts, damped and scaled to length one.
fn features(tokens: &[Token]) -> Vec<(u32, f32)> {
    let mut buckets: Vec<u32> = tokens
        .iter()
        .map(|token| (mix(token.0) as usize % BUCKETS) as u32)
        .collect();
    buckets.sort_unstable();
    let mut counted: Vec<(u32, f32)> = Vec::with_capacity(buckets.len());
    for bucket in buckets {
        match counted.last_mut() {
            Some((last, count)) if *last == bucket => *count += 1.0,
            _ => counted.push((bucket, 1.0)),
        }
    }
    let length = counted
        .iter()
        .map(|(_, count)| count.sqrt().powi(2))
        .sum::<f32>()
        .sqrt()
        .max(1e-6);
    counted
        .iter_mut()
        .for_each(|(_, count)| *count = count.sqrt() / length);
    counted
}

fn add_scores(weights: &[f32], classes: usize, features: &[(u32, f32)], scores: &mut [f32]) {
    scores.fill(0.0);
    for &(bucket, value) in features {
        let row = &weights[bucket as usize * classes..][..classes];
        for (score, weight) in scores.iter_mut().zip(row) {
            *score += value * weight;
        }
    }
}

fn descend(weights: &mut [f32], classes: usize, features: &[(u32, f32)], errors: &[f32], step: f32) {
    let live: Vec<(usize, f32)> = errors
        .iter()
        .enumerate()
        .filter(|(_, error)| error.abs() > NEGLIGIBLE)
        .map(|(class, error)| (class, step * error))
        .collect();
    for &(bucket, value) in features {
        let row = &mut weights[bucket as usize * classes..][..classes];
        for &(class, change) in &live {
            row[class] -= change * value;
        }
    }
}

/// Scores to probabilities, in place. The inverse temperature makes up for scores of length-one features.
pub fn softmax(scores: &mut [f32]) {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - largest).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// A fixed shuffle (Fisher–Yates over a small congruential generator).
fn shuffle(order: &mut [usize], seed: u64) {
    let mut state = mix(seed.wrapping_add(1));
    for at in (1..order.len()).rev() {
        state = mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15));
        order.swap(at, (state % (at as u64 + 1)) as usize);
    }
}

fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::tokens::{Kind, tokens};

    fn taught() -> Linear {
        let sample = |text: &str, class| Sample {
            tokens: tokens(text),
            class,
            weight: 1.0,
        };
        let lessons = [
            sample("空き家を探す", 0),
            sample("空き家の相談", 0),
            sample("畑を借りる", 1),
            sample("農地を探す", 1),
        ];
        Linear::train(&lessons, 2)
    }

    #[test]
    fn it_tells_apart_what_it_was_taught() {
        let scores = taught().scores(&tokens("空き家"));
        assert!(scores[0] > scores[1], "{scores:?}");
        let scores = taught().scores(&tokens("農地"));
        assert!(scores[1] > scores[0], "{scores:?}");
    }

    #[test]
    fn kept_and_read_back_it_says_the_same() {
        let linear = taught();
        let bytes = linear.to_bytes();
        let question = [Token::of(Kind::Letters, "空"), Token::of(Kind::Letters, "畑")];
        assert_eq!(
            Linear::from_bytes(&bytes, 2).unwrap().scores(&question),
            linear.scores(&question)
        );
        assert!(Linear::from_bytes(&bytes, 3).is_none(), "made for other classes");
        assert!(
            Linear::from_bytes(&bytes[..bytes.len() - 1], 2).is_none(),
            "cut short"
        );
        let mut damaged = bytes.clone();
        damaged[20] ^= 1;
        assert!(Linear::from_bytes(&damaged, 2).is_none(), "one bit turned");
    }
}
