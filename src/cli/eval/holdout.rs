//! Leave one hand out: every way of writing is asked of an index that has never seen it.
//!
//! This predicts how strangers will be understood far better than any question file the makers can read.

use std::collections::BTreeMap;

use anyhow::Context;

use crate::{
    cli::eval::{curve::Shot, without::Part},
    knowledge::{Asks, Decision, First, Revision, RuleKind},
    understanding::{
        danger::Alarm,
        evidence::{Evidence, SIGNALS, first_of, is_unanswerable, probability, weigh},
        features::Features,
        index::{Index, Leaving, Material},
        rules::{self, Rules},
        threads,
    },
};

/// A larger hand is thinned to about this many lines: of 1,400 every second is asked, of 2,100 every third.
const LINES: usize = 700;

/// A hand with fewer than one in so many of all lines settles a few matters and is no way of writing: it stays in every
/// index.
const FEW: usize = 500;

/// One line of a hand, asked.
#[derive(Debug, Clone)]
pub struct Trial {
    pub hand: String,
    pub text: String,
    pub truth: Asks,
    /// Best first, as far as needed.
    pub ranking: Vec<Asks>,
    pub signals: [f32; SIGNALS],
    /// What the ear for danger makes of it.
    pub alarm: Option<Alarm>,
    /// The kind of message it is by the rules alone, which have seen every hand.
    pub ruled: Option<RuleKind>,
}

impl Trial {
    /// Whether somebody is in danger.
    #[must_use]
    pub fn is_crisis(&self) -> bool {
        self.truth.is_crisis()
    }

    /// How much speaks for danger, in the whole or in a clause (log odds).
    #[must_use]
    pub fn loudness(&self) -> f32 {
        self.alarm.map_or(f32::NEG_INFINITY, |alarm| alarm.loudness)
    }

    /// Whether the help lines come first: by a rule, or by the ear for danger.
    #[must_use]
    pub fn is_heard(&self, decision: &Decision) -> bool {
        let ruled = self.ruled.is_some_and(|kind| {
            kind.is_crisis()
                && !rules::yields(
                    kind,
                    self.is_sure_of_a_topic(decision),
                    self.alarm.map(|alarm| alarm.loudness),
                )
        });
        ruled || self.loudness() >= decision.crisis_from
    }

    fn is_sure_of_a_topic(&self, decision: &Decision) -> bool {
        self.ranking.first().is_some_and(|first| !is_unanswerable(first))
            && self.probability(decision) >= decision.answer_from
    }

    #[must_use]
    pub fn right_within(&self, places: usize) -> bool {
        self.ranking.iter().take(places).any(|asks| *asks == self.truth)
    }

    /// Right, or both the truth and the first are such as no topic answers.
    #[must_use]
    pub fn right_or_both_unanswerable(&self) -> bool {
        self.right_within(1) || (self.asks_the_unanswerable() && self.unanswerable_first())
    }

    /// Whether it asks what is a gap or a kind of message.
    #[must_use]
    pub fn asks_the_unanswerable(&self) -> bool {
        is_unanswerable(&self.truth)
    }

    /// Whether some gap or kind of message comes first, be it the right one or not: all of them lead to no answer.
    #[must_use]
    pub fn unanswerable_first(&self) -> bool {
        self.ranking.first().is_some_and(is_unanswerable)
    }

    /// How sure a decision is of the first.
    #[must_use]
    pub fn probability(&self, decision: &Decision) -> f32 {
        let first = self.ranking.first().map_or(First::NoTopic, first_of);
        probability(decision, &self.signals, first)
    }

    /// Whether it is taken for a kind of message for being like known ones.
    #[must_use]
    pub fn declines_as(&self, kind: RuleKind, decision: &Decision) -> bool {
        self.ranking.first() == Some(&Asks::Rule(kind)) && self.probability(decision) >= decision.decline_from
    }

    /// What a decision would answer at a low enough threshold.
    #[must_use]
    pub fn shot(&self, decision: &Decision) -> Option<Shot> {
        let first = self.ranking.first()?;
        (!is_unanswerable(first)).then(|| Shot {
            confidence: self.probability(decision),
            right: self.right_within(1),
        })
    }
}

/// Asks the lines of every hand of the index built without that hand.
///
/// # Errors
/// When the revision's concepts cannot be compiled.
pub fn run(
    revision: &Revision,
    without: Option<Part>,
    mut progress: impl FnMut(&str, &[Trial]),
) -> anyhow::Result<Vec<Trial>> {
    let mut revision = revision.clone();
    if let Some(part) = without {
        part.leave_out(&mut revision);
    }
    let revision = &revision;
    let material = Material::gather(revision).context("cannot read the concepts")?;
    let rules = Rules::read(&revision.rules).context("cannot read the rules")?;
    let mut hands: BTreeMap<&str, usize> = BTreeMap::new();
    for phrasing in &revision.phrasings {
        *hands.entry(&phrasing.hand).or_default() += 1;
    }
    let mut all = Vec::new();
    for (hand, _) in hands
        .into_iter()
        .filter(|(_, lines)| lines * FEW >= revision.phrasings.len())
    {
        let mut index = material.index(Leaving::Hand(hand));
        index.weights = Part::weights(without);
        let trials = ask(revision, &rules, &index, hand);
        progress(hand, &trials);
        all.extend(trials);
    }
    Ok(all)
}

fn ask(revision: &Revision, rules: &Rules, index: &Index, hand: &str) -> Vec<Trial> {
    let lines: Vec<_> = revision
        .phrasings
        .iter()
        .filter(|phrasing| phrasing.hand == hand)
        .collect();
    let stride = (lines.len() / LINES).max(1);
    let lines: Vec<_> = lines.into_iter().step_by(stride).collect();
    threads::map(&lines, |phrasing| {
        let features = Features::of_question(&phrasing.text, &index.concepts, &index.english);
        let ruled = rules.fire(&features.folded).map(|fired| fired.kind);
        let Evidence {
            ranking,
            signals,
            near,
            ..
        } = weigh(index, &features, &[]);
        let ranking = ranking
            .iter()
            .take(5)
            .map(|&(place, _)| index.documents[place].clone())
            .collect();
        let truth = phrasing.asks.clone();
        Trial {
            hand: hand.to_owned(),
            text: phrasing.text.clone(),
            truth,
            ranking,
            signals,
            ruled,
            alarm: index.alarm(&features, &near),
        }
    })
}

/// Whether more than half of what a hand writes is answered by a topic; the others write of gaps, kinds of message, and
/// what sounds like danger.
pub fn is_of_topics<'a>(trials: impl Iterator<Item = &'a Trial>) -> bool {
    let (mut all, mut answerable) = (0_usize, 0);
    for trial in trials {
        all += 1;
        answerable += usize::from(!trial.asks_the_unanswerable());
    }
    answerable * 2 > all
}

/// What the shipped thresholds would have done with the trials.
#[derive(Debug, Clone, Copy, Default)]
pub struct AtThresholds {
    pub answered: usize,
    pub answered_right: usize,
    /// Right at once, or among the choices.
    pub within_one_tap: usize,
    /// Declined, though some topic answers it.
    pub declined: usize,
    /// Trials that some topic answers.
    pub answerable: usize,
    /// Answered though no topic answers it.
    pub false_answers: usize,
}

/// Applies a decision to trials.
#[must_use]
pub fn at_thresholds<'a>(trials: impl Iterator<Item = &'a Trial>, decision: &Decision) -> AtThresholds {
    let mut sum = AtThresholds::default();
    for trial in trials {
        let probability = trial.probability(decision);
        let answerable = !is_unanswerable(&trial.truth);
        if trial.is_heard(decision) {
            // Help lines where none were needed are no answer.
            sum.answerable += usize::from(answerable);
            sum.declined += usize::from(answerable);
            continue;
        }
        let answers = trial.is_sure_of_a_topic(decision);
        let right = trial.right_within(1);
        sum.answerable += usize::from(answerable);
        sum.answered += usize::from(answers);
        sum.answered_right += usize::from(answers && right);
        sum.false_answers += usize::from(answers && !answerable);
        let declines =
            trial.ranking.first().is_some_and(is_unanswerable) && probability >= decision.decline_from;
        sum.declined += usize::from(answerable && declines);
        let offered = !declines && probability >= decision.clarify_from && trial.right_within(3);
        sum.within_one_tap += usize::from(answerable && if answers { right } else { offered });
    }
    sum
}
