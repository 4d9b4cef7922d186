//! BM25F: ranks documents of several fields by the tokens they share with a question.
//!
//! Robertson, Zaragoza, Taylor (2004), "Simple BM25 extension to multiple weighted fields": the fields' token counts
//! are weighted and length-normalised each by itself, then added up, and only the sum saturates. Impacts are computed
//! when the index is built, so that a question only adds numbers up.

use std::collections::HashMap;

use crate::understanding::tokens::Token;

/// A field's part in the score.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub weight: f32,
    /// How much a long field is held against its tokens, 0 to 1.
    pub length_penalty: f32,
}

/// How an index scores.
#[derive(Debug, Clone, Copy)]
pub struct Tuning {
    /// How late repeated tokens stop counting (`k1`).
    pub saturation: f32,
    pub fields: [Field; FIELDS],
}

/// Ways of asking, and facts.
pub const FIELDS: usize = 2;

/// A document: the tokens of each field, ways of asking, then facts.
pub type Document = [Vec<Token>; FIELDS];

/// The index: for each token the documents that hold it, with its finished contribution.
#[derive(Debug, Default)]
pub struct Bm25 {
    postings: HashMap<Token, Vec<(u32, f32)>, BuildTokenHasher>,
    idf: HashMap<Token, f32, BuildTokenHasher>,
    documents: usize,
}

type BuildTokenHasher = std::hash::BuildHasherDefault<TokenHasher>;

/// Tokens are hashes already.
#[derive(Debug, Default)]
pub struct TokenHasher(u64);

impl std::hash::Hasher for TokenHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _bytes: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Bm25 {
    #[must_use]
    pub fn build(tuning: &Tuning, documents: &[Document]) -> Self {
        let mean_lengths: Vec<f32> = (0..FIELDS)
            .map(|field| {
                let total: usize = documents.iter().map(|document| document[field].len()).sum();
                (total as f32 / documents.len().max(1) as f32).max(1.0)
            })
            .collect();
        let mut counts: HashMap<Token, Vec<(u32, f32)>, BuildTokenHasher> = HashMap::default();
        for (at, document) in (0_u32..).zip(documents) {
            for (field, (tokens, mean)) in tuning.fields.iter().zip(document.iter().zip(&mean_lengths)) {
                let length = 1.0 - field.length_penalty + field.length_penalty * tokens.len() as f32 / mean;
                let each = field.weight / length;
                for &token in tokens {
                    let list = counts.entry(token).or_default();
                    match list.last_mut() {
                        Some((last, count)) if *last == at => *count += each,
                        _ => list.push((at, each)),
                    }
                }
            }
        }
        let n = documents.len() as f32;
        let mut idf = HashMap::with_capacity_and_hasher(counts.len(), BuildTokenHasher::default());
        for (token, list) in &mut counts {
            let df = list.len() as f32;
            let rarity = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
            for (_, count) in list.iter_mut() {
                *count = rarity * *count * (tuning.saturation + 1.0) / (tuning.saturation + *count);
            }
            idf.insert(*token, rarity);
        }
        Self {
            postings: counts,
            idf,
            documents: documents.len(),
        }
    }

    /// The score of every document.
    #[must_use]
    pub fn scores(&self, question: &[Token]) -> Vec<f32> {
        let mut scores = vec![0.0; self.documents];
        for token in question {
            if let Some(list) = self.postings.get(token) {
                for &(document, impact) in list {
                    scores[document as usize] += impact;
                }
            }
        }
        scores
    }

    /// The share of the question's weight that the index knows at all, 0 to 1.
    #[must_use]
    pub fn coverage(&self, question: &[Token]) -> f32 {
        let unknown = (1.0 + (self.documents as f32 + 0.5) / 0.5).ln();
        let (known, all) =
            question
                .iter()
                .fold((0.0, 0.0), |(known, all), token| match self.idf.get(token) {
                    Some(idf) => (known + idf, all + idf),
                    None => (known, all + unknown),
                });
        if all > 0.0 { known / all } else { 0.0 }
    }
}
