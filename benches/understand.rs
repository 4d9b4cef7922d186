//! The cost of one answer and of checking the knowledge on one core, and of building a revision on two.
//!
//! `cargo bench` prints the means by criterion, then the 99th percentile of single answers, which is what a mover waits;
//! then the same of a plain list of many questions and answers. `CONCIERGE_WAYS` takes so many of the ways of asking.

use std::{env, fmt::Write as _, fs, hint::black_box, path::Path, time::Instant};

use annaka_concierge::{
    knowledge::{self, Revision},
    lang::Lang,
    understanding::Understanding,
};
use criterion::Criterion;

/// Entries of the plain list, unless `CONCIERGE_ENTRIES` says otherwise.
const ENTRIES: usize = 100_000;
/// Each question is asked so many times, and the quickest counts: the others were waiting for the processor.
const ROUNDS: usize = 5;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let files = knowledge::folder::read_folder(&folder).expect("the knowledge folder is beside Cargo.toml");
    let mut revision = knowledge::load(&files).expect("the knowledge has no problems");
    if let Some(ways) = number("CONCIERGE_WAYS") {
        revision.phrasings = spread(&revision.phrasings, ways);
    }
    let start = Instant::now();
    let understanding = Understanding::build(&revision).expect("the knowledge can be understood with");
    println!(
        "{} entries, {} ways of asking, built in {} ms, {} MB at most",
        revision.entries.len(),
        revision.phrasings.len(),
        start.elapsed().as_millis(),
        peak()
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
    println!("one answer: {}", percentiles(&understanding, &questions));
    println!("{}", of_a_plain_list(&revision, &questions));
}

fn number(name: &str) -> Option<usize> {
    let value = env::var(name).ok()?;
    Some(value.parse().expect("a whole number"))
}

/// So many of all, evenly.
fn spread<T: Clone>(all: &[T], wanted: usize) -> Vec<T> {
    let wanted = wanted.min(all.len());
    (0..wanted)
        .map(|at| all[at * all.len() / wanted].clone())
        .collect()
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
    let ask = |question: &String| {
        let start = Instant::now();
        black_box(understanding.understand(question, None));
        start.elapsed().as_micros()
    };
    let mut first: Vec<u128> = questions.iter().map(ask).collect();
    let mut quickest = first.clone();
    for _ in 1..ROUNDS {
        for (quickest, question) in quickest.iter_mut().zip(questions) {
            *quickest = ask(question).min(*quickest);
        }
    }
    first.sort_unstable();
    quickest.sort_unstable();
    let at = |micros: &[u128], share: f64| micros[((micros.len() - 1) as f64 * share) as usize];
    format!(
        "median {} µs, p99 {} µs, of {} questions, the quickest of {ROUNDS}; asked once: median {} µs, p99 {} µs",
        at(&quickest, 0.5),
        at(&quickest, 0.99),
        quickest.len(),
        at(&first, 0.5),
        at(&first, 0.99)
    )
}

/// A list of questions and answers as other towns have them, with three sentences each of ours in the answers.
fn of_a_plain_list(revision: &Revision, questions: &[String]) -> String {
    let entries = number("CONCIERGE_ENTRIES").unwrap_or(ENTRIES);
    let bodies = revision
        .entries
        .values()
        .filter_map(|entry| entry.body.get(&Lang::Ja));
    let sentences: Vec<&str> = bodies.flat_map(|body| body.split_inclusive('。')).collect();
    let mut list = String::new();
    for at in 0..entries {
        let asked = &revision.phrasings[at * 7919 % revision.phrasings.len()].text;
        let answer: String = [3, 5, 7]
            .map(|step| sentences[at * step % sentences.len()])
            .concat();
        let line = serde_json::json!({ "id": at, "lang": "ja", "question": asked, "answer": answer });
        writeln!(list, "{line}").expect("memory does not run out");
    }
    let plain = knowledge::load_jsonl("list.jsonl", &list).expect("it is a list");
    let start = Instant::now();
    let understanding = Understanding::build(&plain).expect("a list can be understood with");
    let built = start.elapsed().as_millis();
    format!(
        "a list of {entries}, built in {built} ms: one answer: {}",
        percentiles(&understanding, questions)
    )
}

/// The most memory this process has had, in megabytes; nought where that is not told.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() / 1024
}
