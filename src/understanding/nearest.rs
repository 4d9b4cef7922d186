//! The third witness: the one way of asking that is most like the question.
//!
//! The other two know a topic as a whole; this one compares with each way of asking by itself (cosine of damped counts,
//! rare tokens counting more), so that words which occur together in one question weigh more than the same words
//! scattered over many. The likeness of the nearest is also the best sign of whether the question is one of ours at
//! all.

use crate::understanding::{
    kept,
    tokens::{Token, TokenMap},
};

/// A token that stands in more than one of this many ways of asking tells nothing.
const COMMON: usize = 10;

/// All ways of asking by their tokens.
#[derive(Debug)]
pub struct Nearest {
    /// For each token how telling it is, and where its postings begin and end.
    terms: TokenMap<Term>,
    postings: Vec<Posting>,
    /// Where the ways of asking of each document end; they stand in the documents' order.
    ends: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Term {
    rarity: f32,
    from: u32,
    to: u32,
}

/// A way of asking that holds a token, and its weight in units of 1/65535. Hundreds of thousands are added up for one
/// question, so postings are packed: 16-bit way number within a block of 65,536, 16-bit weight. Weight 0 never occurs,
/// so it marks the start of the next block, whose number it carries.
#[derive(Debug, Clone, Copy)]
struct Posting {
    place: u16,
    weight: u16,
}

const UNIT: f32 = 65_535.0;

impl Nearest {
    /// Builds it from the tokens of texts and the documents they belong to.
    #[must_use]
    pub fn build(mut texts: Vec<(usize, &[Token])>, documents: usize) -> Self {
        texts.sort_by_key(|(owner, _)| *owner);
        let held = held(&texts);
        let rarity = |count: u32| (1.0 + texts.len() as f32 / count as f32).ln();
        let mut begins: TokenMap<(u32, f32)> = TokenMap::default();
        let mut total = 0;
        for &(token, count) in &held {
            begins.insert(token, (total, rarity(count)));
            total += count;
        }
        let mut lists = vec![(0_u32, 0_u16); total as usize];
        for (way, (_, tokens)) in (0..).zip(&texts) {
            let mut weights = counts(tokens);
            weights.retain_mut(|(token, count)| {
                let known = begins.get(token);
                *count *= known.map_or(0.0, |(_, rarity)| *rarity);
                known.is_some()
            });
            let length = length(weights.iter().map(|(_, weight)| *weight));
            for (token, weight) in weights {
                if let Some((next, _)) = begins.get_mut(&token) {
                    lists[*next as usize] = (way, (weight / length * UNIT).round() as u16);
                    *next += 1;
                }
            }
        }
        drop(begins);
        let owners = texts.iter().map(|(owner, _)| *owner);
        let mut nearest = Self::empty(held.len(), ends(owners, documents));
        let mut rest = lists.as_slice();
        for (token, count) in held {
            let (list, after) = rest.split_at(count as usize);
            nearest.add_term(token, rarity(count), list);
            rest = after;
        }
        nearest
    }

    fn empty(terms: usize, ends: Vec<u32>) -> Self {
        Self {
            terms: TokenMap::with_capacity_and_hasher(terms, Default::default()),
            postings: Vec::new(),
            ends,
        }
    }

    fn add_term(&mut self, token: Token, rarity: f32, list: &[(u32, u16)]) {
        let from = self.postings.len() as u32;
        let mut shelf = 0;
        for &(way, weight) in list.iter().filter(|(_, weight)| *weight > 0) {
            if way >> 16 != shelf {
                shelf = way >> 16;
                self.postings.push(Posting {
                    place: shelf as u16,
                    weight: 0,
                });
            }
            self.postings.push(Posting {
                place: way as u16,
                weight,
            });
        }
        let to = self.postings.len() as u32;
        self.terms.insert(token, Term { rarity, from, to });
    }

    /// How many ways of asking there are.
    fn ways(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    /// The ways of asking that hold a token, each with its weight.
    fn list(&self, term: Term) -> impl Iterator<Item = (usize, u16)> {
        let mut shelf = 0;
        let postings = &self.postings[term.from as usize..term.to as usize];
        postings.iter().filter_map(move |posting| {
            let place = usize::from(posting.place);
            if posting.weight == 0 {
                shelf = place << 16;
                return None;
            }
            Some((shelf + place, posting.weight))
        })
    }

    /// For each document the likeness of its nearest way of asking, 0 to 1.
    #[must_use]
    pub fn likeness(&self, question: &[Token]) -> Vec<f32> {
        let unknown = (1.0 + self.ways() as f32).ln();
        let weights: Vec<(Option<Term>, f32)> = counts(question)
            .into_iter()
            .map(|(token, count)| {
                let term = self.terms.get(&token).copied();
                (term, count * term.map_or(unknown, |term| term.rarity))
            })
            .collect();
        let length = length(weights.iter().map(|(_, weight)| *weight));
        let mut shared = vec![0.0_f32; self.ways()];
        for (term, weight) in weights {
            let Some(term) = term else { continue };
            let share = weight / length / UNIT;
            self.list(term)
                .for_each(|(way, other)| shared[way] += share * f32::from(other));
        }
        let mut begin = 0;
        let of_each = self.ends.iter().map(|&end| {
            let own = &shared[begin..end as usize];
            begin = end as usize;
            largest(own)
        });
        of_each.collect()
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        kept::write_count(out, self.ways());
        let mut begin = 0;
        for (owner, &end) in (0_u16..).zip(&self.ends) {
            (begin..end).for_each(|_| out.extend(owner.to_le_bytes()));
            begin = end;
        }
        let mut terms: Vec<(&Token, &Term)> = self.terms.iter().collect();
        terms.sort_unstable_by_key(|(token, _)| **token);
        kept::write_count(out, terms.len());
        for (token, term) in terms {
            out.extend(token.0.to_le_bytes());
            out.extend(term.rarity.to_le_bytes());
            kept::write_count(out, self.list(*term).count());
            for (way, weight) in self.list(*term) {
                out.extend((way as u32).to_le_bytes());
                out.extend(weight.to_le_bytes());
            }
        }
    }

    pub(super) fn read(rest: &mut &[u8], documents: usize) -> Option<Self> {
        let mut owners = Vec::new();
        for _ in 0..kept::read_count(rest)? {
            let owner = usize::from(u16::from_le_bytes(kept::take(rest)?));
            let in_order = owners.last().is_none_or(|last| *last <= owner);
            owners.push((in_order && owner < documents).then_some(owner)?);
        }
        let ways = owners.len();
        let terms = kept::read_count(rest)?;
        let mut nearest = Self::empty(terms, ends(owners.into_iter(), documents));
        let mut list: Vec<(u32, u16)> = Vec::new();
        for _ in 0..terms {
            let token = Token(u64::from_le_bytes(kept::take(rest)?));
            let rarity = f32::from_le_bytes(kept::take(rest)?);
            list.clear();
            for _ in 0..kept::read_count(rest)? {
                let way = u32::from_le_bytes(kept::take(rest)?);
                let weight = u16::from_le_bytes(kept::take(rest)?);
                list.push(((way as usize) < ways).then_some((way, weight))?);
            }
            nearest.add_term(token, rarity, &list);
        }
        Some(nearest)
    }
}

/// The telling tokens, in order, and how many texts hold each.
fn held(texts: &[(usize, &[Token])]) -> Vec<(Token, u32)> {
    let mut held: TokenMap<u32> = TokenMap::default();
    for (token, _) in texts.iter().flat_map(|(_, tokens)| counts(tokens)) {
        *held.entry(token).or_default() += 1;
    }
    let most = (texts.len() / COMMON).max(8);
    let telling = held.into_iter().filter(|(_, count)| *count as usize <= most);
    let mut telling: Vec<(Token, u32)> = telling.collect();
    telling.sort_unstable_by_key(|(token, _)| *token);
    telling
}

/// Where each document's items end, in a list sorted by document.
fn ends(owners: impl Iterator<Item = usize>, documents: usize) -> Vec<u32> {
    let mut ends = vec![0_u32; documents];
    owners.for_each(|owner| ends[owner] += 1);
    let mut end = 0;
    for own in &mut ends {
        end += *own;
        *own = end;
    }
    ends
}

/// The largest of some numbers, none of them negative, eight at a time.
fn largest(numbers: &[f32]) -> f32 {
    let (eights, rest) = numbers.as_chunks::<8>();
    let mut best = [0.0_f32; 8];
    for eight in eights {
        for (best, &number) in best.iter_mut().zip(eight) {
            *best = if number > *best { number } else { *best };
        }
    }
    best.iter().chain(rest).copied().fold(0.0, f32::max)
}

/// Each token once, with its damped count, in token order.
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
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::understanding::tokens::tokens;

    /// [`Nearest::likeness`] by definition, way of asking by way of asking.
    fn plainly(texts: &[(usize, Vec<Token>)], documents: usize, question: &[Token]) -> Vec<f32> {
        let mut held: HashMap<Token, usize> = HashMap::new();
        for (_, tokens) in texts {
            counts(tokens)
                .iter()
                .for_each(|(token, _)| *held.entry(*token).or_default() += 1);
        }
        held.retain(|_, count| *count <= (texts.len() / COMMON).max(8));
        let rarity = |count: usize| (1.0 + texts.len() as f32 / count as f32).ln();
        let weighed = |tokens: &[Token], unknown: Option<f32>| -> Vec<(Token, f32)> {
            let weight = |token: &Token| held.get(token).map(|count| rarity(*count)).or(unknown);
            let all = counts(tokens).into_iter();
            all.filter_map(|(token, count)| Some((token, count * weight(&token)?)))
                .collect()
        };
        let asked = weighed(question, Some(rarity(1)));
        let asked_length = length(asked.iter().map(|(_, weight)| *weight));
        let mut best = vec![0.0_f32; documents];
        for (owner, tokens) in texts {
            let own = weighed(tokens, None);
            let own_length = length(own.iter().map(|(_, weight)| *weight));
            let mut shared = 0.0;
            for (token, weight) in &asked {
                if let Some((_, other)) = own.iter().find(|(other, _)| other == token) {
                    shared += weight / asked_length / UNIT * (other / own_length * UNIT).round();
                }
            }
            best[*owner] = best[*owner].max(shared);
        }
        best
    }

    fn built(texts: &[(usize, Vec<Token>)], documents: usize) -> Nearest {
        let texts = texts.iter().map(|(owner, tokens)| (*owner, tokens.as_slice()));
        Nearest::build(texts.collect(), documents)
    }

    fn read_back(nearest: &Nearest, documents: usize) -> Nearest {
        let mut bytes = Vec::new();
        nearest.write(&mut bytes);
        let mut rest = bytes.as_slice();
        let read = Nearest::read(&mut rest, documents).unwrap();
        assert!(rest.is_empty());
        read
    }

    fn text(words: usize) -> impl Strategy<Value = Vec<Token>> {
        prop::collection::vec((0..12_u64).prop_map(Token), 0..words)
    }

    proptest! {
        #[test]
        fn the_quick_way_finds_what_the_plain_way_finds(
            texts in prop::collection::vec((0..7_usize, text(9)), 0..60),
            question in text(20),
        ) {
            let nearest = built(&texts, 8);
            let wanted = plainly(&texts, 8, &question);
            prop_assert_eq!(&nearest.likeness(&question), &wanted);
            prop_assert_eq!(&read_back(&nearest, 8).likeness(&question), &wanted);
        }
    }

    #[test]
    fn more_ways_of_asking_than_a_shelf_holds_are_all_found() {
        let all: u64 = 150_000;
        let common = |way: u64| u64::from(way.is_multiple_of(25_000));
        let texts: Vec<(usize, Vec<Token>)> = (0..all)
            .map(|way| ((way / 30_000) as usize, vec![Token(common(way)), Token(way + 9)]))
            .collect();
        let nearest = built(&texts, 5);
        let read = read_back(&nearest, 5);
        let check = |question: &[Token], wanted: &[usize]| {
            let alike = nearest.likeness(question);
            assert_eq!(read.likeness(question), alike);
            let found: Vec<usize> = (0..5).filter(|&at| alike[at] > 0.5).collect();
            assert_eq!(found, wanted);
        };
        check(&[Token(1)], &[0, 1, 2, 3, 4]);
        for way in [0, 65_535, 65_536, 65_537, 131_072, all - 1] {
            check(&[Token(way + 9)], &[(way / 30_000) as usize]);
        }
    }

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
        let nearest = Nearest::build(owned, 3);
        let alike = nearest.likeness(&tokens("空き家を壊す費用"));
        assert!(alike[0] > 0.99 && alike[1] < 0.6 && alike[2] < 0.2, "{alike:?}");
        let unknown = nearest.likeness(&tokens("昨日の試合の結果"));
        assert!(unknown.iter().all(|likeness| *likeness < 0.3), "{unknown:?}");
        let read = read_back(&nearest, 3);
        assert_eq!(
            read.likeness(&tokens("畑の費用")),
            nearest.likeness(&tokens("畑の費用"))
        );
    }
}
