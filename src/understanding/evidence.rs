//! What the witnesses say about one question, and the few numbers the decision is based on.

use crate::{
    knowledge::{Asks, Decision, First},
    understanding::{
        features::Features,
        index::Index,
        listed,
        ranking::{better, ranked},
    },
};

/// How many numbers a decision looks at.
pub const SIGNALS: usize = 18;

impl Evidence {
    /// How sure a decision is of the first candidate.
    #[must_use]
    pub fn probability(&self, decision: &Decision, index: &Index) -> f32 {
        probability(decision, &self.signals, self.first(index))
    }

    /// Whether the first candidate is a topic, which an entry answers.
    #[must_use]
    pub fn is_topic_first(&self, index: &Index) -> bool {
        self.first(index) == First::Topic
    }

    fn first(&self, index: &Index) -> First {
        let first = self.ranking.first();
        first.map_or(First::NoTopic, |(place, _)| first_of(&index.documents[*place]))
    }

    /// Whether BM25F and the classifier both put the ranking's first candidate first.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let first = self.ranking.first().map(|(place, _)| *place);
        first == Some(self.firsts.0) && self.firsts.0 == self.firsts.1
    }
}

/// How much each witness counts for the ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    pub bm25: f32,
    pub linear: f32,
    pub nearest: f32,
    /// The share of the question that a document's own words hold.
    pub held: f32,
}

impl Weights {
    /// Fitted on held-out hands (conditional logit over the first fifteen); each fifth of them gives the same within a
    /// tenth.
    pub const FITTED: Self = Self {
        bm25: 0.55,
        linear: 1.5,
        nearest: 0.65,
        held: 8.4,
    };
}

/// Scores that differ less are all the same.
pub(super) const NO_SPREAD: f32 = 1e-6;

/// How many of the first are examined for what they hold.
const CLOSER: usize = 15;

/// What an entry loses if the question lacks the concept it needs: enough that bare words do not lead there, little
/// enough that its own figures or names still do.
const UNMET: f32 = 3.0;

/// Names of the signals, in their order, for explaining and for the fitted weights.
pub const SIGNAL_NAMES: [&str; SIGNALS] = [
    "score",
    "margin",
    "agreement",
    "bm25 margin",
    "bm25 per word",
    "linear probability",
    "linear margin",
    "coverage",
    "length",
    "unanswerable near",
    "own words",
    "own words, long",
    "rarest missing",
    "unanswerable probability",
    "unanswerable first",
    "likeness",
    "likeness margin",
    "witnesses",
];

/// If the classifier gives a topic less than this, the other two witnesses may not answer it alone: on held-out hands
/// one such answer in four was wrong.
const BELIEVED: f32 = 0.02;
/// Upper bound on the confidence of such an answer.
const DOUBTED: f32 = 0.5;
/// The place of the classifier's probability among the signals.
const LINEAR_PROBABILITY: usize = 5;

/// How sure the decision is of the first candidate.
#[must_use]
pub fn probability(decision: &Decision, signals: &[f32; SIGNALS], first: First) -> f32 {
    let sure = decision.probability(signals, first);
    let is_doubted = first == First::Topic && signals[LINEAR_PROBABILITY] < BELIEVED;
    if is_doubted { sure.min(DOUBTED) } else { sure }
}

/// The ranking of everything the bot knows for one question.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Documents of the index, best first, with the summed score of all witnesses.
    pub ranking: Vec<(usize, f32)>,
    /// What the decision is based on; see [`SIGNAL_NAMES`].
    pub signals: [f32; SIGNALS],
    /// The first choice of each witness.
    pub firsts: (usize, usize),
    /// For each document, the likeness of its nearest way of asking; empty without a third witness.
    pub near: Vec<f32>,
}

/// What one witness says of each document.
#[derive(Clone, Copy)]
struct Witness<'a> {
    scores: &'a [f32],
    /// The document it puts first.
    first: usize,
}

impl<'a> Witness<'a> {
    fn of(scores: &'a [f32]) -> Self {
        let first = first(scores);
        Self { scores, first }
    }

    /// How far it puts a document ahead of all others.
    fn lead(self, document: usize) -> f32 {
        self.scores[document] - best_except(self.scores, document)
    }
}

#[derive(Clone, Copy)]
struct Witnesses<'a> {
    bm25: Witness<'a>,
    linear: Witness<'a>,
    near: Witness<'a>,
}

/// Ranks all documents. `leaning` adds to the scores of single documents, such as the previous topic.
#[must_use]
pub fn weigh(index: &Index, question: &Features, leaning: &[(usize, f32)]) -> Evidence {
    if index.is_list {
        return listed::weigh(index, question, leaning);
    }
    let weights = index.weights;
    let bm25 = index.bm25.scores(question.telling());
    let linear = index
        .linear
        .as_ref()
        .map(|linear| linear.scores(&question.tokens));
    let mut fused = standardized(&bm25);
    if let Some(linear) = &linear {
        for (sum, score) in fused.iter_mut().zip(standardized(linear)) {
            *sum = weights.bm25 * *sum + weights.linear * score;
        }
    }
    let near = index
        .nearest
        .as_ref()
        .map_or_else(Vec::new, |nearest| nearest.likeness(&question.tokens));
    for (sum, score) in fused.iter_mut().zip(standardized(&near)) {
        *sum += weights.nearest * score;
    }
    for (document, needed) in &index.needs {
        let met = needed.iter().any(|concept| question.concepts.contains(concept))
            || leaning.iter().any(|(lasting, _)| lasting == document);
        if !met {
            fused[*document] -= UNMET;
        }
    }
    for &(document, bonus) in leaning {
        if let Some(score) = fused.get_mut(document) {
            *score += bonus;
        }
    }
    // Danger has a classifier of its own; ranked among the topics it would only drown them.
    for &document in &index.unanswerable {
        if index.documents[document].is_crisis() {
            fused[document] = f32::NEG_INFINITY;
        }
    }
    let mut ranking = ranked(&fused);
    if linear.is_some() {
        look_closer(index, question, &mut ranking);
    }
    let of_bm25 = Witness::of(&bm25);
    let witnesses = Witnesses {
        bm25: of_bm25,
        linear: linear.as_deref().map_or(of_bm25, Witness::of),
        near: if near.is_empty() {
            of_bm25
        } else {
            Witness::of(&near)
        },
    };
    let signals = signals(index, question, &ranking, witnesses);
    Evidence {
        ranking,
        signals,
        firsts: (witnesses.bm25.first, witnesses.linear.first),
        near,
    }
}

/// Reranks the first candidates by how much of the question their own words hold.
fn look_closer(index: &Index, question: &Features, ranking: &mut [(usize, f32)]) {
    let closer = ranking.len().min(CLOSER);
    let first = &mut ranking[..closer];
    let documents: Vec<usize> = first.iter().map(|(document, _)| *document).collect();
    let held = index.bm25.held(question.words(), &documents);
    for ((_, score), held) in first.iter_mut().zip(held) {
        *score += index.weights.held * (held.share - 0.5);
    }
    first.sort_by(better);
}

fn signals(
    index: &Index,
    question: &Features,
    ranking: &[(usize, f32)],
    Witnesses { bm25, linear, near }: Witnesses<'_>,
) -> [f32; SIGNALS] {
    let at = |place: usize| ranking.get(place).map_or(0.0, |(_, score)| *score);
    let top = ranking.first().map_or(0, |(document, _)| *document);
    let mut probabilities = linear.scores.to_vec();
    crate::understanding::linear::softmax(&mut probabilities);
    let words = question.tokens.len().max(1) as f32;
    let unanswerable = ranking
        .iter()
        .find(|(document, _)| *document != top && is_unanswerable(&index.documents[*document]))
        .map_or(0.0, |(_, score)| *score);
    let held = index.bm25.held(question.words(), &[top]);
    let held = held.first().copied().unwrap_or_default();
    let mass: f32 = index.unanswerable.iter().map(|&at| probabilities[at]).sum();
    let names_top = |witness: &Witness<'_>| f32::from(u8::from(witness.first == top));
    [
        at(0),
        at(0) - at(1),
        f32::from(u8::from(bm25.first == linear.first)),
        bm25.lead(top) / bm25.scores[top].max(1.0),
        bm25.scores[top] / words,
        probabilities[top],
        probabilities[top] - best_except(&probabilities, top),
        index.bm25.coverage(&question.tokens),
        words.ln(),
        at(0) - unanswerable,
        held.share,
        held.share * words.ln(),
        held.rarest_missing,
        mass,
        f32::from(u8::from(is_unanswerable(&index.documents[top]))),
        near.scores[top],
        near.lead(top),
        [bm25, linear, near].iter().map(names_top).sum(),
    ]
}

/// Whether it is a topic.
#[must_use]
pub fn first_of(asks: &Asks) -> First {
    if is_unanswerable(asks) {
        First::NoTopic
    } else {
        First::Topic
    }
}

/// Whether no topic answers it: a gap or a kind of message.
#[must_use]
pub fn is_unanswerable(asks: &Asks) -> bool {
    match asks {
        Asks::Entry(id) => id.is_gap(),
        Asks::Rule(_) => true,
    }
}

fn first(scores: &[f32]) -> usize {
    scores
        .iter()
        .enumerate()
        .max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)))
        .map_or(0, |(at, _)| at)
}

fn best_except(scores: &[f32], except: usize) -> f32 {
    let others = scores
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != except)
        .map(|(_, score)| *score);
    others.fold(f32::NEG_INFINITY, f32::max).max(-1e6)
}

/// Scores in standard deviations from their mean.
fn standardized(scores: &[f32]) -> Vec<f32> {
    let n = scores.len().max(1) as f32;
    let mean = scores.iter().sum::<f32>() / n;
    let spread = (scores.iter().map(|score| (score - mean).powi(2)).sum::<f32>() / n)
        .sqrt()
        .max(NO_SPREAD);
    scores.iter().map(|score| (score - mean) / spread).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        knowledge::{AsOf, Concept, Entry, HandoverOffer, Holidays, Revision, RevisionId, Status},
        lang::Lang,
    };

    fn entry(id: &str, needs: &[&str], asked: &str) -> Entry {
        Entry {
            id: id.parse().unwrap(),
            category: "community".to_owned(),
            municipality: "annaka".to_owned(),
            status: Status::Current,
            as_of: AsOf::Year(2026),
            valid_until: None,
            review_by: None,
            sources: Vec::new(),
            related: Vec::new(),
            needs: needs.iter().map(|name| (*name).to_owned()).collect(),
            handover: HandoverOffer::Offer,
            questions: BTreeMap::from([(Lang::Ja, vec![asked.to_owned()])]),
            event: None,
            body: BTreeMap::new(),
        }
    }

    #[test]
    fn a_paper_of_another_city_is_hardly_meant_by_who_does_not_name_it() {
        let entries = [
            entry("other-town", &["TOWN"], "となり町の自治会の加入率"),
            entry("our-councils", &[], "自治会には入りますか"),
        ];
        let revision = Revision {
            entries: entries.map(|entry| (entry.id.clone(), entry)).into(),
            concepts: vec![Concept {
                name: "TOWN".to_owned(),
                words: vec!["となり町".to_owned()],
            }],
            id: RevisionId("town".to_owned()),
            sources: BTreeMap::new(),
            rules: Vec::new(),
            phrasings: Vec::new(),
            decision: None,
            holidays: Holidays::default(),
        };
        let index = Index::build(&revision).unwrap();
        let first = |question: &str| {
            let evidence = weigh(&index, &Features::of(question, &index.concepts), &[]);
            index.documents[evidence.ranking[0].0].to_string()
        };
        assert_eq!(first("自治会の加入率"), "our-councils");
        assert_eq!(first("となり町の自治会"), "other-town");
        assert_eq!(first("自治会に入りますか"), "our-councils");
    }
}
