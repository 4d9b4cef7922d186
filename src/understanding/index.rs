//! Everything a question is compared with, built once for a revision.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    knowledge::{Asks, Entry, Revision, RuleKind},
    understanding::{
        bm25::{Bm25, Document, FIELDS, Field, Tuning},
        concepts::{BadConcept, Concepts},
        danger::{self, Danger},
        evidence::{Weights, is_unanswerable},
        features::Features,
        linear::{Linear, Sample},
        nearest::Nearest,
        romaji::EnglishWords,
        rows::Rows,
        threads,
        tokens::Token,
    },
};

/// For entries with many ways of asking. On held-out hands, changing the weights by a tenth makes no difference.
const TAUGHT: Tuning = Tuning {
    saturation: 2.0,
    fields: [
        Field {
            weight: 1.0,
            length_penalty: 0.5,
        },
        Field {
            weight: 1.0,
            length_penalty: 0.5,
        },
    ],
};
/// For plain lists of questions and answers: the best values on a municipal list of 1,786 entries.
const LISTED: Tuning = Tuning {
    saturation: 3.5,
    fields: [
        Field {
            weight: 1.5,
            length_penalty: 0.7,
        },
        Field {
            weight: 1.0,
            length_penalty: 0.5,
        },
    ],
};
const WAYS: usize = 0;
const FACTS: usize = 1;
/// How much a text of each field counts in training: a sentence of an answer teaches less than a question.
const SAMPLE_WEIGHTS: [f32; FIELDS] = [1.0, 0.5];

/// The witnesses, and the documents they speak about.
#[derive(Debug)]
pub struct Index {
    /// What each document of the index is about.
    pub documents: Vec<Asks>,
    /// The indices of those that no topic answers.
    pub unanswerable: Vec<usize>,
    pub concepts: Arc<Concepts>,
    /// The documents that need a concept, with the concepts.
    pub needs: Vec<(usize, Vec<usize>)>,
    pub english: EnglishWords,
    pub bm25: Bm25,
    /// `None` if there is too little to learn from (one way of asking per entry).
    pub linear: Option<Linear>,
    /// `None` if the classifier is.
    pub nearest: Option<Nearest>,
    /// Hears danger; `None` if no taught text speaks of any.
    pub danger: Option<Danger>,
    pub weights: Weights,
    /// Whether it is of a plain list of questions and answers.
    pub is_list: bool,
}

/// What to leave out of an index, so that it can be tested with that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving<'a> {
    Nothing,
    Hand(&'a str),
}

/// The texts of a revision, split into tokens, from which several indexes can be built.
#[derive(Debug)]
pub struct Material<'a> {
    revision: &'a Revision,
    concepts: Arc<Concepts>,
    texts: Vec<Text<'a>>,
    /// The tokens of each text.
    tokens: Rows<Token>,
    /// The clauses of each harmless text that has several.
    clauses: Vec<(usize, Vec<Token>)>,
}

/// A text of a revision.
#[derive(Debug, Clone, Copy)]
struct Text<'a> {
    text: &'a str,
    /// The index of the document it belongs to.
    place: usize,
    field: usize,
    /// Whose way of asking it is; `None` if it is from the entry itself.
    hand: Option<&'a str>,
}

/// A text that an index is built from, and its tokens.
type Lesson<'a> = (&'a Text<'a>, &'a [Token]);

impl<'a> Material<'a> {
    /// Splits all texts of a revision into tokens.
    ///
    /// # Errors
    /// When a concept of the revision is not a valid regular expression, which checking a revision rules out.
    pub fn gather(revision: &'a Revision) -> Result<Self, BadConcept> {
        let concepts = Arc::new(Concepts::of(revision)?);
        let texts = texts(revision);
        let tokens = threads::rows(&texts, |text| Features::of(text.text, &concepts).tokens);
        let names = names(revision);
        let harmless: Vec<(usize, &Text<'_>)> = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| !names[text.place].is_crisis())
            .collect();
        let clauses = threads::map(&harmless, |&(at, text)| {
            let parts = danger::clauses(text.text).into_iter();
            let parts = parts.map(|clause| (at, Features::of(clause, &concepts).tokens));
            parts.collect::<Vec<_>>()
        });
        let clauses = clauses.into_iter().flatten().collect();
        Ok(Self {
            revision,
            concepts,
            texts,
            tokens,
            clauses,
        })
    }

    /// Builds an index without what `leaving` says.
    #[must_use]
    pub fn index(&self, leaving: Leaving<'_>) -> Index {
        let documents = names(self.revision);
        let all = self.texts.iter().enumerate();
        let lessons: Vec<Lesson<'_>> = all
            .filter(|(_, text)| leaving.takes(text))
            .map(|(at, text)| (text, self.tokens.row(at)))
            .collect();
        let taught = !self.revision.phrasings.is_empty();
        let aside = || {
            let tuning = if taught { &TAUGHT } else { &LISTED };
            let others = taught.then(|| {
                let nearest = nearest(&lessons, documents.len());
                (nearest, self.danger(leaving, &lessons, &documents))
            });
            (
                bm25(tuning, &lessons, documents.len()),
                EnglishWords::of(self.revision),
                others,
            )
        };
        let here = || taught.then(|| linear(&lessons, documents.len()));
        let ((bm25, english, others), linear) = threads::both(aside, here);
        let (nearest, danger) = others.unzip();
        Index {
            weights: Weights::FITTED,
            is_list: is_list(self.revision, taught),
            nearest,
            danger: danger.flatten(),
            unanswerable: unanswerable(&documents),
            documents,
            needs: needs(self.revision, &self.concepts),
            concepts: Arc::clone(&self.concepts),
            english,
            bm25,
            linear,
        }
    }
}

impl Material<'_> {
    fn danger(&self, leaving: Leaving<'_>, lessons: &[Lesson<'_>], documents: &[Asks]) -> Option<Danger> {
        let whole = lessons
            .iter()
            .map(|(text, tokens)| (&documents[text.place], *tokens));
        let parts = self.clauses.iter().filter_map(|(at, tokens)| {
            let text = &self.texts[*at];
            leaving
                .takes(text)
                .then(|| (&documents[text.place], tokens.as_slice()))
        });
        Danger::train(whole.chain(parts), &self.revision.rules, &self.concepts)
    }
}

impl Leaving<'_> {
    fn takes(self, text: &Text<'_>) -> bool {
        match self {
            Self::Nothing => true,
            Self::Hand(hand) => text.hand != Some(hand),
        }
    }
}

/// The texts of a revision: its ways of asking, then what the entries say.
fn texts(revision: &Revision) -> Vec<Text<'_>> {
    let names = names(revision);
    let places: BTreeMap<&Asks, usize> = names.iter().enumerate().map(|(at, name)| (name, at)).collect();
    let ways = revision.phrasings.iter().filter_map(|phrasing| {
        places.get(&phrasing.asks).map(|&place| Text {
            text: &phrasing.text,
            place,
            field: WAYS,
            hand: Some(&phrasing.hand),
        })
    });
    let of_entries = revision.entries.values().enumerate().flat_map(|(place, entry)| {
        let own = move |field| {
            move |text| Text {
                text,
                place,
                field,
                hand: None,
            }
        };
        let questions = entry.questions.values().flatten().map(String::as_str);
        let sentences = entry.body.values().flat_map(|body| sentences(body));
        questions.map(own(WAYS)).chain(sentences.map(own(FACTS)))
    });
    let examples = revision.rules.iter().filter_map(|rule| {
        let &place = places.get(&Asks::Rule(rule.kind))?;
        Some(rule.matches.iter().map(move |example| Text {
            text: &example.text,
            place,
            field: WAYS,
            hand: None,
        }))
    });
    let examples: Vec<Text<'_>> = examples.flatten().collect();
    ways.chain(of_entries).chain(examples).collect()
}

fn bm25(tuning: &Tuning, lessons: &[Lesson<'_>], documents: usize) -> Bm25 {
    let mut texts: Vec<Document<'_>> = vec![Document::default(); documents];
    for (text, tokens) in lessons {
        texts[text.place][text.field].push(tokens);
    }
    Bm25::build(tuning, &texts)
}

fn nearest(lessons: &[Lesson<'_>], documents: usize) -> Nearest {
    let texts = lessons.iter().map(|(text, tokens)| (text.place, *tokens));
    Nearest::build(texts.collect(), documents)
}

fn linear(lessons: &[Lesson<'_>], classes: usize) -> Linear {
    let samples: Vec<Sample<'_>> = lessons
        .iter()
        .map(|&(text, tokens)| Sample {
            tokens,
            class: text.place as u32,
            weight: SAMPLE_WEIGHTS[text.field],
        })
        .collect();
    Linear::train(&samples, classes)
}

/// What the documents of a revision's index are about: its entries, then the kinds of message.
pub(super) fn names(revision: &Revision) -> Vec<Asks> {
    let entries = revision.entries.keys().cloned().map(Asks::Entry);
    entries.chain(RuleKind::ALL.into_iter().map(Asks::Rule)).collect()
}

/// Whether it comes without anything that teaches how to understand it. `is_taught` is asked of the index: one that was
/// kept is read with a revision whose ways of asking are left out.
pub(super) fn is_list(revision: &Revision, is_taught: bool) -> bool {
    !is_taught && revision.concepts.is_empty() && revision.rules.is_empty() && revision.decision.is_none()
}

/// The indices of the documents that no topic answers.
pub(super) fn unanswerable(documents: &[Asks]) -> Vec<usize> {
    let is = |&at: &usize| is_unanswerable(&documents[at]);
    (0..documents.len()).filter(is).collect()
}

/// The entries that need a concept, by the indices of both.
pub(super) fn needs(revision: &Revision, concepts: &Concepts) -> Vec<(usize, Vec<usize>)> {
    let needy = revision.entries.values().enumerate();
    let needy = needy.filter(|(_, entry)| !entry.needs.is_empty());
    let places = |entry: &Entry| {
        entry
            .needs
            .iter()
            .filter_map(|name| concepts.place(name))
            .collect()
    };
    needy.map(|(document, entry)| (document, places(entry))).collect()
}

impl Index {
    /// Builds the index of a revision.
    ///
    /// # Errors
    /// When a concept of the revision is not a valid regular expression, which checking a revision rules out.
    pub fn build(revision: &Revision) -> Result<Self, BadConcept> {
        Ok(Material::gather(revision)?.index(Leaving::Nothing))
    }
}

/// The sentences of an answer, in either language.
fn sentences(body: &str) -> impl Iterator<Item = &str> {
    body.split(['。', '\n'])
        .flat_map(|part| part.split(". "))
        .map(str::trim)
        .filter(|part| part.chars().count() > 3)
}
