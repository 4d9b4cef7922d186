//! Everything a question is compared with, built once for a revision.

use std::collections::{BTreeMap, HashSet};

use crate::{
    knowledge::{Asks, Revision, RuleKind},
    lang::Lang,
    understanding::{
        bm25::{Bm25, Document, Field, Tuning},
        concepts::{BadConcept, Concepts},
        features::Features,
        linear::{Linear, Sample},
        normalize::clean,
        romaji::EnglishWords,
        tokens::Token,
    },
};

/// For entries with many ways of asking. Within a tenth the weights make no difference on hands left out.
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
/// For plain lists of questions and answers: what was best on a municipal one of 1,786 entries.
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
/// A sentence of an answer teaches less than a question does.
const FACT_SAMPLE_WEIGHT: f32 = 0.5;

/// The two witnesses and what they speak about.
#[derive(Debug)]
pub struct Index {
    /// What each document of the index is about.
    pub documents: Vec<Asks>,
    pub concepts: Concepts,
    pub english: EnglishWords,
    pub bm25: Bm25,
    /// Absent where there is nothing to learn from (one way of asking an entry).
    pub linear: Option<Linear>,
}

/// What is left out of an index, so that it can be tested with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving<'a> {
    Nothing,
    Hand(&'a str),
}

/// The tokens of a revision's texts, from which several indexes can be built.
#[derive(Debug)]
pub struct Material<'a> {
    revision: &'a Revision,
    concepts: &'a Concepts,
    phrasings: Vec<Vec<Token>>,
}

impl<'a> Material<'a> {
    #[must_use]
    pub fn gather(revision: &'a Revision, concepts: &'a Concepts) -> Self {
        let phrasings = revision
            .phrasings
            .iter()
            .map(|phrasing| Features::of(&phrasing.text, concepts).tokens)
            .collect();
        Self {
            revision,
            concepts,
            phrasings,
        }
    }

    /// The documents of the index and the samples of the classifier.
    fn documents(&self, leaving: Leaving<'_>) -> (Vec<Asks>, Vec<Document>, Vec<Sample>) {
        let names = names(self.revision);
        let places: BTreeMap<&Asks, usize> = names.iter().enumerate().map(|(at, name)| (name, at)).collect();
        let mut documents: Vec<Document> = vec![Document::default(); names.len()];
        let mut samples = Vec::new();
        let mut add = |place: usize, field: usize, tokens: Vec<Token>, weight: f32| {
            documents[place][field].extend_from_slice(&tokens);
            samples.push(Sample {
                tokens,
                class: place as u32,
                weight,
            });
        };
        for (phrasing, tokens) in self.revision.phrasings.iter().zip(&self.phrasings) {
            if leaving != Leaving::Hand(&phrasing.hand)
                && let Some(&place) = places.get(&phrasing.asks)
            {
                add(place, WAYS, tokens.clone(), 1.0);
            }
        }
        for (place, entry) in self.revision.entries.values().enumerate() {
            for question in entry.questions.values().flatten() {
                add(place, WAYS, Features::of(question, self.concepts).tokens, 1.0);
            }
            for sentence in entry.body.values().flat_map(|body| sentences(body)) {
                add(
                    place,
                    FACTS,
                    Features::of(sentence, self.concepts).tokens,
                    FACT_SAMPLE_WEIGHT,
                );
            }
        }
        (names, documents, samples)
    }

    /// Builds both witnesses; the second is trained unless it comes `trained` already.
    #[must_use]
    pub fn witnesses(
        &self,
        leaving: Leaving<'_>,
        trained: Option<Linear>,
    ) -> (Vec<Asks>, Bm25, Option<Linear>) {
        let (names, documents, samples) = self.documents(leaving);
        let bm25 = Bm25::build(
            if self.phrasings.is_empty() {
                &LISTED
            } else {
                &TAUGHT
            },
            &documents,
        );
        let linear = (!self.phrasings.is_empty())
            .then(|| trained.unwrap_or_else(|| Linear::train(&samples, names.len())));
        (names, bm25, linear)
    }
}

/// What the documents of a revision's index are about: its entries, then the kinds of message.
fn names(revision: &Revision) -> Vec<Asks> {
    let entries = revision.entries.keys().cloned().map(Asks::Entry);
    entries.chain(RuleKind::ALL.into_iter().map(Asks::Rule)).collect()
}

impl Index {
    /// Builds the index of a revision.
    ///
    /// # Errors
    /// When a concept of the revision cannot be compiled; a checked revision has none such.
    pub fn build(revision: &Revision) -> Result<Self, BadConcept> {
        Self::build_with(revision, None)
    }

    /// As [`Index::build`], with the classifier as it was kept ([`Linear::to_bytes`]); trained anew if it does not fit.
    ///
    /// # Errors
    /// As [`Index::build`].
    pub fn build_with(revision: &Revision, kept: Option<&[u8]>) -> Result<Self, BadConcept> {
        let concepts = Concepts::read(&revision.concepts)?;
        let trained = kept.and_then(|bytes| Linear::from_bytes(bytes, names(revision).len()));
        let (documents, bm25, linear) =
            Material::gather(revision, &concepts).witnesses(Leaving::Nothing, trained);
        Ok(Self {
            documents,
            english: english_words(revision),
            concepts,
            bm25,
            linear,
        })
    }
}

/// The English vocabulary of a revision.
#[must_use]
pub fn english_words(revision: &Revision) -> EnglishWords {
    let ways = revision
        .phrasings
        .iter()
        .filter(|phrasing| phrasing.lang == Lang::En)
        .map(|phrasing| &phrasing.text);
    let bodies = revision
        .entries
        .values()
        .filter_map(|entry| entry.body.get(&Lang::En));
    let cleaned: HashSet<String> = ways.chain(bodies).map(|text| clean(text)).collect();
    EnglishWords::collect(cleaned.iter().map(String::as_str))
}

/// The sentences of an answer, in either language.
fn sentences(body: &str) -> impl Iterator<Item = &str> {
    body.split(['。', '\n'])
        .flat_map(|part| part.split(". "))
        .map(str::trim)
        .filter(|part| part.chars().count() > 3)
}
