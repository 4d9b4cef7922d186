//! From the files of a folder to a checked revision, or to all that is wrong with them.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::knowledge::{
    check::{self, Finding, Spot},
    entry::{Entry, EntryId},
    folder::SourceFile,
    holidays::{self, Holidays, parse_holidays},
    parse::parse_entry,
    problem::Problem,
    revision::{Revision, RevisionId},
    tables::{parse_concepts, parse_decision, parse_phrasings, parse_rules, parse_sources},
};

/// Reads and checks a whole folder.
///
/// # Errors
/// Every problem found, sorted by file and line; a folder with problems gives no revision.
pub fn load(files: &[SourceFile]) -> Result<Revision, Vec<Problem>> {
    let (revision, mut problems) = read(files);
    problems.extend(
        check::all(&revision)
            .into_iter()
            .map(|finding| located(finding, files)),
    );
    if problems.is_empty() {
        return Ok(revision);
    }
    problems.sort();
    problems.dedup();
    Err(problems)
}

/// Finds the line a finding speaks of.
fn located(finding: Finding, files: &[SourceFile]) -> Problem {
    let text = files
        .iter()
        .find(|file| file.path == finding.file)
        .and_then(|file| file.content.text().ok());
    let line_of = |begins: &str| {
        (1..)
            .zip(text.unwrap_or_default().lines())
            .find(|(_, line)| line.starts_with(begins))
            .map_or(0, |(at, _)| at)
    };
    let line = match finding.spot {
        Spot::Line(line) => line,
        Spot::Key(key) => line_of(key),
        Spot::Section(lang) => line_of(&format!("## {lang}")),
    };
    Problem::new(&finding.file, line, finding.what)
}

/// Reads a folder as far as it can be read.
fn read(files: &[SourceFile]) -> (Revision, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut revision = Revision {
        id: revision_id(files),
        entries: BTreeMap::new(),
        sources: BTreeMap::new(),
        rules: Vec::new(),
        concepts: Vec::new(),
        phrasings: Vec::new(),
        decision: None,
        holidays: Holidays::default(),
    };
    for file in files {
        if file.path == holidays::FILE {
            revision.holidays = parse_holidays(&file.path, &file.content, &mut problems);
            continue;
        }
        match file.content.text() {
            Ok(text) => read_file(&file.path, text, &mut revision, &mut problems),
            Err(what) => problems.push(Problem::new(&file.path, 0, what)),
        }
    }
    if revision.entries.is_empty() {
        problems.push(Problem::new(
            ".",
            0,
            "there is no entry (knowledge/<category>/<id>.md) in this folder",
        ));
    }
    (revision, problems)
}

fn read_file(path: &str, text: &str, revision: &mut Revision, problems: &mut Vec<Problem>) {
    match path {
        "sources.toml" => revision.sources = parse_sources(path, text, problems),
        "rules.toml" => revision.rules = parse_rules(path, text, problems),
        "concepts.toml" => revision.concepts = parse_concepts(path, text, problems),
        "decision.toml" => revision.decision = parse_decision(path, text, problems),
        _ if path.starts_with("phrasings/") && path.ends_with(".tsv") => {
            revision.phrasings.extend(parse_phrasings(path, text, problems));
        }
        _ if path.ends_with(".md") => {
            let (entry, mut found) = parse_entry(path, text);
            problems.append(&mut found);
            if let Some(entry) = entry {
                add_entry(path, entry, &mut revision.entries, problems);
            }
        }
        _ => problems.push(Problem::new(
            path,
            0,
            "the knowledge folder has no use for this file",
        )),
    }
}

fn add_entry(path: &str, entry: Entry, entries: &mut BTreeMap<EntryId, Entry>, problems: &mut Vec<Problem>) {
    if let Some(first) = entries.get(&entry.id) {
        problems.push(Problem::new(
            path,
            0,
            format!("the id also stands in {}/{}.md", first.category, first.id),
        ));
        return;
    }
    entries.insert(entry.id.clone(), entry);
}

/// The name of the revision these files make: the same files give the same name on every machine.
#[must_use]
pub fn revision_id(files: &[SourceFile]) -> RevisionId {
    let mut hash = Sha256::new();
    for file in files {
        for part in [file.path.as_bytes(), file.content.as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    RevisionId(format!("{:.16x}", hash.finalize()))
}
