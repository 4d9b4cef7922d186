//! A second look at the choices, by an embedding endpoint where the settings name one.
//!
//! It never answers and never writes a word: it only orders anew the first ten entries of a question that would be met
//! with choices. Whatever goes wrong with it (late, down, unreadable) is not noticed by movers: the choices stay as
//! they were.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use tokio::{sync::Mutex, time::timeout};

use crate::{
    app::{App, Knowledge},
    config::Embeddings,
    knowledge::{Entry, EntryId, RevisionId},
    store::{StoreError, Vector, VectorId},
    understanding::{Outcome, Verdict},
};

/// How long a mover waits for it.
const PATIENCE: Duration = Duration::from_millis(800);
/// How long the entries' own texts may take; nobody waits for them.
const PREPARING: Duration = Duration::from_secs(60);
/// How long it is left alone after a failure.
const REST: SignedDuration = SignedDuration::from_mins(1);
/// Texts in one request.
const BATCH: usize = 64;
/// Reciprocal rank fusion's constant (Cormack, Clarke, Büttcher 2009).
const FUSION: f32 = 60.0;
/// How much more the endpoint's ranking counts: on municipal questions such models are right at first two to three
/// times as often as rankings by words (published figures for localgovFAQ: .44 to .69 against .25).
const BETTER: f32 = 2.0;

/// The endpoint, and what it made of the entries.
pub(super) struct SecondLook {
    settings: Embeddings,
    client: reqwest::Client,
    entries: RwLock<Option<(RevisionId, Arc<Vectors>)>>,
    preparing: Mutex<()>,
    rests_until: RwLock<Option<Timestamp>>,
}

type Vectors = HashMap<EntryId, Vec<f32>>;

/// How a question's entries are to be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    question: String,
    entries: Vec<EntryId>,
}

/// Why there is no second look this time.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("the embedding endpoint: {0}")]
    Endpoint(reqwest::Error),
    #[error("the embedding endpoint sent {got} vectors for {wanted} texts")]
    Incomplete { got: usize, wanted: usize },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("it took too long")]
    Late,
}

impl From<reqwest::Error> for Trouble {
    /// An address may hold a key: it is not told.
    fn from(error: reqwest::Error) -> Self {
        Self::Endpoint(error.without_url())
    }
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: &'a [&'a str],
}

#[derive(Deserialize)]
struct Response {
    data: Vec<Embedded>,
}

#[derive(Deserialize)]
struct Embedded {
    index: usize,
    embedding: Vec<f32>,
}

impl Order {
    /// The verdict on a question, its choices in this order; any other verdict as it is.
    #[must_use]
    pub fn applied(&self, question: &str, verdict: Verdict) -> Verdict {
        if question == self.question {
            verdict.in_order(&self.entries)
        } else {
            verdict
        }
    }
}

impl SecondLook {
    pub(super) fn new(settings: Embeddings) -> Self {
        Self {
            settings,
            client: reqwest::Client::new(),
            entries: RwLock::default(),
            preparing: Mutex::default(),
            rests_until: RwLock::default(),
        }
    }

    fn known(&self, revision: &RevisionId) -> Option<Arc<Vectors>> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        let (of, vectors) = entries.as_ref()?;
        (of == revision).then(|| Arc::clone(vectors))
    }

    /// Whether it failed just now: nobody else shall wait for it.
    fn rests(&self, now: Timestamp) -> bool {
        let until = self.rests_until.read().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| now < until)
    }

    fn rest(&self, until: Timestamp) {
        *self.rests_until.write().unwrap_or_else(PoisonError::into_inner) = Some(until);
    }

    /// The vectors of texts, in their order.
    async fn vectors(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, Trouble> {
        let mut request = self.client.post(self.settings.url.clone()).json(&Request {
            model: &self.settings.model,
            input: texts,
        });
        if let Some(key) = &self.settings.key {
            request = request.bearer_auth(key.expose_secret());
        }
        let response: Response = request.send().await?.error_for_status()?.json().await?;
        let mut vectors = vec![Vec::new(); texts.len()];
        for Embedded { index, embedding } in response.data {
            if let Some(place) = vectors.get_mut(index) {
                *place = embedding;
            }
        }
        // What is no number could not be kept either.
        let is_whole = |vector: &&Vec<f32>| !vector.is_empty() && vector.iter().all(|x| x.is_finite());
        let got = vectors.iter().filter(is_whole).count();
        if got == texts.len() {
            Ok(vectors)
        } else {
            Err(Trouble::Incomplete {
                got,
                wanted: texts.len(),
            })
        }
    }
}

impl App {
    /// Looks again at a question that would be met with choices; nothing without an endpoint, or where it fails.
    pub async fn look_again(
        &self,
        knowledge: &Arc<Knowledge>,
        question: &str,
        last: Option<&EntryId>,
    ) -> Option<Order> {
        let look = self
            .second_look()
            .filter(|look| !look.rests(self.clock().now()))?;
        let verdict = knowledge.understanding.understand(question, last);
        if !matches!(verdict.outcome, Outcome::Clarify(_)) {
            return None;
        }
        let looked = timeout(PATIENCE, self.order(look, knowledge, question, &verdict)).await;
        match looked.unwrap_or(Err(Trouble::Late)) {
            Ok(entries) => Some(Order {
                question: question.to_owned(),
                entries,
            }),
            Err(trouble) => {
                tracing::warn!(%trouble, "no second look at questions for a minute");
                look.rest(self.clock().now() + REST);
                None
            }
        }
    }

    async fn order(
        &self,
        look: &SecondLook,
        knowledge: &Arc<Knowledge>,
        question: &str,
        verdict: &Verdict,
    ) -> Result<Vec<EntryId>, Trouble> {
        let entries = match look.known(&knowledge.revision.id) {
            Some(entries) => entries,
            None => self.prepare(knowledge).await?,
        };
        let asked = look.vectors(&[question]).await?;
        let asked = asked.first().map_or(&[][..], Vec::as_slice);
        let ranked = verdict.candidates.iter().map(|candidate| &candidate.entry);
        Ok(fused(ranked.map(|id| {
            let likeness = entries.get(id).map_or(-1.0, |entry| cosine(asked, entry));
            (id.clone(), likeness)
        })))
    }

    /// Has the entries seen, apart from who waits: it goes on when they no longer do.
    async fn prepare(&self, knowledge: &Arc<Knowledge>) -> Result<Arc<Vectors>, Trouble> {
        let (app, knowledge) = (self.clone(), Arc::clone(knowledge));
        let preparing = tokio::spawn(async move {
            let look = app.second_look().ok_or(Trouble::Late)?;
            let _one_at_a_time = look.preparing.lock().await;
            if let Some(done) = look.known(&knowledge.revision.id) {
                return Ok(done);
            }
            let prepared = tokio::select! {
                prepared = timeout(PREPARING, app.vectors_of(look, &knowledge)) => prepared.unwrap_or(Err(Trouble::Late)),
                () = app.stopping() => Err(Trouble::Late),
            };
            let vectors = Arc::new(prepared?);
            *look.entries.write().unwrap_or_else(PoisonError::into_inner) =
                Some((knowledge.revision.id.clone(), Arc::clone(&vectors)));
            Ok(vectors)
        });
        preparing.await.unwrap_or(Err(Trouble::Late))
    }

    /// The entries' vectors: those kept, and the others from the endpoint.
    async fn vectors_of(&self, look: &SecondLook, knowledge: &Knowledge) -> Result<Vectors, Trouble> {
        let mut vectors = Vectors::new();
        let mut kept = Vec::new();
        let mut unseen: Vec<(&EntryId, String)> = Vec::new();
        for entry in knowledge.revision.entries.values() {
            let text = text_of(entry);
            let name = VectorId::of(&look.settings.model, &text);
            match self.store().vector(name).await? {
                Some(vector) => {
                    vectors.insert(entry.id.clone(), vector.0.clone());
                    kept.push((name, vector));
                }
                None => unseen.push((&entry.id, text)),
            }
        }
        for batch in unseen.chunks(BATCH) {
            let texts: Vec<&str> = batch.iter().map(|(_, text)| text.as_str()).collect();
            for ((id, text), vector) in batch.iter().zip(look.vectors(&texts).await?) {
                kept.push((VectorId::of(&look.settings.model, text), Vector(vector.clone())));
                vectors.insert((*id).clone(), vector);
            }
        }
        if !unseen.is_empty() {
            self.store().keep_vectors(&kept).await?;
        }
        Ok(vectors)
    }
}

/// What an entry is about, in the words of its questions.
fn text_of(entry: &Entry) -> String {
    let questions: Vec<&str> = entry.questions.values().flatten().map(String::as_str).collect();
    questions.join("\n")
}

/// Orders entries by how they stand in both rankings: the one they come in, and that by likeness.
fn fused(ranked: impl Iterator<Item = (EntryId, f32)>) -> Vec<EntryId> {
    let ranked: Vec<(EntryId, f32)> = ranked.collect();
    let mut by_likeness: Vec<usize> = (0..ranked.len()).collect();
    by_likeness.sort_by(|&a, &b| ranked[b].1.total_cmp(&ranked[a].1));
    let part = |place: usize| 1.0 / (FUSION + place as f32);
    let mut scores: Vec<(usize, f32)> = (0..ranked.len()).map(|place| (place, part(place))).collect();
    for (place, &at) in by_likeness.iter().enumerate() {
        scores[at].1 += BETTER * part(place);
    }
    // Of two that stand the same, the likelier by likeness: it is the better judge of what words leave open.
    scores.sort_by(|&(a, x), &(b, y)| y.total_cmp(&x).then(ranked[b].1.total_cmp(&ranked[a].1)));
    scores.into_iter().map(|(at, _)| ranked[at].0.clone()).collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_rankings_count_and_likeness_more() {
        let id = |name: &str| name.parse::<EntryId>().unwrap();
        let order = fused(
            [("a", 0.1), ("b", 0.9), ("c", 0.2)]
                .map(|(name, like)| (id(name), like))
                .into_iter(),
        );
        assert_eq!(order, ["b", "a", "c"].map(id));
        assert!((cosine(&[1.0, 1.0], &[2.0, 2.0]) - 1.0).abs() < 1e-6);
        assert_eq!(cosine(&[], &[1.0]), 0.0);
    }
}
