//! The second witness: a linear classifier (multinomial logistic regression) over hashed tokens.
//!
//! Trained by plain stochastic gradient descent with a fixed order, so that the same revision always gives the same
//! weights. It looks at the same words as BM25F in another way: it learns what tells similar topics apart, while BM25F
//! adds up what they share. Weights are rounded to bytes: a megabyte and a half instead of thirty.

use std::cmp::Reverse;

use crate::understanding::{kept, rows::Rows, threads, tokens::Token};

/// Buckets tokens are hashed into.
const BUCKETS: usize = 1 << 15;
/// Passes over the samples.
const EPOCHS: usize = 4;
/// The length of the first step.
const STEP: f32 = 1.2;
/// How many classes a sample is compared with after the first pass.
const RIVALS: usize = 10;

/// A training sample.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    pub tokens: &'a [Token],
    pub class: u32,
    /// How much it counts.
    pub weight: f32,
}

/// The trained classifier. Most weights are zero and are left out.
#[derive(Debug)]
pub struct Linear {
    classes: usize,
    /// For each bucket the classes it speaks for or against, and how strongly, in units of `scale`.
    weights: Rows<(u16, i8)>,
    scale: f32,
}

impl Linear {
    /// Trains on samples of this many classes.
    #[must_use]
    pub fn train(samples: &[Sample<'_>], classes: usize) -> Self {
        let mut counts = threads::rows(samples, |sample| counts(sample.tokens));
        let places = frequent_first(&mut counts);
        let mut training = Training {
            classes,
            samples,
            counts,
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
        Self::packed(classes, &training.weights, &places)
    }

    /// Rounds the weights to bytes. `places` tells for each bucket which row of the weights belongs to it.
    fn packed(classes: usize, weights: &[f32], places: &[u16]) -> Self {
        let largest = weights
            .iter()
            .fold(1e-6_f32, |largest, weight| largest.max(weight.abs()));
        let scale = largest / 127.0;
        let pack = |(class, weight): (u16, &f32)| (class, (weight / scale).round() as i8);
        let rows = places.iter().map(|&place| {
            let row = &weights[usize::from(place) * classes..][..classes];
            let live = (0..).zip(row).filter(|(_, weight)| **weight != 0.0);
            live.map(pack).filter(|(_, weight)| *weight != 0)
        });
        Self {
            classes,
            weights: rows.collect(),
            scale,
        }
    }

    /// The score of every class; larger is better.
    #[must_use]
    pub fn scores(&self, question: &[Token]) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.classes];
        for (bucket, value) in features(&counts(question)) {
            for &(class, weight) in self.weights.row(bucket) {
                scores[usize::from(class)] += value * f32::from(weight);
            }
        }
        scores.iter_mut().for_each(|score| *score *= self.scale);
        scores
    }

    /// Appends the classifier's bytes.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.scale.to_le_bytes());
        for bucket in 0..BUCKETS {
            let row = self.weights.row(bucket);
            kept::write_count(out, row.len());
            for (class, weight) in row {
                out.extend(class.to_le_bytes());
                out.extend(weight.to_le_bytes());
            }
        }
    }

    /// Takes a classifier of this many classes from the front of what was kept.
    pub(super) fn read(rest: &mut &[u8], classes: usize) -> Option<Self> {
        let scale = f32::from_le_bytes(kept::take(rest)?);
        let mut weights = Rows::default();
        let mut row = Vec::new();
        for _ in 0..BUCKETS {
            for _ in 0..kept::read_count(rest)? {
                let class = u16::from_le_bytes(kept::take(rest)?);
                let weight = i8::from_le_bytes(kept::take(rest)?);
                row.push((usize::from(class) < classes).then_some((class, weight))?);
            }
            weights.push(row.drain(..));
        }
        Some(Self {
            classes,
            weights,
            scale,
        })
    }
}

/// How often each bucket occurs, in the buckets' order.
fn counts(tokens: &[Token]) -> Vec<(u16, u16)> {
    let bucket = |token: &Token| (mix(token.0) as usize % BUCKETS) as u16;
    let mut buckets: Vec<u16> = tokens.iter().map(bucket).collect();
    buckets.sort_unstable();
    let count = |same: &[u16]| u16::try_from(same.len()).unwrap_or(u16::MAX);
    let same = buckets.chunk_by(|a, b| a == b);
    same.map(|same| (same[0], count(same))).collect()
}

/// Hashed token counts, damped and scaled to length one.
fn features(counts: &[(u16, u16)]) -> impl Iterator<Item = (usize, f32)> {
    let damped = |count: u16| f32::from(count).sqrt();
    let squares = counts.iter().map(|&(_, count)| damped(count).powi(2));
    let length = squares.sum::<f32>().sqrt().max(1e-6);
    let feature = move |&(bucket, count): &(u16, u16)| (usize::from(bucket), damped(count) / length);
    counts.iter().map(feature)
}

/// Reorders the buckets, frequent ones first, so that the rows read most lie close together. Returns the new place of
/// each bucket.
fn frequent_first(counts: &mut Rows<(u16, u16)>) -> Vec<u16> {
    let mut met = vec![0_u32; BUCKETS];
    for (bucket, _) in counts.items_mut() {
        met[usize::from(*bucket)] += 1;
    }
    let mut buckets: Vec<usize> = (0..BUCKETS).collect();
    buckets.sort_by_key(|&bucket| Reverse(met[bucket]));
    let mut places = vec![0; BUCKETS];
    for (place, bucket) in (0..).zip(buckets) {
        places[bucket] = place;
    }
    for (bucket, _) in counts.items_mut() {
        *bucket = places[usize::from(*bucket)];
    }
    places
}

/// A classifier in training.
struct Training<'a> {
    classes: usize,
    samples: &'a [Sample<'a>],
    /// For each sample its buckets, by their places, and how often each occurs.
    counts: Rows<(u16, u16)>,
    /// For each sample its own class and those it is most easily mistaken for.
    rivals: Vec<Vec<u16>>,
    weights: Vec<f32>,
}

impl Training<'_> {
    /// The first pass: against every class. It also finds the sample's rivals.
    fn learn_among_all(&mut self, at: usize, step: f32) {
        let mut scores = self.scores_of_all(at);
        let rivals = strongest(&scores, self.samples[at].class);
        softmax(&mut scores);
        let errors = rivals.iter().map(|&class| scores[usize::from(class)]).collect();
        self.rivals[at] = rivals;
        self.descend(at, errors, step);
    }

    /// Adds up the rows of four features at a time, so that their memory is fetched in parallel.
    fn scores_of_all(&self, at: usize) -> Vec<f32> {
        let row = |bucket: usize| &self.weights[bucket * self.classes..][..self.classes];
        let mut scores = vec![0.0_f32; self.classes];
        let features: Vec<(usize, f32)> = features(self.counts.row(at)).collect();
        let (fours, rest) = features.as_chunks::<4>();
        for &[(a, x), (b, y), (c, z), (d, w)] in fours {
            let rows = row(a).iter().zip(row(b)).zip(row(c)).zip(row(d));
            for (score, (((a, b), c), d)) in scores.iter_mut().zip(rows) {
                *score = *score + x * a + y * b + z * c + w * d;
            }
        }
        for &(bucket, value) in rest {
            for (score, weight) in scores.iter_mut().zip(row(bucket)) {
                *score += value * weight;
            }
        }
        scores
    }

    /// Later passes: only against the rivals, where the mistakes are, which is many times faster.
    fn learn_among_rivals(&mut self, at: usize, step: f32) {
        let mut scores = vec![0.0_f32; self.rivals[at].len()];
        for (bucket, value) in features(self.counts.row(at)) {
            let row = &self.weights[bucket * self.classes..][..self.classes];
            for (score, &class) in scores.iter_mut().zip(&self.rivals[at]) {
                *score += value * row[usize::from(class)];
            }
        }
        softmax(&mut scores);
        self.descend(at, scores, step);
    }

    /// Moves the rivals' weights against their errors: their probabilities, minus one for the sample's own class.
    fn descend(&mut self, at: usize, mut errors: Vec<f32>, step: f32) {
        let rivals = &self.rivals[at];
        for (error, &class) in errors.iter_mut().zip(rivals) {
            *error -= f32::from(u8::from(u32::from(class) == self.samples[at].class));
        }
        for (bucket, value) in features(self.counts.row(at)) {
            let row = &mut self.weights[bucket * self.classes..][..self.classes];
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

/// Turns scores into probabilities, in place. The inverse temperature makes up for features scaled to length one.
pub fn softmax(scores: &mut [f32]) {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    // With many documents, most share one score: zero.
    let mut last = (0.0_f32, 1.0_f32);
    for score in scores.iter_mut() {
        let below = *score - largest;
        if below != last.0 {
            last = (below, below.exp());
        }
        *score = last.1;
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
    use crate::understanding::tokens::tokens;

    #[test]
    fn it_tells_apart_what_it_was_taught() {
        let lessons = [
            ("空き家を探す", 0),
            ("空き家の相談", 0),
            ("畑を借りる", 1),
            ("農地を探す", 1),
        ]
        .map(|(text, class)| (tokens(text), class));
        let samples = lessons.each_ref().map(|(tokens, class)| Sample {
            tokens,
            class: *class,
            weight: 1.0,
        });
        let taught = Linear::train(&samples, 2);
        let scores = taught.scores(&tokens("空き家"));
        assert!(scores[0] > scores[1], "{scores:?}");
        let scores = taught.scores(&tokens("農地"));
        assert!(scores[1] > scores[0], "{scores:?}");
    }
}
