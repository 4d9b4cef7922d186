//! Prints what went wrong with a question: in three lines, or with the whole way to the verdict.

use crate::{
    cli::eval::score::Asked,
    knowledge::{Decision, EntryId},
    understanding::{Handover, Outcome, Verdict},
};

/// How many of the nearest entries are named.
const NAMED: usize = 3;

/// Prints a question that was not answered as wanted.
pub fn print(asked: &Asked, decision: &Decision, explain: bool) {
    let (scored, verdict) = (&asked.scored, &asked.verdict);
    let wanted: Vec<&str> = scored.wanted.accept.iter().map(EntryId::as_str).collect();
    println!(
        "{:?}\t{}\t{}\twanted {}\tgot {:?}\tp {:.2}",
        scored.mark(),
        scored.id,
        scored.question,
        wanted.join(" "),
        verdict.outcome,
        verdict.confidence
    );
    println!("    {}; {}", scored.judged, reason(verdict, decision));
    let nearest: Vec<String> = verdict
        .candidates
        .iter()
        .take(NAMED)
        .map(|candidate| format!("{} {:.1}", candidate.entry, candidate.score))
        .collect();
    if !nearest.is_empty() {
        println!("    nearest: {}", nearest.join(", "));
    }
    if explain {
        verdict.trace.0.iter().for_each(|step| println!("  | {step}"));
    }
}

/// What decided.
fn reason(verdict: &Verdict, decision: &Decision) -> String {
    let p = verdict.confidence;
    match &verdict.outcome {
        Outcome::Handover(Handover::Rule(kind)) => format!("by the rule {} or its examples", kind.name()),
        Outcome::Smalltalk | Outcome::Refuse | Outcome::Setting(_) => "by a rule or its examples".to_owned(),
        Outcome::Answer(_) => format!(
            "sure enough: {p:.2}, answers begin at {:.2}",
            decision.answer_from
        ),
        Outcome::Clarify(_) => format!(
            "not sure enough: {p:.2}, answers begin at {:.2}",
            decision.answer_from
        ),
        Outcome::Handover(Handover::Gap(gap)) => format!("by {gap}: {p:.2}"),
        Outcome::Handover(Handover::NotUnderstood) => format!("not understood: {p:.2}"),
    }
}
