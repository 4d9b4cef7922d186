//! The third witness: the one way of asking that is most like the question.
//!
//! The other two know a topic as a whole; this one compares with each way of asking by itself (cosine of damped, rare
//! tokens counting more), so that words which stand together in one question weigh more than the same words strewn over
//! many. How like the nearest is, is also the best sign of whether the question is one of ours at all.

use std::collections::HashMap;

use crate::understanding::{kept, tokens::Token};

/// A token that stands in more than one of so many ways of asking tells nothing.
const COMMON: usize = 10;

/// All ways of asking by their tokens.
#[derive(Debug)]
pub struct Nearest {
    /// For each token how much it tells, and where its postings begin and end.
    terms: HashMap<Token, Term>,
    /// The ways of asking that hold a token, and their weight for it, a unit being 1/65535.
    postings: Vec<(u32, u16)>,
    /// The document each way of asking belongs to, in order.
    owners: Vec<u16>,
    documents: usize,
}

#[derive(Debug, Clone, Copy)]
struct Term {
    rarity: f32,
    from: u32,
    to: u32,
}

const UNIT: f32 = 65_535.0;

impl Nearest {
    /// Builds it from the tokens of texts and the documents they belong to.
    #[must_use]
    pub fn build(texts: &[(usize, &[Token])], documents: usize) -> Self {
        let mut texts = texts.to_vec();
        texts.sort_by_key(|(owner, _)| *owner);
        let counted: Vec<Vec<(Token, f32)>> = texts.iter().map(|(_, tokens)| counts(tokens)).collect();
        let mut held: HashMap<Token, u32> = HashMap::new();
        for (token, _) in counted.iter().flatten() {
            *held.entry(*token).or_default() += 1;
        }
        let most = (texts.len() / COMMON).max(8);
        held.retain(|_, count| *count as usize <= most);
        let rarity = |count: u32| (1.0 + texts.len() as f32 / count as f32).ln();
        let mut lists: HashMap<Token, Vec<(u32, u16)>> = HashMap::new();
        for (at, tokens) in (0_u32..).zip(&counted) {
            let weights = tokens
                .iter()
                .filter_map(|(token, count)| Some((*token, count * rarity(*held.get(token)?))));
            let weights: Vec<(Token, f32)> = weights.collect();
            let length = length(weights.iter().map(|(_, weight)| *weight));
            for (token, weight) in weights {
                let share = (weight / length * UNIT).round() as u16;
                lists.entry(token).or_default().push((at, share));
            }
        }
        let mut nearest = Self {
            terms: HashMap::with_capacity(lists.len()),
            postings: Vec::new(),
            owners: texts.iter().map(|(owner, _)| *owner as u16).collect(),
            documents,
        };
        let mut lists: Vec<_> = lists.into_iter().collect();
        lists.sort_unstable_by_key(|(token, _)| *token);
        for (token, list) in lists {
            nearest.add_term(token, rarity(held[&token]), &list);
        }
        nearest
    }

    fn add_term(&mut self, token: Token, rarity: f32, list: &[(u32, u16)]) {
        let from = self.postings.len() as u32;
        self.postings.extend(list);
        let to = self.postings.len() as u32;
        self.terms.insert(token, Term { rarity, from, to });
    }

    /// For each document how like the question its likest way of asking is, 0 to 1.
    #[must_use]
    pub fn likeness(&self, question: &[Token]) -> Vec<f32> {
        let unknown = (1.0 + self.owners.len() as f32).ln();
        let weights: Vec<(Option<Term>, f32)> = counts(question)
            .into_iter()
            .map(|(token, count)| {
                let term = self.terms.get(&token).copied();
                (term, count * term.map_or(unknown, |term| term.rarity))
            })
            .collect();
        let length = length(weights.iter().map(|(_, weight)| *weight));
        let mut shared = vec![0.0_f32; self.owners.len()];
        for (term, weight) in weights {
            let Some(term) = term else { continue };
            let share = weight / length / UNIT;
            for &(at, other) in &self.postings[term.from as usize..term.to as usize] {
                shared[at as usize] += share * f32::from(other);
            }
        }
        let mut best = vec![0.0_f32; self.documents];
        let mut rest = shared.as_slice();
        for of_one in self.owners.chunk_by(|a, b| a == b) {
            let (here, after) = rest.split_at(of_one.len());
            best[usize::from(of_one[0])] = here.iter().copied().fold(0.0, f32::max);
            rest = after;
        }
        best
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        kept::write_count(out, self.owners.len());
        for owner in &self.owners {
            out.extend(owner.to_le_bytes());
        }
        let mut terms: Vec<(&Token, &Term)> = self.terms.iter().collect();
        terms.sort_unstable_by_key(|(token, _)| **token);
        kept::write_count(out, terms.len());
        for (token, term) in terms {
            out.extend(token.0.to_le_bytes());
            out.extend(term.rarity.to_le_bytes());
            let list = &self.postings[term.from as usize..term.to as usize];
            kept::write_count(out, list.len());
            for (at, weight) in list {
                out.extend(at.to_le_bytes());
                out.extend(weight.to_le_bytes());
            }
        }
    }

    pub(super) fn read(rest: &mut &[u8], documents: usize) -> Option<Self> {
        let mut owners = Vec::new();
        for _ in 0..kept::read_count(rest)? {
            let owner = u16::from_le_bytes(kept::take(rest)?);
            let in_order = owners.last().is_none_or(|last| *last <= owner);
            owners.push((in_order && usize::from(owner) < documents).then_some(owner)?);
        }
        let terms = kept::read_count(rest)?;
        let mut nearest = Self {
            terms: HashMap::with_capacity(terms),
            postings: Vec::new(),
            owners,
            documents,
        };
        let mut list = Vec::new();
        for _ in 0..terms {
            let token = Token(u64::from_le_bytes(kept::take(rest)?));
            let rarity = f32::from_le_bytes(kept::take(rest)?);
            list.clear();
            for _ in 0..kept::read_count(rest)? {
                let at = u32::from_le_bytes(kept::take(rest)?);
                let weight = u16::from_le_bytes(kept::take(rest)?);
                list.push(((at as usize) < nearest.owners.len()).then_some((at, weight))?);
            }
            nearest.add_term(token, rarity, &list);
        }
        Some(nearest)
    }
}

/// Each token once, with its damped count, in the tokens' order.
fn counts(tokens: &[Token]) -> Vec<(Token, f32)> {
    let mut sorted = tokens.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], (same.len() as f32).sqrt()))
        .collect()
}

fn length(weights: impl Iterator<Item = f32>) -> f32 {
    weights
        .map(|weight| weight * weight)
        .sum::<f32>()
        .sqrt()
        .max(1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::tokens::tokens;

    #[test]
    fn words_that_stand_together_count_more_than_the_same_words_strewn() {
        let texts = [
            "空き家を壊す費用",
            "家の畑",
            "空きの多い町",
            "費用の話",
            "畑を借りる",
        ];
        let tokens_of = texts.map(tokens);
        let owned: Vec<(usize, &[Token])> = tokens_of
            .iter()
            .zip([0, 1, 1, 1, 2])
            .map(|(tokens, owner)| (owner, tokens.as_slice()))
            .collect();
        let nearest = Nearest::build(&owned, 3);
        let alike = nearest.likeness(&tokens("空き家を壊す費用"));
        assert!(alike[0] > 0.99 && alike[1] < 0.6 && alike[2] < 0.2, "{alike:?}");
        let unknown = nearest.likeness(&tokens("昨日の試合の結果"));
        assert!(unknown.iter().all(|likeness| *likeness < 0.3), "{unknown:?}");
        let mut bytes = Vec::new();
        nearest.write(&mut bytes);
        let read = Nearest::read(&mut bytes.as_slice(), 3).unwrap();
        assert_eq!(
            read.likeness(&tokens("畑の費用")),
            nearest.likeness(&tokens("畑の費用"))
        );
    }
}
