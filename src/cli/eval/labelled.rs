//! Runs a file of labelled questions: prints its misses and figures, keeps it, compares it, draws its curve.

use std::path::Path;

use crate::{
    cli::eval::{
        Measured, Wishes, against,
        curve::Curve,
        draw,
        figure::Figure,
        kept, miss, questions,
        ranking::Ranking,
        score::{Asked, Asker, decision_of},
        scored::Scored,
        tables,
    },
    clock::Clock,
};

/// Asks everything in a file, prints each miss, the tables and the sums.
///
/// # Errors
/// When a file cannot be read or written, a line is no labelled question (names the line), or the run to be compared
/// with is one of other questions.
pub(super) fn run(asker: &Asker, file: &Path, wishes: &Wishes) -> anyhow::Result<Vec<Measured>> {
    let before = wishes.against.map(|path| kept::read(path, file)).transpose()?;
    let lines = questions::read(file)?;
    let revision = asker.revision();
    let (id, decision) = (&revision.id, decision_of(revision));
    let asked = asker.ask_all(lines, Clock::system().now());
    for asked in asked.iter().filter(|asked| !asked.scored.is_right()) {
        miss::print(asked, &decision, wishes.explain);
    }
    let scored: Vec<&Scored> = asked.iter().map(|asked| &asked.scored).collect();
    println!("\n{}", tables::tables(&scored));
    if let Some(path) = wishes.curve {
        draw_curve(&asked, decision.answer_from, file, path)?;
    }
    if let Some(before) = &before {
        println!("{}\n", against::compared(before, &scored, id)?);
    }
    if let Some(path) = wishes.json {
        kept::write(path, file, id, &scored)?;
    }
    let ranking = Ranking::of(&asked);
    println!("{}", ranking.line());
    println!("{}", sums(&scored));
    let held = [Figure::Precision, Figure::Direct, Figure::OneTap].into_iter();
    let held = held.map(|figure| (figure.name(), figure.rate(scored.iter().copied()).share()));
    let mrr = (ranking.questions > 0).then_some(("mrr", ranking.mrr));
    Ok(held.chain(mrr).collect())
}

fn draw_curve(asked: &[Asked], answer_from: f32, file: &Path, path: &Path) -> anyhow::Result<()> {
    let shots = asked.iter().filter_map(|asked| asked.shot);
    let curve = Curve::of(shots, asked.len(), answer_from);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    draw::draw(&curve, &name, path)?;
    println!("{}: {}\n", path.display(), curve.line());
    Ok(())
}

/// The line others read; its form stays.
fn sums(scored: &[&Scored]) -> String {
    let rate = |figure: Figure| figure.rate(scored.iter().copied());
    let (precision, others) = (rate(Figure::Precision), rate(Figure::OthersRight));
    let false_answers = rate(Figure::FalseAnswers);
    format!(
        "{} questions: precision {:.3} of {}, direct {:.3}, within one tap {:.3}, false answers {} of {}, other outcomes right {} of {}",
        scored.len(),
        precision.share(),
        precision.whole(),
        rate(Figure::Direct).share(),
        rate(Figure::OneTap).share(),
        false_answers.hits(),
        false_answers.whole(),
        others.hits(),
        others.whole(),
    )
}
