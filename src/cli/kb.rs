//! `concierge kb`: looks at the knowledge folder.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Subcommand;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::{
        drafts::{self, ExportArgs},
        knowledge::{is_list, knowledge_at, problems_or_revision},
        revisions::{self, RevisionsArgs},
    },
    clock::{Clock, in_city},
    knowledge::{Asks, Entry, EntryId, Revision, Status, check::notices},
    lang::Lang,
};

/// Entries with fewer ways of asking than this are pointed out.
const THIN: usize = 25;

/// Checks or lists the knowledge and its revisions, or writes out drafts.
#[derive(Debug, Subcommand)]
pub enum KbCommand {
    /// Every problem in the knowledge files, with file and line; exit code 1 if there is any. Warnings are
    /// printed too, but do not change the exit code.
    Check {
        #[arg(env = "CONCIERGE_KNOWLEDGE", default_value = "knowledge")]
        path: PathBuf,
        /// Look for what will soon be out of date as if it were this moment (RFC 3339).
        #[arg(long, value_name = "TIME")]
        at: Option<Timestamp>,
    },
    /// The entries.
    List {
        /// One JSON object an entry.
        #[arg(long)]
        json: bool,
        #[arg(long, env = "CONCIERGE_KNOWLEDGE", default_value = "knowledge")]
        knowledge: PathBuf,
    },
    /// Writes what staff kept as drafts as files of entries, one each, and the ways of asking that movers' taps propose
    /// (`taps.tsv`); nothing is overwritten. Stop the bot first, or take a backup and restore it elsewhere.
    ExportDrafts(Box<ExportArgs>),
    /// The revisions that the store keeps, newest first: since when, how large, and which is in force.
    Revisions(Box<RevisionsArgs>),
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a EntryId,
    category: &'a str,
    municipality: &'a str,
    status: Status,
    as_of: String,
    languages: Vec<Lang>,
    phrasings: usize,
    title: &'a str,
}

/// Runs the command; false means that problems were found.
///
/// # Errors
/// When a folder or the store cannot be read.
pub async fn run(command: &KbCommand) -> anyhow::Result<bool> {
    match command {
        KbCommand::Revisions(args) => revisions::run(args).await.map(|()| true),
        KbCommand::ExportDrafts(args) => drafts::export(args).await.map(|()| true),
        KbCommand::Check { path, at } => match problems_or_revision(path)? {
            Ok(revision) => {
                if !is_list(path) {
                    let now = at.unwrap_or_else(|| Clock::system().now());
                    for notice in notices(&revision, in_city(now).date()) {
                        println!("{notice}");
                    }
                }
                println!("{}", report(&revision));
                Ok(true)
            }
            Err(problems) => {
                problems.iter().for_each(|problem| println!("{problem}"));
                println!("{} problem(s)", problems.len());
                Ok(false)
            }
        },
        KbCommand::List { json, knowledge } => {
            let revision = knowledge_at(knowledge)?;
            let ways = ways_of_asking(&revision);
            for entry in revision.entries.values() {
                let count = ways.get(&entry.id).copied().unwrap_or(0);
                println!("{}", list_line(entry, count, *json)?);
            }
            Ok(true)
        }
    }
}

fn list_line(entry: &Entry, phrasings: usize, json: bool) -> anyhow::Result<String> {
    let listed = Listed {
        id: &entry.id,
        category: &entry.category,
        municipality: &entry.municipality,
        status: entry.status,
        as_of: entry.as_of.to_string(),
        languages: entry.body.keys().copied().collect(),
        phrasings,
        title: entry.label_in(Lang::Ja),
    };
    Ok(if json {
        serde_json::to_string(&listed)?
    } else {
        format!(
            "{:44} {:12} {:10} {:>4}  {}",
            listed.id,
            format!("{:?}", entry.status).to_lowercase(),
            listed.as_of,
            phrasings,
            listed.title
        )
    })
}

fn report(revision: &Revision) -> String {
    let ways = ways_of_asking(revision);
    let thin: Vec<&str> = revision
        .entries
        .keys()
        .filter(|id| ways.get(*id).copied().unwrap_or(0) < THIN)
        .map(EntryId::as_str)
        .collect();
    let mut lines = Vec::new();
    if !thin.is_empty() {
        lines.push(format!("fewer than {THIN} ways of asking: {}", thin.join(", ")));
    }
    lines.push(format!(
        "{} entries, {} sources, {} ways of asking by {} hands, {} rules, {} concepts: no problem (revision {})",
        revision.entries.len(),
        revision.sources.len(),
        revision.phrasings.len(),
        revision.phrasings.iter().map(|phrasing| &phrasing.hand).collect::<std::collections::BTreeSet<_>>().len(),
        revision.rules.len(),
        revision.concepts.len(),
        revision.id,
    ));
    lines.join("\n")
}

fn ways_of_asking(revision: &Revision) -> BTreeMap<EntryId, usize> {
    let mut ways = BTreeMap::new();
    for phrasing in &revision.phrasings {
        if let Asks::Entry(id) = &phrasing.asks {
            *ways.entry(id.clone()).or_insert(0) += 1;
        }
    }
    ways
}
