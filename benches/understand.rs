//! The cost of one answer and of checking the knowledge on one core, and of building a revision on two.
//!
//! `cargo bench` prints the means by criterion, then the 99th percentile of single answers, which is what a mover waits.

use std::{hint::black_box, path::Path, time::Instant};

use annaka_concierge::{
    knowledge::{self, Revision},
    understanding::Understanding,
};
use criterion::Criterion;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let files = knowledge::folder::read_folder(&folder).expect("the knowledge folder is beside Cargo.toml");
    let revision = knowledge::load(&files).expect("the knowledge has no problems");
    let understanding = Understanding::build(&revision).expect("the knowledge can be understood with");
    println!(
        "{} entries, {} ways of asking",
        revision.entries.len(),
        revision.phrasings.len()
    );

    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let questions = questions(&revision);
    criterion.bench_function("one answer", |bencher| {
        let mut next = questions.iter().cycle();
        bencher
            .iter(|| black_box(understanding.understand(next.next().map_or("", |question| question), None)));
    });
    criterion.bench_function("read and check the folder", |bencher| {
        bencher.iter(|| black_box(knowledge::load(&files).map(|revision| revision.entries.len())));
    });
    criterion.bench_function("build a revision", |bencher| {
        bencher.iter(|| black_box(Understanding::build(&revision).is_ok()));
    });
    criterion.final_summary();
    println!("{}", percentiles(&understanding, &questions));
}

/// Every twentieth way of asking, by all hands.
fn questions(revision: &Revision) -> Vec<String> {
    revision
        .phrasings
        .iter()
        .step_by(20)
        .map(|phrasing| phrasing.text.clone())
        .collect()
}

fn percentiles(understanding: &Understanding, questions: &[String]) -> String {
    let mut micros: Vec<u128> = questions
        .iter()
        .map(|question| {
            let start = Instant::now();
            black_box(understanding.understand(question, None));
            start.elapsed().as_micros()
        })
        .collect();
    micros.sort_unstable();
    let at = |share: f64| micros[((micros.len() - 1) as f64 * share) as usize];
    format!(
        "one answer: median {} µs, p99 {} µs, of {} questions",
        at(0.5),
        at(0.99),
        micros.len()
    )
}
