//! Prints what leaving hands out shows, and fits the decision when asked.

use std::{fmt::Write, fs, path::Path};

use anyhow::Context;

use crate::{
    cli::eval::{
        HoldingOut, Measured, confusion,
        curve::Curve,
        draw, fit,
        holdout::{self, Trial, at_thresholds, is_of_topics},
        score::decision_of,
        stats::Rate,
    },
    knowledge::{Asks, Decision, Revision, RuleKind},
    understanding::danger::Alarm,
};

/// Leaves each hand out in turn, prints a line for each, and fits the decision and draws the curve where that is wished.
///
/// # Errors
/// When the concepts cannot be compiled, or a file not written.
pub(super) fn hold_out(revision: &Revision, wishes: &HoldingOut) -> anyhow::Result<Vec<Measured>> {
    println!(
        "{:24}{:>7}{:>9}{:>9}{:>14}{:>20}",
        "hand left out", "lines", "first", "in three", "or both none", "gap or rule first"
    );
    let trials = holdout::run(revision, wishes.without, |hand, trials| {
        let topics: Vec<&Trial> = topics(trials).collect();
        if !topics.is_empty() {
            println!("{}", hand_line(hand, &topics));
        }
    })?;
    let hands: Vec<Vec<&Trial>> = trials
        .chunk_by(|a, b| a.hand == b.hand)
        .map(|hand| topics(hand).collect())
        .filter(|hand: &Vec<&Trial>| !hand.is_empty())
        .collect();
    let gaps = gaps_and_rules(&hands);
    println!("{}", gaps_line(gaps));
    let decision = match wishes.fit_to {
        Some(path) => Some(fit_and_keep(&trials, path)?),
        None => revision.decision.clone(),
    };
    if let Some(path) = wishes.curve_to {
        let decision = decision.clone().unwrap_or_else(|| decision_of(revision));
        let shots = trials.iter().filter_map(|trial| trial.shot(&decision));
        let curve = Curve::of(shots, trials.len(), decision.answer_from);
        draw::draw(&curve, &format!("{} hands left out in turn", hands.len()), path)?;
        println!("{}: {}", path.display(), curve.line());
    }
    if let Some(decision) = decision {
        print!("{}", kinds_table(&trials, &decision));
        println!("{}", danger_line(&trials, &decision));
        tell_thresholds(&trials, &decision);
    }
    if wishes.confusion {
        println!("{}", confusion::report(&trials));
    }
    let mut measured = tell_means(&hands);
    if gaps.whole() > 0 {
        measured.push(("gaps", gaps.share()));
    }
    Ok(measured)
}

/// For each kind of message how much of it is noticed, by its rule and by likeness besides, and how often it is seen
/// where something else was meant.
fn kinds_table(trials: &[Trial], decision: &Decision) -> String {
    let mut table = format!(
        "{:24}{:>7}{:>9}{:>15}{:>14}{:>15}\n",
        "kind of message", "lines", "by rule", "with likeness", "falsely, rule", "with likeness"
    );
    for kind in RuleKind::ALL.into_iter().filter(|kind| !kind.is_crisis()) {
        let ruled = |trial: &&Trial| trial.ruled == Some(kind);
        let seen =
            |trial: &&Trial| ruled(trial) || trial.ruled.is_none() && trial.declines_as(kind, decision);
        let (own, others): (Vec<&Trial>, Vec<&Trial>) =
            topics(trials).partition(|trial| trial.truth == Asks::Rule(kind));
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(
            table,
            "{:24}{:>7}{:>9.3}{:>15.3}{:>14.4}{:>15.4}",
            kind.name(),
            own.len(),
            Rate::of(own.iter().map(ruled)).share(),
            Rate::of(own.iter().map(seen)).share(),
            Rate::of(others.iter().map(ruled)).share(),
            Rate::of(others.iter().map(seen)).share(),
        );
    }
    table
}

/// How much danger is heard by the rules, and by the classifier of hands left out besides; and how often danger is heard
/// where there is none.
fn danger_line(trials: &[Trial], decision: &Decision) -> String {
    let ruled = |trial: &&Trial| trial.ruled.is_some_and(RuleKind::is_crisis);
    let heard = |trial: &&Trial| trial.is_heard(decision);
    let beside = |trial: &&Trial| {
        let sounds = |alarm: Alarm| alarm.is_doubtful() || ruled(trial) && !alarm.is_silent();
        trial.alarm.is_some_and(sounds)
    };
    let helped = |trial: &&Trial| heard(trial) || beside(trial);
    let (danger, harmless): (Vec<&Trial>, Vec<&Trial>) = trials.iter().partition(|trial| trial.is_crisis());
    let of_kind = |kind: fn(&Trial) -> Option<RuleKind>| {
        let named = danger
            .iter()
            .filter_map(|trial| Some(Asks::Rule(kind(trial)?) == trial.truth));
        Rate::of(named).share()
    };
    let told = format!(
        "kind of danger right: {:.3} by the rules, {:.3} by the classifier\n",
        of_kind(|trial| trial.ruled.filter(|kind| kind.is_crisis())),
        of_kind(|trial| trial.alarm.map(|alarm| alarm.kind)),
    );
    told + &format!(
        "danger: heard {:.3} by the rules, {:.3} with the classifier (from {:.2}), {:.3} with lines of help beside the answer, of {}; false alarms {:.4}, {:.4}, {:.4} of {}",
        Rate::of(danger.iter().map(ruled)).share(),
        Rate::of(danger.iter().map(heard)).share(),
        decision.crisis_from,
        Rate::of(danger.iter().map(helped)).share(),
        danger.len(),
        Rate::of(harmless.iter().map(ruled)).share(),
        Rate::of(harmless.iter().map(heard)).share(),
        Rate::of(harmless.iter().map(helped)).share(),
        harmless.len(),
    )
}

/// All but danger, which is heard apart from the topics.
fn topics(trials: &[Trial]) -> impl Iterator<Item = &Trial> {
    trials.iter().filter(|trial| !trial.is_crisis())
}

fn share(trials: &[&Trial], hit: fn(&Trial) -> bool) -> f64 {
    Rate::of(trials.iter().map(|trial| hit(trial))).share()
}

/// Prints the means, and returns them by the names that floors have.
fn tell_means(hands: &[Vec<&Trial>]) -> Vec<Measured> {
    let (first, three) = means(hands);
    let of_topics: Vec<_> = hands
        .iter()
        .filter(|trials| is_of_topics(trials.iter().copied()))
        .cloned()
        .collect();
    let (topics_first, topics_three) = means(&of_topics);
    println!(
        "mean of the {} hands whose lines a topic mostly answers: right at first {topics_first:.3}, among three {topics_three:.3}",
        of_topics.len()
    );
    println!(
        "mean of {} hands: right at first {first:.3}, among three {three:.3}, or both unanswerable {:.3}",
        hands.len(),
        mean(hands, Trial::right_or_both_unanswerable),
    );
    vec![
        ("first", first),
        ("three", three),
        ("topics-first", topics_first),
        ("topics-three", topics_three),
    ]
}

/// Over hands, each counting alike: how much is right at first, and among three.
fn means(hands: &[Vec<&Trial>]) -> (f64, f64) {
    (
        mean(hands, |trial| trial.right_within(1)),
        mean(hands, |trial| trial.right_within(3)),
    )
}

fn mean(hands: &[Vec<&Trial>], hit: fn(&Trial) -> bool) -> f64 {
    hands.iter().map(|trials| share(trials, hit)).sum::<f64>() / hands.len().max(1) as f64
}

/// Whether a hand writes of nothing but gaps and kinds of message.
fn is_of_gaps_and_rules(trials: &[&Trial]) -> bool {
    trials.iter().all(|trial| trial.asks_the_unanswerable())
}

/// How often any gap or rule comes first for the lines of the hands that write of nothing else.
fn gaps_and_rules(hands: &[Vec<&Trial>]) -> Rate {
    let lines = hands.iter().filter(|trials| is_of_gaps_and_rules(trials));
    Rate::of(lines.flatten().map(|trial| trial.unanswerable_first()))
}

fn gaps_line(gaps: Rate) -> String {
    let (low, high) = gaps.interval();
    format!(
        "hands of gaps and rules: any gap or rule first {:.3} ({low:.3}–{high:.3}) of {}",
        gaps.share(),
        gaps.whole()
    )
}

fn hand_line(hand: &str, trials: &[&Trial]) -> String {
    let line = format!(
        "{hand:24}{:>7}{:>9.3}{:>9.3}{:>14.3}",
        trials.len(),
        share(trials, |trial| trial.right_within(1)),
        share(trials, |trial| trial.right_within(3)),
        share(trials, Trial::right_or_both_unanswerable),
    );
    if is_of_gaps_and_rules(trials) {
        format!("{line}{:>20.3}", share(trials, Trial::unanswerable_first))
    } else {
        line
    }
}

fn fit_and_keep(trials: &[Trial], path: &Path) -> anyhow::Result<Decision> {
    let fitted = fit::fit(trials);
    let text = toml::to_string(&fitted).context("Cannot write the decision as TOML")?;
    let text = format!("# Made by `concierge eval --holdout --fit`; not written by hand.\n{text}");
    fs::write(path, text).with_context(|| format!("Cannot write {}", path.display()))?;
    Ok(fitted)
}

/// What the decision would have done: with the lines of hands that ask, and with those of all, more than half of which
/// write of gaps, of danger, or of what only looks like a topic.
fn tell_thresholds(trials: &[Trial], decision: &Decision) {
    let hands = trials.chunk_by(|a, b| a.hand == b.hand);
    let of_topics: Vec<&[Trial]> = hands.filter(|hand| is_of_topics(hand.iter())).collect();
    println!(
        "at the thresholds (answer from {:.3}, decline from {:.3}):",
        decision.answer_from, decision.decline_from
    );
    println!(
        "  {} hands most of whose lines, danger counted, a topic answers: {}",
        of_topics.len(),
        thresholds_line(of_topics.into_iter().flatten(), decision)
    );
    println!("  all hands: {}", thresholds_line(trials.iter(), decision));
}

fn thresholds_line<'a>(trials: impl Iterator<Item = &'a Trial>, decision: &Decision) -> String {
    let sums = at_thresholds(trials, decision);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    format!(
        "precision {:.3} of {}, answered {:.3}, within one tap {:.3}, declined {:.3}, false answers {}",
        share(sums.answered_right, sums.answered),
        sums.answered,
        share(sums.answered, sums.answerable),
        share(sums.within_one_tap, sums.answerable),
        share(sums.declined, sums.answerable),
        sums.false_answers,
    )
}
