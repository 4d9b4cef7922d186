//! The second witness: a linear classifier (multinomial logistic regression) over hashed tokens.
//!
//! Trained by plain stochastic gradient descent with a fixed order, so that the same revision always gives the same
//! weights. It looks at the same words as BM25F in a different way: it learns what tells near topics apart, where
//! BM25F adds up what they share. Weights are kept as bytes: a few megabytes instead of fifty.

use sha2::{Digest, Sha256};

use crate::understanding::tokens::Token;

/// Buckets tokens are hashed into.
const BUCKETS: usize = 1 << 15;
/// Passes over the samples.
const EPOCHS: usize = 4;
/// The first step's length.
const STEP: f32 = 1.2;
/// How many classes a sample is told apart from after the first pass.
const RIVALS: usize = 10;

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
        let mut training = Training {
            classes,
            samples,
            features: samples.iter().map(|sample| features(&sample.tokens)).collect(),
            rivals: vec![Vec::new(); samples.len()],
            weights: vec![0.0; BUCKETS * classes],
        };
        let mut order: Vec<usize> = (0..samples.len()).collect();
        for epoch in 0..EPOCHS {
            shuffle(&mut order, epoch as u64);
            for (seen, &at) in order.iter().enumerate() {
                let done = (epoch as f32 + seen as f32 / samples.len() as f32) / EPOCHS as f32;
                let step = STEP * (1.0 - done) * samples[at].weight;
                if epoch == 0 {
                    training.learn_among_all(at, step);
                } else {
                    training.learn_among_rivals(at, step);
                }
            }
        }
        Self::packed(classes, &training.weights)
    }

    /// Rounds the weights to bytes.
    fn packed(classes: usize, weights: &[f32]) -> Self {
        let largest = weights
            .iter()
            .fold(1e-6_f32, |largest, weight| largest.max(weight.abs()));
        let scale = largest / 127.0;
        let weights = weights
            .iter()
            .map(|weight| (weight / scale).round() as i8)
            .collect();
        Self {
            classes,
            weights,
            scale,
        }
    }

    /// The score of every class; larger is nearer.
    #[must_use]
    pub fn scores(&self, question: &[Token]) -> Vec<f32> {
        let mut scores = sums(&self.weights, self.classes, &features(question));
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

/// For every class the sum of its weights for these features.
///
/// Rows are added four at a time, so that the memory they lie in is waited for together.
fn sums<W: Copy + Into<f32>>(weights: &[W], classes: usize, features: &[(u32, f32)]) -> Vec<f32> {
    let row = |bucket: u32| &weights[bucket as usize * classes..][..classes];
    let mut sums = vec![0.0_f32; classes];
    let (fours, rest) = features.as_chunks::<4>();
    for &[(a, x), (b, y), (c, z), (d, w)] in fours {
        let rows = row(a).iter().zip(row(b)).zip(row(c)).zip(row(d));
        for (sum, (((&a, &b), &c), &d)) in sums.iter_mut().zip(rows) {
            *sum = *sum + x * a.into() + y * b.into() + z * c.into() + w * d.into();
        }
    }
    for &(bucket, value) in rest {
        for (sum, &weight) in sums.iter_mut().zip(row(bucket)) {
            *sum += value * weight.into();
        }
    }
    sums
}

/// A classifier in the making.
struct Training<'a> {
    classes: usize,
    samples: &'a [Sample],
    features: Vec<Vec<(u32, f32)>>,
    /// For each sample the classes it is most easily mistaken for, and its own.
    rivals: Vec<Vec<u16>>,
    weights: Vec<f32>,
}

impl Training<'_> {
    /// The first pass: against every class. It also finds the sample's rivals.
    fn learn_among_all(&mut self, at: usize, step: f32) {
        let mut scores = sums(&self.weights, self.classes, &self.features[at]);
        let rivals = strongest(&scores, self.samples[at].class);
        softmax(&mut scores);
        let errors = rivals.iter().map(|&class| scores[usize::from(class)]).collect();
        self.rivals[at] = rivals;
        self.descend(at, errors, step);
    }

    /// Later passes: only against the rivals, which is many times faster and where the mistakes are.
    fn learn_among_rivals(&mut self, at: usize, step: f32) {
        let mut scores = vec![0.0_f32; self.rivals[at].len()];
        for &(bucket, value) in &self.features[at] {
            let row = &self.weights[bucket as usize * self.classes..][..self.classes];
            for (score, &class) in scores.iter_mut().zip(&self.rivals[at]) {
                *score += value * row[usize::from(class)];
            }
        }
        softmax(&mut scores);
        self.descend(at, scores, step);
    }

    /// Moves the rivals' weights against their errors: their probabilities, less one for the sample's own class.
    fn descend(&mut self, at: usize, mut errors: Vec<f32>, step: f32) {
        let rivals = &self.rivals[at];
        for (error, &class) in errors.iter_mut().zip(rivals) {
            *error -= f32::from(u8::from(u32::from(class) == self.samples[at].class));
        }
        for &(bucket, value) in &self.features[at] {
            let row = &mut self.weights[bucket as usize * self.classes..][..self.classes];
            for (error, &class) in errors.iter().zip(rivals) {
                row[usize::from(class)] -= step * value * error;
            }
        }
    }
}

/// The classes with the highest scores, and the sample's own among them.
fn strongest(scores: &[f32], own: u32) -> Vec<u16> {
    let mut classes: Vec<u16> = (0..scores.len() as u16).collect();
    if classes.len() > RIVALS {
        let by_score = |a: &u16, b: &u16| {
            scores[usize::from(*b)]
                .total_cmp(&scores[usize::from(*a)])
                .then(a.cmp(b))
        };
        classes.select_nth_unstable_by(RIVALS, by_score);
        classes.truncate(RIVALS);
        if !classes.iter().any(|&class| u32::from(class) == own) {
            classes.push(own as u16);
        }
    }
    classes
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
