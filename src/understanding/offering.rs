//! What is offered if nothing is answered: choices, and topics near a message that is handed over.

use crate::{
    knowledge::{Asks, EntryId, RuleKind},
    understanding::{
        engine::Understanding,
        evidence::Evidence,
        features::Features,
        followup,
        verdict::{Candidate, Handover, Outcome, Verdict},
    },
};

/// The entries for questions that have nothing to do with moving, and for those that no paper touches: no such question
/// has a heading under which somebody would look for theirs.
const NO_CHOICE: [&str; 2] = ["gap-off-topic", "gap-not-in-papers"];
/// At most this many choices are offered.
pub const CHOICES: usize = 3;
/// A topic with at least this share of the first one's score is near. On held-out hands this shows the right
/// one for 70 % of the questions that are declined needlessly, and something below 32 % of those declined rightly.
const NEAR: f32 = 0.45;
/// At most this many of them are offered.
const NEAR_TOPICS: usize = 2;
/// How many candidates a verdict names unless more are asked for.
pub const CANDIDATES: usize = 10;

impl Verdict {
    /// With its candidates in this order; those it does not name follow in their old order. Choices change accordingly;
    /// any other outcome stays.
    #[must_use]
    pub fn in_order(mut self, order: &[EntryId]) -> Self {
        let Outcome::Clarify(before) = &self.outcome else {
            return self;
        };
        let count = before.len();
        let place = |candidate: &Candidate| {
            let at = order.iter().position(|id| *id == candidate.entry);
            at.unwrap_or(usize::MAX)
        };
        self.candidates.sort_by_key(place);
        let ids = self.candidates.iter().map(|candidate| &candidate.entry);
        self.outcome = Outcome::Clarify(with_one_gap(ids).take(count).cloned().collect());
        self
    }
}

/// Puts the answer at the head of the candidates, which keep their number.
pub(super) fn put_first(candidates: &mut Vec<Candidate>, outcome: &Outcome, depth: usize) {
    let Outcome::Answer(answered) = outcome else {
        return;
    };
    let Some(best) = candidates.first().cloned().filter(|best| best.entry != *answered) else {
        return;
    };
    candidates.retain(|candidate| candidate.entry != *answered);
    let entry = answered.clone();
    candidates.insert(0, Candidate { entry, ..best });
    candidates.truncate(depth);
}

/// Has the entry shown last stand among the choices: a short question may well go on about it. Below what is handed over
/// as not known it stands only if it is among the candidates.
pub(super) fn keep_in_reach(
    outcome: &mut Outcome,
    near: &mut Vec<EntryId>,
    last: Option<&EntryId>,
    question: &Features,
    candidates: &[Candidate],
) {
    let Some(last) = last.filter(|last| !last.is_gap() && followup::may_go_on(question)) else {
        return;
    };
    let offered =
        match outcome {
            Outcome::Clarify(choices) => (choices, CHOICES),
            Outcome::Handover(
                Handover::Gap(_) | Handover::Rule(RuleKind::Complaint | RuleKind::Individual),
            ) if candidates.iter().any(|candidate| candidate.entry == *last) => (near, NEAR_TOPICS),
            _ => return,
        };
    let (ids, most) = offered;
    if !ids.contains(last) {
        ids.truncate(most - 1);
        ids.push(last.clone());
    }
}

/// Leaves out all gaps but the first, and those nobody would choose.
fn with_one_gap<'a>(ids: impl Iterator<Item = &'a EntryId>) -> impl Iterator<Item = &'a EntryId> {
    let mut gaps = 0;
    ids.filter(|id| !NO_CHOICE.contains(&id.as_str()))
        .filter(move |id| {
            gaps += usize::from(id.is_gap());
            !id.is_gap() || gaps == 1
        })
}

impl Understanding {
    /// The nearest entries to choose from; at most one of them is a gap.
    pub(super) fn choices(&self, evidence: &Evidence) -> Vec<EntryId> {
        with_one_gap(self.entries(evidence))
            .take(CHOICES)
            .cloned()
            .collect()
    }

    /// Topics that a message may be about although it is handed over.
    pub(super) fn near(&self, outcome: &Outcome, evidence: &Evidence) -> Vec<EntryId> {
        let may_be_mistaken = match outcome {
            Outcome::Handover(Handover::Gap(_)) => true,
            Outcome::Handover(Handover::Rule(kind)) => {
                kind.is_crisis() || matches!(kind, RuleKind::Complaint | RuleKind::Individual)
            }
            _ => false,
        };
        let enough = evidence.ranking.first().map_or(0.0, |(_, score)| score * NEAR);
        let near = evidence.ranking.iter().take_while(|(_, score)| *score >= enough);
        let topics = near.filter_map(|&(place, _)| match &self.index.documents[place] {
            Asks::Entry(id) if may_be_mistaken && !id.is_gap() => Some(id.clone()),
            _ => None,
        });
        topics.take(NEAR_TOPICS).collect()
    }

    pub(super) fn candidates(&self, evidence: &Evidence, depth: usize) -> Vec<Candidate> {
        let scored =
            evidence
                .ranking
                .iter()
                .filter_map(|&(place, score)| match &self.index.documents[place] {
                    Asks::Entry(id) => Some(Candidate {
                        entry: id.clone(),
                        score,
                    }),
                    Asks::Rule(_) => None,
                });
        scored.take(depth).collect()
    }

    pub(super) fn entries<'a>(&'a self, evidence: &'a Evidence) -> impl Iterator<Item = &'a EntryId> {
        evidence
            .ranking
            .iter()
            .filter_map(|&(place, _)| match &self.index.documents[place] {
                Asks::Entry(id) => Some(id),
                Asks::Rule(_) => None,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::concepts::Concepts;

    fn ids(names: &[&str]) -> Vec<EntryId> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    fn features(question: &str) -> Features {
        Features::of(question, &Concepts::read(&[]).unwrap())
    }

    #[test]
    fn a_short_question_finds_the_topic_shown_last_among_its_choices() {
        let shown = ids(&["stat-new-farmers"]);
        let choices = |question: &str| {
            let mut outcome = Outcome::Clarify(ids(&["plan-base", "plan-ip", "work-roads"]));
            let asked = features(question);
            keep_in_reach(&mut outcome, &mut Vec::new(), shown.first(), &asked, &[]);
            outcome
        };
        let with_it = ids(&["plan-base", "plan-ip", "stat-new-farmers"]);
        assert_eq!(choices("目標は?"), Outcome::Clarify(with_it));
        let without = ids(&["plan-base", "plan-ip", "work-roads"]);
        let long = "市の計画に書いてある農業で働く人の数の見込みを教えてほしいのですが";
        assert_eq!(choices(long), Outcome::Clarify(without));
    }

    #[test]
    fn below_what_is_not_known_the_topic_shown_last_stands_only_if_it_is_near() {
        let shown = ids(&["subsidy-iju-shienkin"]);
        let below = |candidates: &[Candidate]| {
            let mut near = ids(&["safety-running-patrol", "plan-base"]);
            let mut outcome = Outcome::Handover(Handover::Gap("gap-tax".parse().unwrap()));
            let asked = features("その税は?");
            keep_in_reach(&mut outcome, &mut near, shown.first(), &asked, candidates);
            near
        };
        let near = Candidate {
            entry: shown[0].clone(),
            score: 3.0,
        };
        assert_eq!(below(&[]), ids(&["safety-running-patrol", "plan-base"]));
        assert_eq!(
            below(&[near]),
            ids(&["safety-running-patrol", "subsidy-iju-shienkin"])
        );
    }

    #[test]
    fn nobody_has_to_choose_what_is_in_no_paper() {
        let all = ids(&[
            "gap-not-in-papers",
            "gap-tax",
            "gap-off-topic",
            "gap-visa",
            "plan-base",
        ]);
        assert_eq!(
            with_one_gap(all.iter()).cloned().collect::<Vec<_>>(),
            ids(&["gap-tax", "plan-base"])
        );
    }
}
