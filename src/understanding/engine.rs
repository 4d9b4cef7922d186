//! Understands a message: rules and danger first, then the witnesses, then the decision, with a trace of each step.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    knowledge::{Asks, Decision, EntryId, Revision, RevisionId, RuleKind},
    lang::Lang,
    understanding::{
        asked_for,
        concepts::BadConcept,
        danger::Alarm,
        evidence::{Evidence, SIGNAL_NAMES, is_unanswerable, weigh},
        features::Features,
        followup,
        index::Index,
        language::detect,
        normalize::clean,
        offering::{self, CANDIDATES},
        romaji,
        rules::{self, BadPattern, Rules},
        threads,
        verdict::{Handover, Outcome, Setting, Trace, Verdict},
    },
};

/// The entry that says that the bot knows nothing about other cities.
const OTHER_CITY_GAP: &str = "gap-other-city";
/// All that is needed to understand questions about one revision.
#[derive(Debug)]
pub struct Understanding {
    rules: Rules,
    pub(super) index: Index,
    pub(super) decision: Decision,
    places: BTreeMap<EntryId, usize>,
    related: BTreeMap<EntryId, Vec<EntryId>>,
    of_other_cities: BTreeSet<EntryId>,
}

/// Why an index cannot be built from a revision; a checked revision causes none of these.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error(transparent)]
    Concept(#[from] BadConcept),
    #[error(transparent)]
    Pattern(#[from] BadPattern),
}

impl Understanding {
    /// Builds everything from a revision.
    ///
    /// # Errors
    /// When a pattern of the revision is not a valid regular expression.
    pub fn build(revision: &Revision) -> Result<Self, BuildError> {
        let (rules, index) = threads::both(|| Rules::read(&revision.rules), || Index::build(revision));
        Ok(Self::of(revision, rules?, index?))
    }

    /// Like [`Understanding::build`], with a kept index ([`Understanding::index_bytes`]), for which the revision needs
    /// no ways of asking. `None` if the index is damaged or belongs to another revision.
    ///
    /// # Errors
    /// As [`Understanding::build`].
    pub fn with_kept_index(revision: &Revision, kept: &[u8]) -> Result<Option<Self>, BuildError> {
        let (rules, index) = threads::both(
            || Rules::read(&revision.rules),
            || Index::from_bytes(kept, revision),
        );
        let rules = rules?;
        Ok(index?.map(|index| Self::of(revision, rules, index)))
    }

    /// The index, built from `revision`, as bytes for the next start.
    #[must_use]
    pub fn index_bytes(&self, revision: &RevisionId) -> Vec<u8> {
        self.index.to_bytes(revision)
    }

    fn of(revision: &Revision, rules: Rules, index: Index) -> Self {
        let places = index
            .documents
            .iter()
            .enumerate()
            .filter_map(|(place, asks)| match asks {
                Asks::Entry(id) => Some((id.clone(), place)),
                Asks::Rule(_) => None,
            })
            .collect();
        Self {
            rules,
            decision: revision
                .decision
                .clone()
                .unwrap_or_else(|| Decision::unfitted(&SIGNAL_NAMES)),
            related: revision
                .entries
                .values()
                .map(|entry| (entry.id.clone(), entry.related.clone()))
                .collect(),
            of_other_cities: revision
                .entries
                .values()
                .filter(|entry| entry.is_other_city())
                .map(|entry| entry.id.clone())
                .collect(),
            index,
            places,
        }
    }

    /// What the message means. `last` is the entry shown last, which "how much?" refers to.
    #[must_use]
    pub fn understand(&self, question: &str, last: Option<&EntryId>) -> Verdict {
        self.understand_to_depth(question, last, CANDIDATES)
    }

    /// Like [`Understanding::understand`], naming up to `depth` candidates.
    #[must_use]
    pub fn understand_to_depth(&self, question: &str, last: Option<&EntryId>, depth: usize) -> Verdict {
        let lang = detect(question).unwrap_or(Lang::Ja);
        let question = asked_for::question(question, lang).unwrap_or(question);
        let features = Features::of_question(question, &self.index.concepts, &self.index.english);
        // Sentences in Japanese are Japanese also in Latin letters; "sushi?" is anybody's.
        let lang = match lang {
            Lang::En if romaji::is_sentence(&clean(question)) => detect(&features.cleaned).unwrap_or(lang),
            _ => lang,
        };
        let concepts = self.index.concepts.names(&features.concepts);
        let mut trace = Trace::default();
        trace.0.push(format!("read as {lang}: {}", features.cleaned));
        trace.0.push(format!("concepts: {}", concepts.join(" ")));
        if features.tokens.is_empty() {
            return Verdict::on_nothing(lang, trace);
        }
        let mut evidence = weigh(&self.index, &features, &[]);
        let mut confidence = evidence.probability(&self.decision, &self.index);
        if let Some((with_last, probability)) = self.lean(&features, last, confidence) {
            trace
                .0
                .push("read as going on about the entry shown last".to_owned());
            evidence = with_last;
            confidence = probability;
        }
        self.explain(&evidence, confidence, &mut trace);
        let mut candidates = self.candidates(&evidence, depth);
        let alarm = self.index.alarm(&features, &evidence.near);
        let is_sure = evidence.is_topic_first(&self.index) && confidence >= self.decision.answer_from;
        let (fired, given_way) = self.by_words(&features, is_sure, alarm, &mut trace);
        // Danger comes before a wish for a person or an insult beside it.
        let alarmed = match fired {
            Some(kind) if kind.is_crisis() => None,
            _ => alarm.and_then(|alarm| self.alarmed(alarm, &mut trace)),
        };
        let ruled = alarmed.or_else(|| self.by_rule(fired?, &evidence));
        let (mut outcome, asked_too) = match ruled {
            Some(outcome) => (outcome, Vec::new()),
            None => {
                let outcome = self.decide(&evidence, confidence, &mut trace);
                self.by_parts(&features.cleaned, outcome, &mut confidence, &mut trace)
            }
        };
        let doubtful = alarm.filter(|alarm| alarm.is_doubtful()).map(|alarm| alarm.kind);
        let doubt = doubtful.or(given_way).filter(|_| outcome.may_be_beside_danger());
        trace.0.push(format!("outcome: {outcome:?}"));
        offering::put_first(&mut candidates, &outcome, depth);
        let mut near = match asked_too.as_slice() {
            [] => self.near(&outcome, &evidence),
            _ => asked_too,
        };
        offering::keep_in_reach(&mut outcome, &mut near, last, &features, &candidates);
        Verdict {
            near,
            lang,
            outcome,
            confidence,
            candidates,
            doubt,
            trace,
        }
    }

    /// The kind of message its words make it; else the danger they speak of, where that gives way to a sure topic.
    fn by_words(
        &self,
        features: &Features,
        is_sure: bool,
        alarm: Option<Alarm>,
        trace: &mut Trace,
    ) -> (Option<RuleKind>, Option<RuleKind>) {
        let Some(fired) = self.rules.fire(&features.folded) else {
            return (None, None);
        };
        let kind = fired.kind;
        trace
            .0
            .push(format!("rule {} fired by {}", kind.name(), fired.pattern));
        if !rules::yields(kind, is_sure, alarm.map(|alarm| alarm.loudness)) {
            return (Some(kind), None);
        }
        let is_faint = alarm.is_some_and(|alarm| alarm.is_silent());
        (None, Some(kind).filter(|kind| kind.is_crisis() && !is_faint))
    }

    /// Danger that no rule has words for.
    fn alarmed(&self, alarm: Alarm, trace: &mut Trace) -> Option<Outcome> {
        trace.0.push(format!(
            "danger: {} {:.3}, help lines from {:.3}",
            alarm.kind.name(),
            alarm.loudness,
            self.decision.crisis_from
        ));
        let is_loud = alarm.loudness >= self.decision.crisis_from;
        is_loud.then_some(Outcome::Handover(Handover::Rule(alarm.kind)))
    }

    /// Reads the question as a follow-up to the entry shown last, if that is likelier.
    fn lean(&self, features: &Features, last: Option<&EntryId>, alone: f32) -> Option<(Evidence, f32)> {
        let last = last?;
        let place = *self.places.get(last)?;
        let concepts = self.index.concepts.names(&features.concepts);
        let bonus = followup::bonus(features, &concepts, alone)?;
        let mut leaning = vec![(place, bonus)];
        for neighbour in self.related.get(last).into_iter().flatten() {
            leaning.extend(
                self.places
                    .get(neighbour)
                    .map(|&place| (place, bonus * followup::NEIGHBOUR)),
            );
        }
        let evidence = weigh(&self.index, features, &leaning);
        let own = evidence.probability(&self.decision, &self.index);
        let stays = evidence.ranking.first().is_some_and(|&(top, _)| top == place);
        let probability = if stays {
            own.max(followup::likelihood(bonus))
        } else {
            own
        };
        Some((evidence, probability))
    }

    fn decide(&self, evidence: &Evidence, confidence: f32, trace: &mut Trace) -> Outcome {
        let decision = &self.decision;
        let Some(&(top, _)) = evidence.ranking.first() else {
            return Outcome::Handover(Handover::NotUnderstood);
        };
        trace.0.push(format!(
            "thresholds: answer from {:.2}, decline from {:.2}, choices from {:.2}",
            decision.answer_from, decision.decline_from, decision.clarify_from
        ));
        match &self.index.documents[top] {
            Asks::Entry(id) if id.is_gap() && confidence >= decision.decline_from => {
                Outcome::Handover(Handover::Gap(id.clone()))
            }
            Asks::Entry(id) if !id.is_gap() && confidence >= decision.answer_from => {
                Outcome::Answer(id.clone())
            }
            Asks::Rule(kind) if kind.is_crisis() && confidence < decision.answer_from => {
                Outcome::Handover(Handover::NotUnderstood)
            }
            Asks::Rule(RuleKind::Hostile) if !evidence.agrees() => Outcome::Handover(Handover::NotUnderstood),
            // A greeting with a question behind it, or a question about a thing that is also a setting.
            Asks::Rule(RuleKind::Smalltalk | RuleKind::Notify | RuleKind::Calendar | RuleKind::Language)
                if !evidence.agrees() =>
            {
                Outcome::Clarify(self.choices(evidence))
            }
            Asks::Rule(kind) if confidence >= decision.decline_from => self
                .by_rule(*kind, evidence)
                .unwrap_or(Outcome::Handover(Handover::NotUnderstood)),
            _ if confidence >= decision.clarify_from => Outcome::Clarify(self.choices(evidence)),
            _ => Outcome::Handover(Handover::NotUnderstood),
        }
    }

    /// What a kind of message leads to; `None` where the entries know better.
    fn by_rule(&self, kind: RuleKind, evidence: &Evidence) -> Option<Outcome> {
        match kind {
            RuleKind::Hostile => Some(Outcome::Refuse),
            RuleKind::Smalltalk => Some(Outcome::Smalltalk),
            RuleKind::Notify => Some(Outcome::Setting(Setting::Reminders)),
            RuleKind::Calendar => Some(Outcome::Setting(Setting::Calendar)),
            RuleKind::Language => Some(Outcome::Setting(Setting::Language)),
            RuleKind::OtherCity => self.other_city(evidence),
            RuleKind::Human
            | RuleKind::Complaint
            | RuleKind::Individual
            | RuleKind::CrisisEmergency
            | RuleKind::CrisisDespair
            | RuleKind::CrisisViolence
            | RuleKind::CrisisChild => Some(Outcome::Handover(Handover::Rule(kind))),
        }
    }

    /// Questions about another city are never answered with Annaka's facts, but may be with that city's own.
    fn other_city(&self, evidence: &Evidence) -> Option<Outcome> {
        let nearest = self.entries(evidence).next()?;
        let gap = self.places.keys().find(|id| id.as_str() == OTHER_CITY_GAP)?;
        (!self.of_other_cities.contains(nearest)).then(|| Outcome::Handover(Handover::Gap(gap.clone())))
    }

    fn explain(&self, evidence: &Evidence, confidence: f32, trace: &mut Trace) {
        let name = |place: usize| self.index.documents[place].to_string();
        for &(place, score) in evidence.ranking.iter().take(5) {
            let kind = if is_unanswerable(&self.index.documents[place]) {
                " (not answerable)"
            } else {
                ""
            };
            trace.0.push(format!("{score:7.2}  {}{kind}", name(place)));
        }
        if self.index.is_list {
            return;
        }
        trace.0.push(format!(
            "witnesses: bm25 {}, linear {}",
            name(evidence.firsts.0),
            name(evidence.firsts.1)
        ));
        let signals: Vec<String> = SIGNAL_NAMES
            .iter()
            .zip(&evidence.signals)
            .map(|(name, signal)| format!("{name} {signal:.2}"))
            .collect();
        trace.0.push(format!("signals: {}", signals.join(", ")));
        trace
            .0
            .push(format!("probability that the first is right: {confidence:.3}"));
    }
}
