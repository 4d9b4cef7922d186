//! `concierge eval`: how good the bot is, in numbers, and every miss.

pub mod fit;
pub mod holdout;
pub mod score;

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::{
    cli::{
        ask::{Desk, Reply},
        eval::{
            holdout::{Trial, at_thresholds},
            score::{Expect, Labelled, Mark},
        },
        knowledge::knowledge_at,
    },
    clock::Clock,
    conversation::Conversation,
    knowledge::Revision,
    outgoing::UserId,
    understanding::Outcome,
};

/// Scores the bot on labelled questions, or on its own ways of asking with one hand left out at a time.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Labelled questions, one JSON object a line.
    file: Option<PathBuf>,
    /// Leave each hand of `knowledge/phrasings/` out in turn and ask its lines.
    #[arg(long)]
    holdout: bool,
    /// With --holdout: fit the decision on the hands left out and write it to this file.
    #[arg(long, value_name = "FILE", requires = "holdout")]
    fit: Option<PathBuf>,
    /// Show how each miss came about.
    #[arg(long)]
    explain: bool,
    /// The knowledge folder.
    #[arg(long, env = "CONCIERGE_KNOWLEDGE", default_value = "knowledge")]
    knowledge: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// When the knowledge or the question file cannot be read.
pub fn run(args: &EvalArgs) -> anyhow::Result<()> {
    let revision = knowledge_at(&args.knowledge)?;
    if args.holdout {
        hold_out(&revision, args.fit.as_deref())?;
    }
    match &args.file {
        Some(file) => score_file(&revision, &score::read(file)?, args.explain),
        None if args.holdout => Ok(()),
        None => anyhow::bail!("name a file of labelled questions, or use --holdout"),
    }
}

fn hold_out(revision: &Revision, fit_to: Option<&std::path::Path>) -> anyhow::Result<()> {
    println!(
        "{:24}{:>7}{:>9}{:>9}{:>14}",
        "hand left out", "lines", "first", "in three", "or both none"
    );
    let trials = holdout::run(revision, |hand, trials| println!("{}", hand_line(hand, trials)))?;
    let mut hands: Vec<&str> = trials.iter().map(|trial| trial.hand.as_str()).collect();
    hands.dedup();
    let mean = |share: fn(&Trial) -> bool| {
        let of_hand = |hand: &&str| {
            let (hits, all) = trials
                .iter()
                .filter(|trial| trial.hand == **hand)
                .fold((0.0, 0.0), |(hits, all), trial| {
                    (hits + f64::from(u8::from(share(trial))), all + 1.0)
                });
            hits / f64::max(all, 1.0)
        };
        hands.iter().map(of_hand).sum::<f64>() / hands.len().max(1) as f64
    };
    let decision = match fit_to {
        Some(path) => {
            let fitted = fit::fit(&trials);
            let text = toml::to_string(&fitted).context("cannot write the decision as TOML")?;
            std::fs::write(
                path,
                format!("# Made by `concierge eval --holdout --fit`; not written by hand.\n{text}"),
            )
            .with_context(|| format!("cannot write {}", path.display()))?;
            Some(fitted)
        }
        None => revision.decision.clone(),
    };
    if let Some(decision) = decision {
        let sums = at_thresholds(&trials, &decision);
        println!(
            "at the thresholds (answer from {:.3}): precision {:.3} of {}, answered {:.3}, within one tap {:.3}, false answers {}",
            decision.answer_from,
            sums.answered_right as f64 / sums.answered.max(1) as f64,
            sums.answered,
            sums.answered as f64 / sums.answerable.max(1) as f64,
            sums.within_one_tap as f64 / sums.answerable.max(1) as f64,
            sums.false_answers,
        );
    }
    println!(
        "mean of {} hands: right at first {:.3}, among three {:.3}, or both unanswerable {:.3}",
        hands.len(),
        mean(|trial| trial.right_within(1)),
        mean(|trial| trial.right_within(3)),
        mean(Trial::right_or_both_unanswerable),
    );
    Ok(())
}

fn hand_line(hand: &str, trials: &[Trial]) -> String {
    let n = trials.len().max(1) as f64;
    let share = |hit: fn(&Trial) -> bool| trials.iter().filter(|trial| hit(trial)).count() as f64 / n;
    format!(
        "{hand:24}{:>7}{:>9.3}{:>9.3}{:>14.3}",
        trials.len(),
        share(|trial| trial.right_within(1)),
        share(|trial| trial.right_within(3)),
        share(Trial::right_or_both_unanswerable),
    )
}

fn score_file(revision: &Revision, questions: &[Labelled], explain: bool) -> anyhow::Result<()> {
    let desk = Desk::open(revision.clone())?;
    let now = Clock::system().now();
    let mut marks: Vec<(Expect, bool, Mark)> = Vec::new();
    for question in questions {
        let mut conversation = Conversation::new(UserId(1), question.lang, now);
        conversation.lang_chosen = true;
        let Reply { verdict, text } = desk.answer(&mut conversation, &question.q, now);
        let mark = score::judge(question, &verdict, &text);
        marks.push((
            question.expect,
            matches!(verdict.outcome, Outcome::Answer(_)),
            mark,
        ));
        if mark != Mark::Right {
            println!(
                "{mark:?}\t{}\t{}\twanted {:?}\tgot {:?}\tp {:.2}",
                question.id, question.q, question.accept, verdict.outcome, verdict.confidence
            );
            if explain {
                verdict.trace.0.iter().for_each(|line| println!("    {line}"));
            }
        }
    }
    println!("{}", summary(&marks));
    Ok(())
}

/// The four figures the bot is held to.
fn summary(marks: &[(Expect, bool, Mark)]) -> String {
    let count = |hit: &dyn Fn(&(Expect, bool, Mark)) -> bool| marks.iter().filter(|mark| hit(mark)).count();
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let answerable = |expect: Expect| matches!(expect, Expect::Answer | Expect::AnswerOrHandover);
    let all = count(&|(expect, ..)| answerable(*expect));
    let only_person = count(&|(expect, ..)| matches!(expect, Expect::Handover | Expect::Refuse));
    let answered = count(&|(_, answered, _)| *answered);
    let answered_right = count(&|(_, answered, mark)| *answered && *mark == Mark::Right);
    let direct = count(&|(expect, _, mark)| answerable(*expect) && *mark == Mark::Right);
    let one_tap =
        count(&|(expect, _, mark)| answerable(*expect) && matches!(mark, Mark::Right | Mark::OneTap));
    let false_answers = count(&|(_, _, mark)| *mark == Mark::FalseAnswer);
    let other = count(&|(expect, _, mark)| !answerable(*expect) && *mark == Mark::Right);
    format!(
        "{} questions: precision {:.3} of {answered}, direct {:.3}, within one tap {:.3}, false answers {false_answers} of {only_person}, other outcomes right {other} of {}",
        marks.len(),
        share(answered_right, answered),
        share(direct, all),
        share(one_tap, all),
        marks.len() - all,
    )
}
