//! `concierge kb revisions`: which revisions of the knowledge the store keeps, since when, and which is in force.

use std::path::PathBuf;

use anyhow::bail;
use jiff::Timestamp;

use crate::{
    cli::store::tempdir_beside,
    clock::{Clock, in_city},
    config::{Config, Settings},
    store::{self, RevisionSummary, Store, StoreError},
};

#[derive(Debug, clap::Args)]
pub struct RevisionsArgs {
    /// Look into this backup instead of the store, which the running bot holds
    #[arg(long, value_name = "FILE")]
    backup: Option<PathBuf>,
    /// The settings file [default: concierge.toml, if it is there]
    #[arg(long, env = "CONCIERGE_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

/// Lists them, newest first.
///
/// # Errors
/// When there is no store, or the bot holds it.
pub(super) async fn run(args: &RevisionsArgs) -> anyhow::Result<()> {
    let config = Config::resolve(args.settings.clone(), args.config.as_deref())?;
    let kept = match &args.backup {
        Some(file) => {
            let beside = tempdir_beside(&config.data)?;
            let read = async {
                store::restore(file, &beside)?;
                Store::open(&beside, Clock::system())?.revisions().await
            };
            let read = read.await;
            std::fs::remove_dir_all(&beside)?;
            read?
        }
        None if !Store::exists(&config.data) => bail!(
            "There is no store in {}: name its folder with CONCIERGE_DATA or --data",
            config.data.display()
        ),
        None => match Store::open(&config.data, Clock::system()) {
            Err(StoreError::Locked { .. }) => bail!(
                "The bot runs and holds the store: as an owner write `/reload back` to it, or name a backup with --backup"
            ),
            opened => opened?.revisions().await?,
        },
    };
    if kept.is_empty() {
        println!("No revision is kept yet: the first start of the bot keeps one");
    }
    kept.iter().for_each(|one| println!("{}", line(one)));
    Ok(())
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
