//! BM25F: ranks documents of several fields by the tokens they share with a question.
//!
//! Robertson, Zaragoza, Taylor (2004), "Simple BM25 extension to multiple weighted fields": each field's token counts
//! are weighted and length-normalised separately, then added up, and only the sum saturates. Impacts are computed when
//! the index is built, so a question only adds up numbers.

use std::ops::Range;

use crate::understanding::{
    kept,
    tokens::{Token, TokenMap},
};

/// How a field counts for the score.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub weight: f32,
    /// How much a field's length discounts its tokens, 0 to 1.
    pub length_penalty: f32,
}

/// How an index scores.
#[derive(Debug, Clone, Copy)]
pub struct Tuning {
    /// How quickly repeated tokens stop counting (`k1`): the larger, the later.
    pub saturation: f32,
    pub fields: [Field; FIELDS],
}

/// Ways of asking, and facts.
pub const FIELDS: usize = 2;

/// A document: for each field (ways of asking, then facts) the tokens of its texts.
pub type Document<'a> = [Vec<&'a [Token]>; FIELDS];

/// The index: for each token the documents that hold it, with its finished contribution.
#[derive(Debug)]
pub struct Bm25 {
    terms: TokenMap<Term>,
    /// The postings of all terms, one after another.
    postings: Vec<Posting>,
    documents: usize,
}

/// What the index knows of a token.
#[derive(Debug, Clone, Copy)]
struct Term {
    /// How telling it is: its inverse document frequency.
    rarity: f32,
    /// Where its postings begin and end.
    from: u32,
    to: u32,
}

/// Tokens of a question that were not yet added up, and how often each stands in it.
#[derive(Debug)]
pub struct LeftOver(Vec<(Term, f32)>);

/// A document that holds a token, and what that adds to its score.
#[derive(Debug, Clone, Copy)]
struct Posting {
    document: u32,
    impact: f32,
}

/// How much of a question a document holds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Held {
    /// The share of the question's weight, 0 to 1.
    pub share: f32,
    /// How telling the most telling missing word is, 0 to 1.
    pub rarest_missing: f32,
}

impl Bm25 {
    #[must_use]
    pub fn build(tuning: &Tuning, documents: &[Document<'_>]) -> Self {
        let counted = count(tuning, documents);
        let n = documents.len() as f32;
        let mut index = Self::empty(documents.len(), counted.len());
        for (token, mut list) in counted {
            let df = list.len() as f32;
            let rarity = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
            for Posting { impact, .. } in &mut list {
                *impact = rarity * *impact * (tuning.saturation + 1.0) / (tuning.saturation + *impact);
            }
            index.postings.extend(&list);
            index.add_term(token, rarity, list.len());
        }
        index
    }

    fn empty(documents: usize, terms: usize) -> Self {
        Self {
            terms: TokenMap::with_capacity_and_hasher(terms, Default::default()),
            postings: Vec::new(),
            documents,
        }
    }

    /// Adds a token that owns the last `count` postings.
    fn add_term(&mut self, token: Token, rarity: f32, count: usize) {
        let to = self.postings.len() as u32;
        let from = to - count as u32;
        self.terms.insert(token, Term { rarity, from, to });
    }

    /// The score of every document.
    #[must_use]
    pub fn scores(&self, question: &[Token]) -> Vec<f32> {
        let mut scores = vec![0.0; self.documents];
        for term in question.iter().filter_map(|token| self.terms.get(token)) {
            for posting in &self.postings[term.range()] {
                scores[posting.document as usize] += posting.impact;
            }
        }
        scores
    }

    /// The scores by the question's rarest tokens, as far as this many postings go, and the tokens left over. The common
    /// ones tell documents apart least and cost most: in a list of a hundred thousand one may stand in every third.
    #[must_use]
    pub fn scores_by_rarest(&self, question: &[Token], postings: usize) -> (Vec<f32>, LeftOver) {
        let mut terms: Vec<Term> = question
            .iter()
            .filter_map(|token| self.terms.get(token).copied())
            .collect();
        terms.sort_unstable_by_key(|term| (term.range().len(), term.from));
        let mut scores = vec![0.0; self.documents];
        let mut looked_at = 0;
        let mut left_over = Vec::new();
        for same in terms.chunk_by(|a, b| a.from == b.from) {
            let (term, times) = (same[0], same.len() as f32);
            looked_at += term.range().len();
            if looked_at > postings && looked_at > term.range().len() {
                left_over.push((term, times));
                continue;
            }
            for posting in &self.postings[term.range()] {
                scores[posting.document as usize] += times * posting.impact;
            }
        }
        (scores, LeftOver(left_over))
    }

    /// Adds what was left over to the scores of a few documents.
    pub fn add_left_over(&self, LeftOver(terms): &LeftOver, documents: &mut [(usize, f32)]) {
        documents.sort_unstable_by_key(|(document, _)| *document);
        for (term, times) in terms {
            let mut rest = &self.postings[term.range()];
            for (document, score) in documents.iter_mut() {
                let before = rest.partition_point(|posting| (posting.document as usize) < *document);
                rest = &rest[before..];
                match rest.first() {
                    Some(posting) if posting.document as usize == *document => {
                        *score += times * posting.impact
                    }
                    _ => {}
                }
            }
        }
    }

    /// The share of the question's weight whose tokens the index knows at all, 0 to 1.
    #[must_use]
    pub fn coverage(&self, question: &[Token]) -> f32 {
        let unknown = self.rarity_of_unknown();
        let (known, all) =
            question
                .iter()
                .fold((0.0, 0.0), |(known, all), token| match self.terms.get(token) {
                    Some(Term { rarity, .. }) => (known + rarity, all + rarity),
                    None => (known, all + unknown),
                });
        if all > 0.0 { known / all } else { 0.0 }
    }

    /// How much of a question each of these documents holds.
    #[must_use]
    pub fn held(&self, question: &[Token], documents: &[usize]) -> Vec<Held> {
        let unknown = self.rarity_of_unknown();
        let mut held = vec![Held::default(); documents.len()];
        let mut all = 0.0;
        for token in question {
            let term = self.terms.get(token);
            let rarity = term.map_or(unknown, |term| term.rarity);
            all += rarity;
            for (held, &document) in held.iter_mut().zip(documents) {
                if term.is_some_and(|term| self.holds(term, document)) {
                    held.share += rarity;
                } else {
                    held.rarest_missing = held.rarest_missing.max(rarity);
                }
            }
        }
        for held in &mut held {
            held.share = if all > 0.0 { held.share / all } else { 0.0 };
            held.rarest_missing /= unknown;
        }
        held
    }

    fn holds(&self, term: &Term, document: usize) -> bool {
        let postings = &self.postings[term.range()];
        postings
            .binary_search_by_key(&document, |posting| posting.document as usize)
            .is_ok()
    }

    /// How telling a token is that no document holds.
    fn rarity_of_unknown(&self) -> f32 {
        (1.0 + (self.documents as f32 + 0.5) / 0.5).ln()
    }

    /// Appends the index's bytes, for keeping.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut terms: Vec<(&Token, &Term)> = self.terms.iter().collect();
        terms.sort_unstable_by_key(|(token, _)| **token);
        kept::write_count(out, terms.len());
        for (token, term) in terms {
            out.extend(token.0.to_le_bytes());
            out.extend(term.rarity.to_le_bytes());
            kept::write_count(out, term.range().len());
            for posting in &self.postings[term.range()] {
                out.extend(posting.document.to_le_bytes());
                out.extend(posting.impact.to_le_bytes());
            }
        }
    }

    /// Takes an index of this many documents from the front of what was kept.
    pub(super) fn read(rest: &mut &[u8], documents: usize) -> Option<Self> {
        let terms = kept::read_count(rest)?;
        let mut index = Self::empty(documents, terms);
        for _ in 0..terms {
            let token = Token(u64::from_le_bytes(kept::take(rest)?));
            let rarity = f32::from_le_bytes(kept::take(rest)?);
            let count = kept::read_count(rest)?;
            for _ in 0..count {
                index.postings.push(Posting::read(rest, documents)?);
            }
            index.add_term(token, rarity, count);
        }
        Some(index)
    }
}

impl Term {
    fn range(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

impl Posting {
    fn read(rest: &mut &[u8], documents: usize) -> Option<Self> {
        let document = u32::from_le_bytes(kept::take(rest)?);
        let impact = f32::from_le_bytes(kept::take(rest)?);
        ((document as usize) < documents).then_some(Self { document, impact })
    }
}

/// For each token the documents that hold it, with its weighted count as the impact.
fn count(tuning: &Tuning, documents: &[Document<'_>]) -> TokenMap<Vec<Posting>> {
    let length = |texts: &[&[Token]]| texts.iter().map(|text| text.len()).sum::<usize>();
    let mean_lengths: Vec<f32> = (0..FIELDS)
        .map(|field| {
            let total: usize = documents.iter().map(|document| length(&document[field])).sum();
            (total as f32 / documents.len().max(1) as f32).max(1.0)
        })
        .collect();
    let mut counted: TokenMap<Vec<Posting>> = TokenMap::default();
    for (document, fields) in (0_u32..).zip(documents) {
        for (field, (texts, mean)) in tuning.fields.iter().zip(fields.iter().zip(&mean_lengths)) {
            let penalty = 1.0 - field.length_penalty + field.length_penalty * length(texts) as f32 / mean;
            let each = field.weight / penalty;
            for token in texts.iter().copied().flatten() {
                let list = counted.entry(*token).or_default();
                match list.last_mut() {
                    Some(last) if last.document == document => last.impact += each,
                    _ => list.push(Posting {
                        document,
                        impact: each,
                    }),
                }
            }
        }
    }
    counted
}
