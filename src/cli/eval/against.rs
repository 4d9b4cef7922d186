//! Two runs of the same questions: what became better, what worse, and whether chance would do as much.

use std::collections::BTreeMap;

use crate::{
    cli::eval::{
        figure::Figure,
        kept::Before,
        questions::Wanted,
        scored::Scored,
        stats::{Rate, mcnemar},
        tables::{NOTHING, pad},
    },
    knowledge::RevisionId,
};

/// Below this probability a difference is called more than chance.
const CHANCE: f64 = 0.05;

/// A question as both runs hold it: the same words with the same label.
type Pair<'a> = (&'a Scored, &'a Scored);

/// What makes two questions the same.
fn key(scored: &Scored) -> (&str, usize, &str, &Wanted) {
    (&scored.id, scored.turn, &scored.question, &scored.wanted)
}

/// Compares a run with one of before.
///
/// # Errors
/// When they have no question in common.
pub fn compared(before: &Before, now: &[&Scored], revision: &RevisionId) -> anyhow::Result<String> {
    let known: BTreeMap<_, &Scored> = before
        .questions
        .iter()
        .map(|scored| (key(scored), scored))
        .collect();
    let pairs: Vec<Pair> = now
        .iter()
        .filter_map(|scored| Some((*known.get(&key(scored))?, *scored)))
        .collect();
    anyhow::ensure!(
        !pairs.is_empty(),
        "The run of before holds none of these questions: only runs of the same questions can be compared"
    );
    let mut lines = vec![format!(
        "against the revision {}, now {revision}: {} questions in both{}",
        before.revision,
        pairs.len(),
        left_out(before.questions.len(), now.len(), pairs.len())
    )];
    lines.push(format!(
        "{}{}{}{}{}{}",
        pad("figure", 20),
        pad("before -> now", 19),
        pad("difference", 12),
        pad("no longer", 11),
        pad("newly", 7),
        "McNemar's exact test"
    ));
    lines.extend(Figure::ALL.into_iter().map(|figure| figure_line(figure, &pairs)));
    lines.push(
        "no longer, newly: questions that only one run counts; precision is compared by wrong answers"
            .to_owned(),
    );
    let (was, is) = (|pair: &Pair| pair.0.is_right(), |pair: &Pair| pair.1.is_right());
    lines.extend(listed("became wrong", &pairs, |pair| was(pair) && !is(pair)));
    lines.extend(listed("became right", &pairs, |pair| !was(pair) && is(pair)));
    lines.extend(listed("went wrong in another way", &pairs, |pair| {
        !was(pair) && !is(pair) && pair.0.mark() != pair.1.mark()
    }));
    Ok(lines.join("\n"))
}

/// What is not compared, being new, gone or labelled otherwise.
fn left_out(before: usize, now: usize, both: usize) -> String {
    let (gone, new) = (before.saturating_sub(both), now - both);
    if gone + new == 0 {
        String::new()
    } else {
        format!(" (left out, as they were added, changed or taken away: {gone} of before, {new} of now)")
    }
}

fn figure_line(figure: Figure, pairs: &[Pair]) -> String {
    let before = figure.rate(pairs.iter().map(|pair| pair.0));
    let now = figure.rate(pairs.iter().map(|pair| pair.1));
    let shown = |rate: Rate| match rate.whole() {
        0 => NOTHING.to_owned(),
        _ => format!("{:.3}", rate.share()),
    };
    let difference = if before.whole() == 0 || now.whole() == 0 {
        NOTHING.to_owned()
    } else {
        format!("{:+.3}", now.share() - before.share())
    };
    let (mut lost, mut won) = (0, 0);
    for (before, now) in pairs {
        match (figure.pairs(before), figure.pairs(now)) {
            (Some(true), Some(false)) => lost += 1,
            (Some(false), Some(true)) => won += 1,
            _ => {}
        }
    }
    let p = mcnemar(lost, won);
    let said = if lost + won == 0 {
        "no change".to_owned()
    } else if p < CHANCE {
        format!("{}: beyond chance", told(p))
    } else {
        format!("{}: may be chance", told(p))
    };
    format!(
        "{}{}{}{}{}{said}",
        pad(figure.name(), 20),
        pad(&format!("{} -> {}", shown(before), shown(now)), 19),
        pad(&difference, 12),
        pad(&lost.to_string(), 11),
        pad(&won.to_string(), 7),
    )
}

fn told(p: f64) -> String {
    if p < 0.001 {
        "p < 0.001".to_owned()
    } else {
        format!("p = {p:.3}")
    }
}

fn listed(title: &str, pairs: &[Pair], belongs: impl Fn(&Pair) -> bool) -> Vec<String> {
    let members: Vec<&Pair> = pairs.iter().filter(|pair| belongs(pair)).collect();
    let mut lines = vec![format!("{title}: {}", members.len())];
    for (before, now) in members {
        lines.push(format!("  {}\t{}", name(now), now.question));
        let why = if now.is_right() {
            format!("before: {}", before.judged)
        } else {
            now.judged.to_string()
        };
        lines.push(format!(
            "    {} -> {}; {why}",
            before.came_in_short(),
            now.came_in_short()
        ));
    }
    lines
}

fn name(scored: &Scored) -> String {
    if scored.turn > 1 {
        format!("{} turn {}", scored.id, scored.turn)
    } else {
        scored.id.clone()
    }
}
