//! `concierge kb revisions`: which revisions of the knowledge the store keeps, since when, and which is in force.

use std::path::{Path, PathBuf};

use anyhow::bail;
use jiff::Timestamp;

use crate::{
    cli::located::{Located, expect_store, with_copy},
    clock::{Clock, in_city},
    store::{RevisionSummary, Store, StoreError},
};

#[derive(Debug, clap::Args)]
pub struct RevisionsArgs {
    /// Look into this backup instead of the store, which the running bot holds
    #[arg(long, value_name = "FILE")]
    backup: Option<PathBuf>,
    #[command(flatten)]
    located: Located,
}

/// Lists them, newest first.
///
/// # Errors
/// When there is no store, or the bot holds it.
pub(super) async fn run(args: &RevisionsArgs) -> anyhow::Result<()> {
    let config = args.located.config()?;
    let kept = match &args.backup {
        Some(file) => with_copy(&config.data, file, async |store| store.revisions().await).await?,
        None => of_the_bot(&config.data).await?,
    };
    if kept.is_empty() {
        println!("No revision is kept yet: the first start of the bot keeps one");
    }
    kept.iter().for_each(|one| println!("{}", line(one)));
    Ok(())
}

async fn of_the_bot(data: &Path) -> anyhow::Result<Vec<RevisionSummary>> {
    expect_store(data)?;
    match Store::open(data, Clock::system()) {
        Err(StoreError::Locked { .. }) => bail!(
            "The bot runs and holds the store: as an owner write `/reload back` to it, or name a backup with --backup"
        ),
        opened => Ok(opened?.revisions().await?),
    }
}

fn line(one: &RevisionSummary) -> String {
    format!(
        "{}  {}  {:>4} entries  {:>6} ways of asking{}",
        one.id,
        moment(one.kept),
        one.entries,
        one.phrasings,
        if one.current { "  in force" } else { "" }
    )
}

/// On the city's clocks, to the minute.
fn moment(at: Timestamp) -> String {
    in_city(at).strftime("%Y-%m-%d %H:%M").to_string()
}
